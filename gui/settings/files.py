"""The section of transcribing recordings: what is written, where, under which name, and watched folders."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gui.services import Services
from gui.settings.fields import Row
from gui.settings.presenter import SettingsPresenter
from gui.settings.section import Section
from speechrnn.errors import ConfigError
from speechrnn.store.export_names import VARIABLES, ExportFields, export_name
from speechrnn.transcript.formats import FORMATS

_COLUMNS = 4  # of the formats
_EXAMPLE = ExportFields(name="Interview", created=datetime(2026, 3, 1, 9, 30), model="asr-en")


class FilesSection(Section):
    """Transcription of recordings."""

    name = "files"

    def __init__(self, services: Services, presenter: SettingsPresenter) -> None:
        super().__init__(services, presenter)
        self.set_title(self.tr("Files"))
        self._add_formats()
        self._add_place()
        self._add_template()
        self.add_toggle(
            "overwrite",
            self.tr("Replace results that are there"),
            self.tr("Otherwise the new one gets a number behind its name."),
        )
        self.add_toggle(
            "skip_done",
            self.tr("Leave out what is transcribed already"),
            self.tr("A file is known again by its place, its size and its date."),
        )
        self.add_number(
            "n_parallel",
            self.tr("Files at a time"),
            self.tr("Each needs its own copy of the model in memory. More than one rarely is quicker."),
        )
        self._add_watched()

    def _add_formats(self) -> None:
        grid_of = QWidget()
        grid = QGridLayout(grid_of)
        grid.setContentsMargins(0, 0, 0, 0)
        boxes = {name: QCheckBox(name.upper()) for name in FORMATS}
        for number, box in enumerate(boxes.values()):
            grid.addWidget(box, number // _COLUMNS, number % _COLUMNS)

        def show() -> None:
            for name, box in boxes.items():
                box.setChecked(name in self.presenter.value("files", "formats"))

        def change() -> None:
            chosen = tuple(name for name, box in boxes.items() if box.isChecked())
            self.presenter.set("files", "formats", chosen)

        for box in boxes.values():
            box.clicked.connect(change)
        grid_of.setFocusProxy(next(iter(boxes.values())))
        about = self.tr("Written when a file is done. All of them can be made of any transcript later, too.")
        self.add(Row(self.tr("Formats"), grid_of, about), show)

    def _add_place(self) -> None:
        both = QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        beside = QRadioButton(self.tr("Beside the recording"))
        folder = QRadioButton(self.tr("In the folder for exports"))
        group = QButtonGroup(both)
        for button in (beside, folder):
            group.addButton(button)
            column.addWidget(button)
        both.setFocusProxy(beside)
        beside.clicked.connect(lambda: self.presenter.set("files", "beside", True))
        folder.clicked.connect(lambda: self.presenter.set("files", "beside", False))
        self.add(
            Row(self.tr("Place of results"), both, ""),
            lambda: (beside if self.presenter.value("files", "beside") else folder).setChecked(True),
        )

    def _add_template(self) -> None:
        field = QLineEdit()
        field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = Row(self.tr("Name of results"), field, " ")

        def tell(text: str) -> None:
            try:
                example = export_name(text, _EXAMPLE)
            except ConfigError as error:
                row.show_problem(str(error))
                return
            row.show_problem("")
            row.set_about(
                self.tr("For example “{name}”. There are {variables}.").format(
                    name=f"{example}.txt", variables=", ".join(f"{{{name}}}" for name in VARIABLES)
                )
            )
            self.presenter.set("files", "name_template", text)

        def show() -> None:
            if not (field.hasFocus() and row.problem):
                template = self.presenter.value("files", "name_template")
                if field.text() != template:
                    field.setText(template)
                tell(template)

        field.textEdited.connect(tell)
        field.editingFinished.connect(lambda: None if row.problem else show())
        self.add(row, show)

    def _add_watched(self) -> None:
        field = FolderList()
        row = Row(
            self.tr("Watched folders"),
            field,
            self.tr("Recordings that appear in them are transcribed while the program runs."),
        )

        def change(folders: tuple[Path, ...]) -> None:
            self.presenter.set("files", "watch_folders", folders)

        field.changed_by_user.connect(change)
        self.add(row, lambda: field.show_folders(self.presenter.value("files", "watch_folders")))


class FolderList(QWidget):
    """A list of folders with buttons to add and take away.

    Signals:
        changed_by_user: (object) the folders that are wanted: a tuple of Path.
    """

    changed_by_user = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("Watched folders"))
        self._list.setMaximumHeight(self.fontMetrics().lineSpacing() * 6)
        add = QPushButton(self.tr("Add…"))
        add.setAccessibleName(self.tr("Add a watched folder"))
        self._remove = QPushButton(self.tr("Remove"))
        self._remove.setAccessibleName(self.tr("Do not watch the chosen folder any more"))
        buttons = QVBoxLayout()
        buttons.addWidget(add)
        buttons.addWidget(self._remove)
        buttons.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._list, 1)
        row.addLayout(buttons)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(self._list)
        add.clicked.connect(self._on_add)
        self._remove.clicked.connect(self._on_remove)
        self._list.currentRowChanged.connect(lambda chosen: self._remove.setEnabled(chosen >= 0))

    def show_folders(self, folders: tuple[Path, ...]) -> None:
        """Shows the setting."""
        if self.folders() != folders:
            self._list.clear()
            self._list.addItems([str(folder) for folder in folders])
        self._remove.setEnabled(self._list.currentRow() >= 0)

    def folders(self) -> tuple[Path, ...]:
        """What is in the list."""
        return tuple(Path(self._list.item(row).text()) for row in range(self._list.count()))

    def add_folder(self, folder: Path) -> None:
        """Adds a folder that is not there yet."""
        if folder not in self.folders():
            self.changed_by_user.emit((*self.folders(), folder))

    def _on_add(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Watch a folder"))
        if chosen:
            self.add_folder(Path(chosen))

    def _on_remove(self) -> None:
        gone = self._list.currentRow()
        self.changed_by_user.emit(tuple(f for row, f in enumerate(self.folders()) if row != gone))
