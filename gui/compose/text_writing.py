"""What the network does on the sheet, as jobs: writes, offers words, writes variations, compares."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from gui.compose.composers import Composers, NoLongerWantedError, warm_job
from gui.compose.jobs import (
    Originality,
    PrimerHeard,
    Tokens,
    continuations_job,
    originality_job,
    write_job,
)
from gui.compose.text_editor import TextEditor
from gui.compose.text_presenter import (
    N_CONTINUATIONS,
    N_VARIATIONS,
    Run,
    TextPresenter,
    primer_silence,
)
from gui.messages import error_text
from gui.services import Services
from gui.worker import Worker
from speechrnn.errors import ConfigError
from speechrnn.pipeline.compose_requests import TextToken, n_characters

_MOST_COMPARED = 50_000  # characters: the end of the sheet
_SOON_MS = 120  # after the cursor has moved, words are offered anew


class TextWriting(QObject):
    """One answer at a time; the one before is stopped.

    Attributes:
        busy: whether the network writes.

    Signals:
        stage_changed: `busy` is another.
        problem: (str) what is wrong, for below the sheet; empty takes it away.
        note: (str) something to know about the primer.
        offered: (object) the likeliest continuations.
        varied: (int, object) tokens of a variation.
        compared: (object, int) the `Originality`, and what to add to its places.
    """

    stage_changed = Signal()
    problem = Signal(str)
    note = Signal(str)
    offered = Signal(object)
    varied = Signal(int, object)
    compared = Signal(object, int)

    def __init__(
        self,
        services: Services,
        composers: Composers,
        presenter: TextPresenter,
        editor: TextEditor,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._services, self._composers = services, composers
        self._presenter, self._editor = presenter, editor
        self._runs: list[Run] = []
        self._side_by_side = False
        self._writer: Worker | None = None
        self._helper: Worker | None = None  # offers words
        self._comparer: Worker | None = None
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self.suggest)

    @property
    def busy(self) -> bool:
        """Whether the network writes."""
        return self._writer is not None

    def warm(self) -> None:
        """Loads the network, so that its first character comes at once."""
        model = self._presenter.model
        if model is not None and not self._composers.has(model):
            self._services.workers.start(warm_job(self._composers, model), on_failed=self._on_failed)

    def write(self) -> None:
        """Goes on at the cursor."""
        runs = self._asked(1)
        if runs:
            self._side_by_side = False
            self._editor.begin_run()
            self._begin(runs)

    def vary(self) -> list[Run]:
        """Writes several answers, which `varied` gives; empty where that cannot be done."""
        runs = self._asked(N_VARIATIONS)
        if runs:
            self._side_by_side = True
            self._begin(runs)
        return runs

    def take(self, number: int, tokens: Sequence[TextToken]) -> None:
        """Puts one of the variations on the sheet."""
        self.stop()
        if number < len(self._runs) and tokens:
            run = self._runs[number]
            self._editor.begin_run()
            self._editor.add_tokens(tokens)
            self._editor.end_run()
            run.n_made = n_characters(tokens)
            self._note_origin(run)

    def stop(self) -> None:
        """Nothing more comes from now on."""
        worker, self._writer = self._writer, None
        if worker is not None:
            worker.stop()
            self._ended()

    def suggest_soon(self) -> None:
        """Offers words when the cursor has come to rest."""
        self._soon.start()

    def suggest(self) -> None:
        """Offers words behind the cursor."""
        self._soon.stop()
        model = self._presenter.model
        if model is None or self.busy:
            return
        if self._helper is not None:
            self._helper.stop()
        before = self._editor.before_cursor

        def show(found: object) -> None:
            if self._helper is worker:
                self.offered.emit(found)

        worker = self._services.workers.start(
            continuations_job(self._composers, model, before, N_CONTINUATIONS),
            on_item=show,
            on_failed=self._on_failed,
        )
        self._helper = worker

    def compare(self) -> None:
        """Looks for what was copied, in the end of the sheet."""
        model, document = self._presenter.model, self._editor.document()
        n = document.characterCount() - 1
        if model is None or not self._presenter.provenances or n <= 0:
            return
        text = self._editor.text_before(n, _MOST_COMPARED)
        revision = document.revision()
        if self._comparer is not None:
            self._comparer.stop()

        def show(told: Originality) -> None:
            if document.revision() == revision:
                self.compared.emit(told, max(0, n - len(text)))

        self._comparer = self._services.workers.start(
            originality_job(self._composers, model, text), on_item=show, on_failed=self._on_failed
        )

    def _asked(self, n: int) -> list[Run]:
        self.stop()
        self.problem.emit("")
        self.note.emit("")
        if self._presenter.model is None or self._editor.isReadOnly():
            return []
        try:
            return self._presenter.runs(self._editor.before_cursor, n)
        except ConfigError as error:
            self.problem.emit(error_text(error))
            return []

    def _begin(self, runs: list[Run]) -> None:
        self._runs = runs
        job = write_job(self._composers, runs[0].model, [run.request for run in runs])

        def take(item: PrimerHeard | Tokens) -> None:
            if self._writer is worker:
                self._on_item(item)

        def fail(error: BaseException) -> None:
            if self._writer is worker:
                self._on_failed(error)

        def end() -> None:
            if self._writer is worker:
                self._writer = None
                self._ended()

        worker = self._services.workers.start(job, on_item=take, on_failed=fail, on_ended=end)
        self._writer = worker
        self.stage_changed.emit()

    def _on_item(self, item: PrimerHeard | Tokens) -> None:
        if isinstance(item, PrimerHeard):
            self.note.emit(self._told(item))
            return
        if self._side_by_side:
            self.varied.emit(item.run, item.tokens)
            return
        self._runs[item.run].n_made += n_characters(item.tokens)
        self._editor.add_tokens(item.tokens)

    def _told(self, heard: PrimerHeard) -> str:
        kind, some = primer_silence(heard), " ".join(heard.missing[:12])
        if kind == "all":
            text = self.tr(
                "This model knows none of the characters before the cursor ({some}): it begins afresh."
            )
            return text.format(some=some)
        if kind == "some":
            text = self.tr("This model cannot write {some}: it goes on as if they were not there.")
            return text.format(some=some)
        return ""

    def _ended(self) -> None:
        if not self._side_by_side:
            self._editor.end_run()
            for run in self._runs:
                self._note_origin(run)
        self.stage_changed.emit()

    def _note_origin(self, run: Run) -> None:
        self._presenter.took(run, self._composers.sha256(run.model))

    def _on_failed(self, error: BaseException) -> None:
        if not isinstance(error, NoLongerWantedError):
            self.problem.emit(error_text(error))
