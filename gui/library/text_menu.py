"""The menu of the text of a transcript, and the questions it asks about speakers."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QInputDialog, QMenu

from gui.library import edits
from gui.library.actions import ActionTable
from gui.library.document import Place
from gui.library.doubt_walk import DoubtWalk
from gui.library.text_editing import TextEditing
from gui.library.text_view import TranscriptTextView

_ACTIONS = ("play_from", "loop", "", "edit", "split", "merge", "remove", "", "copy", "copy_all", "clip")


class TextMenu(QObject):
    """Opens where the user asks for it."""

    def __init__(
        self, view: TranscriptTextView, actions: ActionTable, editing: TextEditing, walk: DoubtWalk
    ) -> None:
        super().__init__(view)
        self._view = view
        self._actions = actions
        self._editing = editing
        self._walk = walk

    def open(self, place: Place | None, point: QPoint) -> None:
        """Shows the menu of a word, or of the text alone."""
        menu = QMenu(self._view)
        document = self._view.document
        if place is not None and document.lines[place.line].segment.text and self._editing.editable:
            self._walk.fill_alternatives(menu, place)
            menu.addSeparator()
        for name in _ACTIONS:
            if name:
                menu.addAction(self._actions[name])
            else:
                menu.addSeparator()
        speakers = menu.addMenu(self.tr("Speaker"))
        speakers.setEnabled(place is not None and self._editing.editable)
        self.fill_speakers(speakers)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(point)

    def open_speakers(self) -> None:
        """Shows the speakers below the caret's word."""
        caret = self._view.marks.caret
        if caret is None:
            return
        menu = QMenu(self._view)
        self.fill_speakers(menu)
        menu.aboutToHide.connect(menu.deleteLater)
        corner = self._view.rectangle(caret).bottomLeft().toPoint()
        menu.popup(self._view.viewport().mapToGlobal(corner))
        menu.setActiveAction(menu.actions()[0])

    def fill_speakers(self, menu: QMenu) -> None:
        """Puts all names into a menu, and ways to a new one and to other names."""
        document = self._view.document
        marks = self._view.marks
        here = document.lines[marks.caret.line].speaker if marks.caret is not None else None
        for number, name in enumerate(document.speakers(), start=1):
            shown = name.replace("&", "&&")
            action = menu.addAction(f"&{number}  {shown}" if number < 10 else shown)
            action.setCheckable(True)
            action.setChecked(name == here)
            action.triggered.connect(lambda _=False, name=name: self._name(name))
        menu.addAction(self.tr("Somebody else…")).triggered.connect(self._ask_name)
        if here is not None:
            menu.addAction(self.tr("Nobody")).triggered.connect(lambda: self._name(None))
            menu.addSeparator()
            rename = self.tr("Rename “{name}” everywhere…").format(name=here.replace("&", "&&"))
            menu.addAction(rename).triggered.connect(lambda: self._ask_rename(here))

    def _name(self, name: str | None) -> None:
        """Gives the lines of the choice, or the caret's, to a speaker."""
        self._editing.field.leave()
        self._editing.apply(edits.name_speaker(self._view.document, self._view.marks.lines(), name))

    def _ask_name(self) -> None:
        dialog = self._dialog(self.tr("Speaker"), self.tr("Who speaks here?"), "")
        dialog.textValueSelected.connect(self._name)
        dialog.open()

    def _ask_rename(self, old: str) -> None:
        label = self.tr("Name of “{name}” in the whole transcript").format(name=old)
        dialog = self._dialog(self.tr("Rename speaker"), label, old)
        dialog.textValueSelected.connect(
            lambda new: self._editing.apply(edits.rename_speaker(self._view.document, old, new))
        )
        dialog.open()

    def _dialog(self, title: str, label: str, value: str) -> QInputDialog:
        dialog = QInputDialog(self._view)
        dialog.setWindowTitle(title)
        dialog.setLabelText(label)
        dialog.setTextValue(value)
        dialog.finished.connect(dialog.deleteLater)
        return dialog
