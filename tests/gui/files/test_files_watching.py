"""Somebody lets a folder be watched, so that recordings are transcribed as they come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from files_cases import Desk, record, texts

from gui.files import keeper
from gui.files.watched import WatchedFolders
from speechrnn.store.settings import FileSettings, Settings


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looks as often as can be."""
    monkeypatch.setattr(keeper, "LOOK_EVERY_S", 0.0)
    monkeypatch.setattr(keeper, "_LOOK_SHARE", 1.0)
    monkeypatch.setattr(keeper, "_WAIT_S", 0.01)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    return folder


@pytest.fixture
def desk(tmp_path: Path, folder: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path, Settings(files=FileSettings(watch_folders=(folder,))))
    yield desk
    desk.close()


def test_new_recordings_are_queued_and_old_ones_are_left_alone(desk: Desk, folder: Path) -> None:
    old = record(folder / "old.wav")
    desk.presenter.open()
    desk.pump(lambda: desk.met)
    assert (desk.met[0].folder, desk.met[0].recordings) == (folder, (old,))
    record(folder / "day 1/new.wav", 2)
    desk.run_until(new_wav="done")
    assert desk.states() == {"new.wav": "done"}
    assert desk.written("new.wav") == texts(0, 2)
    assert desk.reports == []
    assert sorted(path.name for path in (folder / "day 1").iterdir()) == ["new.srt", "new.txt", "new.wav"]


def test_what_came_while_the_app_was_closed_is_queued_and_nothing_is_queued_twice(
    desk: Desk, folder: Path, tmp_path: Path
) -> None:
    first = Desk(tmp_path, desk.settings)
    first.presenter.open()
    first.pump(lambda: first.met)
    (folder / "broken.wav").write_text("no recording\n" * 50)
    record(folder / "a.wav")
    first.run_until(a_wav="done", broken_wav="failed")
    first.presenter.actions.remove([row.job.id for row in first.rows])
    first.pump(lambda: not first.rows)
    first.close()
    record(folder / "b.wav", 2)
    desk.presenter.open()
    desk.run_until(b_wav="done")
    assert desk.states() == {"b.wav": "done"}
    assert desk.met == []


def test_a_folder_that_is_gone_is_told_once(desk: Desk, folder: Path, tmp_path: Path) -> None:
    desk.presenter.open()
    desk.pump(lambda: desk.met)
    folder.rename(tmp_path / "elsewhere")
    desk.pump(lambda: desk.troubles)
    record(tmp_path / "elsewhere/new.wav")
    (tmp_path / "elsewhere").rename(folder)
    desk.run_until(new_wav="done")
    (trouble,) = desk.troubles
    assert trouble.startswith(f"{folder} is not there")


def test_a_recording_that_is_still_being_made_waits(tmp_path: Path, folder: Path) -> None:
    watched = WatchedFolders(tmp_path / "watched.json")
    watched.look([folder])
    path = record(folder / "live.wav")
    mark = path.with_name("live.wav.recording")
    mark.touch()
    assert [watched.look([folder]).ready for _ in range(3)] == [(), (), ()]
    mark.unlink()
    record(path, 4)
    assert watched.look([folder]).ready == ()
    assert watched.look([folder]).ready == (path,)
    assert watched.look([folder]).ready == ()


def test_a_folder_that_is_not_watched_any_more_is_forgotten(tmp_path: Path, folder: Path) -> None:
    record(folder / "old.wav")
    watched = WatchedFolders(tmp_path / "watched.json")
    assert [len(recordings) for _, recordings in watched.look([folder]).met] == [1]
    watched.keep(())
    assert WatchedFolders(tmp_path / "watched.json").look([folder]).met == ()
    watched.look([])
    watched.keep(())
    assert b"old.wav" not in (tmp_path / "watched.json").read_bytes()
    assert len(watched.look([folder]).met) == 1


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b'{"folders": 1, "told": {}}', b"\xff"])
def test_a_memory_that_is_damaged_is_begun_anew(tmp_path: Path, folder: Path, content: bytes) -> None:
    (tmp_path / "watched.json").write_bytes(content)
    record(folder / "old.wav")
    assert len(WatchedFolders(tmp_path / "watched.json").look([folder]).met) == 1


def test_folders_are_watched_as_soon_as_they_are_chosen(desk: Desk, folder: Path, tmp_path: Path) -> None:
    chosen = desk.settings
    desk.settings = replace(chosen, files=FileSettings())
    desk.presenter.open()
    desk.pump(lambda: desk.presenter.listed)
    desk.settings = chosen
    desk.pump(lambda: desk.met)
    record(folder / "new.wav", 1)
    desk.run_until(new_wav="done")
