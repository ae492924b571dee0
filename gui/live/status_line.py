"""The line below the captions: how long, how late, how far behind, what was lost, how busy."""

from __future__ import annotations

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from gui.theme import ThemeSource
from speechrnn.pipeline.live_events import Progress
from speechrnn.types import SAMPLE_RATE, Seconds

_BEHIND_S = 2.0  # from here on being behind is said in the warning's colour


class StatusLine(QWidget):
    """Numbers that are measured, not assumed."""

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self.fontMetrics().height() * 2)
        self._duration = self._add(row, self.tr("Length of the recording"))
        self._latency = self._add(row, self.tr("From the end of a word to its showing, measured"))
        self._behind = self._add(row, self.tr("Recorded and not heard by the recognizer yet"))
        self._lost = self._add(row, self.tr("Samples that the system did not deliver in time"))
        self._load = self._add(row, self.tr("Share of the time in which recognition is busy"))
        row.addStretch(1)
        self.show_numbers(0.0, 0, None)

    def show_numbers(self, duration: Seconds, n_lost: int, progress: Progress | None) -> None:
        """Shows how things are.

        Args:
            duration: seconds recorded.
            n_lost: samples at 16 kHz.
            progress: of recognition; None before it has begun.
        """
        minutes, seconds = divmod(int(duration), 60)
        hours, minutes = divmod(minutes, 60)
        self._duration.setText(f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}")
        latency = progress.latency_s if progress else None
        shown = "–" if latency is None else f"{_decimal(latency, 1)} s"
        self._latency.setText(self.tr("Delay {latency}").format(latency=shown))
        behind = progress.behind_s if progress else 0.0
        self._behind.setText(self.tr("Behind {seconds} s").format(seconds=_decimal(behind, 1)))
        self._lost.setText(
            self.tr("0 samples lost")
            if not n_lost
            else self.tr("{time} s lost").format(time=_decimal(n_lost / SAMPLE_RATE, 2))
        )
        load = self.tr("Load {percent} %").format(percent=round(100 * progress.load) if progress else 0)
        self._load.setText(load)
        self._warn(self._behind, behind >= _BEHIND_S)
        self._warn(self._lost, n_lost > 0)

    def _add(self, row: QHBoxLayout, tip: str) -> QLabel:
        label = QLabel()
        label.setToolTip(tip)
        label.setProperty("role", "dim")
        row.addWidget(label)
        return label

    def _warn(self, label: QLabel, wanted: bool) -> None:
        colour = self._theme.current.warning if wanted else self._theme.current.text_dim
        label.setStyleSheet(f"color: {colour};")


def _decimal(number: float, digits: int) -> str:
    return QLocale().toString(number, "f", digits)
