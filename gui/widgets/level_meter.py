"""The level of a microphone: a bar of its loudness, with the peak held for a moment."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.theme import ThemeSource

_FLOOR_DB = -60.0  # quieter than this is shown as nothing
_LOUD_DB = -3.0  # from here on speech is cut off
_FALL = 0.04  # of the whole bar, that the held peak falls with each level


class LevelMeter(QWidget):
    """Shows levels as they come; holds no timer, so give it about 20 a second."""

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._level = self._held = 0.0
        self._loud = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Level of the microphone"))
        theme.changed.connect(self.update)

    @property
    def shown(self) -> float:
        """The part of the bar that is filled, 0..1."""
        return self._level

    def set_level(self, level: float) -> None:
        """Shows a level: 0 for silence, 1 for the loudest sample that there is."""
        decibels = 20 * math.log10(level) if level > 0 else _FLOOR_DB
        self._loud = decibels >= _LOUD_DB
        self._level = min(max(1 - decibels / _FLOOR_DB, 0.0), 1.0)
        self._held = max(self._level, self._held - _FALL)
        self.setAccessibleDescription(self.tr("{percent} percent").format(percent=round(self._level * 100)))
        self.update()

    def sizeHint(self) -> QSize:
        """As high as half a line of text."""
        return QSize(self.fontMetrics().height() * 8, self.fontMetrics().height() // 2)

    def minimumSizeHint(self) -> QSize:
        """Narrow places show it small."""
        return QSize(self.fontMetrics().height() * 3, self.fontMetrics().height() // 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, bar, held peak."""
        theme, area = self._theme.current, QRectF(self.rect())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(0, 0, 0, 0))
        radius = area.height() / 2
        painter.setBrush(QColor(theme.raised))
        painter.drawRoundedRect(area, radius, radius)
        painter.setBrush(QColor(theme.error if self._loud else theme.accent))
        if self._level > 0:
            width = max(area.width() * self._level, area.height())
            painter.drawRoundedRect(QRectF(0, 0, width, area.height()), radius, radius)
        if self._held > self._level:
            x = min(area.width() * self._held, area.width() - 2)
            painter.drawRect(QRectF(x - 1, 0, 2, area.height()))
