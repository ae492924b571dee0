"""The section of keys: every action with its key, changed by pressing another one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QKeySequenceEdit, QPushButton, QSizePolicy, QWidget

from gui.keys import Key
from gui.services import Services
from gui.settings.fields import Row
from gui.settings.presenter import Problem, SettingsPresenter
from gui.settings.section import Section


class KeysSection(Section):
    """The keys of all pages."""

    name = "keys"

    def __init__(self, services: Services, presenter: SettingsPresenter) -> None:
        super().__init__(services, presenter)
        self.set_title(self.tr("Keys"))
        self._known: dict[str, KeyRow] = {}

    def entered(self) -> None:
        """Makes rows for the actions that there are by now."""
        for key in self.services.keys.all():
            if key.id not in self._known:
                row = KeyRow(self, key)
                self._known[key.id] = row
                self.add(row, row.show_key)
        self.show_settings()

    def clash(self, key: Key, sequence: str) -> str:
        """Whose key it is already, as a sentence; empty where it is free."""
        taken = self.services.keys.clashes(key.id, sequence)
        return self.words(Problem(kind="taken", detail=taken[0].text)) if taken else ""

    def search(self, words: str) -> bool:
        """Knows all actions before it is searched."""
        if words:
            self.entered()
        return super().search(words)


class KeyRow(Row):
    """One action and its key."""

    def __init__(self, section: KeysSection, key: Key) -> None:
        both = QWidget()
        field = QKeySequenceEdit()
        both.setFocusProxy(field)
        super().__init__(key.text, both, "")
        self._section = section
        self._key = key
        self._field = field
        field.setMaximumSequenceLength(1)
        field.setClearButtonEnabled(True)
        field.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        field.setFixedWidth(self.fontMetrics().averageCharWidth() * 36)  # Control+Mayúsculas+Suprimir
        field.setAccessibleName(self.tr("Key for: {action}").format(action=key.text))
        self._back = QPushButton(self.tr("Default"))
        self._back.setProperty("kind", "quiet")
        self._back.setAccessibleName(self.tr("Default key for: {action}").format(action=key.text))
        line = QHBoxLayout(both)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(field)
        line.addWidget(self._back)
        self._field.editingFinished.connect(self._on_typed)
        self._back.clicked.connect(self._on_default)

    def show_key(self) -> None:
        """Shows the key that is in force."""
        sequence = self._section.services.keys.sequence(self._key.id)
        if not self.problem:
            self._field.setKeySequence(QKeySequence(sequence))
        self._back.setVisible(sequence != self._key.default)

    def _on_typed(self) -> None:
        sequence = self._field.keySequence().toString(QKeySequence.SequenceFormat.PortableText)
        problem = self._section.clash(self._key, sequence)
        self.show_problem(problem)
        if not problem:
            self._section.presenter.set_key(self._key.id, sequence, self._key.default)

    def _on_default(self) -> None:
        problem = self._section.clash(self._key, self._key.default)
        self.show_problem(problem)
        if not problem:
            self._section.presenter.set_key(self._key.id, self._key.default, self._key.default)
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)
