"""The rows of the page of settings: a label, a control, what it means, and what is wrong with it."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from gui.settings.presenter import Number, Problem


class Row(QWidget):
    """One setting.

    Attributes:
        control: what changes it.
    """

    def __init__(
        self, label: str, control: QWidget, about: str, *, unit: str = "", inline: bool = False
    ) -> None:
        """Lays the row out.

        Args:
            label: its name; the control's buddy.
            control: changes it.
            about: what it means, one or two sentences; may be empty.
            unit: behind the control.
            inline: the control says its name itself.
        """
        super().__init__()
        self.control = control
        self._words = f"{label} {about} {unit}".casefold()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        if not inline:
            name = QLabel(label)
            name.setBuddy(control)
            column.addWidget(name)
        line = QHBoxLayout()
        line.addWidget(control)
        if unit:
            behind = QLabel(unit)
            behind.setProperty("role", "dim")
            line.addWidget(behind)
        if control.sizePolicy().horizontalPolicy() != QSizePolicy.Policy.Expanding:
            line.addStretch(1)
        column.addLayout(line)
        self._about = self._text("dim", about)
        self._problem = self._text("error", "")
        column.addWidget(self._about)
        column.addWidget(self._problem)
        if not control.accessibleName():
            control.setAccessibleName(label)
        control.setAccessibleDescription(about)

    @property
    def problem(self) -> str:
        """What is said to be wrong; empty for nothing."""
        return "" if self._problem.isHidden() else self._problem.text()

    def also_found_by(self, name: str) -> None:
        """Adds the name that the setting has in the file, such as `overlay_opacity`."""
        self._words += f" {name} {name.replace('_', ' ')}"

    def matches(self, words: str) -> bool:
        """Whether all words of a search stand in the row."""
        return all(word in self._words for word in words.casefold().split())

    def set_about(self, text: str) -> None:
        """Says something else below the control."""
        self._about.setText(text)
        self._about.setVisible(bool(text))

    def show_problem(self, text: str) -> None:
        """Says what is wrong with what was typed; empty takes it away."""
        self._problem.setText(text)
        self._problem.setVisible(bool(text))
        self.control.setProperty("wrong", bool(text))
        self.control.style().polish(self.control)

    def _text(self, role: str, text: str) -> QLabel:
        label = QLabel(text, wordWrap=True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("role", role)
        label.setVisible(bool(text))
        return label


class NumberField(QLineEdit):
    """A number that may be typed, or changed with the arrow keys.

    Signals:
        typed: (str) the user has finished typing.
        stepped: (int) steps up, below 0 down.
    """

    typed = Signal(str)
    stepped = Signal(int)

    def __init__(self, number: Number) -> None:
        super().__init__()
        self._number = number
        self._shown = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedWidth(self.fontMetrics().averageCharWidth() * 14)
        self.editingFinished.connect(self._on_finished)

    def show_value(self, value: float | None) -> None:
        """Shows the setting."""
        if value is None:
            self._shown = ""
        elif self._number.whole:
            self._shown = str(int(value))
        else:
            self._shown = f"{value:g}".replace(".", QLocale().decimalPoint())
        self.setText(self._shown)

    def restore(self) -> None:
        """Forgets what was typed."""
        self.setText(self._shown)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down step, Page Up and Down by ten, Escape forgets what was typed."""
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 10, Qt.Key.Key_PageDown: -10}
        step = steps.get(Qt.Key(event.key()))
        if step is not None:
            self.stepped.emit(step)
        elif event.key() == Qt.Key.Key_Escape and self.text() != self._shown:
            self.restore()
            self.typed.emit(self._shown)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """All of it is chosen: typing replaces it."""
        super().focusInEvent(event)
        self.selectAll()

    def _on_finished(self) -> None:
        self.typed.emit(self.text())


class Choice(QComboBox):
    """One of several values; the wheel scrolls the page over it, as long as it has not the focus."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Goes to the page unless the field is in use."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class Words(QWidget):
    """Makes words of problems; a widget only for its translations."""

    def problem(self, problem: Problem | None) -> str:
        """The sentence for a problem; empty for none."""
        if problem is None:
            return ""
        low, high = (
            f"{value:g}".replace(".", QLocale().decimalPoint()) for value in (problem.low, problem.high)
        )
        match problem.kind:
            case "no_number":
                return self.tr("This is no number. Type one from {low} to {high}.").format(low=low, high=high)
            case "no_whole_number":
                return self.tr("Type a whole number from {low} to {high}.").format(low=low, high=high)
            case "range":
                return self.tr("Type a number from {low} to {high}.").format(low=low, high=high)
            case "hot_word":
                return self.tr("Line {line}: {what}.").format(line=problem.line, what=problem.detail)
            case "no_folder":
                return self.tr("“{what}” is no folder. Type its whole path.").format(what=problem.detail)
            case "taken":
                return self.tr("“{what}” has this key already.").format(what=problem.detail)
            case _:
                return self.tr("Not taken: {what}.").format(what=problem.detail)
