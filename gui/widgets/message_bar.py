"""The bar below the pages that tells what happened, without stopping anybody."""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from gui.icons import pixmap
from gui.messages import Message
from gui.theme import ThemeSource
from gui.widgets.icon_button import IconButton

_SHORTEST_MS, _MS_PER_LETTER = 4000, 70  # slow readers take that long
_MAX_WAITING = 20


class MessageBar(QFrame):
    """Shows one message at a time; errors and warnings stay until closed, others go by themselves."""

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Message")
        self._theme = theme
        self._message: Message | None = None
        self._waiting: deque[Message] = deque(maxlen=_MAX_WAITING)
        self._icon = QLabel()
        self._text = QLabel(wordWrap=True)
        self._text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._more = QLabel()
        self._more.setProperty("role", "dim")
        self._button = QPushButton()
        self._button.setProperty("kind", "quiet")
        self._close = IconButton(theme, "close", self.tr("Close this message"))
        row = QHBoxLayout(self)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addWidget(self._more)
        row.addWidget(self._button)
        row.addWidget(self._close)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.close_message)
        self._button.clicked.connect(self._on_action)
        self._close.clicked.connect(self.close_message)
        theme.changed.connect(self._show_icon)
        self.hide()

    @property
    def message(self) -> Message | None:
        """What is shown now."""
        return self._message

    def show_message(self, message: Message) -> None:
        """Shows a message, or lets it wait behind a graver one."""
        if message == self._message or message in self._waiting:
            return
        stays = self._message is not None and self._message.kind in ("error", "warning")
        if stays:
            self._waiting.append(message)
            self._show_count()
        else:
            self._show(message)

    def close_message(self) -> None:
        """Shows the next message, or nothing."""
        if self._waiting:
            self._show(self._waiting.popleft())
        else:
            self._message = None
            self._timer.stop()
            self.hide()

    def _show(self, message: Message) -> None:
        self._message = message
        self._text.setText(message.text)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._button.setVisible(message.action is not None)
        if message.action is not None:
            self._button.setText(message.action.text)
        self._show_icon()
        self._show_count()
        if message.kind in ("error", "warning"):
            self._timer.stop()
        else:
            self._timer.start(_SHORTEST_MS + _MS_PER_LETTER * len(message.text))
        self.show()

    def _show_icon(self) -> None:
        if self._message is None:
            return
        theme = self._theme.current
        colours = {"info": theme.accent, "ok": theme.ok, "warning": theme.warning, "error": theme.error}
        side = round(self.fontMetrics().height() * 1.3)
        kind = self._message.kind
        self._icon.setPixmap(pixmap(kind, colours[kind], side, self.devicePixelRatioF()))

    def _show_count(self) -> None:
        waiting = len(self._waiting)
        self._more.setVisible(waiting > 0)
        self._more.setText(self.tr("{count} more").format(count=waiting))

    def _on_action(self) -> None:
        message = self._message
        self.close_message()
        if message is not None and message.action is not None:
            message.action.run()
