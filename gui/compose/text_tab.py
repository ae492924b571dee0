"""The text tab: a sheet on which user and network write in turns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from gui.compose.composers import Composers, Model
from gui.compose.dictation import Dictation
from gui.compose.dictation_bar import DictationBar
from gui.compose.file_output import FileOutput
from gui.compose.originality_line import OriginalityLine
from gui.compose.panel import FieldPanel
from gui.compose.sheet_spans import SpanReader, Spans
from gui.compose.suggestions import Suggestions
from gui.compose.text_editor import HEARD, MOST_PASTED, TextEditor
from gui.compose.text_presenter import N_VARIATIONS, TextPresenter
from gui.compose.text_writing import TextWriting
from gui.compose.variations_view import VariationsView
from gui.keys import hint
from gui.live.inputs import Audio
from gui.services import Services
from gui.settings.fields import Row
from gui.widgets.flow import FlowLayout, grouped
from gui.widgets.icon_button import IconButton
from gui.widgets.pane import Pane
from speechrnn.pipeline.compose_requests import Continuation

_QUIET_MS = 400  # after the last change, the draft is saved and the sheet is compared


class TextTab(QWidget):
    """See the module's docstring.

    Attributes:
        editor: the sheet.
        writing: what the network does.
        dictation: what is said into the microphone.
        write_action, tint_action: the network goes on, or stops; probabilities are shown, or hidden.

    Signals:
        changed: there is something new to keep.
    """

    changed = Signal()

    def __init__(
        self, services: Services, composers: Composers, audio: Audio, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self.presenter = TextPresenter()
        self.editor = TextEditor(services.theme)
        self.writing = TextWriting(services, composers, self.presenter, self.editor, self)
        self.dictation = Dictation(services, audio, self.editor, self)
        self._output = FileOutput(self, services)
        self._reader = SpanReader(self.editor, self)
        self._quiet = QTimer(self, singleShot=True, interval=_QUIET_MS)
        self._make_actions()
        self._make_widgets()
        self._make_panel()
        self._lay_out()
        self._connect()
        self._show_state()

    def set_models(self, models: tuple[Model, ...], wanted: str = "") -> None:
        """Takes the networks that write text; the wanted one is chosen where it is there."""
        self._model.clear()
        for model in models:
            self._model.addItem(model.id, model)
            self._model.setItemData(self._model.count() - 1, model.about, Qt.ItemDataRole.ToolTipRole)
        place = next((i for i, m in enumerate(models) if m.id == wanted), 0)
        self._model.setCurrentIndex(place if models else -1)
        self._on_model()

    def restore(self, table: dict[str, Any]) -> str:
        """Puts a draft on the sheet; returns the id of its network."""
        spans = self.presenter.restore(table)
        self.dictation.presenter.goes_on = table.get("dictation_goes_on") is True
        self.dictation_bar.show_state()
        self.editor.set_spans(spans)
        self.panel.show_values()
        self._stop_words.setText(self.presenter.stop_text)
        self._quiet.stop()
        return str(table.get("model", ""))

    def table(self, spans: Spans | None = None) -> dict[str, Any]:
        """As the draft keeps it, with what stands on the sheet, or with what was read of it."""
        goes_on = self.dictation.presenter.goes_on
        spans = list(self.editor.spans()) if spans is None else spans
        return {**self.presenter.table(spans), "dictation_goes_on": goes_on}

    def read(self, then: Callable[[dict[str, Any]], object]) -> None:
        """Gives the draft to a function, once the sheet has been read in pieces."""
        self._reader.begin(lambda spans: then(self.table(spans)))

    def take_focus(self) -> None:
        """The sheet is where one begins."""
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def stop(self) -> None:
        """The network falls silent, and nobody listens any more."""
        self._quiet.stop()
        self._reader.stop()
        self.dictation.stop()
        self.writing.stop()

    def leave(self) -> None:
        """Nobody listens from a page that is not in sight; what was said still comes."""
        self.dictation.finish("rest")

    def _make_actions(self) -> None:
        keys, run = self._services.keys, self.writing

        def add(name: str, text: str, key: str, do: Any, *, checkable: bool = False) -> QAction:
            action = keys.add(self, f"compose.{name}", text, key, do, tab="text")
            action.setCheckable(checkable)
            return action

        self.write_action = add(
            "write", self.tr("Let the network go on, or stop it"), "Ctrl+Return", self._toggle
        )
        self._dictate = add(
            "dictate", self.tr("Dictate, or stop it"), "Ctrl+M", self._on_dictate, checkable=True
        )
        self._choose = add(
            "choose", self.tr("Choose the next word"), "Ctrl+Space", self._on_choose, checkable=True
        )
        self._vary = add(
            "variations", self.tr("Several ways to go on, side by side"), "Ctrl+D", self._on_vary
        )
        self.tint_action = add(
            "tint",
            self.tr("Show how likely each character was"),
            "Ctrl+T",
            self._on_tint,
            checkable=True,
        )
        self._undo = add("undo_text", self.tr("Undo"), "", self.editor.undo)
        self._redo = add("redo_text", self.tr("Redo"), "", self.editor.redo)
        self._copy = add("copy_text", self.tr("Copy all"), "Ctrl+Shift+C", self._on_copy)
        self._export = add("export_text", self.tr("Save as a text file"), "Ctrl+E", self._on_export)
        self._reseed = add("reseed", self.tr("Another seed"), "Ctrl+J", self._on_reseed)
        run.setParent(self)

    def _make_widgets(self) -> None:
        theme = self._services.theme
        self._model = QComboBox()
        self._model.setAccessibleName(self.tr("Model"))
        self._model.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._model.setMinimumContentsLength(14)
        self._start = QPushButton(self.tr("Go on"))
        self._start.setProperty("kind", "primary")
        self._start.setToolTip(hint(self.tr("Let the network go on, or stop it"), self.write_action))
        self._buttons = [
            IconButton(theme, name, action.text(), action=action)
            for name, action in (
                ("live", self._dictate),
                ("keyboard", self._choose),
                ("split", self._vary),
                ("eye", self.tint_action),
                ("undo", self._undo),
                ("redo", self._redo),
                ("copy", self._copy),
                ("export", self._export),
            )
        ]
        self.editor.setAccessibleName(self.tr("The text"))
        self.editor.setPlaceholderText(
            self.tr(
                "Write or dictate how it begins, or nothing at all, then press {key}: the network goes on."
            ).format(
                key=self.write_action.shortcut().toString(
                    self.write_action.shortcut().SequenceFormat.NativeText
                )
            )
        )
        self._problem = QLabel(wordWrap=True)
        self._problem.setProperty("role", "error")
        self._problem.hide()
        self.dictation_bar = DictationBar(theme, self.dictation)
        self._note = QLabel(wordWrap=True)
        self._note.setProperty("role", "dim")
        self._note.hide()
        self.suggestions = Suggestions()
        self.suggestions.hide()
        self.variations = VariationsView(N_VARIATIONS)
        self.variations.hide()
        self.originality = OriginalityLine(theme)

    def _make_panel(self) -> None:
        self.panel = panel = FieldPanel(self.presenter.fields)
        panel.add_number("temperature", self.tr("Temperature"), self.tr("Lower is safer, higher is bolder."))
        panel.add_number("length", self.tr("Length"), "", self.tr("characters"))
        panel.add_number("seed", self.tr("Seed"), self.tr("The same seed gives the same text."))
        another = QPushButton(self.tr("Another seed"))
        another.setToolTip(hint(self.tr("Another seed"), self._reseed))
        another.clicked.connect(self._reseed.trigger)
        panel.add_row("another", Row(self.tr("Another seed"), another, "", inline=True))
        self._stop_words = QLineEdit()
        self._stop_words.setPlaceholderText(self.tr("such as: THE END, \\n\\n"))
        self._stop_row = panel.add_row(
            "stop",
            Row(
                self.tr("Stop words"),
                self._stop_words,
                self.tr("It stops behind any of them. Parted by commas; \\n is the end of a line."),
            ),
        )
        panel.add_number("top_k", self.tr("Top-k"), self.tr("Only the k likeliest; 0 for all."))
        panel.add_number("top_p", self.tr("Top-p"), self.tr("Only the likeliest that make up this share."))
        panel.add_number("min_p", self.tr("Min-p"), self.tr("Only those this share as likely as the first."))
        panel.add_number(
            "repetition_guard", self.tr("Guard against loops"), self.tr("0 is off, 1 is firm, 5 is strict.")
        )
        panel.fit()

    def _lay_out(self) -> None:
        line = self.fontMetrics().height()
        tools = FlowLayout(line // 2)
        tools.addWidget(self._model)
        tools.addWidget(self._start)
        for first, last in ((0, 1), (1, 4), (4, 6), (6, 8)):
            tools.addWidget(grouped(self._buttons[first:last]))
        left = Pane()
        column = QVBoxLayout(left.inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(line // 3)
        column.addWidget(self.editor, 3)
        column.addWidget(self.dictation_bar)
        column.addWidget(self._problem)
        column.addWidget(self._note)
        column.addWidget(self.suggestions)
        column.addWidget(self.variations, 2)
        column.addWidget(self.originality)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.addWidget(left)
        self._splitter.addWidget(self.panel)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setStretchFactor(1, 0)
        self._splitter.setChildrenCollapsible(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, line // 2, 0, 0)
        whole.setSpacing(line // 2)
        whole.addLayout(tools)
        whole.addWidget(self._splitter, 1)

    def _connect(self) -> None:
        run, editor = self.writing, self.editor
        self._start.clicked.connect(self.write_action.trigger)
        self._model.activated.connect(lambda _index: self._on_model())
        run.stage_changed.connect(self._show_state)
        run.problem.connect(self.show_problem)
        run.note.connect(self.show_note)
        run.offered.connect(self._on_offered)
        run.varied.connect(self.variations.add)
        run.compared.connect(self.originality.show_told)
        self.dictation.changed.connect(self._show_state)
        self.dictation.go_on_wanted.connect(self._toggle)
        self.dictation_bar.goes_on.toggled.connect(lambda _on: self.changed.emit())
        editor.digit_pressed.connect(self.suggestions.take)
        editor.stop_wanted.connect(self._on_escape)
        editor.refused.connect(self._on_refused)
        editor.textChanged.connect(self._on_text)
        editor.cursorPositionChanged.connect(self._on_cursor)
        editor.document().contentsChanged.connect(self._show_undo)
        self._show_undo()
        self.suggestions.taken.connect(self._on_taken)
        self.variations.taken.connect(self._on_variation)
        self.variations.closed.connect(self._close_variations)
        self.originality.mark_wanted.connect(editor.mark)
        self._stop_words.editingFinished.connect(self._on_stop_words)
        self.panel.on_change(self.changed.emit)
        self._quiet.timeout.connect(self._on_quiet)

    def _toggle(self) -> None:
        if self.writing.busy:
            self.writing.stop()
        elif self.dictation.busy:
            self.dictation.finish("go_on")
        elif self.panel.check() and self._on_stop_words():
            self._close_variations()
            self.writing.write()

    def _on_dictate(self) -> None:
        if self.dictation.busy:
            self.dictation.finish()
        else:
            self.writing.stop()
            self._close_variations()
            self._close_choice()
            self.dictation.start()
            self.take_focus()
        self._show_state()

    def _on_vary(self) -> None:
        if self.writing.busy:
            self.writing.stop()
        elif self.panel.check() and self._on_stop_words():
            self._close_choice()
            seeds = [run.request.seed for run in self.writing.vary()]
            if seeds:
                self.variations.begin(seeds)
                self.variations.show()

    def _on_variation(self, number: int) -> None:
        self.writing.take(number, self.variations.tokens(number))
        self._close_variations()

    def _close_variations(self) -> None:
        if not self.variations.isHidden():
            self.writing.stop()
            self.variations.hide()
            self.take_focus()

    def _on_choose(self) -> None:
        on = self._choose.isChecked()
        if on:
            self._close_variations()
        self.editor.takes_digits = on
        self.suggestions.setVisible(on)
        self.suggestions.offer(())
        if on:
            self.writing.suggest()
            self.take_focus()

    def _close_choice(self) -> None:
        if self._choose.isChecked():
            self._choose.setChecked(False)
            self._on_choose()

    def _on_offered(self, found: tuple[Continuation, ...]) -> None:
        self.suggestions.offer(found)

    def _on_taken(self, one: Continuation) -> None:
        self.editor.insert(one.text, one.probability)
        self.writing.suggest()

    def _on_cursor(self) -> None:
        if self._choose.isChecked() and not self.writing.busy:
            self.writing.suggest_soon()

    def _on_escape(self) -> None:
        if self.writing.busy:
            self.writing.stop()
        elif self.dictation.busy:
            self.dictation.finish()
        else:
            self._close_choice()
            self._close_variations()

    def _on_reseed(self) -> None:
        self.presenter.next_seed()
        self.panel.show_values()
        self.changed.emit()

    def _on_model(self) -> None:
        model = self._model.currentData()
        self.presenter.model = model if isinstance(model, Model) else None
        self._model.setToolTip(model.about if isinstance(model, Model) else "")
        self.writing.warm()
        self._show_state()
        self.changed.emit()

    def _on_stop_words(self) -> bool:
        self.presenter.stop_text = self._stop_words.text()
        problem = self.presenter.stop_problem
        self._stop_row.show_problem(problem)
        self.changed.emit()
        return not problem

    def _on_text(self) -> None:
        self.editor.mark(None) if self.editor.marked else None
        self.show_problem("")
        if not self.writing.busy:
            self.originality.clear()
        self._quiet.start()

    def _show_undo(self) -> None:
        document, busy = self.editor.document(), self.writing.busy
        self._undo.setEnabled(document.isUndoAvailable() and not busy)
        self._redo.setEnabled(document.isRedoAvailable() and not busy)

    def _on_quiet(self) -> None:
        if not self.writing.busy:
            self.writing.compare()
        self.changed.emit()

    def _on_refused(self, n: int) -> None:
        text = self.tr(
            "That is {n} characters at once; up to {most} can be pasted. Only the last {heard} before the "
            "cursor count for the network. Nothing was changed."
        )
        self.show_problem(text.format(n=f"{n:,}", most=f"{MOST_PASTED:,}", heard=HEARD))

    def show_problem(self, text: str) -> None:
        """Says what is wrong with the text, below it; empty takes it away."""
        self._problem.setText(text)
        self._problem.setVisible(bool(text))
        self.editor.setProperty("wrong", bool(text))
        self.editor.style().polish(self.editor)

    def show_note(self, text: str) -> None:
        """Says something about the text that is no error."""
        self._note.setText(text)
        self._note.setVisible(bool(text))

    def _on_tint(self) -> None:
        self.editor.set_tinted(self.tint_action.isChecked())

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.editor.toPlainText())
        self._services.messages.show("ok", self.tr("The text is copied"))

    def _on_export(self) -> None:
        model = self.presenter.model
        credit = self.tr("Written with SpeechRNN. To make the network's part again:")
        content = self.presenter.exported(self.editor.toPlainText(), credit).encode()
        self._output.ask(f"{model.id if model else 'text'}.txt", self.tr("Plain text"), lambda: content)

    def _show_state(self) -> None:
        busy, there = self.writing.busy, self.presenter.model is not None
        self._start.setText(self.tr("Stop") if busy else self.tr("Go on"))
        self.write_action.setEnabled(there)
        self._start.setEnabled(there)
        self._choose.setEnabled(there and not busy and not self.dictation.busy)
        self._vary.setEnabled(there and not self.dictation.busy)
        self._dictate.setChecked(self.dictation.busy)
        self._show_undo()
        self._model.setEnabled(not busy and self._model.count() > 0)
        if not busy and self.sender() is self.writing:
            self._quiet.start()
