"""One training: its state, curves, numbers and samples, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gui.files.wording import Wording as FileWording
from gui.theme import ThemeSource
from gui.train.chart import CurveChart
from gui.train.following import Progress
from gui.train.runs import Run
from gui.train.wording import Wording, share_done

_NUMBERS = ("steps", "left", "speed", "best")
_SAMPLE_LINES = 6


class RunView(QScrollArea):
    """Shows a training.

    Attributes:
        chart: its curves.
        samples: what it writes.
        stop, resume, compose, delete: the buttons.
    """

    def __init__(
        self, theme: ThemeSource, wording: Wording, actions: dict[str, QAction], parent: QWidget | None = None
    ) -> None:
        """Lays it out; the buttons trigger `actions`, by the names of the buttons."""
        super().__init__(parent)
        self._wording, self._times = wording, FileWording(self)
        self._shown = ""
        self._name = self._label("title")
        self._about = self._label("dim")
        self._state = self._label("large")
        self._told = self._label("error")
        self._advice = self._label("dim")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 1000)
        self._bar.setAccessibleName(self.tr("Progress of the training"))
        self.chart = CurveChart(theme)
        self._values = {name: self._label("large") for name in _NUMBERS}
        self._sample_name = self._label("heading")
        self.samples = QPlainTextEdit(readOnly=True)
        self.samples.setTabChangesFocus(True)
        self.samples.setAccessibleName(self.tr("What it writes"))
        self.samples.setFixedHeight(self.fontMetrics().lineSpacing() * _SAMPLE_LINES)
        self.stop = self._button(self.tr("Stop"), actions["stop"])
        self.resume = self._button(self.tr("Resume"), actions["resume"], "primary")
        self.compose = self._button(self.tr("Compose with it"), actions["compose"])
        self.delete = self._button(self.tr("Delete…"), actions["delete"], "danger")
        self._lay_out()

    def show_run(self, run: Run, *, stopping: bool, busy: bool) -> None:
        """Shows it.

        Args:
            run: the training.
            stopping: it was asked to stop.
            busy: no other can be started now.
        """
        wording, progress = self._wording, run.progress
        self._name.setText(run.name)
        about = [wording.tokens(run.tokens), wording.size_of(run.hidden_size)] if run.tokens else []
        if run.source:
            about.append(run.source)
        self._about.setText("  ·  ".join(about))
        self._about.setVisible(bool(about))
        self._state.setText(
            "  ·  ".join(filter(None, (wording.state(run, stopping=stopping), wording.share(run))))
        )
        self._told.setText(wording.told(run))
        self._told.setVisible(bool(run.told))
        self._advice.setText(wording.advice_of(run, stopping=stopping))
        running = run.state == "running"
        self._bar.setVisible(running)
        self._bar.setValue(round(1000 * share_done(progress)))
        self._show_numbers(run)
        self.chart.show_progress(progress, wording.curve(progress))
        self._show_samples(run)
        self.stop.setVisible(running)
        self.stop.setEnabled(not stopping)
        self.resume.setVisible(run.resumable)
        self.resume.setEnabled(not busy)
        self.compose.setVisible(run.has_model and not running)
        self.delete.setVisible(not running and run.state != "ending")

    def _show_numbers(self, run: Run) -> None:
        progress, running = run.progress, run.state == "running"
        wording = self._wording
        self._names["speed"].setText(
            self.tr("Characters/s") if run.tokens == "characters" else self.tr("Tokens/s")
        )
        texts = {
            "steps": wording.steps(progress),
            "left": self._left(progress) if running else "–",
            "speed": wording.number(_rounded(progress.tokens_per_s))
            if running and progress.tokens_per_s
            else "–",
            "best": wording.best(progress),
        }
        for name, text in texts.items():
            self._values[name].setText(text)

    def _left(self, progress: Progress) -> str:
        if progress.left_s is None or not progress.step:
            return self.tr("known soon")
        return self._times.span(progress.left_s)

    def _show_samples(self, run: Run) -> None:
        progress = run.progress
        there = bool(progress.samples)
        text = self.tr("What it writes, after step {step}")
        self._sample_name.setText(
            text.format(step=self._wording.number(progress.sample_step))
            if there
            else self.tr("What it writes")
        )
        written = "\n".join(progress.samples) or self.tr("The first lines come after the first look back.")
        if written != self._shown:
            # The place in it is lost: only where there is something new.
            self._shown = written
            self.samples.setPlainText(written)

    def _label(self, role: str) -> QLabel:
        label = QLabel(wordWrap=role != "large")
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("role", role)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    def _button(self, text: str, action: QAction, kind: str = "") -> QPushButton:
        button = QPushButton(text)
        if kind:
            button.setProperty("kind", kind)
        button.clicked.connect(action.trigger)
        return button

    def _lay_out(self) -> None:
        line = self.fontMetrics().height()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, line, line // 2)
        column.setSpacing(line // 2)
        top = QHBoxLayout()
        self._name.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        top.addWidget(self._name, 1)
        for button in (self.stop, self.resume, self.compose, self.delete):
            top.addWidget(button)
        column.addLayout(top)
        below = QHBoxLayout()
        below.setSpacing(line)
        below.addWidget(self._state)
        self._about.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        below.addWidget(self._about, 1)
        column.addLayout(below)
        column.addWidget(self._bar)
        column.addWidget(self._told)
        column.addWidget(self._advice)
        column.addWidget(self._numbers_card())
        column.addWidget(self.chart, 1)
        column.addWidget(self._sample_name)
        column.addWidget(self.samples)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inside)

    def _numbers_card(self) -> QFrame:
        """Four numbers under their names."""
        names = {
            "steps": self.tr("Steps"),
            "left": self.tr("Time left"),
            "speed": "",
            "best": self.tr("Best, a token"),
        }
        self._names = {name: self._label("dim") for name in names}
        card = QFrame()
        card.setProperty("role", "card")
        grid = QGridLayout(card)
        line = self.fontMetrics().height()
        grid.setContentsMargins(line * 3 // 4, line // 2, line * 3 // 4, line // 2)
        grid.setHorizontalSpacing(line)
        grid.setVerticalSpacing(0)
        for column, (name, text) in enumerate(names.items()):
            label = self._names[name]
            label.setText(text)
            label.setBuddy(self._values[name])
            grid.addWidget(label, 0, column, Qt.AlignmentFlag.AlignBottom)
            grid.addWidget(self._values[name], 1, column, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(column, 5 if name == "best" else 3)
        self._values["best"].setToolTip(
            self.tr("The lowest value on the tenth that is held back from learning.")
        )
        return card


def _rounded(value: float | None) -> float:
    """No more exact than a speed is."""
    if not value:
        return 0.0
    digits = max(0, len(str(int(value))) - 2)
    return float(round(value, -digits))
