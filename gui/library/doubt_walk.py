"""Joins the row of doubts with the text: goes from one doubtful word to the next and lets each be heard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from gui.library import edits
from gui.library.document import Change, Place
from gui.library.doubt_bar import DoubtBar
from gui.library.doubts import Doubts
from gui.library.marks import nearest
from gui.library.text_editing import TextEditing
from gui.library.text_input import TextInput
from gui.library.text_view import TranscriptTextView

_N_ALTERNATIVES = 6


class DoubtWalk(QObject):
    """Walks through the document of a view.

    Attributes:
        hear: plays a word with what is around it; the page sets it.
    """

    def __init__(
        self, bar: DoubtBar, view: TranscriptTextView, keys: TextInput, editing: TextEditing
    ) -> None:
        super().__init__(bar)
        self._bar = bar
        self._view = view
        self._keys = keys
        self._editing = editing
        self._doubts = Doubts([])
        self.hear: Callable[[Place], object] = lambda place: None
        bar.threshold_changed.connect(self._on_threshold)
        keys.caret_moved.connect(self.show_count)

    def set_doubts(self, doubts: Doubts) -> None:
        """Takes those of another transcript; call it once the view shows it."""
        self._doubts = doubts
        self._view.document.changed.append(self._on_changed)
        self._on_threshold(self._bar.threshold())

    def step(self, *, forward: bool) -> None:
        """Goes to the next doubtful word, or the one before, and plays it."""
        self._editing.field.leave()
        threshold = self._bar.threshold()
        caret = nearest(self._view.document, self._view.marks.caret) if self._view.marks.caret else None
        place = self._doubts.after(caret, threshold) if forward else self._doubts.before(caret, threshold)
        if place is not None:
            self._view.setFocus()
            self._keys.move_to(place)
            self.hear(place)

    def confirm(self) -> None:
        """Takes the caret's word for right and goes on."""
        place = nearest(self._view.document, self._view.marks.caret)
        if place is not None:
            self._editing.field.leave()
            self._editing.apply(edits.confirm(self._view.document, place))
            self.step(forward=True)

    def show_count(self) -> None:
        """Brings the numbers up to date."""
        caret, threshold = self._view.marks.caret, self._bar.threshold()
        number = 0 if caret is None else self._doubts.number(caret, threshold)
        self._bar.show_count(self._doubts.count(threshold), number)

    def fill_alternatives(self, menu: QMenu, place: Place) -> None:
        """Puts the other words of the beam into a menu; a choice takes the word's place."""
        document = self._view.document
        word = document.word(place)
        for other in word.alternatives[:_N_ALTERNATIVES]:
            text = edits.dressed(word.text, other.text)
            shown = self.tr("{word}    {percent} %").format(word=text, percent=round(other.probability * 100))
            action = menu.addAction(shown.replace("&", "&&"))
            action.triggered.connect(
                lambda _=False, text=text: self._editing.apply(edits.set_word(document, place, text))
            )
        right = self.tr("“{word}” is right").format(word=word.text)
        confirm = menu.addAction(right.replace("&", "&&"))
        confirm.setEnabled(word.confidence < 1.0)
        confirm.triggered.connect(lambda _=False: self._editing.apply(edits.confirm(document, place)))

    def open_alternatives(self) -> None:
        """Shows the other words below the caret's word."""
        place = nearest(self._view.document, self._view.marks.caret)
        if place is None or not self._view.document.lines[place.line].segment.words:
            return
        self._editing.field.leave()
        menu = QMenu(self._view)
        self.fill_alternatives(menu, place)
        corner = self._view.rectangle(place).bottomLeft().toPoint()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._view.viewport().mapToGlobal(corner))
        menu.setActiveAction(menu.actions()[0])

    def _on_changed(self, changes: Sequence[Change]) -> None:
        self._doubts.update(changes)
        self.show_count()

    def _on_threshold(self, threshold: float) -> None:
        self._view.set_marks(replace(self._view.marks, threshold=threshold))
        self.show_count()
