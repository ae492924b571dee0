"""What the list of the library asks before it changes anything. The questions do not block."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QFile, QObject
from PySide6.QtWidgets import QCheckBox, QInputDialog, QMessageBox, QWidget

from speechrnn.errors import OutputError
from speechrnn.store.entries import Entry


class Questions(QObject):
    """Asks over a window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    def ask_title(self, entry: Entry, answered: Callable[[str], object]) -> None:
        """Asks for another title; `answered` is called with one that is not empty."""
        dialog = QInputDialog(self._window)
        dialog.setWindowTitle(self.tr("Rename"))
        dialog.setLabelText(self.tr("Title"))
        dialog.setTextValue(entry.title)
        dialog.textValueSelected.connect(lambda title: answered(title.strip()) if title.strip() else None)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def ask_remove(self, entries: Sequence[Entry], answered: Callable[[bool], object]) -> None:
        """Asks whether to delete; `answered` is called with whether the recordings go too."""
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(self.tr("Delete"))
        if len(entries) == 1:
            text = self.tr("Delete “{title}” from the library?").format(title=entries[0].title)
        else:
            text = self.tr("Delete %n entries from the library?", "", len(entries))
        box.setText(text)
        box.setInformativeText(self.tr("The text cannot be brought back."))
        media = [entry.media for entry in entries if entry.media is not None]
        check = QCheckBox(self._media_text(media), box)
        if media:
            box.setCheckBox(check)
        check.setVisible(bool(media))
        delete = box.addButton(self.tr("Delete"), QMessageBox.ButtonRole.DestructiveRole)
        delete.setProperty("kind", "danger")
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.buttonClicked.connect(
            lambda button: answered(bool(media) and check.isChecked()) if button is delete else None
        )
        box.finished.connect(box.deleteLater)
        box.open()

    def _media_text(self, media: Sequence[Path]) -> str:
        if len(media) == 1:
            return self.tr("Move the recording to the bin too:\n{path}").format(path=media[0])
        return self.tr("Move the %n recordings to the bin too", "", len(media))


def to_bin(media: Path) -> None:
    """Moves a recording to the bin of the desktop.

    Raises:
        OutputError: there is no bin for that disk, or the file cannot be moved.
    """
    moved = QFile.moveToTrash(str(media))
    if not (moved[0] if isinstance(moved, tuple) else moved):
        raise OutputError(
            f"{media} cannot be moved to the bin: close the program that plays it, or delete it by hand and "
            "keep the recording when you delete the entry"
        )
