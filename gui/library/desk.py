"""The transcript that is open: reads it, keeps what is edited, finds its recording again.

Used by the library page, in the GUI thread.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog

from gui.collector import keep_alive
from gui.library.listing import GROWING
from gui.library.saving import Saver
from gui.library.session import More, Opened, change_job, more_job, open_job
from gui.library.transcript_view import TranscriptView
from gui.services import Services
from gui.worker import Job, Worker
from speechrnn.store.entries import Entry, EntryChange
from speechrnn.types import Seconds

_AGAIN_MS = 2000  # how often a text that still grows is read again


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenEntry:
    """What `Navigation.go("library", ...)` may ask for.

    Attributes:
        entry_id: the entry to open.
        at: time to begin at; None for the start.
        find: a text to find in it.
    """

    entry_id: int
    at: Seconds | None = None
    find: str = ""


class TranscriptDesk(QObject):
    """One transcript at a time on a `TranscriptView`.

    Signals:
        opened: () a transcript is shown.
    """

    opened = Signal()

    def __init__(self, services: Services, view: TranscriptView) -> None:
        super().__init__(view)
        self._services = services
        self._view = view
        self._wanted: OpenEntry | None = None
        self._shown: Opened | None = None
        self._saver: Saver | None = None
        self._last: Saver | None = None
        self._reading: Worker | None = None
        self._at: Seconds | None = None
        self._timer = QTimer(self, interval=_AGAIN_MS)
        self._timer.timeout.connect(self._read_again)
        view.notice.button.clicked.connect(self._ask_media)

    def open(self, wanted: OpenEntry) -> None:
        """Reads a transcript and shows it."""
        self.close()
        self._wanted = wanted
        if self._last is not None and self._last.entry_id == wanted.entry_id and not self._last.saved:
            # It is still being written: what is read now would be the text of before.
            self._last.changed.connect(self._on_last_saved)
            self._last.save()
            return
        self._read()

    def close(self) -> None:
        """Lets go of the transcript; what is not saved yet is saved."""
        self._timer.stop()
        self._wanted = None
        if self._reading is not None:
            self._reading.stop()
        if self._shown is None:
            return
        self._view.close_transcript()
        self._shown = None
        saver, self._saver = self._saver, None
        if saver is not None:
            saver.save()
            self._last = saver

    def finish(self) -> None:
        """Saves for the last time, when the app is being closed."""
        self._timer.stop()
        self._view.close_transcript()
        for saver in (self._last, self._saver):
            if saver is not None:
                saver.finish()

    def pause(self, *, paused: bool) -> None:
        """Out of sight nothing needs to be read again."""
        if paused:
            self._timer.stop()
        elif self._shown is not None and self._shown.growing:
            self._timer.start()

    def _read(self) -> None:
        if self._wanted is not None:
            self._start(open_job(self._services.library, self._wanted.entry_id))

    def _start(self, job: Job) -> None:
        self._reading = self._services.workers.start(
            job,
            on_item=self._on_read,
            on_failed=self._services.messages.show_error,
            on_ended=self._on_reading_ended,
        )

    def _on_reading_ended(self) -> None:
        if self._reading is self.sender():
            self._reading = None

    def _on_last_saved(self) -> None:
        if self._last is not None and self._last.saved:
            self._last.changed.disconnect(self._on_last_saved)
            self._read()

    def _on_read(self, read: Opened | More) -> None:
        if self._wanted is None or self._wanted.entry_id != read.entry.id:
            return
        keep_alive()
        if isinstance(read, Opened):
            self._shown, self._at = read, self._wanted.at
            self._view.show_opened(read, find=self._wanted.find)
            self.opened.emit()
        elif read.lines:
            self._view.text.document.extend(read.lines)
        complete = isinstance(read, More) and read.complete
        self._go_to_wanted(complete=complete)
        if complete:
            self._on_complete(read.entry)

    def _go_to_wanted(self, *, complete: bool) -> None:
        """Shows the time that was asked for, once its line is there."""
        lines = self._view.text.document.lines
        if self._at is not None and lines and (complete or lines[-1].segment.end > self._at):
            self._view.go_to(self._at)
            self._at = None

    def _on_complete(self, entry: Entry) -> None:
        if entry.state in GROWING:
            self._timer.start()
        elif self._shown is not None and self._shown.growing:
            self.open(OpenEntry(entry_id=entry.id))
        elif self._saver is None:
            self._view.make_editable()
            self._saver = Saver(self._services, entry.id, self._view.text.document, self)
            self._saver.changed.connect(self._on_saver_changed)
            self._saver.failed.connect(self._services.messages.show_error)

    def _on_saver_changed(self) -> None:
        if self._saver is not None:
            self._view.show_saved(saved=self._saver.saved)

    def _read_again(self) -> None:
        if self._shown is not None and self._reading is None:
            n_known = len(self._view.text.document.lines)
            self._start(more_job(self._services.library, self._shown.entry.id, n_known))

    def _ask_media(self) -> None:
        if self._shown is None:
            return
        media = self._shown.entry.media
        folder = str(media.parent) if media is not None and media.parent.is_dir() else ""
        dialog = QFileDialog(self._view, self.tr("Where is the recording?"), folder)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._on_media_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_media_chosen(self, chosen: str) -> None:
        if self._shown is not None:
            change = EntryChange(media=Path(chosen))
            self._services.workers.start(
                change_job(self._services.library, {self._shown.entry.id: change}),
                on_item=self._on_media_changed,
                on_failed=self._services.messages.show_error,
            )

    def _on_media_changed(self, entry: Entry) -> None:
        if self._shown is not None and self._shown.entry.id == entry.id:
            self.open(OpenEntry(entry_id=entry.id))
