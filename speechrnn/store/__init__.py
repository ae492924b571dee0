"""What the app keeps on disk: recordings and transcripts, the queue of files, the settings."""
