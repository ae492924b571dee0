"""How a page asks for another one."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Navigation(QObject):
    """Passes wishes on to the window.

    Signals:
        wanted: (str, object) id of a page, and what it shall open there, or None.
    """

    wanted = Signal(str, object)

    def go(self, page: str, target: object = None) -> None:
        """Shows a page; a target that is not None is given to its `open`."""
        self.wanted.emit(page, target)
