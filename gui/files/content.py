"""The widgets of the files page, and what they show."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gui.files.details import Details
from gui.files.drop_target import DropTarget
from gui.files.keeper import FolderMet
from gui.files.page_actions import PageActions
from gui.files.presenter import AddReport, FilesPresenter
from gui.files.queue_list import QueueList
from gui.files.telling import Telling
from gui.files.wording import Wording
from gui.keys import hint
from gui.services import Services
from gui.widgets.flow import FlowLayout
from gui.widgets.icon_button import IconButton
from speechrnn.store.entries import StoredSegment
from speechrnn.store.settings import Settings


class FilesContent(QWidget):
    """The queue at the left, the chosen file at the right, what concerns all files above and below.

    The presenter shows things on it; see `presenter.FilesView`.

    Attributes:
        queue: the list.
        details: of what is chosen.
        target: what is shown while there are no files.
    """

    def __init__(self, services: Services, parent: QWidget) -> None:
        super().__init__(parent)
        self._services = services
        self._wording = Wording(self)
        self.queue = QueueList(services.theme, self._wording, self)
        self.details = Details(services.theme, self._wording, self)
        self.target = DropTarget(services.theme, self)
        self._totals = QLabel(self, wordWrap=True)
        self._totals.setProperty("role", "dim")
        self._elsewhere = QLabel(self.tr("Another window of SpeechRNN works on the queue."), self)
        self._elsewhere.setProperty("role", "warning")
        self._results, self._watched = QPushButton(self), QPushButton(self)
        self._results.setToolTip(self.tr("Change in the settings"))
        self._middle = QStackedWidget(self)
        self._top, self._second = QHBoxLayout(), QHBoxLayout()
        self._telling = Telling(services.messages, self)
        self._presenter: FilesPresenter | None = None
        self._actions: PageActions | None = None
        self._top_buttons: tuple[QWidget, ...] = ()
        self._lay_out()
        services.theme.changed.connect(self.queue.viewport().update)
        services.settings.changed.connect(self.show_settings)
        self.show_settings(services.settings.current)

    def join(self, page: QWidget, presenter: FilesPresenter) -> PageActions:
        """Lets buttons, menus and keys do something.

        Args:
            page: in which keys work.
            presenter: has the actions.

        Returns:
            The actions with keys.
        """
        self._presenter = presenter
        actions = self._actions = PageActions(page, self._services, self.queue, presenter.actions)
        self._add_top_buttons(actions)
        by_name = actions.by_name
        self.target.add.clicked.connect(by_name["add"].trigger)
        self.target.add_folder.clicked.connect(by_name["add_folder"].trigger)
        self.target.watch.clicked.connect(by_name["watch"].trigger)
        queue, details = self.queue, self.details
        queue.chosen_changed.connect(self._on_chosen)
        queue.rows.moved.connect(presenter.actions.move_before)
        queue.buttons.toggle_wanted.connect(lambda job_id: presenter.actions.toggle([job_id]))
        queue.buttons.remove_wanted.connect(lambda job_id: presenter.actions.remove([job_id]))
        queue.customContextMenuRequested.connect(lambda place: self._open_menu(actions, place))
        queue.open_wanted.connect(by_name["open"].trigger)
        for signal, name in (
            (details.open_wanted, "open"),
            (details.toggle_wanted, "toggle"),
            (details.cancel_wanted, "cancel"),
            (details.again_wanted, "again"),
            (details.results_wanted, "results"),
        ):
            signal.connect(by_name[name].trigger)
        details.track_wanted.connect(actions.restart)
        actions.answered.connect(details.show_track)
        return actions

    def show_queue(self, presenter: FilesPresenter) -> None:
        """Shows the rows as they are now."""
        self.queue.show_rows(presenter.rows)
        chosen = self.queue.chosen()
        self.details.show_rows(chosen)
        self._totals.setText(self._wording.totals(presenter.totals))
        self._elsewhere.setVisible(not presenter.working and presenter.listed)
        if presenter.rows or presenter.listed or not presenter.working:
            self._show_middle(1 if presenter.rows else 0)
        for button in self._top_buttons:
            # The empty page has its own ways to add files, and nothing to pause.
            button.setVisible(bool(presenter.rows))
        if self._actions is not None:
            self._actions.show(presenter.rows, chosen)

    def show_added(self, report: AddReport) -> None:
        """Tells what was not added, and chooses the first that was."""
        if self._presenter is not None:
            actions = self._presenter.actions
            self._telling.added(report, lambda paths: actions.add(paths, again=True))
        if report.ids and not self.queue.chosen():
            self.queue.choose(report.ids[0])

    def show_folder_met(self, event: FolderMet) -> None:
        """Tells that a folder is watched from now on."""
        if self._presenter is not None:
            self._telling.met(event, self._presenter.actions.add)

    def show_trouble(self, text: str) -> None:
        """Tells that something could not be done."""
        self._telling.trouble(text)

    def show_text(self, segments: Sequence[StoredSegment]) -> None:
        """Adds text of the chosen file."""
        self.details.show_text(segments)

    def clear_text(self) -> None:
        """Takes the text of the chosen file away."""
        self.details.text.clear()

    def show_settings(self, settings: Settings) -> None:
        """Says what will be written, and which folders are watched."""
        files = settings.files
        if files.formats:
            place = self.tr("beside each recording") if files.beside else self.tr("in the exports folder")
            names = ", ".join(name.upper() for name in files.formats)
            self._results.setText(self.tr("Results: {names}, {place}").format(names=names, place=place))
        else:
            self._results.setText(self.tr("Results: in the library only"))
        n = len(files.watch_folders)
        self._watched.setText(self.tr("Watching %n folder(s)", "", n))
        folders = "\n".join(map(str, files.watch_folders))
        self._watched.setToolTip(f"{folders}\n{self.tr('Change in the settings')}")
        self._watched.setVisible(n > 0)

    def _add_top_buttons(self, actions: PageActions) -> None:
        theme, by_name = self._services.theme, actions.by_name
        pause = by_name["toggle_all"]
        toggle = IconButton(theme, "pause", pause.text(), action=pause, with_text=True)

        def show_toggle() -> None:
            toggle.set_icon("pause" if actions.pauses_all else "play", pause.text())

        pause.changed.connect(show_toggle)
        clear = IconButton(theme, "tick", self.tr("Clear done"), action=by_name["clear_done"], with_text=True)
        add = QPushButton(self.tr("Add files…"), self)
        add.setProperty("kind", "primary")
        add.setToolTip(hint(self.tr("Add files to the queue"), by_name["add"]))
        add.clicked.connect(by_name["add"].trigger)
        more = IconButton(theme, "more", self.tr("More ways to add files"))
        menu = QMenu(more)
        menu.addActions([by_name["add_folder"], by_name["watch"]])
        more.setMenu(menu)
        more.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)
        self._top_buttons = (toggle, clear, add, more)
        for row, buttons in ((self._top, (add, more)), (self._second, (toggle, clear))):
            for button in buttons:
                row.addWidget(button)
            # What stands beside them stays where it is when they come.
            row.addStrut(max(button.sizeHint().height() for button in buttons))

    def _lay_out(self) -> None:
        title = QLabel(self.tr("Files"), self)
        title.setProperty("role", "title")
        self._top.addWidget(title)
        self._top.addStretch(1)
        self._second.addWidget(self._totals, 1)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(self.queue)
        split.addWidget(self.details)
        split.setChildrenCollapsible(False)
        # Before anyone has moved the border, both have the same room.
        split.setSizes([1000, 1000])
        self._middle.addWidget(self.target)
        self._middle.addWidget(split)
        self._middle.addWidget(QWidget(self))
        self._middle.setCurrentIndex(2)  # nothing, until the queue was read
        below = FlowLayout()
        for button in (self._results, self._watched):
            button.setProperty("kind", "quiet")
            # Their words stand in line with all else on the page.
            button.setStyleSheet("QPushButton { padding-left: 0.2em; padding-right: 0.6em; }")
            button.clicked.connect(lambda: self._services.navigation.go("settings", "files"))
            below.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 8)
        column.setSpacing(8)
        column.addLayout(self._top)
        column.addLayout(self._second)
        column.addWidget(self._elsewhere)
        column.addWidget(self._middle, 1)
        column.addLayout(below)
        self.queue.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._elsewhere.hide()

    def _on_chosen(self) -> None:
        chosen = self.queue.chosen()
        self.details.show_rows(chosen)
        if self._presenter is not None:
            self._presenter.choose(chosen[0].job.id if len(chosen) == 1 else None)
            if self._actions is not None:
                self._actions.show(self._presenter.rows, chosen)

    def _show_middle(self, index: int) -> None:
        if self._middle.currentIndex() == index:
            return
        # Work begins there, unless somebody is busy elsewhere in the window already.
        focus = QApplication.focusWidget()
        free = focus is None or self.isAncestorOf(focus)
        self._middle.setCurrentIndex(index)
        if free and self.isVisible():
            (self.queue if index else self.target.add).setFocus()

    def _open_menu(self, actions: PageActions, place: QPoint) -> None:
        if self.queue.chosen():
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            actions.fill_menu(menu)
            menu.popup(self.queue.viewport().mapToGlobal(place))
