"""The two steps of the first minute, as they look."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gui.first_run.presenter import FirstRunPresenter
from gui.settings.fields import Choice
from gui.theme import ThemeSource
from gui.widgets.level_meter import LevelMeter


class Step(QWidget):
    """A heading, a text, and what subclasses add.

    Attributes:
        meter: shows the level.
    """

    def __init__(self, theme: ThemeSource) -> None:
        super().__init__()
        self.meter = LevelMeter(theme)

    def lay_out(self, heading: str, text: str, parts: tuple[QWidget, ...]) -> None:
        """Puts the parts below each other."""
        title = QLabel(heading)
        title.setProperty("role", "title")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (title, QLabel(text, wordWrap=True), *parts):
            column.addWidget(part)
        column.addStretch(1)


class MicrophoneStep(Step):
    """The choice of the microphone.

    Signals:
        chosen: (str) id of the input; empty for the system's default.
    """

    chosen = Signal(str)

    def __init__(self, theme: ThemeSource) -> None:
        super().__init__(theme)
        self._box = Choice()
        name = QLabel(self.tr("Microphone"))
        name.setBuddy(self._box)
        self._box.setAccessibleName(name.text())
        self._box.activated.connect(lambda _index: self.chosen.emit(self._box.currentData()))
        self.lay_out(
            self.tr("Choose your microphone"),
            self.tr(
                "Say something: the bar below moves when it hears you. Nothing is recorded yet, and nothing "
                "ever leaves this computer."
            ),
            (name, self._box, self.meter),
        )

    def show_state(self, presenter: FirstRunPresenter) -> None:
        """Shows what there is to choose from."""
        devices = presenter.inputs.devices if presenter.inputs else ()
        wanted = [("", self.tr("As the system")), *((device.id, device.name) for device in devices)]
        if [(self._box.itemData(i), self._box.itemText(i)) for i in range(self._box.count())] != wanted:
            self._box.clear()
            for device_id, name in wanted:
                self._box.addItem(name, device_id)
        self._box.setCurrentIndex(max(self._box.findData(presenter.chosen), 0))
        self._box.setEnabled(presenter.has_input)

    def state_words(self, presenter: FirstRunPresenter) -> str:
        """What it waits for."""
        if presenter.inputs is None:
            return self.tr("Looking for microphones…")
        if not presenter.has_input:
            return self.tr(
                "There is no microphone. Plug one in and it appears here; recordings can be transcribed "
                "without one."
            )
        return self.tr("It hears you.") if presenter.moved else self.tr("Waiting for a sound…")


class SentenceStep(Step):
    """A sentence to say, and what was heard."""

    def __init__(self, theme: ThemeSource) -> None:
        super().__init__(theme)
        self._words = QLabel(wordWrap=True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setMinimumHeight(self.fontMetrics().lineSpacing() * 5)
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._words.setAccessibleName(self.tr("What was heard"))
        self._words.setProperty("role", "large")
        self.lay_out(
            self.tr("Say a sentence in English"),
            self.tr(
                "For example: “The quick brown fox jumps over the lazy dog.” The words appear while you "
                "speak; when you pause they get capital letters and full stops."
            ),
            (self.meter, self._words),
        )

    def show_state(self, presenter: FirstRunPresenter) -> None:
        """Shows what was heard."""
        self._words.setText(f"{presenter.final} {presenter.partial}".strip())

    def state_words(self, presenter: FirstRunPresenter) -> str:
        """What it waits for."""
        if presenter.listening == "loading":
            return self.tr("The model is being loaded, for a few seconds…")
        if presenter.heard:
            return self.tr("That is all. What you record or transcribe is kept in the library.")
        return self.tr("Listening: speak now.") if presenter.listening == "listening" else ""
