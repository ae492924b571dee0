"""What the compose page does in workers, as plain jobs without Qt: write, weigh, compose, compare, read.

Tokens come in batches about thirty times a second, the first one at once: a screen shows no more, and a
window that is told of each token apart has no time for anything else.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from gui.compose.composers import Composers, Model
from speechrnn.decoding.originality import Copied
from speechrnn.music.abc_reader import AbcTune, play_out
from speechrnn.music.piece import Piece
from speechrnn.music.tune import Tune
from speechrnn.pipeline.compose_requests import Continuation, MusicRequest, TextRequest, TextToken, TuneEvent

if TYPE_CHECKING:
    from speechrnn.pipeline.compose import Composer, HeardPrimer

BATCH_S = 1 / 30
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class PrimerHeard:
    """What the network makes of what stands before.

    Attributes:
        missing: characters that it cannot write, each once.
        n_heard: characters that it hears.
        n_given: characters that were given.
    """

    missing: str
    n_heard: int
    n_given: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """What was written since the last batch.

    Attributes:
        run: number of the variation, from 0.
        tokens: in order.
    """

    run: int
    tokens: tuple[TextToken, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Events:
    """Notes that were composed since the last batch."""

    events: tuple[TuneEvent, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A tune that is whole, or was stopped.

    Attributes:
        piece: what there is of it.
        events: what it was made of.
        request: what makes it again.
        bundle: id of the network.
        bundle_sha256: of its bytes.
    """

    piece: Piece
    events: tuple[TuneEvent, ...]
    request: MusicRequest
    bundle: str
    bundle_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Originality:
    """What was copied.

    Attributes:
        copied: the longest span, or None for none.
        certain_length: what is at least so long is found for certain; 0 where the bundle has no index.
        unit: character or note.
    """

    copied: Copied | None
    certain_length: int
    unit: str


def batches(
    items: Iterator[Item], stop: threading.Event, now: Callable[[], float] = time.monotonic
) -> Iterator[tuple[Item, ...]]:
    """Items in groups: the first alone, then all of a thirtieth of a second; ends when asked to."""
    waiting: list[Item] = []
    told_at = -1.0
    for item in items:
        if stop.is_set():
            return
        waiting.append(item)
        if told_at < 0 or now() - told_at >= BATCH_S:
            yield tuple(waiting)
            waiting, told_at = [], now()
    if waiting and not stop.is_set():
        yield tuple(waiting)


def write_job(
    composers: Composers, model: Model, requests: Sequence[TextRequest]
) -> Callable[[threading.Event], Iterator[PrimerHeard | Tokens]]:
    """Writes one text, or several side by side: first what is heard of the primer, then batches."""

    def job(stop: threading.Event) -> Iterator[PrimerHeard | Tokens]:
        with composers.borrow(model, stop) as composer:
            primer = requests[0].primer
            yield _told(primer, composer.heard_primer(primer))
            yield from _side_by_side(composer, requests, stop)

    return job


def _told(primer: str, heard: HeardPrimer) -> PrimerHeard:
    return PrimerHeard(missing=heard.missing, n_heard=len(heard.text), n_given=len(primer))


def _side_by_side(
    composer: Composer, requests: Sequence[TextRequest], stop: threading.Event
) -> Iterator[Tokens]:
    """One token of each text in turn."""
    streams = {number: composer.write(request) for number, request in enumerate(requests)}

    def turns() -> Iterator[tuple[int, TextToken]]:
        while streams:
            for number, stream in tuple(streams.items()):
                token = next(stream, None)
                if token is None:
                    del streams[number]
                else:
                    yield number, token

    for batch in batches(turns(), stop):
        for number in sorted({run for run, _ in batch}):
            yield Tokens(run=number, tokens=tuple(token for run, token in batch if run == number))


def continuations_job(
    composers: Composers, model: Model, text: str, n: int
) -> Callable[[threading.Event], Iterator[tuple[Continuation, ...]]]:
    """The likeliest words behind a text."""

    def job(stop: threading.Event) -> Iterator[tuple[Continuation, ...]]:
        with composers.borrow(model, stop) as composer:
            if not stop.is_set():
                yield tuple(composer.continuations(text, n))

    return job


def originality_job(
    composers: Composers, model: Model, what: str | Tune | Piece
) -> Callable[[threading.Event], Iterator[Originality]]:
    """What of a text or tune stands in the training data."""

    def job(stop: threading.Event) -> Iterator[Originality]:
        with composers.borrow(model, stop) as composer:
            index = composer.originality
            if stop.is_set():
                return
            unit = "character" if composer.kind == "text" else "note"
            if index is None:
                yield Originality(copied=None, certain_length=0, unit=unit)
                return
            copied = composer.longest_copied(what.tune if isinstance(what, Piece) else what)
            yield Originality(copied=copied, certain_length=index.certain_length, unit=unit)

    return job


def compose_job(
    composers: Composers, model: Model, wanted: MusicRequest | Callable[[], MusicRequest]
) -> Callable[[threading.Event], Iterator[Events | Composed]]:
    """Composes: batches of notes, then the piece; one that is stopped gives what there is by then.

    Args:
        composers: lend the network.
        model: which.
        wanted: the request, or what makes it.
    """

    def job(stop: threading.Event) -> Iterator[Events | Composed]:
        request = wanted if isinstance(wanted, MusicRequest) else wanted()
        with composers.borrow(model, stop) as composer:
            made: list[TuneEvent] = []
            for batch in batches(composer.compose(request), stop):
                made += batch
                yield Events(events=batch)
            if not made:
                return
            asked = composer.provenance(request, len(made) if stop.is_set() else None).request
            assert isinstance(asked, MusicRequest)
            yield Composed(
                piece=composer.assemble(request, made),
                events=tuple(made),
                request=asked,
                bundle=composer.bundle_id,
                bundle_sha256=composer.bundle_sha256,
            )

    return job


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A tune that the user brought.

    Attributes:
        name: of its file.
        tune: as it sounds.
        written: as ABC has it, or None.
    """

    name: str
    tune: Tune
    written: AbcTune | None


def open_job(path: Path) -> Callable[[threading.Event], Iterator[Opened]]:
    """Reads a MIDI or ABC file.

    Raises, when it runs:
        SpeechRnnError: it cannot be read, is damaged, too long, without notes; of ABC with line and column.
    """

    def job(_stop: threading.Event) -> Iterator[Opened]:
        # mido takes a while to import.
        from speechrnn.pipeline.compose_export import read_tune

        read = read_tune(path)
        if isinstance(read, AbcTune):
            yield Opened(name=path.name, tune=play_out(read), written=read)
        else:
            yield Opened(name=path.name, tune=read, written=None)

    return job


def piece_job(
    composers: Composers, model: Model, opened: Opened
) -> Callable[[threading.Event], Iterator[Piece]]:
    """Brings a tune over to a network.

    Raises, when it runs:
        ConfigError: the network has no tokens for it, with the reason.
    """

    def job(stop: threading.Event) -> Iterator[Piece]:
        with composers.borrow(model, stop) as composer:
            yield composer.piece(opened.written or opened.tune)

    return job
