"""The section of folders: where recordings and results go, and where the program keeps its own files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QWidget

from gui.crash import log_folder
from gui.services import Services
from gui.settings.fields import Row
from gui.settings.presenter import SettingsPresenter
from gui.settings.section import Section


class FoldersSection(Section):
    """Where things go."""

    name = "folders"

    def __init__(self, services: Services, presenter: SettingsPresenter) -> None:
        super().__init__(services, presenter)
        self.set_title(self.tr("Folders"))
        where = services.places
        self._add_choice_of("recordings", self.tr("Recordings of live sessions"), where.recordings)
        self._add_choice_of("exports", self.tr("Exports of transcripts"), where.exports)
        self._add_fixed(
            self.tr("Library"), where.library, self.tr("All transcripts and what belongs to them.")
        )
        self._add_fixed(self.tr("Settings file"), where.settings.parent, "")
        self._add_fixed(
            self.tr("Log"), log_folder(), self.tr("What went wrong, for a report. It stays on this computer.")
        )

    def _add_choice_of(self, name: str, label: str, default: Path) -> None:
        line = FolderLine(label)
        line.field.setPlaceholderText(str(default))
        row = Row(label, line, self.tr("Empty for the usual folder. It is made when something is written."))

        def take(text: str) -> None:
            row.show_problem(self.words(self.presenter.set_folder("folders", name, text)))

        def choose() -> None:
            chosen = QFileDialog.getExistingDirectory(self, label, str(current()))
            if chosen:
                line.field.setText(chosen)
                take(chosen)

        def current() -> Path:
            chosen: Path | None = self.presenter.value("folders", name)
            return chosen or default

        def show() -> None:
            if not row.problem:
                line.field.setText(str(self.presenter.value("folders", name) or ""))

        line.field.editingFinished.connect(lambda: take(line.field.text()))
        line.choose.clicked.connect(choose)
        line.open.clicked.connect(lambda: self._open(current()))
        self.add(row, show)

    def _add_fixed(self, label: str, folder: Path, about: str) -> None:
        line = FolderLine(label)
        line.field.setText(str(folder))
        line.field.setReadOnly(True)
        line.choose.hide()
        line.open.clicked.connect(lambda: self._open(folder))
        self.add(Row(label, line, about))

    def _open(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self.services.messages.show("info", self.tr("The folder is {folder}.").format(folder=folder))


class FolderLine(QWidget):
    """A path with buttons.

    Attributes:
        field: the path.
        choose: asks for another one.
        open: shows it in the system's file manager.
    """

    def __init__(self, label: str) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.field.setAccessibleName(label)
        self.choose = QPushButton(self.tr("Choose…"))
        self.choose.setAccessibleName(self.tr("Choose: {folder}").format(folder=label))
        self.open = QPushButton(self.tr("Open"))
        self.open.setAccessibleName(self.tr("Open: {folder}").format(folder=label))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.field, 1)
        row.addWidget(self.choose)
        row.addWidget(self.open)
        self.setFocusProxy(self.field)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
