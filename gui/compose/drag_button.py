"""A handle that drags the tune out of the window as a file, made when the drag begins to be wanted."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from gui.compose.tune_files import Content, TuneFormat, file_name
from gui.theme import ThemeSource
from gui.widgets.icon_button import IconButton
from gui.worker import Workers

Give = Callable[[], Content | None]


class DragButton(IconButton):
    """Pressing writes the file in a worker; dragging takes it along. A click alone says what to do.

    Signals:
        clicked_only: it was not dragged.
        failed: (object) why there is no file.
    """

    clicked_only = Signal()
    failed = Signal(object)

    def __init__(
        self, theme: ThemeSource, text: str, workers: Workers, content: Give, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "midi", text, parent=parent)
        self._workers, self._content = workers, content
        self._folder = tempfile.TemporaryDirectory(prefix="speechrnn-drag-", ignore_cleanup_errors=True)
        self._pressed_at: QPoint | None = None
        self._path: Path | None = None
        self._dragging = False
        self.clicked.connect(self._on_clicked)
        folder = self._folder
        self.destroyed.connect(folder.cleanup)

    @property
    def path(self) -> Path | None:
        """The file that a drag would take along."""
        return self._path

    def prepare(self, name: TuneFormat = "midi") -> None:
        """Writes the file; a drag follows when the pointer moves on."""
        content = self._content()
        self._path = None
        if content is None:
            return
        path = Path(self._folder.name) / file_name(content.piece, name)

        def job(_stop: threading.Event) -> Iterator[Path]:
            path.write_bytes(content.to_bytes(name))
            yield path

        self._workers.start(job, on_item=self._on_ready, on_failed=self.failed.emit)

    def mime_data(self) -> QMimeData | None:
        """What a drag takes along; None while there is no file."""
        if self._path is None:
            return None
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(self._path))])
        return data

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A drag may begin."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at, self._dragging = event.position().toPoint(), False
            self.prepare()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Begins the drag once the pointer has moved and the file is there."""
        far = QApplication.startDragDistance()
        if self._pressed_at is None or self._dragging:
            return
        if (event.position().toPoint() - self._pressed_at).manhattanLength() < far:
            return
        data = self.mime_data()
        if data is not None:
            self._dragging, self._pressed_at = True, None
            self.setDown(False)
            drag = QDrag(self)
            drag.setMimeData(data)
            drag.setPixmap(self.icon().pixmap(self.iconSize()))
            drag.exec(Qt.DropAction.CopyAction)

    def _on_ready(self, path: Path) -> None:
        self._path = path

    def _on_clicked(self) -> None:
        if not self._dragging:
            self.clicked_only.emit()
