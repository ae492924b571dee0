"""What the networks hear: log-mel frames, in one call or as a stream."""
