"""`speechrnn bench`: how quick this machine is, and how much memory it takes."""

from __future__ import annotations

import dataclasses
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from speechrnn.cli import options as opt
from speechrnn.cli.console import progress_bar
from speechrnn.cli.recognizer import RecognizerChoice, loader_of

if TYPE_CHECKING:
    from speechrnn.audio.source import AudioSource
    from speechrnn.evaluation.benchmark import Benchmark
    from speechrnn.pipeline.compose_speed import ComposerSpeed

_SYNTHESIZED_S = 120.0


def bench(
    context: typer.Context,
    model: opt.ModelOption = opt.DEFAULT_MODEL,
    manifest: opt.ManifestOption = None,
    limit: opt.LimitOption = None,
    device: opt.DeviceOption = opt.Device.AUTO,
    punctuation: opt.PunctuationOption = True,
    as_json: opt.JsonOption = False,
) -> None:
    """Measure this machine.

    First recognition, then each composing model that is there: characters, or notes, rests and bar lines a
    second, in one stream on one core, and how long the first of them takes.

    Transcribes with all stages (network, beam search with the language model, punctuation) and prints how
    many times faster than real time that is, what each stage takes of it, how long loading takes, and the
    most memory that the process held.

    Without --manifest it takes two minutes of sound that is made up on the spot: it passes for speech, so
    that every stage has work, but it has no words. Recordings give the numbers that count.
    """
    start = time.perf_counter()
    recognizer = loader_of(context)(RecognizerChoice(model=model, device=device, punctuation=punctuation))
    load_s = time.perf_counter() - start
    # SciPy, PyAV and soxr are not needed for a help text.
    from speechrnn.evaluation.benchmark import measure

    sources, total = _synthesized() if manifest is None else _recordings(manifest, limit)
    with progress_bar("bench", total) as update:
        result = measure(
            recognizer,
            sources,
            sample="synthesized" if manifest is None else manifest.name,
            load_s=load_s,
            progress=update,
        )
    composers = _composers()
    if as_json:
        table = dataclasses.asdict(result)
        typer.echo(json.dumps({**table, "composers": [dataclasses.asdict(c) for c in composers]}))
        return
    typer.echo("\n".join([_describe(result), *(_describe_composer(c) for c in composers)]))


def _composers() -> list[ComposerSpeed]:
    from speechrnn.pipeline.compose import Composer, composing_bundles
    from speechrnn.pipeline.compose_speed import measure_composer

    return [measure_composer(Composer(bundle)) for bundle in composing_bundles()]


def _describe_composer(speed: ComposerSpeed) -> str:
    return (
        f"{speed.bundle}: {speed.units_per_s:.0f} {speed.unit}s/s on one core, "
        f"the first after {1000 * speed.first_s:.0f} ms"
    )


def _recordings(manifest: Path, limit: int | None) -> tuple[Iterator[AudioSource], float]:
    from speechrnn.audio.file import FileSource
    from speechrnn.evaluation.manifest import read_manifest

    utterances = read_manifest(manifest)[:limit]
    total = sum(utterance.duration for utterance in utterances)
    return (FileSource(utterance.path) for utterance in utterances), total


def _synthesized() -> tuple[Iterator[AudioSource], float]:
    import numpy as np

    from speechrnn.audio.source import ArraySource
    from speechrnn.evaluation.babble import babble
    from speechrnn.types import SAMPLE_RATE

    sound = babble(_SYNTHESIZED_S, np.random.default_rng(0))
    return iter([ArraySource(sound, SAMPLE_RATE)]), _SYNTHESIZED_S


def _describe(result: Benchmark) -> str:
    peak = result.peak_memory_bytes
    lines = [
        f"{result.times_real_time:.1f} times real time: {result.recordings} recordings, "
        f"{result.audio_s / 60:.1f} min, in {result.wall_s:.1f} s ({result.sample}, {result.words} words)",
        *(
            f"  {name:<18} {stage.wall_s:8.2f} s  {100 * stage.share:5.1f} %"
            for name, stage in result.stages.items()
        ),
        f"loaded in {result.load_s:.1f} s; peak memory "
        + ("unknown" if peak is None else f"{peak / 1e6:.0f} MB"),
        f"{result.model} ({result.model_sha256[:12]}) on {result.machine['processor']}, "
        f"{result.machine['processors']} processors",
    ]
    return "\n".join(lines)
