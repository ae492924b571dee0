"""The window: the pages, the rail to go between them, and an orderly end.

Closing asks if a page is busy, then tells all pages and workers to stop, and goes when the last has ended:
the window answers all the while.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QByteArray, QSettings, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QMainWindow,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from gui.crash import log_folder
from gui.keys import EVERYWHERE
from gui.keys_dialog import KeysDialog
from gui.page import Page
from gui.page_stack import PageSpec, PageStack
from gui.rail import Rail
from gui.services import Services
from gui.widgets.message_bar import MessageBar

_FIRST_SIZE = QSize(1180, 760)
_STILL_MS = 3000  # after that the user wants to know what takes so long


class MainWindow(QMainWindow):
    """All pages in one window.

    Signals:
        closed: all has ended; the app may go.
    """

    closed = Signal()

    def __init__(self, services: Services, specs: Sequence[PageSpec], memory: QSettings) -> None:
        """Makes the window and the page that is in sight first.

        Args:
            services: what the pages share.
            specs: the pages in the order of the rail.
            memory: keeps place, size and page of the window.
        """
        super().__init__()
        self._services = services
        self._memory = memory
        self._stopping = False
        self._still = QTimer(self, singleShot=True, interval=_STILL_MS)
        self._still.timeout.connect(self._say_still_stopping)
        self.setWindowTitle("SpeechRNN")
        self._rail = Rail(services)
        self._stack = PageStack(services, specs)
        self._messages = MessageBar(services.theme)
        self._lay_out()
        self._add_pages()
        self._add_keys()
        services.messages.shown.connect(self._messages.show_message)
        services.navigation.wanted.connect(self.go)
        services.workers.idle.connect(self._on_idle)
        self._rail.chosen.connect(self.go)
        self._restore()

    @property
    def page(self) -> Page | None:
        """The page in sight."""
        return self._stack.current

    @property
    def stack(self) -> PageStack:
        """The pages."""
        return self._stack

    @property
    def stopping(self) -> bool:
        """Whether the end has begun."""
        return self._stopping

    def go(self, page_id: str, target: object = None) -> None:
        """Shows a page, and what is wanted there."""
        wanted = self._stack.page(page_id)
        if wanted is None:
            return
        shown = self.page
        if wanted is not shown or not self._rail.is_current(page_id):
            if shown is not None and wanted is not shown:
                shown.left()
            on_rail = self._rail.isAncestorOf(self.focusWidget() or self)
            self._stack.setCurrentWidget(wanted)
            self._rail.set_current(page_id)
            wanted.entered()
            if not on_rail:
                _focus_in(wanted)
        if target is not None:
            wanted.open(target)

    def bring_to_front(self) -> None:
        """Shows the window where it was minimised or covered."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def showEvent(self, event: QShowEvent) -> None:
        """The focus begins in the page, not on the rail."""
        super().showEvent(event)
        if self.focusWidget() is None and self.page is not None:
            _focus_in(self.page)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Asks if a page is busy, and goes when all has ended."""
        if self._stopping and not self._services.workers.n_running:
            event.accept()
            self._still.stop()
            self.closed.emit()
            return
        event.ignore()
        if not self._stopping and self._may_close():
            self._stop()

    def close_unasked(self) -> None:
        """Ends without a question, as a signal of the system asks for."""
        if not self._stopping:
            self._stop()

    def tell_crash(self, what: str) -> None:
        """Says that something failed that should not have."""
        text = self.tr("Something went wrong ({what}). The details are in {folder}.")
        self._services.messages.show("error", text.format(what=what, folder=log_folder()))

    def _lay_out(self) -> None:
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._rail)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        below = QHBoxLayout()
        below.setContentsMargins(12, 0, 12, 0)
        below.addWidget(self._messages)
        column.addLayout(below)
        row.addLayout(column, 1)
        self.setCentralWidget(middle)

    def _add_pages(self) -> None:
        for number, spec in enumerate(self._stack.specs, start=1):
            action = self._services.keys.add(
                self,
                f"{EVERYWHERE}.{spec.id}",
                self.tr("Show the page {page}").format(page=spec.name),
                f"Ctrl+{number}",
                partial(self.go, spec.id),
            )
            self._rail.add(spec, action)

    def _add_keys(self) -> None:
        keys = self._services.keys
        keys.add(self, f"{EVERYWHERE}.keys", self.tr("Show the keys"), "F1", self._show_keys)
        keys.add(self, f"{EVERYWHERE}.quit", self.tr("Quit"), "Ctrl+Q", self.close)
        keys.add(
            self,
            f"{EVERYWHERE}.close_message",
            self.tr("Close the message"),
            "Ctrl+Shift+M",
            self._messages.close_message,
        )
        keys.add(self, f"{EVERYWHERE}.rail", self.tr("Go to the list of pages"), "F6", self._rail.take_focus)

    def _show_keys(self) -> None:
        dialog = KeysDialog(self._services.keys, self.page.id if self.page else "", self)
        dialog.exec()
        dialog.deleteLater()

    def _restore(self) -> None:
        geometry = self._memory.value("window/geometry")
        if not (isinstance(geometry, QByteArray) and self.restoreGeometry(geometry)):
            self.resize(_FIRST_SIZE)
        page = str(self._memory.value("window/page", ""))
        ids = [spec.id for spec in self._stack.specs]
        if ids:
            self.go(page if page in ids else ids[0])

    def _may_close(self) -> bool:
        reasons = [reason for page in self._stack.pages if (reason := page.busy())]
        if not reasons:
            return True
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setText(self.tr("Stop and quit?"))
        box.setInformativeText("\n".join(reasons))
        stop = box.addButton(self.tr("Stop and quit"), QMessageBox.ButtonRole.DestructiveRole)
        stay = box.addButton(self.tr("Keep running"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        box.exec()
        clicked = box.clickedButton()
        box.deleteLater()
        return clicked is stop

    def _stop(self) -> None:
        self._stopping = True
        self._memory.setValue("window/geometry", self.saveGeometry())
        if self.page is not None:
            self._memory.setValue("window/page", self.page.id)
        for dialog in self.findChildren(QDialog):
            dialog.reject()
        for page in self._stack.pages:
            page.stop()
        self._services.workers.stop_all()
        self.setEnabled(False)
        self._still.start()
        if not self._services.workers.n_running:
            self._on_idle()

    def _on_idle(self) -> None:
        if self._stopping:
            # Not from inside the slots of the worker that has just ended, nor from inside `closeEvent`.
            QTimer.singleShot(0, self, self.close)

    def _say_still_stopping(self) -> None:
        if self._services.workers.n_running:
            self._services.messages.show("info", self.tr("Still stopping: what was begun is being finished."))


def _focus_in(page: Page) -> None:
    """Puts the focus where it was in a page, or on its first control: Qt would take any other page's."""
    last = page.focusWidget()
    if last is not None and last.isVisible() and last.isEnabled():
        last.setFocus(Qt.FocusReason.OtherFocusReason)
        return
    control = page.nextInFocusChain()
    while control is not None and control is not page:
        by_tab = control.focusPolicy() & Qt.FocusPolicy.TabFocus
        if by_tab and page.isAncestorOf(control) and control.isVisible() and control.isEnabled():
            control.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        control = control.nextInFocusChain()
