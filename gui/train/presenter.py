"""The train page without Qt: the form, the trainings, the one that runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from gui.files.starting import Start, Stoppable
from gui.settings.presenter import Problem, read_number, stepped
from gui.train.following import Progress
from gui.train.material import Kind, Looked, Material, look_job
from gui.train.plan import (
    LENGTHS,
    MOST_UNKNOWN,
    USUAL,
    Known,
    NameProblem,
    Plan,
    SizeName,
    Unit,
    name_problem,
    suggested_name,
)
from gui.train.process import Ended, Training
from gui.train.runs import Run, delete_job, known_job, prepare_job, runs_job

FolderProblem = Literal["", "none", "looking", "empty", "little_text", "few_tunes", "unreadable"]
Field = Literal["folder", "name", "length", "start"]


@dataclass(slots=True, kw_only=True)
class Form:
    """What stands in the form.

    Attributes:
        material: what was found, or None before that.
        looked: how many files were looked at, while it is being looked through; else None.
        kind: chosen by the user; None takes what was found.
        name: of the model. named: the user has typed it.
        replace: an own model of that name may be replaced, and is started from.
        size, unit: choices. lengths: by unit.
        start: id of the model to start from; empty for none.
        asked: the user has pressed Start: everything that is wrong is shown.
        length_problem: what is wrong with what was typed as length.
    """

    material: Material | None = None
    looked: int | None = None
    kind_chosen: Kind | None = None
    name: str = ""
    named: bool = False
    replace: bool = False
    size: SizeName = "small"
    unit: Unit = "minutes"
    lengths: dict[Unit, int]
    start: str = ""
    asked: bool = False
    length_problem: Problem | None = None

    @property
    def kind(self) -> Kind:
        """What is learned."""
        return self.kind_chosen or (self.material.kind if self.material else "text")


class TrainPresenter:
    """State and actions of the page; for the GUI thread.

    Attributes:
        form: what stands in the form.
        known: the models that are there.
        runs: all trainings, as shown: with how far the one that runs is.
        selected: the name of the training that is shown; None shows the form.
        preparing: a training is about to start.
        loaded: the list of trainings has been read once.
    """

    def __init__(
        self,
        *,
        folder: Path,
        models: Path,
        start: Start,
        on_change: Callable[[], object],
        on_error: Callable[[BaseException], object],
        on_ended: Callable[[str, Ended], object],
        command: Sequence[str] | None = None,
    ) -> None:
        """Reads nothing yet, see `refresh`.

        Args:
            folder: of all trainings.
            models: the user's folder of models.
            start: starts jobs.
            on_change: shows the state again.
            on_error: tells what went wrong with what the user asked for.
            on_ended: a training has ended, its name and how.
            command: starts the program; None for this one.
        """
        self._folder, self._models, self._start = folder, models, start
        self._on_change, self._on_error, self._on_ended = on_change, on_error, on_ended
        self._command = command
        self.form = Form(lengths=dict(USUAL))
        self.known: tuple[Known, ...] = ()
        self._on_disk: tuple[Run, ...] = ()
        self.selected: str | None = None
        self.preparing = self.loaded = False
        self._training: Training | None = None
        self._live = Progress()
        self._look: Stoppable | None = None
        self._closed = False

    @property
    def runs(self) -> tuple[Run, ...]:
        running = self.running
        return tuple(
            replace(run, state="running", told="", progress=self._live) if run.name == running else run
            for run in self._on_disk
        )

    @property
    def running(self) -> str | None:
        """The name of the training that runs."""
        return self._training.folder.name if self._training else None

    @property
    def stopping(self) -> bool:
        """Whether the one that runs was asked to stop."""
        return self._training is not None and self._training.stopping

    @property
    def busy(self) -> bool:
        """Whether no other training can be started now."""
        return self._training is not None or self.preparing

    @property
    def ending(self) -> bool:
        """Whether another process is about to end a training: worth looking again."""
        return any(run.state == "ending" for run in self.runs)

    @property
    def shown(self) -> Run | None:
        """The training that is shown."""
        return next((run for run in self.runs if run.name == self.selected), None)

    @property
    def starts(self) -> tuple[Known, ...]:
        """The models that a training of this kind may start from."""
        return tuple(model for model in self.known if model.kind == self.form.kind)

    @property
    def same_name(self) -> Known | None:
        """The user's own model of the name in the form, of the same kind."""
        folded = self.form.name.casefold()
        return next((m for m in self.starts if m.own and m.id.casefold() == folded), None)

    @property
    def start_model(self) -> Known | None:
        """The model that is started from."""
        if self.form.replace and self.same_name:
            return self.same_name
        return next((model for model in self.starts if model.id == self.form.start), None)

    def folder_problem(self) -> FolderProblem:
        """Why nothing can be learned from the folder."""
        form = self.form
        if form.material is None:
            return "looking" if form.looked is not None else "none"
        material = form.material
        if not (material.texts or material.tunes):
            return "unreadable" if material.unreadable else "empty"
        if material.enough(form.kind):
            return ""
        return "few_tunes" if form.kind == "folk" else "little_text"

    def name_problem(self) -> NameProblem:
        """What is wrong with the name."""
        unfinished = [run.name for run in self.runs if run.state != "finished"]
        return name_problem(
            self.form.name, self.known, unfinished, replace=self.form.replace and self.same_name is not None
        )

    def unknown_share(self) -> float:
        """How much of the text the model to start from cannot write; 0 where that does not matter."""
        model, material = self.start_model, self.form.material
        if model is None or material is None or self.form.kind != "text":
            return 0.0
        share = material.unknown_share(model.vocabulary)
        return share if share > MOST_UNKNOWN else 0.0

    def wrong(self) -> list[Field]:
        """The fields that keep the training from starting, from the top."""
        found: list[tuple[Field, object]] = [
            ("folder", self.folder_problem()),
            ("name", self.name_problem()),
            ("start", self.unknown_share()),
            ("length", self.form.length_problem),
        ]
        return [name for name, problem in found if problem]

    def look(self, folder: Path) -> None:
        """Looks through a folder."""
        if self._look is not None:
            self._look.stop()
        form = self.form
        form.material, form.looked, form.kind_chosen = None, 0, None
        looking: list[Stoppable] = []

        def take(found: Looked | Material) -> None:
            if not looking or looking[0] is not self._look:
                return  # of a folder that nobody wants any more
            if isinstance(found, Looked):
                form.looked = found.n_files
            else:
                form.material, form.looked = found, None
                self._suggest()
            self._on_change()

        def ended() -> None:
            if looking and looking[0] is self._look:
                form.looked = None
                self._look = None
                self._on_change()

        self._look = self._start(look_job(folder), on_item=take, on_failed=self._on_error, on_ended=ended)
        looking.append(self._look)
        self._on_change()

    def choose_kind(self, kind: Kind) -> None:
        """Takes the folder for something else."""
        self.form.kind_chosen = kind
        self._on_change()

    def set_name(self, name: str) -> None:
        """Names the model."""
        if name.strip() != self.form.name:
            self.form.name, self.form.named, self.form.replace = name.strip(), True, False
            self._on_change()

    def set_replace(self, on: bool) -> None:
        """Lets an own model be replaced."""
        self.form.replace = on
        self._on_change()

    def set_size(self, size: SizeName) -> None:
        """Chooses the size."""
        self.form.size = size
        self._on_change()

    def set_start(self, model_id: str) -> None:
        """Chooses the model to start from; empty for none."""
        self.form.start = model_id
        self._on_change()

    def set_unit(self, unit: Unit) -> None:
        """Chooses what the length counts."""
        self.form.unit, self.form.length_problem = unit, None
        self._on_change()

    def type_length(self, text: str) -> None:
        """Takes what was typed as length."""
        value = read_number(text, LENGTHS[self.form.unit])
        if isinstance(value, Problem):
            self.form.length_problem = value
        elif value is not None:
            self.form.length_problem = None
            self.form.lengths[self.form.unit] = int(value)
        self._on_change()

    def step_length(self, steps: int) -> None:
        """Some steps up or down."""
        unit = self.form.unit
        self.form.lengths[unit] = int(stepped(self.form.lengths[unit], LENGTHS[unit], steps))
        self.form.length_problem = None
        self._on_change()

    def start(self) -> Field | None:
        """Starts what the form says; gives the first field that is wrong, and then nothing starts."""
        form = self.form
        if self.busy:
            return None
        form.asked = True
        wrong = self.wrong()
        if wrong or form.material is None:
            self._on_change()
            return wrong[0] if wrong else None
        plan = Plan(
            kind=form.kind,
            name=form.name,
            size=form.size,
            unit=form.unit,
            length=form.lengths[form.unit],
            start=self.start_model,
        )
        self.preparing = True
        self._start(
            prepare_job(plan, form.material, self._folder),
            on_item=self._launch,
            on_failed=self._on_error,
            on_ended=self._on_prepared,
        )
        self._on_change()
        return None

    def resume(self, name: str) -> None:
        """Goes on with a training."""
        run = next((run for run in self.runs if run.name == name), None)
        if run is not None and run.resumable and not self.busy:
            self._launch(run.folder)

    def stop(self) -> None:
        """Asks the one that runs to stop; what it learned is kept."""
        if self._training is not None:
            self._training.stop()
            self._on_change()

    def delete(self, name: str) -> None:
        """Deletes a training, not its model."""
        run = next((run for run in self.runs if run.name == name), None)
        if run is not None and run.name != self.running:
            self._start(delete_job(run.folder), on_failed=self._on_error, on_ended=self.refresh)

    def select(self, name: str | None) -> None:
        """Shows a training, or the form."""
        if name != self.selected:
            self.selected = name
            self._on_change()

    def refresh(self) -> None:
        """Reads trainings and models again."""
        if self._closed:
            return
        self._start(runs_job(self._folder, self._models), on_item=self._on_runs, on_failed=self._on_error)
        self._start(known_job(self._models), on_item=self._on_known, on_failed=self._on_error)

    def close(self) -> None:
        """The app is being closed; the jobs are asked to stop by whoever started them."""
        self._closed = True

    def _launch(self, folder: Path) -> None:
        self._live = next((run.progress for run in self._on_disk if run.folder == folder), Progress())
        if folder.name not in [run.name for run in self._on_disk] or self.preparing:
            self._live = Progress()
        training = self._training = Training(folder, self._models, self._command)
        self.selected = folder.name
        if folder.name not in [run.name for run in self._on_disk]:
            # Shown at once; what is on the disk follows.
            self._on_disk = (Run(name=folder.name, folder=folder, state="running"), *self._on_disk)

        def take(news: Progress | Ended) -> None:
            if isinstance(news, Progress):
                self._live = news
                self._on_change()
            else:
                self._training = None
                self._on_ended(folder.name, news)

        def ended() -> None:
            if self._training is training:
                self._training = None
            self.refresh()
            self._on_change()

        self._start(training.job, on_item=take, on_failed=self._on_error, on_ended=ended)
        self.refresh()
        self._on_change()

    def _on_prepared(self) -> None:
        self.preparing = False
        if self._training is not None:  # the form is for the next one
            self.form = Form(lengths=dict(USUAL))
        self._on_change()

    def _on_runs(self, runs: tuple[Run, ...]) -> None:
        self._on_disk, self.loaded = runs, True
        names = [run.name for run in runs]
        if self.selected is not None and self.selected not in names and self.selected != self.running:
            self.selected = None
        self._on_change()

    def _on_known(self, known: tuple[Known, ...]) -> None:
        self.known = known
        self._on_change()

    def _suggest(self) -> None:
        if not self.form.named and self.form.material is not None:
            taken = [model.id for model in self.known] + [run.name for run in self.runs]
            self.form.name = suggested_name(self.form.material.folder, taken)
