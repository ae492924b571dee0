"""The pages behind each other; the one in sight is made first, the others when the window is there.

The modules of the pages are imported in a thread of their own; the pages themselves are made one between two
events.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from gui.page import Page
from gui.services import Services

PageFactory = Callable[[Services], Page]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSpec:
    """What is known of a page before it is made.

    Attributes:
        id, icon: as of the page.
        title: its English title.
        context: where the translation of the title is: the page's class.
        load: imports its module and gives what makes it; any thread may call it.
    """

    id: str
    icon: str
    title: str
    context: str
    load: Callable[[], PageFactory]

    @property
    def name(self) -> str:
        """The title in the language of the interface."""
        return QCoreApplication.translate(self.context, self.title)


class PageStack(QStackedWidget):
    """Makes pages and shows one.

    Signals:
        complete: all pages have been made.
    """

    complete = Signal()

    def __init__(self, services: Services, specs: Sequence[PageSpec], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.specs = tuple(specs)
        self._services = services
        self._made: dict[str, Page] = {}

    @property
    def pages(self) -> tuple[Page, ...]:
        """Those that have been made, in the order of the specs."""
        return tuple(self._made[spec.id] for spec in self.specs if spec.id in self._made)

    @property
    def current(self) -> Page | None:
        """The page in sight."""
        shown = self.currentWidget()
        return shown if isinstance(shown, Page) else None

    def page(self, page_id: str) -> Page | None:
        """A page, made now if it has not been; None where there is none of that id."""
        for spec in self.specs:
            if spec.id == page_id:
                return self._make(spec)
        return None

    def make_rest(self) -> None:
        """Makes the pages that are missing, in the background; `complete` follows."""
        missing = [spec for spec in self.specs if spec.id not in self._made]

        def load(stop: threading.Event) -> Iterator[PageSpec]:
            for spec in missing:
                if stop.is_set():
                    return
                spec.load()
                yield spec

        self._services.workers.start(
            load,
            on_item=self._make,
            on_failed=self._services.messages.show_error,
            on_ended=self.complete.emit,
        )

    def _make(self, spec: PageSpec) -> Page:
        if spec.id not in self._made:
            page = spec.load()(self._services)
            self._made[spec.id] = page
            self.addWidget(page)
        return self._made[spec.id]
