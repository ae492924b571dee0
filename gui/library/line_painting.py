"""Draws one line of a transcript: its marks, its text, its time and speaker.

Doubt is shown calmly: dots under the word, and nothing else. Used by `text_view.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextCharFormat, QTextLayout

from gui.library.clock import short_clock
from gui.library.document import Place
from gui.library.laid_text import LaidLine
from gui.library.marks import Marks
from gui.theme import Theme

_ROUND = 4.0
_MAX_COLUMN = 92  # characters; longer rows are hard to follow back


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Where things stand from left to right, in pixels.

    Attributes:
        speaker: left edge of the speakers' names.
        time: right edge of the times.
        text: left edge of the text.
        width: of the text.
    """

    speaker: float
    time: float
    text: float
    width: float

    @classmethod
    def of(cls, width: float, character: float, *, with_speakers: bool) -> Columns:
        """The columns for a view.

        Args:
            width: of the view.
            character: the mean width of a character of the text.
            with_speakers: whether room for names is needed.
        """
        gap = character * 3
        names = min(character * 16, width * 0.16) if with_speakers else 0.0
        time = gap + names + character * 8
        text = time + gap
        room = max(width - text - gap, character * 10)
        column = min(room, character * _MAX_COLUMN)
        # On a wide screen the column stands in the middle of what is left, not at the edge.
        shift = max((room - column) / 2 - text / 2, 0.0)
        return cls(speaker=gap + shift, time=time + shift, text=text + shift, width=column)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What the drawing needs to know besides the line.

    Attributes:
        theme: colours.
        font: of the text.
        columns: where things stand.
        marks: what is marked.
        focused: whether keys go to the text.
        colours: of the speakers, by name.
    """

    theme: Theme
    font: QFont
    columns: Columns
    marks: Marks
    focused: bool
    colours: dict[str, str]


def draw_line(painter: QPainter, look: Look, number: int, laid: LaidLine, y: float) -> None:
    """Draws line `number` with its top at `y`."""
    at = QPointF(look.columns.text, y)
    _draw_marks(painter, look, number, laid, at)
    painter.setPen(QColor(look.theme.text))
    painter.setFont(look.font)
    laid.draw(painter, at, _formats(look, number, laid))
    _draw_doubts(painter, look, laid, at)
    _draw_caret(painter, look, number, laid, at)


def draw_margin(painter: QPainter, look: Look, laid: LaidLine, y: float, *, same_speaker: bool) -> None:
    """Draws the line's time, and its speaker where another one spoke before."""
    columns, theme = look.columns, look.theme
    row = QFontMetricsF(look.font).height()
    small = QFont(look.font)
    small.setPointSizeF(look.font.pointSizeF() * 0.85)
    painter.setFont(small)
    painter.setPen(QColor(theme.text_dim))
    left = columns.speaker
    painter.drawText(
        QRectF(left, y, columns.time - left, row),
        Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
        short_clock(laid.line.segment.start),
    )
    speaker = laid.line.speaker
    if speaker and not same_speaker:
        bold = QFont(small)
        bold.setBold(True)
        painter.setFont(bold)
        painter.setPen(QColor(look.colours.get(speaker, theme.text)))
        metrics = QFontMetricsF(bold)
        width = columns.time - left - metrics.horizontalAdvance("0:00:00") - row / 2
        painter.drawText(
            QRectF(left, y, width, row),
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            metrics.elidedText(speaker, Qt.TextElideMode.ElideRight, width),
        )


def _draw_marks(painter: QPainter, look: Look, number: int, laid: LaidLine, at: QPointF) -> None:
    marks, theme = look.marks, look.theme
    for match in marks.finds.get(number, ()):
        opacity = 0.55 if match == marks.find else 0.22
        _fill(painter, laid, at, (match.start, match.end), theme.doubt, opacity)
    choice = marks.choice()
    if choice is not None and choice[0].line <= number <= choice[1].line and laid.words:
        first = choice[0].word if choice[0].line == number else 0
        last = choice[1].word if choice[1].line == number else len(laid.words) - 1
        characters = (laid.characters(max(first, 0))[0], laid.characters(last)[1])
        _fill(painter, laid, at, characters, theme.accent, 0.25)
    if _is_lit(marks.lit, number, laid):
        assert marks.lit is not None
        _fill(painter, laid, at, laid.characters(marks.lit.word), theme.accent, 1.0)


def _fill(
    painter: QPainter,
    laid: LaidLine,
    at: QPointF,
    characters: tuple[int, int],
    colour: str,
    opacity: float,
) -> None:
    shade = QColor(colour)
    shade.setAlphaF(opacity)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shade)
    for rectangle in laid.rectangles(*characters):
        painter.drawRoundedRect(rectangle.translated(at).adjusted(-2, -1, 2, 1), _ROUND, _ROUND)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _formats(look: Look, number: int, laid: LaidLine) -> list[QTextLayout.FormatRange]:
    if not _is_lit(look.marks.lit, number, laid):
        return []
    assert look.marks.lit is not None
    begin, end = laid.characters(look.marks.lit.word)
    lit = QTextLayout.FormatRange()
    lit.start, lit.length = begin, end - begin
    form = QTextCharFormat()
    form.setForeground(QColor(look.theme.on_accent))
    lit.format = form
    return [lit]


def _draw_doubts(painter: QPainter, look: Look, laid: LaidLine, at: QPointF) -> None:
    pen = QPen(QColor(look.theme.doubt), 2.0)
    pen.setDashPattern([0.1, 1.6])
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    below = QFontMetricsF(look.font).descent() * 0.2
    for number, word in enumerate(laid.words):
        if word.confidence < look.marks.threshold:
            for rectangle in laid.rectangles(*laid.characters(number)):
                y = at.y() + rectangle.bottom() + below
                painter.drawLine(
                    QPointF(at.x() + rectangle.left() + 1, y), QPointF(at.x() + rectangle.right() - 1, y)
                )


def _draw_caret(painter: QPainter, look: Look, number: int, laid: LaidLine, at: QPointF) -> None:
    caret = look.marks.caret
    if caret is None or caret.line != number:
        return
    colour = QColor(look.theme.accent if look.focused else look.theme.border)
    bar = QRectF(at.x() - 12, at.y(), 3, laid.height)
    painter.fillRect(bar, colour)
    if look.focused and 0 <= caret.word < len(laid.words):
        painter.setPen(QPen(colour, 1.5))
        for rectangle in laid.rectangles(*laid.characters(caret.word)):
            painter.drawRoundedRect(rectangle.translated(at).adjusted(-2.5, -1.5, 2.5, 1.5), _ROUND, _ROUND)


def _is_lit(lit: Place | None, number: int, laid: LaidLine) -> bool:
    return lit is not None and lit.line == number and 0 <= lit.word < len(laid.words)
