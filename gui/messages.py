"""What the app has to tell: any page says it here, the window shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject, Signal

from speechrnn.errors import SpeechRnnError

MessageKind = Literal["info", "ok", "warning", "error"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageAction:
    """A button beside a message.

    Attributes:
        text: of the button.
        run: what it does.
    """

    text: str
    run: Callable[[], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One thing to tell.

    Attributes:
        kind: how grave it is; errors and warnings stay until they are closed.
        text: one or two sentences.
        action: what the user may do about it, or None.
    """

    kind: MessageKind
    text: str
    action: MessageAction | None = None


class MessageCentre(QObject):
    """Passes messages on to the window; for use in the GUI thread.

    Signals:
        shown: (object) a new `Message`.
    """

    shown = Signal(object)

    def show(self, kind: MessageKind, text: str, action: MessageAction | None = None) -> None:
        """Tells the user something, without stopping him."""
        self.shown.emit(Message(kind=kind, text=text, action=action))

    def show_error(self, error: BaseException) -> None:
        """Tells what went wrong; a fitting slot for `Worker.failed`."""
        self.show("error", error_text(error))


def error_text(error: BaseException) -> str:
    """The error as a sentence; one that the library did not raise on purpose names its kind."""
    text = " ".join(str(error).split())
    return text if isinstance(error, SpeechRnnError) else f"{type(error).__name__}: {text or 'no details'}"
