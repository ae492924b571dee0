"""The transcript on paper: as a PDF, or on a printer.

Laid out row by row in a worker: hours of text take seconds, and Qt's own way to print a document would hold
up the window all that time. Lengths in points unless they are the device's pixels.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMarginsF, QPointF
from PySide6.QtGui import QColor, QFont, QPagedPaintDevice, QPageSize, QPainter, QPdfWriter, QTextLayout

from gui.library.clock import short_clock
from speechrnn.errors import OutputError
from speechrnn.store.atomic import cannot_write
from speechrnn.transcript.editing import Line
from speechrnn.transcript.prose import one_line

_MARGIN = 56.0  # 2 cm
_TIME_COLUMN = 46.0
_FONT = 10.5
_LEADING = 1.3
_DIM = QColor("#606060")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What is printed.

    Attributes:
        title: in large letters on the first page.
        subtitle: below it.
        lines: with their times, and their speakers where they change.
        page_name: the word for page, for the foot.
    """

    title: str
    subtitle: str
    lines: tuple[Line, ...]
    page_name: str


def pdf_job(paper: Paper, path: Path) -> Callable[[threading.Event], Iterator[Path]]:
    """Writes a PDF and yields its path; the file is there whole or not at all.

    Raises, when it runs:
        OutputError: the folder is read-only or full.
    """

    def job(stop: threading.Event) -> Iterator[Path]:
        scratch = path.with_name(f".speechrnn-{os.getpid()}-{threading.get_ident()}.tmp")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            scratch.touch()
            writer = QPdfWriter(str(scratch))
            writer.setTitle(paper.title)
            writer.setCreator("SpeechRNN")
            writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
            writer.setPageMargins(QMarginsF(0, 0, 0, 0))
            paint(paper, writer, stop)
            if stop.is_set():
                return
            # QPdfWriter tells of no error: a disk that is full shows in the file alone.
            if not _is_whole(scratch):
                raise OutputError(f"{path} cannot be written: free space or name another folder")
            scratch.replace(path)
        except OSError as error:
            raise cannot_write(path, error) from error
        finally:
            scratch.unlink(missing_ok=True)
        yield path

    return job


def print_job(paper: Paper, device: QPagedPaintDevice) -> Callable[[threading.Event], Iterator[None]]:
    """Prints on a printer that the user has chosen."""

    def job(stop: threading.Event) -> Iterator[None]:
        paint(paper, device, stop)
        yield None

    return job


def paint(paper: Paper, device: QPagedPaintDevice, stop: threading.Event) -> None:
    """Paints all pages.

    Args:
        paper: what to print.
        device: a PDF or a printer.
        stop: ends it early.

    Raises:
        OutputError: the device takes no painting.
    """
    painter = QPainter()
    if not painter.begin(device):
        raise OutputError("the printer or file does not take the pages: check it and try again")
    try:
        pages = _Pages(painter, device, paper.page_name)
        pages.write(paper.title, QFont("Sans Serif", 17, QFont.Weight.DemiBold))
        pages.write(paper.subtitle, _font(9), colour=_DIM, space=14)
        before: str | None = None
        for line in paper.lines:
            if stop.is_set():
                break
            text = one_line(line.segment.text)
            if not text:
                continue
            if line.speaker and line.speaker != before:
                bold = _font(_FONT)
                bold.setWeight(QFont.Weight.DemiBold)
                pages.write(line.speaker, bold, indent=_TIME_COLUMN, space=2, ahead=6, keep_with_next=True)
            before = line.speaker
            pages.write(
                text, _font(_FONT), indent=_TIME_COLUMN, space=6, label=short_clock(line.segment.start)
            )
        pages.number()
    finally:
        painter.end()


class _Pages:
    """Writes paragraphs from the top of a page down, and goes on with the next one."""

    def __init__(self, painter: QPainter, device: QPagedPaintDevice, page_name: str) -> None:
        self._painter = painter
        self._device = device
        self._page_name = page_name
        self._number = 1
        self._point = device.logicalDpiY() / 72
        self._margin = _MARGIN * self._point
        self._y = self._margin

    def write(
        self,
        text: str,
        font: QFont,
        *,
        colour: QColor | None = None,
        indent: float = 0.0,
        space: float = 2.0,
        ahead: float = 0.0,
        label: str = "",
        keep_with_next: bool = False,
    ) -> None:
        """Writes a paragraph with a label in the margin beside its first row, and some space behind it."""
        left = self._margin + indent * self._point
        layout = QTextLayout(text, font, self._device)
        layout.beginLayout()
        y = 0.0
        while (row := layout.createLine()).isValid():
            row.setLineWidth(self._device.width() - left - self._margin)
            row.setPosition(QPointF(0, 0))
        layout.endLayout()
        y = self._y + ahead * self._point if self._y > self._margin else self._y
        for number in range(layout.lineCount()):
            row = layout.lineAt(number)
            height = row.height() * _LEADING
            needed = height * (3 if keep_with_next else 1)
            if y + needed > self._device.height() - self._margin:
                self._turn()
                y = self._margin
            if label and number == 0:
                self._note(label, self._margin, y + row.ascent())
            self._painter.setPen(colour or QColor("black"))
            row.draw(self._painter, QPointF(left, y))
            y += height
        self._y = y + space * self._point

    def number(self) -> None:
        """Writes the page's number at its foot."""
        text = f"{self._page_name} {self._number}"
        self._note(text, self._margin, self._device.height() - self._margin / 2)

    def _turn(self) -> None:
        self.number()
        self._device.newPage()
        self._number += 1

    def _note(self, text: str, x: float, baseline: float) -> None:
        self._painter.setFont(_font(8.5))
        self._painter.setPen(_DIM)
        self._painter.drawText(QPointF(x, baseline), text)


def _font(size: float) -> QFont:
    font = QFont("Sans Serif")
    font.setStyleHint(QFont.StyleHint.SansSerif)
    font.setPointSizeF(size)
    return font


def _is_whole(path: Path) -> bool:
    with path.open("rb") as stream:
        stream.seek(max(path.stat().st_size - 64, 0))
        return b"%%EOF" in stream.read()
