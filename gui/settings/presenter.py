"""What the page of settings does, without Qt: reads what was typed, keeps what is right, says what is wrong.

A setting is named by its section and its name in it, as in `speechrnn.store.settings`. A problem is data; the
view makes words of it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Literal

from speechrnn.decoding.hotwords import HotWord, parse_hot_words
from speechrnn.errors import ConfigError
from speechrnn.store.settings import Settings

ProblemKind = Literal["no_number", "no_whole_number", "range", "hot_word", "no_folder", "taken", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why a value is not taken.

    Attributes:
        kind: what is wrong.
        low, high: the range, for kinds of numbers.
        line: number of the line, from 1, where there are several.
        detail: what the library says, or what is meant.
    """

    kind: ProblemKind
    low: float = 0.0
    high: float = 0.0
    line: int = 0
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """What a setting that is a number may be.

    Attributes:
        low, high: the range, both ends included.
        step: of the arrow keys.
        whole: without a fraction.
        optional: may be left empty.
    """

    low: float
    high: float
    step: float = 1.0
    whole: bool = True
    optional: bool = False


# The ranges of `speechrnn.store.settings`, which checks them too: here for the words and the arrow keys.
NUMBERS: Mapping[tuple[str, str], Number] = {
    ("live", "latency_s"): Number(low=0.3, high=1.5, step=0.1, whole=False),
    ("live", "font_pt"): Number(low=8, high=120, step=2),
    ("live", "overlay_lines"): Number(low=1, high=10),
    ("live", "overlay_opacity"): Number(low=0.0, high=1.0, step=0.05, whole=False),
    ("files", "n_parallel"): Number(low=1, high=16),
    ("recognition", "lm_weight"): Number(low=0.0, high=20.0, step=0.1, whole=False, optional=True),
    ("recognition", "beam"): Number(low=1, high=5000, step=10, optional=True),
    ("subtitles", "max_lines"): Number(low=1, high=10),
    ("subtitles", "max_characters"): Number(low=4, high=200),
    ("subtitles", "min_s"): Number(low=0.0, high=20.0, step=0.1, whole=False),
    ("subtitles", "max_s"): Number(low=0.1, high=60.0, step=0.5, whole=False),
    ("subtitles", "max_characters_per_s"): Number(low=1.0, high=100.0, whole=False),
    ("subtitles", "min_gap_s"): Number(low=0.0, high=2.0, step=0.02, whole=False),
    ("subtitles", "max_pause_s"): Number(low=0.2, high=60.0, step=0.1, whole=False),
    ("look", "size_pt"): Number(low=8, high=28),
}


def read_number(text: str, number: Number) -> float | int | Problem | None:
    """The number that was typed, with a point or a comma; None for nothing where that is allowed."""
    typed = text.strip().replace(",", ".").replace("\N{MINUS SIGN}", "-")
    if not typed and number.optional:
        return None
    try:
        value = float(typed)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        return Problem(kind="no_number", low=number.low, high=number.high)
    if number.whole and value != int(value):
        return Problem(kind="no_whole_number", low=number.low, high=number.high)
    if not number.low <= value <= number.high:
        return Problem(kind="range", low=number.low, high=number.high)
    return int(value) if number.whole else value


def stepped(value: float | None, number: Number, steps: int) -> float | int:
    """The value some steps on, within the range, on a multiple of the step.

    Example:
        >>> stepped(0.96, Number(low=0.3, high=1.5, step=0.1, whole=False), 1)
        1.0
    """
    start = number.low if value is None else value
    # A value between two steps goes to the next one in that direction first.
    on_grid = start / number.step
    goal = math.floor(on_grid + 1e-9) + steps if steps > 0 else math.ceil(on_grid - 1e-9) + steps
    result = min(max(round(goal * number.step, 6), number.low), number.high)
    return int(result) if number.whole else result


def check_hot_words(text: str) -> tuple[Problem, ...]:
    """What is wrong with a list of hot words, line by line."""
    problems = []
    seen: dict[tuple[str, ...], int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            found: Sequence[HotWord] = parse_hot_words([line])
        except ConfigError as error:
            # The library counts lines of what it was given: here always one.
            detail = str(error).removeprefix("hot words, line 1: ")
            problems.append(Problem(kind="hot_word", line=number, detail=detail))
            continue
        for word in found:
            if word.words in seen:
                detail = f"{' '.join(word.words)!r} stands in line {seen[word.words]} already"
                problems.append(Problem(kind="hot_word", line=number, detail=detail))
            seen.setdefault(word.words, number)
    return tuple(problems)


class SettingsPresenter:
    """Changes settings; every change is in force at once."""

    def __init__(self, read: Callable[[], Settings], write: Callable[[Settings], object]) -> None:
        """Works on the settings that `read` gives and `write` takes."""
        self._read = read
        self._write = write

    def value(self, section: str, name: str) -> Any:
        """The setting as it is."""
        return getattr(getattr(self._read(), section), name)

    def set(self, section: str, name: str, value: Any) -> Problem | None:
        """Changes a setting, or says why it stays as it was."""
        settings = self._read()
        try:
            changed = replace(getattr(settings, section), **{name: value})
        except ConfigError as error:
            return Problem(kind="other", detail=str(error))
        self._write(replace(settings, **{section: changed}))
        return None

    def set_number(self, section: str, name: str, text: str) -> Problem | None:
        """Changes a number to what was typed, or says why it stays as it was."""
        value = read_number(text, NUMBERS[section, name])
        return value if isinstance(value, Problem) else self.set(section, name, value)

    def step(self, section: str, name: str, steps: int) -> Problem | None:
        """Changes a number by some steps."""
        value = stepped(self.value(section, name), NUMBERS[section, name], steps)
        return self.set(section, name, value)

    def set_hot_words(self, text: str) -> tuple[Problem, ...]:
        """Takes a list of hot words where all its lines are right."""
        problems = check_hot_words(text)
        if not problems:
            self.set("recognition", "hot_words", text)
        return problems

    def set_folder(self, section: str, name: str, text: str) -> Problem | None:
        """Changes a folder; empty takes the default one. It is made when something is written there."""
        typed = text.strip()
        path = Path(typed).expanduser() if typed else None
        if path is not None and (not path.is_absolute() or path.is_file()):
            return Problem(kind="no_folder", detail=typed)
        return self.set(section, name, path)

    def set_key(self, name: str, sequence: str, default: str) -> None:
        """Gives an action a key; the default one is not written down."""
        settings = self._read()
        chosen = {key: value for key, value in settings.keys.items() if key != name}
        if sequence != default:
            chosen[name] = sequence
        self._write(replace(settings, keys=chosen))

    def reset(self, section: str) -> None:
        """Gives all settings of a section their defaults."""
        self._write(replace(self._read(), **{section: getattr(Settings(), section)}))

    def is_default(self, section: str) -> bool:
        """Whether all settings of a section are as they came."""
        return bool(getattr(self._read(), section) == getattr(Settings(), section))


def section_names() -> tuple[str, ...]:
    """All sections of the settings."""
    return tuple(field.name for field in fields(Settings))
