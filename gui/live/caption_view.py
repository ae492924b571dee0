"""The captions: final text solid, doubtful words marked, the tail dim; the newest words stay in sight."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QMouseEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from gui.live.presenter import DOUBTFUL
from gui.theme import ThemeSource
from speechrnn.types import Segment, Word

_START, _END = QTextCharFormat.Property.UserProperty, QTextCharFormat.Property.UserProperty + 1


class CaptionView(QTextEdit):
    """Text that grows at its end.

    Signals:
        word_hovered: (object) the (start, end) seconds of the word under the pointer, None when it has left.
        size_wanted: (int) steps that the user wants the text larger (Ctrl and wheel).
    """

    word_hovered = Signal(object)
    size_wanted = Signal(int)

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._partial_at = 0  # position where the utterance in progress begins
        self._shown: list[Segment] = []
        self._partial: tuple[tuple[Word, ...], tuple[Word, ...]] = ((), ())
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QTextEdit.Shape.NoFrame)
        self.setAccessibleName(self.tr("Captions"))
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.viewport().setMouseTracking(True)
        self.document().setDocumentMargin(self.fontMetrics().height())
        theme.changed.connect(self._on_theme)
        self._on_theme()

    def set_size(self, size_pt: int) -> None:
        """Sets the size of the captions."""
        font = QFont(self.font())
        font.setPointSize(size_pt)
        self.document().setDefaultFont(font)
        self._repaint_all()

    def restart(self) -> None:
        """Empties it."""
        self.clear()
        self._partial_at = 0
        self._shown.clear()
        self._partial = ((), ())

    def show_text(self, segments: Sequence[Segment], committed: Sequence[Word], tail: Sequence[Word]) -> None:
        """Shows the text; only what is new is drawn.

        Args:
            segments: all final ones; those that were shown before must be the same.
            committed: words of the utterance in progress that stay.
            tail: words that may change.
        """
        new = segments[len(self._shown) :]
        partial = (tuple(committed), tuple(tail))
        if not new and partial == self._partial:
            return
        follows = self._is_at_end()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        cursor.setPosition(self._partial_at)
        cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        for segment in new:
            self._insert_segment(cursor, segment)
        self._shown.extend(new)
        self._partial_at = cursor.position()
        self._insert_words(cursor, committed, dim=False, first=not self._shown)
        self._insert_words(cursor, tail, dim=True, first=not self._shown and not committed)
        cursor.endEditBlock()
        self._partial = partial
        if follows:
            self.scroll_to_end()

    def scroll_to_end(self) -> None:
        """Shows the newest words."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.maximum())

    @property
    def follows(self) -> bool:
        """Whether the newest words are in sight."""
        return self._is_at_end()

    def _insert_segment(self, cursor: QTextCursor, segment: Segment) -> None:
        texts = [word.text for word in segment.words]
        if not self._shown and cursor.position() == 0:
            cursor.setBlockFormat(self._block_format())
        elif cursor.position() > 0:
            cursor.insertBlock(self._block_format())
        if " ".join(texts) == segment.text:
            for index, word in enumerate(segment.words):
                self._insert_word(cursor, word, " " if index else "", dim=False)
        else:  # numbers were written as digits: words and text do not match one to one
            cursor.insertText(segment.text, self._format(None, dim=False))

    def _insert_words(self, cursor: QTextCursor, words: Sequence[Word], *, dim: bool, first: bool) -> None:
        for index, word in enumerate(words):
            new_line = index == 0 and cursor.position() == self._partial_at
            if new_line and not first:
                cursor.insertBlock(self._block_format())
            self._insert_word(cursor, word, "" if new_line else " ", dim=dim)

    def _insert_word(self, cursor: QTextCursor, word: Word, before: str, *, dim: bool) -> None:
        if before:
            cursor.insertText(before, self._format(None, dim=dim))
        cursor.insertText(word.text, self._format(word, dim=dim))

    def _block_format(self) -> QTextBlockFormat:
        form = QTextBlockFormat()
        form.setBottomMargin(self.fontMetrics().height() * 0.5)
        form.setLineHeight(120, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        return form

    def _format(self, word: Word | None, *, dim: bool) -> QTextCharFormat:
        theme, form = self._theme.current, QTextCharFormat()
        form.setForeground(QColor(theme.text_dim if dim else theme.text))
        if word is None:
            return form
        form.setProperty(_START, word.start)
        form.setProperty(_END, word.end)
        if not dim and word.confidence < DOUBTFUL:
            form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
            form.setUnderlineColor(QColor(theme.doubt))
            form.setToolTip(self.tr("{percent} % sure").format(percent=round(word.confidence * 100)))
        return form

    def _on_theme(self) -> None:
        theme = self._theme.current
        self.setStyleSheet(
            "QTextEdit { border: 2px solid transparent; background: transparent; }"
            f"QTextEdit:focus {{ border-color: {theme.accent}; }}"
        )
        self._repaint_all()

    def _repaint_all(self) -> None:
        segments, (committed, tail) = list(self._shown), self._partial
        self.restart()
        self.show_text(segments, committed, tail)

    def _is_at_end(self) -> bool:
        bar = self.verticalScrollBar()
        return bar.value() >= bar.maximum() - self.fontMetrics().height()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tells which word is under the pointer."""
        super().mouseMoveEvent(event)
        self.word_hovered.emit(self._times_at(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        """No word is under the pointer any more."""
        super().leaveEvent(event)
        self.word_hovered.emit(None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel change the size."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.size_wanted.emit(1 if event.angleDelta().y() > 0 else -1)
            return
        super().wheelEvent(event)

    def _times_at(self, point: QPoint) -> tuple[float, float] | None:
        form = self.cursorForPosition(point).charFormat()
        if not form.hasProperty(_START):
            return None
        return float(form.property(_START)), float(form.property(_END))
