"""From voice to page: what is said stands on the sheet at each pause; the network may go on from there."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextCursor

from gui.compose.dictation_presenter import DictationPresenter, joined
from gui.compose.text_editor import TextEditor
from gui.live.controller import TURN as LIVE_TURN
from gui.live.ear import Ear
from gui.live.inputs import Audio, Inputs, wanted_device, watch_inputs
from gui.messages import error_text
from gui.recognizers import LoadingStoppedError
from gui.services import Services
from gui.worker import Worker

TURN = "compose"  # its name where the microphone is taken in turns
Then = Literal["as_chosen", "go_on", "rest"]  # what the network does when it is over


class Dictation(QObject):
    """One dictation at a time, into one sheet; its text is one step of undo.

    Attributes:
        presenter: what is to be shown.

    Signals:
        changed: stage, words or a problem are others.
        level: (float) of the microphone, 0..1.
        go_on_wanted: it is over, its text stands before the cursor, and the network is to go on.
    """

    changed = Signal()
    level = Signal(float)
    go_on_wanted = Signal()

    def __init__(
        self, services: Services, audio: Audio, editor: TextEditor, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.presenter = DictationPresenter()
        self._services, self._audio, self._editor = services, audio, editor
        self._ear = Ear(services, audio, self)
        self._looking: Worker | None = None
        self._place = QTextCursor(editor.document())  # where what is said goes: moves with what is edited
        self._revision = -1  # of the sheet when something was put there last
        self._has_text = False
        self._then: Then = "as_chosen"
        self._ear.level.connect(self._on_level)
        self._ear.said.connect(self._on_said)
        self._ear.failed.connect(self._on_failed)
        self._ear.ended.connect(self._on_ended)
        services.microphone.taken.connect(self._on_taken)

    @property
    def busy(self) -> bool:
        """Whether it runs."""
        return self.presenter.busy

    def start(self) -> None:
        """Listens, and writes behind the cursor, or behind what is chosen."""
        if self.busy or self._editor.isReadOnly():
            return
        presenter, turn = self.presenter, self._services.microphone
        if turn.holder == LIVE_TURN:
            presenter.problem = self.tr(
                "A live session has the microphone: end it on the page Live, then dictate."
            )
            self.changed.emit()
            return
        turn.take(TURN)
        presenter.begin()
        cursor = self._editor.textCursor()
        self._place.setPosition(cursor.selectionEnd())
        self._editor.setTextCursor(self._place)
        self._revision, self._has_text, self._then = -1, False, "as_chosen"
        self._looking = self._services.workers.start(
            watch_inputs(self._audio), on_item=self._on_inputs, on_failed=self._on_looking_failed
        )
        self.changed.emit()

    def finish(self, then: Then = "as_chosen") -> None:
        """Ends it; what was said until now still comes, and then the network where that is wanted."""
        if then != "as_chosen":
            self._then = then
        stage = self.presenter.stage
        if stage == "listening":
            self.presenter.stage = "finishing"
            self._ear.finish()
            self.changed.emit()
        elif stage in ("looking", "loading"):  # nothing can have been said yet
            self._ear.rest()
            self._on_ended()

    def stop(self) -> None:
        """Ends it at once; words that are not final stand as they are."""
        if self.busy:
            self._put(self.presenter.fail(""))
            self._then = "rest"
            self._ear.rest()
            self._on_ended()

    def forget_problem(self) -> None:
        """It was read."""
        self.presenter.problem = ""
        self.changed.emit()

    def _on_inputs(self, inputs: Inputs) -> None:
        if self._looking is None or self.presenter.stage != "looking":
            return
        self._stop_looking()
        if not inputs.devices:
            self._break_off(
                inputs.error or self.tr("There is no microphone: plug one in, then press the key again.")
            )
            self._on_ended()
            return
        device = wanted_device(inputs, self._services.settings.current.live.input)
        self.presenter.device = device.name if device is not None else ""
        self.presenter.stage = "loading"
        self._ear.listen(device)
        self.changed.emit()

    def _on_level(self, level: float) -> None:
        self.level.emit(level)
        warning = self._ear.warning or ""
        if self.presenter.stage == "listening" and warning != self.presenter.warning:
            self.presenter.warning = warning
            self.changed.emit()

    def _on_said(self, event: object) -> None:
        before = self.presenter.stage, self.presenter.partial
        said = self.presenter.take(event)
        self._put(said)
        if said and self.presenter.goes_on:
            self.finish()
        if (self.presenter.stage, self.presenter.partial) != before:
            self.changed.emit()

    def _on_failed(self, error: BaseException) -> None:
        if not isinstance(error, LoadingStoppedError):
            self._break_off(error_text(error))

    def _break_off(self, reason: str) -> None:
        self._put(self.presenter.fail(reason))
        self._then = "rest"

    def _on_looking_failed(self, error: BaseException) -> None:
        self._break_off(error_text(error))
        self._on_ended()

    def _on_ended(self) -> None:
        self._stop_looking()
        self._services.microphone.release(TURN)
        self.presenter.end()
        chosen = self.presenter.goes_on and self._has_text
        go_on = self._then == "go_on" or (self._then == "as_chosen" and chosen)
        if go_on:
            self._editor.setTextCursor(self._place)
        self.level.emit(0.0)
        self.changed.emit()
        if go_on:
            self.go_on_wanted.emit()

    def _on_taken(self, who: str) -> None:
        if who != TURN:
            self.finish("rest")

    def _stop_looking(self) -> None:
        if self._looking is not None:
            self._looking.stop()
            self._looking = None

    def _put(self, said: str) -> None:
        if not said:
            return
        document, at = self._editor.document(), self._place.position()
        before, behind = self._editor.text_before(at, 1), document.characterAt(at)
        text = joined(before, said, "" if at >= document.characterCount() - 1 else str(behind))
        # What the user wrote in between is a step of his own.
        own = document.revision() == self._revision
        self._editor.put(self._place, text, joins=own)
        self._revision, self._has_text = document.revision(), True
