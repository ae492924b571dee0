"""Plays a tune that may still grow, by the built-in synthesizer. Free of Qt; its `job` runs in a worker.

Times are ticks of the tune. Notes, tempo, muted voices and the place may change while it plays: what the
output holds already is thrown away then, and it goes on from what is heard. Where the tune is not known far
enough yet, it waits in silence.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from speechrnn.audio.loudspeaker import Loudspeaker
from speechrnn.audio.resample import RawBlock
from speechrnn.audio.streams import OutputDevice, OutputStream
from speechrnn.errors import SpeechRnnError
from speechrnn.music.synthesizer import RELEASE_S, SAMPLE_RATE, SoundingNote, Synthesizer, pan
from speechrnn.music.tune import TICKS, Note
from speechrnn.types import Seconds

_log = logging.getLogger(__name__)

PlayState = Literal["stopped", "playing", "ended"]
BLOCK_S = 0.05  # synthesized at a time
_AHEAD_S = 0.15  # how far a growing tune must be known beyond what is synthesized
_LEAST_SPAN = 60  # ticks of a loop: a shorter one would only click

OpenOutput = Callable[[OutputDevice | None, int, int], OutputStream]


@dataclass(frozen=True, slots=True, kw_only=True)
class Playable:
    """Notes by voices.

    Attributes:
        voices: notes of each voice, by start.
        end: ticks; where the tune ends, or up to where it is known.
        whole: whether it is complete.
        program: General MIDI instrument of all voices.
    """

    voices: tuple[tuple[Note, ...], ...] = ()
    end: int = 0
    whole: bool = True
    program: int = 0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Request:
    """How it is to be played; a new one replaces it."""

    start: int
    tempo: float
    muted: frozenset[int]
    loop: tuple[int, int] | None


@dataclass(slots=True)
class _Clock:
    """Which tick is heard at which second of the stream: pieces, each with a tick where it begins or None."""

    pieces: list[tuple[Seconds, float]] = field(default_factory=list)


class TunePlayer:
    """See the module's docstring. Methods return at once and may be called from any thread.

    Attributes:
        error: why the playing broke off; None where it did not.
    """

    def __init__(self, open_stream: OpenOutput, now: Callable[[], Seconds] = time.monotonic) -> None:
        """Takes what opens an output; it is not opened yet."""
        self._open_stream, self._now = open_stream, now
        self.error: SpeechRnnError | None = None
        self._changed = threading.Condition()  # for all below
        self._tune = Playable()
        self._request: _Request | None = None
        self._tempo, self._muted = 120.0, frozenset[int]()
        self._loop: tuple[int, int] | None = None
        self._state: PlayState = "stopped"
        self._heard, self._heard_at, self._rate = 0.0, 0.0, 0.0  # tick, when, ticks a second
        self._most = 0.0  # ticks that have been written

    @property
    def state(self) -> PlayState:
        """What it does now."""
        return self._state

    @property
    def position(self) -> int:
        """The tick that is heard, or where it stopped."""
        with self._changed:
            if self._state != "playing":
                return round(self._heard)
            passed = (self._now() - self._heard_at) * self._rate
            return round(max(0.0, min(self._heard + passed, max(self._most, self._heard))))

    def set_tune(self, tune: Playable, *, grown: bool = False) -> None:
        """Takes other notes.

        Args:
            tune: all that is known.
            grown: it begins as the one before: what sounds goes on.
        """
        with self._changed:
            self._tune = tune
            if not grown:
                self._restart()
            self._changed.notify_all()

    def set_tempo(self, tempo: float) -> None:
        """Quarter notes a minute."""
        with self._changed:
            if tempo != self._tempo:
                self._tempo = tempo
                self._restart()

    def set_muted(self, muted: frozenset[int]) -> None:
        """Which voices do not sound."""
        with self._changed:
            if muted != self._muted:
                self._muted = muted
                self._restart()

    def set_loop(self, loop: tuple[int, int] | None) -> None:
        """Plays a stretch over and over; None for the tune once."""
        with self._changed:
            if loop is not None and loop[1] - loop[0] < _LEAST_SPAN:
                loop = None
            if loop != self._loop:
                self._loop = loop
                self._restart()

    def play(self, start: int) -> None:
        """Plays from a tick on; `job` must be running, or be started now."""
        with self._changed:
            self.error = None
            self._state = "playing"
            self._set_request(start)

    def stop(self) -> None:
        """Falls silent; `position` stays."""
        with self._changed:
            self._heard = self.position
            self._request, self._state = None, "stopped"
            self._changed.notify_all()

    def job(self, stop: threading.Event) -> Iterator[None]:
        """Plays until it has ended or is stopped; yields nothing."""
        loudspeaker = Loudspeaker(lambda rate: self._open_stream(None, rate, 2), self._now)
        try:
            while not stop.is_set():
                with self._changed:
                    request = self._request
                if request is None:
                    break
                self._play(request, loudspeaker, stop)
        except SpeechRnnError as error:
            self._fail(error)
        except Exception as error:  # noqa: BLE001 - the edge of the thread: the device must be let go
            _log.debug("where it happened", exc_info=True)
            self._fail(SpeechRnnError(f"playing failed ({type(error).__name__}: {error}): report it"))
        finally:
            loudspeaker.close()
            if stop.is_set():
                self.stop()
        yield from ()

    def _play(self, request: _Request, loudspeaker: Loudspeaker, stop: threading.Event) -> None:
        clock = _Clock()

        def unwanted(timeout_s: Seconds) -> bool:
            with self._changed:
                return stop.is_set() or self._changed.wait_for(
                    lambda: self._request is not request, timeout_s
                )

        def tell(heard: Seconds, written: Seconds) -> None:
            with self._changed:
                if self._request is request:
                    self._heard, self._rate = _tick_at(clock, heard, request)
                    self._heard_at = self._now()
                    self._most = _tick_at(clock, written, request)[0]

        blocks = self._blocks(request, clock, unwanted)
        ended = loudspeaker.play(blocks, 0.0, 1.0, unwanted=unwanted, tell=tell)
        with self._changed:
            if ended and self._request is request:
                self._heard = 0.0
                self._request, self._state = None, "ended"

    def _blocks(
        self, request: _Request, clock: _Clock, unwanted: Callable[[Seconds], bool]
    ) -> Iterator[RawBlock]:
        """Sound from the request's place on, for ever where it is a loop."""
        per_second = request.tempo / 60 * TICKS
        n = round(BLOCK_S * SAMPLE_RATE)
        written, place = 0.0, float(request.start)
        feed = _Feed(request)
        while True:
            with self._changed:
                tune = self._tune
            end = float(request.loop[1] if request.loop else tune.end)
            known = end if tune.whole else tune.end - _AHEAD_S * per_second
            if not tune.whole and place >= known:
                # Waits for notes; of silence no more than passes meanwhile, or they would be heard behind it.
                with self._changed:
                    self._changed.wait(0.8 * BLOCK_S)
                clock.pieces.append((written, -1.0))
                yield RawBlock(np.zeros((n, 2), np.float32), SAMPLE_RATE)
                written += BLOCK_S
                continue
            if place >= end + RELEASE_S * 3 * per_second or (request.loop and place >= end):
                if request.loop is None:
                    return
                place = float(request.loop[0])
                feed = _Feed(replace(request, start=request.loop[0]))
            feed.take(tune)
            clock.pieces.append((written, place))
            length = n
            if request.loop is not None:  # a loop is cut to the sample, or it would limp
                length = max(1, min(n, round((end - place) / per_second * SAMPLE_RATE)))
            yield RawBlock(feed.synthesizer.read(length), SAMPLE_RATE)
            written += length / SAMPLE_RATE
            place += length / SAMPLE_RATE * per_second

    def _restart(self) -> None:
        """Goes on from what is heard, in another way; called with the lock held."""
        if self._request is not None:
            self._set_request(self.position)

    def _set_request(self, start: int) -> None:
        if self._loop is not None and not self._loop[0] <= start < self._loop[1]:
            start = self._loop[0]
        elif self._tune.whole and start >= self._tune.end:
            start = 0
        self._heard, self._heard_at, self._rate = float(start), self._now(), 0.0
        self._most = float(start)
        self._request = _Request(start=start, tempo=self._tempo, muted=self._muted, loop=self._loop)
        self._changed.notify_all()

    def _fail(self, error: SpeechRnnError) -> None:
        with self._changed:
            self._heard = self.position
            self._request, self._state = None, "stopped"
            self.error = error
        _log.info("the tune is no longer played: %s", error)


class _Feed:
    """Puts each note of a growing tune into a synthesizer once."""

    def __init__(self, request: _Request) -> None:
        self._request = request
        self._taken: dict[int, int] = {}  # notes of each voice that were looked at
        self.synthesizer = Synthesizer()

    def take(self, tune: Playable) -> None:
        """Adds what has come since."""
        scale = 60 / self._request.tempo / TICKS
        for voice, notes in enumerate(tune.voices):
            begun = self._taken.get(voice, 0)
            self._taken[voice] = len(notes)
            if voice in self._request.muted:
                continue
            for note in notes[begun:]:
                start = note.start - self._request.start
                if note.end <= self._request.start:
                    continue
                self.synthesizer.add(
                    SoundingNote(
                        start_s=max(start, 0) * scale,
                        duration_s=(note.length + min(start, 0)) * scale,
                        pitch=note.pitch,
                        velocity=note.velocity,
                        program=tune.program,
                        pan=pan(voice, len(tune.voices)),
                    )
                )


def _tick_at(clock: _Clock, second: Seconds, request: _Request) -> tuple[float, float]:
    """The tick at a second of the stream, and how many pass in a second there: none while it waits."""
    per_second = request.tempo / 60 * TICKS
    last = float(request.start)
    for began, place in reversed(clock.pieces):
        if began <= second + 1e-9 and place >= 0:
            tick = place + (second - began) * per_second
            waiting = clock.pieces[-1][1] < 0
            return (min(tick, place + BLOCK_S * per_second), 0.0) if waiting else (tick, per_second)
    return last, 0.0


def playable(voices: Sequence[Sequence[Note]], end: int, *, whole: bool, program: int) -> Playable:
    """Notes of voices as they may be played."""
    return Playable(voices=tuple(tuple(voice) for voice in voices), end=end, whole=whole, program=program)
