"""Whose turn the microphone is: one part of the app at a time listens to somebody who speaks.

What only shows a level takes no turn.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class MicrophoneTurn(QObject):
    """Keeps who has it.

    Signals:
        taken: (str) by whom; whoever had it lets go.
    """

    taken = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._holder = ""

    @property
    def holder(self) -> str:
        """Id of the page that has it; empty for none."""
        return self._holder

    def take(self, who: str) -> None:
        """Takes it, from whoever has it."""
        if who != self._holder:
            self._holder = who
            self.taken.emit(who)

    def release(self, who: str) -> None:
        """Gives it back, where it has not been taken meanwhile."""
        if who == self._holder:
            self._holder = ""
