"""The likeliest ways to go on, as a row of choices: a number key takes one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QWidget

from speechrnn.pipeline.compose_requests import Continuation


class Suggestions(QListWidget):
    """Numbered choices in a row that wraps.

    Signals:
        taken: (object) the `Continuation`.
    """

    taken = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offered: tuple[Continuation, ...] = ()
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSpacing(2)
        self.setUniformItemSizes(False)
        self.setAccessibleName(self.tr("The likeliest words to go on with"))
        self.setFixedHeight(round(self.fontMetrics().height() * 5.2))
        self.itemActivated.connect(lambda item: self.take(self.row(item) + 1))
        self.itemClicked.connect(lambda item: self.take(self.row(item) + 1))

    @property
    def offered(self) -> tuple[Continuation, ...]:
        """What can be taken now."""
        return self._offered

    def offer(self, found: Sequence[Continuation]) -> None:
        """Shows other choices."""
        self._offered = tuple(found)
        self.clear()
        for number, one in enumerate(found, start=1):
            word = one.text.replace("\n", "↵").strip(" ") or one.text
            percent = f"{one.probability * 100:.0f}" if one.probability >= 0.01 else "<1"
            item = QListWidgetItem(
                self.tr("{number}  {word}  {percent} %").format(number=number, word=word, percent=percent)
            )
            item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
            self.addItem(item)

    def take(self, number: int) -> None:
        """Takes a choice by its number, from 1; one that is not there is passed over."""
        if 1 <= number <= len(self._offered):
            self.taken.emit(self._offered[number - 1])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits take; the rest is a list's."""
        if len(event.text()) == 1 and event.text() in "123456789":
            self.take(int(event.text()))
        else:
            super().keyPressEvent(event)
