"""The box that says what the program is, which version, and whose work is in it."""

from __future__ import annotations

import platform

import PySide6
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui.build_info import commit, notice
from gui.icons import app_icon
from speechrnn import __version__


class AboutDialog(QDialog):
    """Version, commit and licences."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About SpeechRNN"))
        picture = QLabel()
        side = self.fontMetrics().height() * 4
        picture.setPixmap(app_icon().pixmap(side, side))
        name = QLabel("SpeechRNN")
        name.setProperty("role", "title")
        self._version = QLabel(version_line())
        self._version.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        about = QLabel(
            self.tr(
                "Captions, transcripts, text and music by recurrent networks, on your own computer. Nothing "
                "that you say or open leaves it."
            ),
            wordWrap=True,
        )
        licences = QPlainTextEdit(notice())
        licences.setReadOnly(True)
        licences.setTabChangesFocus(True)
        licences.setAccessibleName(self.tr("Licences"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = QPushButton(self.tr("Copy the version"))
        buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(version_line()))
        buttons.rejected.connect(self.reject)
        words = QVBoxLayout()
        for part in (name, self._version, about):
            words.addWidget(part)
        top = QHBoxLayout()
        top.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(words, 1)
        column = QVBoxLayout(self)
        column.addLayout(top)
        column.addWidget(licences, 1)
        column.addWidget(buttons)
        letter = self.fontMetrics().averageCharWidth()
        self.resize(letter * 105, letter * 75)


def version_line() -> str:
    """Version, commit, Python, Qt and system, for reports."""
    of = commit()
    made = f" ({of})" if of else ""
    return (
        f"SpeechRNN {__version__}{made}, Python {platform.python_version()}, Qt {PySide6.__version__}, "
        f"{platform.system()} {platform.release()} {platform.machine()}"
    )
