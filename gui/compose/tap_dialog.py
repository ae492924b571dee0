"""Taps a rhythm on a key: when the notes of a new tune begin; only their pitches are the network's."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QSizePolicy, QVBoxLayout, QWidget

from gui.theme import ThemeSource
from speechrnn.music.rhythm import MOST_ONSETS

LEAST_TAPS = 2


class TapDialog(QDialog):
    """Takes taps on the space bar, or by mouse.

    Attributes:
        onsets_s: seconds from the first tap, rising.
    """

    def __init__(
        self,
        theme: ThemeSource,
        tempo: float,
        parent: QWidget | None = None,
        *,
        now: Callable[[], float] = time.perf_counter,
    ) -> None:
        super().__init__(parent)
        self._now = now
        self._taps: list[float] = []
        self.setWindowTitle(self.tr("Tap a rhythm"))
        words = QLabel(wordWrap=True)
        text = self.tr(
            "Tap the space bar, or click, once for each note, at {tempo} beats a minute. The tune begins "
            "with this rhythm; its pitches are the network's. Backspace begins again."
        )
        words.setText(text.format(tempo=round(tempo)))
        self.pad = _Pad(theme, self)
        self.pad.setAccessibleName(self.tr("Tap here"))
        self.count = QLabel()
        self.count.setProperty("role", "dim")
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._ok = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._ok.setText(self.tr("Begin with it"))
        self._ok.setAutoDefault(False)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for part in (words, self.pad, self.count, self._buttons):
            column.addWidget(part)
        self.pad.setFocus()
        self.resize(self.fontMetrics().height() * 26, self.fontMetrics().height() * 14)
        self._show()

    @property
    def onsets_s(self) -> tuple[float, ...]:
        """What was tapped."""
        return tuple(tap - self._taps[0] for tap in self._taps)

    def tap(self) -> None:
        """One note begins now."""
        if len(self._taps) < MOST_ONSETS:
            self._taps.append(self._now())
            self._show()

    def restart(self) -> None:
        """Forgets all."""
        self._taps.clear()
        self._show()

    def _show(self) -> None:
        n = len(self._taps)
        self.count.setText(self.tr("Notes: {n}").format(n=n))
        self._ok.setEnabled(n >= LEAST_TAPS)
        self.pad.set_onsets(self.onsets_s)


class _Pad(QWidget):
    """Takes the taps and draws them from left to right."""

    def __init__(self, theme: ThemeSource, dialog: TapDialog) -> None:
        super().__init__(dialog)
        self._theme, self._dialog = theme, dialog
        self._onsets: tuple[float, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(self.fontMetrics().height() * 4)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_onsets(self, onsets: tuple[float, ...]) -> None:
        self._onsets = onsets
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self._dialog.tap()
        elif event.key() == Qt.Key.Key_Backspace:
            self._dialog.restart()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._dialog.tap()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, area = self._theme.current, QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(theme.accent if self.hasFocus() else theme.control))
        painter.setBrush(QColor(theme.surface))
        painter.drawRoundedRect(area, 6, 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.accent))
        length = max(4.0, self._onsets[-1] if self._onsets else 0.0)
        for onset in self._onsets:
            x = area.left() + 8 + onset / length * (area.width() - 24)
            painter.drawRoundedRect(QRectF(x, area.top() + 10, 6, area.height() - 20), 3, 3)
        painter.end()
