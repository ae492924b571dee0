"""The row of controls for playing a recording."""

from __future__ import annotations

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSizePolicy, QWidget

from gui.library.actions import ActionTable
from gui.library.clock import short_clock
from gui.library.playback import SPEEDS, Playback
from speechrnn.types import Seconds


class TransportBar(QWidget):
    """Play, skip, speed, loop, zoom, and where it is. The actions are the page's."""

    def __init__(self, playback: Playback, actions: ActionTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._playback = playback
        self._actions = actions
        self._duration = 0.0
        self.time = QLabel(self)
        self.time.setAccessibleName(self.tr("Time"))
        self.speed = QComboBox(self)
        self.speed.setAccessibleName(self.tr("Speed"))
        self.speed.setToolTip(self.tr("Speed; the pitch stays"))
        for speed in SPEEDS:
            self.speed.addItem(f"{QLocale().toString(speed, 'g', 3)} ×", speed)
        self.speed.activated.connect(self._on_speed_chosen)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for name in ("back", "play", "forward"):
            layout.addWidget(actions.button(name))
        layout.addSpacing(6)
        layout.addWidget(self.time)
        layout.addSpacing(6)
        layout.addWidget(self.speed)
        for name in ("loop", "marker"):
            layout.addWidget(actions.button(name))
        spacer = QWidget(self)
        spacer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        layout.addWidget(spacer)
        for name in ("zoom_out", "zoom_in"):
            layout.addWidget(actions.button(name))
        playback.changed.connect(self._on_changed)
        playback.moved.connect(self._on_moved)
        self._on_changed()

    def set_duration(self, duration: Seconds) -> None:
        """The recording's length, which stands behind the time."""
        self._duration = duration
        self._on_moved(self._playback.position)
        # So that what stands behind does not move while the digits change.
        widest = short_clock(duration).translate({ord(digit): "0" for digit in "123456789"})
        self.time.setMinimumWidth(self.fontMetrics().horizontalAdvance(f"{widest} / {widest}"))

    def _on_changed(self) -> None:
        self._actions.set_icon("play", "pause" if self._playback.playing else "play")
        self._actions["loop"].setChecked(self._playback.loop is not None)
        has_media = self._playback.path is not None
        for name in ("back", "play", "forward", "loop", "slower", "faster"):
            self._actions[name].setEnabled(has_media)
        self.speed.setEnabled(has_media)
        nearest = min(range(len(SPEEDS)), key=lambda n: abs(SPEEDS[n] - self._playback.speed))
        self.speed.setCurrentIndex(nearest)

    def _on_moved(self, position: float) -> None:
        self.time.setText(f"{short_clock(position)} / {short_clock(self._duration)}")

    def _on_speed_chosen(self, index: int) -> None:
        self._playback.set_speed(float(self.speed.itemData(index)))
