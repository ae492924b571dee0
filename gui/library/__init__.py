"""The library page: every recording and transcript, and the transcript open to listen, check and edit."""

from gui.library.desk import OpenEntry
from gui.library.view import LibraryPage

__all__ = ["LibraryPage", "OpenEntry"]
