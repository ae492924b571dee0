"""What the page tells in the window's bar of messages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from gui.files.keeper import FolderMet
from gui.files.presenter import AddReport
from gui.messages import MessageAction, MessageCentre

Add = Callable[[Sequence[Path]], object]


class Telling(QObject):
    """Puts events into sentences, with what may be done about them."""

    def __init__(self, messages: MessageCentre, parent: QObject) -> None:
        super().__init__(parent)
        self._messages = messages

    def added(self, report: AddReport, add_again: Add) -> None:
        """Tells which files were not added, and why.

        Args:
            report: what became of them.
            add_again: adds files that were transcribed before.
        """
        for text in report.problems:
            self._messages.show("warning", text)
        paths = {
            reason: [skipped.path for skipped in report.skipped if skipped.reason == reason]
            for reason in ("done", "missing", "queued")
        }
        if paths["missing"]:
            missing = paths["missing"]
            one = self.tr("{name} is not there: check the name and the folder.")
            many = self.tr("%n file(s) are not there: check their names and folders.", "", len(missing))
            self._messages.show("warning", _of(missing, one, many))
        if paths["done"]:
            done = tuple(paths["done"])
            one = self.tr("{name} was transcribed before.")
            many = self.tr("%n file(s) were transcribed before.", "", len(done))
            action = MessageAction(text=self.tr("Transcribe again"), run=lambda: add_again(done))
            self._messages.show("info", _of(done, one, many), action)
        if paths["queued"] and not report.ids:
            queued = paths["queued"]
            one = self.tr("{name} is in the queue already.")
            many = self.tr("%n file(s) are in the queue already.", "", len(queued))
            self._messages.show("info", _of(queued, one, many))

    def met(self, event: FolderMet, add: Add) -> None:
        """Tells that a folder is watched, and offers what lies there already.

        Args:
            event: the folder.
            add: adds files.
        """
        name, n = event.folder.name or str(event.folder), len(event.recordings)
        if not n:
            text = self.tr("New recordings in {name} are transcribed from now on.").format(name=name)
            self._messages.show("ok", text)
            return
        there = self.tr("%n lie(s) there already.", "", n)
        text = self.tr("New recordings in {name} are transcribed from now on; {there}")
        action = MessageAction(text=self.tr("Transcribe it too"), run=lambda: add(event.recordings))
        if n > 1:
            action = MessageAction(text=self.tr("Transcribe them too"), run=lambda: add(event.recordings))
        self._messages.show("ok", text.format(name=name, there=there), action)

    def trouble(self, text: str) -> None:
        """Tells that something could not be done."""
        self._messages.show("error", text)


def _of(paths: Sequence[Path], one: str, many: str) -> str:
    return one.format(name=paths[0].name) if len(paths) == 1 else many
