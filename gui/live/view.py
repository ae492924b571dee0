"""The live page: one key begins, words appear while they are spoken, everything is on disk."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gui.keys import hint
from gui.live.caption_view import CaptionView
from gui.live.controller import LiveController
from gui.live.heard_view import HeardView
from gui.live.inputs import Audio, SystemAudio
from gui.live.latency import PRESETS, LatencyErrors, read_errors
from gui.live.recovery import Recovered, recover_recordings
from gui.live.session import SessionEnded
from gui.live.status_line import StatusLine
from gui.messages import MessageAction
from gui.overlay import CaptionOverlay
from gui.page import Page
from gui.services import Services
from gui.widgets.empty_state import EmptyState
from gui.widgets.flow import FlowLayout, grouped
from gui.widgets.icon_button import IconButton
from gui.widgets.level_meter import LevelMeter

_SIZES = (10, 12, 14, 16, 18, 22, 26, 32, 40, 48, 60, 72)


class LivePage(Page):
    """See the module's docstring."""

    id: ClassVar[str] = "live"
    icon: ClassVar[str] = "live"

    def __init__(
        self, services: Services, parent: QWidget | None = None, *, audio: Audio | None = None
    ) -> None:
        super().__init__(services, parent)
        self.controller = LiveController(services, audio or SystemAudio(), self)
        self._errors = LatencyErrors(by_latency={})
        self._first_time = True
        self._overlay = CaptionOverlay(services.settings)
        self.destroyed.connect(self._overlay.deleteLater)
        self._make_actions()
        self._make_widgets()
        self._lay_out()
        self._connect()
        self._on_settings()
        self._on_stage()

    def title(self) -> str:
        """Its name."""
        return self.tr("Live")

    def entered(self) -> None:
        """Follows the inputs; the first time it looks for what a crash left."""
        self.controller.enter()
        settings = self.services.settings.current
        self.services.workers.start(read_errors(settings.recognition.model), on_item=self._on_errors)
        if self._first_time:
            self._first_time = False
            folder = settings.folders.recordings or self.services.places.recordings
            self.services.recognizers.warm(settings.recognition)
            self.services.workers.start(
                recover_recordings(folder, self.services.library),
                on_item=self._on_recovered,
                on_failed=self.services.messages.show_error,
            )

    def left(self) -> None:
        """A running session goes on."""
        self.controller.leave()

    def busy(self) -> str | None:
        """Whether a session runs."""
        return self.tr("A recording is running.") if self.controller.session is not None else None

    def stop(self) -> None:
        """Ends the session; its recording and text stay."""
        self.controller.leave()
        self.controller.finish()
        self._overlay.close()

    def _make_actions(self) -> None:
        keys, run = self.services.keys, self.controller
        self._toggle = keys.add(self, "live.start", self.tr("Start or stop"), "Ctrl+R", run.toggle)
        self._pause = keys.add(self, "live.pause", self.tr("Pause or go on"), "Ctrl+P", run.pause_or_resume)
        self._mark = keys.add(self, "live.mark", self.tr("Mark this moment"), "Ctrl+M", run.mark)
        self._larger = keys.add(self, "live.larger", self.tr("Larger text"), "Ctrl++", lambda: self._grow(1))
        self._smaller = keys.add(
            self, "live.smaller", self.tr("Smaller text"), "Ctrl+-", lambda: self._grow(-1)
        )
        self._show_overlay = self._checkable("live.overlay", self.tr("Caption window"), "Ctrl+L")
        self._show_heard = self._checkable("live.heard", self.tr("Show what the network hears"), "Ctrl+H")

    def _checkable(self, name: str, text: str, default: str) -> QAction:
        action = self.services.keys.add(self, name, text, default)
        action.setCheckable(True)
        return action

    def _make_widgets(self) -> None:
        theme = self.services.theme
        self._input = QComboBox()
        self._input.setAccessibleName(self.tr("Input"))
        self._input.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._input.setMinimumContentsLength(18)
        self._input.setToolTip(self.tr("What is recorded: a microphone, or what the computer plays"))
        self._level = LevelMeter(theme)
        self._latency = QComboBox()
        self._latency.setAccessibleName(self.tr("Delay"))
        # In a narrow window the boxes give way before the window does; the list of delays does not.
        self._input.setMinimumWidth(self.fontMetrics().averageCharWidth() * 20)
        self._latency.setMinimumWidth(self.fontMetrics().averageCharWidth() * 18)
        self._latency.setToolTip(self.tr("How long words wait to be more certain; the error is measured"))
        self._start = QPushButton(self.tr("Start"))
        self._start.setProperty("kind", "primary")
        self._start.setToolTip(hint(self.tr("Start or stop"), self._toggle))
        self._pause_button = IconButton(theme, "pause", self.tr("Pause"), action=self._pause)
        self._mark_button = IconButton(theme, "marker", self.tr("Mark this moment"), action=self._mark)
        self._smaller_button = IconButton(theme, "minus", self.tr("Smaller text"), action=self._smaller)
        self._larger_button = IconButton(theme, "plus", self.tr("Larger text"), action=self._larger)
        self._overlay_button = IconButton(
            theme, "overlay", self.tr("Caption window"), action=self._show_overlay
        )
        self._heard_button = IconButton(
            theme, "eye", self.tr("Show what the network hears"), action=self._show_heard
        )
        self._captions = CaptionView(theme)
        self._empty = EmptyState(theme, "live", "", "")
        self._newest = QPushButton(self.tr("Newest words"))
        self._newest.setProperty("kind", "quiet")
        self._newest.hide()
        self._heard = HeardView(theme)
        self._status = StatusLine(theme)
        self._hint = QLabel(wordWrap=True)
        self._hint.setProperty("role", "dim")
        self._hint.hide()

    def _lay_out(self) -> None:
        line = self.fontMetrics().height()
        sources, row = QWidget(), QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(line // 2)
        row.addWidget(self._input, 3)
        row.addWidget(self._level, 1)
        row.addWidget(self._latency, 0)
        sources.setLayout(row)
        sources.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        # Large type in a narrow window: what is done with them stands below the boxes.
        controls = FlowLayout(line // 2)
        controls.addWidget(sources)
        controls.addWidget(
            grouped(
                [
                    self._smaller_button,
                    self._larger_button,
                    self._heard_button,
                    self._overlay_button,
                    self._mark_button,
                    self._pause_button,
                    self._start,
                ]
            )
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._captions)
        self._splitter = QSplitter(Qt.Orientation.Vertical)
        self._splitter.addWidget(self._stack)
        self._splitter.addWidget(self._heard)
        self._splitter.setStretchFactor(0, 3)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setChildrenCollapsible(False)
        below = QHBoxLayout()
        below.addWidget(self._status, 1)
        below.addWidget(self._newest)
        column = QVBoxLayout(self)
        column.setContentsMargins(line, line, line, line // 2)
        column.setSpacing(line // 2)
        column.addLayout(controls)
        column.addWidget(self._hint)
        column.addWidget(self._splitter, 1)
        column.addLayout(below)

    def _connect(self) -> None:
        run = self.controller
        run.text_changed.connect(self._on_text)
        run.stage_changed.connect(self._on_stage)
        run.inputs_changed.connect(self._on_inputs)
        run.heard.connect(self._heard.take)
        run.level.connect(self._level.set_level)
        run.ticked.connect(self._on_tick)
        run.trouble.connect(self._on_trouble)
        run.ended.connect(self._on_session_ended)
        self._start.clicked.connect(self._toggle.trigger)
        self._input.activated.connect(self._on_input_chosen)
        self._latency.activated.connect(self._on_latency_chosen)
        self._captions.word_hovered.connect(self._heard.light)
        self._captions.size_wanted.connect(self._grow)
        self._captions.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self._newest.clicked.connect(self._captions.scroll_to_end)
        self._show_overlay.toggled.connect(self._on_overlay)
        self._overlay.hidden.connect(lambda: self._show_overlay.setChecked(False))
        self._show_heard.toggled.connect(self._on_heard)
        self.services.settings.changed.connect(self._on_settings)

    def _grow(self, steps: int) -> None:
        now = self.services.settings.current.live.font_pt
        larger = [size for size in _SIZES if (size > now if steps > 0 else size < now)]
        if larger:
            self.services.settings.change("live", font_pt=larger[0] if steps > 0 else larger[-1])

    def _on_text(self) -> None:
        shown = self.controller.presenter
        if not shown.has_text and not shown.segments:
            self._captions.restart()
        self._captions.show_text(shown.segments, shown.committed, shown.tail)
        if shown.has_text:
            self._stack.setCurrentWidget(self._captions)
        if self._overlay.isVisible():
            self._overlay.set_text(*shown.last_words(self._overlay.n_characters))

    def _on_stage(self) -> None:
        shown, stage = self.controller.presenter, self.controller.presenter.stage
        running = stage != "idle"
        texts = {
            "idle": self.tr("Start"),
            "finishing": self.tr("Finishing …"),
        }
        self._start.setText(texts.get(stage, self.tr("Stop")))
        self._start.setAccessibleName(self._start.text())
        self._start.setEnabled(stage != "finishing")
        self._toggle.setEnabled(stage != "finishing")
        self._pause.setEnabled(stage in ("listening", "paused"))
        self._mark.setEnabled(stage == "listening")
        paused = stage == "paused"
        self._pause_button.set_icon(
            "record" if paused else "pause", self.tr("Go on") if paused else self.tr("Pause")
        )
        self._latency.setEnabled(not running)
        self._input.setEnabled(stage in ("idle", "paused"))
        if stage == "starting":
            self._heard.restart()
            self._start.setFocus()  # what had it may be out of use now
        if not shown.has_text:
            self._stack.setCurrentWidget(self._empty)
        self._empty.set_text(*self._invitation(stage))
        self._on_tick()

    def _invitation(self, stage: str) -> tuple[str, str]:
        """Heading and sentence while there are no words."""
        key = self._toggle.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        if stage == "idle":
            text = self.tr(
                "Choose the input, see its level move, and press {key}. Nothing leaves this computer."
            )
            return self.tr("Ready to listen"), text.format(key=key)
        if stage == "paused":
            return self.tr("Paused"), self.tr("The recording is kept. Go on when you like.")
        if self.controller.loading:
            return self.tr("Recording"), self.tr("The model is loading; what is said now will not be lost.")
        return self.tr("Listening"), self.tr("Speak: words appear here.")

    def _on_tick(self) -> None:
        session, shown = self.controller.session, self.controller.presenter
        if session is not None:
            self._status.show_numbers(session.duration, session.n_lost, shown.progress)

    def _on_inputs(self) -> None:
        inputs, chosen = self.controller.inputs, self.services.settings.current.live.input
        self._input.blockSignals(True)
        self._input.clear()
        self._input.addItem(self.tr("The system's default"), "")
        for device in inputs.devices:
            name = device.name
            if device.kind == "system":
                name = self.tr("What the computer plays: {name}").format(name=device.name)
            self._input.addItem(name, device.id)
            self._input.setItemData(self._input.count() - 1, name, Qt.ItemDataRole.ToolTipRole)
        place = self._input.findData(chosen)
        self._input.setCurrentIndex(max(place, 0))
        self._input.blockSignals(False)
        hint_text = inputs.error or inputs.hint or ""
        if chosen and place < 0:
            hint_text = self.tr("The chosen input is not there; the system's default is taken.")
        elif not inputs.devices and not inputs.error:
            hint_text = self.tr("No microphone was found: plug one in; it appears here by itself.")
        self._hint.setText(hint_text)
        self._hint.setVisible(bool(hint_text))

    def _on_input_chosen(self, index: int) -> None:
        self.controller.choose_input(str(self._input.itemData(index)))
        self._on_inputs()

    def _on_latency_chosen(self, index: int) -> None:
        self.services.settings.change("live", latency_s=float(self._latency.itemData(index)))

    def _on_errors(self, errors: LatencyErrors) -> None:
        self._errors = errors
        self._show_latencies()

    def _show_latencies(self) -> None:
        chosen = self.services.settings.current.live.latency_s
        choices, locale = sorted({*PRESETS, round(chosen, 2)}), QLocale()
        self._latency.blockSignals(True)
        self._latency.clear()
        for latency in choices:
            error = self._errors.near(latency)
            seconds = locale.toString(latency, "f", 2)
            text = self.tr("Delay {seconds} s").format(seconds=seconds)
            if error is not None:
                text = self.tr("Delay {seconds} s, {percent} % errors at first").format(
                    seconds=seconds, percent=round(error * 100)
                )
            self._latency.addItem(text, latency)
        self._latency.setCurrentIndex(choices.index(round(chosen, 2)))
        self._latency.view().setMinimumWidth(self._latency.view().sizeHintForColumn(0))
        self._latency.blockSignals(False)

    def _on_scrolled(self) -> None:
        behind = self._stack.currentWidget() is self._captions and not self._captions.follows
        self._newest.setVisible(behind)

    def _on_overlay(self, wanted: bool) -> None:
        self._overlay.setVisible(wanted)
        if wanted:
            self._overlay.place()
            self._on_text()

    def _on_heard(self, wanted: bool) -> None:
        self._heard.setVisible(wanted)
        if wanted != self.services.settings.current.live.show_heard:
            self.services.settings.change("live", show_heard=wanted)

    def _on_settings(self) -> None:
        live = self.services.settings.current.live
        self._captions.set_size(live.font_pt)
        self._show_heard.setChecked(live.show_heard)
        self._heard.setVisible(live.show_heard)
        self._show_latencies()

    def _on_trouble(self, text: str) -> None:
        self.services.messages.show("warning", text[:1].upper() + text[1:])

    def _on_session_ended(self, ended: SessionEnded) -> None:
        minutes, seconds = divmod(int(ended.duration), 60)
        n_words = self.controller.presenter.n_words
        text = self.tr("{time} recorded, %Ln word(s).", "", n_words).format(time=f"{minutes}:{seconds:02}")
        action = MessageAction(
            text=self.tr("Open in the library"),
            run=lambda: self.services.navigation.go("library", ended.entry_id),
        )
        self.services.messages.show("ok", text, action)

    def _on_recovered(self, found: Recovered) -> None:
        for line in found.errors:
            self.services.messages.show("error", line)
        if found.entry_ids:
            minutes, seconds = divmod(int(found.duration), 60)
            text = self.tr("A recording of {time} that was cut off is safe in the library.")
            action = MessageAction(
                text=self.tr("Show it"),
                run=lambda: self.services.navigation.go("library", found.entry_ids[-1]),
            )
            self.services.messages.show("warning", text.format(time=f"{minutes}:{seconds:02}"), action)
