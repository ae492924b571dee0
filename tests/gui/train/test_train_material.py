"""What a folder of the user's holds, and what is copied of it."""

from __future__ import annotations

import os
from pathlib import Path
from threading import Event

import mido
import pytest
from train_cases import looked, text, texts, tunes

from gui.train.material import LEAST_CHARACTERS, copy_material, decoded, look_job
from speechrnn.errors import DataError


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("Grüße\r\nan alle".encode(), "Grüße\nan alle"),
        (b"\xef\xbb\xbfmarked", "marked"),
        ("Grüße".encode("utf-16"), "Grüße"),
        ("Grüße “so”".encode("cp1252"), "Grüße “so”"),
        (b"PK\x03\x04\x00\x00", None),
        (b"", ""),
    ],
    ids=["utf-8", "utf-8 with a mark", "utf-16", "old Windows", "no text", "empty"],
)
def test_texts_are_read_as_they_were_written(data: bytes, expected: str | None) -> None:
    assert decoded(data) == expected


def test_files_are_counted_by_what_can_be_made_of_them(tmp_path: Path) -> None:
    texts(tmp_path)
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / "deep" / "er" / "notes.MD").write_text("# é")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    (tmp_path / "broken.txt").write_bytes(b"\0\1\2")
    (tmp_path / "empty.txt").write_text(" \n")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config.txt").write_text("hidden")
    found = looked(tmp_path)
    assert [path.name for path in found.texts] == ["one.txt", "notes.MD"]
    assert found.n_characters == 21_003
    assert found.characters["é"] == 1
    assert sorted(bad.path.name for bad in found.unreadable) == ["broken.txt", "empty.txt"]
    assert (found.n_others, found.tunes, found.kind) == (1, (), "text")
    assert found.enough("text")
    assert not found.good("text")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_named_with_the_reason(tmp_path: Path) -> None:
    (texts(tmp_path) / "secret.txt").write_text("x")
    (tmp_path / "secret.txt").chmod(0)
    (bad,) = looked(tmp_path).unreadable
    assert "ermission" in bad.reason


def test_tunes_of_abc_and_midi_are_counted_and_broken_ones_too(tmp_path: Path) -> None:
    tunes(tmp_path, 40)
    with (tmp_path / "tunes.abc").open("a") as file:
        file.write("X:99\nK:D\n[[[ ???\n\n")
    file = mido.MidiFile()
    file.tracks.append(
        mido.MidiTrack(
            [mido.Message("note_on", note=60, velocity=80), mido.Message("note_off", note=60, time=480)]
        )
    )
    file.save(tmp_path / "melody.mid")
    (tmp_path / "noise.mid").write_bytes(b"MThd nonsense")
    (tmp_path / "README.md").write_text("What these are. " * 20)
    found = looked(tmp_path)
    assert {path.name for path in found.tunes} >= {"tunes.abc"}
    assert found.n_tunes >= 40
    assert found.n_bad_tunes == 1
    assert "noise.mid" in [bad.path.name for bad in found.unreadable]
    assert found.kind == "folk"
    assert found.enough("folk")
    assert not found.enough("text")


def test_one_file_can_stand_for_a_folder(tmp_path: Path) -> None:
    path = texts(tmp_path) / "one.txt"
    assert looked(path).n_characters == 21_000


def test_a_search_that_is_stopped_ends_without_a_result(tmp_path: Path) -> None:
    texts(tmp_path)
    stop = Event()
    stop.set()
    assert list(look_job(tmp_path)(stop)) == []


def test_less_than_the_least_is_not_enough(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(text(LEAST_CHARACTERS - 1))
    assert not looked(tmp_path).enough("text")
    (tmp_path / "b.txt").write_text("x")
    assert looked(tmp_path).enough("text")


def test_a_copy_has_clean_text_under_numbers(tmp_path: Path) -> None:
    """So that a file named LICENSE counts, and no name of the user's is in a model."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "LICENSE.txt").write_bytes("Grüße\r\n".encode("cp1252"))
    (folder / "b.py").write_text("pass\n")
    copy_material(looked(folder), "text", tmp_path / "out")
    assert {p.name: p.read_text("utf-8") for p in (tmp_path / "out").iterdir()} == {
        "000001.txt": "Grüße\n",
        "000002.py": "pass\n",
    }


def test_a_file_that_has_gone_meanwhile_is_named(tmp_path: Path) -> None:
    found = looked(texts(tmp_path / "in"))
    (tmp_path / "in" / "one.txt").unlink()
    with pytest.raises(DataError, match=r"one\.txt cannot be read any more"):
        copy_material(found, "text", tmp_path / "out")


def test_what_another_network_could_not_write_is_known(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("abc" * 99 + "жжж")
    found = looked(tmp_path)
    assert found.unknown_share(frozenset("abc")) == pytest.approx(0.01)
