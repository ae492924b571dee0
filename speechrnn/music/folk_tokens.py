"""Folk tunes as tokens: what the folk network learns and writes.

A tune is `M:meter`, `K:mode`, then bar lines, and for each note a pitch and a length, to `END`. All tunes
have the tonic C, so that one tune teaches every key; `to_abc` writes them in the key that is wanted. Pitches
are ABC letters in C chromatic ("^F"), `z` is a rest, lengths are in eighths ("1", "3/2", "2/3").
Source: ABC tokens as in folk-rnn, Sturm et al. 2016, with pitch and length apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from speechrnn.errors import ConfigError
from speechrnn.music.abc_reader import AbcBar, AbcNote, AbcTune, BarKind, pickup
from speechrnn.music.abc_writer import UNIT, Speller, is_plain, length_text, written_length
from speechrnn.music.tune import Key, Meter, Mode

END = "<end>"
REST = "z"
METERS = ("2/4", "3/4", "4/4", "2/2", "3/8", "6/8", "9/8", "12/8", "6/4", "3/2")
FOLK_MODES: tuple[Mode, ...] = ("major", "minor", "dorian", "mixolydian")
LOWEST, HIGHEST = 48, 95  # MIDI numbers that have a token: four octaves
_SHARP_NAMES = ("C", "^C", "D", "^D", "E", "F", "^F", "G", "^G", "A", "^A", "B")
_LENGTHS = "1/4 1/3 1/2 2/3 3/4 1 4/3 3/2 2 5/2 3 7/2 4 5 6 7 8 9 10 12"
LENGTHS = tuple(Fraction(text) for text in _LENGTHS.split())
# Bar line tokens: what is drawn, and the ending that begins.
_BARS: dict[str, tuple[BarKind, int]] = {
    "|": ("|", 0),
    "||": ("||", 0),
    "|:": ("|:", 0),
    ":|": (":|", 0),
    "::": ("::", 0),
    "|1": ("|", 1),
    ":|2": (":|", 2),
}
BAR_TOKENS = tuple(_BARS)


def _pitch_name(pitch: int) -> str:
    name, octave = _SHARP_NAMES[pitch % 12], pitch // 12 - 1
    sign, letter = name[:-1], name[-1]
    letter = letter if octave < 5 else letter.lower()
    return sign + letter + "'" * (octave - 5) + "," * (4 - octave)


PITCHES: dict[str, int] = {_pitch_name(pitch): pitch for pitch in range(LOWEST, HIGHEST + 1)}
_NAMES = {pitch: name for name, pitch in PITCHES.items()}
LENGTH_TICKS: dict[str, int] = {str(length): int(length * UNIT) for length in LENGTHS}
_LENGTH_NAMES = {ticks: name for name, ticks in LENGTH_TICKS.items()}
VOCABULARY: tuple[str, ...] = (
    END,
    *(f"M:{meter}" for meter in METERS),
    *(f"K:{mode}" for mode in FOLK_MODES),
    *BAR_TOKENS,
    REST,
    *PITCHES,
    *LENGTH_TICKS,
)


def tokens_of(written: AbcTune) -> list[str] | None:
    """A tune as tokens, its tonic moved to C; None where it cannot be written so.

    That is where key or meter change, a length or meter has no token, it leaves four octaves, or a bar
    between two others is not full. A chord gives its highest note.
    """
    meter, mode = str(written.meter), written.key.mode
    if written.changes or meter not in METERS or mode not in FOLK_MODES or not bars_are_full(written):
        return None
    shift = shift_of(written)
    tokens = [f"M:{meter}", f"K:{mode}"]
    for element in _tidy(written.elements):
        if isinstance(element, AbcBar):
            tokens.append(_bar_token(element))
            continue
        name = _NAMES.get(element.pitches[0] + shift) if element.pitches else REST
        length = _LENGTH_NAMES.get(element.length)
        if name is None or length is None:
            return None
        tokens += [name, length]
    return [*tokens, END]


def shift_of(written: AbcTune) -> int:
    """Semitones by which `tokens_of` moves a tune."""
    pitches = [e.pitches[0] for e in written.elements if isinstance(e, AbcNote) and e.pitches]
    return shift_to_c(pitches, written.key)


def shift_to_c(pitches: Sequence[int], key: Key) -> int:
    """Semitones that bring the tonic to C and the middle of the tune nearest to the B above middle C."""
    middle = sum(pitches) / max(1, len(pitches))
    return min((-key.pitch_class + 12 * o for o in range(-3, 4)), key=lambda shift: abs(middle + shift - 71))


def _tidy(elements: Sequence[AbcNote | AbcBar]) -> Iterator[AbcNote | AbcBar]:
    """Without bar lines that stand at an end, or twice in one place."""
    pending: AbcBar | None = None
    begun = False
    for element in elements:
        if isinstance(element, AbcBar):
            pending = element if pending is None else _joined(pending, element)
            continue
        if pending is not None and (begun or pending.kind == "|:"):
            yield pending
        pending, begun = None, True
        yield element
    if pending is not None and pending.kind in (":|", "::"):
        yield AbcBar(":|")


def _joined(first: AbcBar, second: AbcBar) -> AbcBar:
    """Two bar lines with nothing between them as one."""
    ends = first.kind in (":|", "::") or second.kind in (":|", "::")
    begins = first.kind in ("|:", "::") or second.kind in ("|:", "::")
    plain: BarKind = "|" if first.kind == second.kind == "|" else "||"
    kind: BarKind = "::" if ends and begins else ":|" if ends else "|:" if begins else plain
    return AbcBar(kind, second.ending or first.ending)


def _bar_token(bar: AbcBar) -> str:
    if bar.ending == 1:
        return "|1"
    if bar.ending:
        return ":|2"
    return "||" if bar.kind == "|]" else bar.kind


def bars_are_full(written: AbcTune) -> bool:
    """Whether every bar has its full length, but for what a pickup and its complement share.

    A bar may be short at the beginning, at the end, and before and behind a repeat sign or double bar.
    """
    bar, total = written.meter.bar, 0
    first = pickup(written)
    short_before = False  # the bar before was short and ended with more than a plain bar line
    begun = False
    for element in written.elements:
        if isinstance(element, AbcNote):
            total += element.length
            continue
        special = element.kind != "|" or element.ending > 0
        if total == 0:
            short_before |= special and begun
            continue
        if total > bar:
            return False
        if total < bar and not (special or short_before or (not begun and total == first)):
            return False
        short_before = special
        begun, total = True, 0
    return total <= bar


@dataclass(frozen=True, slots=True, kw_only=True)
class FolkHeader:
    """What the composer chooses before the first note.

    Attributes:
        meter: one of `METERS`.
        key: of the tune; its mode is major, minor, dorian or mixolydian.
    """

    meter: str = "4/4"
    key: Key = field(default_factory=lambda: Key("D"))

    def __post_init__(self) -> None:
        if self.meter not in METERS:
            raise ConfigError(f"the meter {self.meter!r} is not known: expected one of {', '.join(METERS)}")
        if self.key.mode not in FOLK_MODES:
            raise ConfigError(
                f"the mode {self.key.mode!r} is not known: expected one of {', '.join(FOLK_MODES)}"
            )

    def tokens(self) -> list[str]:
        """The tokens that a tune with this header begins with."""
        return [f"M:{self.meter}", f"K:{self.key.mode}"]


def to_abc(
    tokens: Sequence[str],
    key: Key,
    *,
    title: str = "",
    tempo: float | None = None,
    number: int = 1,
    shift: int | None = None,
    comment: str = "",
) -> str:
    """Tokens as an ABC tune, repeats and endings as signs.

    Args:
        tokens: from `M:` on; a tune that is not finished is closed at its last whole note.
        key: to write it in; its tonic is where C goes.
        title: of the tune.
        tempo: quarter notes a minute; None leaves it out.
        number: for the X field.
        shift: semitones from the tokens to the notes; None takes the nearest to none that fits the key.
        comment: one line for the N field, without "%"; empty for none.

    Raises:
        ConfigError: the tokens do not begin with meter and mode, or one is unknown.
    """
    if len(tokens) < 2 or not tokens[0].startswith("M:") or not tokens[1].startswith("K:"):
        raise ConfigError("a tune begins with its meter and its mode: expected M:6/8 and K:major, say")
    mode = tokens[1][2:]
    if mode not in FOLK_MODES:
        raise ConfigError(f"the mode {mode!r} of the tokens is not known")
    target = Key(key.tonic, next(known for known in FOLK_MODES if known == mode))
    shift = near_shift(target) if shift is None else shift
    name = target.tonic + {"major": "", "minor": "m"}.get(mode, " " + mode)
    lines = [f"X:{number}", f"T:{' '.join(title.split()) or 'Untitled'}"]
    lines += [*([f"N:{comment}"] if comment else []), tokens[0], "L:1/8"]
    if tempo is not None:
        lines.append(f"Q:1/4={tempo:g}")
    lines.append(f"K:{name}")
    top, bottom = tokens[0][2:].split("/")
    body = _Body(Speller(target), Meter(int(top), int(bottom)), shift)
    for token in tokens[2:]:
        if token == END:
            break
        body.take(token)
    return "\n".join([*lines, *body.finish()]) + "\n"


def near_shift(key: Key) -> int:
    """Semitones from C to the tonic of a key, -5..6."""
    return key.pitch_class if key.pitch_class <= 6 else key.pitch_class - 12


class _Body:
    """The music lines of a tune, as its tokens come."""

    def __init__(self, speller: Speller, meter: Meter, shift: int) -> None:
        self._speller, self._meter, self._shift = speller, meter, shift
        self._text: list[str] = []
        self._pitch: str | None = None
        self._place = 0
        self._triplet: list[tuple[str, int]] = []
        self._bars_in_line = 0
        self._lines: list[str] = []

    def take(self, token: str) -> None:
        if token in _BARS:
            self._flush_triplet()
            self._take_bar(token)
        elif token == REST or token in PITCHES:
            self._pitch = token
        elif token in LENGTH_TICKS:
            if self._pitch is None:
                raise ConfigError(f"a length {token} without a note before it")
            self._take_note(self._pitch, LENGTH_TICKS[token])
            self._pitch = None
        else:
            raise ConfigError(f"{token!r} is not a token of a folk tune here")

    def finish(self) -> list[str]:
        """The lines; a bar line closes the last."""
        self._flush_triplet()
        line = "".join(self._text).rstrip()
        if line:
            self._lines.append(line if line.endswith((":|", "|]")) else line + " |]")
        return self._lines

    def _take_bar(self, token: str) -> None:
        self._speller.new_bar()
        self._text.append({"|1": " |1 ", ":|2": " :|2 "}.get(token, f" {token} "))
        full = self._place > 0
        self._place = 0
        self._bars_in_line += full
        if self._bars_in_line >= 4 and token in ("|", "||", ":|", "::"):
            self._lines.append("".join(self._text).strip())
            self._text, self._bars_in_line = [], 0

    def _take_note(self, name: str, ticks: int) -> None:
        if self._place and self._place % self._meter.beat == 0 and not self._triplet:
            self._text.append(" ")
        self._place += ticks
        if not is_plain(ticks) or self._triplet:
            self._triplet.append((name, ticks))
            if is_plain(sum(t for _, t in self._triplet)):
                self._flush_triplet()
            return
        self._text.append(self._spelled(name) + length_text(ticks))

    def _flush_triplet(self) -> None:
        if not self._triplet:
            return
        n = len(self._triplet)
        self._text.append("(3" if n == 3 else f"(3:2:{n}")
        for name, ticks in self._triplet:
            self._text.append(self._spelled(name) + length_text(written_length(ticks)))
        self._triplet = []

    def _spelled(self, name: str) -> str:
        return REST if name == REST else self._speller(PITCHES[name] + self._shift)
