"""Sound in: files of any format, voice activity, resampling."""
