"""All that can be done on the files page: for its buttons, the menu of a row, and the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox, QWidget

from gui.files.actions import FileActions
from gui.files.queue_list import QueueList
from gui.files.rows import Row
from gui.services import Services
from speechrnn.store.recordings import MEDIA_SUFFIXES


class PageActions(QObject):
    """The actions of the page and of the chosen rows.

    Attributes:
        by_name: "add", "add_folder", "watch", "toggle_all", "clear_done"; and of the chosen rows "open",
            "toggle", "cancel", "again", "results", "up", "down", "remove".
        pauses_all: whether "toggle_all" pauses; else it lets all go on.

    Signals:
        answered: whether a file shall begin anew.
    """

    answered = Signal()

    def __init__(self, page: QWidget, services: Services, queue: QueueList, actions: FileActions) -> None:
        super().__init__(page)
        self._page, self._services, self._queue, self._actions = page, services, queue, actions
        self._rows: Sequence[Row] = ()
        self.by_name: dict[str, QAction] = {}
        self.pauses_all = True
        self._make(page, "add", self.tr("Add files…"), "Ctrl+O", self._add)
        self._make(page, "add_folder", self.tr("Add a folder…"), "Ctrl+Shift+O", self._add_folder)
        self._make(page, "watch", self.tr("Watch a folder…"), "", self._watch)
        self._make(page, "toggle_all", self.tr("Pause all"), "Ctrl+P", self._toggle_all)
        self._make(page, "clear_done", self.tr("Clear done"), "Ctrl+Shift+Delete", actions.clear_done)
        for name, text, key, run in (
            ("open", self.tr("Open in library"), "Return", self._open),
            ("toggle", self.tr("Pause"), "Space", lambda: actions.toggle(self._ids())),
            ("cancel", self.tr("Cancel"), "Ctrl+Backspace", lambda: actions.cancel(self._ids())),
            ("again", self.tr("Transcribe again…"), "Ctrl+R", lambda: self.restart(None)),
            ("results", self.tr("Show results in their folder"), "Ctrl+Shift+R", self._show_results),
            ("up", self.tr("Move up"), "Alt+Up", lambda: actions.move(self._ids(), -1)),
            ("down", self.tr("Move down"), "Alt+Down", lambda: actions.move(self._ids(), 1)),
            ("remove", self.tr("Remove from the queue"), "Delete", lambda: actions.remove(self._ids())),
        ):
            self._make(queue, name, text, key, run)
        self.show((), ())

    def show(self, rows: Sequence[Row], chosen: Sequence[Row]) -> None:
        """Lets only what applies be done.

        Args:
            rows: of the queue.
            chosen: those that the user has chosen.
        """
        self._rows = rows
        one = chosen[0] if len(chosen) == 1 else None
        can_pause = any(row.can_pause for row in chosen)
        toggle = self.by_name["toggle"]
        toggle.setText(self.tr("Pause") if can_pause else self.tr("Go on"))
        for name, applies in (
            ("open", one is not None and one.n_words > 0),
            ("toggle", can_pause or any(row.can_resume for row in chosen)),
            ("cancel", any(row.can_cancel for row in chosen)),
            ("again", one is not None and one.status in ("done", "failed", "cancelled", "paused")),
            ("results", one is not None and bool(one.results)),
            ("up", bool(chosen)),
            ("down", bool(chosen)),
            ("remove", bool(chosen)),
            ("clear_done", any(row.status == "done" for row in rows)),
        ):
            self.by_name[name].setEnabled(applies)
        all_ = self.by_name["toggle_all"]
        any_paused = any(row.status == "paused" for row in rows)
        any_to_pause = any(row.can_pause for row in rows)
        self.pauses_all = any_to_pause or not any_paused
        all_.setText(self.tr("Pause all") if self.pauses_all else self.tr("Go on with all"))
        all_.setEnabled(any_to_pause or any_paused)

    def fill_menu(self, menu: QMenu) -> None:
        """Puts what can be done with the chosen rows into a menu."""
        for names in (("open", "results"), ("toggle", "cancel", "again"), ("up", "down"), ("remove",)):
            for name in names:
                menu.addAction(self.by_name[name])
            menu.addSeparator()

    def restart(self, track: int | None) -> None:
        """Lets the chosen file begin anew, and asks first where it has text.

        Args:
            track: its audio track from now on; None for that of before.
        """
        chosen = self._queue.chosen()
        if len(chosen) != 1:
            return
        row = chosen[0]
        job_id = row.job.id
        if not row.n_words and not row.done_s:
            self._actions.restart(job_id, track=track)
            return
        box = QMessageBox(self._page)
        box.setIcon(QMessageBox.Icon.Question)
        box.setText(self.tr("Transcribe {name} again?").format(name=row.job.title))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setInformativeText(self.tr("The text that is there, with all corrections, is replaced."))
        again = box.addButton(self.tr("Replace the text"), QMessageBox.ButtonRole.DestructiveRole)
        keep = box.addButton(self.tr("Keep it"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.setEscapeButton(keep)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.finished.connect(
            lambda: self._actions.restart(job_id, track=track) if box.clickedButton() is again else None
        )
        box.finished.connect(self._on_answered)
        box.open()

    def _on_answered(self, _result: int) -> None:
        self.answered.emit()

    def _make(self, owner: QWidget, name: str, text: str, key: str, run: Callable[[], object]) -> None:
        self.by_name[name] = self._services.keys.add(owner, f"files.{name}", text, key, run)

    def _ids(self) -> list[int]:
        return [row.job.id for row in self._queue.chosen()]

    def _add(self) -> None:
        kinds = " ".join(f"*{suffix}" for suffix in sorted(MEDIA_SUFFIXES))
        media, anything = self.tr("Audio and video"), self.tr("All files")
        filters = f"{media} ({kinds});;{anything} (*)"
        names, _ = QFileDialog.getOpenFileNames(self._page, self.tr("Add files"), "", filters)
        self._actions.add([Path(name) for name in names])

    def _add_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self._page, self.tr("Add a folder"))
        self._actions.add([Path(name)] if name else [])

    def _watch(self) -> None:
        name = QFileDialog.getExistingDirectory(self._page, self.tr("Watch a folder"))
        store = self._services.settings
        folders = store.current.files.watch_folders
        if name and Path(name) not in folders:
            store.change("files", watch_folders=(*folders, Path(name)))

    def _toggle_all(self) -> None:
        ids = [row.job.id for row in self._rows if row.can_pause]
        if ids:
            self._actions.pause(ids)
        else:
            self._actions.resume([row.job.id for row in self._rows if row.status == "paused"])

    def _open(self) -> None:
        chosen = self._queue.chosen()
        if len(chosen) == 1 and chosen[0].n_words:
            self._services.navigation.go("library", chosen[0].job.id)

    def _show_results(self) -> None:
        chosen = self._queue.chosen()
        if len(chosen) == 1 and chosen[0].results:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(chosen[0].results[0].parent)))
