"""Names of results, files that are written whole, and folders that are watched."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from speechrnn.errors import ConfigError, OutputError
from speechrnn.store.atomic import free_name, prepare_folder, set_aside, write_whole
from speechrnn.store.export_names import ExportFields, check_template, export_name, export_path
from speechrnn.store.watching import look

_FIELDS = ExportFields(
    name="Zoë: day 1/2", created=datetime(2026, 3, 1, 9, 5, 7), model="asr-en", language="en", n=12
)


@pytest.mark.parametrize(
    ("template", "name"),
    [
        ("{name}", "Zoë_ day 1_2"),
        ("{date} {time} {n}", "2026-03-01 09-05-07 12"),
        ("{model}.{language}", "asr-en.en"),
        ("{{{name}}}", "{Zoë_ day 1_2}"),
        ("constant", "constant"),
        ("con", "_con"),
        ("...{n}...", "12"),
        (" . ", "transcript"),
    ],
)
def test_a_template_gives(template: str, name: str) -> None:
    assert export_name(template, _FIELDS) == name


@pytest.mark.parametrize(
    ("template", "problem"),
    [
        ("", "the name template is empty: use {name}, {date}"),
        ("{nmae}", "unknown {nmae}: did you mean {name}?"),
        ("{xyz}", "unknown {xyz}: use {name}, {date}, {time}, {model}, {language}, {n}"),
        ("{", "a brace without its partner"),
        ("{name", "a brace without its partner"),
        ("{}", "unknown {}"),
        ("{n:03}", "unknown {n}"),
        ("{name.__class__}", "unknown {name.__class__}"),
        ("a/b", "has '/', which no file name may hold"),
    ],
)
def test_a_template_that_cannot_work_is_refused(template: str, problem: str) -> None:
    with pytest.raises(ConfigError) as caught:
        check_template(template)
    assert problem in str(caught.value)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(max_size=300))
def test_any_recording_gives_a_name_that_every_system_takes(tmp_path: Path, name: str) -> None:
    result = export_name("{name}", ExportFields(name=name, created=_FIELDS.created))
    assert result
    assert not set(result) & set('<>:"/\\|?*')
    assert result == result.strip(" ").rstrip(".")
    assert len(f"{result} (1000).partial.docx".encode()) < 255
    path = tmp_path / f"{result}.txt"
    path.write_text("x", encoding="utf-8")
    assert path.exists()


def test_a_name_that_is_taken_gets_a_number(tmp_path: Path) -> None:
    (tmp_path / "talk.srt").touch()
    (tmp_path / "talk (2).srt").touch()
    assert export_path(tmp_path, "talk", ".srt") == tmp_path / "talk (3).srt"
    assert export_path(tmp_path, "talk", ".srt", overwrite=True) == tmp_path / "talk.srt"
    assert export_path(tmp_path, "v1.2", ".txt") == tmp_path / "v1.2.txt"


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "new" / "a.txt"
    write_whole(path, b"first")
    write_whole(path, b"second")
    assert path.read_bytes() == b"second"
    assert [one.name for one in path.parent.iterdir()] == ["a.txt"]


def test_what_cannot_be_written_leaves_the_old_file(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(OutputError, match="folder cannot be written"):
        write_whole(tmp_path / "folder", b"x")
    assert [one.name for one in tmp_path.iterdir()] == ["folder"]


def test_a_file_is_set_aside_under_a_name_that_is_free(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    for number in (1, 2):
        path.write_text(str(number))
        set_aside(path)
    day = f"{datetime.now():%Y-%m-%d}"
    assert (tmp_path / f"a.damaged-{day}.toml").read_text() == "1"
    assert (tmp_path / f"a.damaged-{day}-2.toml").read_text() == "2"
    assert free_name(path, "old").name == "a.old.toml"
    with pytest.raises(OutputError, match="cannot be renamed"):
        set_aside(path)


def test_a_folder_for_results_is_tried(tmp_path: Path) -> None:
    prepare_folder(tmp_path / "a" / "b")
    assert list((tmp_path / "a" / "b").iterdir()) == []
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="file is a file: name a folder"):
        prepare_folder(tmp_path / "file")


def test_a_watched_file_is_ready_once_nobody_writes_it_any_more(tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    (folder / "below").mkdir(parents=True)
    recording = folder / "below" / "talk.mp3"
    (folder / "notes.txt").write_text("no recording")
    recording.write_bytes(b"ab")
    first = look([folder])
    assert first.ready == ()
    recording.write_bytes(b"abcd")
    second = look([folder], first)
    assert second.ready == ()
    third = look([folder], second)
    assert third.ready == (recording,)
    fourth = look([folder], third)
    assert fourth.ready == ()
    recording.write_bytes(b"another one")
    fifth = look([folder], fourth)
    assert (fifth.ready, look([folder], fifth).ready) == ((), (recording,))


def test_an_empty_file_is_never_ready_and_a_new_one_of_the_same_name_is(tmp_path: Path) -> None:
    recording = tmp_path / "a.wav"
    recording.touch()
    seen = look([tmp_path], look([tmp_path]))
    assert seen.ready == ()
    recording.write_bytes(b"x")
    seen = look([tmp_path], look([tmp_path], seen))
    assert seen.ready == (recording,)
    recording.unlink()
    seen = look([tmp_path], seen)
    recording.write_bytes(b"x")
    os.utime(recording, ns=(5, 5))
    assert look([tmp_path], look([tmp_path], seen)).ready == (recording,)


def test_a_watched_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    found = look([tmp_path / "empty", tmp_path / "gone"])
    assert found.problems == (f"{tmp_path / 'gone'} is not there: make the folder, or watch another one",)
