"""Asks where a composed file shall go, and writes it in a worker."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from gui.messages import MessageAction
from gui.services import Services
from speechrnn.store.atomic import write_whole

Content = Callable[[], bytes]


class FileOutput(QObject):
    """One for each tab; remembers the folder."""

    def __init__(self, parent: QWidget, services: Services) -> None:
        super().__init__(parent)
        self._window = parent
        self._services = services
        self._folder: Path | None = None

    def ask(self, name: str, kind: str, content: Content) -> None:
        """Asks for a file; the dialog itself asks before one is replaced.

        Args:
            name: that is proposed, with its suffix.
            kind: of file, for the dialog.
            content: gives its bytes; called in a worker.
        """
        folder = (
            self._folder or self._services.settings.current.folders.exports or self._services.places.exports
        )
        while not folder.is_dir() and folder != folder.parent:
            folder = folder.parent
        suffix = Path(name).suffix
        dialog = QFileDialog(self._window, self.tr("Export"), str(folder / name), f"{kind} (*{suffix})")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix.removeprefix("."))
        dialog.fileSelected.connect(lambda chosen: self.write(Path(chosen), content))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def write(self, path: Path, content: Content) -> None:
        """Writes a file and says so."""
        self._folder = path.parent

        def job(_stop: threading.Event) -> Iterator[Path]:
            write_whole(path, content())
            yield path

        self._services.workers.start(
            job, on_item=self._on_written, on_failed=self._services.messages.show_error
        )

    def _on_written(self, path: Path) -> None:
        def show_folder() -> None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))

        action = MessageAction(text=self.tr("Show folder"), run=show_folder)
        self._services.messages.show("ok", self.tr("{name} is written").format(name=path.name), action)
