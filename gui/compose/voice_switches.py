"""One switch for each voice: whether it sounds, in the colour that it is drawn in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QCheckBox, QWidget

from gui.compose.piano_roll import voice_colours
from gui.theme import ThemeSource
from gui.widgets.flow import FlowLayout


class VoiceSwitches(QWidget):
    """Four at most; those that are not needed are hidden.

    Signals:
        muted: (object) a frozenset of the voices that do not sound.
    """

    muted = Signal(object)

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        row = FlowLayout(self.fontMetrics().height() // 2, self)
        self.boxes: list[QCheckBox] = []
        for _ in range(4):
            box = QCheckBox()
            box.setToolTip(self.tr("Whether this voice sounds"))
            box.clicked.connect(lambda _on: self._tell())
            self.boxes.append(box)
            row.addWidget(box)
        theme.changed.connect(self._colour)
        self._colour()

    def show_voices(self, names: Sequence[str], muted: frozenset[int]) -> None:
        """Shows the switches of a tune; a single voice needs none."""
        for number, box in enumerate(self.boxes):
            there = number < len(names) and len(names) > 1
            box.setVisible(there)
            if there:
                box.setText(self._name(names[number]))
                box.setChecked(number not in muted)

    def _name(self, name: str) -> str:
        return {
            "Soprano": self.tr("Soprano"),
            "Alto": self.tr("Alto"),
            "Tenor": self.tr("Tenor"),
            "Bass": self.tr("Bass"),
        }.get(name, name)

    def _tell(self) -> None:
        off = (i for i, box in enumerate(self.boxes) if not box.isChecked() and not box.isHidden())
        self.muted.emit(frozenset(off))

    def _colour(self) -> None:
        side = round(self.fontMetrics().height() * 0.7)
        for box, colour in zip(self.boxes, voice_colours(self._theme.current), strict=True):
            picture = QPixmap(side, side)
            picture.fill(QColor(colour))
            box.setIcon(QIcon(picture))
