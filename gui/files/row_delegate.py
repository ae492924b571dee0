"""Draws a row of the queue: state, title, what happens with it, how far it is; and its two buttons."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QCursor, QFont, QFontMetricsF, QHelpEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from gui.files.row_model import ROW, Index
from gui.files.rows import RUNNING, STOPPING, Row
from gui.files.wording import Wording
from gui.icons import pixmap
from gui.theme import Theme, ThemeSource

_HEIGHT, _SMALL, _ICON, _BUTTON, _PAD = 3.1, 0.9, 1.35, 1.7, 0.7  # by the height of a line
_WIDE = 9  # lines; in less room the title is all that there is at its height
_BAR = 3  # pixels


class RowDelegate(QStyledItemDelegate):
    """One look for all states. Buttons show under the pointer and in the current row; all they do has keys.

    Signals:
        toggle_wanted: (int) a job shall pause or go on.
        remove_wanted: (int) a job shall leave the queue.
    """

    toggle_wanted = Signal(int)
    remove_wanted = Signal(int)

    def __init__(self, theme: ThemeSource, wording: Wording, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._theme, self._wording, self._view = theme, wording, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines of text and room around them."""
        return QSize(200, round(self._line() * _HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draws a row."""
        row: Row = index.data(ROW)
        theme, unit = self._theme.current, self._line()
        area = QRectF(option.rect).adjusted(4, 2, -4, -2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_ground(painter, option, area)
        inner = area.adjusted(_PAD * unit, 0, -_PAD * unit, 0)
        self._draw_state(painter, row, QRectF(inner.left(), area.top(), _ICON * unit, area.height()))
        right = inner.right()
        if self._shows_buttons(option):
            right = self._draw_buttons(painter, row, area) - _PAD * unit
        left = inner.left() + (_ICON + _PAD) * unit
        words = QRectF(left, area.top(), right - left, area.height())
        self._draw_words(painter, theme, row, words)
        self._draw_bar(painter, theme, row, words)
        painter.restore()

    def editorEvent(self, event: QEvent, model: QObject, option: QStyleOptionViewItem, index: Index) -> bool:
        """A click on a button asks for what it says."""
        kinds = (QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonPress)
        if not isinstance(event, QMouseEvent) or event.type() not in kinds:
            return False
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        name = self._button_at(option, event.position().toPoint())
        row: Row = index.data(ROW)
        if name is None or (name == "toggle" and not _toggle_icon(row)):
            return False
        if event.type() == QEvent.Type.MouseButtonRelease:
            (self.toggle_wanted if name == "toggle" else self.remove_wanted).emit(row.job.id)
        return True

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """Says what a button does, else what the row says in full."""
        if not index.isValid():
            return super().helpEvent(event, view, option, index)
        row: Row = index.data(ROW)
        name = self._button_at(option, event.pos())
        if name == "toggle" and _toggle_icon(row):
            text = self.tr("Pause") if row.can_pause else self.tr("Go on")
            QToolTip.showText(event.globalPos(), text, view)
            return True
        if name == "remove":
            QToolTip.showText(event.globalPos(), self.tr("Remove from the queue"), view)
            return True
        return super().helpEvent(event, view, option, index)

    def _line(self) -> float:
        return QFontMetricsF(self._view.font()).height()

    def _shows_buttons(self, option: QStyleOptionViewItem) -> bool:
        state = option.state
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        focused = bool(state & QStyle.StateFlag.State_HasFocus) and self._view.hasFocus()
        return hovered or focused

    def _button_areas(self, area: QRectF) -> dict[str, QRectF]:
        unit = self._line()
        side, top = _BUTTON * unit, area.center().y() - _BUTTON * unit / 2
        right = area.right() - _PAD * unit / 2
        return {
            "toggle": QRectF(right - 2 * side, top, side, side),
            "remove": QRectF(right - side, top, side, side),
        }

    def _button_at(self, option: QStyleOptionViewItem, place: QPoint) -> str | None:
        areas = self._button_areas(QRectF(option.rect).adjusted(4, 2, -4, -2))
        return next((name for name, area in areas.items() if area.contains(QPointF(place))), None)

    def _draw_ground(self, painter: QPainter, option: QStyleOptionViewItem, area: QRectF) -> None:
        theme, state = self._theme.current, option.state
        painter.setPen(Qt.PenStyle.NoPen)
        if state & QStyle.StateFlag.State_Selected:
            painter.setBrush(QColor(theme.selection))
            painter.drawRoundedRect(area, 6, 6)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(QColor(theme.raised))
            painter.drawRoundedRect(area, 6, 6)
        if state & QStyle.StateFlag.State_HasFocus and self._view.hasFocus():
            painter.setPen(QColor(theme.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)

    def _draw_state(self, painter: QPainter, row: Row, area: QRectF) -> None:
        name, colour = state_icon(row, self._theme.current)
        side = area.width()
        self._draw_icon(painter, name, colour, QRectF(area.left(), area.center().y() - side / 2, side, side))

    def _draw_buttons(self, painter: QPainter, row: Row, area: QRectF) -> float:
        theme, unit = self._theme.current, self._line()
        areas = self._button_areas(area)
        pointer = QPointF(self._view.viewport().mapFromGlobal(QCursor.pos()))
        left = areas["remove"].left()
        for name, icon_name in (("toggle", _toggle_icon(row)), ("remove", "close")):
            if not icon_name:
                continue
            button = areas[name]
            left = min(left, button.left())
            colour = theme.accent if button.contains(pointer) else theme.text_dim
            rim = unit * (_BUTTON - _ICON * 0.85) / 2
            self._draw_icon(painter, icon_name, colour, button.adjusted(rim, rim, -rim, -rim))
        return left

    def _draw_icon(self, painter: QPainter, name: str, colour: str, area: QRectF) -> None:
        ratio = self._view.devicePixelRatioF()
        painter.drawPixmap(area.topLeft(), pixmap(name, colour, round(area.width()), ratio))

    def _draw_words(self, painter: QPainter, theme: Theme, row: Row, area: QRectF) -> None:
        unit = self._line()
        title, small = QFont(self._view.font()), QFont(self._view.font())
        title.setWeight(QFont.Weight.DemiBold)
        small.setPointSizeF(small.pointSizeF() * _SMALL)
        aside = self._wording.aside(row) if area.width() > _WIDE * unit else ""
        width = QFontMetricsF(small).horizontalAdvance(aside) + unit / 2 if aside else 0.0
        top = QRectF(area.left(), area.center().y() - unit * 1.12, area.width(), unit)
        painter.setFont(small)
        painter.setPen(QColor(theme.text_dim))
        painter.drawText(top, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, aside)
        painter.setFont(title)
        painter.setPen(QColor(theme.text))
        _draw_elided(painter, top.adjusted(0, 0, -width, 0), row.job.title)
        painter.setFont(small)
        painter.setPen(QColor(line_colour(row, theme)))
        _draw_elided(painter, top.translated(0, unit * 1.15), self._wording.line(row))

    def _draw_bar(self, painter: QPainter, theme: Theme, row: Row, area: QRectF) -> None:
        share = row.share
        begun = row.status in RUNNING or row.status in STOPPING or row.done_s > 0
        if row.status == "done" or share is None or not begun:
            return
        bar = QRectF(area.left(), area.bottom() - _BAR - 3, area.width(), _BAR)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.border))
        painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
        moving = row.status in RUNNING
        painter.setBrush(QColor(theme.accent if moving else theme.control))
        bar.setWidth(max(bar.width() * share, _BAR))
        painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)


def state_icon(row: Row, theme: Theme) -> tuple[str, str]:
    """The name and colour of the icon that tells the state of a row."""
    if row.status == "failed":
        return "error", theme.error
    if row.status == "done":
        if row.job.error:
            return "warning", theme.warning
        return "ok", theme.ok
    if row.status in RUNNING:
        return "wave", theme.accent
    names = {"paused": "pause", "cancelled": "stop"}
    return names.get(row.status, "clock"), theme.text_dim


def line_colour(row: Row, theme: Theme) -> str:
    """The colour of the line that tells what happens with a row."""
    if row.status == "failed":
        return theme.error
    if row.status == "done" and row.job.error:
        return theme.warning
    return theme.text_dim


def _toggle_icon(row: Row) -> str:
    """The icon of the button to pause or go on; empty where there is nothing to."""
    if row.can_pause:
        return "pause"
    if row.status == "failed":
        return "retry"
    return "play" if row.can_resume else ""


def _draw_elided(painter: QPainter, area: QRectF, text: str) -> None:
    shown = QFontMetricsF(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
