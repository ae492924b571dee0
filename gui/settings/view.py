"""The page of settings: sections at the left, their rows at the right, and a search over all of them."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui.about import AboutDialog
from gui.live.inputs import Audio, SystemAudio
from gui.page import Page
from gui.services import Services
from gui.settings.files import FilesSection
from gui.settings.folders import FoldersSection
from gui.settings.keys import KeysSection
from gui.settings.presenter import SettingsPresenter
from gui.settings.recognition import RecognitionSection
from gui.settings.section import Section
from gui.settings.sections import LiveSection, LookSection, SubtitlesSection
from gui.widgets.search_field import SearchField

_WIDEST = 84  # letters: longer lines of help are hard to read


class SettingsPage(Page):
    """All settings; each is in force at once.

    Attributes:
        sections: in order.
    """

    id = "settings"
    icon = "settings"

    def __init__(
        self, services: Services, parent: QWidget | None = None, *, audio: Audio | None = None
    ) -> None:
        """Makes the page.

        Args:
            services: what the pages share.
            parent: its widget.
            audio: the sound system; None for the computer's own.
        """
        super().__init__(services, parent)
        presenter = SettingsPresenter(lambda: services.settings.current, services.settings.replace)
        kinds: tuple[type[Section], ...] = (
            RecognitionSection,
            FilesSection,
            SubtitlesSection,
            LookSection,
            KeysSection,
            FoldersSection,
        )
        live = LiveSection(services, presenter, audio or SystemAudio())
        self.sections: list[Section] = [live, *(kind(services, presenter) for kind in kinds)]
        self._search = SearchField(services.theme, self.tr("Search settings"))
        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("Sections"))
        self._list.setProperty("role", "plain")
        # Else rows are laid out before they know the space that the style gives them.
        self._list.ensurePolished()
        self._list.addItems([section.title for section in self.sections])
        self._nothing = QLabel(self.tr("No setting has these words."))
        self._nothing.setProperty("role", "dim")
        self._first = QPushButton(self.tr("First steps again"))
        self._about = QPushButton(self.tr("About SpeechRNN"))
        self._area = QScrollArea(widgetResizable=True)
        self._lay_out()
        self._list.currentRowChanged.connect(self._on_chosen)
        self._search.searched.connect(self._on_searched)
        self._first.clicked.connect(lambda: services.navigation.go("first_run"))
        self._about.clicked.connect(self._show_about)
        services.settings.changed.connect(self._show_settings)
        keys = services.keys
        find = keys.add(self, "settings.search", self.tr("Search settings"), "Ctrl+F")
        find.triggered.connect(self._search.setFocus)
        self._show_settings()
        self._list.setCurrentRow(0)

    def title(self) -> str:
        """Its name for the user."""
        return self.tr("Settings")

    def entered(self) -> None:
        """Looks for what may have changed outside."""
        self._enter_section()

    def open(self, target: object) -> None:
        """Shows a section by its name, such as "live"."""
        for row, section in enumerate(self.sections):
            if section.name == target:
                self._search.clear()
                self._list.setCurrentRow(row)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.addWidget(self._search)
        left.addWidget(self._list, 1)
        left.addWidget(self._first)
        left.addWidget(self._about)
        side = QWidget()
        side.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        side.setFixedWidth(self.fontMetrics().averageCharWidth() * 32)
        inside = QWidget()
        inside.setMaximumWidth(self.fontMetrics().averageCharWidth() * _WIDEST)
        column = QVBoxLayout(inside)
        column.setContentsMargins(8, 0, 16, 24)
        column.setSpacing(32)
        for section in self.sections:
            column.addWidget(section)
        column.addWidget(self._nothing)
        column.addStretch(1)
        self._area.setWidget(inside)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 20, 8, 12)
        row.setSpacing(24)
        row.addWidget(side)
        row.addWidget(self._area, 1)

    def _on_chosen(self, _row: int) -> None:
        self._search.clear()
        self._on_searched("")
        self._area.verticalScrollBar().setValue(0)
        if self.isVisible():
            self._enter_section()

    def _on_searched(self, words: str) -> None:
        chosen = self._list.currentRow()
        if words:  # what is found may stand in any section
            self._list.clearSelection()
        else:
            self._list.setCurrentRow(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        found = False
        for row, section in enumerate(self.sections):
            matches = section.search(words)
            section.setVisible(matches if words else row == chosen)
            found = found or matches
        self._nothing.setVisible(bool(words) and not found)

    def _enter_section(self) -> None:
        self.sections[self._list.currentRow()].entered()

    def _show_settings(self) -> None:
        for section in self.sections:
            section.show_settings()

    def _show_about(self) -> None:
        dialog = AboutDialog(self.window())
        dialog.exec()
        dialog.deleteLater()
