"""The choices of latency, and the error that each costs as it was measured on the bundle."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from speechrnn.errors import SpeechRnnError
from speechrnn.types import Seconds

PRESETS: tuple[Seconds, ...] = (0.32, 0.64, 0.84, 1.48)
# The name that a bundle gives the score: benchmarks/latency_curve.py measures it.
_SCORE = re.compile(r"WER, first shown, latency (\d+(?:\.\d+)?) s")


@dataclass(frozen=True, slots=True, kw_only=True)
class LatencyErrors:
    """Word error rates of the text as it is first shown.

    Attributes:
        by_latency: seconds -> rate, 0..; empty where the bundle was not measured so.
    """

    by_latency: Mapping[Seconds, float]

    def near(self, latency: Seconds) -> float | None:
        """The rate at the measured latency nearest to this one; None where none is within 0.1 s."""
        if not self.by_latency:
            return None
        nearest = min(self.by_latency, key=lambda measured: abs(measured - latency))
        return self.by_latency[nearest] if abs(nearest - latency) <= 0.1 else None


def read_errors(model: str) -> Callable[[threading.Event], Iterator[LatencyErrors]]:
    """A job that reads what a bundle says of its latencies; a bundle that is missing says nothing."""

    def job(_stop: threading.Event) -> Iterator[LatencyErrors]:
        from speechrnn.bundles.catalog import find_bundle  # torch

        try:
            scores = find_bundle(model, "recognizer").info.scores
        except SpeechRnnError:
            scores = ()
        found: dict[Seconds, float] = {}
        for score in scores:
            match = _SCORE.fullmatch(str(score["name"]))
            if match is not None:
                found[float(match[1])] = float(score["value"])
        yield LatencyErrors(by_latency=found)

    return job
