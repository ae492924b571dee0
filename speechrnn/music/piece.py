"""A piece of music as the networks know it: tokens, and how they sound.

The tokens are in C; `shift` brings them to where they sound. A `Piece` gives its bars and its `Tune` in two
ways: `tune` as it is written, bar for bar, which is what a piano roll shows and what bars are chosen in; and
`played`, repeats and endings played out, which is what is heard. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from speechrnn.errors import ConfigError
from speechrnn.music import chorale_tokens, folk_tokens
from speechrnn.music.abc_reader import parse_abc, play_out
from speechrnn.music.abc_writer import write_abc
from speechrnn.music.tune import Key, Meter, Note, Tune, Voice

PieceKind = Literal["folk", "chorale"]
FOLK_PROGRAM = 73  # General MIDI: flute
CHORALE_PROGRAM = 52  # choir
_TOKENS = {"folk": frozenset(folk_tokens.VOCABULARY), "chorale": frozenset(chorale_tokens.VOCABULARY)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar of a piece.

    Attributes:
        start, end: ticks; a pickup is a short bar.
        first, last: where its tokens stand in those of the piece, the last one behind it; in a folk tune
            with the sign that closes it.
    """

    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """See the module's docstring.

    Attributes:
        kind: which tokens these are.
        tokens: from the header on; the end may be missing.
        key: that it is written in.
        shift: semitones from the tokens' pitches to those that sound.
        meter: of a chorale, for its bars; a folk tune's stands in its tokens.
        tempo: quarter notes a minute.
        title: may be empty.
    """

    kind: PieceKind
    tokens: tuple[str, ...]
    key: Key
    shift: int
    meter: Meter = field(default_factory=Meter)
    tempo: float = 120.0
    title: str = ""

    def __post_init__(self) -> None:
        known = _TOKENS[self.kind]
        foreign = next((token for token in self.tokens if token not in known), None)
        if foreign is not None or len(self.tokens) < 1:
            raise ConfigError(f"{foreign!r} is no {self.kind} token")

    @property
    def tune(self) -> Tune:
        """As written, bar for bar, repeats not played."""
        if self.kind == "chorale":
            tune = chorale_tokens.to_tune(self.tokens, tempo=self.tempo, title=self.title)
            voices = tuple(
                Voice(name=v.name, program=v.program, notes=tuple(_moved(v.notes, self.shift)))
                for v in tune.voices
            )
            return Tune(voices=voices, key=self.key, meter=self.meter, tempo=self.tempo, title=self.title)
        bars = self.bars
        short = bars[0].end if bars and len(bars) > 1 and bars[0].end < self.meter.bar else 0
        return Tune(
            voices=(Voice(notes=tuple(self._folk_notes()), program=FOLK_PROGRAM),),
            key=self.key,
            meter=self.meter,
            tempo=self.tempo,
            title=self.title,
            pickup=short,
        )

    @property
    def played(self) -> Tune:
        """As heard: repeats and endings of a folk tune are played out."""
        if self.kind == "chorale" or not self.tune.length:
            return self.tune
        tune = play_out(parse_abc(self.abc()))
        voices = tuple(Voice(notes=v.notes, program=FOLK_PROGRAM) for v in tune.voices)
        return Tune(
            voices=voices,
            key=self.key,
            meter=self.meter,
            tempo=self.tempo,
            title=self.title,
            pickup=tune.pickup,
        )

    @property
    def bars(self) -> tuple[Bar, ...]:
        """In their order; the last may be unfinished."""
        return tuple(self._folk_bars() if self.kind == "folk" else self._chorale_bars())

    def abc(self, *, number: int = 1, comment: str = "") -> str:
        """As ABC text; a folk tune with its repeat signs.

        Args:
            number: for the X field.
            comment: one line for the N field, without "%"; empty for none.
        """
        if self.kind == "chorale":
            return write_abc(self.tune, number=number, comment=comment)
        return folk_tokens.to_abc(
            self.tokens,
            self.key,
            title=self.title,
            tempo=self.tempo,
            number=number,
            shift=self.shift,
            comment=comment,
        )

    def _folk_notes(self) -> Iterator[Note]:
        now, pitch = 0, ""
        for token in self.tokens[2:]:
            ticks = folk_tokens.LENGTH_TICKS.get(token)
            if ticks is None:
                pitch = token
                continue
            if pitch in folk_tokens.PITCHES:
                yield Note(now, folk_tokens.PITCHES[pitch] + self.shift, ticks)
            now += ticks

    def _folk_bars(self) -> Iterator[Bar]:
        start = now = 0
        first = 2
        for place, token in enumerate(self.tokens[2:], start=2):
            if token in folk_tokens.LENGTH_TICKS:
                now += folk_tokens.LENGTH_TICKS[token]
            elif token in folk_tokens.BAR_TOKENS or token == folk_tokens.END:
                if now == start:  # a sign before the first note, or one behind another
                    continue
                yield Bar(start=start, end=now, first=first, last=place + 1)
                start, first = now, place + 1
        if now > start:
            yield Bar(start=start, end=now, first=first, last=len(self.tokens))

    def _chorale_bars(self) -> Iterator[Bar]:
        n_steps = chorale_tokens.n_steps(self.tokens)
        steps = max(1, self.meter.bar // chorale_tokens.STEP_TICKS)
        for begin in range(0, n_steps, steps):
            end = min(begin + steps, n_steps)
            yield Bar(
                start=begin * chorale_tokens.STEP_TICKS,
                end=end * chorale_tokens.STEP_TICKS,
                first=1 + 5 * begin,
                last=1 + 5 * end,
            )


def _moved(notes: Sequence[Note], shift: int) -> Iterator[Note]:
    for note in notes:
        yield Note(note.start, note.pitch + shift, note.length, note.velocity)
