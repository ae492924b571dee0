"""An open transcript: sound, waveform and text together, to listen, check, edit and export.

Here the parts are made and joined; what each does stands in its own file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSizePolicy, QVBoxLayout, QWidget

from gui.library.document import Document, Place
from gui.library.doubt_bar import DoubtBar
from gui.library.doubt_walk import DoubtWalk
from gui.library.edits import NUDGE_S
from gui.library.find_bar import FindBar
from gui.library.finder import Finder
from gui.library.marks import nearest
from gui.library.media import Media
from gui.library.notice import Notice
from gui.library.output import Content, Output
from gui.library.playback import SKIP_S, SPEEDS, Playback
from gui.library.session import Opened
from gui.library.text_editing import TextEditing
from gui.library.text_input import TextInput
from gui.library.text_menu import TextMenu
from gui.library.text_view import TranscriptTextView
from gui.library.transcript_actions import TranscriptActions
from gui.library.transport_bar import TransportBar
from gui.services import Services
from gui.widgets.waveform import ZOOM_STEP, WaveformView
from speechrnn.types import Seconds


class TranscriptView(QWidget):
    """One transcript at a time.

    Attributes:
        text: the text.
        editing: makes the edits.
        finder: finds and replaces.
        notice: what is missing; its button asks for the recording.

    Signals:
        closed: () the user wants back to the list.
    """

    closed = Signal()

    def __init__(self, services: Services, playback: Playback, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._playback = playback
        self._opened: Opened | None = None
        self._actions = TranscriptActions(self, "transcript", services.keys, services.theme)
        self.text = TranscriptTextView(services.theme, self)
        self._keys = TextInput(self.text)
        self.editing = TextEditing(self.text, self._keys)
        self.waveform = WaveformView(services.theme, self)
        self._media = Media(services, playback, self.waveform, self.text, self)
        self._output = Output(self, services, self.content, self.text)
        self.doubts = DoubtBar(self)
        self._walk = DoubtWalk(self.doubts, self.text, self._keys, self.editing)
        self._walk.hear = self._media.hear_in_context
        self.find_bar = FindBar(self)
        self.finder = Finder(self.find_bar, self.text, self._keys, self.editing, services.workers)
        self._menu = TextMenu(self.text, self._actions, self.editing, self._walk)
        self._actions.make(self._handlers())
        self.doubts.add_buttons(self._actions)
        self.find_bar.add_buttons(self._actions)
        self._transport = TransportBar(playback, self._actions, self)
        self.notice = Notice(services.theme, "warning", self)
        self._title = QLabel(self)
        self._title.setProperty("role", "heading")
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._saved = QLabel(self)
        self._saved.setProperty("role", "dim")
        self._lay_out()
        self._join()

    def show_opened(self, opened: Opened, *, find: str = "") -> None:
        """Shows the beginning of a transcript; its document is extended by who reads on.

        Args:
            opened: what was read.
            find: a text to find.
        """
        self._opened = opened
        document = Document(opened.lines)
        self._title.setText(opened.entry.title)
        self._title.setToolTip(opened.entry.title)
        self._media.close()
        self.editing.set_document(document, opened.entry.duration)
        self._show_complete(complete=False)
        self._media.open(opened)
        self._transport.set_duration(self._media.duration)
        self._actions["marker"].setEnabled(bool(opened.markers))
        self._walk.set_doubts(opened.doubts)
        document.changed.append(self.finder.follow)
        document.changed.append(lambda changes: self._show_steps())
        self._show_steps()
        self.show_notice(opened)
        self.text.setFocus()
        if find:
            self.finder.look_for(find)

    def go_to(self, time: Seconds) -> None:
        """Shows the word of a time, and lets playing go on there."""
        document = self.text.document
        place = document.word_at(time) or nearest(document, Place(document.line_at(time), 0))
        if place is not None:
            self._keys.move_to(place)
        self._playback.seek(time)

    def make_editable(self) -> None:
        """All of it has been read: from now on it can be changed and exported."""
        self.editing.editable = True
        self._show_complete(complete=True)

    def show_notice(self, opened: Opened) -> None:
        """Tells what is missing, if anything is."""
        if opened.growing:
            self.notice.show_text(
                self.tr("This recording is still being transcribed. Its text can be edited once it is done.")
            )
        elif not opened.has_media:
            media = opened.entry.media
            if media is None:
                text = self.tr("There is no recording to this text.")
            else:
                text = self.tr("The recording is not at {place}.").format(place=media)
            self.notice.show_text(text, self.tr("Locate…"))
        elif opened.entry.error:
            self.notice.show_text(opened.entry.error)
        else:
            self.notice.show_text("")

    def show_saved(self, *, saved: bool) -> None:
        """Tells whether all edits are on the disk."""
        edited = self.text.document.version > 0
        self._saved.setText(self.tr("Saved") if saved and edited else self.tr("Saving…") if edited else "")

    def close_transcript(self) -> None:
        """Ends editing and playing."""
        self.editing.field.leave()
        self._media.close()
        if self.find_bar.isVisible():
            self.finder.close()

    def content(self) -> Content:
        """What is open, as it stands now."""
        assert self._opened is not None
        return Content(entry=self._opened.entry, lines=tuple(self.text.document.lines))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space plays and pauses wherever it writes no text and presses no button."""
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self._playback.toggle()
        else:
            super().keyPressEvent(event)

    def _handlers(self) -> Mapping[str, Callable[[], object]]:
        editing, media, playback, output = self.editing, self._media, self._playback, self._output
        return {
            "play": playback.toggle,
            "play_from": lambda: self._at_caret(media.play_from),
            "back": lambda: playback.seek(playback.position - SKIP_S),
            "forward": lambda: playback.seek(playback.position + SKIP_S),
            "slower": lambda: playback.set_speed(playback.speed - (SPEEDS[1] - SPEEDS[0])),
            "faster": lambda: playback.set_speed(playback.speed + (SPEEDS[1] - SPEEDS[0])),
            "loop": media.toggle_loop,
            "zoom_in": lambda: self.waveform.zoom(ZOOM_STEP),
            "zoom_out": lambda: self.waveform.zoom(1 / ZOOM_STEP),
            "marker": media.go_to_marker,
            "clip": output.export_clip,
            "undo": editing.undo,
            "redo": editing.redo,
            "edit": editing.edit_line,
            "split": editing.split,
            "merge": editing.merge,
            "remove": editing.remove_lines,
            "start_earlier": lambda: editing.nudge(start_s=-NUDGE_S),
            "start_later": lambda: editing.nudge(start_s=NUDGE_S),
            "end_earlier": lambda: editing.nudge(end_s=-NUDGE_S),
            "end_later": lambda: editing.nudge(end_s=NUDGE_S),
            "speaker": self._menu.open_speakers,
            "alternatives": self._walk.open_alternatives,
            "doubt_previous": lambda: self._walk.step(forward=False),
            "doubt_next": lambda: self._walk.step(forward=True),
            "confirm": self._walk.confirm,
            "close": self.closed.emit,
            "find": lambda: self.finder.open(replacing=False),
            "replace": lambda: self.finder.open(replacing=True),
            "find_next": lambda: self.finder.step(forward=True),
            "find_previous": lambda: self.finder.step(forward=False),
            "find_close": self.finder.close,
            "copy": output.copy,
            "copy_all": output.copy_all,
            "export": self._open_export,
            "print": output.print,
        }

    def _lay_out(self) -> None:
        header = QHBoxLayout()
        header.addWidget(self._actions.button("close"))
        header.addWidget(self._title, 1)
        header.addWidget(self._saved)
        for name in ("undo", "redo", "find", "copy_all"):
            header.addWidget(self._actions.button(name))
        self._export = self._actions.button("export", with_text=True)
        header.addWidget(self._export)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 0)
        column.setSpacing(6)
        column.addLayout(header)
        for widget in (self.notice, self.waveform, self._transport, self.doubts, self.find_bar):
            column.addWidget(widget)
        column.addWidget(self.text, 1)

    def _join(self) -> None:
        self._keys.word_wanted.connect(self._media.hear)
        self._keys.menu_wanted.connect(self._menu.open)
        self.editing.refused.connect(self._on_refused)
        self.finder.replaced.connect(self._on_replaced)

    def _show_complete(self, *, complete: bool) -> None:
        for name in ("export", "print", "copy_all", "replace"):
            self._actions[name].setEnabled(complete)

    def _show_steps(self) -> None:
        document = self.text.document
        self._actions["undo"].setEnabled(document.undo_kind() is not None)
        self._actions["redo"].setEnabled(document.redo_kind() is not None)

    def _at_caret(self, run: Callable[[Place], object]) -> None:
        place = nearest(self.text.document, self.text.marks.caret)
        if place is not None:
            run(place)

    def _open_export(self) -> None:
        menu = QMenu(self)
        self._output.fill_menu(menu)
        menu.addAction(self._actions["print"])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._export.mapToGlobal(QPoint(0, self._export.height())))

    def _on_refused(self) -> None:
        self._services.messages.show("info", self.tr("The text can be edited once all of it is there."))

    def _on_replaced(self, n_replaced: int) -> None:
        self._services.messages.show("ok", self.tr("Replaced: {n}").format(n=n_replaced))
