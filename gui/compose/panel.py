"""The column of fields at the right of a tab: numbers and choices, each with what is wrong below it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from gui.compose.fields import NUMBERS, FieldValues
from gui.settings.fields import NumberField, Row, Words


class FieldPanel(QScrollArea):
    """Rows of fields over a `FieldValues`.

    Signals:
        changed: a value is another one.
    """

    changed = Signal()

    def __init__(self, values: FieldValues, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values = values
        self._fields: dict[str, NumberField] = {}
        self.rows: dict[str, Row] = {}
        inner = self._inner = QWidget()
        self._words = Words(inner)
        self._words.hide()
        self._column = QVBoxLayout(inner)
        line = self.fontMetrics().height()
        self._column.setContentsMargins(line // 2, 0, line // 2, line // 2)
        self._column.setSpacing(line * 2 // 3)
        self._column.addStretch(1)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def add_number(self, name: str, label: str, about: str, unit: str = "") -> Row:
        """A row for a number."""
        field = NumberField(NUMBERS[name])
        row = Row(label, field, about, unit=unit)

        def typed(text: str) -> None:
            row.show_problem(self._words.problem(self._values.type(name, text)))
            if not row.problem:
                field.show_value(self._values.values[name])
                self.changed.emit()

        def stepped(steps: int) -> None:
            self._values.step(name, steps)
            row.show_problem("")
            field.show_value(self._values.values[name])
            self.changed.emit()

        field.typed.connect(typed)
        field.stepped.connect(stepped)
        self._fields[name] = field
        field.show_value(self._values.values[name])
        return self.add_row(name, row)

    def add_row(self, name: str, row: Row) -> Row:
        """A row for anything else."""
        self.rows[name] = row
        self._column.insertWidget(self._column.count() - 1, row)
        return row

    def show_values(self) -> None:
        """Shows all numbers as they are."""
        for name, field in self._fields.items():
            field.show_value(self._values.values[name])
            self.rows[name].show_problem("")

    def check(self) -> bool:
        """Takes what is being typed; False where something is wrong, with the focus on it."""
        for name, field in self._fields.items():
            field.typed.emit(field.text())
            if self.rows[name].problem:
                field.setFocus()
                return False
        return True

    def sizeHint(self) -> QSize:
        """No wider than it must be: the room is for what is composed."""
        return QSize(self.minimumWidth(), super().sizeHint().height())

    def fit(self) -> None:
        """As wide as its rows, and a scroll bar."""
        inner = self._inner
        bar = self.verticalScrollBar().sizeHint().width()
        self.setMinimumWidth(inner.minimumSizeHint().width() + bar)

    def on_change(self, run: Callable[[], object]) -> None:
        """Calls a function after each change."""
        self.changed.connect(run)
