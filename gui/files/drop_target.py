"""What the page shows while there are no files: where to drop them, and how else to choose them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from gui.theme import ThemeSource
from gui.widgets.empty_state import EmptyState


class DropTarget(QWidget):
    """A frame of dashes around an invitation.

    Attributes:
        add, add_folder, watch: the buttons.
    """

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.add = QPushButton(self.tr("Add files…"))
        self.add.setProperty("kind", "primary")
        self.add_folder = QPushButton(self.tr("Add a folder…"))
        self.add_folder.setProperty("kind", "quiet")
        self.watch = QPushButton(self.tr("Watch a folder…"))
        self.watch.setProperty("kind", "quiet")
        invitation = EmptyState(
            theme,
            "import",
            self.tr("Drop recordings here"),
            self.tr("Audio and video files of any kind, or folders of them. Nothing leaves this computer."),
        )
        invitation.add_button(self.add)
        invitation.add_button(self.add_folder)
        invitation.add_button(self.watch)
        column = QVBoxLayout(self)
        column.addWidget(invitation)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the frame."""
        unit = self.fontMetrics().height()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(self._theme.current.surface))
        pen = QPen(QColor(self._theme.current.control), 1.5, Qt.PenStyle.DashLine)
        pen.setDashPattern([5, 4])
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), unit / 2, unit / 2)
