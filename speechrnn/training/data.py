"""Recordings for training: decoded once, kept as 16-bit samples on disk, drawn in batches of like length.

Waveforms are mono at 16 kHz. Batches are planned from (seed, epoch) alone, so a run that resumes in
the middle of an epoch sees what it would have seen.
"""

from __future__ import annotations

import hashlib
import logging
import os
import queue
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np
import platformdirs
from numpy.typing import NDArray

from speechrnn.audio.file import FileSource
from speechrnn.errors import AudioFormatError, DataError
from speechrnn.evaluation.manifest import Utterance

logger = logging.getLogger(__name__)

T = TypeVar("T")


class WaveformCache:
    """The recordings of a list, decoded, one after the other in one file.

    Attributes:
        n_samples: (N,) int64, samples of each; 0 where a recording could not be read.
    """

    def __init__(self, path: Path) -> None:
        self.n_samples: NDArray[np.int64] = np.load(path.with_suffix(".npy"))
        self._starts = np.concatenate([[0], np.cumsum(self.n_samples)])
        self._samples = np.memmap(path, dtype=np.int16, mode="r", shape=(int(self._starts[-1]),))

    def __getitem__(self, index: int) -> NDArray[np.float32]:
        """Recording `index`: (n_samples,) float32 in -1..1."""
        samples = self._samples[self._starts[index] : self._starts[index + 1]]
        return samples.astype(np.float32) / np.float32(32768)

    @classmethod
    def open(
        cls,
        utterances: Sequence[Utterance],
        folder: Path | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> WaveformCache:
        """The cache of a list; decodes it where that was not done before.

        Args:
            utterances: what to decode.
            folder: where to keep it; None for the user's cache folder.
            progress: told (done, total) while decoding.

        Raises:
            DataError: more than one recording in ten cannot be read.
        """
        folder = folder or Path(platformdirs.user_cache_dir("speechrnn")) / "waveforms"
        folder.mkdir(parents=True, exist_ok=True)
        listing = "\n".join(f"{u.path.resolve()}\t{u.duration}" for u in utterances)
        path = folder / f"{hashlib.sha256(listing.encode()).hexdigest()[:24]}.pcm"
        if not path.with_suffix(".npy").exists():
            _decode_all(utterances, path, progress)
        return cls(path)

    @classmethod
    def write(cls, path: Path, recordings: Iterable[NDArray[np.int16]]) -> WaveformCache:
        """A cache of recordings that are decoded already, in a file of that name.

        Args:
            path: the file; its folder is there.
            recordings: (n,) int16 each, mono at 16 kHz; not all of them empty.
        """
        _write(path, recordings)
        return cls(path)


def to_int16(waveform: NDArray[np.float32]) -> NDArray[np.int16]:
    """Samples in -1..1 as 16-bit ones; what is louder is clipped."""
    return (np.clip(waveform, -1, 1) * 32767).astype(np.int16)


def _decode_all(
    utterances: Sequence[Utterance], path: Path, progress: Callable[[int, int], None] | None
) -> None:
    unread = []

    def decoded() -> Iterator[NDArray[np.int16]]:
        for done, utterance in enumerate(utterances, start=1):
            try:
                with FileSource(utterance.path) as source:
                    blocks = list(source.blocks())
                yield to_int16(np.concatenate(blocks)) if blocks else np.zeros(0, np.int16)
            except AudioFormatError as error:
                unread.append(str(error))
                logger.info("left out: %s", error)
                yield np.zeros(0, np.int16)
            if progress is not None:
                progress(done, len(utterances))
        if len(unread) * 10 > len(utterances):
            raise DataError(
                f"{len(unread)} of {len(utterances)} recordings cannot be read; the first: {unread[0]}"
            )

    _write(path, decoded())


def _write(path: Path, recordings: Iterable[NDArray[np.int16]]) -> None:
    n_samples = []
    # Processes of one training may decode at the same time: each into a file of its own.
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            for samples in recordings:
                file.write(samples.tobytes())
                n_samples.append(len(samples))
    except BaseException:
        temporary.unlink()
        raise
    temporary.replace(path)
    np.save(counts := path.with_suffix(f".{os.getpid()}.npy"), np.array(n_samples, dtype=np.int64))
    counts.replace(path.with_suffix(".npy"))  # last: it says that the audio is whole


def plan_batches(
    durations: Sequence[float], batch_s: float, rng: np.random.Generator, *, ascending: bool
) -> list[list[int]]:
    """Groups recordings of like length into batches.

    Args:
        durations: seconds of each recording; those of 0 are left out.
        batch_s: seconds of a batch, padding included.
        rng: jitters the lengths and shuffles the batches.
        ascending: short batches first (SortaGrad, Amodei et al. 2016), for the first epoch.

    Returns:
        Indices, batch by batch.
    """
    length = np.asarray(durations, dtype=np.float64)
    jittered = length * rng.uniform(0.9, 1.1, len(length))
    batches: list[list[int]] = []
    batch: list[int] = []
    longest = 0.0
    for index in np.argsort(jittered, kind="stable"):
        if length[index] <= 0:
            continue
        longest = max(longest, float(length[index]))
        if batch and longest * (len(batch) + 1) > batch_s:
            batches.append(batch)
            batch, longest = [], float(length[index])
        batch.append(int(index))
    if batch:
        batches.append(batch)
    if not ascending:
        batches = [batches[i] for i in rng.permutation(len(batches))]
    return batches


def prefetch(items: Iterator[T], depth: int = 4) -> Iterator[T]:
    """Draws `items` in a thread, up to `depth` ahead, so that data is ready when the network is."""
    ready: queue.Queue[tuple[str, T | BaseException | None]] = queue.Queue(depth)
    stop = threading.Event()

    def put(kind: str, value: T | BaseException | None) -> None:
        while not stop.is_set():
            try:
                ready.put((kind, value), timeout=0.2)
            except queue.Full:
                continue
            return

    def draw() -> None:
        try:
            for item in items:
                put("item", item)
                if stop.is_set():
                    return
            put("end", None)
        except BaseException as error:  # noqa: BLE001 - handed over to the thread that asked
            put("error", error)

    thread = threading.Thread(target=draw, name="prefetch", daemon=True)
    thread.start()
    try:
        while True:
            kind, value = ready.get()
            if kind == "end":
                return
            if kind == "error":
                raise value  # type: ignore[misc]
            yield value  # type: ignore[misc]
    finally:
        stop.set()
        thread.join()
