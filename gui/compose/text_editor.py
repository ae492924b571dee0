"""The sheet that text is written on: an editor whose tokens know how likely the network found them.

Probability and rank travel in the format of the characters of each, so that undo, redo, cutting and typing in
between keep them. Tints are painted for the lines in sight alone.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator, Sequence
from typing import cast

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QHelpEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QPlainTextEdit, QToolTip, QWidget

from gui.compose.sheet_tints import SheetTints, areas, fragments, token_format, told_by
from gui.compose.tint import N_SHADES, tint
from gui.theme import ThemeSource
from speechrnn.pipeline.compose_requests import TextToken

HEARD = 400  # characters before the cursor that the network is given: more would keep the first one waiting
_SLICE_S = 0.01  # of a draft that comes back, at a time
MOST_PASTED = 120_000  # characters at a time: a line of twice as many stops the window for too long


class TextEditor(QPlainTextEdit):
    """See the module's docstring.

    Attributes:
        tinted: whether probabilities are shown.

    Signals:
        digit_pressed: (int) 1..9, where `takes_digits` is set.
        stop_wanted: Escape, or a key that would write while the network does.
        refused: (int) so many characters were to be pasted.
        typed: the user has written.
    """

    digit_pressed = Signal(int)
    stop_wanted = Signal()
    refused = Signal(int)
    typed = Signal()

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.tinted = False
        self.takes_digits = False
        self.writing = False
        self._run_at: int | None = None  # where the text of the run that is being written ends
        self._mark: tuple[int, int] | None = None
        self._tints: list[QColor] = []
        self._areas = SheetTints(self.document())
        self._to_come: deque[tuple[str, float, int]] = deque()  # of a draft that is being put on the sheet
        self.setTabChangesFocus(True)
        self.setMouseTracking(True)
        theme.changed.connect(self._on_theme)
        self._on_theme()

    def sizeHint(self) -> QSize:
        """A few lines: it grows with its place, and is no reason to scroll what it is in."""
        return QSize(super().sizeHint().width(), self.fontMetrics().height() * 6)

    def minimumSizeHint(self) -> QSize:
        """Enough to see what one writes."""
        return QSize(self.fontMetrics().averageCharWidth() * 16, self.fontMetrics().height() * 4)

    @property
    def before_cursor(self) -> str:
        """The text before the cursor that the network hears; of a choice, before and in it."""
        cursor = self.textCursor()
        return self.text_before(cursor.selectionEnd())

    def text_before(self, position: int, n: int = HEARD) -> str:
        """The last `n` characters before a position."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(max(0, position - n))
        cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
        return _plain(cursor)

    def begin_run(self) -> None:
        """The network begins to write at the cursor, behind what is chosen."""
        cursor = self.textCursor()
        cursor.setPosition(cursor.selectionEnd())
        self.setTextCursor(cursor)
        self._run_at = cursor.position()
        self._joined = False
        self.writing = True

    def add_tokens(self, tokens: Sequence[TextToken]) -> None:
        """Writes what has come; one step of undo for the whole run."""
        if self._run_at is None:
            return
        follow = self.textCursor().position() == self._run_at
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._run_at)
        if self._joined:
            cursor.joinPreviousEditBlock()
        else:
            cursor.beginEditBlock()
        for token in tokens:
            cursor.insertText(token.text, token_format(token.probability, token.rank))
        cursor.endEditBlock()
        self._joined, self._run_at = True, cursor.position()
        if follow:
            self.setTextCursor(cursor)
            self.ensureCursorVisible()

    def end_run(self) -> None:
        """What the user writes from now on is his."""
        self._run_at, self.writing = None, False
        self.setCurrentCharFormat(QTextCharFormat())

    def insert(self, text: str, probability: float | None = None) -> None:
        """Writes a text at the cursor, as one step of undo."""
        cursor = self.textCursor()
        cursor.setPosition(cursor.selectionEnd())
        made = QTextCharFormat() if probability is None else token_format(probability, 0)
        cursor.insertText(text, made)
        self.setTextCursor(cursor)
        self.setCurrentCharFormat(QTextCharFormat())
        self.ensureCursorVisible()

    def put(self, place: QTextCursor, text: str, *, joins: bool) -> None:
        """Writes a text of the user's at a place, which moves behind it, and the cursor where it was there.

        Args:
            place: on this sheet.
            text: without tints.
            joins: it is one step of undo with the edit before.
        """
        follow = self.textCursor().position() == place.position()
        if joins:
            place.joinPreviousEditBlock()
        else:
            place.beginEditBlock()
        place.insertText(text, QTextCharFormat())
        place.endEditBlock()
        if follow:
            self.setTextCursor(place)
            self.ensureCursorVisible()

    def mark(self, span: tuple[int, int] | None) -> None:
        """Marks a span of characters, or none."""
        self._mark = span
        if span is not None:
            self._show(span[0])
        self.viewport().update()

    def _show(self, position: int) -> None:
        """Scrolls to a place; the cursor stays where one writes."""
        block = self.document().findBlock(min(position, self.document().characterCount() - 1))
        within = block.layout().lineForTextPosition(position - block.position())
        line = block.firstLineNumber() + (within.lineNumber() if within.isValid() else 0)
        bar = self.verticalScrollBar()  # counts lines
        if not bar.value() <= line < bar.value() + bar.pageStep():
            bar.setValue(line - bar.pageStep() // 3)

    @property
    def marked(self) -> tuple[int, int] | None:
        """What is marked."""
        return self._mark

    def set_tinted(self, tinted: bool) -> None:
        """Shows probabilities or hides them."""
        self.tinted = tinted
        self.viewport().update()

    def told_of(self, position: int) -> tuple[float, int] | None:
        """Probability and rank of the character at a position; None where the user wrote it."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(min(position + 1, self.document().characterCount() - 1))
        return told_by(cursor.charFormat())

    def spans(self) -> Iterator[tuple[str, float, int]]:
        """All text as (text, probability, rank), with -1 and 0 for what the user wrote.

        The sheet must not change before the last one is asked for.
        """
        block = self.document().begin()
        while block.isValid():
            for text, _, form in fragments(block):
                probability, rank = told_by(form) or (-1.0, 0)
                yield text, round(probability, 6), rank
            block = block.next()
            if block.isValid():
                yield "\n", -1.0, 0
        yield from self._to_come

    def set_spans(self, spans: Sequence[tuple[str, float, int]]) -> None:
        """Puts text on the empty sheet, as `spans` gave it: in pieces, while the window goes on."""
        self._to_come = deque(spans)
        self.setReadOnly(True)  # until all is there
        self._put_some()

    def _put_some(self) -> None:
        end = time.perf_counter() + _SLICE_S
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.beginEditBlock()
        while self._to_come and time.perf_counter() < end:
            text, probability, rank = self._to_come.popleft()
            cursor.insertText(text, QTextCharFormat() if probability < 0 else token_format(probability, rank))
        cursor.endEditBlock()
        if self._to_come:
            QTimer.singleShot(0, self, self._put_some)
            return
        self.document().clearUndoRedoStacks()
        self.setReadOnly(False)
        self.moveCursor(QTextCursor.MoveOperation.End)
        self.setCurrentCharFormat(QTextCharFormat())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits choose where a list is open; Escape, and writing, stop the network."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        digit = event.text()
        if self.writing and (
            event.key() == Qt.Key.Key_Escape or (event.text().isprintable() and event.text())
        ):
            self.stop_wanted.emit()
            if event.key() == Qt.Key.Key_Escape:
                return
        elif event.key() == Qt.Key.Key_Escape:
            self.stop_wanted.emit()
            return
        if self.takes_digits and plain and len(digit) == 1 and digit in "123456789":
            self.digit_pressed.emit(int(digit))
            return
        if event.text():
            self.setCurrentCharFormat(QTextCharFormat())
        super().keyPressEvent(event)
        if event.text():
            self.typed.emit()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Takes plain text; what would stop the window is refused, and stays where it is."""
        text = source.text()
        if len(text) > MOST_PASTED:
            self.refused.emit(len(text))
            return
        self.setCurrentCharFormat(QTextCharFormat())
        self.insertPlainText(text)
        self.typed.emit()

    def viewportEvent(self, event: QEvent) -> bool:
        """Tells of the character under the pointer."""
        if event.type() == QEvent.Type.ToolTip:
            told = self._told_under(cast(QHelpEvent, event).pos())
            if told:
                QToolTip.showText(cast(QHelpEvent, event).globalPos(), told, self)
            else:
                QToolTip.hideText()
            return True
        return bool(super().viewportEvent(event))

    def describe(self, position: int) -> str:
        """What is known of a character, as a sentence; empty where the user wrote it."""
        told = self.told_of(position)
        if told is None:
            return ""
        probability, rank = told
        percent = f"{probability * 100:.0f}" if probability >= 0.1 else f"{probability * 100:.1g}"
        if not rank:
            return self.tr("{percent} % likely").format(percent=percent)
        if rank == 1:
            return self.tr("{percent} % likely, the first choice").format(percent=percent)
        return self.tr("{percent} % likely, number {rank} of all").format(percent=percent, rank=rank)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tints and marks below the text, for the lines in sight."""
        if self.tinted or self._mark is not None:
            painter = QPainter(self.viewport())
            block = self.firstVisibleBlock()
            while block.isValid():
                top = self.blockBoundingGeometry(block).translated(self.contentOffset())
                if top.top() > self.viewport().height():
                    break
                if block.isVisible():
                    self._paint_block(painter, block, top.left(), top.top())
                block = block.next()
            painter.end()
        super().paintEvent(event)

    def _paint_block(self, painter: QPainter, block: QTextBlock, left: float, top: float) -> None:
        theme = self._theme.current
        if self.tinted:
            for area, strength in self._areas.areas(block, -top, self.viewport().height() - top):
                painter.fillRect(area.translated(left, top), self._tints[strength])
        if self._mark is not None:
            first = max(self._mark[0] - block.position(), 0)
            last = min(self._mark[1] - block.position(), block.length() - 1)
            if last > first:
                for area in areas(block, first, last, left, top):
                    painter.fillRect(area, QColor(theme.selection))
                    painter.fillRect(
                        QRectF(area.left(), area.bottom() - 2, area.width(), 2), QColor(theme.accent)
                    )

    def _told_under(self, place: QPoint) -> str:
        cursor = self.cursorForPosition(place)
        position = cursor.position()
        # The cursor is the nearest gap between two characters: which of both is meant depends on the side.
        if self.cursorRect(cursor).left() > place.x():
            position -= 1
        return self.describe(position) if position >= 0 else ""

    def _on_theme(self) -> None:
        theme = self._theme.current
        self._tints = [QColor(tint(theme, strength)) for strength in range(N_SHADES + 1)]
        self._areas.clear()
        font = QFont(self.font())
        font.setPointSizeF(self._theme.size_pt * 1.15)
        self.document().setDefaultFont(font)
        self.document().setDocumentMargin(self._theme.size_pt)
        self.viewport().update()


def _plain(cursor: QTextCursor) -> str:
    return cursor.selectedText().replace("\u2029", "\n").replace("\u2028", "\n")
