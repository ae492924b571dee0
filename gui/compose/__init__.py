"""The compose page: text and music by networks, seen and heard while they are made."""

from gui.compose.view import ComposePage

__all__ = ["ComposePage"]
