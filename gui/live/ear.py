"""One microphone at a time: its level, or what is said into it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from gui.live.inputs import Audio, watch_level
from gui.live.listening import listen_job
from gui.services import Services
from gui.worker import Job
from speechrnn.audio.capture import CaptureInput
from speechrnn.audio.streams import InputDevice
from speechrnn.pipeline.live_events import LiveOptions

_LEVEL_MS = 50


class Ear(QObject):
    """Listens to one microphone; what was begun before is let go when something else begins.

    Signals:
        level: (float) of the microphone, 0..1, some twenty a second.
        said: (object) what the job of `listen` says.
        failed: (object) why it ended.
        ended: it is over.
    """

    level = Signal(float)
    said = Signal(object)
    failed = Signal(object)
    ended = Signal()

    def __init__(self, services: Services, audio: Audio, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._audio = audio
        self._microphone: CaptureInput | None = None
        self._stop: Callable[[], object] = _nothing
        self._finishing = False
        self._turn = 0  # what an earlier job still says is not for anybody
        self._poll = QTimer(self, interval=_LEVEL_MS)
        self._poll.timeout.connect(self._tell_level)

    def meter(self, device: InputDevice | None) -> None:
        """Tells the level alone."""
        self.rest()
        self._microphone = self._audio.microphone(device)
        self._begin(watch_level(self._microphone))

    def listen(self, device: InputDevice | None) -> None:
        """Captions what is said, as a live session does."""
        self.rest()
        settings, recognizers = self._services.settings.current, self._services.recognizers
        # The search that captions needs the beam.
        recognition = replace(settings.recognition, greedy=False)
        options = LiveOptions.for_latency(settings.live.latency_s, digits=recognition.digits)
        self._microphone = self._audio.microphone(device)
        self._begin(listen_job(self._microphone, lambda stop: recognizers.borrow(recognition, stop), options))

    @property
    def warning(self) -> str | None:
        """What is wrong with the sound though it comes; None where all is well."""
        return self._microphone.warning if self._microphone is not None else None

    def finish(self) -> None:
        """Lets go of the microphone; what was said until now is still told, and then `ended`."""
        if self._microphone is not None:
            self._finishing = True
            self._microphone.close()

    def rest(self) -> None:
        """Lets go of the microphone; nothing more is told."""
        self._turn += 1
        self._finishing = False
        self._poll.stop()
        self._stop()
        self._stop = _nothing
        if self._microphone is not None:
            self._microphone.close()
            self._microphone = None

    def _begin(self, job: Job) -> None:
        turn = self._turn

        def told(signal: Callable[..., object]) -> Callable[..., None]:
            def tell(*values: object) -> None:
                if turn == self._turn:
                    signal(*values)

            return tell

        worker = self._services.workers.start(
            job,
            on_item=told(self._on_item),
            on_failed=told(self.failed.emit),
            on_ended=told(self._on_ended),
        )
        self._stop = worker.stop
        self._poll.start()

    def _on_item(self, item: object) -> None:
        if not isinstance(item, float):  # levels are asked for by the clock, whatever the job
            self.said.emit(item)

    def _on_ended(self) -> None:
        self._stop = _nothing
        self.rest()
        self.ended.emit()

    def _tell_level(self) -> None:
        if self._microphone is None:
            return
        if self._finishing:
            # Closed again: its thread may have been about to open it.
            self._microphone.close()
        self.level.emit(self._microphone.level)


def _nothing() -> None:
    """There is no job to stop."""
