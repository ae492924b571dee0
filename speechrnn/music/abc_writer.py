"""ABC notation out: a `Tune` as text that any ABC program reads, one voice or several.

Lengths are in ticks; the unit is an eighth. A note that runs over a bar line is tied, a chord is one element,
a gap is a rest. Source: the ABC music standard 2.1 (2011).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from speechrnn.errors import ConfigError
from speechrnn.music.tune import TICKS, WHOLE, Key, Note, Tune, Voice, spell

UNIT = WHOLE // 8
BARS_A_LINE = 4
_MODE_SUFFIX = {"major": "", "minor": "m"}
_ACCIDENTALS = {-1: "_", 0: "=", 1: "^"}
TRIPLETS = {WHOLE // 24 * 2**power: WHOLE // 16 * 2**power for power in range(-2, 4)}  # as heard: as written


def write_abc(tune: Tune, *, number: int = 1, comment: str = "") -> str:
    """The tune as ABC text.

    Args:
        tune: what to write; notes of a voice that overlap without starting together are cut short.
        number: for the X field.
        comment: one line for the N field, without "%"; empty for none.

    Raises:
        ConfigError: a length that no notation has, such as a septuplet's.
    """
    key = tune.key.tonic + _MODE_SUFFIX.get(tune.key.mode, " " + tune.key.mode)
    lines = [
        f"X:{number}",
        f"T:{' '.join(tune.title.split()) or 'Untitled'}",
        *([f"N:{comment}"] if comment else []),
        f"M:{tune.meter}",
        "L:1/8",
        f"Q:1/4={tune.tempo:g}",
    ]
    if len(tune.voices) > 1:
        lines.append(f"%%score [{' '.join(str(n + 1) for n in range(len(tune.voices)))}]")
        for index, voice in enumerate(tune.voices, start=1):
            clef = "bass" if _centre(voice) < 57 else "treble"
            lines.append(f'V:{index} clef={clef} name="{voice.name.replace(chr(34), "")}"')
    lines.append(f"K:{key}")
    for index, voice in enumerate(tune.voices, start=1):
        bars = list(_bars(tune, voice))
        if len(tune.voices) > 1:
            lines.append(f"V:{index}")
        for first in range(0, len(bars), BARS_A_LINE):
            end = "|]" if first + BARS_A_LINE >= len(bars) else "|"
            lines.append(" | ".join(bars[first : first + BARS_A_LINE]) + " " + end)
    return "\n".join(lines) + "\n"


def length_text(ticks: int) -> str:
    """A length in units of an eighth as ABC writes it: "" for one, "2", "/2", "3/2".

    Raises:
        ConfigError: a length that is no sum of halves.
    """
    length = Fraction(ticks, UNIT)
    if length.denominator & (length.denominator - 1) or length <= 0:
        raise ConfigError(f"a length of {ticks} ticks ({length} eighths) cannot be written in ABC")
    if length == 1:
        return ""
    return f"{length.numerator if length.numerator > 1 else ''}" + (
        f"/{length.denominator}" if length.denominator > 1 else ""
    )


class Speller:
    """Writes pitches as ABC letters; accidentals hold to the end of the bar, and are written each time."""

    def __init__(self, key: Key) -> None:
        self._key = key
        self._written: dict[tuple[str, int], int] = {}

    def new_bar(self) -> None:
        """Forgets the accidentals."""
        self._written.clear()

    def __call__(self, pitch: int) -> str:
        """A pitch as a letter with its accidental, where one is needed, and its octave."""
        step, alteration, octave = spell(pitch, self._key)
        signature = self._key.alteration(step)
        in_force = self._written.get((step, octave), signature)
        # Written again on every note of the bar: music21 and Verovio do not carry all of them on.
        sign = "" if in_force == alteration == signature else _ACCIDENTALS[alteration]
        self._written[step, octave] = alteration
        letter = step if octave < 5 else step.lower()
        return sign + letter + "'" * (octave - 5) + "," * (4 - octave)


def _centre(voice: Voice) -> float:
    return sum(note.pitch for note in voice.notes) / max(1, len(voice.notes))


def chords(notes: Sequence[Note]) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    """A voice as a run of chords and rests: (start, end, pitches), without gaps or overlaps, from tick 0."""
    starts = sorted({note.start for note in notes})
    now = 0
    for index, start in enumerate(starts):
        if start > now:
            yield now, start, ()
        together = [note for note in notes if note.start == start]
        end = min(note.end for note in together)
        if index + 1 < len(starts):
            end = min(end, starts[index + 1])
        yield start, end, tuple(sorted(note.pitch for note in together))
        now = end


def bar_starts(tune: Tune) -> list[int]:
    """The tick at which each bar begins, and, last, the one where the last bar ends."""
    starts = [0] if tune.pickup else []
    now = tune.pickup
    while now < max(tune.length, 1):
        starts.append(now)
        now += tune.meter.bar
    return [*starts, now]


def _bars(tune: Tune, voice: Voice) -> Iterator[str]:
    """The text of each bar."""
    edges = bar_starts(tune)
    runs = list(chords(voice.notes))
    end = runs[-1][1] if runs else 0
    if end < edges[-1]:
        runs.append((end, edges[-1], ()))
    speller = Speller(tune.key)
    place = 0
    for left, right in pairwise(edges):
        speller.new_bar()
        pieces: list[tuple[int, tuple[int, ...], bool]] = []  # length, pitches, tied on
        while place < len(runs) and runs[place][0] < right:
            start, stop, pitches = runs[place]
            pieces.append((min(stop, right) - max(start, left), pitches, stop > right and bool(pitches)))
            if stop > right:
                break
            place += 1
        yield _bar_text(pieces, speller, tune.meter.beat)


def _bar_text(pieces: Sequence[tuple[int, tuple[int, ...], bool]], speller: Speller, beat: int) -> str:
    words: list[str] = []
    now = since_gap = 0
    index = 0
    while index < len(pieces):
        if now and now % beat == 0 and now != since_gap:
            words.append(" ")
            since_gap = now
        group = pieces[index : index + 3]
        n_notes = 1
        if pieces[index][0] in TRIPLETS and not is_plain(pieces[index][0]):
            n_notes = _triplet_size(pieces[index:])
            words.append(f"(3:2:{n_notes}" if n_notes != 3 else "(3")
        for length, pitches, tied in group[:n_notes] if n_notes <= 3 else pieces[index : index + n_notes]:
            written = written_length(length)
            words.append(_element(pitches, written, speller) + "-" * tied)
            now += length
        index += n_notes
    return "".join(words)


def _triplet_size(pieces: Sequence[tuple[int, tuple[int, ...], bool]]) -> int:
    """How many elements make the triplet that begins here: those that bring it to a plain length."""
    total = 0
    for count, (length, _, _) in enumerate(pieces, start=1):
        if is_plain(length) and length not in TRIPLETS:
            break
        total += length
        if is_plain(total):
            return count
    raise ConfigError("a triplet that is not completed in its bar cannot be written in ABC")


def written_length(ticks: int) -> int:
    """The length that is written for one that is heard: longer within a triplet, else the same."""
    return ticks if is_plain(ticks) else TRIPLETS.get(ticks, ticks)


def is_plain(ticks: int) -> bool:
    """Whether a length is a sum of sixty-fourths, which needs no tuplet."""
    return ticks % (TICKS // 16) == 0


def _element(pitches: Sequence[int], length: int, speller: Speller) -> str:
    if not pitches:
        return "z" + length_text(length)
    letters = [speller(pitch) for pitch in pitches]
    body = letters[0] if len(letters) == 1 else "[" + "".join(letters) + "]"
    return body + length_text(length)
