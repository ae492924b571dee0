"""The outline of a recording for its waveform: read once, kept beside the library, shown while it is read.

Jobs for `gui.worker.Worker`. Peaks are kept as signed bytes: a screen shows no more. Free of Qt.
"""

from __future__ import annotations

import contextlib
import math
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gui.widgets.peaks import Peaks
from speechrnn.types import SAMPLE_RATE, Seconds

_PER_SECOND = 100.0
_MAX_PEAKS = 2_000_000  # of ten hours every 20 ms, which is finer than any screen
_TELL_EVERY_S = 0.4


def kept_peaks(library: Path, entry_id: int) -> Path:
    """The file of an entry's outline in the library's folder; it may be deleted at any time."""
    return library / "peaks" / f"{entry_id}.npz"


def peaks_job(media: Path, duration: Seconds, kept: Path) -> Callable[[threading.Event], Iterator[Peaks]]:
    """Yields the outline as far as it has been read, a few times a second, and the whole of it at last.

    Args:
        media: the recording.
        duration: about how long it is.
        kept: the file where the outline is kept; read when it is of this recording, else written.

    Raises, when it runs:
        AudioFormatError: the recording cannot be read.
    """

    def job(stop: threading.Event) -> Iterator[Peaks]:
        status = media.stat()
        stamp = np.array([status.st_size, status.st_mtime_ns], dtype=np.int64)
        found = _read(kept, stamp)
        if found is not None:
            yield found
            return
        whole: Peaks | None = None
        for whole in _outline(media, duration, stop):
            yield whole
        if whole is not None and not stop.is_set():
            _write(kept, stamp, whole)

    return job


def _outline(media: Path, duration: Seconds, stop: threading.Event) -> Iterator[Peaks]:
    # PyAV takes long to import, and a list of transcripts needs no sound.
    from speechrnn.audio.file import FileSource

    width = max(round(SAMPLE_RATE / _PER_SECOND), math.ceil(duration * SAMPLE_RATE / _MAX_PEAKS))
    low: list[NDArray[np.int8]] = []
    high: list[NDArray[np.int8]] = []
    rest = np.zeros(0, dtype=np.float32)
    told = time.monotonic()
    with FileSource(media) as source:
        for block in source.blocks():
            if stop.is_set():
                return
            samples = np.concatenate([rest, block])
            n_whole = len(samples) // width
            stretches = samples[: n_whole * width].reshape(n_whole, width)
            rest = samples[n_whole * width :]
            low.append(_bytes(stretches.min(axis=1)))
            high.append(_bytes(stretches.max(axis=1)))
            if time.monotonic() - told >= _TELL_EVERY_S:
                # Joined ones are kept, so that the same pieces are not joined again and again.
                low, high = [np.concatenate(low)], [np.concatenate(high)]
                yield Peaks(low=low[0], high=high[0], per_second=SAMPLE_RATE / width)
                told = time.monotonic()
    if low:
        yield Peaks(low=np.concatenate(low), high=np.concatenate(high), per_second=SAMPLE_RATE / width)


def _bytes(samples: NDArray[np.float32]) -> NDArray[np.int8]:
    return np.clip(np.round(samples * 127), -127, 127).astype(np.int8)


def _read(kept: Path, stamp: NDArray[np.int64]) -> Peaks | None:
    """The outline that was kept, if it is of the same file; anything unreadable counts as none."""
    try:
        with np.load(kept, allow_pickle=False) as arrays:
            if not np.array_equal(arrays["stamp"], stamp):
                return None
            return Peaks(low=arrays["low"], high=arrays["high"], per_second=float(arrays["per_second"]))
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def _write(kept: Path, stamp: NDArray[np.int64], peaks: Peaks) -> None:
    # Only a convenience: where it cannot be kept, it is read again the next time.
    with contextlib.suppress(OSError):
        kept.parent.mkdir(parents=True, exist_ok=True)
        scratch = kept.with_suffix(f".{threading.get_ident()}.npz")
        np.savez(scratch, stamp=stamp, low=peaks.low, high=peaks.high, per_second=peaks.per_second)
        scratch.replace(kept)
