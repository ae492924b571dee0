"""What the library promises: what goes in comes out, every change whole or not at all."""

from __future__ import annotations

import os
import sqlite3
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_segments import segment

from speechrnn.errors import ConfigError, DataError, OutputError
from speechrnn.store.entries import EntryChange, Marker, NewEntry
from speechrnn.store.library import Library
from speechrnn.transcript.editing import Line
from speechrnn.types import Alternative, Segment, Word

_TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)
_TIME = st.floats(0, 1e5)
_SHARE = st.floats(0, 1)
_WORDS = st.builds(
    lambda text, start, length, confidence, others: Word(
        text=text,
        start=start,
        end=start + length,
        confidence=confidence,
        alternatives=tuple(Alternative(text=other, probability=share) for other, share in others),
    ),
    _TEXT,
    _TIME,
    st.floats(0, 10),
    _SHARE,
    st.lists(st.tuples(_TEXT, _SHARE), max_size=3),
)
_SEGMENTS = st.builds(
    lambda words, text, start, end: Segment(start=start, end=end, text=text, words=tuple(words)),
    st.lists(_WORDS, max_size=5),
    st.one_of(st.just(""), _TEXT),
    _TIME,
    _TIME,
)
_LINES = st.builds(
    lambda segment, speaker, edited: Line(segment=segment, speaker=speaker, edited=edited),
    _SEGMENTS,
    st.one_of(st.none(), _TEXT),
    st.booleans(),
)


def test_an_entry_comes_back_as_it_was_given(library: Library, tmp_path: Path) -> None:
    media = tmp_path / "Gespräch 1.wav"
    id_ = library.add_entry(
        NewEntry(
            title="Gespräch",
            kind="file",
            media=media,
            state="running",
            duration=12.5,
            created="2026-03-01T10:00:00+00:00",
            model_id="asr-en",
            model_sha256="ab",
            settings='{"decoder": "beam"}',
        )
    )
    entry = library.entry(id_)
    assert (entry.title, entry.kind, entry.media, entry.state, entry.duration) == (
        "Gespräch",
        "file",
        media,
        "running",
        12.5,
    )
    assert (entry.created, entry.model_id, entry.model_sha256) == (
        "2026-03-01T10:00:00+00:00",
        "asr-en",
        "ab",
    )
    assert (entry.settings, entry.n_words, entry.error) == ('{"decoder": "beam"}', 0, "")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_recording_whose_name_is_no_text_is_found_again(library: Library, tmp_path: Path) -> None:
    media = Path(os.fsdecode(os.fsencode(tmp_path) + b"/talk-\xff.wav"))
    id_ = library.add_entry(NewEntry(title=media.stem, kind="file", media=media))
    assert library.entry(id_).media == media
    with Library.open(library.folder) as other:
        assert other.entry(id_).media == media


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(_LINES, max_size=6))
def test_lines_come_back_to_the_last_bit(library: Library, lines: list[Line]) -> None:
    id_ = library.add_entry(NewEntry(title="law", kind="live"))
    stored = library.replace_segments(id_, lines)
    assert [one.line for one in stored] == lines
    assert library.entry(id_).n_words == sum(len(line.segment.words) for line in lines)


def test_what_no_database_can_hold_becomes_a_space(library: Library) -> None:
    id_ = library.add_entry(NewEntry(title="a\x00b\ud800", kind="live"))
    word = Word(text="x\x1fy", start=0.0, end=1.0, confidence=1.0)
    line = Line(segment=Segment(start=0.0, end=1.0, text="x\x02y", words=(word,)), speaker="A\x00")
    (stored,) = library.replace_segments(id_, [line])
    assert (stored,) == library.segments(id_)
    assert (stored.segment.words[0].text, stored.segment.text, stored.speaker) == ("x y", "x y", "A ")
    assert library.entry(id_).title == "a b "


def test_segments_are_added_behind_those_that_are_there(library: Library) -> None:
    id_ = library.add_entry(NewEntry(title="talk", kind="live", state="recording"))
    first = library.append_segments(id_, [segment("one two"), segment("three", 5)])
    second = library.append_segments(id_, [segment("four", 9)])
    assert library.segments(id_) == first + second
    assert library.entry(id_).n_words == 4
    assert library.append_segments(id_, []) == ()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    before=st.lists(st.sampled_from("abcdef"), max_size=8),
    after=st.lists(st.sampled_from("abcdef"), max_size=8),
)
def test_replacing_gives_the_new_text_in_order_whatever_stood_there(
    library: Library, before: list[str], after: list[str]
) -> None:
    id_ = library.add_entry(NewEntry(title="law", kind="live"))
    library.replace_segments(id_, [Line(segment=segment(text)) for text in before])
    stored = library.replace_segments(id_, [Line(segment=segment(text)) for text in after])
    assert [one.segment.text for one in stored] == after
    appended = library.append_segments(id_, [segment("last")])
    assert library.segments(id_) == stored + appended


def test_segments_that_an_edit_leaves_alone_keep_their_numbers(library: Library) -> None:
    id_ = library.add_entry(NewEntry(title="talk", kind="live"))
    old = library.append_segments(id_, [segment(text) for text in ("one", "two", "three", "four")])
    lines = [stored.line for stored in old]
    changed = library.replace_segments(
        id_, [lines[0], Line(segment=segment("zwei"), speaker="Anna", edited=True), *lines[2:]]
    )
    assert [one.id for one in changed] == [one.id for one in old]
    shorter = library.replace_segments(id_, [lines[0], lines[3]])
    assert [one.id for one in shorter] == [old[0].id, old[3].id]
    longer = library.replace_segments(id_, [lines[0], lines[1], lines[2], lines[3]])
    assert (longer[0].id, longer[3].id) == (old[0].id, old[3].id)
    assert [one.segment.text for one in longer] == ["one", "two", "three", "four"]


def test_a_change_gives_only_the_named_fields_new_values(library: Library, tmp_path: Path) -> None:
    id_ = library.add_entry(NewEntry(title="talk", kind="live", media=tmp_path / "a.wav", state="recording"))
    before = library.entry(id_)
    after = library.change_entry(id_, EntryChange(state="failed", error="the microphone is gone"))
    assert (after.state, after.error) == ("failed", "the microphone is gone")
    assert (after.title, after.media, after.created) == (before.title, before.media, before.created)
    assert library.change_entry(id_, EntryChange(error="", title="Rede")).error == ""
    assert library.change_entry(id_, EntryChange(without_media=True)).media is None
    assert library.entry(id_).title == "Rede"


def test_a_removed_entry_is_gone_with_all_that_belongs_to_it(library: Library, tmp_path: Path) -> None:
    media = tmp_path / "a.wav"
    media.write_bytes(b"RIFF")
    id_ = library.add_entry(NewEntry(title="talk", kind="live", media=media))
    library.append_segments(id_, [segment("secret words")])
    library.set_markers(id_, [Marker(time=1.0, note="here")])
    library.remove_entry(id_)
    assert media.exists()
    assert library.search("secret") == ()
    assert library.segments(id_) == ()
    assert library.markers(id_) == ()
    assert not list((library.folder / "entries").iterdir())
    with pytest.raises(DataError, match=f"there is no entry {id_} "):
        library.entry(id_)
    assert library.add_entry(NewEntry(title="next", kind="live")) != id_


def test_the_recording_goes_with_the_entry_when_asked(library: Library, tmp_path: Path) -> None:
    media = tmp_path / "a.wav"
    media.write_bytes(b"RIFF")
    library.remove_entry(library.add_entry(NewEntry(title="a", kind="live", media=media)), delete_media=True)
    assert not media.exists()


def test_an_entry_whose_recording_cannot_be_deleted_stays(library: Library, tmp_path: Path) -> None:
    media = tmp_path / "folder.wav"
    media.mkdir()
    id_ = library.add_entry(NewEntry(title="a", kind="live", media=media))
    with pytest.raises(OutputError, match=r"folder\.wav cannot be deleted"):
        library.remove_entry(id_, delete_media=True)
    assert library.entry(id_).title == "a"


def test_the_list_is_filtered_ordered_and_paged(library: Library) -> None:
    for number, (title, kind, state) in enumerate(
        [("Übung", "live", "done"), ("alpha", "file", "done"), ("Beta", "file", "failed")]
    ):
        library.add_entry(
            NewEntry(
                title=title,
                kind=kind,
                state=state,
                duration=float(10 * (number % 2) + number),
                created=f"2026-03-0{number + 1}T00:00:00+00:00",
            )
        )

    def titles(**arguments: object) -> list[str]:
        return [entry.title for entry in library.entries(**arguments)]  # type: ignore[arg-type]

    assert titles() == ["Beta", "alpha", "Übung"]
    assert titles(order="oldest") == ["Übung", "alpha", "Beta"]
    assert titles(order="title") == ["alpha", "Beta", "Übung"]
    assert titles(order="longest") == ["alpha", "Beta", "Übung"]
    assert titles(order="shortest") == ["Übung", "Beta", "alpha"]
    assert titles(limit=1, offset=1) == ["alpha"]
    assert titles(kind="file") == ["Beta", "alpha"]
    assert titles(states=("failed", "done"), kind="live") == ["Übung"]
    assert titles(title="ubu") == ["Übung"]
    assert titles(title="%") == []
    totals = library.totals(kind="file")
    assert (totals.n_entries, totals.duration, totals.n_words) == (2, 13.0, 0)
    assert library.totals(title="nothing").n_entries == 0


def test_markers_come_back_in_order_of_time(library: Library) -> None:
    id_ = library.add_entry(NewEntry(title="talk", kind="live"))
    library.set_markers(id_, [Marker(time=5.0, note="later"), Marker(time=1.0)])
    library.set_markers(id_, [*library.markers(id_), Marker(time=3.0, note="between")])
    assert [(marker.time, marker.note) for marker in library.markers(id_)] == [
        (1.0, ""),
        (3.0, "between"),
        (5.0, "later"),
    ]


def test_speakers_are_listed_by_name(library: Library) -> None:
    first = library.add_entry(NewEntry(title="a", kind="live"))
    second = library.add_entry(NewEntry(title="b", kind="live"))
    library.replace_segments(
        first, [Line(segment=segment("a"), speaker="Zoë"), Line(segment=segment("b"), speaker="anna")]
    )
    library.replace_segments(second, [Line(segment=segment("a"), speaker="Bert"), Line(segment=segment("b"))])
    assert library.speakers() == ("anna", "Bert", "Zoë")
    assert library.speakers(second) == ("Bert",)


def test_a_change_that_fails_leaves_nothing_behind(library: Library) -> None:
    id_ = library.add_entry(NewEntry(title="talk", kind="live"))
    library.append_segments(id_, [segment("kept")])
    with pytest.raises(DataError, match="no entry 99"):
        library.append_segments(99, [segment("lost")])
    with pytest.raises(DataError, match="no entry 99"):
        library.replace_segments(99, [Line(segment=segment("lost"))])
    assert library.search("lost") == ()
    assert [stored.segment.text for stored in library.segments(id_)] == ["kept"]


def test_another_connection_sees_what_was_committed_and_nothing_else(library: Library) -> None:
    id_ = library.add_entry(NewEntry(title="talk", kind="live"))
    with Library.open(library.folder) as reader:
        with library.database.transaction():
            library.database.change("UPDATE entries SET title = 'half done' WHERE id = ?", (id_,))
            assert reader.entry(id_).title == "talk"
        assert reader.entry(id_).title == "half done"


def test_a_writer_that_does_not_let_go_is_named(library: Library) -> None:
    id_ = library.add_entry(NewEntry(title="talk", kind="live"))
    with Library.open(library.folder, busy_s=0.05) as other, library.database.transaction():
        with pytest.raises(OutputError, match=r"library\.sqlite is being written by another program"):
            other.append_segments(id_, [segment("a")])
        assert other.entry(id_).title == "talk"


def test_a_writer_waits_for_another_one(library: Library) -> None:
    id_ = library.add_entry(NewEntry(title="talk", kind="live"))
    started = threading.Event()

    def write() -> None:
        with Library.open(library.folder, busy_s=30) as other:
            started.set()
            other.append_segments(id_, [segment("second")])

    writer = threading.Thread(target=write)
    with library.database.transaction():
        writer.start()
        assert started.wait(30)
    writer.join(30)
    assert [stored.segment.text for stored in library.segments(id_)] == ["second"]


def test_a_full_disk_is_said_and_loses_nothing(library: Library) -> None:
    id_ = library.add_entry(NewEntry(title="talk", kind="live"))
    library.append_segments(id_, [segment("kept words")])
    n_pages = library.database.rows("PRAGMA page_count")[0][0]
    library.database.rows(f"PRAGMA max_page_count = {n_pages}")
    with pytest.raises(OutputError, match="the disk is full"):
        library.append_segments(id_, [segment(" ".join(f"word{n}" for n in range(20_000)))])
    library.database.rows("PRAGMA max_page_count = 1000000")
    library.append_segments(id_, [segment("more", 9)])
    assert [stored.segment.text for stored in library.segments(id_)] == ["kept words", "more"]
    library.close()
    (library.folder / "library.sqlite").unlink()
    with Library.open(library.folder) as restored:
        # What was written ahead into the second copy, and never committed, is no part of it.
        assert [stored.segment.text for stored in restored.segments(id_)] == ["kept words", "more"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
def test_a_second_copy_that_cannot_be_written_stops_the_change(library: Library) -> None:
    id_ = library.add_entry(NewEntry(title="talk", kind="live"))
    sidecar = library.folder / "entries" / f"{id_:06}.jsonl"
    sidecar.unlink()
    sidecar.symlink_to("/dev/full")
    with pytest.raises(OutputError, match=r"jsonl cannot be written: No space left"):
        library.append_segments(id_, [segment("lost")])
    assert library.segments(id_) == ()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError, match=r"the library's folder .*file.library cannot be made"):
        Library.open(tmp_path / "file" / "library")


def test_a_library_of_a_newer_program_is_left_alone(folder: Path) -> None:
    Library.open(folder).close()
    with sqlite3.connect(folder / "library.sqlite") as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = (folder / "library.sqlite").read_bytes()
    with pytest.raises(ConfigError, match=r"is of a newer program \(form 99, this one knows \d+\)"):
        Library.open(folder)
    assert (folder / "library.sqlite").read_bytes() == before


def test_a_library_that_may_not_be_written_can_be_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Library.open(folder) as library:
        id_ = library.add_entry(NewEntry(title="talk", kind="live"))
        library.append_segments(id_, [segment("old words")])
    if os.name == "posix" and os.geteuid() != 0:
        (folder / "library.sqlite").chmod(0o400)
    else:
        # The administrator may write everywhere: let the system say what it would say to a user.
        monkeypatch.setattr(os, "access", lambda path, mode: False)
    with Library.open(folder, closely=True) as library:
        assert library.read_only
        assert "nothing new is kept" in library.messages[0]
        assert len(library.search("words")) == 1
        with pytest.raises(OutputError, match="cannot be written"):
            library.append_segments(id_, [segment("new")])


def test_a_connection_is_for_one_thread(library: Library) -> None:
    """SQLite's own guard: a connection that wanders is a bug, and it is said at once."""
    seen: list[BaseException] = []

    def use() -> None:
        try:
            library.entries()
        except sqlite3.ProgrammingError as error:
            seen.append(error)

    thread = threading.Thread(target=use)
    thread.start()
    thread.join()
    assert seen
