"""The files page: a queue of recordings that are transcribed one after another."""
