"""The section of how speech becomes text: the model, where it runs, and the words to expect."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from gui.services import Services
from gui.settings.fields import Choice, Row
from gui.settings.jobs import ModelChoice, find_models, find_processors
from gui.settings.presenter import SettingsPresenter
from gui.settings.section import Section

_CHECK_AFTER_MS = 250  # of rest while hot words are typed
_MOST_PROBLEMS = 4


class RecognitionSection(Section):
    """How speech becomes text."""

    name = "recognition"

    def __init__(self, services: Services, presenter: SettingsPresenter) -> None:
        super().__init__(services, presenter)
        self.set_title(self.tr("Recognition"))
        self._models: tuple[ModelChoice, ...] = ()
        self._add_model()
        self._add_processor()
        self._hot_words = HotWordsField()
        self._hot_words_row = self._add_hot_words()
        self.add_toggle(
            "punctuation",
            self.tr("Punctuation and capital letters"),
            self.tr("Written by a second network. Without it the text is in lower case, as it was heard."),
        )
        self.add_toggle("digits", self.tr("Numbers as digits"), self.tr("“Twenty one” becomes “21”."))
        self.add_toggle(
            "adapt",
            self.tr("Hear files twice"),
            self.tr(
                "The first time it learns from what it hears, the second time it writes it down: fewer "
                "mistakes where few voices speak for some minutes. It takes several times as long. What was "
                "learned is forgotten after each file."
            ),
        )
        self.add_toggle(
            "greedy",
            self.tr("Letters as they are heard"),
            self.tr(
                "Without dictionary and language model: quicker, and shows what the network itself hears. "
                "Far more mistakes."
            ),
        )
        self.add_number(
            "lm_weight",
            self.tr("Weight of the language model"),
            self.tr("More trusts usual phrases, less trusts the ear. Empty: as the model was measured."),
        )
        self.add_number(
            "beam",
            self.tr("Breadth of the search"),
            self.tr("More is slower, and a little more accurate. Empty: as the model was measured."),
        )

    def entered(self) -> None:
        """Looks for models and processors."""
        self.services.workers.start(find_models, on_item=self._show_models)
        self.services.workers.start(find_processors, on_item=self._show_processors)

    def _add_model(self) -> None:
        self._model = Choice()
        self._card = QPushButton(self.tr("About this model…"))
        self._card.setEnabled(False)
        both = QWidget()
        line = QHBoxLayout(both)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._model)
        line.addWidget(self._card)
        both.setFocusProxy(self._model)
        self._model.setAccessibleName(self.tr("Model"))
        self._model_row = self.add(Row(self.tr("Model"), both, ""), self._show_model)
        self._model.activated.connect(self._on_model_chosen)
        self._card.clicked.connect(self._show_card)

    def _add_processor(self) -> None:
        self._processor = self.add_choice(
            "device",
            self.tr("Where it runs"),
            self.tr(
                "The processor is quick enough for live captions; a graphics card is quicker with files."
            ),
            [
                ("auto", self.tr("Graphics card if there is one")),
                ("cpu", self.tr("Processor")),
                ("cuda", self.tr("NVIDIA graphics card (CUDA)")),
                ("mps", self.tr("Apple graphics (MPS)")),
            ],
        )

    def _add_hot_words(self) -> Row:
        about = self.tr(
            "Names and terms, one a line. A number from 0 to 20 behind makes a word more likely; 3 without "
            "one. # begins a comment. They are in force at the next start of a recognition."
        )
        row = Row(self.tr("Words to expect"), self._hot_words, about)
        row.also_found_by("hot_words")
        self._hot_words.checked.timeout.connect(self._check_hot_words)

        def show() -> None:
            if not row.problem:
                self._hot_words.show_text(self.presenter.value("recognition", "hot_words"))

        return self.add(row, show)

    def _check_hot_words(self) -> None:
        problems = self.presenter.set_hot_words(self._hot_words.toPlainText())
        lines = [self.words(problem) for problem in problems[:_MOST_PROBLEMS]]
        if problems:
            lines.append(self.tr("The list as it was before stays in force."))
        self._hot_words_row.show_problem("\n".join(lines))

    def _show_models(self, found: tuple[ModelChoice, ...]) -> None:
        self._models = found
        self._show_model()

    def _show_model(self) -> None:
        chosen = self.presenter.value("recognition", "model")
        self._model.clear()
        for found in self._models:
            self._model.addItem(found.id, found.id)
        if self._model.findData(chosen) < 0:
            self._model.addItem(chosen, chosen)
        self._model.setCurrentIndex(self._model.findData(chosen))
        model = self._chosen()
        self._card.setEnabled(model is not None and bool(model.card))
        about: tuple[str, ...] = ()
        if model is not None and not model.problem:
            size = self.tr("{size:.0f} MB, licence {licence}.")
            about = (size.format(size=model.size_mb, licence=model.licence), *model.scores)
        elif model is None and self._models:
            about = (self.tr("Not found on this computer."),)
        self._model_row.show_problem(model.problem if model else "")
        self._model_row.set_about("\n".join(about))

    def _on_model_chosen(self) -> None:
        self.presenter.set("recognition", "model", self._model.currentData())

    def _show_card(self) -> None:
        model = self._chosen()
        if model is not None:
            dialog = CardDialog(model, self.window())
            dialog.exec()
            dialog.deleteLater()

    def _chosen(self) -> ModelChoice | None:
        chosen = self.presenter.value("recognition", "model")
        return next((model for model in self._models if model.id == chosen), None)

    def _show_processors(self, here: frozenset[str]) -> None:
        items = self._processor.model()
        assert isinstance(items, QStandardItemModel)
        for index in range(self._processor.count()):
            name = self._processor.itemData(index)
            there = name == "auto" or name in here
            items.item(index).setEnabled(there)
            if not there:
                self._processor.setItemData(
                    index, self.tr("Not on this computer"), Qt.ItemDataRole.ToolTipRole
                )


class HotWordsField(QPlainTextEdit):
    """A list of hot words.

    Attributes:
        checked: its `timeout` says that typing has rested.
    """

    def __init__(self) -> None:
        super().__init__()
        self.checked = QTimer(self, singleShot=True, interval=_CHECK_AFTER_MS)
        self.setTabChangesFocus(True)
        self.setPlaceholderText(self.tr("Nguyen\nMbappé 5\nacme widget 4   # our product"))
        self.setMinimumHeight(self.fontMetrics().lineSpacing() * 7)
        self.textChanged.connect(self.checked.start)

    def show_text(self, text: str) -> None:
        """Shows the setting, without asking for a check."""
        if text != self.toPlainText():
            self.blockSignals(True)
            self.setPlainText(text)
            self.blockSignals(False)


class CardDialog(QDialog):
    """What the makers of a model say of it."""

    def __init__(self, model: ModelChoice, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("The model {name}").format(name=model.id))
        text = QTextBrowser()
        text.setMarkdown(model.card)
        text.setOpenExternalLinks(True)
        text.setAccessibleName(self.windowTitle())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(text)
        column.addWidget(buttons)
        letter = self.fontMetrics().averageCharWidth()
        self.resize(letter * 95, letter * 75)
