"""A frameless window that stays on top and shows the last lines of the captions.

It is dragged by its ground, made wider at its right edge, and made plainer or darker from its menu or by
keys. Place and look are kept in the settings.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QContextMenuEvent,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QMoveEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QMenu, QWidget

from gui.settings_store import SettingsStore

_GRIP = 14  # pixels at the right edge that change the width
_GROUND, _FIXED, _TAIL = "#101416", "#ffffff", "#b9c2c6"  # a caption looks the same over any picture
_OPACITIES = (0.3, 0.5, 0.7, 0.85, 1.0)


class CaptionOverlay(QWidget):
    """Shows text on a dark ground, the newest line last.

    Signals:
        hidden: the user has closed it.
    """

    hidden = Signal()

    def __init__(self, settings: SettingsStore) -> None:
        flags = (
            Qt.WindowType.Tool
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowStaysOnTopHint
            | Qt.WindowType.WindowDoesNotAcceptFocus
        )
        super().__init__(None, flags)
        self._settings = settings
        self._fixed, self._tail = "", ""
        self._drag_from: QPoint | None = None
        self._widening = False
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setWindowTitle(self.tr("Captions"))
        self.setAccessibleName(self.tr("Caption window"))
        self.setMouseTracking(True)
        settings.changed.connect(self._on_settings)
        self._fit()

    @property
    def n_characters(self) -> int:
        """About how many characters find room."""
        width = QFontMetricsF(self._font()).averageCharWidth()
        return max(20, int(self.width() / max(width, 1.0)) * self._settings.current.live.overlay_lines)

    def set_text(self, fixed: str, tail: str) -> None:
        """Shows the end of the text.

        Args:
            fixed: what stays.
            tail: what may still change, shown dimmer behind it.
        """
        if (fixed, tail) != (self._fixed, self._tail):
            self._fixed, self._tail = fixed, tail
            self.setAccessibleDescription(f"{fixed} {tail}".strip())
            self.update()

    def place(self) -> None:
        """Brings it to where it was, or to the lower middle of the screen."""
        live, screen = self._settings.current.live, QGuiApplication.primaryScreen()
        self._fit()
        area = screen.availableGeometry() if screen is not None else self.geometry()
        if live.overlay_x is not None and live.overlay_y is not None:
            point = QPoint(live.overlay_x, live.overlay_y)
            if QGuiApplication.screenAt(point + QPoint(40, 20)) is not None:
                self.move(point)
                return
        self.move(area.center().x() - self.width() // 2, area.bottom() - self.height() - area.height() // 20)

    def sizeHint(self) -> QSize:
        """Its width of the settings, its height by its lines."""
        live = self._settings.current.live
        screen = QGuiApplication.primaryScreen()
        widest = screen.availableGeometry().width() if screen is not None else 1024
        width = live.overlay_width or round(widest * 0.6)
        line = QFontMetricsF(self._font()).lineSpacing()
        return QSize(min(width, widest), round(line * (live.overlay_lines + 0.9)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground and the last lines."""
        live, painter = self._settings.current.live, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(_GROUND)
        # Never wholly clear: it must be found by the mouse.
        ground.setAlphaF(max(live.overlay_opacity, 0.05))
        painter.setBrush(ground)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(QRectF(self.rect()), 10, 10)
        font = self._font()
        metrics = QFontMetricsF(font)
        margin = metrics.lineSpacing() * 0.45
        text = f"{self._fixed} {self._tail}".strip() if self._tail else self._fixed
        if not text:
            painter.setFont(font)
            painter.setPen(QColor(_TAIL))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.tr("Captions appear here"))
            return
        layout = QTextLayout(text, font)
        layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
        lines = _lines(layout, self.width() - 2 * margin)
        first = max(0, lines - live.overlay_lines)
        y = margin
        for number in range(first, lines):
            line = layout.lineAt(number)
            piece = text[line.textStart() : line.textStart() + line.textLength()]
            n_fixed = max(0, min(len(piece), len(self._fixed) - line.textStart()))
            x = margin
            painter.setFont(font)
            for part, colour in ((piece[:n_fixed], _FIXED), (piece[n_fixed:], _TAIL)):
                painter.setPen(QColor(colour))
                painter.drawText(QPoint(round(x), round(y + metrics.ascent())), part)
                x += metrics.horizontalAdvance(part)
            y += metrics.lineSpacing()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begins to drag it, or its right edge."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._widening = event.position().x() >= self.width() - _GRIP
            self._drag_from = event.globalPosition().toPoint() - self.frameGeometry().topLeft()
            handle = self.windowHandle()
            # Wayland lets a program move its window only this way.
            if not self._widening and handle is not None and handle.startSystemMove():
                self._drag_from = None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Moves or widens it."""
        at_edge = event.position().x() >= self.width() - _GRIP
        self.setCursor(Qt.CursorShape.SizeHorCursor if at_edge else Qt.CursorShape.SizeAllCursor)
        if self._drag_from is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        if self._widening:
            self.resize(max(200, round(event.position().x())), self.height())
        else:
            self.move(event.globalPosition().toPoint() - self._drag_from)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ends dragging."""
        self._drag_from, self._widening = None, False
        self._keep()

    def moveEvent(self, event: QMoveEvent) -> None:
        """Keeps its place."""
        super().moveEvent(event)
        if self.isVisible() and self._drag_from is None:
            self._keep()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draws anew."""
        super().resizeEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Lines, ground, closing."""
        menu, live = QMenu(self), self._settings.current.live
        for count in (1, 2, 3, 4, 6):
            action = menu.addAction(self.tr("%n line(s)", "", count))
            self._choice(action, count == live.overlay_lines, overlay_lines=count)
        menu.addSeparator()
        for opacity in _OPACITIES:
            action = menu.addAction(self.tr("Ground {percent} %").format(percent=round(opacity * 100)))
            self._choice(action, abs(opacity - live.overlay_opacity) < 0.01, overlay_opacity=opacity)
        menu.addSeparator()
        menu.addAction(self.tr("Close")).triggered.connect(self.dismiss)
        menu.exec(event.globalPos())

    def dismiss(self) -> None:
        """Hides it, as the user wants."""
        self.hide()
        self.hidden.emit()

    def _choice(self, action: QAction, chosen: bool, **values: float) -> None:
        action.setCheckable(True)
        action.setChecked(chosen)
        action.triggered.connect(lambda *_: self._settings.change("live", **values))

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSize(self._settings.current.live.font_pt)
        font.setWeight(QFont.Weight.Medium)
        return font

    def _fit(self) -> None:
        self.resize(self.sizeHint())

    def _on_settings(self) -> None:
        if self.size() != self.sizeHint() and self._drag_from is None:
            self._fit()
        self.update()

    def _keep(self) -> None:
        self._settings.change(
            "live", overlay_x=self.x(), overlay_y=self.y(), overlay_width=max(self.width(), 100)
        )


def _lines(layout: QTextLayout, width: float) -> int:
    """Breaks the text into lines of a width; gives their number."""
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
    layout.endLayout()
    return layout.lineCount()
