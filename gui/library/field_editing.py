"""Typing in a line of the transcript: what is typed is in the document letter by letter.

So a save never comes too late, and undo finds one step for all that was typed in one go.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from gui.library import edits
from gui.library.document import Place
from gui.library.marks import nearest
from gui.library.text_view import TranscriptTextView
from speechrnn.transcript.editing import Line, shown_words


class FieldEditing(QObject):
    """Opens and closes the field of a text view, and keeps what is typed there.

    Signals:
        merge_wanted: (int) the number of a line that is to become one with the next.
    """

    merge_wanted = Signal(int)

    def __init__(self, view: TranscriptTextView) -> None:
        super().__init__(view)
        self._view = view
        self._base: Line | None = None
        self._run = 0
        view.field.typed.connect(self._on_typed)
        view.field.left.connect(self._on_left)
        view.field.merge_wanted.connect(self._on_merge_wanted)

    def open(self, place: Place, character: int | None = None) -> None:
        """Opens the field of a line, at a character or at the place's word."""
        document = self._view.document
        if character is None:
            words = shown_words(document.lines[place.line].segment)
            character = sum(len(word.text) + 1 for word in words[: max(place.word, 0)])
        self._run += 1
        self._base = document.lines[place.line]
        self._view.set_marks(replace(self._view.marks, caret=nearest(document, place), anchor=None))
        self._view.open_field(place.line, character)

    def leave(self) -> None:
        """Closes the field; the caret stays at the word where the cursor was."""
        place = self.here()
        if place is not None:
            self._base = None
            self._view.close_field()
            caret = nearest(self._view.document, place)
            self._view.set_marks(replace(self._view.marks, caret=caret, anchor=None))

    def here(self) -> Place | None:
        """The word that begins at or behind the cursor; None while no field is open."""
        if self._view.editing is None:
            return None
        text, cursor = self._view.field.toPlainText(), self._view.field.textCursor().position()
        before, behind = text[:cursor], text[cursor : cursor + 1]
        within = bool(before) and not before[-1].isspace() and bool(behind) and not behind.isspace()
        return Place(self._view.editing, len(before.split()) - within)

    def rebase(self) -> None:
        """Takes the line as it is now for the one that typing began with, since its times were changed."""
        if self._view.editing is not None:
            self._base = self._view.document.lines[self._view.editing]

    def undo(self) -> bool:
        """Takes back what was typed last; false where nothing was typed since the field was opened."""
        if self._view.editing is None or not self._view.field.document().isUndoAvailable():
            return False
        self._view.field.undo()
        return True

    def _on_typed(self, text: str) -> None:
        number = self._view.editing
        if number is not None and self._base is not None:
            document = self._view.document
            document.apply(edits.set_text(document, number, self._base, text, run=("typing", self._run)))

    def _on_left(self, direction: int) -> None:
        number = self._view.editing
        self.leave()
        lines = self._view.document.lines
        if direction and number is not None and 0 <= number + direction < len(lines):
            at_end = len(lines[number + direction].segment.text) if direction < 0 else 0
            self.open(Place(number + direction, 0), at_end)

    def _on_merge_wanted(self, direction: int) -> None:
        number = self._view.editing
        if number is not None and number + min(direction, 0) >= 0:
            self.merge_wanted.emit(number + min(direction, 0))
