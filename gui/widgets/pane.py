"""A column that scrolls where its place is too low for it, and is never cut at the sides."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class Pane(QScrollArea):
    """Holds one widget.

    Attributes:
        inner: the widget; give it a layout.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.inner = _Inner(self)
        self.setWidget(self.inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def minimumSizeHint(self) -> QSize:
        """As wide as what is in it, and a scroll bar; a few lines high."""
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(self.inner.minimumSizeHint().width() + bar, self.fontMetrics().height() * 6)


class _Inner(QWidget):
    def __init__(self, pane: Pane) -> None:
        super().__init__()
        self._pane = pane

    def event(self, event: QEvent) -> bool:
        """What is in it has another size."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._pane.updateGeometry()
        return super().event(event)
