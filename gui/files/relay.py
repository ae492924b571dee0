"""Jobs that tell objects without Qt, for as long as the page is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from gui.worker import Job, Worker, Workers


class JobStarter(QObject):
    """Starts jobs as `starting.Start` says; once this object is deleted, nobody is told any more."""

    def __init__(self, workers: Workers, parent: QObject) -> None:
        super().__init__(parent)
        self._workers = workers

    def __call__(
        self,
        job: Job,
        *,
        on_item: Callable[[Any], object] | None = None,
        on_failed: Callable[[Any], object] | None = None,
        on_ended: Callable[[], object] | None = None,
    ) -> Worker:
        """Starts a job."""
        relay = _Relay(self, on_item, on_failed, on_ended)
        return self._workers.start(job, on_item=relay.item, on_failed=relay.failed, on_ended=relay.ended)


class _Relay(QObject):
    """Qt calls methods of a QObject only while it lives; a plain function would be called for ever."""

    def __init__(
        self,
        parent: QObject,
        on_item: Callable[[Any], object] | None,
        on_failed: Callable[[Any], object] | None,
        on_ended: Callable[[], object] | None,
    ) -> None:
        super().__init__(parent)
        self._on_item, self._on_failed, self._on_ended = on_item, on_failed, on_ended

    def item(self, item: Any) -> None:
        if self._on_item is not None:
            self._on_item(item)

    def failed(self, error: Any) -> None:
        if self._on_failed is not None:
            self._on_failed(error)

    def ended(self) -> None:
        if self._on_ended is not None:
            self._on_ended()
        self.deleteLater()
