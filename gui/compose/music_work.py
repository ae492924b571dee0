"""What is done for the music tab, as jobs: composing, opening, comparing, playing. It owns the stage."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, QTimer, Signal

from gui.compose.composers import Composers, Model, NoLongerWantedError, warm_job
from gui.compose.jobs import (
    Composed,
    Events,
    Opened,
    Originality,
    compose_job,
    open_job,
    originality_job,
    piece_job,
)
from gui.compose.music_presenter import MusicPresenter
from gui.compose.tune_player import OpenOutput, TunePlayer
from gui.messages import error_text
from gui.services import Services
from gui.worker import Worker
from speechrnn.errors import SpeechRnnError
from speechrnn.music.piece import Piece
from speechrnn.pipeline.compose_requests import MusicRequest

_TICK_MS = 33
Wanted = MusicRequest | Callable[[], MusicRequest]
Wish = Literal["new", "continue", "harmonise", "regenerate", "vary"]


class MusicWork(QObject):
    """See the module's docstring.

    Attributes:
        player: what sounds.
        busy: whether a tune is being composed.

    Signals:
        stage_changed: `busy`, or whether it plays, is another.
        notes_changed: the presenter has other notes or bars.
        given_up: nothing came of a tune that was to grow; the one before is there again.
        grown: notes have come to the tune that grows.
        playhead: (object) the tick that is heard, or None.
        problem: (str) what is wrong with what was asked; empty takes it away.
        sound_problem: (str) why nothing is heard; empty takes it away.
        opened: (object) a tune that was read, `Opened`.
        compared: (object) the `Originality`.
    """

    stage_changed = Signal()
    notes_changed = Signal()
    given_up = Signal()
    grown = Signal()
    playhead = Signal(object)
    problem = Signal(str)
    sound_problem = Signal(str)
    opened = Signal(object)
    compared = Signal(object)

    def __init__(
        self,
        services: Services,
        composers: Composers,
        presenter: MusicPresenter,
        open_stream: OpenOutput,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._services, self._composers, self._presenter = services, composers, presenter
        self.player = TunePlayer(open_stream)
        self._composer: Worker | None = None
        self._comparer: Worker | None = None
        self._sounder: Worker | None = None
        self._hear = True
        self._looping = False
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._on_tick)

    @property
    def busy(self) -> bool:
        """Whether a tune is being composed."""
        return self._composer is not None

    @property
    def playing(self) -> bool:
        """Whether sound is asked for."""
        return self._timer.isActive()

    def warm(self) -> None:
        """Loads the network, so that its first note comes at once."""
        model = self._presenter.model
        if model is not None and not self._composers.has(model):
            self._services.workers.start(warm_job(self._composers, model), on_failed=self._on_failed)

    def compose(self, wish: Wish, model: Model | None = None) -> None:
        """Asks the network; what is in sight stays until notes come."""
        self.stop_composing()
        self.problem.emit("")
        model = model or self._presenter.model
        if model is None:
            return
        try:
            request = self._request(wish)
        except SpeechRnnError as error:
            self.problem.emit(error_text(error))
            return
        if request is None:  # a tune of the user's is brought over first
            self._bring(model, lambda piece: self._run(model, self._presenter.continue_request(piece), wish))
            return
        self._run(model, request, wish)

    def stop_composing(self) -> None:
        """Takes what there is by now."""
        if self._composer is not None:
            self._composer.stop()

    def open(self, path: Path) -> None:
        """Reads a file of the user's."""
        self.problem.emit("")
        self._services.workers.start(
            open_job(path), on_item=self._on_opened, on_failed=lambda e: self._on_open_failed(path, e)
        )

    def show_opened(self, model: Model) -> None:
        """Brings the tune that was opened onto the sheet as it is."""
        self._bring(model, self._take_piece)

    def play_or_stop(self) -> None:
        """Plays from the playhead, or falls silent."""
        if self.playing:
            self.stop_playing()
        else:
            self.play(self.player.position)

    def play(self, start: int = 0) -> None:
        """Plays from a tick on."""
        self.sound_problem.emit("")
        if not self._presenter.notes and not self.busy:
            return
        self.follow_presenter()
        self.player.play(start)
        self._start_sounding()
        self._timer.start()
        self.stage_changed.emit()

    def stop_playing(self) -> None:
        """Falls silent; the playhead stays."""
        if self.playing:
            self.player.stop()
            self._timer.stop()
            self.stage_changed.emit()

    def seek(self, tick: int) -> None:
        """Goes to a place; goes on from there where it plays."""
        if self.playing:
            self.player.play(tick)
            self._start_sounding()
        else:
            self.player.play(tick)
            self.player.stop()
            self.playhead.emit(self.player.position)

    def set_looping(self, on: bool) -> None:
        """Plays the tune over and over, or once."""
        self._looping = on
        self.follow_presenter(grown=True)

    def set_heard(self, on: bool) -> None:
        """Whether a tune is played while it is composed."""
        self._hear = on

    def follow_presenter(self, *, grown: bool = False) -> None:
        """Gives the player what the presenter has."""
        tune = self._presenter.playable()
        self.player.set_tempo(float(self._presenter.fields.values["tempo"]))
        self.player.set_muted(self._presenter.muted)
        self.player.set_tune(tune, grown=grown)
        self.player.set_loop((0, tune.end) if self._looping and tune.whole and tune.end else None)

    def compare(self) -> None:
        """Looks for what of the tune was copied."""
        model, piece = self._presenter.model, self._presenter.state.piece
        if self._comparer is not None:
            self._comparer.stop()
            self._comparer = None
        if model is None or piece is None or piece.kind != model.kind:
            return

        def show(told: Originality) -> None:
            if self._presenter.state.piece is piece:
                self.compared.emit(told)

        self._comparer = self._services.workers.start(
            originality_job(self._composers, model, piece), on_item=show, on_failed=self._on_failed
        )

    def stop(self) -> None:
        """All falls silent."""
        self.stop_composing()
        self.stop_playing()

    def _request(self, wish: Wish) -> Wanted | None:
        presenter = self._presenter
        match wish:
            case "harmonise":
                return presenter.harmonise_request()
            case "regenerate":
                return presenter.regenerate_request()
            case "vary":
                return presenter.vary_request()
            case "continue":
                if presenter.opened is not None:
                    return None
                piece = presenter.state.piece
                return presenter.new_request() if piece is None else presenter.continue_request(piece)
            case _:
                return presenter.new_request()

    def _bring(self, model: Model, then: Callable[[Piece], object]) -> None:
        opened = self._presenter.opened
        if opened is not None:
            self._services.workers.start(
                piece_job(self._composers, model, opened), on_item=then, on_failed=self._on_failed
            )

    def _run(self, model: Model, request: Wanted, wish: Wish) -> None:
        presenter = self._presenter
        in_parts = wish in ("regenerate", "vary")
        where = self.player.position
        was_playing = self.playing
        presenter.begin(model.kind)
        self._first = True
        taken = False

        def take(item: Events | Composed) -> None:
            nonlocal taken
            if self._composer is not worker:
                return
            if isinstance(item, Events):
                presenter.grow(item.events)
                if self._first:
                    self._first = False
                    if self._hear or was_playing:
                        self.play(where if in_parts else 0)
                self.follow_presenter(grown=True)
                self.grown.emit()
            else:
                presenter.take(item)
                taken = True

        def end() -> None:
            if self._composer is worker:
                self._composer = None
                presenter.abandon()
                self.follow_presenter(grown=not in_parts)
                # What the user brought stays to be used in another way where nothing came of it.
                (self.notes_changed if taken else self.given_up).emit()
                self.stage_changed.emit()
                self.compare()

        worker = self._services.workers.start(
            compose_job(self._composers, model, request),
            on_item=take,
            on_failed=self._on_failed,
            on_ended=end,
        )
        self._composer = worker
        self.stage_changed.emit()

    def _start_sounding(self) -> None:
        if self._sounder is None:
            self._sounder = self._services.workers.start(self.player.job, on_ended=self._on_sounder_ended)

    def _on_sounder_ended(self) -> None:
        self._sounder = None
        if self.player.state == "playing" and self.playing:
            self._start_sounding()

    def _on_tick(self) -> None:
        player = self.player
        self.playhead.emit(player.position if player.state == "playing" else None)
        if player.state != "playing":
            self._timer.stop()
            if player.error is not None:
                self.sound_problem.emit(error_text(player.error))
            self.playhead.emit(player.position or None)
            self.stage_changed.emit()

    def _on_opened(self, opened: Opened) -> None:
        self._presenter.opened = opened
        self.opened.emit(opened)

    def _on_open_failed(self, path: Path, error: BaseException) -> None:
        text = error_text(error)
        self.problem.emit(text if str(path) in text else f"{path.name}: {text}")

    def _take_piece(self, piece: Piece) -> None:
        self.stop_playing()
        self._presenter.take_piece(piece)
        self.follow_presenter()
        self.notes_changed.emit()
        self.compare()

    def _on_failed(self, error: BaseException) -> None:
        if not isinstance(error, NoLongerWantedError):
            self.problem.emit(error_text(error))
