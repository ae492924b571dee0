"""ABC notation in: text -> headers and elements with their places -> a `Tune`.

Reads one-voice tunes of ABC 2.1 as collections have them: keys and modes, accidentals that hold for the bar,
broken rhythm, tuplets, ties, chords, repeats with endings, changes of key, meter and unit on the way. Grace
notes, decorations, slurs, chord names, lyrics and layout are passed over. Lengths are in ticks.
Source: the ABC music standard 2.1 (2011).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Literal

from speechrnn.errors import ConfigError, SpeechRnnError
from speechrnn.music.tune import MODES, NATURALS, WHOLE, Key, Meter, Mode, Note, Tune, Voice

BarKind = Literal["|", "||", "|]", "|:", ":|", "::"]

_MODE_NAMES: dict[str, Mode] = {
    "": "major",
    "m": "minor",
    "maj": "major",
    "ion": "major",
    "min": "minor",
    "aeo": "minor",
    **{name[:3]: name for name in MODES if name not in ("major", "minor")},
}
_KEY = re.compile(r"([A-G])([#b]?)\s*([A-Za-z]*)")
_METER = re.compile(r"(\d+)\s*/\s*(\d+)")
_TEMPO = re.compile(r"(?:(\d+)/(\d+)\s*=\s*)?(\d+(?:\.\d+)?)")
_LENGTH = re.compile(r"(\d*)(/*)(\d*)")
_NOTE = re.compile(r"(\^\^|\^|__|_|=)?([A-Ga-g])([,']*)")
_TUPLET = re.compile(r"\((\d)(?::(\d?))?(?::(\d?))?")
_BAR = re.compile(r"(:*\|+[\]:|]*:*|:{2,}|\[\||:)\s*(?:\[?([1-9])(?:[,\-]\d)*)?")
_SKIPPED = re.compile(
    r"""\s+|`+|"[^"]*"|!\w[^!\n]*!|\+\w[^+\n]*\+|\{[^}]*\}|[.~HIJKLMNOPQRSTUVWhijklmnopqrstuvw](?![:])|[()\\$*y!]|\](?=\s|$)"""
)
_FIELD = re.compile(r"\[([A-Za-z]):([^\]]*)\]")
_ACCIDENTALS = {"^^": 2, "^": 1, "=": 0, "_": -1, "__": -2}
# Notes of a tuplet of p are played in the time of q, where the text does not say.
_TUPLET_TIME = {2: 3, 3: 2, 4: 3, 6: 2, 8: 3}


class AbcError(SpeechRnnError):
    """ABC text that cannot be read, with the line and column where it goes wrong."""

    def __init__(self, line: int, column: int, message: str) -> None:
        super().__init__(f"line {line}, column {column}: {message}")
        self.line, self.column = line, column


@dataclass(frozen=True, slots=True, kw_only=True)
class AbcNote:
    """A note, a chord or a rest as written.

    Attributes:
        pitches: MIDI numbers, highest first; empty for a rest.
        length: ticks.
        tied: held into the next note of the same pitch.
        line, column: where it stands, from 1.
    """

    pitches: tuple[int, ...]
    length: int
    tied: bool = False
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class AbcBar:
    """A bar line.

    Attributes:
        kind: what it does.
        ending: number of the ending that begins behind it; 0 where none does.
    """

    kind: BarKind
    ending: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AbcTune:
    """A tune as written: repeats are not played out.

    Attributes:
        number: of the X field; 0 where there is none.
        title: of the first T field.
        rhythm: of the R field, lower case, such as "jig".
        key, meter: at the beginning.
        tempo: quarter notes a minute; None where the text does not say.
        elements: notes and bar lines in order.
        changes: whether key or meter change on the way.
    """

    number: int
    title: str
    rhythm: str
    key: Key
    meter: Meter
    tempo: float | None
    elements: tuple[AbcNote | AbcBar, ...]
    changes: bool


def split_tunes(text: str) -> Iterator[str]:
    """The tunes of a collection, each from its X field to the next; file headers are left out."""
    starts = [match.start() for match in re.finditer(r"^X:", text, re.MULTILINE)]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        yield text[start:end].rstrip() + "\n"


def read_abc(text: str) -> Tune:
    """The first tune of a text, its repeats played out.

    Raises:
        AbcError: the text has no notes, or a place that is not ABC; names line and column.
    """
    return play_out(parse_abc(text))


def parse_abc(text: str) -> AbcTune:
    """The first tune of a text as written.

    Raises:
        AbcError: the text has no notes, or a place that is not ABC; names line and column.
    """
    parser = _Parser()
    for number, line in enumerate(text.splitlines(), start=1):
        if not parser.take_line(number, line):
            break
    return parser.finish()


@dataclass(slots=True)
class _Parser:
    """What is in force at the place that is read."""

    headers: dict[str, str] = field(default_factory=dict)
    key: Key | None = None
    meter: Meter = field(default_factory=Meter)
    unit: Fraction | None = None
    first_key: Key | None = None
    first_meter: Meter | None = None
    changes: bool = False
    elements: list[AbcNote | AbcBar] = field(default_factory=list)
    accidentals: dict[tuple[str, int], int] = field(default_factory=dict)
    tuplet: Fraction = Fraction(1)
    tuplet_left: int = 0
    broken: Fraction | None = None  # factor that a > or < gives to the next note

    def take_line(self, number: int, line: str) -> bool:
        """Reads one line; False where the tune ends."""
        stripped = line.split("%", 1)[0].rstrip()
        if re.match(r"[A-Za-z]:(?![:|])", stripped):  # "C:|" is music
            if stripped[0] == "X" and ("X" in self.headers or self.elements):
                return False
            if stripped[0] == "V" and self.elements and stripped != self.headers.get("V", stripped):
                return False  # further voices
            self._take_field(number, stripped[0], stripped[2:].strip())
            return True
        if not stripped and self.elements:
            return False  # an empty line ends a tune
        if stripped:
            if self.key is None:
                if "X" in self.headers:
                    raise AbcError(number, 1, "music before the key: expected a line such as K:G before it")
                self._take_field(number, "K", "C")  # a bare snippet is read as C major
            self._take_music(number, stripped)
        return True

    def finish(self) -> AbcTune:
        notes = [e for e in self.elements if isinstance(e, AbcNote) and e.pitches]
        if not notes:
            raise AbcError(1, 1, "no notes: expected ABC music such as K:G on a line, then GABc|d4|")
        number = re.match(r"\d+", self.headers.get("X", ""))
        return AbcTune(
            number=int(number.group()) if number else 0,
            title=self.headers.get("T", ""),
            rhythm=self.headers.get("R", "").lower(),
            key=self.first_key or Key(),
            meter=self.first_meter or self.meter,
            tempo=_tempo(self.headers["Q"]) if "Q" in self.headers else None,
            elements=tuple(self.elements),
            changes=self.changes,
        )

    def _take_field(self, line: int, name: str, value: str) -> None:
        if name not in "KML":
            self.headers.setdefault(name, value)
            return
        if name == "K":
            key = _key(line, value)
            if key is None:
                return  # a clef or nothing: the key stays
            self.changes |= self.key is not None and bool(self.elements) and key != self.key
            self.key = key
            self.first_key = key if not self.elements else self.first_key
            self.accidentals.clear()
        elif name == "M":
            meter = _meter(line, value)
            if meter is not None:
                self.changes |= bool(self.elements) and meter != self.meter
                self.meter = meter
                self.first_meter = meter if not self.elements else self.first_meter
        else:
            match = _METER.match(value)
            if match is None or not int(match[2]):
                raise AbcError(line, 3, f"the unit length is {value!r}; expected one such as 1/8")
            self.unit = Fraction(int(match[1]), int(match[2]))

    def _take_music(self, number: int, line: str) -> None:
        place = 0
        while place < len(line):
            place = self._take_element(number, line, place)

    def _take_element(self, number: int, line: str, place: int) -> int:
        if match := _FIELD.match(line, place):
            self._take_field(number, match[1], match[2].strip())
            return match.end()
        if match := _TUPLET.match(line, place):
            self._begin_tuplet(number, place, match)
            return match.end()
        if match := _BAR.match(line, place):
            self._take_bar(match[1], int(match[2] or 0))
            return match.end()
        if line[place] == "[" and (match := re.compile(r"\[([1-9])(?:[,\-]\d)*").match(line, place)):
            self._take_bar("|", int(match[1]))
            return match.end()
        if line[place] in "<>":
            return self._take_broken(number, line, place)
        if line[place] == "[":
            return self._take_chord(number, line, place)
        if match := _NOTE.match(line, place):
            pitch = self._pitch(match)
            return self._take_length(number, line, match.end(), (pitch,), place)
        if line[place] in "zxZX":
            return self._take_length(number, line, place + 1, (), place)
        if match := _SKIPPED.match(line, place):
            return match.end()
        if line[place] == "-":  # a tie apart from its note
            self._tie()
            return place + 1
        if line[place] in "&#@;?,'/]^_=0123456789+!\"{}" or not line[place].isascii():
            raise AbcError(
                number, place + 1, f"{line[place]!r} is not ABC here: expected a note, a rest or a bar line"
            )
        return place + 1

    def _begin_tuplet(self, number: int, place: int, match: re.Match[str]) -> None:
        n_notes = int(match[1])
        if n_notes < 2:
            raise AbcError(number, place + 1, f"a tuplet of {n_notes}; expected 2 to 9")
        compound = self.meter.unit >= 8 and self.meter.beats % 3 == 0
        time = int(match[2]) if match[2] else _TUPLET_TIME.get(n_notes, 3 if compound else 2)
        self.tuplet = Fraction(time, n_notes)
        self.tuplet_left = int(match[3]) if match[3] else n_notes

    def _take_bar(self, text: str, ending: int) -> None:
        self.accidentals.clear()
        begins, ends = text.endswith(":"), text.startswith(":")
        kind: BarKind
        if text == "::" or (begins and ends and text != ":"):
            kind = "::"
        elif begins and text != ":":
            kind = "|:"
        elif ends:
            kind = ":|"
        else:
            kind = "|]" if "]" in text else "||" if "||" in text or "[|" in text else "|"
        self.elements.append(AbcBar(kind, ending))

    def _take_broken(self, number: int, line: str, place: int) -> int:
        end = place
        while end < len(line) and line[end] == line[place]:
            end += 1
        last = self._last_note()
        if last is None or end - place > 3:
            raise AbcError(
                number, place + 1, f"{line[place]!r} needs a note before it, and at most 3 of them"
            )
        short = Fraction(1, 2 ** (end - place))
        factors = (2 - short, short) if line[place] == ">" else (short, 2 - short)
        self.elements[last] = replace(
            note := self._note(last), length=_ticks(Fraction(note.length) * factors[0], number, place)
        )
        self.broken = factors[1]
        return end

    def _take_chord(self, number: int, line: str, place: int) -> int:
        end = line.find("]", place)
        if end < 0:
            raise AbcError(number, place + 1, "a chord without its end: expected ']'")
        inside = line[place + 1 : end]
        matches = list(_NOTE.finditer(inside))
        if not matches:
            raise AbcError(number, place + 1, f"[{inside}] has no note: expected a chord such as [CEG]")
        pitches = tuple(sorted({self._pitch(match) for match in matches}, reverse=True))
        first = _LENGTH.match(inside, matches[0].end())
        assert first is not None
        return self._take_length(number, line, end + 1, pitches, place, _factor(first, number, place))

    def _take_length(
        self,
        number: int,
        line: str,
        place: int,
        pitches: tuple[int, ...],
        start: int,
        factor: Fraction = Fraction(1),
    ) -> int:
        match = _LENGTH.match(line, place)
        assert match is not None
        factor *= _factor(match, number, place)
        end = match.end()
        if line[start] in "ZX":  # rests of whole bars
            length = Fraction(self.meter.bar) * factor
        else:
            length = self._unit() * factor * WHOLE
        if self.tuplet_left:
            length *= self.tuplet
            self.tuplet_left -= 1
        if self.broken is not None:
            length *= self.broken
            self.broken = None
        tied = end < len(line) and line[end] == "-"
        self.elements.append(
            AbcNote(
                pitches=pitches,
                length=_ticks(length, number, start),
                tied=tied,
                line=number,
                column=start + 1,
            )
        )
        return end + tied

    def _unit(self) -> Fraction:
        if self.unit is not None:
            return self.unit
        return (
            Fraction(1, 16)
            if Fraction(self.meter.beats, self.meter.unit) < Fraction(3, 4)
            else Fraction(1, 8)
        )

    def _pitch(self, match: re.Match[str]) -> int:
        letter, marks = match[2], match[3]
        octave = 4 + letter.islower() + marks.count("'") - marks.count(",")
        step = letter.upper()
        if match[1] is not None:
            self.accidentals[step, octave] = _ACCIDENTALS[match[1]]
        signature = (self.key or Key()).alteration(step)
        pitch = 12 * (octave + 1) + NATURALS[step] + self.accidentals.get((step, octave), signature)
        return max(0, min(127, pitch))

    def _last_note(self) -> int | None:
        for index in range(len(self.elements) - 1, -1, -1):
            if isinstance(self.elements[index], AbcNote):
                return index
        return None

    def _note(self, index: int) -> AbcNote:
        note = self.elements[index]
        assert isinstance(note, AbcNote)
        return note

    def _tie(self) -> None:
        last = self._last_note()
        if last is not None:
            self.elements[last] = replace(self._note(last), tied=True)


def play_out(written: AbcTune) -> Tune:
    """The tune as it sounds: repeats and endings played, ties joined."""
    notes: list[Note] = []
    now = 0
    held: dict[int, int] = {}  # pitch -> index of the note that a tie holds
    for element in _order(written.elements):
        for pitch in element.pitches:
            index = held.pop(pitch, None)
            if index is not None:
                notes[index] = replace(notes[index], length=notes[index].length + element.length)
            else:
                index = len(notes)
                notes.append(Note(now, pitch, element.length))
            if element.tied:
                held[pitch] = index
        if not element.tied:
            held.clear()
        now += element.length
    return Tune(
        voices=(Voice(notes=tuple(sorted(notes))),),
        title=written.title,
        key=written.key,
        meter=written.meter,
        tempo=written.tempo or 120.0,
        pickup=pickup(written),
    )


def pickup(written: AbcTune) -> int:
    """Ticks before the first bar line where they are less than a bar, else 0."""
    total = 0
    for element in written.elements:
        if isinstance(element, AbcBar):
            if total:
                break
        else:
            total += element.length
    return total if total < written.meter.bar else 0


def _order(elements: tuple[AbcNote | AbcBar, ...]) -> Iterator[AbcNote]:
    """The notes in the order in which they are played."""
    begin, place, turn, skipping = 0, 0, 1, False
    while place < len(elements):
        element = elements[place]
        if isinstance(element, AbcNote):
            if not skipping:
                yield element
            place += 1
            continue
        if element.kind in (":|", "::") and turn == 1 and not skipping:
            turn, place = 2, begin
            continue
        if element.kind in (":|", "::", "|:"):
            turn, skipping, begin = 1, False, place + 1
            if element.ending > 1:  # the second ending of what was repeated
                turn = 2
        elif element.ending:
            skipping = element.ending != turn
        elif element.kind in ("||", "|]"):
            skipping = False
            if turn == 2 or not _repeat_follows(elements, place):
                turn, begin = 1, place + 1
        place += 1


def _repeat_follows(elements: tuple[AbcNote | AbcBar, ...], place: int) -> bool:
    """Whether the next repeat sign ends a repeat that began before this place."""
    for element in elements[place + 1 :]:
        if isinstance(element, AbcBar) and element.kind != "|":
            return element.kind == ":|" and element.ending > 0
    return False


def _factor(match: re.Match[str], line: int, place: int) -> Fraction:
    """A length such as 3, /2, 3/2 or // as a factor of the unit."""
    above = int(match[1] or 1)
    below = int(match[3]) if match[3] and match[2] else 2 ** len(match[2])
    if not above or not below or above > 512:
        raise AbcError(line, place + 1, f"the length {match.group()!r} is none: expected one such as 3/2")
    return Fraction(above, below)


def _ticks(length: Fraction, line: int, place: int) -> int:
    ticks = round(length)
    if ticks < 1:
        raise AbcError(
            line, place + 1, "the note is shorter than a hundred-and-twenty-eighth: expected longer"
        )
    return ticks


def parse_key(text: str) -> Key:
    """A key as ABC writes it, such as G, Bb, Em or D dorian.

    Raises:
        ConfigError: it is none.
    """
    match = _KEY.fullmatch(text.strip())
    mode = _MODE_NAMES.get(match[3].lower()[:3] if len(match[3]) > 1 else match[3]) if match else None
    if match is None or mode is None:
        raise ConfigError(f"the key is {text!r}; expected one such as G, Bb, Em or D dorian")
    return Key(match[1] + match[2], mode)


def _key(line: int, text: str) -> Key | None:
    if not text or text.lower().startswith(("clef", "treble", "bass", "none")):
        return None
    if text.startswith(("HP", "Hp")):  # the bagpipe's scale
        return Key("D", "major")
    match = _KEY.match(text)
    mode = _MODE_NAMES.get(match[3].lower()[:3] if len(match[3]) > 1 else match[3]) if match else None
    if match is None:
        raise AbcError(line, 3, f"the key is {text!r}; expected one such as G, Bb, Em or D dorian")
    try:
        return Key(match[1] + match[2], mode or "major")
    except ConfigError as error:
        raise AbcError(line, 3, str(error)) from error


def _meter(line: int, text: str) -> Meter | None:
    if text.startswith("C|"):
        return Meter(2, 2)
    if text.startswith("C"):
        return Meter(4, 4)
    if text.lower().startswith("none") or not text:
        return None
    match = _METER.match(text)
    try:
        if match is not None:
            return Meter(int(match[1]), int(match[2]))
    except ConfigError:
        pass
    raise AbcError(line, 3, f"the meter is {text!r}; expected one such as 4/4, 6/8 or C|")


def _tempo(text: str) -> float | None:
    match = _TEMPO.search(re.sub(r'"[^"]*"', "", text))
    if match is None:
        return None
    beat = Fraction(int(match[1]), int(match[2] or 1)) if match[1] and int(match[2]) else Fraction(1, 4)
    tempo = float(match[3]) * float(beat * 4)
    return tempo if 10 <= tempo <= 600 else None
