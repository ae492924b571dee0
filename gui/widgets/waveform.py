"""The waveform of a recording: segments shaded, the playhead, zoom, and places to point at.

Times are seconds from the start of the recording. The picture is drawn once per zoom and kept; only the
playhead moves over it, so that playing costs next to nothing.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.theme import ThemeSource
from gui.widgets.waveform_picture import MIN_SPAN_S, Scene, Span, draw, place_of
from speechrnn.transcript.prose import clock
from speechrnn.types import Seconds

ZOOM_STEP = 1.5
_ROWS = 4.5  # of text, as high as the view is
_KEY_STEP_S = 1.0
_GRAB_PIXELS = 4  # a press that moves less is a click


class WaveformView(QWidget):
    """Shows a recording and asks for places in it.

    Left and Right ask for a second back and on, Plus and Minus zoom, 0 shows the whole recording. The wheel
    zooms where the pointer is, with Shift or sideways it moves. Dragging chooses a stretch.

    Signals:
        seek_wanted: (float) the user pointed at this time.
        range_chosen: (object) start and end of the stretch that the user dragged over; None when he lifted
            the choice.
    """

    seek_wanted = Signal(float)
    range_chosen = Signal(object)

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        whole = Span(start=0.0, length_s=MIN_SPAN_S, duration=MIN_SPAN_S)
        self._scene = Scene(span=whole, peaks=None, segments=np.zeros((0, 2)), choice=None)
        self._position: Seconds | None = None
        self._press: float | None = None
        self._picture: QPixmap | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Waveform"))
        theme.changed.connect(lambda theme: self.show_scene(self._scene))

    @property
    def scene(self) -> Scene:
        """What is shown, but for the playhead."""
        return self._scene

    def show_scene(self, scene: Scene) -> None:
        """Shows something else: `dataclasses.replace(view.scene, ...)`."""
        self._scene = scene
        self._picture = None
        self.update()

    def set_position(self, position: Seconds | None, *, follow: bool = False) -> None:
        """Moves the playhead; with `follow` the picture turns pages with it."""
        old, self._position = self._position, position
        if follow and position is not None:
            self._show_span(self._scene.span.showing(position))
        for time in (old, position):
            if time is not None:
                self.update(int(self._x(time)) - 3, 0, 7, self.height())

    def zoom(self, factor: float) -> None:
        """Shows `factor` times as close, around the playhead where that is in sight."""
        span = self._scene.span
        around = span.start + span.length_s / 2
        if self._position is not None and span.start <= self._position <= span.end:
            around = self._position
        self._show_span(span.zoomed(factor, around))

    def sizeHint(self) -> QSize:
        """A few rows of text high."""
        return QSize(400, round(self.fontMetrics().height() * _ROWS))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Moves the playhead and zooms."""
        position, duration = self._position or 0.0, self._scene.span.duration
        places = {
            Qt.Key.Key_Left: max(position - _KEY_STEP_S, 0.0),
            Qt.Key.Key_Right: min(position + _KEY_STEP_S, duration),
            Qt.Key.Key_Home: 0.0,
            Qt.Key.Key_End: duration,
        }
        zooms = {Qt.Key.Key_Plus: ZOOM_STEP, Qt.Key.Key_Equal: ZOOM_STEP, Qt.Key.Key_Minus: 1 / ZOOM_STEP}
        key = Qt.Key(event.key())
        # With a modifier the keys belong to the page: they skip, or open another one.
        if event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
            super().keyPressEvent(event)
        elif key in places:
            self.seek_wanted.emit(places[key])
        elif key in zooms:
            self.zoom(zooms[key])
        elif key == Qt.Key.Key_0:
            self._show_span(Span(start=0.0, length_s=duration, duration=duration))
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zooms, or moves sideways."""
        delta = event.angleDelta()
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        sideways = delta.x() or (delta.y() if shift else 0)
        span = self._scene.span
        if sideways:
            self._show_span(span.moved_to(span.start - sideways / 1200 * span.length_s))
        elif delta.y():
            around = self._time(event.position().x())
            self._show_span(span.zoomed(ZOOM_STEP ** (delta.y() / 120), around))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begins a click or a drag."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._press = event.position().x()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Marks the stretch that is being chosen, and tells the time under the pointer."""
        x = event.position().x()
        self.setToolTip(clock(self._time(x), decimal="."))
        if self._press is not None and abs(x - self._press) >= _GRAB_PIXELS:
            first, last = sorted((self._time(self._press), self._time(x)))
            self.show_scene(replace(self._scene, choice=(first, last)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Asks for a place after a click, for a stretch after a drag."""
        if event.button() != Qt.MouseButton.LeftButton or self._press is None:
            return
        x, press, self._press = event.position().x(), self._press, None
        choice = self._scene.choice
        if abs(x - press) >= _GRAB_PIXELS and choice is not None:
            self.range_chosen.emit(choice)
            return
        if choice is not None and not choice[0] <= self._time(x) <= choice[1]:
            self.show_scene(replace(self._scene, choice=None))
            self.range_chosen.emit(None)
        self.seek_wanted.emit(self._time(x))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The kept picture, and the playhead over it."""
        area = QRectF(self.rect())
        ratio = self.devicePixelRatioF()
        if self._picture is None or self._picture.deviceIndependentSize() != area.size():
            self._picture = QPixmap(self.size() * ratio)
            self._picture.setDevicePixelRatio(ratio)
            onto = QPainter(self._picture)
            small = self.font()
            small.setPointSizeF(small.pointSizeF() * 0.8)
            onto.setFont(small)
            draw(onto, self._theme.current, self._scene, area)
            onto.end()
        painter = QPainter(self)
        painter.drawPixmap(QPointF(0, 0), self._picture)
        accent = QColor(self._theme.current.accent)
        if self._position is not None:
            painter.setPen(QPen(accent, 2))
            x = self._x(self._position)
            painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))
        if self.hasFocus():
            painter.setPen(QPen(accent, 1))
            painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5))
        # Whoever looks at the stack may hold the painter for longer than Qt allows.
        painter.end()

    def _x(self, time: Seconds) -> float:
        return place_of(time, self._scene.span, QRectF(self.rect()))

    def _time(self, x: float) -> Seconds:
        time = self._scene.span.start + x / max(self.width(), 1) * self._scene.span.length_s
        return min(max(time, 0.0), self._scene.span.duration)

    def _show_span(self, span: Span) -> None:
        if span != self._scene.span:
            self.show_scene(replace(self._scene, span=span))
