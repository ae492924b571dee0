"""The library page: the list, or a transcript that was opened from it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from gui.library.catalogue import Catalogue
from gui.library.desk import OpenEntry, TranscriptDesk
from gui.library.list_model import HitRow, Row
from gui.library.list_view import ListView
from gui.library.playback import AnyPlayer, Playback
from gui.library.transcript_view import TranscriptView
from gui.page import Page
from gui.services import Services
from speechrnn.store.entries import Entry, Hit


def open_player(path: Path) -> AnyPlayer:
    """The player of a recording, on the system's output."""
    # PyAV and the sound system take long to import, and a list needs neither.
    from speechrnn.audio.player import Player

    return Player(path)


class LibraryPage(Page):
    """Every recording and transcript.

    `Navigation.go("library", target)` opens a transcript: `target` is the id of an entry, or an `OpenEntry`.

    Attributes:
        list: the list.
        transcript: the transcript that was opened last.
    """

    id = "library"
    icon = "library"

    def __init__(
        self,
        services: Services,
        parent: QWidget | None = None,
        *,
        make_player: Callable[[Path], AnyPlayer] = open_player,
    ) -> None:
        super().__init__(services, parent)
        self._playback = Playback(make_player, services.workers, self)
        self.list = ListView(services, self)
        self._catalogue = Catalogue(services, self.list)
        self.transcript = TranscriptView(services, self._playback, self)
        self._desk = TranscriptDesk(services, self.transcript)
        self._hit: Hit | None = None
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.transcript)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.list.open_wanted.connect(self._on_open_wanted)
        self.list.play_wanted.connect(self._on_play_wanted)
        self._desk.opened.connect(self._on_opened)
        self.transcript.closed.connect(self._on_closed)
        self._playback.changed.connect(self._on_playback_changed)
        self._playback.failed.connect(services.messages.show_error)

    def title(self) -> str:
        """Its name."""
        return self.tr("Library")

    def entered(self) -> None:
        """Reads the list anew: other pages have changed it."""
        self._desk.pause(paused=False)
        self._catalogue.refresh()

    def left(self) -> None:
        """Falls silent."""
        self._playback.pause()
        self._catalogue.pause()
        self._desk.pause(paused=True)

    def open(self, target: object) -> None:
        """Opens a transcript."""
        if isinstance(target, int):
            target = OpenEntry(entry_id=target)
        if isinstance(target, OpenEntry):
            self._playback.open(None, 0.0)
            self._desk.open(target)

    def stop(self) -> None:
        """Keeps what is edited, and falls silent."""
        self._catalogue.pause()
        self._playback.open(None, 0.0)
        self._desk.finish()

    def _on_open_wanted(self, row: Row) -> None:
        if isinstance(row, HitRow):
            self.open(OpenEntry(entry_id=row.entry.id, at=row.hit.start))
        else:
            self.open(OpenEntry(entry_id=row.entry.id))

    def _on_opened(self) -> None:
        self._catalogue.pause()
        self._stack.setCurrentWidget(self.transcript)
        self.transcript.text.setFocus()

    def _on_closed(self) -> None:
        self._desk.close()
        self._stack.setCurrentWidget(self.list)
        self.list.take_focus()
        self._catalogue.refresh()

    def _on_play_wanted(self, hit: Hit, entry: Entry) -> None:
        if self._hit == hit and self._playback.playing:
            self._playback.pause()
            return
        if entry.media is None or not entry.media.is_file():
            text = self.tr("The recording of “{title}” is not where it was: open it and locate the file.")
            self.services.messages.show("warning", text.format(title=entry.title))
            return
        if self._playback.path != entry.media:
            self._playback.open(entry.media, entry.duration)
        self._hit = hit
        self._playback.play_stretch(hit.start, hit.end)

    def _on_playback_changed(self) -> None:
        in_list = self._stack.currentWidget() is self.list
        self.list.model.set_playing(self._hit if in_list and self._playback.playing else None)
