"""The errors that the library raises on purpose.

Every message says what is wrong, where, what was expected, and what to do next, in one line.
The command line prints it as it stands; anything that is not a `SpeechRnnError` is a bug.
"""

from __future__ import annotations


class SpeechRnnError(Exception):
    """Root of all errors that a caller is meant to show."""


class AudioFormatError(SpeechRnnError):
    """A file or stream that cannot be read as audio."""


class AudioDeviceError(SpeechRnnError):
    """An input or output device that is missing, busy or gone."""


class BundleError(SpeechRnnError):
    """A model bundle that is missing, damaged, foreign or newer than this program."""


class ConfigError(SpeechRnnError):
    """An option, recipe or settings file with a value out of range or an unknown key."""


class DataError(SpeechRnnError):
    """A manifest, corpus or lexicon that training or evaluation cannot use."""


class OutputError(SpeechRnnError):
    """A result that could not be written: read-only, full, or in the way of another file."""
