"""How quickly a composer writes on this machine: one stream on one core, sampling included.

Reads the clock. `speechrnn bench` prints what `measure_composer` returns.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import count

from speechrnn.decoding.sampling import SamplingOptions
from speechrnn.pipeline.compose import Composer, MusicRequest, TextRequest

N_EVENTS = {"text": 2000, "folk": 800, "chorale": 400}  # measured; about half a second each


@dataclass(frozen=True, slots=True, kw_only=True)
class ComposerSpeed:
    """One composer, as `bench --json` prints it.

    Attributes:
        bundle: id.
        unit: character, or event: a note, rest or bar line.
        units: how many were composed.
        units_per_s: after the first.
        first_s: seconds from the request to the first unit, the network being loaded.
    """

    bundle: str
    unit: str
    units: int
    units_per_s: float
    first_s: float


def measure_composer(composer: Composer, *, now: Callable[[], float] = time.perf_counter) -> ComposerSpeed:
    """Composes for about half a second, with truncation and the guard against loops on.

    Args:
        composer: loaded.
        now: the clock, in seconds.
    """
    n = N_EVENTS[composer.kind]
    stream = _stream(composer, n)
    begun = now()
    at_first = next(stream)
    first = now()
    units = at_first
    while units < n:
        units += next(stream)
    spent = now() - first
    return ComposerSpeed(
        bundle=composer.bundle_id,
        unit="character" if composer.kind == "text" else "event",
        units=units,
        units_per_s=(units - at_first) / spent if spent > 0 else 0.0,
        first_s=first - begun,
    )


def _stream(composer: Composer, n: int) -> Iterator[int]:
    """How many units each token has: of a text behind a primer, or of one tune after another."""
    sampling = SamplingOptions(top_k=40, top_p=0.95, repetition_guard=1)
    if composer.kind == "text":
        primer = "It was the first day of the week, and nobody had slept. " * 40
        for token in composer.write(TextRequest(primer=primer, length=n, sampling=sampling)):
            yield len(token.text)
        return
    request = MusicRequest(sampling=sampling)
    for seed in count(1):
        for _ in composer.compose(replace(request, seed=seed)):
            yield 1
