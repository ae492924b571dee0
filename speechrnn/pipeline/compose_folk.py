"""Folk tunes by a folk network: new ones, continued ones, bars made anew between locked ones, tapped rhythms.

A `FolkWriter` walks with one stream: it forces what is given, chooses what is free under the grammar, and
tells notes, rests and bar lines as they are complete. Times are ticks of `Piece.tune`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from speechrnn.music.abc_writer import is_plain
from speechrnn.music.folk_grammar import MAX_BARS, FolkGrammar, FolkState
from speechrnn.music.folk_tokens import (
    BAR_TOKENS,
    END,
    LENGTH_TICKS,
    PITCHES,
    REST,
    VOCABULARY,
    FolkHeader,
)
from speechrnn.music.piece import Piece
from speechrnn.music.rhythm import quantized_rhythm, rhythm_bars
from speechrnn.music.tune import Key, Meter
from speechrnn.nets.step_network import StepNetwork
from speechrnn.pipeline.compose_requests import MusicRequest, TuneEvent
from speechrnn.pipeline.compose_stream import Drawn, TokenStream

_INDEX = {token: index for index, token in enumerate(VOCABULARY)}
_SCORED = 40  # tokens of a locked continuation that a candidate is judged by: about two bars
_SHORTEST = 60  # ticks of the shortest plain length
_PLAIN_LENGTHS = sorted(((t, name) for name, t in LENGTH_TICKS.items() if is_plain(t)), reverse=True)
_PITCHES = np.array([token in PITCHES for token in VOCABULARY])


def folk_events(net: StepNetwork, request: MusicRequest) -> Iterator[TuneEvent]:
    """The events of a request; nothing runs before the first is asked for."""
    stream = TokenStream(net, request.sampling, [request.seed])
    if request.action == "regenerate":
        assert request.piece is not None
        yield from _regenerate(stream, request, request.piece)
        return
    if request.action == "continue":
        assert request.piece is not None
        given = list(request.piece.tokens)
        while given and given[-1] == END:
            given.pop()
        shift, n_bars = request.piece.shift, _count_bars(given)
        if request.bars and given[-1] in LENGTH_TICKS and _is_full(request.piece):
            given.append("|")
            n_bars += 1
        grammar = FolkGrammar(n_bars + request.bars if request.bars else None, max(MAX_BARS, n_bars + 32))
    else:
        given = FolkHeader(meter=request.meter, key=request.key).tokens()
        shift = _shift(request.key)
        grammar = FolkGrammar(request.bars or None)
    writer = FolkWriter(stream, grammar, shift)
    yield from writer.force(given)
    if request.onsets_s and request.action == "new":
        bar = Meter(*map(int, request.meter.split("/"))).bar
        tapped = rhythm_bars(quantized_rhythm(request.onsets_s, request.tempo), bar)
        yield from writer.tap(tapped[: request.bars or None])
    yield from writer.finish()


def folk_piece(request: MusicRequest, events: Sequence[TuneEvent]) -> Piece:
    """The piece that events make, all of them or the first ones."""
    if request.piece is not None:
        header, key, shift = request.piece.tokens[:2], request.piece.key, request.piece.shift
        tempo, title = request.piece.tempo, request.title or request.piece.title
    else:
        header = tuple(FolkHeader(meter=request.meter, key=request.key).tokens())
        key, shift = request.key, _shift(request.key)
        tempo, title = request.tempo, request.title
    tokens = (*header, *(token for event in events for token in event.tokens))
    beats, unit = header[0][2:].split("/")
    return Piece(
        kind="folk",
        tokens=tokens,
        key=key,
        shift=shift,
        meter=Meter(int(beats), int(unit)),
        tempo=tempo,
        title=title,
    )


class FolkWriter:
    """See the module's docstring.

    Attributes:
        stream: moves with every token.
        log_probability: of all tokens so far, natural log.
    """

    def __init__(self, stream: TokenStream, grammar: FolkGrammar, shift: int) -> None:
        self.stream = stream
        self.log_probability = 0.0
        self._grammar, self._shift = grammar, shift
        self._state: FolkState = grammar.initial()
        self._pitch: tuple[str, Drawn, bool] | None = None
        self._now = 0

    def fork(self, seed: Sequence[int]) -> FolkWriter:
        """A second writer at the same place, with its own chance."""
        other = FolkWriter(self.stream.fork(seed), self._grammar, self._shift)
        other._state, other._pitch, other._now = self._state, self._pitch, self._now
        return other

    def force(self, tokens: Sequence[str]) -> Iterator[TuneEvent]:
        """Tokens that are given."""
        for token in tokens:
            yield from self._take(token, self.stream.force(_INDEX[token]), given=True)

    def finish(self) -> Iterator[TuneEvent]:
        """On to the end of the tune, by the grammar alone."""
        while not self._state.done:
            yield from self._choose(self._grammar.allowed(self._state))

    def fill_bar(self, length: int) -> Iterator[TuneEvent]:
        """Notes and rests for exactly so many ticks."""
        self._state = replace(self._state, filled=0, triplet_end=0, after_pitch=False)
        while self._state.filled < length or self._state.after_pitch:
            yield from self._choose(self._grammar.allowed_in_bar(self._state, length))

    def tap(self, bars: Sequence[Sequence[tuple[bool, int]]]) -> Iterator[TuneEvent]:
        """A rhythm whose pitches the network chooses, bar by bar as `rhythm.rhythm_bars` gives it."""
        for number, bar in enumerate(bars):
            if number:
                yield from self.force(["|"])
            for struck, length in bar:
                for token in split_length(length):
                    if struck:
                        yield from self._choose(_PITCHES)
                    else:
                        yield from self.force([REST])
                    yield from self.force([token])
                    struck = False  # where no token is so long, the rest of the note is silent

    def _choose(self, allowed: NDArray[np.bool_]) -> Iterator[TuneEvent]:
        drawn = self.stream.choose(allowed)
        yield from self._take(VOCABULARY[drawn.token], drawn, given=False)

    def _take(self, token: str, drawn: Drawn, *, given: bool) -> Iterator[TuneEvent]:
        self.log_probability += float(np.log(max(drawn.probability, 1e-300)))
        self._state = self._grammar.follow(self._state, token)
        if token in BAR_TOKENS or token == END:
            yield TuneEvent(
                kind="bar",
                start=self._now,
                length=0,
                probability=drawn.probability,
                rank=drawn.rank,
                given=given,
                tokens=(token,),
            )
        elif token in LENGTH_TICKS and self._pitch is not None:
            yield self._note(token, drawn, given)
        elif token in PITCHES or token == REST:
            self._pitch = (token, drawn, given)

    def _note(self, length: str, drawn: Drawn, given: bool) -> TuneEvent:
        assert self._pitch is not None
        name, chosen, pitch_given = self._pitch
        self._pitch = None
        ticks, start = LENGTH_TICKS[length], self._now
        self._now += ticks
        sounds = name in PITCHES
        return TuneEvent(
            kind="note" if sounds else "rest",
            start=start,
            length=ticks,
            pitch=PITCHES[name] + self._shift if sounds else 0,
            probability=chosen.probability * drawn.probability,
            rank=chosen.rank,
            given=given and pitch_given,
            tokens=(name, length),
        )


def split_length(ticks: int) -> list[str]:
    """A length as tokens that sum to it, the longest first; what is shorter than any token is left out."""
    tokens = []
    while ticks > 0:
        fitting = next(((t, name) for t, name in _PLAIN_LENGTHS if t <= ticks), None)
        if fitting is None:
            break
        tokens.append(fitting[1])
        ticks -= fitting[0]
    return tokens


def _shift(key: Key) -> int:
    """Semitones from the tokens' C to a new tune's tonic, -4..7.

    Tokens lie around the B above middle C; with this, tunes in the usual keys D, G and A lie where fiddles
    and flutes play them.
    """
    return key.pitch_class if key.pitch_class <= 7 else key.pitch_class - 12


def _count_bars(tokens: Sequence[str]) -> int:
    """Bars that are closed, as the grammar counts them: without pickups."""
    grammar = FolkGrammar()
    state = grammar.initial()
    for token in tokens:
        state = grammar.follow(state, token)
    return state.n_bars


def _is_full(piece: Piece) -> bool:
    bar = piece.bars[-1]
    return bar.end - bar.start >= piece.meter.bar


def _regenerate(stream: TokenStream, request: MusicRequest, piece: Piece) -> Iterator[TuneEvent]:
    """Locked bars as they are, the others anew in the same lengths and with the same signs behind them."""
    writer = FolkWriter(stream, FolkGrammar(), piece.shift)
    free = set(request.free_bars)
    bars = piece.bars
    yield from writer.force(piece.tokens[: bars[0].first])
    runs = groupby(range(len(bars)), key=lambda number: _is_free(piece, number, free))
    for run, (is_free, numbers) in enumerate(runs):
        chosen = list(numbers)
        first, last = bars[chosen[0]].first, bars[chosen[-1]].last
        if not is_free:
            yield from writer.force(piece.tokens[first:last])
            continue
        behind = piece.tokens[last : last + _SCORED]
        n_candidates = request.candidates if len(behind) > 1 else 1
        best: tuple[float, list[TuneEvent], FolkWriter] | None = None
        for number in range(n_candidates):
            candidate = writer.fork([request.seed, run, number])
            events = [event for bar in chosen for event in _free_bar(candidate, piece, bar)]
            listener = candidate.fork([0])
            list(listener.force(behind))
            if best is None or listener.log_probability > best[0]:
                best = (listener.log_probability, events, candidate)
        assert best is not None
        yield from best[1]
        writer = best[2]
    yield from writer.force(piece.tokens[bars[-1].last :])


def _is_free(piece: Piece, number: int, free: set[int]) -> bool:
    """A bar whose length no plain notes fill stays as it is."""
    bar = piece.bars[number]
    return number in free and (bar.end - bar.start) % _SHORTEST == 0


def _free_bar(writer: FolkWriter, piece: Piece, number: int) -> Iterator[TuneEvent]:
    bar = piece.bars[number]
    tokens = piece.tokens[bar.first : bar.last]
    closing = next((i for i in range(len(tokens), 0, -1) if tokens[i - 1] in LENGTH_TICKS), 0)
    opening = next((i for i, token in enumerate(tokens) if token in PITCHES or token == REST), 0)
    yield from writer.force(tokens[:opening])
    yield from writer.fill_bar(bar.end - bar.start)
    yield from writer.force(tokens[closing:])
