"""Error rates, and what this machine can do."""
