"""A rhythm that somebody taps: the seconds at which notes begin, brought to a grid of sixteenths.

The first note begins the tune; each lasts to the next, the last one as long as the one before. Triplets are
taken as the nearest sixteenths. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from speechrnn.errors import ConfigError
from speechrnn.music.tune import TICKS

GRID = TICKS // 4  # a sixteenth
MOST_ONSETS = 2000
LONGEST_NOTE = 4 * TICKS * 4  # four whole notes: a pause in tapping is not a note


def quantized_rhythm(onsets_s: Sequence[float], tempo: float) -> list[tuple[int, int]]:
    """Onsets as (start, length) in ticks, from tick 0.

    Two that fall on one sixteenth count once.

    Args:
        onsets_s: seconds, rising; at least one.
        tempo: quarter notes a minute.

    Raises:
        ConfigError: none, too many, not rising, or no number.
    """
    if not 1 <= len(onsets_s) <= MOST_ONSETS:
        raise ConfigError(f"a rhythm of {len(onsets_s)} notes; expected 1 to {MOST_ONSETS}")
    if any(not (a <= b) for a, b in pairwise(onsets_s)) or not 0 <= onsets_s[-1] - onsets_s[0] < 36_000:
        raise ConfigError("the times of a rhythm must rise, within ten hours, in seconds")
    beats = [(onset - onsets_s[0]) * tempo / 60 for onset in onsets_s]
    starts = sorted({round(beat * TICKS / GRID) * GRID for beat in beats})
    lengths = [min(b - a, LONGEST_NOTE) for a, b in pairwise(starts)]
    lengths.append(lengths[-1] if lengths else TICKS)
    return list(zip(starts, lengths, strict=True))


def rhythm_bars(rhythm: Sequence[tuple[int, int]], bar: int) -> list[list[tuple[bool, int]]]:
    """A rhythm in bars: notes and silences that fill each bar but the last.

    A note that would run over a bar line ends there, and what is left of it is silent: so the notes begin
    where they were tapped.

    Args:
        rhythm: as `quantized_rhythm` gives it.
        bar: ticks of a bar.

    Returns:
        For each bar (struck, ticks) of what is in it.
    """
    end = rhythm[-1][0] + rhythm[-1][1]
    bars: list[list[tuple[bool, int]]] = [[] for _ in range(-(-end // bar))]

    def put(struck: bool, start: int, until: int) -> None:
        while start < until:
            border = min(until, (start // bar + 1) * bar)
            bars[start // bar].append((struck, border - start))
            start, struck = border, False

    for (start, length), following in zip(rhythm, [s for s, _ in rhythm[1:]] + [end], strict=True):
        put(True, start, start + length)
        put(False, start + length, following)
    return bars
