"""Files that are dropped onto the window, wherever: the whole of it is a target, and shows so."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QDropEvent, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gui.icons import pixmap
from gui.theme import ThemeSource


class WindowDrop(QObject):
    """Watches one window for files.

    Signals:
        dropped: (object) a tuple of paths.
    """

    dropped = Signal(object)

    def __init__(self, window: QWidget, theme: ThemeSource, text: str) -> None:
        """Makes a window a target.

        Args:
            window: that is watched; this object becomes its child.
            theme: whose colours.
            text: shown while files are over it.
        """
        super().__init__(window)
        self._window = window
        self._veil = _Veil(window, theme, text)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Takes files that nothing inside the window has taken."""
        if watched is self._window and isinstance(event, QDropEvent):
            return self._on_drag(event)
        if event.type() in (QEvent.Type.DragLeave, QEvent.Type.Hide):
            self._veil.hide()
        elif event.type() == QEvent.Type.Resize:
            self._veil.setGeometry(self._window.rect())
        return False

    def _on_drag(self, event: QDropEvent) -> bool:
        paths = dropped_paths(event.mimeData())
        if not paths:
            return False
        if event.type() == QEvent.Type.Drop:
            self._veil.hide()
            self.dropped.emit(paths)
        else:
            self._veil.show_over()
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        return True


def dropped_paths(data: QMimeData) -> tuple[Path, ...]:
    """The files and folders on this computer that are dragged."""
    if not data.hasUrls():
        return ()
    return tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())


class _Veil(QWidget):
    """Covers the window while files are over it; the pointer goes through."""

    def __init__(self, window: QWidget, theme: ThemeSource, text: str) -> None:
        super().__init__(window)
        self._theme, self._text = theme, text
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_over(self) -> None:
        """Comes into sight over all that the window shows."""
        if self.isHidden():
            self.setGeometry(self.window().rect())
            self.raise_()
            self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A veil, a frame of dashes, an icon and a sentence."""
        theme, unit = self._theme.current, self.fontMetrics().height()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(theme.window)
        ground.setAlphaF(0.97)
        painter.fillRect(self.rect(), ground)
        painter.setPen(QPen(QColor(theme.accent), 2, Qt.PenStyle.DashLine))
        rim = 1.2 * unit
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(rim, rim, -rim, -rim), unit / 2, unit / 2)
        side = round(3.2 * unit)
        picture = pixmap("import", theme.accent, side, self.devicePixelRatioF())
        centre = self.rect().center()
        painter.drawPixmap(centre.x() - side // 2, centre.y() - side, picture)
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 1.3)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(theme.text))
        below = QRectF(0, centre.y() + unit / 2, self.width(), 2 * unit)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self._text)
