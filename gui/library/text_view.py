"""The text of a transcript: drawn where it is in sight, so that ten hours open as fast as a minute.

It shows a document and its marks and changes neither; `text_input.py` turns keys and mouse into wishes. One
line at a time can be edited in a field that lies over it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from gui.library.document import Change, Document, Place
from gui.library.laid_text import LEADING, LaidText
from gui.library.line_field import LineField
from gui.library.line_painting import Columns, Look, draw_line, draw_margin
from gui.library.marks import Marks
from gui.library.speakers import speaker_colours
from gui.theme import ThemeSource

_MARGIN = 8  # pixels above the first line: room for the frame of its field
_COMFORT = 0.25  # of the height, kept free above and below a place that is shown on purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """What lies under a point.

    Attributes:
        place: the nearest word; -1 in a line without words.
        character: the nearest character of the line.
        on_word: whether the point lies on the word, and not beside it.
    """

    place: Place
    character: int
    on_word: bool


class TranscriptTextView(QAbstractScrollArea):
    """The lines with their times and speakers.

    Attributes:
        document: what is shown.
        marks: what is marked in it.
        field: edits one line; hidden while none is.
        editing: number of that line; None while none is.
    """

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.document = Document([])
        self.marks = Marks()
        self.editing: int | None = None
        self.field = LineField(self.viewport())
        self.field.hide()
        self.field.textChanged.connect(self._place_field)
        self._columns = Columns(speaker=0, time=0, text=0, width=100)
        self._laid = LaidText(self.document, self.font(), self._columns.width)
        self._first = 0
        self._colours: dict[str, str] = {}
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.setAccessibleName(self.tr("Transcript"))
        self.setAccessibleDescription(
            self.tr("Arrow keys go from word to word, Enter plays the word, F2 edits the line.")
        )
        theme.changed.connect(self._lay_out)

    def set_document(self, document: Document) -> None:
        """Shows another transcript from its top, and follows its edits."""
        self.close_field()
        self.document = document
        self.marks = Marks(threshold=self.marks.threshold)
        self._first = 0
        document.changed.append(self._on_document_changed)
        self._lay_out()
        self.verticalScrollBar().setValue(0)

    def set_marks(self, marks: Marks) -> None:
        """Marks other places."""
        if marks != self.marks:
            self.marks = marks
            self.viewport().update()

    def spot_at(self, point: QPointF) -> Spot | None:
        """What lies under a point of the viewport; None where there are no lines."""
        x, y = point.x() - self._columns.text, point.y() + self._top
        place = self._laid.place_at(x, y)
        if place is None:
            return None
        character = self._laid.laid(place.line).character_at(x, y - self._laid.heights.top(place.line))
        on_word = place.word >= 0 and self.rectangle(place).adjusted(-3, -4, 3, 4).contains(point)
        return Spot(place=place, character=character, on_word=on_word)

    def rectangle(self, place: Place) -> QRectF:
        """Where a word stands in the viewport."""
        return self._laid.rectangle(place).translated(self._columns.text, -self._top)

    def show_place(self, place: Place) -> None:
        """Scrolls until a word is in sight, and some text around it; not at all where that is so."""
        where, height = self.rectangle(place), self.viewport().height()
        margin = min(height * _COMFORT, where.height() * 3)
        if where.top() >= margin / 3 and where.bottom() <= height - margin:
            return
        bar = self.verticalScrollBar()
        # Lines on the way are estimates: once they are known, it goes the rest.
        for _ in range(2):
            bar.setValue(round(bar.value() + self.rectangle(place).top() - height * _COMFORT))

    def open_field(self, number: int, character: int) -> None:
        """Edits line `number`, with the cursor before one of its characters."""
        self.close_field()
        self.editing = number
        self.field.begin(self.document.lines[number].segment.text, self.font(), character)
        self._place_field()
        self.field.show()
        self.show_place(Place(number, -1))
        self.field.setFocus()

    def close_field(self) -> None:
        """Ends editing; what was typed is the caller's to keep."""
        if self.editing is None:
            return
        self.editing = None
        self._laid.hold(None)
        if self.field.hasFocus():
            self.setFocus()
        self.field.hide()
        self._settle()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the lines in sight."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme.current
        painter.fillRect(event.rect(), QColor(theme.window))
        look = Look(
            theme=theme,
            font=self.font(),
            columns=self._columns,
            marks=self.marks,
            focused=self.hasFocus(),
            colours=self._colours,
        )
        lines, top = self.document.lines, self._top
        for number, y, laid in self._laid.between(top, top + self.viewport().height()):
            before = lines[number - 1].speaker if number else None
            draw_margin(painter, look, laid, y - top, same_speaker=before == laid.line.speaker)
            if number != self.editing:
                draw_line(painter, look, number, laid, y - top)
            else:
                painter.setPen(QColor(theme.accent))
                painter.setBrush(QColor(theme.surface))
                frame = QRectF(self.field.geometry()).adjusted(-6, -3, 6, 1)
                painter.drawRoundedRect(frame, 5, 5)
        # Whoever looks at the stack may hold the painter for longer than Qt allows.
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Breaks the rows anew, with the same line on top."""
        super().resizeEvent(event)
        self._lay_out()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Lays out what comes into sight."""
        self._settle()

    @property
    def _top(self) -> float:
        """What of the text lies at the upper edge; a margin is above it."""
        return float(self.verticalScrollBar().value() - _MARGIN)

    def _lay_out(self) -> None:
        """Begins anew with the font, width and colours of now; the line on top stays there."""
        first = self._first
        names = self.document.speakers()
        self._colours = speaker_colours(names, self._theme.current)
        character = QFontMetricsF(self.font()).averageCharWidth()
        self._columns = Columns.of(self.viewport().width(), character, with_speakers=bool(names))
        self._laid = LaidText(self.document, self.font(), self._columns.width)
        self._settle()
        if 0 < first < len(self._laid.heights):
            self.verticalScrollBar().setValue(round(self._laid.heights.top(first)))
        self._place_field()

    def _settle(self) -> None:
        """Lays out what is in sight; the lines that were there already do not jump."""
        bar, height = self.verticalScrollBar(), self.viewport().height()
        heights, top = self._laid.heights, self._top
        first = heights.at(top)
        anchor = max(self._first if first <= self._first <= heights.at(top + height) else first, 0)
        before = heights.top(anchor)
        for _ in self._laid.between(top, top + height):
            pass
        shift = heights.top(anchor) - before
        # Blocked, since both would come back here.
        blocked = bar.blockSignals(True)
        row = QFontMetricsF(self.font()).height() * LEADING
        room = height / 3 if heights.total > height else 0.0
        bar.setRange(0, max(round(heights.total + _MARGIN + room - height), 0))
        bar.setPageStep(max(round(height - 2 * row), 1))
        bar.setSingleStep(round(row))
        bar.setValue(round(top + _MARGIN + shift))
        bar.blockSignals(blocked)
        self._first = max(heights.at(self._top), 0)
        if self.editing is not None:
            y = round(heights.top(self.editing) - self._top)
            self.field.move(round(self._columns.text), y)
        self.viewport().update()

    def _place_field(self) -> None:
        """Gives the field the height of its text, and the line that of the field."""
        if self.editing is not None:
            width = round(self._columns.width)
            height = self.field.height_for(width)
            self.field.resize(width, round(height) + 2)
            self._laid.hold(self.editing, height)
            self._settle()

    def _on_document_changed(self, changes: Sequence[Change]) -> None:
        self._laid.follow(changes)
        names = self.document.speakers()
        if tuple(self._colours) != names:
            self._lay_out()
        else:
            self._settle()
