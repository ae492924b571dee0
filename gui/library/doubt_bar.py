"""The row that leads through the doubtful words, and says what the way is worth."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QSlider, QWidget

from gui.library.actions import ActionTable
from gui.library.doubts import DoubtCount
from gui.library.marks import DEFAULT_THRESHOLD

_LOWEST, _HIGHEST = 5, 99  # percent; nobody is sure of a typed word, so 100 would find nothing more


class DoubtBar(QWidget):
    """A threshold, the numbers that go with it, and the buttons of the walk.

    Signals:
        threshold_changed: (float) words less sure than this are doubtful, 0..1.
    """

    threshold_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setRange(_LOWEST, _HIGHEST)
        self.slider.setPageStep(10)
        self.slider.setValue(round(DEFAULT_THRESHOLD * 100))
        self.slider.setMaximumWidth(self.fontMetrics().averageCharWidth() * 22)
        self.slider.setMinimumWidth(self.fontMetrics().averageCharWidth() * 12)
        self.slider.setAccessibleName(self.tr("Doubtful below"))
        self.below = QLabel(self)
        self.numbers = QLabel(self, wordWrap=True)
        self.numbers.setProperty("role", "dim")
        self.numbers.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.numbers.setAccessibleName(self.tr("Doubtful words"))
        self.below.setMinimumWidth(self.fontMetrics().horizontalAdvance(self._below_text(_HIGHEST)))
        layout = self._layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.below)
        layout.addWidget(self.slider)
        layout.addSpacing(6)
        layout.addWidget(self.numbers, 1)
        self.slider.valueChanged.connect(self._on_slider)
        self._on_slider(self.slider.value())

    def add_buttons(self, actions: ActionTable) -> None:
        """Puts the buttons of the walk between slider and numbers."""
        for number, name in enumerate(("doubt_previous", "doubt_next", "confirm")):
            self._layout.insertWidget(2 + number, actions.button(name))

    def threshold(self) -> float:
        """Words less sure than this are doubtful, 0..1."""
        return self.slider.value() / 100

    def show_count(self, count: DoubtCount, number: int) -> None:
        """Shows what the threshold finds.

        Args:
            count: of the whole transcript.
            number: of the doubtful word where the caret is, from 1; 0 if it is on none.
        """
        if not count.n_words:
            self.numbers.setText("")
            return
        numbers = {
            "number": _whole(number),
            "doubtful": _whole(count.n_doubtful),
            "found": _whole(round(count.expected_found)),
            "wrong": _whole(round(count.expected_wrong)),
            "words": _whole(count.n_words),
        }
        here = self.tr("%Ln doubtful word(s)", "", count.n_doubtful)
        if number:
            here = self.tr("Word {number} of {doubtful}")
        text = self.tr("{here}, about {found} wrong  ·  in all about {wrong} of {words}")
        self.numbers.setText(text.format(here=here.format(**numbers), **numbers))
        details = self.tr(
            "{doubtful} of {words} words are doubtful, and about {found} of these are wrong. In the whole "
            "transcript about {wrong} words are wrong. Estimated from how sure the recognizer was of each."
        )
        self.numbers.setToolTip(details.format(**numbers))

    def _below_text(self, percent: int) -> str:
        return self.tr("Doubtful below {percent} %").format(percent=percent)

    def _on_slider(self, value: int) -> None:
        self.below.setText(self._below_text(value))
        self.threshold_changed.emit(value / 100)


def _whole(number: int) -> str:
    return QLocale().toString(number)
