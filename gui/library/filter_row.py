"""What the list of the library is asked for: the search and the filters."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget

from gui.library.listing import Filter
from gui.theme import ThemeSource
from gui.widgets.icon_button import IconButton
from gui.widgets.search_field import SearchField


class FilterRow(QWidget):
    """A title with the search beside it, and below them the filters with what they find.

    Attributes:
        search: the field.

    Signals:
        changed: () `filter()` is another.
    """

    changed = Signal()

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = SearchField(theme, self.tr("Search all words and titles"), self)
        self.kind, self.state, self.order = QComboBox(self), QComboBox(self), QComboBox(self)
        self._totals = QLabel(self)
        self._totals.setProperty("role", "dim")
        # It gives way to the boxes in a narrow window.
        self._totals.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._buttons = QHBoxLayout()
        self._fill()
        self._lay_out()
        self.search.searched.connect(lambda text: self.changed.emit())
        for box in (self.kind, self.state, self.order):
            box.currentIndexChanged.connect(lambda index: self.changed.emit())

    def filter(self) -> Filter:
        """What the user wants to see."""
        return Filter(
            text=self.search.text().strip(),
            kind=self.kind.currentData(),
            state=self.state.currentData(),
            order=self.order.currentData(),
        )

    def add_button(self, button: IconButton) -> None:
        """Adds a button at the end of the lower row."""
        self._buttons.addWidget(button)

    def show_totals(self, text: str) -> None:
        """Says what was found."""
        self._totals.setText(text)
        self._totals.setToolTip(text)

    def begin_search(self) -> None:
        """Puts the focus into the search."""
        self.search.setFocus()
        self.search.selectAll()

    def _fill(self) -> None:
        self.kind.setAccessibleName(self.tr("Kind"))
        self.kind.addItem(self.tr("Live and files"), None)
        self.kind.addItem(self.tr("Live"), "live")
        self.kind.addItem(self.tr("Files"), "file")
        self.state.setAccessibleName(self.tr("State"))
        self.state.addItem(self.tr("In any state"), "all")
        self.state.addItem(self.tr("Done"), "done")
        self.state.addItem(self.tr("Unfinished"), "unfinished")
        self.state.addItem(self.tr("Failed"), "failed")
        self.state.addItem(self.tr("Recovered"), "recovered")
        self.order.setAccessibleName(self.tr("Order"))
        self.order.addItem(self.tr("Newest first"), "newest")
        self.order.addItem(self.tr("Oldest first"), "oldest")
        self.order.addItem(self.tr("By title"), "title")
        self.order.addItem(self.tr("Longest first"), "longest")
        self.order.addItem(self.tr("Shortest first"), "shortest")

    def _lay_out(self) -> None:
        title = QLabel(self.tr("Library"), self)
        title.setProperty("role", "title")
        top, below = QHBoxLayout(), QHBoxLayout()
        top.addWidget(title, 1)
        top.addWidget(self.search, 1)
        for box in (self.kind, self.state, self.order):
            # In a narrow window with large letters, the boxes give way before the window does.
            box.setMinimumWidth(box.fontMetrics().averageCharWidth() * 8)
            below.addWidget(box)
        below.addSpacing(8)
        below.addWidget(self._totals, 1)
        below.addLayout(self._buttons)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addLayout(top, 0, 0)
        grid.addLayout(below, 1, 0)
