"""Editing a transcript in its view: words, lines and speakers, undo and redo.

Every edit is made in the document, one step of undo each; the view follows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from gui.library import edits
from gui.library.document import Change, Document, Edit, Place
from gui.library.field_editing import FieldEditing
from gui.library.marks import nearest
from gui.library.text_input import TextInput
from gui.library.text_view import TranscriptTextView
from speechrnn.transcript.editing import shown_words
from speechrnn.types import Seconds


class TextEditing(QObject):
    """Turns wishes into edits of the view's document.

    Attributes:
        editable: whether anything may be changed.
        field: types in a line.

    Signals:
        refused: () something was to be changed that must not be.
    """

    refused = Signal()

    def __init__(self, view: TranscriptTextView, keys: TextInput) -> None:
        super().__init__(view)
        self._view = view
        self._keys = keys
        self.field = FieldEditing(view)
        self._duration = 0.0
        self.editable = False
        keys.edit_wanted.connect(self.edit_line)
        self.field.merge_wanted.connect(self.merge)

    def set_document(self, document: Document, duration: Seconds) -> None:
        """Works on another transcript, which cannot be edited yet."""
        self._view.set_document(document)
        self._duration = duration
        self.editable = False
        document.changed.append(self._on_changed)

    def edit_line(self, place: Place | None = None, character: int | None = None) -> None:
        """Opens the field of a line, at a character or at the place's word; None for the caret's."""
        place = nearest(self._view.document, place or self._view.marks.caret)
        if place is not None and self._may_edit():
            self.field.leave()
            self.field.open(place, character)

    def apply(self, edit: Edit, caret: Place | None = None) -> None:
        """Makes an edit and puts the caret where it belongs."""
        if self._may_edit():
            self._view.document.apply(edit)
            self._restore_caret(caret or self._view.marks.caret)

    def undo(self) -> None:
        """Takes back the last step: within the field first what was typed since it is open."""
        if not self.field.undo():
            self._step(self._view.document.undo)

    def redo(self) -> None:
        """Makes the step again that was taken back last."""
        self._step(self._view.document.redo)

    def split(self) -> None:
        """Two lines, where the cursor or the caret is."""
        place = self._here()
        if place is None or not edits.can_split(self._view.document, place) or not self._may_edit():
            return
        was_editing = self._view.editing is not None
        self.field.leave()
        below = Place(place.line + 1, 0)
        self.apply(edits.split(self._view.document, place), below)
        if was_editing:
            self.field.open(below, 0)

    def merge(self, number: int | None = None) -> None:
        """One line of line `number` and the next; None for the caret's line, or all lines of a choice."""
        document = self._view.document
        lines = self._view.marks.lines() if number is None else range(number, number + 1)
        if not lines or lines[0] >= len(document.lines) - 1 or not self._may_edit():
            return
        was_editing = self._view.editing is not None
        self.field.leave()
        first = document.lines[lines[0]].segment
        joint, character = Place(lines[0], len(shown_words(first))), len(first.text) + bool(first.text)
        for _ in range(max(len(lines) - 1, 1)):
            document.apply(edits.merge(document, lines[0]))
        self._restore_caret(joint)
        if was_editing:
            self.field.open(joint, character)

    def nudge(self, *, start_s: float = 0.0, end_s: float = 0.0) -> None:
        """The caret's line begins or ends somewhat earlier or later."""
        place = self._here()
        if place is not None:
            document, duration = self._view.document, self._duration
            self.apply(edits.nudge(document, place.line, start_s=start_s, end_s=end_s, duration=duration))
            self.field.rebase()

    def remove_lines(self) -> None:
        """Takes the caret's line, or all lines of the choice, out of the text."""
        self.field.leave()
        lines = self._view.marks.lines()
        if lines:
            self.apply(edits.remove(self._view.document, lines[0], lines[-1]), Place(lines[0], 0))

    def _here(self) -> Place | None:
        return self.field.here() or nearest(self._view.document, self._view.marks.caret)

    def _may_edit(self) -> bool:
        if not self.editable:
            self.refused.emit()
        return self.editable

    def _step(self, step: Callable[[], Edit | None]) -> None:
        self.field.leave()
        edit = step() if self._may_edit() else None
        if edit is not None:
            place = nearest(self._view.document, Place(min(change.at for change in edit.changes), 0))
            if place is not None:
                self._keys.move_to(place)

    def _restore_caret(self, caret: Place | None) -> None:
        place = nearest(self._view.document, caret) if caret is not None else None
        self._view.set_marks(replace(self._view.marks, caret=place, anchor=None))
        if place is not None:
            self._view.show_place(place)
        self._keys.caret_moved.emit()

    def _on_changed(self, changes: Sequence[Change]) -> None:
        marks = self._view.marks
        caret = nearest(self._view.document, marks.caret) if marks.caret is not None else None
        moved = any(len(change.removed) != len(change.inserted) for change in changes)
        # The light finds its word again at the next tick; till then it must not shine on another one.
        self._view.set_marks(replace(marks, lit=None if moved else marks.lit, caret=caret))
