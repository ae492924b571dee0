"""From the network's log-probabilities to words, times and confidence."""
