"""Settings are changed by what was typed, or stay as they were and say why."""

from __future__ import annotations

import math
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.settings.presenter import (
    NUMBERS,
    Number,
    Problem,
    SettingsPresenter,
    check_hot_words,
    read_number,
    stepped,
)
from speechrnn.errors import ConfigError
from speechrnn.store.settings import Settings

NAMES = [pytest.param(section, name, id=f"{section}.{name}") for section, name in NUMBERS]


class Holder:
    """Settings that can be changed."""

    def __init__(self) -> None:
        self.settings = Settings()

    def write(self, settings: Settings) -> None:
        self.settings = settings


@pytest.fixture
def holder() -> Holder:
    """Settings as they come."""
    return Holder()


@pytest.fixture
def presenter(holder: Holder) -> SettingsPresenter:
    """Works on `holder`."""
    return SettingsPresenter(lambda: holder.settings, holder.write)


@pytest.mark.parametrize(("section", "name"), NAMES)
def test_ranges_are_those_of_the_settings(section: str, name: str) -> None:
    """The settings take both ends and refuse what lies beyond."""
    number, holder = NUMBERS[section, name], getattr(Settings(), section)
    if name == "max_s":  # never shorter than the shortest time
        holder = replace(holder, min_s=0.0)
    if name == "min_s":
        holder = replace(holder, max_s=60.0)
    for end in (number.low, number.high):
        replace(holder, **{name: int(end) if number.whole else end})
    for beyond in (number.low - 1, number.high + 1):
        with pytest.raises(ConfigError, match=name):
            replace(holder, **{name: beyond})


def test_every_number_of_the_settings_has_a_range() -> None:
    numbers = {
        (section.name, field.name)
        for section in fields(Settings)
        if section.name != "keys"
        for field in fields(getattr(Settings(), section.name))
        if field.type in ("int", "float", "Seconds", "float | None", "int | None")
    }
    assert numbers - set(NUMBERS) == {("live", f"overlay_{name}") for name in ("x", "y", "width")}


@pytest.mark.parametrize(("section", "name"), NAMES)
@pytest.mark.parametrize("typed", ["abc", "1e999", "nan", "--3", "99999999", "-7", "12 34", "½"])
def test_nonsense_is_refused_and_the_old_value_stays(
    holder: Holder, presenter: SettingsPresenter, section: str, name: str, typed: str
) -> None:
    problem = presenter.set_number(section, name, typed)
    assert problem is not None
    assert (problem.low, problem.high) == (NUMBERS[section, name].low, NUMBERS[section, name].high)
    assert holder.settings == Settings()


@pytest.mark.parametrize(
    ("typed", "value"), [("0.9", 0.9), ("0,9", 0.9), (" 1 ", 1.0), ("2", None), ("", None)]
)
def test_a_number_may_be_typed_in_either_notation(typed: str, value: float | None) -> None:
    read = read_number(typed, NUMBERS["live", "latency_s"])
    assert read == value if value is not None else isinstance(read, Problem)


def test_what_may_be_empty_is_none_when_empty() -> None:
    assert read_number("  ", NUMBERS["recognition", "beam"]) is None


def test_a_fraction_is_no_whole_number() -> None:
    problem = read_number("2.5", NUMBERS["look", "size_pt"])
    assert isinstance(problem, Problem)
    assert problem.kind == "no_whole_number"


def test_two_settings_that_do_not_go_together_are_refused(
    holder: Holder, presenter: SettingsPresenter
) -> None:
    """The shortest time of a subtitle is no longer than the longest."""
    problem = presenter.set_number("subtitles", "min_s", "9")
    assert problem is not None
    assert problem.kind == "other"
    assert holder.settings == Settings()


@given(
    start=st.floats(min_value=0.3, max_value=1.5),
    steps=st.integers(min_value=-30, max_value=30).filter(bool),
)
def test_steps_stay_in_the_range_and_go_the_right_way(start: float, steps: int) -> None:
    number = Number(low=0.3, high=1.5, step=0.1, whole=False)
    value = stepped(start, number, steps)
    assert number.low <= value <= number.high
    assert (value - start) * steps >= -1e-9
    assert math.isclose(value * 10, round(value * 10), abs_tol=1e-6)


def test_stepping_from_nothing_begins_at_the_lowest() -> None:
    assert stepped(None, Number(low=1, high=5000, step=10, optional=True), 1) == 10


def test_wrong_hot_words_are_named_by_line() -> None:
    text = "Nguyen 5\n\n# names\n7\nacme widget 99\nnguyen"
    problems = check_hot_words(text)
    assert [problem.line for problem in problems] == [4, 5, 6]
    assert "no word" in problems[0].detail
    assert "0 to 20" in problems[1].detail
    assert "line 1" in problems[2].detail


def test_wrong_hot_words_leave_the_list_as_it_was(holder: Holder, presenter: SettingsPresenter) -> None:
    assert not presenter.set_hot_words("Nguyen 5\nacme widget")
    assert presenter.set_hot_words("Nguyen 5\n99")
    assert holder.settings.recognition.hot_words == "Nguyen 5\nacme widget"


def test_a_folder_is_a_whole_path_or_nothing(
    holder: Holder, presenter: SettingsPresenter, tmp_path: Path
) -> None:
    assert presenter.set_folder("folders", "exports", str(tmp_path / "new")) is None
    assert holder.settings.folders.exports == tmp_path / "new"
    problem = presenter.set_folder("folders", "exports", "some/where")
    assert problem is not None
    assert problem.kind == "no_folder"
    file = tmp_path / "file"
    file.touch()
    assert presenter.set_folder("folders", "exports", str(file)) is not None
    assert holder.settings.folders.exports == tmp_path / "new"
    assert presenter.set_folder("folders", "exports", " ") is None
    assert holder.settings.folders.exports is None


def test_default_keys_are_not_written_down(holder: Holder, presenter: SettingsPresenter) -> None:
    presenter.set_key("live.start", "Ctrl+J", "Ctrl+R")
    assert holder.settings.keys == {"live.start": "Ctrl+J"}
    presenter.set_key("live.start", "Ctrl+R", "Ctrl+R")
    assert holder.settings.keys == {}


def test_a_section_goes_back_to_its_defaults_alone(holder: Holder, presenter: SettingsPresenter) -> None:
    presenter.set_number("live", "font_pt", "40")
    presenter.set_number("look", "size_pt", "14")
    assert not presenter.is_default("live")
    presenter.reset("live")
    assert presenter.is_default("live")
    assert holder.settings.look.size_pt == 14
