"""How much of a text or tune was copied from what its network learned from: a small index of the corpus.

The corpus is a stream of units: characters without case, or steps from note to note (semitones and ticks, so
that the key does not matter). Runs of `n_units` of them, beginning at every `step`-th place, are kept in a
Bloom filter. In what is looked up, places whose run is in the filter and that lie `step` apart make a span.

What is certain: every span that was copied and has at least `n_units + 2 * step - 1` units is found, and its
borders are told no more than `step - 1` units too narrow on either side. What is likely: a place that was not
copied passes with `false_positive_rate`, a span that was not with about its square, and a span is a step too
long with that rate. Pure. Source: Bloom 1970; runs at fixed places as in rsync, Tridgell 1999.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from speechrnn.errors import DataError
from speechrnn.music.tune import Tune

Units = NDArray[np.uint64]
Unit = str  # "character" or "note"

FILE = "originality.bin"
TEXT_RUN = 20  # characters: what is shorter is a phrase that anybody writes
NOTE_RUN = 12  # steps from note to note: about two bars
SMALL, LARGE = 1_000_000, 4_000_000  # bytes of an index: up to 1.5 million units, and beyond
_SMALL_CORPUS = 1_500_000
_BITS = 12  # for a run at least: one in 300 passes by chance
_MOST_BITS = 16  # for a run at most: more is of no use
_MAGIC = b"SpeechRNN originality 1\n"
_BASE = np.uint64(0x9E3779B97F4A7C15)  # odd, so that no unit of a run is lost


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Units that were found in a row.

    Attributes:
        start, end: the first unit and the one behind the last.
    """

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """The longest thing that stands in the training data as well.

    Attributes:
        start, end: characters of a text; ticks of a tune, from the first note to the end of the last.
        length: characters, or notes.
        share: of all characters or notes those that lie in any such span, 0..1.
        voice: of a tune, from 0.
    """

    start: int
    end: int
    length: int
    share: float
    voice: int = 0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OriginalityIndex:
    """See the module's docstring.

    Attributes:
        unit: character or note.
        n_units: of a run.
        step: places between runs that are kept.
        n_hashes: bits that a run sets.
        n_runs: that are kept.
        bits: (n_bytes,) uint8, the filter.
    """

    unit: Unit
    n_units: int
    step: int
    n_hashes: int
    n_runs: int
    bits: NDArray[np.uint8]

    @property
    def false_positive_rate(self) -> float:
        """That a run which was never kept passes, 0..1: the share of set bits to the power of the hashes."""
        filled = int(np.unpackbits(self.bits).sum()) / (8 * len(self.bits))
        return float(filled**self.n_hashes)

    @property
    def certain_length(self) -> int:
        """Units of a copied span from which on it is found for certain."""
        return self.n_units + 2 * self.step - 1

    def spans(self, units: Units) -> list[Span]:
        """What stands in the corpus too, by its place; spans may overlap."""
        found = []
        hits = self._contains(_run_hashes(units, self.n_units))
        for first in range(min(self.step, len(hits))):
            row = np.concatenate([[False], hits[first :: self.step], [False]])
            edges = np.flatnonzero(row[1:] != row[:-1])
            for begin, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
                if end - begin >= 2:  # one alone may be chance
                    last = first + (end - 1) * self.step
                    found.append(Span(start=first + begin * self.step, end=last + self.n_units))
        return sorted(found, key=lambda span: (span.start, span.end))

    def to_bytes(self) -> bytes:
        """As a file of a bundle."""
        fields = ("unit", "n_units", "step", "n_hashes", "n_runs")
        header = json.dumps({name: getattr(self, name) for name in fields})
        return _MAGIC + header.encode("ascii") + b"\n" + self.bits.tobytes()

    @classmethod
    def from_bytes(cls, content: bytes) -> OriginalityIndex:
        """The inverse of `to_bytes`.

        Raises:
            DataError: it is something else, or cut.
        """
        try:
            if not content.startswith(_MAGIC):
                raise DataError("the originality index is of another format")
            header, _, bits = content.removeprefix(_MAGIC).partition(b"\n")
            table: dict[str, Any] = json.loads(header)
            index = cls(bits=np.frombuffer(bits, np.uint8), **table)
            if min(index.n_units, index.step, index.n_hashes, len(index.bits)) < 1:
                raise DataError("the originality index is empty")
        except (ValueError, TypeError) as error:
            raise DataError(f"the originality index cannot be read ({error})") from error
        return index

    def _contains(self, hashes: Units) -> NDArray[np.bool_]:
        inside = np.ones(len(hashes), bool)
        for place in _bloom_places(hashes, self.n_hashes, 8 * len(self.bits)):
            inside &= (self.bits[place >> np.uint64(3)] >> (place & np.uint64(7)).astype(np.uint8)) & 1 > 0
        return inside


def build_index(streams: Iterable[Units], unit: Unit, *, most_bytes: int | None = None) -> OriginalityIndex:
    """The index of a corpus.

    Args:
        streams: texts or voices; no run goes over their borders.
        unit: character or note.
        most_bytes: of the filter; None takes 1 MB up to 1.5 million units and 4 MB beyond.
    """
    kept = list(streams)
    n_units = TEXT_RUN if unit == "character" else NOTE_RUN
    total = sum(len(stream) for stream in kept)
    limit = (SMALL if total <= _SMALL_CORPUS else LARGE) if most_bytes is None else most_bytes
    step = 1
    while total / step * _BITS > 8 * limit:
        step *= 2
    hashes = np.unique(
        np.concatenate([np.zeros(0, np.uint64), *(_run_hashes(s, n_units)[::step] for s in kept)])
    )
    n_bytes = min(limit, max(64, len(hashes) * _MOST_BITS // 8))
    n_hashes = int(np.clip(round(8 * n_bytes / max(1, len(hashes)) * np.log(2)), 1, 12))
    bits = np.zeros(8 * n_bytes, np.uint8)
    for place in _bloom_places(hashes, n_hashes, len(bits)):
        bits[place] = 1
    packed = np.packbits(bits, bitorder="little")
    return OriginalityIndex(
        unit=unit, n_units=n_units, step=step, n_hashes=n_hashes, n_runs=len(hashes), bits=packed
    )


def _mixed(values: Units) -> Units:
    """Every bit of a number spread over all (the finalizer of splitmix64, Steele et al. 2014)."""
    x = values + _BASE
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


def _run_hashes(units: Units, n_units: int) -> Units:
    """A number for each run of units, by its first place; none where there are fewer."""
    n_runs = len(units) - n_units + 1
    if n_runs < 1:
        return np.zeros(0, np.uint64)
    mixed, total = _mixed(units), np.zeros(n_runs, np.uint64)
    for offset in range(n_units):
        total = total * _BASE + mixed[offset : offset + n_runs]
    return _mixed(total)


def _bloom_places(hashes: Units, n_hashes: int, n_bits: int) -> Iterable[Units]:
    """The bits of each run, from two halves of its number (Kirsch and Mitzenmacher 2006)."""
    second = _mixed(hashes) | np.uint64(1)
    for number in range(n_hashes):
        yield (hashes + np.uint64(number) * second) % np.uint64(n_bits)


def text_units(text: str) -> Units:
    """One unit a character: case does not count, and all white space is the same."""
    plain = [" " if c.isspace() else c.lower()[:1] for c in text]
    return np.array([ord(c) for c in plain], np.uint64)


def note_units(starts: Sequence[int], pitches: Sequence[int]) -> Units:
    """One unit from each note of a melody to the next: how far it moves, and when the next begins."""
    moves = np.diff(np.array(pitches, np.int64)) + 256
    waits = np.diff(np.array(starts, np.int64))
    units: Units = (waits * 1024 + moves).astype(np.uint64)
    return units


def copied_text(index: OriginalityIndex, text: str) -> Copied | None:
    """The longest span of a text that stands in the corpus; None where nothing is found."""
    spans = index.spans(text_units(text))
    if not spans:
        return None
    longest = max(spans, key=lambda s: (s.end - s.start, -s.start))
    return Copied(
        start=longest.start,
        end=longest.end,
        length=longest.end - longest.start,
        share=_covered(spans) / len(text),
    )


def copied_tune(index: OriginalityIndex, tune: Tune) -> Copied | None:
    """The longest run of notes of one voice that stands in the corpus, in whatever key."""
    found: list[tuple[int, int, Span]] = []
    n_covered = n_notes = 0
    for number, voice in enumerate(tune.voices):
        notes = voice.notes
        n_notes += len(notes)
        spans = index.spans(note_units([n.start for n in notes], [n.pitch for n in notes]))
        # A step joins two notes: there is one note more than steps.
        spans = [Span(start=s.start, end=s.end + 1) for s in spans]
        n_covered += _covered(spans)
        found += [(s.end - s.start, number, s) for s in spans]
    if not found:
        return None
    length, voice_number, span = max(found, key=lambda f: (f[0], -f[1], -f[2].start))
    notes = tune.voices[voice_number].notes
    return Copied(
        start=notes[span.start].start,
        end=notes[span.end - 1].end,
        length=length,
        share=n_covered / n_notes,
        voice=voice_number,
    )


def _covered(spans: Sequence[Span]) -> int:
    """Units in any of the spans, which are sorted by their start."""
    total = reached = 0
    for span in spans:
        total += max(0, span.end - max(span.start, reached))
        reached = max(reached, span.end)
    return total
