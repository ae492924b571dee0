"""Joins the live page's parts in the GUI thread: session, inputs, level. It alone owns the stage."""

from __future__ import annotations

import threading
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDateTime, QLocale, QObject, QTimer, Signal

from gui.live.inputs import Audio, Inputs, wanted_device, watch_inputs, watch_level
from gui.live.presenter import LivePresenter
from gui.live.session import (
    LiveSession,
    RecognizerReady,
    SessionBegan,
    SessionEnded,
    SessionEvent,
    SessionPlan,
    SessionTrouble,
)
from gui.services import Services
from gui.worker import Worker
from speechrnn.pipeline.live_events import HeardFrames, LiveOptions

if TYPE_CHECKING:
    from speechrnn.pipeline.offline import Recognizer

TURN = "live"  # its name where the microphone is taken in turns
_TICK_MS = 100  # how often stage, level and numbers are looked at while a session runs


class LiveController(QObject):
    """Starts, pauses and ends sessions, and tells what comes of them.

    Attributes:
        presenter: what is to be shown.
        inputs: what can be recorded.
        loading: whether words wait for the recognizer.

    Signals:
        text_changed: the presenter has other text.
        stage_changed: the presenter's stage is another one.
        inputs_changed: there are other inputs.
        heard: (object) `HeardFrames`.
        level: (float) of the input, 0..1.
        ticked: ten times a second while a session runs: numbers may have changed.
        trouble: (str) why the recording paused, or that recognition stopped.
        ended: (object) `SessionEnded`.
    """

    text_changed = Signal()
    stage_changed = Signal()
    inputs_changed = Signal()
    heard = Signal(object)
    level = Signal(float)
    ticked = Signal()
    trouble = Signal(str)
    ended = Signal(object)

    def __init__(self, services: Services, audio: Audio, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services, self._audio = services, audio
        self.presenter = LivePresenter()
        self.inputs = Inputs()
        self.loading = False
        self._session: LiveSession | None = None
        self._worker: Worker | None = None
        self._monitor: Worker | None = None
        self._watcher: Worker | None = None
        self._in_sight = False
        self._told: str | None = None
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._on_tick)

    @property
    def session(self) -> LiveSession | None:
        """The session that runs; None between sessions."""
        return self._session

    def enter(self) -> None:
        """The page is in sight: follows the inputs and shows the level."""
        self._in_sight = True
        if self._watcher is None:
            self._watcher = self._services.workers.start(
                watch_inputs(self._audio), on_item=self._on_inputs, on_ended=self._on_watcher_ended
            )
        self._listen_to_level()

    def leave(self) -> None:
        """The page is out of sight: a running session goes on, nothing else does."""
        self._in_sight = False
        for worker in (self._watcher, self._monitor):
            if worker is not None:
                worker.stop()

    def toggle(self) -> None:
        """Begins, or ends."""
        if self._session is None:
            self.start()
        else:
            self.finish()

    def start(self) -> None:
        """Begins a session with the input and latency of the settings."""
        if self._session is not None:
            return
        live = self._services.settings.current.live
        recognition = self._services.settings.current.recognition
        folders = self._services.settings.current.folders
        if self._monitor is not None:
            self._monitor.stop()
        options = LiveOptions.for_latency(live.latency_s, digits=recognition.digits, heard_frames=True)
        when = QLocale().toString(QDateTime.currentDateTime(), QLocale.FormatType.ShortFormat)
        plan = SessionPlan(
            folder=folders.recordings or self._services.places.recordings,
            title=self.tr("Live, {when}").format(when=when),
            options=options,
            keep_sound=live.save_recordings,
        )

        def borrow(stop: threading.Event) -> AbstractContextManager[Recognizer]:
            # The search that captions needs the beam.
            return self._services.recognizers.borrow(replace(recognition, greedy=False), stop)

        session = LiveSession(plan, self._microphone(), borrow=borrow, library=self._services.library)
        self._services.microphone.take(TURN)
        self._session, self._told, self.loading = session, None, True
        self.presenter.begin()
        self._worker = self._services.workers.start(
            session.job,
            on_item=self._on_event,
            on_failed=self._on_failed,
            on_ended=self._on_ended,
        )
        self._timer.start()
        self.text_changed.emit()
        self.stage_changed.emit()

    def pause_or_resume(self) -> None:
        """Pauses; when paused, goes on, with the chosen input."""
        if self._session is None:
            return
        if self._session.stage == "paused":
            self._told = None
            self._session.resume(self._microphone())
        else:
            self._session.pause()

    def finish(self) -> None:
        """Ends the session; the last words still come."""
        if self._session is not None:
            self._session.finish()
            self._on_tick()

    def mark(self) -> None:
        """Marks this moment of the recording."""
        if self._session is not None:
            self.presenter.marks.append(self._session.mark().time)
            self.ticked.emit()

    def _microphone(self) -> Any:
        device = wanted_device(self.inputs, self._services.settings.current.live.input)
        return self._audio.microphone(device)

    def choose_input(self, device_id: str) -> None:
        """Takes another input, now or for the next session."""
        self._services.settings.change("live", input=device_id)
        if self._monitor is not None:
            self._monitor.stop()  # it begins again with the other one
        else:
            self._listen_to_level()

    def _listen_to_level(self) -> None:
        if self._session is None and self._in_sight and self._monitor is None and self.inputs.devices:
            self._monitor = self._services.workers.start(
                watch_level(self._microphone()),
                on_item=self.level.emit,
                on_failed=self._on_monitor_failed,
                on_ended=self._on_monitor_ended,
            )

    def _on_monitor_failed(self, error: object) -> None:
        self._told = str(error)
        self.trouble.emit(str(error))

    def _on_monitor_ended(self) -> None:
        worker, self._monitor = self._monitor, None
        self.level.emit(0.0)
        if worker is not None and worker.stopping:
            self._listen_to_level()  # stopped for another input, or for a session, which keeps it silent

    def _on_inputs(self, inputs: Inputs) -> None:
        self.inputs = inputs
        self.inputs_changed.emit()
        self._listen_to_level()

    def _on_watcher_ended(self) -> None:
        self._watcher = None
        if self._in_sight:
            self.enter()

    def _on_event(self, event: SessionEvent) -> None:
        if self.presenter.take(event):
            self.text_changed.emit()
        if isinstance(event, HeardFrames):
            self.heard.emit(event)
        elif isinstance(event, RecognizerReady | SessionBegan):
            self.loading = self.loading and isinstance(event, SessionBegan)
            self.stage_changed.emit()
        elif isinstance(event, SessionTrouble):
            self.loading = False
            self.trouble.emit(
                self.tr("The recording goes on, but there are no captions: {reason}").format(
                    reason=event.error
                )
            )
        elif isinstance(event, SessionEnded):
            self.ended.emit(event)

    def _on_failed(self, error: object) -> None:
        self.trouble.emit(str(error))

    def _on_ended(self) -> None:
        self._session = self._worker = None
        self._services.microphone.release(TURN)
        self.loading = False
        self._timer.stop()
        self.presenter.stage = "idle"
        self.level.emit(0.0)
        self.stage_changed.emit()
        self._listen_to_level()

    def _on_tick(self) -> None:
        session = self._session
        if session is None:
            return
        if session.stage != self.presenter.stage:
            self.presenter.stage = session.stage
            self.stage_changed.emit()
        trouble = session.trouble
        if trouble != self._told:
            self._told = trouble
            if trouble is not None:
                self.trouble.emit(trouble)
        self.level.emit(session.level)
        self.ticked.emit()
