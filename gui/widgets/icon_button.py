"""A button that shows an icon, coloured by the theme, named for those who do not see it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton, QWidget

from gui.icons import icon
from gui.keys import hint
from gui.theme import ThemeSource

_ROOM = 1.35  # side of the icon by the height of a line of text


class IconButton(QToolButton):
    """An icon, with its text in the tooltip or beside it.

    With an action it triggers it, is on and off with it, and tells its key.
    """

    def __init__(
        self,
        theme: ThemeSource,
        name: str,
        text: str,
        *,
        action: QAction | None = None,
        with_text: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Makes the button.

        Args:
            theme: whose colours.
            name: of the icon, see `gui.icons`.
            text: what it does.
            action: what it triggers; None where the caller connects `clicked`.
            with_text: show the text beside the icon.
            parent: its widget.
        """
        super().__init__(parent)
        self._theme = theme
        self._name = name
        self._text = text
        self._action = action
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if with_text:
            self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        if action is not None:
            self.setCheckable(action.isCheckable())
            self.clicked.connect(action.trigger)
            action.changed.connect(self._on_action_changed)
        self._show_text()
        self._on_action_changed()
        self._resize_icon()
        theme.changed.connect(self._show_icon)
        self._show_icon()

    def set_icon(self, name: str, text: str) -> None:
        """Shows another icon and text, such as pause for play."""
        self._name, self._text = name, text
        self._show_icon()
        self._show_text()

    def changeEvent(self, event: QEvent) -> None:
        """Keeps the icon as large as the text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._resize_icon()

    def _resize_icon(self) -> None:
        side = round(self.fontMetrics().height() * _ROOM)
        if self.iconSize().width() != side:
            self.setIconSize(QSize(side, side))

    def _show_icon(self) -> None:
        self.setIcon(icon(self._name, self._theme.current))

    def _show_text(self) -> None:
        self.setAccessibleName(self._text)
        if self.toolButtonStyle() != Qt.ToolButtonStyle.ToolButtonIconOnly:
            self.setText(self._text)
        self.setToolTip(hint(self._text, self._action) if self._action else self._text)

    def _on_action_changed(self) -> None:
        if self._action is None:
            return
        self.setEnabled(self._action.isEnabled())
        self.setChecked(self._action.isChecked())
        self.setToolTip(hint(self._text, self._action))
