"""Keeps what is edited: a moment after each edit, without being asked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from gui.library.document import Change, Document
from gui.library.session import Saved, save_job
from gui.services import Services
from gui.worker import Worker

SAVE_AFTER_MS = 1000
_RETRY_MS = 5000


class Saver(QObject):
    """Saves one transcript while it is open.

    The wait begins with the first edit that is not saved, so that somebody who types without a pause loses no
    more than somebody who rests.

    Attributes:
        entry_id: of the transcript.

    Signals:
        changed: () `saved` may be another.
        failed: (object) why a save was refused; it is tried again.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(
        self, services: Services, entry_id: int, document: Document, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.entry_id = entry_id
        self._services = services
        self._document = document
        self._written = document.version
        self._worker: Worker | None = None
        self._saving = document.version
        self._refused = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.save)
        document.changed.append(self._on_edited)

    @property
    def saved(self) -> bool:
        """Whether all is on the disk."""
        return self._written == self._document.version

    def save(self) -> None:
        """Saves now what is not saved yet; after the save that runs, if one does."""
        self._timer.stop()
        if self._worker is None and not self.saved:
            self._start()

    def finish(self) -> None:
        """Saves for the last time, for the last moments of the app; the worker may still be writing then."""
        self._timer.stop()
        if self._worker is not None:
            # Two saves at a time could end in the wrong order.
            self._worker.wait()
            if self._saving == self._document.version:
                return
        if not self.saved:
            self._start()

    def _start(self) -> None:
        self._saving, self._refused = self._document.version, False
        self._worker = self._services.workers.start(
            save_job(self._services.library, self.entry_id, tuple(self._document.lines), self._saving),
            on_item=self._on_saved,
            on_failed=self._on_failed,
            on_ended=self._on_ended,
        )

    def _on_edited(self, changes: Sequence[Change]) -> None:
        if not self._timer.isActive() and self._worker is None:
            self._timer.start(SAVE_AFTER_MS)
        self.changed.emit()

    def _on_saved(self, saved: Saved) -> None:
        self._written = saved.version
        self.changed.emit()

    def _on_failed(self, error: Exception) -> None:
        self._refused = True
        self.failed.emit(error)

    def _on_ended(self) -> None:
        self._worker = None
        if not self.saved:
            self._timer.start(_RETRY_MS if self._refused else SAVE_AFTER_MS)
