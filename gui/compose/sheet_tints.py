"""Where characters are tinted: what is known of each travels in its format, its place comes from the layout.

Paragraphs are worked out whole and kept until they change. In a paragraph that is very long, the layout takes
time to say where a character stands: there, only the lines in sight are looked at, and places are added up
from the widths of what shares a format, which the layout shapes by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from PySide6.QtCore import QObject, QRectF
from PySide6.QtGui import (
    QFontMetricsF,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextLayout,
    QTextLine,
)

from gui.compose.tint import shade

_PROBABILITY = QTextFormat.Property.UserProperty.value + 1
_RANK = QTextFormat.Property.UserProperty.value + 2
_MOST_BLOCKS = 2000  # whose tints are kept
_MOST_LINES = 2000  # likewise, of long paragraphs
_MOST_WIDTHS = 5000  # of characters and pieces
_LONG = 1000  # characters of a paragraph from which on it is looked at by lines

Told = tuple[float, int]  # probability and rank
Area = tuple[QRectF, int]  # from the block's own corner on; how strong


class SheetTints(QObject):
    """Keeps the areas of one document."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._document = document
        self._blocks: dict[int, tuple[tuple[float, ...], list[Area]]] = {}  # by number of block
        self._lines: dict[int, tuple[int, list[Area]]] = {}  # by place of the first character: length, areas
        self._widths: dict[str, float] = {}
        document.contentsChange.connect(self._on_change)

    def clear(self) -> None:
        """The font or the width is another one."""
        self._blocks.clear()
        self._lines.clear()
        self._widths.clear()

    def areas(self, block: QTextBlock, top: float, bottom: float) -> Iterator[Area]:
        """Where a block is tinted; of long ones only between two heights of its own."""
        if block.length() > _LONG:
            for line in _lines_between(block.layout(), top, bottom):
                yield from self._line_areas(block, line)
        else:
            yield from self._block_areas(block)

    def _block_areas(self, block: QTextBlock) -> list[Area]:
        shape = block.layout().boundingRect()
        key = (block.revision(), block.length(), block.layout().lineCount(), shape.width(), shape.height())
        known = self._blocks.get(block.blockNumber())
        if known is None or known[0] != key:
            found = [
                (area, strength)
                for first, last, strength in _runs(block)
                for area in areas(block, first, last, 0.0, 0.0)
            ]
            if len(self._blocks) > _MOST_BLOCKS:
                self._blocks.clear()
            known = self._blocks[block.blockNumber()] = (key, found)
        return known[1]

    def _line_areas(self, block: QTextBlock, line: QTextLine) -> list[Area]:
        place = block.position() + line.textStart()
        known = self._lines.get(place)
        if known is not None and known[0] == line.textLength():
            y = line.y()
            return [(QRectF(a.x(), y, a.width(), a.height()), strength) for a, strength in known[1]]
        found: list[Area] = []
        x, text = line.x(), block.text()[line.textStart() : line.textStart() + line.textLength()]
        for piece, told in self._pieces(text, place):
            width = self._width(piece)
            strength = shade(told[0]) if told else 0
            if strength and found and found[-1][1] == strength and found[-1][0].right() >= x - 0.01:
                found[-1][0].setWidth(x + width - found[-1][0].x())
            elif strength:
                found.append((QRectF(x, line.y(), width, line.height()), strength))
            x += width
        if len(self._lines) > _MOST_LINES:
            self._lines.clear()
        self._lines[place] = (line.textLength(), found)
        return found

    def _pieces(self, text: str, place: int) -> Iterator[tuple[str, Told | None]]:
        """A text that begins at a place, by what is known of it."""
        cursor = QTextCursor(self._document)
        first, before = 0, None
        for number in range(len(text)):
            cursor.setPosition(place + number + 1)
            told = told_by(cursor.charFormat())
            if told != before and number:
                yield text[first:number], before
                first = number
            before = told
        yield text[first:], before

    def _width(self, piece: str) -> float:
        width = self._widths.get(piece)
        if width is None:
            width = QFontMetricsF(self._document.defaultFont()).horizontalAdvance(piece)
            if len(self._widths) > _MOST_WIDTHS:
                self._widths.clear()
            self._widths[piece] = width
        return width

    def _on_change(self, place: int, _removed: int, _added: int) -> None:
        # What stands behind has moved; so may the line before, whose last word has room again.
        behind = [first for first, (length, _) in self._lines.items() if first + 2 * length >= place]
        for first in behind:
            del self._lines[first]


def token_format(probability: float, rank: int) -> QTextCharFormat:
    """The format of a token that the network wrote."""
    made = QTextCharFormat()
    made.setProperty(_PROBABILITY, probability)
    made.setProperty(_RANK, rank)
    return made


def told_by(form: QTextCharFormat) -> Told | None:
    """Probability and rank; None where the user wrote it."""
    if not form.hasProperty(_PROBABILITY):
        return None
    return float(form.property(_PROBABILITY)), int(form.property(_RANK))


def fragments(block: QTextBlock) -> Iterator[tuple[str, int, QTextCharFormat]]:
    """Text, place in the block, format."""
    pieces = block.begin()
    while not pieces.atEnd():
        fragment = pieces.fragment()
        if fragment.isValid():
            yield fragment.text(), fragment.position() - block.position(), fragment.charFormat()
        pieces += 1


def areas(block: QTextBlock, first: int, last: int, left: float, top: float) -> Iterator[QRectF]:
    """Where characters `first` up to `last` of a block stand, one area a line."""
    layout = block.layout()
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        begin, end = max(first, line.textStart()), min(last, line.textStart() + line.textLength())
        if begin < end:
            # PySide gives the place, and the cursor that it was asked for, as a pair.
            x, until = (cast(tuple[float, int], line.cursorToX(at))[0] for at in (begin, end))
            yield QRectF(left + x, top + line.y(), until - x, line.height())


def _runs(block: QTextBlock) -> Iterator[tuple[int, int, int]]:
    """First character, the one behind the last, and the shade, of neighbours that share one."""
    first = last = strength = 0
    for text, start, form in fragments(block):
        told = told_by(form)
        wanted = shade(told[0]) if told else 0
        if wanted != strength or start != last:
            if strength:
                yield first, last, strength
            first, strength = start, wanted
        last = start + len(text)
    if strength:
        yield first, last, strength


def _lines_between(layout: QTextLayout, top: float, bottom: float) -> Iterator[QTextLine]:
    """Lines that reach into a stretch of height."""
    low, high = 0, layout.lineCount()
    while low < high:  # the first that ends below `top`
        middle = (low + high) // 2
        line = layout.lineAt(middle)
        if line.y() + line.height() < top:
            low = middle + 1
        else:
            high = middle
    for number in range(low, layout.lineCount()):
        line = layout.lineAt(number)
        if line.y() > bottom:
            return
        yield line
