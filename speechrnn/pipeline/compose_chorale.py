"""Chorales by a chorale network: new ones, continued ones, melodies harmonised, bars made anew.

All of these are one thing: some tokens of the grid are given, the rest is chosen under the grammar. Notes are
told when they end. Times are ticks of `Piece.tune`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from speechrnn.errors import ConfigError
from speechrnn.music.chorale_tokens import (
    BEATS,
    END,
    HOLD,
    MOST_STEPS,
    SILENT,
    STEP_TICKS,
    STRUCK,
    VOCABULARY,
    VOICES,
    ChoraleGrammar,
    ChoraleState,
    Given,
    is_minor,
    melody_tokens,
    opening,
    steps_of,
    tonic_token,
)
from speechrnn.music.piece import CHORALE_PROGRAM, Piece
from speechrnn.music.rhythm import quantized_rhythm
from speechrnn.music.tune import Key, Meter, Note, Tune, Voice
from speechrnn.nets.step_network import StepNetwork
from speechrnn.pipeline.compose_requests import MusicRequest, TuneEvent
from speechrnn.pipeline.compose_stream import Drawn, TokenStream

_INDEX = {token: index for index, token in enumerate(VOCABULARY)}
_SLOTS = 1 + len(VOICES)  # tokens of a sixteenth
_SCORED = 16  # sixteenths of a locked continuation that a candidate is judged by
_FRESH = "fresh"  # no note of a locked bar may be held on
_FREE: Given = (None,) * len(VOICES)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """What a chorale is written in.

    Attributes:
        mode: its first token.
        key, meter, tempo, title: of the piece.
        shift: semitones from the tokens to what sounds.
    """

    mode: str
    key: Key
    shift: int
    meter: Meter
    tempo: float
    title: str


def _frame(request: MusicRequest) -> _Frame:
    if request.piece is not None:
        p = request.piece
        return _Frame(
            mode=p.tokens[0],
            key=p.key,
            shift=p.shift,
            meter=p.meter,
            tempo=p.tempo,
            title=request.title or p.title,
        )
    if request.action == "harmonise":
        assert request.melody is not None
        tune = request.melody
        _, minor, shift = melody_tokens(tune)
        return _Frame(
            mode="K:minor" if minor else "K:major",
            key=tune.key,
            shift=-shift,
            meter=tune.meter,
            tempo=tune.tempo,
            title=request.title or tune.title,
        )
    if request.key.mode not in ("major", "minor"):
        raise ConfigError(f"chorales are in major or minor, not {request.key.mode}: choose one of them")
    beats, unit = request.meter.split("/")
    return _Frame(
        mode="K:minor" if is_minor(request.key) else "K:major",
        key=request.key,
        shift=0,
        meter=Meter(int(beats), int(unit)),
        tempo=request.tempo,
        title=request.title,
    )


def chorale_events(net: StepNetwork, request: MusicRequest, *, knows_tonic: bool) -> Iterator[TuneEvent]:
    """The events of a request; nothing runs before the first is asked for.

    Args:
        net: the network.
        request: what to compose.
        knows_tonic: the network learned pieces with their tonic behind the mode. One that did not is told the
            key of a new piece by its first chord.
    """
    frame = _frame(request)
    header = [frame.mode, *([tonic_token(frame.key.pitch_class)] if knows_tonic else [])]
    stream = TokenStream(net, request.sampling, [request.seed], [_INDEX[token] for token in header])
    if request.action == "regenerate":
        assert request.piece is not None
        yield from _regenerate(stream, request, request.piece)
        return
    given, n_steps = _plan(request, frame, knows_tonic)
    writer = ChoraleWriter(
        stream,
        ChoraleGrammar(n_steps=n_steps, given=given, most=max(MOST_STEPS, len(given) + 256)),
        frame.shift,
        given,
    )
    writer.begin(frame.mode)
    yield from writer.finish()


def _plan(request: MusicRequest, frame: _Frame, knows_tonic: bool) -> tuple[list[Given], int | None]:
    """What is fixed of each sixteenth from the first, and how many there must be; None for any number."""
    given: list[Given] = []
    n_steps: int | None = None
    steps_a_bar = frame.meter.bar // STEP_TICKS
    if request.action == "harmonise":
        assert request.melody is not None
        given = [(token, None, None, None) for token in melody_tokens(request.melody)[0]]
        n_steps = len(given)
    elif request.action == "continue":
        assert request.piece is not None
        given = [tuple(step) for step in _grid(request.piece)]
    elif request.onsets_s:
        given = _tapped(quantized_rhythm(request.onsets_s, request.tempo))
    if request.action == "new" and not knows_tonic:
        first = given[0] if given else _FREE
        given = [
            tuple(
                f if f not in (None, STRUCK) else o for f, o in zip(first, opening(frame.key), strict=True)
            ),
            *given[1:],
        ]
    if request.bars and n_steps is None:
        n_steps = request.bars * steps_a_bar + (len(given) if request.action == "continue" else 0)
        given = given[:n_steps]
    return given, n_steps


def chorale_piece(request: MusicRequest, events: Sequence[TuneEvent]) -> Piece:
    """The piece that events make, all of them or the first ones."""
    frame = _frame(request)
    parts: list[list[Note]] = [[] for _ in VOICES]
    for event in events:
        if event.kind == "note":
            parts[event.voice].append(Note(event.start, event.pitch, event.length))
    voices = tuple(
        Voice(name=name, notes=tuple(sorted(part)), program=CHORALE_PROGRAM)
        for name, part in zip(VOICES, parts, strict=True)
    )
    tune = Tune(voices=voices, key=frame.key, meter=frame.meter, tempo=frame.tempo, title=frame.title)
    tokens = [frame.mode]
    for place, step in enumerate(steps_of(tune, -frame.shift, len(VOICES))):
        tokens += [BEATS[place % len(BEATS)], *step]
    return Piece(
        kind="chorale",
        tokens=(*tokens, END),
        key=frame.key,
        shift=frame.shift,
        meter=frame.meter,
        tempo=frame.tempo,
        title=frame.title,
    )


def _grid(piece: Piece) -> list[list[str]]:
    """The four tokens of each whole sixteenth."""
    return [list(piece.tokens[bar : bar + len(VOICES)]) for bar in range(2, _end(piece), _SLOTS)]


def _end(piece: Piece) -> int:
    """Where the tokens of whole sixteenths end."""
    n = len(piece.tokens) - (piece.tokens[-1] == END) - 1
    return 1 + n // _SLOTS * _SLOTS


def _tapped(rhythm: Sequence[tuple[int, int]]) -> list[Given]:
    """The soprano strikes where it is said and holds between."""
    n_steps = (rhythm[-1][0] + rhythm[-1][1]) // STEP_TICKS
    struck = {start // STEP_TICKS for start, _ in rhythm}
    return [(STRUCK if step in struck else HOLD, None, None, None) for step in range(n_steps)]


class ChoraleWriter:
    """Walks through the grid with one stream.

    Attributes:
        stream: moves with every token.
        log_probability: of all tokens so far, natural log.
    """

    def __init__(
        self, stream: TokenStream, grammar: ChoraleGrammar, shift: int, given: Sequence[Given]
    ) -> None:
        self.stream = stream
        self.log_probability = 0.0
        self._grammar, self._shift, self._given = grammar, shift, given
        self._state: ChoraleState = grammar.initial()
        # For each voice the note that sounds: where it began, its pitch, what the network thought, given.
        self._open: list[tuple[int, int, Drawn, bool] | None] = [None] * len(VOICES)

    def fork(self, seed: Sequence[int]) -> ChoraleWriter:
        """A second writer at the same place, with its own chance."""
        other = ChoraleWriter(self.stream.fork(seed), self._grammar, self._shift, self._given)
        other._state, other._open = self._state, list(self._open)
        return other

    @property
    def sounding(self) -> tuple[int, ...]:
        """The pitch of each voice as its token says, -1 where it is silent."""
        return self._state.sounding

    def begin(self, mode: str) -> None:
        """The mode, which the stream has heard already."""
        self._state = self._grammar.follow(self._state, mode)

    def finish(self) -> Iterator[TuneEvent]:
        """On to the end of the piece, by the grammar."""
        while not self._state.done:
            place, slot = divmod(self._state.n_tokens - 1, _SLOTS)
            allowed = self._grammar.allowed(self._state)
            given = (
                slot > 0 and place < len(self._given) and self._given[place][slot - 1] not in (None, STRUCK)
            )
            only = int(allowed.argmax()) if int(allowed.sum()) == 1 else None
            drawn = self.stream.choose(allowed) if only is None else self.stream.force(only)
            yield from self._take(VOCABULARY[drawn.token], drawn, given)

    def take_step(self, beat: str, step: Sequence[str | None]) -> Iterator[TuneEvent]:
        """One sixteenth; what is None in it is chosen, what is `_FRESH` too, but not as held."""
        yield from self._take(beat, self.stream.force(_INDEX[beat]), True)
        for token in step:
            if token is None or token == _FRESH:
                allowed = self._grammar.allowed(self._state)
                allowed[_INDEX[HOLD]] &= token is None
                drawn = self.stream.choose(allowed)
                yield from self._take(VOCABULARY[drawn.token], drawn, False)
            else:
                yield from self._take(token, self.stream.force(_INDEX[token]), True)

    def end(self) -> Iterator[TuneEvent]:
        """The end of the piece, where it is given."""
        yield from self._take(END, self.stream.force(_INDEX[END]), True)

    def _take(self, token: str, drawn: Drawn, given: bool) -> Iterator[TuneEvent]:
        self.log_probability += float(np.log(max(drawn.probability, 1e-300)))
        place, slot = divmod(self._state.n_tokens - 1, _SLOTS)
        now = place * STEP_TICKS
        self._state = self._grammar.follow(self._state, token)
        if token == END:
            for voice in range(len(VOICES)):
                yield from self._close(voice, now)
        elif slot > 0 and token != HOLD:
            yield from self._close(slot - 1, now)
            if token != SILENT:
                self._open[slot - 1] = (now, int(token) + self._shift, drawn, given)

    def _close(self, voice: int, now: int) -> Iterator[TuneEvent]:
        note, self._open[voice] = self._open[voice], None
        if note is not None:
            start, pitch, drawn, given = note
            yield TuneEvent(
                kind="note",
                voice=voice,
                start=start,
                length=now - start,
                pitch=pitch,
                probability=drawn.probability,
                rank=drawn.rank,
                given=given,
            )


def _regenerate(stream: TokenStream, request: MusicRequest, piece: Piece) -> Iterator[TuneEvent]:
    """Locked bars as they are, the others anew.

    A note that begins in a locked bar keeps its whole length, also into a free one. One that began in a free
    bar and sounded on into a locked one is struck at its beginning where the new note is another.
    """
    grid = _grid(piece)
    bars = [piece.bars[number] for number in request.free_bars]
    free_steps = {step for b in bars for step in range(b.start // STEP_TICKS, b.end // STEP_TICKS)}
    was = _sounding(grid)
    writer = ChoraleWriter(stream, ChoraleGrammar(), piece.shift, ())
    writer.begin(piece.tokens[0])
    for run, (is_free, places) in enumerate(groupby(range(len(grid)), key=free_steps.__contains__)):
        steps = list(places)
        if not is_free:
            for place in steps:
                yield from writer.take_step(BEATS[place % 4], _locked(grid[place], was[place], writer))
            continue
        behind = range(steps[-1] + 1, min(steps[-1] + 1 + _SCORED, len(grid)))
        best: tuple[float, list[TuneEvent], ChoraleWriter] | None = None
        for number in range(request.candidates if behind else 1):
            candidate = writer.fork([request.seed, run, number])
            # Held from a locked bar: until the first step at which the old note was no longer held.
            held = [steps[0] > 0] * len(VOICES)
            events: list[TuneEvent] = []
            for place in steps:
                before = held
                held = [h and token == HOLD for h, token in zip(held, grid[place], strict=True)]
                step = [HOLD if h else _FRESH if b else None for h, b in zip(held, before, strict=True)]
                events += candidate.take_step(BEATS[place % 4], step)
            listener = candidate.fork([0])
            for place in behind:
                list(listener.take_step(BEATS[place % 4], _locked(grid[place], was[place], listener)))
            if best is None or listener.log_probability > best[0]:
                best = (listener.log_probability, events, candidate)
        assert best is not None
        yield from best[1]
        writer = best[2]
    yield from writer.end()


def _locked(step: Sequence[str], was: Sequence[int], writer: ChoraleWriter) -> list[str]:
    """A step of a locked bar: what was held is struck where another pitch sounds before it now."""
    return [
        str(pitch) if token == HOLD and pitch != sounds else token
        for token, pitch, sounds in zip(step, was, writer.sounding, strict=True)
    ]


def _sounding(grid: Sequence[Sequence[str]]) -> list[tuple[int, ...]]:
    """The pitch of each voice at each step, -1 where it is silent."""
    now, result = [-1] * len(VOICES), []
    for step in grid:
        now = [
            before if token == HOLD else -1 if token == SILENT else int(token)
            for before, token in zip(now, step, strict=True)
        ]
        result.append(tuple(now))
    return result
