"""The settings while the app runs: one value, told to all when it changes, saved a moment later."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from gui.worker import Workers
from speechrnn.errors import SpeechRnnError
from speechrnn.store.settings import Settings
from speechrnn.store.settings_file import save_settings

_SAVE_AFTER_MS = 400  # a slider that is dragged writes one file, not fifty


class SettingsStore(QObject):
    """The one owner of the settings in the app.

    Attributes:
        current: the settings in force.

    Signals:
        changed: (object) the new `Settings`.
        failed: (object) why they could not be saved.
    """

    changed = Signal(object)
    failed = Signal(object)

    def __init__(
        self, path: Path, settings: Settings, workers: Workers, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.current = settings
        self._path = path
        self._workers = workers
        self._saved = settings
        self._saving = self._again = False
        self._timer = QTimer(self, singleShot=True, interval=_SAVE_AFTER_MS)
        self._timer.timeout.connect(self._save)

    def change(self, section: str, **values: Any) -> None:
        """Changes settings of one section.

        Args:
            section: such as "live".
            values: new values by name, such as `font_pt=30`.

        Raises:
            ConfigError: a value is out of range; nothing was changed.
        """
        self.replace(replace(self.current, **{section: replace(getattr(self.current, section), **values)}))

    def replace(self, settings: Settings) -> None:
        """Takes other settings."""
        if settings != self.current:
            self.current = settings
            self._timer.start()
            self.changed.emit(settings)

    def flush(self) -> None:
        """Saves at once and waits for it, for the last moments of the app."""
        self._timer.stop()
        if self.current != self._saved:
            try:
                save_settings(self.current, self._path)
                self._saved = self.current
            except SpeechRnnError as error:
                self.failed.emit(error)

    def _save(self) -> None:
        if self._saving:
            self._again = True
            return
        self._saving, self._again = True, False
        self._workers.start(
            _save_job(self.current, self._path),
            on_item=self._on_saved,
            on_failed=self.failed.emit,
            on_ended=self._on_save_ended,
        )

    def _on_saved(self, settings: Settings) -> None:
        self._saved = settings

    def _on_save_ended(self) -> None:
        self._saving = False
        if self._again:
            self._timer.start()


def _save_job(settings: Settings, path: Path) -> Any:
    def job(_stop: threading.Event) -> Iterator[Settings]:
        save_settings(settings, path)
        yield settings

    return job
