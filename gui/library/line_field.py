"""The field in which a line of the transcript is edited, in its place in the text."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence, QTextBlockFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from gui.library.laid_text import LEADING


class LineField(QTextEdit):
    """Plain text without a frame, as high as what is in it.

    Enter and Escape leave it, Up and Down in the first and last row go to the neighbours, Backspace at the
    start and Delete at the end merge with them. The page adds the keys for playing.

    Signals:
        typed: (str) the text has changed.
        left: (int) the user is done; -1 or 1 to go on with the line before or behind, else 0.
        merge_wanted: (int) with the line before (-1) or behind (1).
    """

    typed = Signal(str)
    left = Signal(int)
    merge_wanted = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._fixing = False
        self.setObjectName("lineField")
        # It lies in the text, which draws its frame.
        self.setStyleSheet(
            "QTextEdit, QTextEdit:focus { border: none; padding: 0; background: transparent; }"
        )
        self.setAcceptRichText(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setAccessibleName(self.tr("Text of the line"))
        self.document().setDocumentMargin(0)
        self.textChanged.connect(self._on_text_changed)

    def begin(self, text: str, font: QFont, character: int) -> None:
        """Shows a line's text with the cursor before `character`; emits nothing."""
        self.blockSignals(True)
        self.setFont(font)
        self.setPlainText(text)
        cursor = self.textCursor()
        cursor.setPosition(min(max(character, 0), len(text)))
        self.setTextCursor(cursor)
        self._space_rows()
        self.document().clearUndoRedoStacks()
        self.blockSignals(False)

    def height_for(self, width: int) -> float:
        """How high the text is in a field of that width."""
        self.document().setTextWidth(width)
        return float(self.document().size().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leaves at the ends, types elsewhere."""
        cursor, key = self.textCursor(), event.key()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key == Qt.Key.Key_Escape or (key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain):
            self.left.emit(0)
        elif plain and key == Qt.Key.Key_Up and not self._can_move(QTextCursor.MoveOperation.Up):
            self.left.emit(-1)
        elif plain and key == Qt.Key.Key_Down and not self._can_move(QTextCursor.MoveOperation.Down):
            self.left.emit(1)
        elif plain and key == Qt.Key.Key_Backspace and not cursor.hasSelection() and cursor.atStart():
            self.merge_wanted.emit(-1)
        elif plain and key == Qt.Key.Key_Delete and not cursor.hasSelection() and cursor.atEnd():
            self.merge_wanted.emit(1)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Says which keys are the field's before the page's shortcuts see them."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.matches(QKeySequence.StandardKey.Undo):
                # The page undoes: what was typed here, and when that is used up, what was done before.
                event.ignore()
                return False
            leaving = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if event.key() in leaving and not event.modifiers():
                event.accept()
                return True
        return super().event(event)

    def _can_move(self, operation: QTextCursor.MoveOperation) -> bool:
        return QTextCursor(self.textCursor()).movePosition(operation)

    def _on_text_changed(self) -> None:
        if self._fixing:
            return
        self._fixing = True
        self._space_rows()
        self._fixing = False
        self.typed.emit(self.toPlainText())

    def _space_rows(self) -> None:
        """Sets the rows as far apart as those of the text around; pasted paragraphs come without that."""
        proportional = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
        spaced = QTextBlockFormat()
        spaced.setLineHeight(LEADING * 100, proportional)
        block = self.document().begin()
        while block.isValid():
            if block.blockFormat().lineHeightType() != proportional:
                cursor = QTextCursor(block)
                cursor.joinPreviousEditBlock()
                cursor.mergeBlockFormat(spaced)
                cursor.endEditBlock()
            block = block.next()
