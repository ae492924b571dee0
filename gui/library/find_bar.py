"""Find and replace in an open transcript."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from gui.library.actions import ActionTable
from gui.library.finding import Query


class FindBar(QWidget):
    """A field to find, a field to replace, and what was found.

    Signals:
        query_changed: () another text or other options.
        replace_wanted: (bool) replace the find that is shown; True for all finds.
        closed: () the user is done.
    """

    query_changed = Signal()
    replace_wanted = Signal(bool)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.wanted = QLineEdit(self)
        self.wanted.setPlaceholderText(self.tr("Find"))
        self.wanted.setAccessibleName(self.tr("Find"))
        self.wanted.setClearButtonEnabled(True)
        self.replacement = QLineEdit(self)
        self.replacement.setPlaceholderText(self.tr("Replace with"))
        self.replacement.setAccessibleName(self.tr("Replace with"))
        self.match_case = QCheckBox(self.tr("Match case"), self)
        self.whole_words = QCheckBox(self.tr("Whole words"), self)
        self.result = QLabel(self)
        self.result.setProperty("role", "dim")
        self.result.setAccessibleName(self.tr("Finds"))
        self.replace_one = QPushButton(self.tr("Replace"), self)
        self.replace_all = QPushButton(self.tr("Replace all"), self)
        self._actions: ActionTable | None = None
        self._options, self._replacing = QHBoxLayout(), QWidget(self)
        self._lay_out()
        self.wanted.textChanged.connect(self.query_changed)
        self.match_case.toggled.connect(self.query_changed)
        self.whole_words.toggled.connect(self.query_changed)
        self.replace_one.clicked.connect(lambda: self.replace_wanted.emit(False))
        self.replace_all.clicked.connect(lambda: self.replace_wanted.emit(True))
        self.replacement.returnPressed.connect(lambda: self.replace_wanted.emit(False))
        self.hide()

    def add_buttons(self, actions: ActionTable) -> None:
        """Puts the buttons to go on and to close around the options."""
        self._actions = actions
        for number, name in enumerate(("find_previous", "find_next")):
            self._options.insertWidget(number, actions.button(name))
        self._options.addWidget(actions.button("find_close"))

    def query(self) -> Query:
        """What is looked for."""
        return Query(
            text=self.wanted.text(),
            match_case=self.match_case.isChecked(),
            whole_words=self.whole_words.isChecked(),
        )

    def begin(self, text: str, *, replacing: bool) -> None:
        """Comes into sight; with a text that is chosen, if there is one."""
        if text and "\n" not in text:
            self.wanted.setText(text)
        self.replacement.setVisible(replacing)
        self._replacing.setVisible(replacing)
        self.show()
        self.wanted.setFocus()
        self.wanted.selectAll()

    def show_result(self, number: int, n_found: int) -> None:
        """Says how many there are, and which one is shown (from 1; 0 for none)."""
        self.replace_one.setEnabled(n_found > 0)
        self.replace_all.setEnabled(n_found > 0)
        many = QLocale().toString(n_found)
        if not self.wanted.text().strip():
            self.result.setText("")
        elif not n_found:
            self.result.setText(self.tr("Not found"))
        elif number:
            self.result.setText(self.tr("{number} of {many}").format(number=number, many=many))
        else:
            self.result.setText(self.tr("{many} found").format(many=many))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes, Enter goes on, with Shift back."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.wanted.hasFocus():
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if self._actions is not None:
                self._actions["find_previous" if back else "find_next"].trigger()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        for widget in (self.match_case, self.whole_words, self.result):
            self._options.addWidget(widget)
        self._options.addStretch(1)
        below = QHBoxLayout(self._replacing)
        below.setContentsMargins(0, 0, 0, 0)
        below.addWidget(self.replace_one)
        below.addWidget(self.replace_all)
        below.addStretch(1)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addWidget(self.wanted, 0, 0)
        layout.addLayout(self._options, 0, 1)
        layout.addWidget(self.replacement, 1, 0)
        layout.addWidget(self._replacing, 1, 1)
        layout.setColumnStretch(0, 1)
        layout.setColumnStretch(1, 2)
