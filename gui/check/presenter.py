"""What the page of checks knows, without Qt: the checks, how far they are, and the report as text."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, replace
from typing import Any, Literal

from speechrnn.evaluation.self_check import Check, Finding, run_checks

CheckState = Literal["waiting", "running", "ok", "warn", "fail"]
Borrow = Callable[[threading.Event], AbstractContextManager[Any]]
Plan = Callable[[Callable[[], Any]], Sequence[Check]]

_MARKS = {"ok": "[ok]", "warn": "[!]", "fail": "[x]"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """Which checks follow: their names in order."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """The check of this name is running."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One check as the page shows it.

    Attributes:
        name: of the check.
        state: how far it is, or how it ended.
        text: what was found; empty until then.
        advice: what to do; empty where there is nothing to do.
    """

    name: str
    state: CheckState = "waiting"
    text: str = ""
    advice: str = ""


def check_job(plan: Plan, borrow: Borrow) -> Callable[[threading.Event], Iterator[object]]:
    """A job that runs the checks, and says what it begins and what it found.

    Args:
        plan: makes the checks, given what loads a recognizer.
        borrow: lends a recognizer; it is given back when the job ends.
    """

    def job(stop: threading.Event) -> Iterator[object]:
        with ExitStack() as lent:
            checks = plan(lambda: lent.enter_context(borrow(stop)))
            yield Planned(names=tuple(check.name for check in checks))
            for check in checks:
                if stop.is_set():
                    return
                yield Begun(name=check.name)
                for finding in run_checks([check]):
                    # What failed because it was stopped is no finding.
                    if not (stop.is_set() and finding.outcome == "fail"):
                        yield finding

    return job


class CheckPresenter:
    """The checks, line by line.

    Attributes:
        lines: in order.
        running: whether a job is at work.
    """

    def __init__(self) -> None:
        self.lines: tuple[Line, ...] = ()
        self.running = False

    def begin(self) -> None:
        """A job was started."""
        self.lines, self.running = (), True

    def take(self, said: object) -> None:
        """Takes what the job says."""
        if isinstance(said, Planned):
            self.lines = tuple(Line(name=name) for name in said.names)
        elif isinstance(said, Begun):
            self._change(Line(name=said.name, state="running"))
        elif isinstance(said, Finding):
            self._change(Line(name=said.name, state=said.outcome, text=said.text, advice=said.advice))

    def end(self) -> None:
        """The job has ended; what it did not get to waits."""
        self.running = False
        self.lines = tuple(
            replace(line, state="waiting") if line.state == "running" else line for line in self.lines
        )

    @property
    def done(self) -> int:
        """How many have ended."""
        return sum(line.state in _MARKS for line in self.lines)

    @property
    def verdict(self) -> CheckState:
        """The worst of what was found; waiting where not all is done."""
        states = {line.state for line in self.lines}
        if self.done < len(self.lines) or not self.lines:
            return "running" if self.running else "waiting"
        return "fail" if "fail" in states else "warn" if "warn" in states else "ok"

    def report(self, version: str, titles: Callable[[str], str]) -> str:
        """All findings as text, for a mail or a report.

        Args:
            version: the first line.
            titles: name of a check -> what it is called.
        """
        found = [line for line in self.lines if line.state in _MARKS]
        lines = [version, ""]
        for line in found:
            lines.append(f"{_MARKS[line.state]:<5}{titles(line.name)}: {line.text}")
            if line.advice:
                lines.append(f"     {line.advice}")
        return "\n".join(lines) + "\n"

    def _change(self, changed: Line) -> None:
        self.lines = tuple(changed if line.name == changed.name else line for line in self.lines)
