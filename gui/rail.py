"""The rail at the left of the window: one button a page."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from gui.icons import icon
from gui.keys import hint
from gui.page_stack import PageSpec
from gui.services import Services


class Rail(QFrame):
    """Chooses a page; Up and Down go through the buttons.

    Signals:
        chosen: (str) id of a page.
    """

    chosen = Signal(str)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Rail")
        self._theme = services.theme
        self._buttons: dict[str, QToolButton] = {}
        self._icons: dict[str, str] = {}
        self._column = QVBoxLayout(self)
        self._column.addStretch(1)
        self._theme.changed.connect(self._show_icons)

    def add(self, spec: PageSpec, action: QAction) -> None:
        """Adds a button for a page, whose tooltip tells the key of the action."""
        button = QToolButton()
        button.setText(spec.name)
        button.setCheckable(True)
        button.setAutoExclusive(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setAccessibleName(spec.name)
        button.clicked.connect(lambda _checked=False, name=spec.id: self.chosen.emit(name))
        button.installEventFilter(self)
        self._buttons[spec.id], self._icons[spec.id] = button, spec.icon
        self._column.insertWidget(self._column.count() - 1, button)
        self._show_icons()

        def tell() -> None:
            button.setToolTip(hint(button.text(), action))

        action.changed.connect(tell)
        tell()

    def is_current(self, page_id: str) -> bool:
        """Whether its button is marked."""
        return self._buttons[page_id].isChecked()

    def set_current(self, page_id: str) -> None:
        """Marks the button of the page in sight."""
        self._buttons[page_id].setChecked(True)
        self._show_icons()

    def take_focus(self) -> None:
        """Puts the focus on the button of the page in sight."""
        for button in self._buttons.values():
            if button.isChecked():
                button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Goes up and down with the arrow keys."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            buttons = list(self._buttons.values())
            if step is not None and watched in buttons:
                buttons[(buttons.index(watched) + step) % len(buttons)].setFocus(
                    Qt.FocusReason.TabFocusReason
                )
                return True
        return False

    def changeEvent(self, event: QEvent) -> None:
        """Keeps the icons as large as the text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._show_icons()

    def _show_icons(self) -> None:
        theme = self._theme.current
        side = round(self.fontMetrics().height() * 1.25)
        for name, button in self._buttons.items():
            button.setIconSize(QSize(side, side))
            colour = theme.accent if button.isChecked() else theme.text_dim
            button.setIcon(icon(self._icons[name], theme, colour))
