"""The engraved score: lines of music below each other, drawn in the theme's ink."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from PySide6.QtCore import QByteArray, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from gui.compose.engraving import COLOUR, ScoreLine, engrave_job
from gui.messages import error_text
from gui.services import Services
from gui.worker import Worker
from speechrnn.music.piece import Piece

_FIRST_LINES = 8  # as many as are in sight
_SCALE = 0.040  # of verovio's units, at plain text of 16 pixels


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnLine:
    """A line of music as a picture.

    Attributes:
        image: in device pixels, with its ratio.
        width, height: logical pixels.
    """

    image: QImage
    width: float
    height: float


class ScoreView(QScrollArea):
    """See the module's docstring. Engraves and draws in a worker while it is in sight."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._piece: Piece | None = None
        self._shown: tuple[object, ...] = ()
        self._worker: Worker | None = None
        self._sheet = _Sheet()
        self._problem = QLabel(wordWrap=True)
        self._problem.setProperty("role", "error")
        self._problem.hide()
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.addWidget(self._problem)
        column.addWidget(self._sheet, 1)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Score"))
        services.theme.changed.connect(self._update)

    @property
    def n_lines(self) -> int:
        """Lines of music that are drawn."""
        return len(self._sheet.lines)

    @property
    def problem(self) -> str:
        """Why there is no score; empty where there is one."""
        return "" if self._problem.isHidden() else self._problem.text()

    def sizeHint(self) -> QSize:
        """A few lines: it grows with its place, and is no reason to scroll what it is in."""
        return QSize(super().sizeHint().width(), self.fontMetrics().height() * 8)

    def show_piece(self, piece: Piece | None) -> None:
        """Shows another piece; engraved when it is in sight."""
        self._piece = piece
        self._update()

    def showEvent(self, event: object) -> None:
        """Now it is wanted."""
        super().showEvent(event)  # type: ignore[arg-type]
        self._update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines that are wider than the view are drawn smaller."""
        super().resizeEvent(event)
        self._update()

    def stop(self) -> None:
        """Nothing more is engraved."""
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.stop()

    def _update(self) -> None:
        if not self.isVisible():
            return
        ratio, theme = self.devicePixelRatioF(), self._services.theme
        # With the scroll bar's place kept free: else it comes with the lines, makes them narrower, and goes.
        width = self.width() - self.verticalScrollBar().sizeHint().width() - 24
        scale = _SCALE * self.fontMetrics().height() / 16
        wanted = (self._piece, theme.current, ratio, width, scale)
        if wanted == self._shown:
            return
        self._shown = wanted
        self.stop()
        self._sheet.set_lines([])
        self._problem.hide()
        if self._piece is None or width < 40:
            return
        job = draw_job(self._piece, theme.current.text, width, scale, ratio)
        lines: list[DrawnLine] = []

        def take(line: DrawnLine) -> None:
            if self._worker is worker:
                lines.append(line)
                self._sheet.set_lines(lines)

        def fail(error: BaseException) -> None:
            if self._worker is worker:
                self._problem.setText(error_text(error))
                self._problem.show()

        worker = self._services.workers.start(job, on_item=take, on_failed=fail)
        self._worker = worker


def draw_job(
    piece: Piece, ink: str, width: float, scale: float, ratio: float
) -> Callable[[threading.Event], Iterator[DrawnLine]]:
    """Engraves and draws.

    Args:
        piece: which.
        ink: colour of the notes.
        width: logical pixels that a line may take; a wider one is drawn smaller.
        scale: logical pixels of one of verovio's units.
        ratio: device pixels a logical pixel.
    """

    def job(stop: threading.Event) -> Iterator[DrawnLine]:
        tune = piece.tune
        if not tune.length:
            return
        lines = engrave_job(tune)(stop)
        first = list(islice(lines, _FIRST_LINES))
        # Staves of one size, where that can be known before all is engraved.
        common = min([scale, *(width / line.width for line in first)])
        for line in chain(first, lines):
            if stop.is_set():
                return
            yield drawn(line, ink, min(common, width / line.width), ratio)

    return job


def drawn(line: ScoreLine, ink: str, scale: float, ratio: float) -> DrawnLine:
    """A line as a picture, on a clear ground."""
    size = QSize(max(round(line.width * scale * ratio), 1), max(round(line.height * scale * ratio), 1))
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(line.svg.replace(COLOUR, ink).encode())).render(
        painter, QRectF(0, 0, size.width(), size.height())
    )
    painter.end()
    image.setDevicePixelRatio(ratio)
    return DrawnLine(image=image, width=size.width() / ratio, height=size.height() / ratio)


class _Sheet(QWidget):
    """Pictures below each other."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[DrawnLine] = []

    def set_lines(self, lines: list[DrawnLine]) -> None:
        self.lines = list(lines)
        self.setMinimumHeight(round(sum(line.height for line in lines)))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        y = 0.0
        for line in self.lines:
            painter.drawImage(QPointF(0, y), line.image)
            y += line.height
        painter.end()
