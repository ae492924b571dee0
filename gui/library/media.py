"""The recording of an open transcript: playing it with its text, and its waveform.

Used by `transcript_view.py`, in the GUI thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer

from gui.library.document import Change, Place
from gui.library.marks import chosen_times, end_of, time_of
from gui.library.peaks import kept_peaks, peaks_job
from gui.library.playback import Playback
from gui.library.session import Opened
from gui.library.text_view import TranscriptTextView
from gui.services import Services
from gui.widgets.peaks import Peaks
from gui.widgets.waveform import WaveformView
from gui.widgets.waveform_picture import scene_of
from gui.worker import Worker
from speechrnn.types import Seconds

_CONTEXT_S = 0.6  # around a doubtful word: alone it is hardly understood
_SHADES_AFTER_MS = 300
_AT_MARKER_S = 0.05  # nearer than that, it is there


class Media(QObject):
    """Joins sound, waveform and text: each follows the others.

    Attributes:
        duration: of the recording, or of the text where that goes on longer.
    """

    def __init__(
        self,
        services: Services,
        playback: Playback,
        waveform: WaveformView,
        view: TranscriptTextView,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._playback = playback
        self._waveform = waveform
        self._view = view
        self.duration = 0.0
        self._markers: tuple[Seconds, ...] = ()
        self._following = True
        self._reading: Worker | None = None
        # While somebody types, the shades need not follow letter by letter.
        self._shades = QTimer(self, singleShot=True, interval=_SHADES_AFTER_MS)
        self._shades.timeout.connect(self._show_segments)
        waveform.seek_wanted.connect(self._on_seek_wanted)
        waveform.range_chosen.connect(playback.set_loop)
        playback.moved.connect(self._on_moved)
        playback.changed.connect(self._on_changed)
        view.verticalScrollBar().actionTriggered.connect(self._on_scrolled)

    def open(self, opened: Opened) -> None:
        """Takes the recording of a transcript that the view shows by now."""
        lines = opened.lines
        self.duration = max(opened.entry.duration, lines[-1].segment.end if lines else 0.0)
        self._view.document.changed.append(self._on_edited)
        self._markers = tuple(marker.time for marker in opened.markers)
        self._waveform.show_scene(replace(self._waveform.scene, peaks=None, markers=self._markers))
        self._show_segments()
        media = opened.entry.media if opened.has_media else None
        self._playback.open(media, self.duration)
        self._waveform.set_position(0.0)
        self._following = True
        if media is not None:
            kept = kept_peaks(self._services.places.library, opened.entry.id)
            self._reading = self._services.workers.start(
                peaks_job(media, self.duration, kept),
                on_item=self._on_peaks,
                on_failed=self._services.messages.show_error,
                on_ended=self._on_peaks_ended,
            )

    def close(self) -> None:
        """Falls silent and stops reading."""
        self._playback.open(None, 0.0)
        reading, self._reading = self._reading, None
        if reading is not None:
            reading.stop()
            reading.item.disconnect(self._on_peaks)

    def hear(self, place: Place) -> None:
        """Goes to a word; alone it is heard where nothing is being played."""
        start, end = time_of(self._view.document, place), end_of(self._view.document, place)
        self._following = True
        if self._playback.playing:
            self._playback.seek(start)
        else:
            self._playback.play_stretch(start, end)

    def hear_in_context(self, place: Place) -> None:
        """Plays a word with what is said around it."""
        start, end = time_of(self._view.document, place), end_of(self._view.document, place)
        self._playback.play(max(start - _CONTEXT_S, 0.0), end + _CONTEXT_S)

    def play_from(self, place: Place) -> None:
        """Plays on from a word."""
        self._following = True
        self._playback.play(time_of(self._view.document, place))

    def go_to_marker(self) -> None:
        """Goes to the next moment that was marked, from the last one to the first."""
        if self._markers:
            later = [time for time in self._markers if time > self._playback.position + _AT_MARKER_S]
            self._on_seek_wanted(min(later, default=self._markers[0]))

    def toggle_loop(self) -> None:
        """Loops the choice or the caret's line, or no longer."""
        marks = self._view.marks
        if self._playback.loop is not None:
            self._playback.set_loop(None)
            return
        choice = marks.choice()
        if choice is not None:
            self._playback.set_loop(chosen_times(self._view.document, *choice))
        elif marks.caret is not None:
            segment = self._view.document.lines[marks.caret.line].segment
            self._playback.set_loop((segment.start, segment.end))
        else:
            self._playback.set_loop(None)

    def _on_peaks(self, peaks: Peaks) -> None:
        self._waveform.show_scene(replace(self._waveform.scene, peaks=peaks))

    def _on_peaks_ended(self) -> None:
        # Another one may have begun meanwhile.
        if self._reading is self.sender():
            self._reading = None

    def _on_seek_wanted(self, time: Seconds) -> None:
        self._following = True
        self._playback.seek(time)
        line = self._view.document.line_at(time)
        if line >= 0 and not self._playback.playing:
            self._view.show_place(self._view.document.word_at(time) or Place(line, 0))

    def _on_moved(self, position: Seconds) -> None:
        self._waveform.set_position(position, follow=self._playback.playing)
        lit = self._view.document.word_at(position)
        if lit == self._view.marks.lit:
            return
        self._view.set_marks(replace(self._view.marks, lit=lit))
        if lit is not None and self._playback.playing:
            where = self._view.rectangle(lit)
            # Somebody who scrolled away looks at something: the text follows again once the word is in sight.
            if 0 <= where.top() <= self._view.viewport().height():
                self._following = True
            if self._following:
                self._view.show_place(lit)

    def _on_changed(self) -> None:
        scene = self._waveform.scene
        if scene.choice != self._playback.loop:
            self._waveform.show_scene(replace(scene, choice=self._playback.loop))

    def _on_scrolled(self, action: int) -> None:
        self._following = False

    def _on_edited(self, changes: Sequence[Change]) -> None:
        self._shades.start()

    def _show_segments(self) -> None:
        spans = [(line.segment.start, line.segment.end) for line in self._view.document.lines]
        self._waveform.show_scene(scene_of(self._waveform.scene, self.duration, spans))
