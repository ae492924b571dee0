"""What keys and mouse do in the text of a transcript that is being read: move the caret, choose, ask.

Left and Right go by words, Up and Down by rows, with Ctrl by lines; Shift chooses. Enter hears the word, F2
edits its line. A click hears, a drag chooses, a double click edits.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)
from PySide6.QtWidgets import QToolTip

from gui.library.clock import short_clock
from gui.library.document import Place
from gui.library.marks import nearest, stepped
from gui.library.text_view import TranscriptTextView
from speechrnn.transcript.editing import shown_words
from speechrnn.types import Word

_PAGE_OVERLAP = 2  # rows that stay in sight when a page is turned


class TextInput(QObject):
    """Filters the events of a `TranscriptTextView`.

    Signals:
        caret_moved: () marks of the view have a new caret or choice.
        word_wanted: (object) the Place of a word to hear.
        edit_wanted: (object, int) a Place, and the character in its line to edit from.
        menu_wanted: (object, object) a Place, or None beside the text; and the QPoint on the screen.
    """

    caret_moved = Signal()
    word_wanted = Signal(object)
    edit_wanted = Signal(object, int)
    menu_wanted = Signal(object, object)

    def __init__(self, view: TranscriptTextView) -> None:
        super().__init__(view)
        self._view = view
        self._pressed: Place | None = None
        self._handlers: dict[QEvent.Type, Callable[[QEvent], bool]] = {
            QEvent.Type.KeyPress: lambda event: self._on_key(cast("QKeyEvent", event)),
            QEvent.Type.MouseButtonPress: lambda event: self._on_press(cast("QMouseEvent", event)),
            QEvent.Type.MouseMove: lambda event: self._on_move(cast("QMouseEvent", event)),
            QEvent.Type.MouseButtonRelease: lambda event: self._on_release(cast("QMouseEvent", event)),
            QEvent.Type.MouseButtonDblClick: lambda event: self._on_double(cast("QMouseEvent", event)),
            QEvent.Type.ContextMenu: lambda event: self._on_menu(cast("QContextMenuEvent", event)),
            QEvent.Type.ToolTip: lambda event: self._on_help(cast("QHelpEvent", event)),
        }
        view.installEventFilter(self)
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Handles keys of the view and everything else of its viewport."""
        handler = self._handlers.get(event.type())
        if handler is None:
            # Also while the view is being deleted: nothing of it may be touched then.
            return False
        is_key = event.type() == QEvent.Type.KeyPress
        by_key = (
            event.type() == QEvent.Type.ContextMenu
            and cast("QContextMenuEvent", event).reason() == QContextMenuEvent.Reason.Keyboard
        )
        expected: QObject = self._view if is_key or by_key else self._view.viewport()
        return watched is expected and handler(event)

    def move_to(self, place: Place, *, extend: bool = False) -> None:
        """Puts the caret on a word, in sight; `extend` chooses from where it was."""
        marks = self._view.marks
        anchor = (marks.anchor or marks.caret) if extend else None
        self._view.set_marks(replace(marks, caret=place, anchor=anchor))
        self._view.show_place(place)
        self._announce(marks.caret, place)
        self.caret_moved.emit()

    def _on_key(self, event: QKeyEvent) -> bool:
        document = self._view.document
        caret = nearest(document, self._view.marks.caret)
        if caret is None:
            return False
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            return False
        target = self._target(Qt.Key(event.key()), caret, control=control)
        if target is not None:
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.move_to(target, extend=shift)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not control:
            self.word_wanted.emit(caret)
            return True
        if event.key() == Qt.Key.Key_Escape and self._view.marks.anchor is not None:
            self.move_to(caret)
            return True
        if event.matches(QKeySequence.StandardKey.SelectAll):
            last = nearest(document, Place(len(document.lines), 0))
            self._view.set_marks(replace(self._view.marks, anchor=Place(0, 0), caret=last))
            self.caret_moved.emit()
            return True
        return False

    def _target(self, key: Qt.Key, caret: Place, *, control: bool) -> Place | None:
        """Where a key moves the caret; None if it is no key that moves."""
        document = self._view.document
        last_line = len(document.lines) - 1
        n_words = len(shown_words(document.lines[caret.line].segment))
        page = self._view.verticalScrollBar().pageStep()
        row = self._view.rectangle(caret).height() * 1.2
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            return stepped(document, caret, 1 if key == Qt.Key.Key_Right else -1)
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = 1 if key == Qt.Key.Key_Down else -1
            if control:
                return Place(min(max(caret.line + step, 0), last_line), 0)
            return self._vertically(caret, step * row)
        if key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            return self._vertically(caret, page if key == Qt.Key.Key_PageDown else -page)
        if key == Qt.Key.Key_Home:
            return Place(0 if control else caret.line, 0)
        if key == Qt.Key.Key_End:
            if control:
                return nearest(document, Place(last_line, 1_000_000))
            return Place(caret.line, max(n_words - 1, 0))
        return None

    def _vertically(self, caret: Place, distance: float) -> Place | None:
        where = self._view.rectangle(caret).center()
        # Between two lines is a gap that belongs to the upper one: a second step goes over it.
        for step in (distance, 2 * distance):
            spot = self._view.spot_at(QPointF(where.x(), where.y() + step))
            if spot is not None and spot.place != caret:
                return nearest(self._view.document, spot.place)
        return caret

    def _on_press(self, event: QMouseEvent) -> bool:
        self._view.setFocus(Qt.FocusReason.MouseFocusReason)
        place = self._place_at(event.position())
        self._pressed = None
        if place is None:
            return True
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = None if shift else place
            self.move_to(place, extend=shift)
        elif event.button() == Qt.MouseButton.RightButton:
            choice = self._view.marks.choice()
            # A menu of chosen words is for all of them.
            if choice is None or not choice[0] <= place <= choice[1]:
                self.move_to(place)
        return True

    def _on_move(self, event: QMouseEvent) -> bool:
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return False
        place = self._place_at(event.position())
        if place is not None and place != self._view.marks.caret:
            self.move_to(place, extend=True)
        return True

    def _on_release(self, event: QMouseEvent) -> bool:
        pressed, self._pressed = self._pressed, None
        if pressed is not None and self._view.marks.choice() is None:
            self._view.set_marks(replace(self._view.marks, anchor=None))
            self.word_wanted.emit(pressed)
        return True

    def _on_double(self, event: QMouseEvent) -> bool:
        spot = self._view.spot_at(event.position())
        if spot is not None:
            self.edit_wanted.emit(spot.place, spot.character)
        return True

    def _on_menu(self, event: QContextMenuEvent) -> bool:
        caret = self._view.marks.caret
        point = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard and caret is not None:
            corner = self._view.rectangle(caret).bottomLeft().toPoint() + QPoint(0, 4)
            point = self._view.viewport().mapToGlobal(corner)
        self.menu_wanted.emit(caret, point)
        return True

    def _on_help(self, event: QHelpEvent) -> bool:
        spot = self._view.spot_at(QPointF(event.pos()))
        word = self._view.document.word(spot.place) if spot is not None and spot.on_word else None
        doubtful = word is not None and word.confidence < self._view.marks.threshold
        QToolTip.showText(event.globalPos(), self._doubt_text(word) if word is not None and doubtful else "")
        return True

    def _place_at(self, point: QPointF) -> Place | None:
        spot = self._view.spot_at(point)
        return None if spot is None else nearest(self._view.document, spot.place)

    def _doubt_text(self, word: Word) -> str:
        text = self.tr("{percent} % sure").format(percent=round(word.confidence * 100))
        if word.alternatives:
            others = ", ".join(other.text for other in word.alternatives[:3])
            text += "\n" + self.tr("May also be: {others} (Alt+Down)").format(others=others)
        return text

    def _announce(self, before: Place | None, place: Place) -> None:
        """Tells a screen reader where the caret is: the word, and the line where that is another one."""
        if not QAccessible.isActive():
            return
        line = self._view.document.lines[place.line]
        words = shown_words(line.segment)
        text = words[place.word].text if 0 <= place.word < len(words) else ""
        if words and words[place.word].confidence < self._view.marks.threshold:
            text += ", " + self._doubt_text(words[place.word])
        if before is None or before.line != place.line:
            who = f"{line.speaker}, " if line.speaker else ""
            text = f"{short_clock(line.segment.start)}, {who}{line.segment.text}. {text}"
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._view, text))
