"""Draws the rows of the library's list: a recording with its details, a find with its play button."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QMouseEvent, QPainter, QPolygonF
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui.icons import pixmap
from gui.library.clock import short_clock
from gui.library.list_model import ROW, EntryRow, HitRow, LibraryModel
from gui.theme import Theme, ThemeSource

_PADDING = 14


class LibraryDelegate(QStyledItemDelegate):
    """One look for both kinds of rows.

    Signals:
        play_wanted: (object) the QModelIndex of a find whose play button was clicked.
    """

    play_wanted = Signal(object)

    def __init__(self, theme: ThemeSource, model: LibraryModel, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._theme = theme
        self._model = model
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Two rows of text for a recording, one for a find."""
        row = QFontMetricsF(self._view.font()).height()
        is_hit = isinstance(index.data(ROW), HitRow)
        return QSize(200, round(row * 1.9 if is_hit else row * 3.3))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draws a row."""
        theme = self._theme.current
        area = QRectF(option.rect).adjusted(4, 1, -4, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_ground(painter, theme, option, area)
        painter.setFont(self._view.font())
        row = index.data(ROW)
        if isinstance(row, HitRow):
            self._draw_hit(painter, theme, row, area)
        elif isinstance(row, EntryRow):
            self._draw_entry(painter, theme, row, area)
        painter.restore()

    def editorEvent(
        self,
        event: QEvent,
        model: object,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """A click on a find's play button asks to play it."""
        if (
            event.type() == QEvent.Type.MouseButtonRelease
            and isinstance(event, QMouseEvent)
            and isinstance(index.data(ROW), HitRow)
            and self.play_area(option.rect).contains(event.position().toPoint())
        ):
            self.play_wanted.emit(QModelIndex(index))  # type: ignore[arg-type]
            return True
        return False

    def play_area(self, row: QRect) -> QRect:
        """Where the play button of a row stands."""
        side = row.height()
        return QRect(row.left() + _PADDING, row.top(), side, side)

    def _draw_ground(
        self, painter: QPainter, theme: Theme, option: QStyleOptionViewItem, area: QRectF
    ) -> None:
        state = option.state
        painter.setPen(Qt.PenStyle.NoPen)
        if state & QStyle.StateFlag.State_Selected:
            ground = QColor(theme.accent)
            ground.setAlphaF(0.16)
            painter.setBrush(ground)
            painter.drawRoundedRect(area, 6, 6)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(QColor(theme.surface))
            painter.drawRoundedRect(area, 6, 6)
        if state & QStyle.StateFlag.State_HasFocus and self._view.hasFocus():
            painter.setPen(QColor(theme.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)

    def _draw_entry(self, painter: QPainter, theme: Theme, row: EntryRow, area: QRectF) -> None:
        font = QFont(self._view.font())
        small = QFont(font)
        small.setPointSizeF(font.pointSizeF() * 0.9)
        title = QFont(font)
        title.setWeight(QFont.Weight.DemiBold)
        height = QFontMetricsF(font).height()
        side = round(height * 1.25)
        picture = pixmap(
            "live" if row.entry.kind == "live" else "files",
            theme.text_dim,
            side,
            self._view.devicePixelRatioF(),
        )
        painter.drawPixmap(QPointF(area.left() + _PADDING, area.center().y() - side / 2), picture)
        inner = area.adjusted(_PADDING * 2 + side, 0, -_PADDING, 0)
        top = area.center().y() - height * 1.15
        state = self._model.state_text(row.entry)
        state_width = QFontMetricsF(small).horizontalAdvance(state) + 8 if state else 0.0
        painter.setFont(title)
        painter.setPen(QColor(theme.text))
        _draw_elided(painter, QRectF(inner.left(), top, inner.width() - state_width, height), row.entry.title)
        painter.setFont(small)
        painter.setPen(QColor(theme.text_dim))
        _draw_elided(
            painter,
            QRectF(inner.left(), top + height * 1.25, inner.width() - state_width, height),
            self._model.details(row),
        )
        if state:
            trouble = row.entry.state in ("failed", "recovered")
            painter.setPen(QColor(theme.error if row.entry.state == "failed" else theme.accent))
            if not trouble:
                painter.setPen(QColor(theme.text_dim))
            painter.drawText(
                QRectF(inner.right() - state_width, area.top(), state_width, area.height()),
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                state,
            )

    def _draw_hit(self, painter: QPainter, theme: Theme, row: HitRow, area: QRectF) -> None:
        button = QRectF(self.play_area(area.toRect()))
        _draw_play(painter, theme, button, playing=row.playing)
        font = self._view.font()
        metrics = QFontMetricsF(font)
        time = short_clock(row.hit.start)
        left = button.right() + 8
        time_width = metrics.horizontalAdvance("0:00:00 ")
        painter.setPen(QColor(theme.text_dim))
        painter.drawText(
            QRectF(left, area.top(), time_width, area.height()), Qt.AlignmentFlag.AlignVCenter, time
        )
        text = QRectF(
            left + time_width, area.top(), area.right() - _PADDING - left - time_width, area.height()
        )
        _draw_sentence(painter, theme, row, text, font)


def _draw_elided(painter: QPainter, area: QRectF, text: str) -> None:
    shown = QFontMetricsF(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


def _draw_play(painter: QPainter, theme: Theme, button: QRectF, *, playing: bool) -> None:
    centre, size = button.center(), button.height() * 0.2
    painter.setPen(Qt.PenStyle.NoPen)
    ground = QColor(theme.accent)
    ground.setAlphaF(1.0 if playing else 0.14)
    painter.setBrush(ground)
    painter.drawEllipse(centre, size * 1.9, size * 1.9)
    painter.setBrush(QColor(theme.on_accent if playing else theme.accent))
    if playing:
        painter.drawRoundedRect(
            QRectF(centre.x() - size * 0.7, centre.y() - size * 0.7, size * 1.4, size * 1.4), 1, 1
        )
        return
    painter.drawPolygon(
        QPolygonF(
            [
                QPointF(centre.x() - size * 0.55, centre.y() - size),
                QPointF(centre.x() - size * 0.55, centre.y() + size),
                QPointF(centre.x() + size, centre.y()),
            ]
        )
    )


def _draw_sentence(painter: QPainter, theme: Theme, row: HitRow, area: QRectF, font: QFont) -> None:
    """The find with what stands around it, shortened so that the find is always in sight."""
    strong = QFont(font)
    strong.setWeight(QFont.Weight.DemiBold)
    metrics, strong_metrics = QFontMetricsF(font), QFontMetricsF(strong)
    match_width = strong_metrics.horizontalAdvance(row.hit.match)
    before = metrics.elidedText(
        row.hit.before, Qt.TextElideMode.ElideLeft, max((area.width() - match_width) / 2, 0)
    )
    x = area.left()
    baseline = area.center().y() + (metrics.ascent() - metrics.descent()) / 2
    painter.setFont(font)
    painter.setPen(QColor(theme.text_dim))
    painter.drawText(QPointF(x, baseline), before)
    x += metrics.horizontalAdvance(before)
    painter.setFont(strong)
    painter.setPen(QColor(theme.text))
    painter.drawText(QPointF(x, baseline), row.hit.match)
    x += match_width
    painter.setFont(font)
    painter.setPen(QColor(theme.text_dim))
    after = metrics.elidedText(row.hit.after, Qt.TextElideMode.ElideRight, max(area.right() - x, 0))
    painter.drawText(QPointF(x, baseline), after)
