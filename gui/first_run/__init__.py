"""The first minute: choose the microphone, say a sentence, see it written."""

from gui.first_run.view import FirstRunDialog

__all__ = ["FirstRunDialog"]
