"""What this machine can do: times real time, the share of each stage, peak memory.

Reads clocks and asks the operating system for the memory of this process. `speechrnn bench` prints what
`measure` returns.
"""

from __future__ import annotations

import os
import platform
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from speechrnn.audio.source import AudioSource
from speechrnn.evaluation.recognition import CountedSource, SpeechRecognizer
from speechrnn.types import SAMPLE_RATE, Seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """The part that one stage has in the run.

    Attributes:
        wall_s: seconds.
        share: of the whole run, 0..1.
    """

    wall_s: Seconds
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """One run, as `bench --json` prints it.

    Attributes:
        sample: what was recognized: the name of a manifest, or "synthesized".
        recordings: how many there were.
        audio_s: seconds of audio.
        load_s: seconds until the recognizer was ready, imports among them.
        wall_s: seconds that the recordings took, from opening them to their last words.
        real_time_factor: `wall_s / audio_s`.
        times_real_time: `audio_s / wall_s`.
        words: how many words came out.
        stages: name -> part; "other" is what no stage claims, such as reading files.
        peak_memory_bytes: most memory that this process ever held; None where the system does not tell.
        model: id of the bundle.
        model_sha256: hash of the bundle.
        machine: processor, count of processors, operating system and Python.
    """

    sample: str
    recordings: int
    audio_s: Seconds
    load_s: Seconds
    wall_s: Seconds
    real_time_factor: float
    times_real_time: float
    words: int
    stages: Mapping[str, Stage]
    peak_memory_bytes: int | None
    model: str
    model_sha256: str
    machine: Mapping[str, str | int]


def measure(
    recognizer: SpeechRecognizer,
    sources: Iterable[AudioSource],
    *,
    sample: str,
    load_s: Seconds,
    now: Callable[[], Seconds] = time.perf_counter,
    progress: Callable[[Seconds], None] | None = None,
) -> Benchmark:
    """Recognizes sources one after another and takes the times.

    Args:
        recognizer: ready to run.
        sources: each is opened by the iterator, read and closed here.
        sample: name of the whole.
        load_s: how long the recognizer took to load.
        now: the clock.
        progress: told the seconds of audio that are done, after each source.

    Raises:
        AudioFormatError: a source cannot be read.
    """
    before = dict(recognizer.stage_seconds)
    n_samples = n_words = n_sources = 0
    start = now()
    for source in sources:
        counted = CountedSource(source)
        try:
            n_words += sum(len(segment.words) for segment in recognizer.transcribe(counted))
        finally:
            counted.close()
        n_sources += 1
        n_samples += counted.n_samples
        if progress is not None:
            progress(n_samples / SAMPLE_RATE)
    wall_s, audio_s = now() - start, n_samples / SAMPLE_RATE
    spent = {name: total - before.get(name, 0.0) for name, total in recognizer.stage_seconds.items()}
    spent["other"] = max(0.0, wall_s - sum(spent.values()))
    return Benchmark(
        sample=sample,
        recordings=n_sources,
        audio_s=audio_s,
        load_s=load_s,
        wall_s=wall_s,
        real_time_factor=wall_s / audio_s if audio_s else 0.0,
        times_real_time=audio_s / wall_s if wall_s else 0.0,
        words=n_words,
        stages={name: Stage(wall_s=s, share=s / wall_s if wall_s else 0.0) for name, s in spent.items()},
        peak_memory_bytes=peak_memory_bytes(),
        model=recognizer.model_id,
        model_sha256=recognizer.model_sha256,
        machine=describe_machine(),
    )


def describe_machine() -> dict[str, str | int]:
    """Processor, processors that this process may use, operating system and Python."""
    try:
        n_processors = len(os.sched_getaffinity(0))
    except AttributeError:  # Windows and macOS have no affinity to ask for
        n_processors = os.cpu_count() or 1
    return {
        "processor": _processor(),
        "processors": n_processors,
        "system": platform.platform(),
        "python": platform.python_version(),
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or platform.machine())


def peak_memory_bytes() -> int | None:
    """The most memory that this process ever held in RAM; None where the system does not tell."""
    try:
        # Not getrusage: on Linux it also counts what the parent held when it started this process.
        status = Path("/proc/self/status").read_text("ascii", errors="replace")
        line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024
    except (OSError, StopIteration):
        pass
    if sys.platform == "win32":
        return _peak_on_windows()
    import resource  # not there on Windows

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _peak_on_windows() -> int | None:
    import ctypes  # only here

    class Counters(ctypes.Structure):
        """PROCESS_MEMORY_COUNTERS of psapi.h."""

        _fields_ = (
            ("cb", ctypes.c_uint32),
            ("PageFaultCount", ctypes.c_uint32),
            ("PeakWorkingSetSize", ctypes.c_size_t),
            ("WorkingSetSize", ctypes.c_size_t),
            ("QuotaPeakPagedPoolUsage", ctypes.c_size_t),
            ("QuotaPagedPoolUsage", ctypes.c_size_t),
            ("QuotaPeakNonPagedPoolUsage", ctypes.c_size_t),
            ("QuotaNonPagedPoolUsage", ctypes.c_size_t),
            ("PagefileUsage", ctypes.c_size_t),
            ("PeakPagefileUsage", ctypes.c_size_t),
        )

    counters = Counters()
    counters.cb = ctypes.sizeof(counters)
    kernel = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined, unused-ignore]
    kernel.GetCurrentProcess.restype = ctypes.c_void_p
    kernel.K32GetProcessMemoryInfo.argtypes = (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_uint32)
    known = kernel.K32GetProcessMemoryInfo(kernel.GetCurrentProcess(), ctypes.byref(counters), counters.cb)
    return int(counters.PeakWorkingSetSize) if known else None
