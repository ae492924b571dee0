"""The bar below the sheet while somebody dictates: level, state, words that may still change, and stop."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from gui.compose.dictation import Dictation
from gui.theme import ThemeSource
from gui.widgets.level_meter import LevelMeter


class DictationBar(QWidget):
    """In sight while a dictation runs, or has something to say about how it ended.

    Attributes:
        goes_on: whether the network goes on behind what was said.
        stop: ends the dictation; takes the message away where it has ended.
    """

    def __init__(self, theme: ThemeSource, dictation: Dictation, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dictation = dictation
        self.meter = LevelMeter(theme)
        self.meter.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.state = QLabel(wordWrap=True)
        self.state.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.goes_on = QCheckBox(self.tr("Then let the network go on"))
        self.goes_on.setToolTip(self.tr("At the first pause it stops to listen and writes on"))
        self.stop = QPushButton(self.tr("Stop"))
        self.words = QLabel(wordWrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.words.setMinimumHeight(self.fontMetrics().lineSpacing() * 2)
        self.words.setAccessibleName(self.tr("What is heard"))
        for label in (self.state, self.words):
            label.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout()
        row.setSpacing(self.fontMetrics().height() // 2)
        for part in (self.meter, self.state, self.stop):
            row.addWidget(part, 1 if part is self.state else 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self.words)
        column.addWidget(self.goes_on)
        self.goes_on.toggled.connect(self._on_goes_on)
        self.stop.clicked.connect(self._on_stop)
        dictation.level.connect(self.meter.set_level)
        dictation.changed.connect(self.show_state)
        self.show_state()

    def show_state(self) -> None:
        """Shows what the dictation knows."""
        presenter = self._dictation.presenter
        busy = presenter.busy
        self.setVisible(busy or bool(presenter.problem))
        role = "error" if not busy else "warning" if presenter.warning else "dim"
        if self.state.property("role") != role:
            self.state.setProperty("role", role)
            self.state.style().polish(self.state)
        self.state.setText(self._state() if busy else presenter.problem)
        self.words.setText(presenter.shown)
        for part in (self.meter, self.words, self.goes_on):
            part.setVisible(busy)
        self.goes_on.setChecked(presenter.goes_on)
        self.stop.setText(self.tr("Stop") if busy else self.tr("Close"))
        self.stop.setEnabled(presenter.stage != "finishing")

    def _state(self) -> str:
        presenter = self._dictation.presenter
        if presenter.stage == "looking":
            return self.tr("Looking for the microphone…")
        if presenter.stage == "loading":
            return self.tr("The model is being loaded, for a few seconds…")
        if presenter.stage == "finishing":
            return self.tr("The last words are being written…")
        if presenter.warning:
            return presenter.warning
        if presenter.device:
            return self.tr("Listening to {microphone}: speak now.").format(microphone=presenter.device)
        return self.tr("Listening: speak now.")

    def _on_goes_on(self, on: bool) -> None:
        self._dictation.presenter.goes_on = on
        self._dictation.changed.emit()

    def _on_stop(self) -> None:
        if self._dictation.busy:
            self._dictation.finish()
        else:
            self._dictation.forget_problem()
