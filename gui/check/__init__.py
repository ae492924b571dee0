"""The page that tests this computer: is all there, does it work, how well, and what to do if not."""

from gui.check.view import CheckPage

__all__ = ["CheckPage"]
