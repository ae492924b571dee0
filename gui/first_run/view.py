"""The dialog of the first minute: two steps, each left by one key; Escape skips it all."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from gui.first_run.presenter import FirstRunPresenter
from gui.first_run.steps import MicrophoneStep, SentenceStep
from gui.live.ear import Ear
from gui.live.inputs import Audio, Inputs, SystemAudio, watch_inputs
from gui.services import Services
from gui.worker import Worker


class FirstRunDialog(QDialog):
    """Chooses the microphone and tries it; what is chosen goes into the settings."""

    def __init__(
        self, services: Services, parent: QWidget | None = None, *, audio: Audio | None = None
    ) -> None:
        """Makes the dialog; it listens from `open` on until it is closed.

        Args:
            services: what the pages share.
            parent: the window.
            audio: the sound system; None for the computer's own.
        """
        super().__init__(parent)
        self._services = services
        self._audio = audio or SystemAudio()
        self._presenter = FirstRunPresenter(services.settings.current.live.input)
        self._ear = Ear(services, self._audio, self)
        self._watching: Worker | None = None
        self._microphone, self._sentence = MicrophoneStep(services.theme), SentenceStep(services.theme)
        self._steps = QStackedWidget()
        self._state, self._problem = QLabel(wordWrap=True), QLabel(wordWrap=True)
        self._skip = QPushButton(self.tr("Skip"))
        self._back = QPushButton(self.tr("Back"))
        self._again = QPushButton(self.tr("Say another"))
        self._next = QPushButton()
        self.setWindowTitle(self.tr("Welcome to SpeechRNN"))
        self._lay_out()
        self._microphone.chosen.connect(self._on_chosen)
        self._skip.clicked.connect(self.reject)
        self._back.clicked.connect(self._on_back)
        self._again.clicked.connect(self._on_again)
        self._next.clicked.connect(self._on_next)
        self._ear.level.connect(self._on_level)
        self._ear.said.connect(self._on_said)
        self._ear.failed.connect(self._on_failed)
        self._ear.ended.connect(self._on_ended)
        self._show()

    def open(self) -> None:
        """Shows the dialog and looks for microphones."""
        self._watching = self._services.workers.start(
            watch_inputs(self._audio), on_item=self._on_inputs, on_failed=self._on_failed
        )
        super().open()
        self._next.setFocus(Qt.FocusReason.OtherFocusReason)

    def done(self, result: int) -> None:
        """Keeps the choice, and lets go of the microphone."""
        if self._watching is not None:
            self._watching.stop()
        self._ear.rest()
        if result == QDialog.DialogCode.Accepted:
            self._services.settings.change("live", input=self._presenter.chosen)
        super().done(result)

    def _lay_out(self) -> None:
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 68)
        for label, role in ((self._state, "dim"), (self._problem, "error")):
            label.setProperty("role", role)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._steps.addWidget(self._microphone)
        self._steps.addWidget(self._sentence)
        self._next.setProperty("kind", "primary")
        self._next.setDefault(True)
        self._skip.setProperty("kind", "quiet")
        buttons = QHBoxLayout()
        buttons.addWidget(self._skip)
        buttons.addStretch(1)
        for button in (self._back, self._again, self._next):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 20)
        column.setSpacing(14)
        for part in (self._steps, self._state, self._problem):
            column.addWidget(part)
        column.addStretch(1)
        column.addLayout(buttons)

    def _on_inputs(self, inputs: Inputs) -> None:
        known, knew = self._presenter.device, self._presenter.inputs is not None
        self._presenter.take_inputs(inputs)
        if self._presenter.step == "microphone" and not (knew and known == self._presenter.device):
            self._meter()
        self._show()

    def _on_chosen(self, device_id: str) -> None:
        self._presenter.choose(device_id)
        self._meter()
        self._show()

    def _meter(self) -> None:
        self._microphone.meter.set_level(0.0)
        if self._presenter.has_input:
            self._ear.meter(self._presenter.device)
        else:
            self._ear.rest()

    def _on_level(self, level: float) -> None:
        if self._presenter.step == "sentence":
            self._sentence.meter.set_level(level)
            return
        self._microphone.meter.set_level(level)
        if not self._presenter.moved:
            self._presenter.take_level(level)
            self._show()

    def _on_next(self) -> None:
        if self._presenter.step == "sentence" or not self._presenter.has_input:
            self.accept()
        else:
            self._listen()

    def _on_again(self) -> None:
        if self._presenter.listening == "off":
            self._listen()
        else:
            self._presenter.forget()
            self._show()

    def _listen(self) -> None:
        self._presenter.begin()
        self._ear.listen(self._presenter.device)
        self._show()

    def _on_back(self) -> None:
        self._presenter.back()
        self._meter()
        self._show()

    def _on_said(self, event: object) -> None:
        self._presenter.take_event(event)
        self._show()

    def _on_failed(self, error: Exception) -> None:
        self._presenter.fail(error)
        self._show()

    def _on_ended(self) -> None:
        self._presenter.end()
        self._show()

    def _show(self) -> None:
        presenter = self._presenter
        step = self._microphone if presenter.step == "microphone" else self._sentence
        step.show_state(presenter)
        self._steps.setCurrentWidget(step)
        at_microphone = presenter.step == "microphone"
        self._back.setVisible(not at_microphone)
        self._again.setVisible(not at_microphone and (presenter.heard or presenter.listening == "off"))
        on = at_microphone and presenter.has_input
        self._next.setText(self.tr("Next") if on else self.tr("Finish"))
        self._skip.setVisible(not presenter.heard)
        self._state.setText(step.state_words(presenter))
        self._problem.setText(presenter.problem)
        self._problem.setVisible(bool(presenter.problem))
