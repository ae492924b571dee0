"""Where each line of a long text lies, when most of them have never been laid out.

Lines that were shown have their true height, the others an estimate from their number of characters. Only
differences of a few lines are ever taken, so wrong estimates cost nothing but the length of the scroll bar's
handle. Heights in pixels, from the top. Free of Qt.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


class Heights:
    """The heights of all lines, and the place that they give each.

    Example:
        >>> heights = Heights([10.0, 20.0, 30.0])
        >>> heights.top(2), heights.at(29.5), heights.total
        (30.0, 1, 60.0)
    """

    def __init__(self, heights: Sequence[float] | NDArray[np.float64]) -> None:
        self._heights = np.asarray(heights, dtype=np.float64).copy()
        self._bottoms: NDArray[np.float64] | None = None

    def __len__(self) -> int:
        return len(self._heights)

    @property
    def total(self) -> float:
        """The height of all lines together."""
        return float(self._sums()[-1]) if len(self._heights) else 0.0

    def top(self, index: int) -> float:
        """Where line `index` begins; `index` may be one past the last."""
        return float(self._sums()[index - 1]) if index else 0.0

    def height(self, index: int) -> float:
        """How high line `index` is."""
        return float(self._heights[index])

    def at(self, y: float) -> int:
        """The line that lies at `y`: the first above the text, the last below it; -1 without lines."""
        found = int(np.searchsorted(self._sums(), y, side="right"))
        return min(found, len(self._heights) - 1)

    def set(self, index: int, height: float) -> float:
        """Gives line `index` its true height and returns by how much it grew."""
        growth = height - float(self._heights[index])
        if growth:
            self._heights[index] = height
            self._bottoms = None
        return growth

    def splice(self, at: int, n_removed: int, inserted: Sequence[float]) -> None:
        """Puts lines of the heights `inserted` in the place of `n_removed` lines from `at` on."""
        self._heights = np.concatenate(
            [self._heights[:at], np.asarray(inserted, dtype=np.float64), self._heights[at + n_removed :]]
        )
        self._bottoms = None

    def _sums(self) -> NDArray[np.float64]:
        if self._bottoms is None:
            self._bottoms = np.cumsum(self._heights)
        return self._bottoms


def estimate(
    n_characters: NDArray[np.int64], characters_per_row: float, row: float, gap: float
) -> NDArray[np.float64]:
    """Likely heights of lines of text.

    Args:
        n_characters: (n,) of each line.
        characters_per_row: how many of them fit side by side, above 0.
        row: height of one row.
        gap: what stands between two lines.

    Returns:
        (n,) heights, at least one row each.
    """
    rows: NDArray[np.float64] = np.ceil(np.maximum(n_characters, 1) / max(characters_per_row, 1.0))
    return rows * row + gap
