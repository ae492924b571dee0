"""The composing networks that the page uses: found and loaded in jobs, lent to one job at a time.

Free of Qt. The pipeline is imported inside the jobs, since torch takes seconds.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gui.early import load_torch_libraries
from speechrnn.errors import SpeechRnnError
from speechrnn.pipeline.compose_requests import Kind

if TYPE_CHECKING:
    from speechrnn.pipeline.compose import Composer

_POLL_S = 0.05


class NoLongerWantedError(SpeechRnnError):
    """A job was asked to stop before it had a network; nothing to tell anybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A bundle that composes.

    Attributes:
        id: such as "text-shakespeare".
        kind: what it writes.
        path: its folder.
        about: one line on what it learned from; may be empty.
        sha256: of its bundle, which training may replace; empty where nobody cares.
    """

    id: str
    kind: Kind
    path: Path
    about: str = ""
    sha256: str = ""


class Composers:
    """Keeps the networks that have been used; used by jobs, but for `has` and `sha256`."""

    def __init__(self) -> None:
        self._lock = threading.Lock()  # of both below
        self._loaded: dict[Path, Composer] = {}
        self._busy: dict[Path, threading.Lock] = {}

    def has(self, model: Model) -> bool:
        """Whether it is loaded."""
        return self._known(model) is not None

    def sha256(self, model: Model) -> str:
        """Of the bundle of a network that was loaded; empty where it was not."""
        with self._lock:
            known = self._loaded.get(model.path)
        return known.bundle_sha256 if known else ""

    @contextmanager
    def borrow(self, model: Model, stop: threading.Event) -> Iterator[Composer]:
        """The network for the block and its thread alone; loaded where it has not been.

        Raises:
            BundleError: it is refused, with the reason.
            NoLongerWantedError: `stop` was set before it was free.
        """
        with self._lock:
            lock = self._busy.setdefault(model.path, threading.Lock())
        while not lock.acquire(timeout=_POLL_S):
            if stop.is_set():
                raise NoLongerWantedError("stopped while another job had the network")
        try:
            yield self._load(model)
        finally:
            lock.release()

    def _known(self, model: Model) -> Composer | None:
        with self._lock:
            known = self._loaded.get(model.path)
        same = known is not None and model.sha256 in ("", known.bundle_sha256)
        return known if same else None

    def _load(self, model: Model) -> Composer:
        known = self._known(model)
        if known is not None:
            return known
        load_torch_libraries()
        # torch takes seconds to import.
        from speechrnn.pipeline.compose import Composer

        made = Composer.load(model.path)
        with self._lock:
            self._loaded[model.path] = made
        return made


def find_models(_stop: threading.Event) -> Iterator[tuple[Model, ...]]:
    """A job: all bundles that compose."""
    load_torch_libraries()
    # torch takes seconds to import.
    from speechrnn.pipeline.compose import composing_bundles, kind_of

    found = []
    for bundle in composing_bundles():
        kind = kind_of(bundle)
        if kind is not None:
            about = "; ".join(str(source) for source in bundle.info.trained_on)
            model = Model(id=bundle.info.id, kind=kind, path=bundle.path, about=about, sha256=bundle.sha256)
            found.append(model)
    yield tuple(found)


def warm_job(composers: Composers, model: Model) -> Callable[[threading.Event], Iterator[Model]]:
    """Loads a network, so that its first token comes at once."""

    def job(stop: threading.Event) -> Iterator[Model]:
        with composers.borrow(model, stop) as composer:
            if composer.kind == "text":
                # The first step compiles kernels: nobody shall wait for them later.
                composer.continuations("", 1)
        yield model

    return job
