"""Hours of live captioning in a fraction of the time: memory, latency and work must stay what they are.

    python benchmarks/live_endurance.py --hours 8

Loops the sample recording, or those of a manifest, with pauses of random length, through the whole live
pipeline, audio arriving in simulated real time. Prints a line for every hour of audio: memory held by the
process (the median of that hour and the most at any moment looked at), latency of words, share of a processor
core, words. Exit 1 if the median has grown by more than 5 % from the second line to the last.
"""

# ruff: noqa: T201 - what it prints is its result
from __future__ import annotations

import argparse
import itertools
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import numpy as np

from speechrnn.audio.file import FileSource
from speechrnn.audio.resample import Samples
from speechrnn.evaluation.benchmark import peak_memory_bytes
from speechrnn.evaluation.manifest import read_manifest
from speechrnn.pipeline.live import FinalText, LiveOptions, LiveRecognizer, Progress
from speechrnn.pipeline.live_trial import SimulatedClock
from speechrnn.pipeline.offline import Recognizer
from speechrnn.types import SAMPLE_RATE

SAMPLE = Path(__file__).parent / "sample.flac"
PAUSES_S = (0.2, 6.0)


def talk(paths: list[Path], seconds: float) -> Iterator[Samples]:
    """The recordings in turn, and pauses with the noise of a room."""
    rng = np.random.default_rng(0)
    left = round(seconds * SAMPLE_RATE)
    for path in itertools.cycle(paths):
        with FileSource(path) as source:
            for block in source.blocks():
                yield block
                left -= len(block)
        pause = 3e-4 * rng.standard_normal(round(rng.uniform(*PAUSES_S) * SAMPLE_RATE))
        yield pause.astype(np.float32)
        left -= len(pause)
        if left <= 0:
            return


def memory_mb() -> float:
    """What the process holds now; where the system does not tell, the most that it held."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except OSError:
        return (peak_memory_bytes() or 0) / 1e6
    return pages * 4096 / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", default="asr-en", help="id or folder of a recognizer bundle")
    parser.add_argument("--hours", type=float, default=8.0)
    parser.add_argument("--lines", type=int, help="lines to print; without it one for every hour")
    parser.add_argument("--manifest", type=Path, help="TSV of recordings to loop instead of the sample")
    arguments = parser.parse_args()
    paths = [u.path for u in read_manifest(arguments.manifest)] if arguments.manifest else [SAMPLE]
    live = LiveRecognizer(Recognizer.load(arguments.model), LiveOptions())
    clock = SimulatedClock()
    step_s = 3600 * arguments.hours / (arguments.lines or max(round(arguments.hours), 1))
    next_s, n_words, spent, latest = step_s, 0, time.process_time(), 0.0
    held: list[float] = []
    looked: list[float] = []
    print("hours  memory MB  most MB  latency s  core  behind s  words", flush=True)
    for event in live.run(clock.blocks(talk(paths, 3600 * arguments.hours)), clock=clock):
        if isinstance(event, FinalText):
            n_words += sum(len(segment.words) for segment in event.segments)
        elif isinstance(event, Progress):
            latest = event.latency_s or latest
            looked.append(memory_mb())
            if event.heard_s >= next_s:
                now = time.process_time()
                held.append(median(looked))
                print(
                    f"{event.heard_s / 3600:5.2f}  {held[-1]:9.0f}  {max(looked):7.0f}  {latest:9.2f}  "
                    f"{(now - spent) / step_s:4.2f}  {event.behind_s:8.2f}  {n_words:5d}",
                    flush=True,
                )
                next_s, spent, looked = next_s + step_s, now, []
    sys.exit(1 if held and held[-1] > 1.05 * held[min(1, len(held) - 1)] else 0)


if __name__ == "__main__":
    main()
