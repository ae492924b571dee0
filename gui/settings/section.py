"""One section of the page: builds rows for settings, shows their values, gives them their defaults back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui.services import Services
from gui.settings.fields import Choice, NumberField, Row, Words
from gui.settings.presenter import NUMBERS, Problem, SettingsPresenter


class Section(QWidget):
    """A group of settings with a heading; subclasses add the rows.

    Attributes:
        name: of the section in the settings, or of its own where it is none.
        title: for the user.
        rows: in order.
    """

    name = ""

    def __init__(self, services: Services, presenter: SettingsPresenter) -> None:
        super().__init__()
        self.services = services
        self.presenter = presenter
        self.title = ""
        self.rows: list[Row] = []
        self._shows: list[Callable[[], object]] = []
        self._words = Words(self)
        self._words.hide()
        self._heading = QLabel()
        self._heading.setProperty("role", "title")
        self._reset = QPushButton(self.tr("Reset to defaults"))
        self._reset.setProperty("kind", "quiet")
        self._reset.clicked.connect(self._on_reset)
        top = QHBoxLayout()
        top.addWidget(self._heading, 1)
        top.addWidget(self._reset)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(18)
        self._column.addLayout(top)

    def set_title(self, title: str) -> None:
        """Gives the section its name for the user."""
        self.title = title
        self._heading.setText(title)
        self._reset.setAccessibleName(self.tr("Reset “{section}” to defaults").format(section=title))

    def entered(self) -> None:
        """Called when the section has come into sight."""

    def show_settings(self) -> None:
        """Shows all settings as they are."""
        for show in self._shows:
            show()
        self._reset.setVisible(self._can_reset())

    def search(self, words: str) -> bool:
        """Shows the rows that match, all for an empty search; returns whether there are any."""
        in_title = bool(words) and all(word in self.title.casefold() for word in words.casefold().split())
        found = [not words or in_title or row.matches(words) for row in self.rows]
        for row, there in zip(self.rows, found, strict=True):
            row.setVisible(there)
        return any(found)

    def add(self, row: Row, show: Callable[[], object] | None = None) -> Row:
        """Adds a row; `show` is called whenever the settings have changed."""
        self.rows.append(row)
        self._column.addWidget(row)
        if show is not None:
            self._shows.append(show)
        return row

    def add_number(self, name: str, label: str, about: str, unit: str = "") -> NumberField:
        """A row for a number."""
        field = NumberField(NUMBERS[self.name, name])
        row = Row(label, field, about, unit=unit)
        row.also_found_by(name)

        def show() -> None:
            # What is being typed stays.
            if not (field.hasFocus() and row.problem):
                field.show_value(self.presenter.value(self.name, name))
                row.show_problem("")

        def typed(text: str) -> None:
            row.show_problem(self.words(self.presenter.set_number(self.name, name, text)))
            show()

        def step(steps: int) -> None:
            row.show_problem(self.words(self.presenter.step(self.name, name, steps)))
            field.show_value(self.presenter.value(self.name, name))

        field.typed.connect(typed)
        field.stepped.connect(step)
        self.add(row, show)
        return field

    def add_toggle(self, name: str, label: str, about: str) -> QCheckBox:
        """A row for yes or no."""
        box = QCheckBox(label)
        row = Row(label, box, about, inline=True)
        row.also_found_by(name)
        self.add(row, lambda: box.setChecked(self.presenter.value(self.name, name)))
        box.clicked.connect(lambda on: self.presenter.set(self.name, name, on))
        return box

    def add_choice(self, name: str, label: str, about: str, choices: Sequence[tuple[Any, str]]) -> Choice:
        """A row for one of several values."""
        box = Choice()
        for value, text in choices:
            box.addItem(text, value)

        def show() -> None:
            box.setCurrentIndex(max(box.findData(self.presenter.value(self.name, name)), 0))

        row = Row(label, box, about)
        row.also_found_by(name)
        self.add(row, show)
        box.activated.connect(lambda _index: self.presenter.set(self.name, name, box.currentData()))
        return box

    def words(self, problem: Problem | None) -> str:
        """The sentence for a problem; empty for none."""
        return self._words.problem(problem)

    def _can_reset(self) -> bool:
        return not self.presenter.is_default(self.name)

    def _on_reset(self) -> None:
        self.presenter.reset(self.name)
        for row in self.rows:
            row.show_problem("")
        self.show_settings()
