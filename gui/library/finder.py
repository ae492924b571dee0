"""Joins the find bar with the text: marks what is found, goes from one find to the next, replaces."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from PySide6.QtCore import QObject, QTimer, Signal

from gui.library.document import Change, Edit, Place
from gui.library.find_bar import FindBar
from gui.library.finding import Match, find_all, following, replace_all, replace_one
from gui.library.marks import chosen_text
from gui.library.text_editing import TextEditing
from gui.library.text_input import TextInput
from gui.library.text_view import TranscriptTextView
from gui.worker import Workers

_AGAIN_MS = 120  # after an edit the finds are others; while somebody types they may lag


class Finder(QObject):
    """Finds in the document of a view.

    Signals:
        replaced: (int) how many finds were replaced at once.
    """

    replaced = Signal(int)

    def __init__(
        self, bar: FindBar, view: TranscriptTextView, keys: TextInput, editing: TextEditing, workers: Workers
    ) -> None:
        super().__init__(bar)
        self._bar = bar
        self._view = view
        self._keys = keys
        self._editing = editing
        self._workers = workers
        self._matches: tuple[Match, ...] = ()
        self._version = 0
        self._timer = QTimer(self, singleShot=True, interval=_AGAIN_MS)
        self._timer.timeout.connect(self._find_again)
        bar.query_changed.connect(self._on_query_changed)
        bar.replace_wanted.connect(self._on_replace_wanted)
        bar.closed.connect(self.close)

    def open(self, *, replacing: bool) -> None:
        """Shows the bar, with the words that are chosen in the text."""
        choice = self._view.marks.choice()
        self._bar.begin(chosen_text(self._view.document, *choice) if choice else "", replacing=replacing)
        self._find_again()

    def close(self) -> None:
        """Hides the bar and the marks."""
        self._bar.hide()
        self._matches = ()
        self._view.set_marks(replace(self._view.marks, finds={}, find=None))
        self._view.setFocus()

    def look_for(self, text: str) -> None:
        """Shows the bar with a text, such as the one that the library was searched for."""
        self._bar.begin(text, replacing=False)

    def follow(self, changes: Sequence[Change]) -> None:
        """Finds again after an edit."""
        if self._bar.isVisible():
            self._timer.start()

    def step(self, *, forward: bool) -> None:
        """Shows the next find, or the one before."""
        if not self._bar.isVisible():
            self.open(replacing=False)
            return
        caret, find = self._view.marks.caret, self._view.marks.find
        line, character = (find.line, find.start) if find else (caret.line if caret else 0, 0)
        past = 1 if find is not None and forward else 0
        self._show(following(self._matches, line, character + past, forward=forward))

    def _show(self, number: int) -> None:
        match = self._matches[number] if 0 <= number < len(self._matches) else None
        self._view.set_marks(replace(self._view.marks, find=match))
        self._bar.show_result(number + 1, len(self._matches))
        if match is not None:
            line = self._view.document.lines[match.line]
            word = len(line.segment.text[: match.start].split())
            inside = match.start > 0 and not line.segment.text[match.start - 1].isspace()
            self._keys.move_to(Place(match.line, word - inside))

    def _on_query_changed(self) -> None:
        self._find_again()
        if self._matches:
            caret = self._view.marks.caret
            self._show(following(self._matches, caret.line if caret else 0, 0, forward=True))

    def _find_again(self) -> None:
        self._matches = find_all(self._view.document.lines, self._bar.query())
        finds = {line: tuple(found) for line, found in groupby(self._matches, key=lambda match: match.line)}
        find = self._view.marks.find if self._view.marks.find in self._matches else None
        self._view.set_marks(replace(self._view.marks, finds=finds, find=find))
        self._bar.show_result(self._matches.index(find) + 1 if find else 0, len(self._matches))

    def _on_replace_wanted(self, everywhere: bool) -> None:
        document, query, text = self._view.document, self._bar.query(), self._bar.replacement.text()
        self._editing.field.leave()
        if everywhere:
            lines, self._version = tuple(document.lines), document.version

            def job(stop: threading.Event) -> Iterator[tuple[Edit, int]]:
                yield replace_all(lines, query, text)

            self._workers.start(job, on_item=self._on_replaced)
            return
        find = self._view.marks.find
        if find is None:
            self.step(forward=True)
            return
        self._editing.apply(replace_one(document.lines, find, text))
        self._find_again()
        self._show(following(self._matches, find.line, find.start + len(text), forward=True))

    def _on_replaced(self, result: tuple[Edit, int]) -> None:
        edit, n_found = result
        # Whoever typed meanwhile keeps what he typed; he may ask again.
        if self._view.document.version != self._version:
            n_found = 0
        else:
            self._editing.apply(edit)
        self._find_again()
        self.replaced.emit(n_found)
