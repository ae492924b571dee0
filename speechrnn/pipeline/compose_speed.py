"""How quickly a composer writes on this machine: one stream on one core, sampling included.

Reads the clock. `speechrnn bench` prints what `measure_composer` returns.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import count

from speechrnn.decoding.sampling import SamplingOptions
from speechrnn.pipeline.compose import Composer, MusicRequest, TextRequest, TextToken, TuneEvent

N_EVENTS = {"characters": 2000, "folk": 800, "chorale": 400}  # measured; about half a second each


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
    next(stream)
    first = now()
    units = 1 + sum(1 for _ in zip(range(n - 1), stream, strict=False))
    spent = now() - first
    return ComposerSpeed(
        bundle=composer.bundle_id,
        unit="character" if composer.kind == "characters" else "event",
        units=units,
        units_per_s=(units - 1) / spent if spent > 0 else 0.0,
        first_s=first - begun,
    )


def _stream(composer: Composer, n: int) -> Iterator[TextToken | TuneEvent]:
    """Characters behind a primer, or one tune after another."""
    sampling = SamplingOptions(top_k=40, top_p=0.95, repetition_guard=1)
    if composer.kind == "characters":
        primer = "It was the first day of the week, and nobody had slept. " * 40
        yield from composer.write(TextRequest(primer=primer, length=n, sampling=sampling))
        return
    request = MusicRequest(sampling=sampling)
    for seed in count(1):
        yield from composer.compose(replace(request, seed=seed))
