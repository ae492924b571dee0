"""The lines of a transcript laid out for one width, each only when it comes into sight.

Pixels; x from the left edge of the text column, y from the top of the whole text. Used by `text_view.py`, in
the GUI thread.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from itertools import accumulate

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption

from gui.library.document import Change, Document, Place
from gui.library.geometry import Heights, estimate
from speechrnn.transcript.editing import Line, shown_words

LEADING = 1.35  # rows of text that is read for long stand further apart than those of a button
_GAP = 0.55  # between two lines, in rows
_MAX_LAID = 400  # lines kept, far more than a screen shows


class LaidLine:
    """One line of the transcript, broken into rows.

    Attributes:
        line: what it shows.
        words: its shown words.
        begins: number of the first character of each, and of one more behind the last.
        height: of all rows.
    """

    def __init__(self, line: Line, font: QFont, width: float) -> None:
        self.line = line
        self.words = shown_words(line.segment)
        self.begins = [0, *accumulate(len(word.text) + 1 for word in self.words)]
        self._layout = QTextLayout(line.segment.text, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(option)
        self._layout.setCacheEnabled(True)
        self._row = QFontMetricsF(font).height() * LEADING
        self.height = self._break(max(width, self._row))

    def draw(self, painter: QPainter, at: QPointF, formats: Sequence[QTextLayout.FormatRange]) -> None:
        """Draws the text in the painter's pen, but for the ranges that have a format of their own."""
        self._layout.draw(painter, at, list(formats))

    def characters(self, word: int) -> tuple[int, int]:
        """The first character of a word, and the one behind its last."""
        return self.begins[word], self.begins[word + 1] - 1

    def rectangles(self, begin: int, end: int) -> list[QRectF]:
        """Where the characters from `begin` to `end` stand, one rectangle a row."""
        found = []
        for number in range(self._layout.lineCount()):
            row = self._layout.lineAt(number)
            first, last = row.textStart(), row.textStart() + row.textLength()
            if first < end and last > begin:
                left, right = _x(row.cursorToX(max(begin, first))), _x(row.cursorToX(min(end, last)))
                found.append(QRectF(left, row.y(), right - left, row.height()))
        return found

    def word_rectangle(self, word: int) -> QRectF:
        """Where a word stands; its first row if it is longer than one, the line's start if there is none."""
        if 0 <= word < len(self.words):
            return self.rectangles(*self.characters(word))[0]
        return QRectF(0, 0, 1, self._row / LEADING)

    def word_at(self, x: float, y: float) -> int:
        """The word nearest to a point; -1 where the line has none."""
        return self.word_of(self.character_at(x, y))

    def word_of(self, character: int) -> int:
        """The word that a character belongs to, a space to the word ahead of it; -1 where there are none."""
        return min(bisect_right(self.begins, character) - 1, len(self.words) - 1)

    def character_at(self, x: float, y: float) -> int:
        """The character nearest to a point."""
        number = min(max(int(y // self._row), 0), self._layout.lineCount() - 1)
        return int(self._layout.lineAt(number).xToCursor(x)) if number >= 0 else 0

    def _break(self, width: float) -> float:
        y = 0.0
        self._layout.beginLayout()
        while (row := self._layout.createLine()).isValid():
            row.setLineWidth(width)
            row.setPosition(QPointF(0.0, y))
            y += self._row
        self._layout.endLayout()
        return max(y, self._row)


class LaidText:
    """All lines of a document, laid out lazily.

    Attributes:
        heights: of every line with its gap, true for those that were laid out.
        gap: between two lines.
    """

    def __init__(self, document: Document, font: QFont, width: float) -> None:
        self._document = document
        self._font = font
        self._width = width
        self._row = QFontMetricsF(font).height() * LEADING
        self._laid: OrderedDict[int, LaidLine] = OrderedDict()
        self._held: int | None = None
        self.gap = self._row * _GAP
        self.heights = Heights(self._estimates(document.lines))

    def follow(self, changes: Sequence[Change]) -> None:
        """Takes over an edit of the document; a line whose prose stays keeps its height."""
        if any(len(change.removed) != len(change.inserted) for change in changes):
            for change in changes:
                self.heights.splice(change.at, len(change.removed), self._estimates(change.inserted))
            return
        changed = {
            change.at + offset: new
            for change in changes
            for offset, (old, new) in enumerate(zip(change.removed, change.inserted))
            if old.segment.text != new.segment.text
        }
        for number, height in zip(changed, self._estimates(list(changed.values()))):
            self.heights.set(number, height)

    def hold(self, number: int | None, height: float = 0.0) -> None:
        """Keeps line `number` as high as what is edited in its place; None lets go."""
        self._held = number
        if number is not None:
            self.heights.set(number, height + self.gap)

    def laid(self, number: int) -> LaidLine:
        """Line `number` laid out; its true height is known from then on."""
        line = self._document.lines[number]
        # The entry keeps its line alive, so that no other line can come to the same id.
        found = self._laid.pop(id(line), None) or LaidLine(line, self._font, self._width)
        self._laid[id(line)] = found
        if len(self._laid) > _MAX_LAID:
            self._laid.popitem(last=False)
        if self._held != number:
            self.heights.set(number, found.height + self.gap)
        return found

    def between(self, top: float, bottom: float) -> Iterator[tuple[int, float, LaidLine]]:
        """Number, top and layout of every line in sight; heights settle on the way down."""
        number = self.heights.at(top)
        if number < 0:
            return
        y = self.heights.top(number)
        while number < len(self.heights) and y < bottom:
            laid = self.laid(number)
            yield number, y, laid
            y += self.heights.height(number)
            number += 1

    def place_at(self, x: float, y: float) -> Place | None:
        """The word nearest to a point, -1 in a line without words; None where there is no line."""
        number = self.heights.at(y)
        if number < 0:
            return None
        return Place(number, self.laid(number).word_at(x, y - self.heights.top(number)))

    def rectangle(self, place: Place) -> QRectF:
        """Where a word stands."""
        return self.laid(place.line).word_rectangle(place.word).translated(0, self.heights.top(place.line))

    def _estimates(self, lines: Sequence[Line]) -> list[float]:
        n_characters = np.array([len(line.segment.text) for line in lines], dtype=np.int64)
        per_row = self._width / max(QFontMetricsF(self._font).averageCharWidth(), 1.0)
        heights: list[float] = estimate(n_characters, per_row, self._row, self.gap).tolist()
        return heights


def _x(position: object) -> float:
    """The place of a cursor: PySide6 gives it with the character that it found."""
    return float(position[0]) if isinstance(position, tuple) else float(position)  # type: ignore[arg-type]
