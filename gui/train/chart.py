"""The curves of a training: what it learns from, and what is held back, in nats a token by steps."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QLocale, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.theme import ThemeSource
from gui.train.following import Point, Progress

_N_TICKS = 5
_SETTLED = 0.04  # of the steps: the first ones are so high that they would flatten all that follows


def nice_step(span: float, most: int = _N_TICKS) -> float:
    """The distance of ticks: 1, 2 or 5 times a power of ten, so that at most `most` fit.

    Example:
        >>> nice_step(3.1), nice_step(900)
        (1.0, 200.0)
    """
    least = span / most
    power = 10.0 ** math.floor(math.log10(least))
    return next(float(f"{m * power:.3g}") for m in (1, 2, 5, 10) if m * power >= least * (1 - 1e-9))


def value_range(progress: Progress) -> tuple[float, float]:
    """Lowest and highest value to show, a little apart."""
    settled = [v for s, v in progress.training if s >= _SETTLED * max(progress.step, 1)]
    values = settled + [v for _, v in progress.held_out]
    if not values:
        return 0.0, 1.0
    low, high = min(values), max(values)
    room = max(0.05 * (high - low), 0.02)
    return max(0.0, low - room), high + room


class CurveChart(QWidget):
    """Draws them in the colours of the theme; what it says stands in its accessible description."""

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._progress = Progress()
        self.setAccessibleName(self.tr("Curves of the training"))
        # A screen reader reads what it is told where the focus is.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)

    def show_progress(self, progress: Progress, words: str) -> None:
        """Draws a training.

        Args:
            progress: its curves.
            words: the same in words.
        """
        if progress != self._progress:
            self._progress = progress
            self.update()
        self.setAccessibleDescription(words)
        self.setToolTip(words)

    def sizeHint(self) -> QSize:
        """Two thirds of a golden rectangle."""
        line = self.fontMetrics().height()
        return QSize(24 * line, 11 * line)

    def minimumSizeHint(self) -> QSize:
        """Still legible."""
        line = self.fontMetrics().height()
        return QSize(14 * line, 6 * line)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Shows the frame."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hides it."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Card, axes, curves, legend."""
        theme = self._theme.current
        metrics = QFontMetricsF(self.font())
        line = metrics.height()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        focused = self.hasFocus()
        painter.setPen(QPen(QColor(theme.accent if focused else theme.border), 2 if focused else 1))
        painter.setBrush(QColor(theme.surface))
        painter.drawRoundedRect(frame, line / 3, line / 3)
        if not self._progress.training:
            painter.setPen(QColor(theme.text_dim))
            text = self.tr("The curves begin with the first steps.")
            painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, text)
            return
        low, high = value_range(self._progress)
        step = nice_step(high - low)
        digits = max(0, -math.floor(math.log10(step)))
        ticks = _ticks(low, high, step)
        wide = max((metrics.horizontalAdvance(_number(t, digits)) for t in ticks), default=0.0)
        # Room for: the legend above, numbers and the name of the axis below and at the left.
        plot = QRectF(self.rect()).adjusted(wide + 2.4 * line, 2.2 * line, -line, -2.9 * line)
        if plot.width() < line or plot.height() < line:
            return
        self._draw_axes(painter, plot, (low, high), (ticks, digits))
        painter.save()
        painter.setClipRect(plot.adjusted(-2, -2, 2, 2))
        self._draw_curve(painter, plot, (low, high), self._progress.training, theme.text_off, 1.4)
        self._draw_curve(painter, plot, (low, high), self._progress.held_out, theme.accent, 2.4)
        painter.restore()
        self._draw_best(painter, plot, (low, high))
        self._draw_legend(painter, plot, metrics)

    def _last_step(self) -> float:
        progress = self._progress
        return float(max(progress.step, progress.total, 1))

    def _place(self, plot: QRectF, values: tuple[float, float], point: Point) -> QPointF:
        low, high = values
        x = plot.left() + plot.width() * point[0] / self._last_step()
        return QPointF(x, plot.bottom() - plot.height() * (point[1] - low) / (high - low))

    def _draw_axes(
        self, painter: QPainter, plot: QRectF, values: tuple[float, float], marks: tuple[list[float], int]
    ) -> None:
        theme, metrics = self._theme.current, QFontMetricsF(self.font())
        line = metrics.height()
        for tick in marks[0]:
            y = self._place(plot, values, (0, tick)).y()
            painter.setPen(QPen(QColor(theme.border), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(QColor(theme.text_dim))
            box = QRectF(0, y - line / 2, plot.left() - line / 3, line)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight, _number(tick, marks[1]))
        painter.setPen(QPen(QColor(theme.control), 1))
        painter.drawLine(plot.bottomLeft(), plot.bottomRight())
        last = self._last_step()
        most = max(2, int(plot.width() / metrics.horizontalAdvance("0,000,000")))
        step = max(1.0, nice_step(last, min(most, 8)))
        painter.setPen(QColor(theme.text_dim))
        for tick in _ticks(0, last, step):
            x = self._place(plot, values, (tick, values[0])).x()
            box = QRectF(x - 4 * line, plot.bottom() + line / 4, 8 * line, line)
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, _number(tick, 0))
        below = QRectF(plot.left(), plot.bottom() + 1.4 * line, plot.width(), line)
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, self.tr("Steps"))
        painter.save()
        painter.translate(line * 0.5, plot.center().y())
        painter.rotate(-90)
        beside = QRectF(-plot.height(), 0, 2 * plot.height(), line)
        painter.drawText(beside, Qt.AlignmentFlag.AlignHCenter, self.tr("Nats a token"))
        painter.restore()

    def _draw_curve(
        self,
        painter: QPainter,
        plot: QRectF,
        values: tuple[float, float],
        points: Sequence[Point],
        colour: str,
        width: float,
    ) -> None:
        pen = QPen(QColor(colour), width)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        placed = [self._place(plot, values, point) for point in points]
        if len(placed) == 1:
            painter.drawPoint(placed[0])
        else:
            painter.drawPolyline(QPolygonF(placed))

    def _draw_best(self, painter: QPainter, plot: QRectF, values: tuple[float, float]) -> None:
        best = self._progress.best
        if best is None:
            return
        theme = self._theme.current
        painter.setPen(QPen(QColor(theme.surface), 2))
        painter.setBrush(QColor(theme.accent))
        painter.drawEllipse(self._place(plot, values, best), 5, 5)

    def _draw_legend(self, painter: QPainter, plot: QRectF, metrics: QFontMetricsF) -> None:
        """From the right: each curve's line and name."""
        theme, line = self._theme.current, metrics.height()
        x = plot.right()
        # Told apart by their width, too.
        for text, colour, width in (
            (self.tr("training"), theme.text_off, 1.4),
            (self.tr("held back"), theme.accent, 2.4),
        ):
            x -= metrics.horizontalAdvance(text)
            painter.setPen(QColor(theme.text_dim))
            box = QRectF(x, line * 0.6, metrics.horizontalAdvance(text) + 2, line)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)
            x -= 1.9 * line
            painter.setPen(QPen(QColor(colour), width))
            painter.drawLine(QPointF(x, line * 1.1), QPointF(x + 1.5 * line, line * 1.1))
            x -= line


def _ticks(low: float, high: float, step: float) -> list[float]:
    first = math.ceil(low / step - 1e-9)
    return [n * step for n in range(first, math.floor(high / step + 1e-9) + 1)]


def _number(value: float, digits: int) -> str:
    return QLocale().toString(float(value), "f", digits)
