"""What the window asks of a page."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QWidget

from gui.services import Services


class Page(QWidget):
    """One page of the window; subclasses give it its name and content.

    Attributes:
        id: its name in settings, keys and `Navigation.go`.
        icon: name of its icon, see `gui.icons`.
        services: what the pages share.
    """

    id: ClassVar[str] = ""
    icon: ClassVar[str] = ""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.services = services
        self.setObjectName(f"{self.id}Page")

    def title(self) -> str:
        """Its name for the user, in the language of the interface."""
        raise NotImplementedError

    def entered(self) -> None:
        """Called when it has come into sight."""

    def left(self) -> None:
        """Called when another page has taken its place."""

    def open(self, target: object) -> None:
        """Called after `entered` when another page asked for something here, see `Navigation.go`."""

    def busy(self) -> str | None:
        """What closing the app would interrupt now, as a sentence for the user; None for nothing."""
        return None

    def stop(self) -> None:
        """Called once when the app is being closed: ask all that runs to stop, keep what is unsaved."""
