"""The train page: the trainings at the left, and the one that is chosen, or the form for a new one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gui.files.dropping import dropped_paths
from gui.files.relay import JobStarter
from gui.messages import MessageAction
from gui.page import Page
from gui.services import Services
from gui.train.form import TrainForm
from gui.train.presenter import TrainPresenter
from gui.train.process import Ended
from gui.train.run_view import RunView
from gui.train.wording import Wording
from speechrnn.bundles.catalog import user_root

_FOLDER = "training"  # beside the library
_LOOK_AGAIN_MS = 2000
_LIST_WIDTH = 26  # letters


class TrainPage(Page):
    """Trains networks of the user's own.

    Attributes:
        form: the form for a new one.
        run: the one that is shown.
        runs: the list of them.
        presenter: state and actions.
    """

    id = "train"
    icon = "train"

    def __init__(
        self,
        services: Services,
        parent: QWidget | None = None,
        *,
        models: Path | None = None,
        command: Sequence[str] | None = None,
    ) -> None:
        """Makes the page.

        Args:
            services: what the pages share.
            parent: its widget.
            models: where models go; None for the user's folder of models.
            command: starts the program; None for this one.
        """
        super().__init__(services, parent)
        self._wording = Wording(self)
        self._keys = self._make_keys()
        self.form = TrainForm(services.theme, self._wording, self._keys["start"])
        self.run = RunView(services.theme, self._wording, self._keys)
        self.new = QPushButton(self.tr("New training"))
        self.runs = QListWidget()
        self._lay_out()
        self.presenter = TrainPresenter(
            folder=services.places.library.parent / _FOLDER,
            models=models or user_root(),
            start=JobStarter(services.workers, self),
            on_change=self._show,
            on_error=services.messages.show_error,
            on_ended=self._tell,
            command=command,
        )
        self.form.join(self.presenter)
        self._look_again = QTimer(self, interval=_LOOK_AGAIN_MS)
        self._look_again.timeout.connect(self.presenter.refresh)
        self.new.clicked.connect(self._keys["new"].trigger)
        self.runs.currentItemChanged.connect(self._on_chosen)
        self.setAcceptDrops(True)
        self._show()

    def title(self) -> str:
        """See `Page`."""
        return self.tr("Train")

    def entered(self) -> None:
        """Reads the trainings and the models."""
        self.presenter.refresh()

    def left(self) -> None:
        """A training goes on; what another process does is not looked at."""
        self._look_again.stop()

    def open(self, target: object) -> None:
        """`Navigation.go("train", folder)` looks through a folder."""
        if isinstance(target, Path):
            self.presenter.select(None)
            self.presenter.look(target)

    def busy(self) -> str | None:
        """A training is stopped politely and kept: nothing to ask."""
        return None

    def stop(self) -> None:
        """The training is asked to stop, as all jobs are; its process ends by itself."""
        self._look_again.stop()
        self.presenter.close()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes one folder or file."""
        if len(dropped_paths(event.mimeData())) == 1:
            self.presenter.select(None)
            self.form.folder.show_over(True)
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """It went elsewhere."""
        self.form.folder.show_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Looks through what was dropped."""
        self.form.folder.show_over(False)
        (path,) = dropped_paths(event.mimeData())
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.presenter.look(path)

    def _make_keys(self) -> dict[str, QAction]:
        keys = self.services.keys
        add = partial(keys.add, self)
        return {
            "new": add("train.new", self.tr("New training"), "Ctrl+N", self._on_new),
            "folder": add(
                "train.folder", self.tr("Choose a folder to learn from"), "Ctrl+O", self._on_folder
            ),
            "start": add("train.start", self.tr("Start training"), "Ctrl+Return", self._on_start),
            "stop": add("train.stop", self.tr("Stop the training"), "Ctrl+.", self._on_stop),
            "resume": add("train.resume", self.tr("Resume the training"), "Ctrl+R", self._on_resume),
            "compose": add(
                "train.compose", self.tr("Compose with the model"), "Ctrl+Shift+C", self._on_compose
            ),
            "delete": add("train.delete", self.tr("Delete the training"), "Ctrl+Delete", self._on_delete),
        }

    def _lay_out(self) -> None:
        line = self.fontMetrics().height()
        self.runs.setAccessibleName(self.tr("Trainings"))
        self.runs.setProperty("role", "plain")
        self.runs.setWordWrap(True)
        self.runs.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._left = QWidget()
        self._left.setFixedWidth(self.fontMetrics().averageCharWidth() * _LIST_WIDTH)
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.addWidget(self.new)
        left.addWidget(self.runs, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.form)
        self._stack.addWidget(self.run)
        row = QHBoxLayout(self)
        row.setContentsMargins(line, line, line // 2, line // 2)
        row.setSpacing(line)
        row.addWidget(self._left)
        row.addWidget(self._stack, 1)

    def _show(self) -> None:
        presenter = self.presenter
        self._show_list()
        shown = presenter.shown
        had_focus = self._stack.isAncestorOf(self.focusWidget() or self)
        if shown is None:
            self.form.show_form()
        else:
            self.run.show_run(shown, stopping=self._stopping(shown.name), busy=presenter.busy)
        page = self.form if shown is None else self.run
        if self._stack.currentWidget() is not page:
            self._stack.setCurrentWidget(page)
            if had_focus:
                self._focus_shown()
        if presenter.ending and self.isVisible() and not presenter.busy:
            self._look_again.start()
        else:
            self._look_again.stop()

    def _focus_shown(self) -> None:
        """The focus does not stay on what has gone."""
        if self._stack.currentWidget() is self.form:
            self.form.folder.button.setFocus()
            return
        buttons = (self.run.stop, self.run.resume, self.run.compose, self.run.delete)
        usable = [button for button in buttons if not button.isHidden() and button.isEnabled()]
        (usable[0] if usable else self.runs).setFocus()

    def _show_list(self) -> None:
        presenter, wording = self.presenter, self._wording
        self._left.setVisible(bool(presenter.runs))
        self.runs.blockSignals(True)
        while self.runs.count() > len(presenter.runs):
            self.runs.takeItem(self.runs.count() - 1)
        current = None
        for place, run in enumerate(presenter.runs):
            item = self.runs.item(place)
            if item is None:
                item = QListWidgetItem()
                self.runs.addItem(item)
            words = (wording.state(run, stopping=self._stopping(run.name)), wording.share(run))
            text = f"{run.name}\n{'  ·  '.join(filter(None, words))}"
            if item.text() != text:
                item.setText(text)
            item.setData(Qt.ItemDataRole.UserRole, run.name)
            item.setToolTip(run.name)
            if run.name == presenter.selected:
                current = item
        if current is None:
            self.runs.setCurrentRow(-1)
        else:
            self.runs.setCurrentItem(current)
        self.runs.blockSignals(False)

    def _stopping(self, name: str) -> bool:
        return self.presenter.stopping and name == self.presenter.running

    def _on_chosen(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is not None:
            self.presenter.select(item.data(Qt.ItemDataRole.UserRole))

    def _on_new(self) -> None:
        self.presenter.select(None)
        self.form.folder.button.setFocus()

    def _on_folder(self) -> None:
        self.presenter.select(None)
        self.form.folder.ask()

    def _on_start(self) -> None:
        if self.presenter.selected is None:
            self.form.take_typed()
            wrong = self.presenter.start()
            if wrong is not None:
                self.form.focus(wrong)

    def _on_stop(self) -> None:
        self.presenter.stop()

    def _on_resume(self) -> None:
        if self.presenter.shown is not None:
            self.presenter.resume(self.presenter.shown.name)
            self._focus_shown()

    def _on_compose(self) -> None:
        shown = self.presenter.shown
        if shown is not None and shown.has_model:
            tab = "music" if shown.kind == "folk" else "text"
            self.services.navigation.go("compose", (tab, shown.name))

    def _on_delete(self) -> None:
        shown = self.presenter.shown
        if shown is None or shown.state in ("running", "ending"):
            return
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(self.tr("Delete"))
        box.setText(self.tr("Delete the training “{name}”?").format(name=shown.name))
        box.setInformativeText(
            self.tr("It cannot go on then. Its model stays on the Compose page.")
            if shown.has_model
            else self.tr("It cannot go on then, and it has made no model yet.")
        )
        delete = box.addButton(self.tr("Delete"), QMessageBox.ButtonRole.DestructiveRole)
        delete.setProperty("kind", "danger")
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        name = shown.name
        box.buttonClicked.connect(lambda button: self.presenter.delete(name) if button is delete else None)
        box.finished.connect(box.deleteLater)
        box.open()

    def _tell(self, name: str, ended: Ended) -> None:
        """Says how a training ended to whoever is elsewhere by now."""
        if self.isVisible():
            return
        messages = self.services.messages
        show = MessageAction(text=self.tr("Show"), run=lambda: self.services.navigation.go(self.id))
        if ended.state == "finished":
            messages.show(
                "ok", self.tr("“{name}” is trained and on the Compose page.").format(name=name), show
            )
        elif ended.state == "failed":
            text = self.tr("The training of “{name}” broke off: {why}").format(name=name, why=ended.told)
            messages.show("error", text, show)
