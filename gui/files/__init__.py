"""The files page: a queue of recordings that are transcribed one after another."""

from gui.files.view import FilesPage

__all__ = ["FilesPage"]
