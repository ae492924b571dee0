"""The picture of a waveform: which stretch is shown, its outline column by column, shades and times.

Times are seconds from the start of the recording. Drawn by `waveform.py`, once per zoom.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from gui.theme import Theme
from gui.widgets.peaks import Peaks
from speechrnn.transcript.prose import clock
from speechrnn.types import Seconds

MIN_SPAN_S = 2.0  # closer than that the peaks are wider than a pixel and show nothing more
_PAGE_MARGIN = 0.05  # of what is shown; the playhead enters a new page there
_TICKS_S = (0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 14400)
_QUIETEST = 8  # a recording below that is not blown up to full height: silence should look like it
_THIN = 0.5  # half of what is drawn where there is no sound, so that the line does not break


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of the recording that is shown.

    Attributes:
        start: of what is shown.
        length_s: how much is shown, above 0.
        duration: of the whole recording, above 0.
    """

    start: Seconds
    length_s: float
    duration: Seconds

    @property
    def end(self) -> Seconds:
        """Where what is shown ends."""
        return self.start + self.length_s

    def zoomed(self, factor: float, around: Seconds) -> Span:
        """`factor` times as close, with `around` at the same place on the screen."""
        length = min(max(self.length_s / factor, MIN_SPAN_S), self.duration)
        share = (around - self.start) / self.length_s
        return self.moved_to(around - share * length, length)

    def moved_to(self, start: Seconds, length_s: float | None = None) -> Span:
        """The same closeness, or `length_s` of it, from `start` on, as far as the recording goes."""
        length = self.length_s if length_s is None else length_s
        latest = max(self.duration - length, 0.0)
        return Span(start=min(max(start, 0.0), latest), length_s=length, duration=self.duration)

    def showing(self, time: Seconds) -> Span:
        """This one while `time` is in it; else a page on or back, with `time` near its start."""
        if self.start <= time <= self.end:
            return self
        return self.moved_to(time - self.length_s * _PAGE_MARGIN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """All that is drawn but the playhead.

    Attributes:
        span: what is shown.
        peaks: the outline; None while there is none.
        segments: (n, 2) start and end of each, in order.
        choice: a stretch that is marked.
        markers: single moments that are marked.
    """

    span: Span
    peaks: Peaks | None
    segments: NDArray[np.float64]
    choice: tuple[Seconds, Seconds] | None
    markers: tuple[Seconds, ...] = ()


def scene_of(scene: Scene, duration: Seconds, segments: Sequence[tuple[Seconds, Seconds]]) -> Scene:
    """The scene with other lines; zoom and choice stay unless the duration is another."""
    duration = max(duration, MIN_SPAN_S)
    stretches = np.array(segments, dtype=np.float64).reshape(-1, 2)
    if duration == scene.span.duration:
        return replace(scene, segments=stretches)
    whole = Span(start=0.0, length_s=duration, duration=duration)
    return replace(scene, span=whole, segments=stretches, choice=None)


def columns(peaks: Peaks, span: Span, n_columns: int) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    """The outline as it is drawn: lowest and highest sample of each column of pixels.

    Returns:
        (n,) twice, n up to `n_columns`: fewer where the recording has not been read to the end.
    """
    edges = (span.start + span.length_s * np.arange(n_columns + 1) / n_columns) * peaks.per_second
    firsts = np.floor(edges[:-1]).astype(np.int64)
    afters = np.maximum(np.floor(edges[1:]).astype(np.int64), firsts + 1)
    n_known = int((afters <= len(peaks.low)).sum())
    if not n_known:
        return peaks.low[:0], peaks.high[:0]
    begin, end = int(firsts[0]), int(afters[n_known - 1])
    # Columns that are narrower than a stretch share one: reduceat takes just that one where bounds are equal.
    at = firsts[:n_known] - begin
    low = np.minimum.reduceat(peaks.low[begin:end], at)
    high = np.maximum.reduceat(peaks.high[begin:end], at)
    return low, high


def _loudest(peaks: Peaks) -> float:
    """The greatest distance from silence, at least a little."""
    if not len(peaks.low):
        return _QUIETEST
    return max(-float(peaks.low.min()), float(peaks.high.max()), _QUIETEST)


def tick_step(span: Span, width: float, label_width: float) -> float:
    """Seconds between two labels of time, so that they stand well apart."""
    wanted = span.length_s * label_width * 1.6 / max(width, 1.0)
    return next((step for step in _TICKS_S if step >= wanted), _TICKS_S[-1])


def draw(painter: QPainter, theme: Theme, scene: Scene, area: QRectF) -> None:
    """Draws the scene into `area`: the wave, and below it a row of times in the painter's font."""
    ruler = painter.fontMetrics().height() + 4
    wave = area.adjusted(0, 0, 0, -ruler)
    painter.fillRect(area, QColor(theme.window))
    painter.fillRect(wave, QColor(theme.surface))
    _draw_stretches(painter, theme, scene, wave)
    _draw_wave(painter, theme, scene, wave)
    _draw_markers(painter, theme, scene, wave)
    _draw_ruler(painter, theme, scene.span, area, wave)


def place_of(time: Seconds, span: Span, area: QRectF) -> float:
    """Where `time` is drawn, in pixels."""
    return area.left() + (time - span.start) / span.length_s * area.width()


def _draw_stretches(painter: QPainter, theme: Theme, scene: Scene, wave: QRectF) -> None:
    def fill(start: Seconds, end: Seconds, colour: str, opacity: float) -> None:
        shade = QColor(colour)
        shade.setAlphaF(opacity)
        left, right = place_of(start, scene.span, wave), place_of(end, scene.span, wave)
        painter.fillRect(QRectF(left, wave.top(), right - left, wave.height()), shade)

    first = int(np.searchsorted(scene.segments[:, 1], scene.span.start))
    after = int(np.searchsorted(scene.segments[:, 0], scene.span.end))
    # Where lines are narrower than a few pixels, their shades would run together into noise.
    if after - first < wave.width() / 4:
        for start, end in scene.segments[first:after].tolist():
            fill(start, end, theme.text_dim, 0.10)
    if scene.choice is not None:
        fill(*scene.choice, theme.accent, 0.25)


def _draw_wave(painter: QPainter, theme: Theme, scene: Scene, wave: QRectF) -> None:
    middle = wave.center().y()
    painter.setPen(QPen(QColor(theme.border), 1))
    painter.drawLine(QPointF(wave.left(), middle), QPointF(wave.right(), middle))
    if scene.peaks is None:
        return
    ratio = painter.device().devicePixelRatio()
    low, high = columns(scene.peaks, scene.span, max(int(wave.width() * ratio), 1))
    scale = wave.height() / 2 * 0.92 / _loudest(scene.peaks)
    xs = (wave.left() + (np.arange(len(low)) + 0.5) / ratio).tolist()
    tops = (middle - np.maximum(high, _THIN) * scale).tolist()
    bottoms = (middle - np.minimum(low, -_THIN) * scale).tolist()
    painter.setPen(QPen(QColor(theme.text_dim), 1 / ratio))
    painter.drawLines([QLineF(x, top, x, bottom) for x, top, bottom in zip(xs, tops, bottoms)])


def _draw_markers(painter: QPainter, theme: Theme, scene: Scene, wave: QRectF) -> None:
    """A small flag at the upper edge for each."""
    side = painter.fontMetrics().height() * 0.45
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.accent))
    for time in scene.markers:
        x, top = place_of(time, scene.span, wave), wave.top()
        flag = [QPointF(x - side, top), QPointF(x + side, top), QPointF(x, top + side * 1.4)]
        painter.drawPolygon(QPolygonF(flag))


def _draw_ruler(painter: QPainter, theme: Theme, span: Span, area: QRectF, wave: QRectF) -> None:
    metrics = painter.fontMetrics()
    hours = span.duration >= 3600
    label_width = metrics.horizontalAdvance("0:00:00" if hours else "00:00.0")
    step = tick_step(span, wave.width(), label_width)
    baseline = area.bottom() - metrics.descent() - 1
    painter.setPen(QPen(QColor(theme.text_dim), 1))
    for number in range(math.ceil(span.start / step), math.floor(span.end / step) + 1):
        time = number * step
        x = place_of(time, span, wave)
        painter.drawLine(QPointF(x, wave.bottom()), QPointF(x, wave.bottom() + 4))
        if x + label_width + 6 < wave.right():
            painter.drawText(QPointF(x + 5, baseline), _label(time, hours=hours, tenths=step < 1))


def _label(time: Seconds, *, hours: bool, tenths: bool) -> str:
    text = clock(time - time % 1)
    text = text.removeprefix("0") if hours else text.removeprefix("00:").removeprefix("0")
    return f"{text}.{round(time % 1 * 10)}" if tenths else text
