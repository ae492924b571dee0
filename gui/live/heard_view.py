"""Draws what the network hears: spectrogram above, phonemes below, the blank as a line, the best path."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.live.heard_picture import HeardPicture
from gui.theme import Theme, ThemeSource
from speechrnn.pipeline.live_events import HeardFrames


class HeardView(QWidget):
    """The last twelve seconds of the network's input and output, as they come."""

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._picture = HeardPicture()
        self._lit: tuple[float, float] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(self.tr("What the network hears"))
        self.setToolTip(
            self.tr(
                "Above the sound by pitch, below how likely each phoneme is to the network. The line is the "
                "blank: where it is high the network hears nothing new. Point at a word to see its frames."
            )
        )
        theme.changed.connect(self.update)

    def take(self, heard: HeardFrames) -> None:
        """Adds a chunk."""
        self._picture.take(heard)
        self.update()

    def restart(self) -> None:
        """Empties it."""
        self._picture = HeardPicture()
        self._lit = None
        self.update()

    def light(self, times: tuple[float, float] | None) -> None:
        """Lights the frames of a word, (start, end) seconds; None lights nothing."""
        if times != self._lit:
            self._lit = times
            self.update()

    def sizeHint(self) -> QSize:
        """A quarter of a page."""
        line = self.fontMetrics().height()
        return QSize(line * 30, line * 10)

    def minimumSizeHint(self) -> QSize:
        """Enough for the path to be read."""
        line = self.fontMetrics().height()
        return QSize(line * 12, line * 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Two images, a line, the path, the lit word."""
        theme, painter = self._theme.current, QPainter(self)
        area = QRectF(self.rect())
        painter.fillRect(area, QColor(theme.surface))
        line = self.fontMetrics().height()
        path = QRectF(0, area.height() - 1.3 * line, area.width(), 1.3 * line)
        upper = QRectF(0, 0, area.width(), (area.height() - path.height()) * 0.5)
        lower = QRectF(0, upper.bottom() + 2, area.width(), path.top() - upper.bottom() - 2)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(upper, _image(self._picture.log_mel, _ramp(theme, theme.text, 1.2)))
        if len(self._picture.phonemes):
            painter.drawImage(lower, _image(self._picture.phonemes, _ramp(theme, theme.accent, 0.5)))
        self._draw_lit(painter, theme, QRectF(0, 0, area.width(), path.top()))
        self._draw_blank(painter, theme, lower)
        self._draw_path(painter, theme, path)

    def _x(self, seconds: float) -> float:
        picture = self._picture
        return (seconds - picture.start) / (picture.end - picture.start) * self.width()

    def _draw_lit(self, painter: QPainter, theme: Theme, area: QRectF) -> None:
        if self._lit is None or self._lit[1] < self._picture.start:
            return
        left, right = self._x(self._lit[0]), self._x(self._lit[1])
        colour = QColor(theme.accent)
        colour.setAlphaF(0.22)
        painter.fillRect(QRectF(left, area.top(), max(right - left, 2), area.height()), colour)

    def _draw_blank(self, painter: QPainter, theme: Theme, area: QRectF) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = QColor(theme.text_dim)
        colour.setAlphaF(0.6)
        painter.setPen(QPen(colour, 1.2))
        step = area.width() / self._picture.n_columns
        points = QPolygonF(
            [
                QPointF((place + 0.5) * step, area.bottom() - float(value) * (area.height() - 2) - 1)
                for place, value in enumerate(self._picture.blank)
            ]
        )
        painter.drawPolyline(points)

    def _draw_path(self, painter: QPainter, theme: Theme, area: QRectF) -> None:
        metrics, free_from = self.fontMetrics(), 0.0
        for label in self._picture.labels:
            x = self._x(label.start)
            width = metrics.horizontalAdvance(label.text) + 3
            if x < free_from:
                continue
            painter.setPen(QColor(theme.text if label.probability >= 0.5 else theme.text_dim))
            painter.drawText(QPointF(x, area.bottom() - metrics.descent()), label.text)
            free_from = x + width


def _ramp(theme: Theme, colour: str, power: float) -> list[int]:
    """256 colours from the ground to a colour, as Qt's numbers; a low power lifts what is faint."""
    ground, full = QColor(theme.surface), QColor(colour)

    def between(first: int, second: int, share: float) -> int:
        return round(first + (second - first) * share)

    colours = []
    for level in range(256):
        share = (level / 255) ** power
        mixed = QColor(
            between(ground.red(), full.red(), share),
            between(ground.green(), full.green(), share),
            between(ground.blue(), full.blue(), share),
        )
        colours.append(mixed.rgb())
    return colours


def _image(rows: NDArray[np.uint8], colours: list[int]) -> QImage:
    data = np.ascontiguousarray(rows)
    height, width = data.shape
    image = QImage(data.tobytes(), width, height, width, QImage.Format.Format_Indexed8)
    image.setColorTable(colours)
    return image.convertToFormat(QImage.Format.Format_RGB32)
