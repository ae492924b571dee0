"""Joins the list with the library: reads, searches, renames, deletes, sends to the queue of files.

Used by the library page, in the GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QTimer

from gui.library.list_view import ListView
from gui.library.listing import GROWING, MAX_LISTED, PAGE, Found, Listed, list_job, recovered_job, search_job
from gui.library.questions import Questions, to_bin
from gui.library.session import change_job, remove_job, transcribe_job
from gui.services import Services
from gui.worker import Job, Worker
from speechrnn.store.entries import Entry, EntryChange

_AGAIN_MS = 2000  # while something is being recorded or transcribed, the list changes by itself


class Catalogue(QObject):
    """Fills a `ListView` and does what it asks for."""

    def __init__(self, services: Services, view: ListView) -> None:
        super().__init__(view)
        self._services = services
        self._view = view
        self._questions = Questions(view)
        self._reading: Worker | None = None
        self._more = False
        self._told: set[str] = set()
        self._timer = QTimer(self, singleShot=True, interval=_AGAIN_MS)
        self._timer.timeout.connect(self.refresh)
        view.filters.changed.connect(self.refresh)
        view.model.more_wanted.connect(self._read_more)
        view.wanted.connect(self._on_wanted)
        view.notice.button.clicked.connect(self._on_recover_clicked)

    def refresh(self) -> None:
        """Reads the list, or searches, for the filter of now."""
        wanted = self._view.filters.filter()
        if wanted.text:
            self._read(search_job(self._services.library, wanted), self._on_found)
        else:
            limit = min(max(self._view.model.rowCount(), PAGE), MAX_LISTED)
            self._read(list_job(self._services.library, wanted, limit=limit), self._on_listed)

    def pause(self) -> None:
        """Out of sight nothing needs to be read again."""
        self._timer.stop()

    def _read(self, job: Job, on_item: Callable[[Any], object]) -> None:
        self._timer.stop()
        self._more = False
        # An answer to an older question must not come after the newer one's.
        if self._reading is not None:
            self._reading.stop()
        self._reading = self._services.workers.start(
            job, on_item=on_item, on_failed=self._services.messages.show_error, on_ended=self._on_read_ended
        )

    def _read_more(self, n_known: int) -> None:
        self._more = self._reading is not None
        if not self._more:
            self._read(
                list_job(self._services.library, self._view.filters.filter(), n_known), self._on_listed
            )

    def _on_listed(self, listed: Listed) -> None:
        for message in listed.messages:
            if message not in self._told:
                self._told.add(message)
                self._services.messages.show("warning", message)
        if listed.wanted == self._view.filters.filter():
            self._view.show_listed(listed)
            if any(entry.state in GROWING for entry in listed.entries):
                self._timer.start()

    def _on_found(self, found: Found) -> None:
        if found.wanted == self._view.filters.filter():
            self._view.show_found(found)

    def _on_read_ended(self) -> None:
        if self._reading is self.sender():
            self._reading = None
            if self._more and self._view.model.canFetchMore(QModelIndex()):
                # The view had come to its end while the page before was on its way.
                self._read_more(self._view.model.rowCount())

    def _on_wanted(self, what: str, entries: Sequence[Entry]) -> None:
        opener = self._services.library
        ids = [entry.id for entry in entries]
        if what == "rename":

            def rename(title: str) -> None:
                self._do(change_job(opener, {ids[0]: EntryChange(title=title)}))

            self._questions.ask_title(entries[0], rename)
        elif what == "delete":

            def remove(with_media: bool) -> None:
                self._do(remove_job(opener, ids, to_bin if with_media else None))

            self._questions.ask_remove(entries, remove)
        elif what == "transcribe":
            self._transcribe(entries)

    def _transcribe(self, entries: Sequence[Entry]) -> None:
        self._do(transcribe_job(self._services.library, [entry.id for entry in entries]), self._show_files)

    def _on_recover_clicked(self) -> None:
        self._do(recovered_job(self._services.library), self._transcribe)

    def _show_files(self, entry_id: int) -> None:
        self._services.navigation.go("files")

    def _do(self, job: Job, on_item: Callable[[Any], object] | None = None) -> None:
        """Changes something, and reads the list again."""
        self._services.workers.start(
            job, on_item=on_item, on_failed=self._services.messages.show_error, on_ended=self.refresh
        )
