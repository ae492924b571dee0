"""The page of checks: one button, and a line for each thing that was tested."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui.about import version_line
from gui.check.presenter import CheckPresenter, CheckState, Line, check_job
from gui.icons import pixmap
from gui.page import Page
from gui.services import Services
from gui.theme import ThemeSource
from gui.worker import Worker
from speechrnn.evaluation.self_check import Check
from speechrnn.pipeline.machine_checks import machine_checks

_WIDEST = 90  # letters
_ICONS: dict[CheckState, str] = {
    "waiting": "clock",
    "running": "refresh",
    "ok": "ok",
    "warn": "warning",
    "fail": "error",
}

MakeChecks = Callable[..., Sequence[Check]]


class CheckPage(Page):
    """Runs the checks of this computer and shows what they find."""

    id = "check"
    icon = "check"

    def __init__(
        self, services: Services, parent: QWidget | None = None, *, make_checks: MakeChecks = machine_checks
    ) -> None:
        """Makes the page; nothing runs before its button is pressed.

        Args:
            services: what the pages share.
            parent: its widget.
            make_checks: as `speechrnn.pipeline.machine_checks.machine_checks`.
        """
        super().__init__(services, parent)
        self._make_checks = make_checks
        self._presenter = CheckPresenter()
        self._worker: Worker | None = None
        self._lines: dict[str, CheckLine] = {}
        self._run = QPushButton()
        self._copy = QPushButton(self.tr("Copy as text"))
        self._summary = QLabel(wordWrap=True)
        self._summary.setProperty("role", "dim")
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(self.tr("Progress of the checks"))
        self._column = QVBoxLayout()
        self._lay_out()
        action = services.keys.add(self, "check.run", self.tr("Check this computer, or stop"), "Ctrl+R")
        action.triggered.connect(self._on_run)
        self._run.clicked.connect(action.trigger)
        self._copy.clicked.connect(self._on_copy)
        self._show()

    def title(self) -> str:
        """Its name for the user."""
        return self.tr("Check")

    def stop(self) -> None:
        """Ends the check that runs."""
        if self._worker is not None:
            self._worker.stop()

    def _lay_out(self) -> None:
        heading = QLabel(self.tr("Check this computer"))
        heading.setProperty("role", "title")
        about = QLabel(
            self.tr(
                "Tests models, folders, microphone and sound, then transcribes ten sentences and measures "
                "how quick and how good that is here. It takes about a minute; nothing leaves this computer."
            ),
            wordWrap=True,
        )
        self._run.setProperty("kind", "primary")
        buttons = QHBoxLayout()
        buttons.addWidget(self._run)
        buttons.addWidget(self._copy)
        buttons.addStretch(1)
        inside = QWidget()
        inside.setMaximumWidth(self.fontMetrics().averageCharWidth() * _WIDEST)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 16, 16)
        column.setSpacing(12)
        for part in (heading, about):
            column.addWidget(part)
        column.addLayout(buttons)
        column.addWidget(self._summary)
        column.addWidget(self._progress)
        self._column.setSpacing(16)
        column.addLayout(self._column)
        column.addStretch(1)
        area = QScrollArea(widgetResizable=True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 8, 12)
        outer.addWidget(area)

    def _on_run(self) -> None:
        if self._presenter.running:
            self.stop()
            self._run.setEnabled(False)
            return
        self._presenter.begin()
        self._worker = self.services.workers.start(
            check_job(self._plan(), self._borrow()),
            on_item=self._on_said,
            on_failed=self.services.messages.show_error,
            on_ended=self._on_ended,
        )
        self._show()

    def _plan(self) -> Callable[[Callable[[], Any]], Sequence[Check]]:
        settings, places, make = self.services.settings.current, self.services.places, self._make_checks
        folders = {
            "recordings": settings.folders.recordings or places.recordings,
            "exports": settings.folders.exports or places.exports,
            "library": places.library,
        }
        return lambda load: make(
            load=load, folders=folders, latency_s=settings.live.latency_s, input_id=settings.live.input
        )

    def _borrow(self) -> Callable[..., Any]:
        recognizers, wanted = self.services.recognizers, self.services.settings.current.recognition
        return lambda stop: recognizers.borrow(wanted, stop)

    def _on_said(self, said: object) -> None:
        self._presenter.take(said)
        self._show()

    def _on_ended(self) -> None:
        self._worker = None
        self._presenter.end()
        self._run.setEnabled(True)
        self._show()

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._presenter.report(version_line(), self._title_of))
        self.services.messages.show("ok", self.tr("The report is in the clipboard."))

    def _show(self) -> None:
        presenter = self._presenter
        names = [line.name for line in presenter.lines]
        if list(self._lines) != names:
            for old in self._lines.values():
                old.hide()
                old.deleteLater()
            self._lines = {
                name: CheckLine(self.services.theme, self._title_of(name), self._state_words)
                for name in names
            }
            for row in self._lines.values():
                self._column.addWidget(row)
        for line in presenter.lines:
            self._lines[line.name].show_line(line)
        self._run.setText(self.tr("Stop") if presenter.running else self.tr("Check now"))
        self._copy.setEnabled(presenter.done > 0)
        self._progress.setVisible(presenter.running)
        self._progress.setRange(0, len(names))
        self._progress.setValue(presenter.done)
        self._summary.setText(self._summary_words())
        self._summary.setVisible(bool(self._summary.text()))

    def _summary_words(self) -> str:
        match self._presenter.verdict:
            case "ok":
                return self.tr("All is well.")
            case "warn":
                return self.tr("It works, with a loss: see below.")
            case "fail":
                return self.tr("Something does not work: see below.")
            case "running":
                return self.tr("Checking…")
            case _:
                return self.tr("Stopped before the end.") if self._presenter.lines else ""

    def _title_of(self, name: str) -> str:
        titles = {
            "models": self.tr("Models"),
            "folders": self.tr("Folders"),
            "memory": self.tr("Memory"),
            "microphone": self.tr("Microphone"),
            "output": self.tr("Sound output"),
            "speed": self.tr("Speed"),
            "accuracy": self.tr("Accuracy"),
            "silence": self.tr("Silence"),
            "live": self.tr("Live captions"),
        }
        return titles.get(name, name)

    def _state_words(self, state: CheckState) -> str:
        words = {
            "waiting": self.tr("waiting"),
            "running": self.tr("running"),
            "ok": self.tr("all right"),
            "warn": self.tr("works with a loss"),
            "fail": self.tr("does not work"),
        }
        return words[state]


class CheckLine(QWidget):
    """One check: icon, name, what was found, what to do."""

    def __init__(self, theme: ThemeSource, title: str, state_words: Callable[[CheckState], str]) -> None:
        super().__init__()
        self._theme = theme
        self._state_words = state_words
        self._line = Line(name="")
        self._icon = QLabel()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignTop)
        name = QLabel(title)
        name.setProperty("role", "heading")
        self._text = self._plain("")
        self._advice = self._plain("")
        self._advice.setProperty("role", "dim")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._icon, 0, 0)
        for row, part in enumerate((name, self._text, self._advice)):
            grid.addWidget(part, row, 1)
        theme.changed.connect(self._show_icon)

    def show_line(self, line: Line) -> None:
        """Shows how far it is."""
        self._line = line
        self._text.setText(line.text or self._state_words(line.state))
        self._text.setEnabled(line.state != "waiting")
        self._advice.setText(line.advice)
        self._advice.setVisible(bool(line.advice))
        self._show_icon()

    def _show_icon(self) -> None:
        theme = self._theme.current
        colours = {"ok": theme.ok, "warn": theme.warning, "fail": theme.error, "running": theme.accent}
        side = round(self.fontMetrics().height() * 1.2)
        colour = colours.get(self._line.state, theme.text_off)
        self._icon.setPixmap(pixmap(_ICONS[self._line.state], colour, side, self.devicePixelRatioF()))
        self._icon.setAccessibleName(self._state_words(self._line.state))

    def _plain(self, text: str) -> QLabel:
        label = QLabel(text, wordWrap=True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        return label
