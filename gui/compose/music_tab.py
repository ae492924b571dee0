"""The music tab: a tune that is drawn and heard while it is made, and bars that are kept or made anew."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QLabel,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gui.compose.composers import Composers, Model
from gui.compose.drag_button import DragButton
from gui.compose.file_output import FileOutput
from gui.compose.jobs import Opened
from gui.compose.music_actions import MusicActions
from gui.compose.music_panel import MusicPanel
from gui.compose.music_presenter import VOICES, MusicPresenter
from gui.compose.music_work import MusicWork, Wish
from gui.compose.originality_line import OriginalityLine
from gui.compose.piano_roll import PianoRoll, RollScroll
from gui.compose.score_view import ScoreView
from gui.compose.tap_dialog import TapDialog
from gui.compose.tune_files import Content, TuneFormat, file_name
from gui.compose.tune_player import OpenOutput
from gui.compose.voice_switches import VoiceSwitches
from gui.services import Services
from gui.settings.fields import Choice
from gui.widgets.flow import FlowLayout, grouped
from gui.widgets.pane import Pane

_QUIET_MS = 400


class MusicTab(QWidget):
    """See the module's docstring.

    Attributes:
        presenter: what is composed.
        work: what is being done.
        roll, score: the two ways to see it.

    Signals:
        changed: there is something new to keep.
    """

    changed = Signal()

    def __init__(
        self,
        services: Services,
        composers: Composers,
        open_stream: OpenOutput,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self.presenter = MusicPresenter()
        self.work = MusicWork(services, composers, self.presenter, open_stream, self)
        self._output = FileOutput(self, services)
        self._quiet = QTimer(self, singleShot=True, interval=_QUIET_MS)
        self.actions_ = MusicActions(self, services.keys, services.theme)
        self._make_actions()
        self._make_widgets()
        self._lay_out()
        self._connect()
        self.refresh()

    def set_models(self, models: tuple[Model, ...], wanted: str = "") -> None:
        """Takes the networks that compose music; the wanted one is chosen where it is there."""
        self.model_box.clear()
        for model in models:
            self.model_box.addItem(model.id, model)
            self.model_box.setItemData(self.model_box.count() - 1, model.about, Qt.ItemDataRole.ToolTipRole)
        place = next((i for i, m in enumerate(models) if m.id == wanted), 0)
        self.model_box.setCurrentIndex(place if models else -1)
        self._on_model()

    def restore(self, table: dict[str, Any]) -> str:
        """Puts a draft on the sheet; returns the id of its network."""
        self.presenter.restore(table)
        self.panel.show_all()
        self.work.follow_presenter()
        self.refresh()
        self._quiet.stop()
        return str(table.get("model", ""))

    def take_focus(self) -> None:
        """The roll is where keys work on bars."""
        self.roll.setFocus(Qt.FocusReason.OtherFocusReason)

    def stop(self) -> None:
        """All falls silent."""
        self._quiet.stop()
        self.score.stop()
        self.work.stop()

    def refresh(self) -> None:
        """Shows what the presenter has."""
        presenter = self.presenter
        self.roll.refresh()
        self.voices.show_voices(VOICES["chorale" if presenter.kind == "chorale" else "folk"], presenter.muted)
        piece = presenter.sounding_piece()
        if not presenter.growing:
            self.score.show_piece(piece)
            self.panel.show_all()
        self._show_stage()

    def open_file(self, path: Path) -> None:
        """Reads a MIDI or ABC file of the user's."""
        self.work.open(path)

    def content(self) -> Content | None:
        """What would be saved now."""
        piece = self.presenter.sounding_piece()
        if piece is None or self.presenter.growing:
            return None
        return Content(
            piece=piece, program=self.presenter.sound_program, provenance=self.presenter.state.provenance
        )

    def export(self, name: TuneFormat) -> None:
        """Saves the tune, where the user says."""
        content = self.content()
        if content is not None:
            self._output.ask(
                file_name(content.piece, name), self._formats()[name], lambda: content.to_bytes(name)
            )

    def _make_actions(self) -> None:
        make, work = self.actions_, self.work
        make.add("compose", self.tr("Compose a new tune, or stop"), "Ctrl+Return", self._toggle_new)
        make.add("go_on", self.tr("Go on behind it"), "Ctrl+G", lambda: self._ask("continue"), icon="forward")
        make.add(
            "again",
            self.tr("Make all bars anew but the locked ones"),
            "Ctrl+Shift+R",
            lambda: self._ask("regenerate"),
            icon="refresh",
        )
        make.add(
            "vary", self.tr("Make this bar anew"), "Ctrl+Shift+V", lambda: self._ask("vary"), icon="dice"
        )
        make.add(
            "harmonise",
            self.tr("Harmonise the melody for four voices"),
            "Ctrl+H",
            self._on_harmonise,
            icon="person",
        )
        make.add("play", self.tr("Play or stop"), "Ctrl+P", work.play_or_stop, icon="play")
        make.add("loop", self.tr("Over and over"), "Ctrl+L", self._on_loop, icon="loop", checkable=True)
        make.add("start", self.tr("Back to the beginning"), "Ctrl+Home", lambda: work.seek(0), icon="rewind")
        make.add("tap", self.tr("Tap a rhythm that it begins with"), "Ctrl+B", self._on_tap, icon="tap")
        make.add("undo", self.tr("Undo"), "Ctrl+Z", self._on_undo, icon="undo")
        make.add("redo", self.tr("Redo"), "Ctrl+Shift+Z", self._on_redo, icon="redo")
        make.add("open", self.tr("Open a MIDI or ABC file"), "Ctrl+O", self._on_open, icon="folder")
        make.add("save", self.tr("Save the tune as a file"), "Ctrl+E", self._show_formats, icon="export")
        make.add(
            "score", self.tr("Show it as a score"), "Ctrl+K", self._on_score, icon="score", checkable=True
        )

    def _make_widgets(self) -> None:
        theme = self._services.theme
        self.model_box = Choice()
        self.model_box.setAccessibleName(self.tr("Model"))
        self.model_box.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.model_box.setMinimumContentsLength(12)
        self._start = QPushButton(self.tr("Compose"))
        self._start.setProperty("kind", "primary")
        self._drag = DragButton(
            theme,
            self.tr("Drag the tune out of the window, as a MIDI file"),
            self._services.workers,
            self.content,
        )
        self.roll = PianoRoll(theme, self.presenter)
        self._roll_scroll = RollScroll(self.roll)
        self.score = ScoreView(self._services)
        self._views = QStackedWidget()
        self._views.addWidget(self._roll_scroll)
        self._views.addWidget(self.score)
        self._problem = QLabel(wordWrap=True)
        self._problem.setProperty("role", "error")
        self._problem.hide()
        self._silent = QLabel(wordWrap=True)
        self._silent.setProperty("role", "warning")
        self._silent.hide()
        self._opened_text = QLabel(wordWrap=True)
        self._show_it = QPushButton(self.tr("Show it"))
        self._continue_it = QPushButton(self.tr("Go on behind it"))
        self._harmonise_it = QPushButton(self.tr("Harmonise it"))
        self._forget_it = QPushButton(self.tr("Not now"))
        self._forget_it.setProperty("kind", "quiet")
        self._opened_bar = QWidget()
        self._hint = QLabel(wordWrap=True)
        self._hint.setProperty("role", "dim")
        self.voices = VoiceSwitches(theme)
        self.originality = OriginalityLine(theme)
        self.panel = MusicPanel(self.presenter)

    def _lay_out(self) -> None:
        line, make = self.fontMetrics().height(), self.actions_
        tools = FlowLayout(line // 2)
        tools.addWidget(self.model_box)
        tools.addWidget(self._start)
        for group in (("open", "tap", "harmonise"), ("go_on", "again", "vary"), ("undo", "redo")):
            tools.addWidget(grouped([make.button(name) for name in group]))
        tools.addWidget(grouped([make.button("score"), make.button("save"), self._drag]))
        opened, choices = QVBoxLayout(self._opened_bar), FlowLayout(line // 3)
        opened.setContentsMargins(0, 0, 0, 0)
        opened.addWidget(self._opened_text)
        for button in (self._continue_it, self._harmonise_it, self._show_it, self._forget_it):
            choices.addWidget(button)
        opened.addLayout(choices)
        self._opened_bar.hide()
        transport = FlowLayout(line // 2)
        transport.addWidget(grouped([make.button(name) for name in ("start", "play", "loop")]))
        transport.addWidget(self.voices)
        left = Pane()
        column = QVBoxLayout(left.inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(line // 3)
        column.addWidget(self._opened_bar)
        column.addWidget(self._views, 1)
        for part in (self._problem, self._silent, self._hint):
            column.addWidget(part)
        column.addLayout(transport)
        column.addWidget(self.originality)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(left)
        splitter.addWidget(self.panel)
        splitter.setStretchFactor(0, 1)
        splitter.setStretchFactor(1, 0)
        splitter.setChildrenCollapsible(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, line // 2, 0, 0)
        whole.setSpacing(line // 2)
        whole.addLayout(tools)
        whole.addWidget(splitter, 1)

    def _connect(self) -> None:
        work, roll = self.work, self.roll
        self._start.clicked.connect(self.actions_["compose"].trigger)
        self.model_box.activated.connect(lambda _index: self._on_model())
        work.stage_changed.connect(self._show_stage)
        work.notes_changed.connect(self._on_notes)
        work.given_up.connect(self.refresh)
        work.grown.connect(self._on_grown)
        work.playhead.connect(self._on_playhead)
        work.problem.connect(self.show_problem)
        work.sound_problem.connect(self._show_sound_problem)
        work.opened.connect(self._on_opened)
        work.compared.connect(self.originality.show_told)
        roll.lock_wanted.connect(self._on_lock)
        roll.vary_wanted.connect(lambda _bar: self._ask("vary"))
        roll.seek_wanted.connect(work.seek)
        roll.cursor_moved.connect(lambda _bar: self._show_stage())
        self.voices.muted.connect(self._on_muted)
        self.panel.changed.connect(self._on_fields)
        self.originality.mark_wanted.connect(self._on_mark)
        self._continue_it.clicked.connect(lambda: self._ask("continue"))
        self._harmonise_it.clicked.connect(self._on_harmonise)
        self._show_it.clicked.connect(self._on_show_opened)
        self._forget_it.clicked.connect(self._forget_opened)
        self._drag.clicked_only.connect(self._on_drag_clicked)
        self._drag.failed.connect(self._services.messages.show_error)
        self._quiet.timeout.connect(self.changed.emit)

    def _toggle_new(self) -> None:
        if self.work.busy:
            self.work.stop_composing()
        else:
            self._ask("new")

    def _ask(self, wish: Wish) -> None:
        if self.work.busy or not self.panel.check():
            return
        self.originality.clear()
        self.roll.mark(None)
        if wish in ("regenerate", "vary"):
            self.presenter.next_seed()  # the same seed would make the same bars
            self.panel.show_all()
        self.work.compose(wish, self._model_for(wish))

    def _model_for(self, wish: Wish) -> Model | None:
        """The chosen one; where that cannot do it, one that can."""
        piece = self.presenter.state.piece
        if wish in ("regenerate", "vary") or (wish == "continue" and not self.presenter.opened):
            wanted: str = piece.kind if piece is not None else ""
        else:
            wanted = "chorale" if wish == "harmonise" else ""
        chosen = self.presenter.model
        if not wanted or (chosen is not None and chosen.kind == wanted):
            return chosen
        return next((model for model in self._models() if model.kind == wanted), chosen)

    def _models(self) -> list[Model]:
        return [self.model_box.itemData(i) for i in range(self.model_box.count())]

    def _on_harmonise(self) -> None:
        if not any(model.kind == "chorale" for model in self._models()):
            self.show_problem(
                self.tr("Harmonising needs a model of chorales, and none is installed: see the Check page.")
            )
            return
        self._ask("harmonise")

    def _on_model(self) -> None:
        model = self.model_box.currentData()
        self.presenter.model = model if isinstance(model, Model) else None
        self.model_box.setToolTip(model.about if isinstance(model, Model) else "")
        self.panel.set_kind(self.presenter.model.kind if self.presenter.model else "folk")
        self.work.warm()
        self._show_stage()
        self._quiet.start()

    def _on_open(self) -> None:
        dialog = QFileDialog(self, self.tr("Open a tune"))
        dialog.setNameFilters([self.tr("Tunes (*.mid *.midi *.abc *.txt)"), self.tr("All files (*)")])
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda chosen: self.open_file(Path(chosen)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_opened(self, opened: Opened) -> None:
        notes = sum(len(voice.notes) for voice in opened.tune.voices)
        voices = sum(bool(voice.notes) for voice in opened.tune.voices)
        minutes, seconds = divmod(round(opened.tune.duration), 60)
        text = self.tr("{name}: {voices}, {notes}, {length}. What shall come of it?")
        self._opened_text.setText(
            text.format(
                name=opened.name,
                voices=self.tr("%n voice(s)", "", voices),
                notes=self.tr("%n note(s)", "", notes),
                length=f"{minutes}:{seconds:02}",
            )
        )
        self._opened_bar.show()
        self._continue_it.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_show_opened(self) -> None:
        model = self.presenter.model
        if model is not None:
            self.work.show_opened(model)

    def _forget_opened(self) -> None:
        if self.presenter.opened is not None or not self._opened_bar.isHidden():
            had_focus = self._opened_bar.isAncestorOf(self.focusWidget() or self)
            self.presenter.opened = None
            self._opened_bar.hide()
            if had_focus:
                self.take_focus()

    def _on_tap(self) -> None:
        tempo = float(self.presenter.fields.values["tempo"])
        dialog = TapDialog(self._services.theme, tempo, self)

        def take() -> None:
            self.presenter.onsets_s = dialog.onsets_s
            self._ask("new")

        dialog.accepted.connect(take)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_loop(self) -> None:
        self.work.set_looping(self.actions_["loop"].isChecked())

    def _on_score(self) -> None:
        self._views.setCurrentIndex(1 if self.actions_["score"].isChecked() else 0)
        self._show_hint()

    def _on_lock(self, bar: int) -> None:
        if not self.work.busy:
            self.presenter.toggle_lock(bar)
            self.roll.refresh()
            self._show_stage()
            self._quiet.start()

    def _on_undo(self) -> None:
        self._step(self.presenter.undo)

    def _on_redo(self) -> None:
        self._step(self.presenter.redo)

    def _step(self, step: Any) -> None:
        if self.work.busy:
            return
        before = self.presenter.state.piece
        step()
        if self.presenter.state.piece is not before:
            self.work.follow_presenter()
            self.originality.clear()
            self.work.compare()
        self.refresh()
        self._quiet.start()

    def _on_fields(self) -> None:
        self.work.follow_presenter(grown=False)
        self._quiet.start()

    def _on_muted(self, muted: frozenset[int]) -> None:
        self.presenter.muted = muted
        self.work.follow_presenter(grown=True)
        self.roll.update()

    def _on_grown(self) -> None:
        self.roll.refresh()
        self._hint.hide()

    def _on_notes(self) -> None:
        self._forget_opened()
        self.refresh()
        self._quiet.start()

    def _on_playhead(self, tick: int | None) -> None:
        self.roll.set_playhead(tick)
        if tick is not None and self.work.playing:
            self._roll_scroll.follow(tick)

    def _on_mark(self, span: tuple[int, int] | None) -> None:
        self.roll.mark(span)
        if span is not None:
            self.actions_["score"].setChecked(False)
            self._on_score()
            self._roll_scroll.follow(span[0])

    def _show_formats(self) -> None:
        menu = QMenu(self)
        for name, text in self._formats().items():
            menu.addAction(text).triggered.connect(lambda _=False, name=name: self.export(name))
        menu.aboutToHide.connect(menu.deleteLater)
        button = self.actions_.button_of("save")
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _formats(self) -> dict[TuneFormat, str]:
        return {
            "midi": self.tr("MIDI"),
            "musicxml": self.tr("MusicXML"),
            "abc": self.tr("ABC"),
            "wav": self.tr("Sound (WAV)"),
        }

    def _on_drag_clicked(self) -> None:
        self._services.messages.show(
            "info",
            self.tr("Hold it and drag it to a folder or another program: it becomes a MIDI file there."),
        )

    def show_problem(self, text: str) -> None:
        """Says what is wrong with what was asked; empty takes it away."""
        self._problem.setText(text)
        self._problem.setVisible(bool(text))

    def _show_sound_problem(self, text: str) -> None:
        self._silent.setText(self.tr("Nothing is heard: {reason}").format(reason=text) if text else "")
        self._silent.setVisible(bool(text))

    def _show_stage(self) -> None:
        busy, playing, presenter = self.work.busy, self.work.playing, self.presenter
        there, has_piece = presenter.model is not None, presenter.state.piece is not None
        self._start.setText(self.tr("Stop") if busy else self.tr("Compose"))
        self.actions_.show_play(self.tr("Stop") if playing else self.tr("Play"), playing)
        idle = there and not busy
        for name, on in (
            ("compose", there),
            ("go_on", idle and has_piece),
            ("again", idle and presenter.n_bars > 0),
            ("vary", idle and presenter.n_bars > 0),
            ("harmonise", idle and (has_piece or presenter.opened is not None)),
            ("play", bool(presenter.notes)),
            ("start", bool(presenter.notes)),
            ("loop", True),
            ("tap", idle),
            ("open", idle),
            ("undo", presenter.can_undo and not busy),
            ("redo", presenter.can_redo and not busy),
            ("save", has_piece and not busy),
            ("score", True),
        ):
            self.actions_[name].setEnabled(on)
        self._start.setEnabled(there)
        self._drag.setEnabled(has_piece and not busy)
        self.model_box.setEnabled(not busy and self.model_box.count() > 0)
        self._show_hint()

    def _show_hint(self) -> None:
        presenter = self.presenter
        if self.actions_["score"].isChecked() and presenter.n_bars:
            text = ""
        elif presenter.n_bars and not presenter.growing:
            text = self.tr("Click a bar's number, or press L, to lock it; V makes the chosen bar anew.")
        elif presenter.growing:
            text = ""
        else:
            text = self.tr(
                "Choose a key and a meter and press Compose: notes appear and sound as they are made."
            )
        self._hint.setText(text)
        self._hint.setVisible(bool(text))
