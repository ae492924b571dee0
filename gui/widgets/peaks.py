"""The outline of a recording, from which its waveform is drawn. Free of Qt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Peaks:
    """The outline of a recording, or of as much of it as has been read.

    Attributes:
        low: (n,) the lowest sample of each stretch, -127..127.
        high: (n,) the highest.
        per_second: stretches a second, above 0.
    """

    low: NDArray[np.int8]
    high: NDArray[np.int8]
    per_second: float
