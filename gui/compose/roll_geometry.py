"""Where notes and bars lie in a piano roll, in pixels; without widgets."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from gui.compose.music_presenter import RollNote
from speechrnn.music.tune import TICKS

_LEAST_PITCHES = 25  # shown at least: two octaves
_MARGIN = 2  # semitones above and below


@dataclass(frozen=True, slots=True, kw_only=True)
class RollGeometry:
    """The scales.

    Attributes:
        left: width of the keyboard at the left.
        top: height of the row of bars.
        quarter: pixels of a quarter note.
        row: pixels of a semitone.
        low, high: lowest and highest pitch that is shown.
    """

    left: float
    top: float
    quarter: float
    row: float
    low: int
    high: int

    def x(self, tick: float) -> float:
        """Where a tick is."""
        return self.left + tick / TICKS * self.quarter

    def tick(self, x: float) -> int:
        """The tick at a place, at least 0."""
        return max(0, round((x - self.left) / self.quarter * TICKS))

    def y(self, pitch: int) -> float:
        """The upper edge of a pitch."""
        return self.top + (self.high - pitch) * self.row

    @property
    def height(self) -> float:
        """Of all rows, with the row of bars."""
        return self.top + (self.high - self.low + 1) * self.row


def pitch_range(notes: Sequence[RollNote]) -> tuple[int, int]:
    """Lowest and highest pitch to show: all notes with a margin, and two octaves at least."""
    low = min((n.pitch for n in notes), default=60) - _MARGIN
    high = max((n.pitch for n in notes), default=79) + _MARGIN
    missing = max(0, _LEAST_PITCHES - (high - low + 1))
    return max(0, low - missing // 2), min(127, high + missing - missing // 2)


def bar_at(edges: Sequence[int], tick: int) -> int:
    """The number of the bar that holds a tick, from 0; -1 where there is none.

    Example:
        >>> bar_at((0, 1920, 3840), 1920), bar_at((0, 1920), 4000)
        (1, -1)
    """
    number = bisect_right(edges, tick) - 1
    return number if 0 <= number < len(edges) - 1 else -1


def is_black(pitch: int) -> bool:
    """Whether it is a black key."""
    return pitch % 12 in (1, 3, 6, 8, 10)
