"""The recognizers that the pages share: loaded once, lent to one thread at a time, kept for the next.

`warm` is for the GUI thread; `borrow` for jobs.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.early import load_torch_libraries
from gui.worker import Workers
from speechrnn.errors import SpeechRnnError
from speechrnn.store.settings import RecognitionSettings

if TYPE_CHECKING:
    from speechrnn.pipeline.offline import Recognizer

Load = Callable[[RecognitionSettings], "Recognizer"]


class LoadingStoppedError(SpeechRnnError):
    """A recognizer was no longer wanted before it was there."""


def load_recognizer(wanted: RecognitionSettings) -> Recognizer:
    """Loads the bundles from disk.

    Raises:
        BundleError: a bundle is missing or refused.
        ConfigError: the device is not there, or a line of the hot words is none.
    """
    load_torch_libraries()
    # torch and the rest of the pipeline take seconds to import.
    from speechrnn.decoding.hotwords import parse_hot_words
    from speechrnn.pipeline.offline import Recognizer
    from speechrnn.pipeline.word_decoding import DecodeOptions

    return Recognizer.load(
        wanted.model,
        device=wanted.device,
        hot_words=parse_hot_words(wanted.hot_words.splitlines()),
        punctuation=wanted.punctuation,
        options=DecodeOptions(greedy=wanted.greedy, lm_weight=wanted.lm_weight, beam_size=wanted.beam),
    )


class RecognizerCache(QObject):
    """Lends recognizers.

    Signals:
        ready: (object) the `RecognitionSettings` that `warm` has loaded a recognizer for.
        failed: (object) why `warm` could not.
    """

    ready = Signal(object)
    failed = Signal(object)

    def __init__(self, workers: Workers, load: Load = load_recognizer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workers = workers
        self._load = load
        self._lock = threading.Lock()  # of the two below
        self._idle: list[tuple[RecognitionSettings, Recognizer]] = []
        self._key: RecognitionSettings | None = None  # what was wanted last
        self._loading = (
            threading.Lock()
        )  # held while one is loaded: who comes next finds it, or loads his own

    def warm(self, wanted: RecognitionSettings) -> None:
        """Loads a recognizer that is likely to be wanted soon, in the background."""

        def job(stop: threading.Event) -> Iterator[RecognitionSettings]:
            with self.borrow(wanted, stop):
                pass
            yield wanted

        self._workers.start(job, on_item=self.ready.emit, on_failed=self._on_failed)

    def has(self, wanted: RecognitionSettings) -> bool:
        """Whether one is there at once."""
        with self._lock:
            return any(key == _key(wanted) for key, _ in self._idle)

    @contextmanager
    def borrow(self, wanted: RecognitionSettings, stop: threading.Event) -> Iterator[Recognizer]:
        """A recognizer for the block and its thread alone; loads one where all are lent.

        Raises:
            BundleError: a bundle is missing or refused.
            ConfigError: the device is not there, or a line of the hot words is none.
            LoadingStoppedError: `stop` was set before one was there.
        """
        key = _key(wanted)
        recognizer = self._taken(key) or self._loaded(key, stop)
        try:
            yield recognizer
        finally:
            with self._lock:
                # One of a kind waits for the next; what nobody wants any more is let go.
                if key == self._key and all(key != kept for kept, _ in self._idle):
                    self._idle.append((key, recognizer))

    def _taken(self, key: RecognitionSettings) -> Recognizer | None:
        with self._lock:
            self._key = key
            self._idle = [(kept, recognizer) for kept, recognizer in self._idle if kept == key]
            return self._idle.pop()[1] if self._idle else None

    def _loaded(self, key: RecognitionSettings, stop: threading.Event) -> Recognizer:
        while not self._loading.acquire(timeout=0.1):
            if stop.is_set():
                raise LoadingStoppedError("stopped while the model was being loaded")
        with _released(self._loading):
            if stop.is_set():
                raise LoadingStoppedError("stopped while the model was being loaded")
            return self._taken(key) or self._load(key)

    def _on_failed(self, error: BaseException) -> None:
        if not isinstance(error, LoadingStoppedError):
            self.failed.emit(error)


def _key(wanted: RecognitionSettings) -> RecognitionSettings:
    """The same without what does not matter for loading."""
    return replace(wanted, digits=False, adapt=False)


@contextmanager
def _released(lock: threading.Lock) -> Iterator[None]:
    try:
        yield
    finally:
        lock.release()
