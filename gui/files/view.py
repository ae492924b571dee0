"""The files page: recordings in, transcripts out, one file after another."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.files.content import FilesContent
from gui.files.dropping import WindowDrop
from gui.files.presenter import FilesPresenter
from gui.files.relay import JobStarter
from gui.page import Page
from gui.services import Services
from speechrnn.store.settings import Settings

_TICK_MS = 250


class FilesPage(Page):
    """The page.

    `Navigation.go("files", target)` adds files: `target` is a path or a sequence of paths.

    Attributes:
        content: the widgets.
        presenter: state and actions.
        keys: the actions with keys.
    """

    id = "files"
    icon = "files"

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, parent)
        self._drop: WindowDrop | None = None
        self.content = FilesContent(services, self)
        self.presenter = FilesPresenter(
            self.content,
            opener=services.library,
            library=services.places.library,
            borrow=services.recognizers.borrow,
            start=JobStarter(services.workers, self),
            settings=lambda: services.settings.current,
            exports=services.places.exports,
        )
        self.keys = self.content.join(self, self.presenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.content)
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self.presenter.tick)
        services.settings.changed.connect(self._on_settings_changed)
        self.presenter.open()
        # Files can be dropped wherever in the window; it is there when it is put together.
        QTimer.singleShot(0, self, self._watch_window)

    def title(self) -> str:
        """See `Page`."""
        return self.tr("Files")

    def entered(self) -> None:
        """Reads the list, since other pages change it, too."""
        self.presenter.refresh()
        self._timer.start()

    def left(self) -> None:
        """Progress is not shown to nobody."""
        self._timer.stop()

    def open(self, target: object) -> None:
        """Adds files."""
        paths = target if isinstance(target, list | tuple) else (target,)
        self.presenter.actions.add([path for path in paths if isinstance(path, Path)])

    def busy(self) -> str | None:
        """What runs; nothing of it is lost."""
        if not self.presenter.totals.n_running:
            return None
        return self.tr("Files are being transcribed. They go on where they are when the app is opened again.")

    def stop(self) -> None:
        """Lets all that runs wait for the next start."""
        self._timer.stop()
        self.presenter.stop()

    def _watch_window(self) -> None:
        window = self.window()
        if window is not self and self._drop is None:
            self._drop = WindowDrop(window, self.services.theme, self.tr("Drop to transcribe"))
            self._drop.dropped.connect(self._on_dropped)

    def _on_dropped(self, paths: Sequence[Path]) -> None:
        self.presenter.actions.add(paths)
        self.services.navigation.go(self.id)

    def _on_settings_changed(self, settings: Settings) -> None:
        """More files may run side by side now."""
        self.presenter.refresh()
