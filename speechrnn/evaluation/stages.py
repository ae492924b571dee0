"""A stopwatch that splits a run into its stages, such as net, beam and punctuation.

The pipeline holds one and enters a stage around each part's work; `bench` reads the sums.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from speechrnn.types import Seconds


class StageClock:
    """Sums the time spent in named stages.

    Attributes:
        seconds: stage -> seconds of wall time so far, in the order in which the stages were first entered.

    Example:
        >>> clock = StageClock(iter([1.0, 3.5]).__next__)
        >>> with clock.stage("net"):
        ...     pass
        >>> clock.seconds
        {'net': 2.5}
    """

    def __init__(self, now: Callable[[], Seconds] = time.perf_counter) -> None:
        self.seconds: dict[str, Seconds] = {}
        self._now = now

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Adds the time of a `with` block to a stage, also when the block fails. Stages must not nest."""
        start = self._now()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + self._now() - start
