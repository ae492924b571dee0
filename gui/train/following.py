"""A run as its files tell it: steps, curves, samples, speed, what is left. Free of Qt.

`log.jsonl` and `samples.jsonl` are read from where the last look ended, up to the last whole line. A run that
goes on after a kill writes steps again that were behind its checkpoint: then the later line counts.
"""

from __future__ import annotations

import json
import math
import statistics
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Point = tuple[float, float]

MOST_POINTS = 500  # of a curve: more than a screen shows
_RECENT = 40  # steps by which speed is told


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where a run stands.

    Attributes:
        step, total: steps done, and of the whole run; 0 where nobody knows: before the first, and where
            minutes end the run.
        elapsed_s: training time so far, without breaks.
        training: (step, nats a token) of what is learned, thinned out by means.
        held_out: (step, nats a token) of what is held back, after each validation.
        tokens_per_s: how quick it is now, or None.
        left_s: how long it still takes, or None.
        samples: lines that the network wrote. sample_step: when.
    """

    step: int = 0
    total: int = 0
    elapsed_s: float = 0.0
    training: tuple[Point, ...] = ()
    held_out: tuple[Point, ...] = ()
    tokens_per_s: float | None = None
    left_s: float | None = None
    samples: tuple[str, ...] = ()
    sample_step: int = 0

    @property
    def best(self) -> Point | None:
        """Step and value of the best validation."""
        return min(self.held_out, key=lambda point: point[1]) if self.held_out else None

    @property
    def over(self) -> bool:
        """Whether there is nothing left to do."""
        return self.step > 0 and self.left_s is not None and self.left_s <= 0


def bits(nats: float) -> float:
    """Nats as bits."""
    return nats / math.log(2)


class Follower:
    """Reads a run's files as they grow."""

    def __init__(self, folder: Path, *, tokens_a_step: int, minutes: float = 0.0) -> None:
        """Begins at their start.

        Args:
            folder: of the run.
            tokens_a_step: that a step learns from.
            minutes: that end the run; 0 where its steps do.
        """
        self._log = _Lines(folder / "log.jsonl")
        self._samples = _Lines(folder / "samples.jsonl")
        self._tokens_a_step, self._minutes = tokens_a_step, minutes
        self._steps: list[int] = []
        self._losses: list[float] = []
        self._times: list[tuple[float, float]] = []  # when the step ended, and how long it took
        self._held: list[tuple[int, float]] = []
        self._total = 0
        self._sample: tuple[int, tuple[str, ...]] = (0, ())

    def look(self) -> Progress:
        """Takes what is new.

        Raises:
            OSError: a file cannot be read.
        """
        for record in self._log.new():
            self._take(record)
        for record in self._samples.new():
            lines = record.get("lines")
            if isinstance(lines, list):
                self._sample = (int(record.get("step", 0)), tuple(str(line) for line in lines))
        return self._progress()

    def _take(self, record: dict[str, Any]) -> None:
        step = record.get("step")
        if not isinstance(step, int):
            return
        loss, held = record.get("loss"), record.get("validation_nats_per_token")
        if isinstance(held, int | float):
            # A run that goes on validates again where it stood.
            self._held = [point for point in self._held if point[0] < step]
            self._held.append((step, float(held)))
        if not isinstance(loss, int | float):
            return
        if self._steps and step <= self._steps[-1]:
            cut = bisect_left(self._steps, step)
            del self._steps[cut:], self._losses[cut:], self._times[cut:]
            self._held = [point for point in self._held if point[0] < step]
        self._steps.append(step)
        self._losses.append(float(loss))
        self._times.append((float(record.get("elapsed_s", 0.0)), float(record.get("step_s", 0.0))))
        self._total = int(record.get("total", self._total))

    def _progress(self) -> Progress:
        step = self._steps[-1] if self._steps else 0
        elapsed_s = self._times[-1][0] if self._times else 0.0
        recent = self._times[-_RECENT:]
        median_s = statistics.median(s for _, s in recent) if recent else 0.0
        return Progress(
            step=step,
            total=0 if self._minutes else self._total,
            elapsed_s=elapsed_s,
            training=tuple(thinned(self._steps, self._losses)),
            held_out=tuple((float(s), v) for s, v in self._held),
            tokens_per_s=self._tokens_a_step / median_s if median_s > 0 else None,
            left_s=self._left_s(step, elapsed_s, recent),
            samples=self._sample[1],
            sample_step=self._sample[0],
        )

    def _left_s(self, step: int, elapsed_s: float, recent: Sequence[tuple[float, float]]) -> float | None:
        if self._minutes:
            return max(0.0, 60 * self._minutes - elapsed_s)
        if not self._total:
            return None
        if step >= self._total:
            return 0.0
        if len(recent) < 2:
            return None
        # Validations between the steps count, too.
        step_s = (recent[-1][0] - recent[0][0]) / (len(recent) - 1)
        return step_s * (self._total - step)


def thinned(steps: Sequence[float], values: Sequence[float], most: int = MOST_POINTS) -> Iterator[Point]:
    """At most `most` points: means of neighbours."""
    size = max(1, math.ceil(len(steps) / most))
    for first in range(0, len(steps), size):
        group = values[first : first + size]
        yield float(steps[min(first + size, len(steps)) - 1]), sum(group) / len(group)


class _Lines:
    """The JSON objects of a growing file, each once; lines that are none are passed over."""

    def __init__(self, path: Path) -> None:
        self._path, self._place = path, 0

    def new(self) -> Iterator[dict[str, Any]]:
        try:
            with self._path.open("rb") as file:
                file.seek(self._place)
                data = file.read()
        except FileNotFoundError:
            return
        end = data.rfind(b"\n") + 1
        self._place += end
        for line in data[:end].splitlines():
            try:
                record = json.loads(line)
            except ValueError:
                continue
            if isinstance(record, dict):
                yield record
