"""Model bundles: load, save, verify, find."""
