"""The words of the train page, in the language of the interface."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QObject

from gui.train.following import Progress, bits
from gui.train.material import (
    GOOD_CHARACTERS,
    GOOD_TUNES,
    LEAST_CHARACTERS,
    LEAST_TUNES,
    MOST_CHARACTERS,
    Material,
)
from gui.train.plan import HIDDEN, LONGEST_NAME, Known, NameProblem, SizeName
from gui.train.presenter import FolderProblem, Form
from gui.train.runs import Run

_NAMED = 3  # files that cannot be read are named up to so many


class Wording(QObject):
    """Says what the presenter knows."""

    def number(self, value: float, digits: int = 0) -> str:
        """A number as the language writes it."""
        return QLocale().toString(float(value), "f", digits)

    def found(self, material: Material) -> str:
        """What a folder holds."""
        parts = []
        if material.texts:
            text = self.tr("Text files: {files}, with {characters} characters")
            parts.append(
                text.format(
                    files=self.number(len(material.texts)), characters=self.number(material.n_characters)
                )
            )
        if material.tunes:
            text = self.tr("Files of tunes: {files}, with {tunes} tunes")
            parts.append(
                text.format(files=self.number(len(material.tunes)), tunes=self.number(material.n_tunes))
            )
        if material.n_others:
            parts.append(
                self.tr("Other files, passed over: {files}").format(files=self.number(material.n_others))
            )
        return "\n".join(parts)

    def lost(self, material: Material) -> str:
        """What could not be read, or is more than is used; empty for nothing."""
        parts = []
        if material.unreadable:
            named = [
                f"{bad.path.name} ({bad.reason})" if bad.reason else bad.path.name
                for bad in material.unreadable[:_NAMED]
            ]
            if len(material.unreadable) > _NAMED:
                named.append("…")
            text = self.tr("Cannot be read: {count}, namely {names}")
            parts.append(text.format(count=self.number(len(material.unreadable)), names=", ".join(named)))
        if material.n_bad_tunes:
            text = self.tr("Tunes that cannot be read: {count}")
            parts.append(text.format(count=self.number(material.n_bad_tunes)))
        if material.cut:
            text = self.tr("There is more than can be used: it stops at {count} characters.")
            parts.append(text.format(count=self.number(MOST_CHARACTERS)))
        return "\n".join(parts)

    def advice(self, form: Form) -> str:
        """What can be hoped for of as much as there is; empty where it is too little."""
        material = form.material
        if material is None or not material.enough(form.kind):
            return ""
        if form.kind == "folk":
            if material.good(form.kind):
                return self.tr("That is enough to learn the style of these tunes.")
            text = self.tr("That is enough to begin. Tunes get a style of their own from about {n} on.")
            return text.format(n=self.number(GOOD_TUNES))
        if material.good(form.kind):
            return self.tr("That is enough for words and phrases; sentences come from about a million on.")
        text = self.tr(
            "That is enough to begin. Words come from about {n} characters on, sentences from a million; "
            "starting from a model that is there helps."
        )
        return text.format(n=self.number(GOOD_CHARACTERS))

    def folder_problem(self, problem: FolderProblem, form: Form) -> str:
        """Why nothing can be learned from the folder."""
        material = form.material
        match problem:
            case "none":
                return self.tr("Choose a folder first.")
            case "looking":
                return self.tr("The folder is still being looked through.")
            case "empty":
                return self.tr(
                    "There is no text and no tune in it. Text files (such as .txt, .md, .py), ABC and MIDI "
                    "files can be used."
                )
            case "unreadable":
                return self.tr("None of its files can be read.")
            case "little_text":
                text = self.tr("Too little: {n} characters. At least {least} are needed.")
                n = material.n_characters if material else 0
                return text.format(n=self.number(n), least=self.number(LEAST_CHARACTERS))
            case "few_tunes":
                text = self.tr("Too little: {n} tunes. At least {least} of some length are needed.")
                n = material.n_tunes if material else 0
                return text.format(n=self.number(n), least=self.number(LEAST_TUNES))
            case _:
                return ""

    def name_problem(self, problem: NameProblem, same: Known | None) -> str:
        """What is wrong with a name."""
        match problem:
            case "empty":
                return self.tr("Give the model a name.")
            case "bad":
                return self.tr("Use letters without accents, digits, and - _ . between them.")
            case "long":
                return self.tr("Use at most {n} letters.").format(n=LONGEST_NAME)
            case "shipped":
                return self.tr("Another model has this name. Choose another one.")
            case "own" if same is not None:
                return self.tr("You have a model of this name. Go on from it below, or choose another name.")
            case "own":
                return self.tr("You have a model of this name, of another kind. Choose another name.")
            case "run":
                return self.tr(
                    "A training of this name is in the list. Resume or delete it there, or choose another "
                    "name."
                )
            case _:
                return ""

    def unknown(self, share: float) -> str:
        """Why a model is none to start from; empty where it is."""
        if not share:
            return ""
        text = self.tr("It lacks {share} % of the characters of these texts. Choose another start.")
        return text.format(share=self.number(max(1, round(100 * share))))

    def size(self, size: SizeName) -> str:
        """A size by its name."""
        return {
            "small": self.tr("Small"),
            "medium": self.tr("Medium"),
            "large": self.tr("Large"),
        }[size]

    def size_about(self, size: SizeName) -> str:
        """What a size means for the user."""
        return {
            "small": self.tr(
                "First words after minutes, its best within an hour on most computers. Best for little text."
            ),
            "medium": self.tr(
                "About four times as slow as small, and better from a million characters on: an evening."
            ),
            "large": self.tr(
                "About fifteen times as slow as small: a night, or days. Worth it for several million "
                "characters."
            ),
        }[size]

    def size_of(self, hidden_size: int) -> str:
        """The size of a network, by its units."""
        for name, units in HIDDEN.items():
            if units == hidden_size:
                return self.size(name)
        return self.tr("{n} units").format(n=hidden_size)

    def tokens(self, tokens: str) -> str:
        """What a model learns, and in which steps."""
        match tokens:
            case "folk":
                return self.tr("Tunes")
            case "pieces":
                return self.tr("Text in pieces of words")
            case _:
                return self.tr("Text")

    def state(self, run: Run, *, stopping: bool = False) -> str:
        """A training's state in a word or two."""
        if stopping:
            return self.tr("Stopping…")
        if run.state == "running" and not run.progress.step:
            return self.tr("Starting…")
        return {
            "new": self.tr("Not begun"),
            "running": self.tr("Training"),
            "ending": self.tr("Being ended"),
            "stopped": self.tr("Stopped"),
            "finished": self.tr("Finished"),
            "failed": self.tr("Failed"),
            "damaged": self.tr("Damaged"),
        }[run.state]

    def share(self, run: Run) -> str:
        """How far a training is, in per cent; empty where nobody knows."""
        progress = run.progress
        if run.state not in ("running", "stopped", "failed", "ending") or not progress.step:
            return ""
        return self.tr("{n} %").format(n=int(100 * share_done(progress)))

    def advice_of(self, run: Run, *, stopping: bool) -> str:
        """What a state means, and what can be done."""
        if stopping:
            return self.tr("It finishes its step, then keeps what it learned and writes the model.")
        match run.state:
            case "new":
                return self.tr("Nothing was learned yet. Resume begins.")
            case "running":
                return self.tr(
                    "You can go on working: other things come first. Closing the app stops the training and "
                    "keeps it; Resume goes on at the next start."
                )
            case "ending":
                return self.tr("It was stopped when the app was closed, and is being kept: a moment.")
            case "stopped" if run.has_model:
                return self.tr(
                    "What it learned is kept, and its model is on the Compose page. Resume goes on."
                )
            case "stopped":
                return self.tr("It was broken off. Resume goes on from what was kept last.")
            case "finished":
                return self.tr("Its model is on the Compose page.")
            case "failed":
                return self.tr("Nothing that was kept is lost. Resume goes on from there.")
            case _:
                return self.tr("It cannot go on. If it has made a model, that is on the Compose page.")

    def told(self, run: Run) -> str:
        """Why a training failed, as a sentence."""
        if not run.told:
            return ""
        return run.told[:1].upper() + run.told[1:].rstrip(".") + "."

    def steps(self, progress: Progress) -> str:
        """Steps done."""
        if not progress.step:
            return "–"
        if not progress.total:
            return self.number(progress.step)
        text = self.tr("{done} of {total}")
        return text.format(done=self.number(progress.step), total=self.number(progress.total))

    def value(self, nats: float) -> str:
        """A loss in nats and in bits."""
        text = self.tr("{nats} nats ({bits} bits)")
        return text.format(nats=self.number(nats, 3), bits=self.number(bits(nats), 3))

    def best(self, progress: Progress) -> str:
        """The best value on what is held back."""
        best = progress.best
        return self.value(best[1]) if best else "–"

    def curve(self, progress: Progress) -> str:
        """The curves for those who do not see them."""
        if not progress.training:
            return self.tr("No steps yet.")
        parts = []
        step, value = progress.training[-1]
        text = self.tr("At step {step}, training: {value} a token.")
        parts.append(text.format(step=self.number(step), value=self.value(value)))
        if progress.held_out:
            step, value = progress.held_out[-1]
            text = self.tr("Held back, at step {step}: {value} a token.")
            parts.append(text.format(step=self.number(step), value=self.value(value)))
        if progress.best:
            step, value = progress.best
            text = self.tr("Best, at step {step}: {value}.")
            parts.append(text.format(step=self.number(step), value=self.value(value)))
        return " ".join(parts)


def share_done(progress: Progress) -> float:
    """How much is done, 0..1."""
    if progress.left_s is not None:
        whole = progress.elapsed_s + progress.left_s
        return min(1.0, progress.elapsed_s / whole) if whole else 0.0
    return min(1.0, progress.step / progress.total) if progress.total else 0.0
