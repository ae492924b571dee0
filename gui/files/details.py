"""The chosen file: its state in full, what can be done with it, and its text as it grows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gui.files.elided_label import ElidedLabel
from gui.files.growing_text import GrowingText
from gui.files.rows import RUNNING, STOPPING, Row
from gui.files.wording import Wording
from gui.library.clock import short_clock
from gui.theme import ThemeSource
from gui.widgets.flow import FlowLayout
from speechrnn.store.entries import StoredSegment

_STEPS = 1000  # of the progress bar


class Details(QScrollArea):
    """What is chosen, at the right of the queue; it scrolls where large letters meet a small window.

    Attributes:
        text: the transcript.

    Signals:
        open_wanted, toggle_wanted, cancel_wanted, again_wanted, results_wanted: a button was clicked.
        track_wanted: (int) another audio track was chosen.
    """

    open_wanted = Signal()
    toggle_wanted = Signal()
    cancel_wanted = Signal()
    again_wanted = Signal()
    results_wanted = Signal()
    track_wanted = Signal(int)

    def __init__(self, theme: ThemeSource, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        self._shown: tuple[Row, ...] = ()
        self._title = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._title.setProperty("role", "heading")
        self._place = ElidedLabel(Qt.TextElideMode.ElideMiddle)
        self._place.setProperty("role", "dim")
        self._state = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._problem = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._problem.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._bar = QProgressBar(maximum=_STEPS, textVisible=False)
        self._bar.setAccessibleName(self.tr("Progress"))
        self._open = QPushButton(self.tr("Open in library"))
        self._toggle = QPushButton()
        self._cancel = QPushButton(self.tr("Cancel"))
        self._again = QPushButton(self.tr("Transcribe again"))
        self._results = QPushButton(self.tr("Show results"))
        self._track_name = QLabel(self.tr("Audio track"))
        self._track = QComboBox()
        self._track_name.setBuddy(self._track)
        self._track.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._track.setMinimumContentsLength(8)
        self._track.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.text = GrowingText(theme)
        self._lay_out()
        self._join()
        self.show_rows(())

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Shows the rows that are chosen."""
        if tuple(rows) == self._shown and rows:
            return
        self._shown = tuple(rows)
        row = rows[0] if len(rows) == 1 else None
        if row is not None:
            self._show_one(row)
        else:
            several = self.tr("{files} chosen").format(files=self._wording.files(len(rows)))
            self._title.setText(several if rows else "")
            self._state.setText("")
            self._problem.hide()
        for part in (self._place, self._state):
            part.setVisible(row is not None)
        self.text.setVisible(row is not None and (row.status != "failed" or row.n_words > 0))
        self._show_tracks(row)
        self._show_bar(row)
        self._show_buttons(rows)

    def minimumSizeHint(self) -> QSize:
        """Nothing is cut off at its side."""
        inside, bar = self.widget(), self.verticalScrollBar()
        width = inside.minimumSizeHint().width() if inside is not None else 0
        return QSize(width + bar.sizeHint().width(), super().minimumSizeHint().height())

    def show_text(self, segments: Sequence[StoredSegment]) -> None:
        """Adds text."""
        self.text.add(
            [(short_clock(each.segment.start), each.segment.text) for each in segments if each.segment.text]
        )

    def show_track(self) -> None:
        """Shows the track that the file has, after another one was chosen and then declined."""
        self._show_tracks(self._shown[0] if len(self._shown) == 1 else None)

    def _lay_out(self) -> None:
        buttons, track = FlowLayout(), QFormLayout()
        track.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for button in (self._open, self._results, self._toggle, self._cancel, self._again):
            buttons.addWidget(button)
        track.addRow(self._track_name, self._track)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 4, 0, 0)
        column.setSpacing(8)
        for part in (self._title, self._place, self._state, self._bar, self._problem):
            column.addWidget(part)
        column.addLayout(track)
        column.addLayout(buttons)
        column.addSpacing(4)
        column.addWidget(self.text, 1)
        column.addStretch(0)
        self.text.setMinimumHeight(4 * self.fontMetrics().height())
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)

    def _join(self) -> None:
        for button, signal in (
            (self._open, self.open_wanted),
            (self._toggle, self.toggle_wanted),
            (self._cancel, self.cancel_wanted),
            (self._again, self.again_wanted),
            (self._results, self.results_wanted),
        ):
            button.clicked.connect(signal)
        self._track.activated.connect(lambda index: self.track_wanted.emit(self._track.itemData(index)))

    def _show_one(self, row: Row) -> None:
        self._title.setText(row.job.title)
        self._place.set_text(str(row.job.path))
        problem = self._wording.problem(row)
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        self._set_role(self._problem, "error" if row.status == "failed" else "warning")
        self._state.setText(self._wording.joined([*self._wording.parts(row), self._wording.aside(row)]))
        self.text.grows = row.status in RUNNING
        self.text.set_waiting_text(self._waiting_text(row))

    def _waiting_text(self, row: Row) -> str:
        if row.status in RUNNING:
            return self.tr("The text appears here while it is transcribed.")
        if row.status == "done":
            return self.tr("Nobody speaks in this recording.")
        return self.tr("There is no text yet.") if row.status != "failed" else ""

    def _show_bar(self, row: Row | None) -> None:
        working = row is not None and (row.status in RUNNING or row.status in STOPPING)
        share = row.share if row is not None else None
        self._bar.setVisible(working or bool(row and row.done_s and row.status in ("paused", "cancelled")))
        self._bar.setValue(round((share or 0.0) * _STEPS))

    def _show_tracks(self, row: Row | None) -> None:
        tracks = row.tracks if row is not None else ()
        names = [self._wording.track(track) for track in tracks]
        for part in (self._track_name, self._track):
            part.setVisible(len(tracks) > 1)
        if names != [self._track.itemText(number) for number in range(self._track.count())]:
            self._track.clear()
            for track, name in zip(tracks, names, strict=True):
                self._track.addItem(name, track.index)
        if row is not None and tracks:
            default = next((track.index for track in tracks if track.default), 0)
            self._track.setCurrentIndex(self._track.findData(default if row.track is None else row.track))

    def _show_buttons(self, rows: Sequence[Row]) -> None:
        one = rows[0] if len(rows) == 1 else None
        can_pause = any(row.can_pause for row in rows)
        retry = bool(rows) and all(row.status == "failed" for row in rows)
        self._toggle.setText(
            self.tr("Pause") if can_pause else self.tr("Try again") if retry else self.tr("Go on")
        )
        self._toggle.setVisible(can_pause or any(row.can_resume for row in rows))
        self._cancel.setVisible(any(row.can_cancel for row in rows))
        self._open.setVisible(one is not None and one.n_words > 0)
        self._again.setVisible(one is not None and one.status == "done" and not one.results)
        self._results.setVisible(one is not None and bool(one.results))
        primary = one is not None and one.status == "done"
        self._set_kind(self._open, "primary" if primary else "")

    def _set_kind(self, button: QPushButton, kind: str) -> None:
        if (button.property("kind") or "") != kind:
            button.setProperty("kind", kind)
            _polish(button)

    def _set_role(self, label: QLabel, role: str) -> None:
        if label.property("role") != role:
            label.setProperty("role", role)
            _polish(label)


def _polish(widget: QWidget) -> None:
    """Lets the style sheet look at a property again."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
