"""A library that was damaged, cut off or half copied comes back with all that was in it."""

from __future__ import annotations

import json
import random
import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest
from made_segments import segment

from speechrnn.errors import OutputError
from speechrnn.store.entries import Marker, NewEntry
from speechrnn.store.jobs import JobQueue
from speechrnn.store.library import Library
from speechrnn.transcript.editing import Line

_DATABASE = "library.sqlite"


def _filled(folder: Path) -> tuple[object, ...]:
    """A library with some of everything; returns all that it holds."""
    media = folder.parent / "talk.wav"
    media.write_bytes(b"RIFF")
    with Library.open(folder) as library:
        first = library.add_entry(NewEntry(title="Erstes", kind="live", duration=20.0))
        library.append_segments(first, [segment("good morning"), segment("and good night", 5)])
        library.replace_segments(
            first,
            [Line(segment=segment("good evening"), speaker="Anna", edited=True), Line(segment=segment("b"))],
        )
        library.append_segments(first, [segment("the end", 9)])
        library.set_markers(first, [Marker(time=2.0, note="héllo")])
        gone = library.add_entry(NewEntry(title="gone", kind="live"))
        library.append_segments(gone, [segment("forgotten")])
        library.remove_entry(gone)
        queue = JobQueue(library)
        (job,) = queue.add([media], options='{"formats": ["srt"]}').jobs
        queue.start_next()
        queue.add_segments(job.id, [segment("half done", 3)], duration=60.0)
        queue.pause(job.id)
        return _contents(library)


def _contents(library: Library) -> tuple[object, ...]:
    entries = library.entries(order="oldest")
    return (
        entries,
        [[stored.line for stored in library.segments(entry.id)] for entry in entries],
        [library.markers(entry.id) for entry in entries],
        JobQueue(library).jobs(),
        [(hit.entry_id, hit.match, hit.start) for hit in library.search("good")],
        [hit.match for hit in library.search("forgotten")],
    )


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _empty_pages(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:] = bytes(len(content) - 4096)
    path.write_bytes(content)


@pytest.mark.parametrize(
    "harm",
    [
        pytest.param(lambda path: path.write_bytes(b"no database at all" * 400), id="other content"),
        pytest.param(_cut, id="cut in half"),
        pytest.param(_empty_pages, id="zeros behind the first page"),
        pytest.param(lambda path: path.write_bytes(path.read_bytes()[:100]), id="only its beginning"),
    ],
)
def test_a_damaged_library_is_made_again_and_the_damaged_one_kept(folder: Path, harm: object) -> None:
    before = _filled(folder)
    harm(folder / _DATABASE)  # type: ignore[operator]
    damaged = (folder / _DATABASE).read_bytes()
    with Library.open(folder, closely=True) as library:
        assert _contents(library) == before
        first, second = library.messages
    (kept,) = folder.glob("library.damaged-????-??-??.sqlite")
    assert kept.read_bytes() == damaged
    assert "library.sqlite is damaged" in first
    assert str(kept) in first
    assert second == f"2 entries were restored from {folder / 'entries'}"
    with Library.open(folder, closely=True) as library:
        assert library.messages == ()
        assert _contents(library) == before


def test_a_second_damage_on_the_same_day_keeps_both_files(folder: Path) -> None:
    _filled(folder)
    for _ in range(2):
        _cut(folder / _DATABASE)
        Library.open(folder, closely=True).close()
    assert len(list(folder.glob("library.damaged-*.sqlite"))) == 2


def test_damage_that_shows_later_is_said_and_repaired_at_the_next_start(folder: Path) -> None:
    before = _filled(folder)
    library = Library.open(folder)
    content = bytearray((folder / _DATABASE).read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    (folder / _DATABASE).write_bytes(content)
    with pytest.raises(OutputError, match=r"is damaged .* start the program again to repair it"):
        library.segments(1)
        library.search("good")
    library.close()
    with Library.open(folder, closely=True) as repaired:
        assert _contents(repaired) == before
    assert not (folder / "library.check").exists()


def test_a_lost_database_is_made_again(folder: Path) -> None:
    before = _filled(folder)
    (folder / _DATABASE).unlink()
    with Library.open(folder) as library:
        assert _contents(library) == before
        assert library.messages == (f"2 entries were restored from {folder / 'entries'}",)
        assert library.add_entry(NewEntry(title="next", kind="live")) == 4


def test_lost_second_copies_are_written_again(folder: Path) -> None:
    before = _filled(folder)
    for path in (folder / "entries").iterdir():
        path.unlink()
    Library.open(folder, closely=True).close()
    (folder / _DATABASE).unlink()
    with Library.open(folder) as library:
        assert _contents(library) == before


def test_a_lost_second_copy_is_written_again_by_the_next_change(folder: Path) -> None:
    _filled(folder)
    with Library.open(folder) as library:
        (folder / "entries" / "000001.jsonl").unlink()
        library.append_segments(1, [segment("one more")])
        before = _contents(library)
    (folder / _DATABASE).unlink()
    with Library.open(folder) as library:
        assert _contents(library) == before


def test_a_line_that_was_cut_off_costs_nothing_but_itself(folder: Path) -> None:
    with Library.open(folder) as library:
        id_ = library.add_entry(NewEntry(title="talk", kind="live"))
        library.append_segments(id_, [segment("kept")])
    sidecar = folder / "entries" / f"{id_:06}.jsonl"
    with sidecar.open("ab") as stream:
        stream.write(b'\n{"revision":3,"entry":{"id":1,"ti')
    with Library.open(folder) as library:
        library.append_segments(id_, [segment("added later", 5)])
    (folder / _DATABASE).unlink()
    with Library.open(folder) as library:
        assert [stored.segment.text for stored in library.segments(id_)] == ["kept", "added later"]
        assert f"{sidecar} has 1 lines that cannot be read: the rest was restored" in library.messages


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe nothing", b'{"revision": 1, "entry": {"id": 7}}\n', b"[]\n"]
)
def test_a_second_copy_that_cannot_be_read_is_kept_and_named(folder: Path, content: bytes) -> None:
    before = _filled(folder)
    broken = folder / "entries" / "000007.jsonl"
    broken.write_bytes(content)
    with Library.open(folder, closely=True) as library:
        (message,) = library.messages
        assert _contents(library) == before
        assert library.add_entry(NewEntry(title="next", kind="live")) == 8, "numbers are never given twice"
    (kept,) = (folder / "entries").glob("000007.damaged-*.jsonl")
    assert kept.read_bytes() == content
    assert "000007.jsonl holds no entry" in message
    assert str(kept) in message


def test_a_change_that_was_never_committed_is_taken_back_by_the_next_one(folder: Path) -> None:
    with Library.open(folder) as library:
        id_ = library.add_entry(NewEntry(title="talk", kind="live"))
        with pytest.raises(RuntimeError, match="stop"), library.database.transaction():
            _, entry, splice = library.writer.add_lines(id_, [Line(segment=segment("never"))])
            library.writer.keep(entry, splice=splice)
            raise RuntimeError("stop")
        library.append_segments(id_, [segment("committed")])
    (folder / _DATABASE).unlink()
    with Library.open(folder) as library:
        assert [stored.segment.text for stored in library.segments(id_)] == ["committed"]


def test_a_second_copy_does_not_grow_without_end(folder: Path) -> None:
    """Each edit adds a line to it, until it is written anew."""
    with Library.open(folder) as library:
        id_ = library.add_entry(NewEntry(title="talk", kind="live"))
        sizes = []
        for number in range(40):
            text = " ".join(f"word{number}" for _ in range(1000))
            lines = [Line(segment=segment(text)), Line(segment=segment("the end", 900.0))]
            library.replace_segments(id_, lines)
            sizes.append((folder / "entries" / f"{id_:06}.jsonl").stat().st_size)
        before = _contents(library)
    assert max(sizes) < 2_000_000
    assert any(later < earlier for earlier, later in pairwise(sizes))
    (folder / _DATABASE).unlink()
    with Library.open(folder) as library:
        assert _contents(library) == before


def test_edits_anywhere_are_in_the_second_copy(folder: Path) -> None:
    """Law: after any edits, what a lost database is made of again is what was there."""
    rng = random.Random(0)
    with Library.open(folder) as library:
        id_ = library.add_entry(NewEntry(title="talk", kind="live"))
        for number in range(60):
            lines = [stored.line for stored in library.segments(id_)]
            first, last = sorted((rng.randint(0, len(lines)), rng.randint(0, len(lines))))
            lines[first:last] = [Line(segment=segment(f"w{number} {n}")) for n in range(rng.randint(0, 4))]
            library.replace_segments(id_, lines)
            library.append_segments(id_, [segment(f"behind {number}")])
        before = [stored.line for stored in library.segments(id_)]
    (folder / _DATABASE).unlink()
    with Library.open(folder) as library:
        assert [stored.line for stored in library.segments(id_)] == before


def test_a_second_copy_of_an_older_or_newer_program_is_read(folder: Path) -> None:
    (folder / "entries").mkdir(parents=True)
    entry = {"id": 3, "title": "old", "kind": "live", "created": "2020-01-01T00:00:00+00:00", "mood": "good"}
    line = {"revision": 1, "entry": entry, "at": 0, "removed_segments": 0, "segments": [], "later": 5}
    (folder / "entries" / "000003.jsonl").write_text(json.dumps(line), encoding="utf-8")
    with Library.open(folder) as library:
        (restored,) = library.entries()
    assert (restored.id, restored.title, restored.state, restored.media) == (3, "old", "done", None)


def test_an_entry_that_was_removed_does_not_come_back(folder: Path) -> None:
    """Its second copy could not be deleted, as on Windows while another program reads it."""
    with Library.open(folder) as library:
        id_ = library.add_entry(NewEntry(title="talk", kind="live"))
        sidecar = folder / "entries" / f"{id_:06}.jsonl"
        content = sidecar.read_bytes()
        library.remove_entry(id_)
        sidecar.write_bytes(content + b'{"revision":2,"removed":true}\n')
    with Library.open(folder, closely=True) as library:
        assert library.entries() == ()
    assert not sidecar.exists()


_WRITER = """
import sys
sys.path[:0] = sys.argv[2:]
from pathlib import Path
from made_segments import segment
from speechrnn.store.entries import NewEntry
from speechrnn.store.library import Library
from speechrnn.transcript.editing import with_text

library = Library.open(Path(sys.argv[1]))
id_ = library.add_entry(NewEntry(title="talk", kind="live", state="recording"))
for number in range(100_000):
    library.append_segments(id_, [segment(f"word{number} spoken", number)])
    if number % 7 == 6:
        lines = [stored.line for stored in library.segments(id_)]
        library.replace_segments(id_, [with_text(lines[0], f"edit{number}"), *lines[1:]])
    print(number, flush=True)
"""


@pytest.mark.parametrize("n_lines", [1, 8, 40])
def test_killed_in_the_middle_of_writing_nothing_that_was_kept_is_lost(folder: Path, n_lines: int) -> None:
    tests = str(Path(__file__).parents[1])
    writer = subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(folder), tests], stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    for _ in range(n_lines):
        last = writer.stdout.readline()
    writer.kill()
    rest, _ = writer.communicate()
    last = int((rest.split() or [last])[-1])
    with Library.open(folder, closely=True) as library:
        library.database.check()
        (entry,) = library.entries()
        texts = [stored.segment.text for stored in library.segments(entry.id)]
        assert texts[1:] == [f"word{number} spoken" for number in range(1, len(texts))]
        assert len(texts) in (last + 1, last + 2)
        assert entry.n_words == sum(len(text.split()) for text in texts)
        assert [hit.match for hit in library.search(texts[-1])] == [texts[-1]]
        # The second copy may be one change ahead, never behind; the next change brings it back.
        library.append_segments(entry.id, [segment("after", last + 10)])
        before = library.entries(), library.segments(entry.id)
    (folder / _DATABASE).unlink()
    with Library.open(folder) as library:
        restored = library.entries(), library.segments(entry.id)
    assert restored[0] == before[0]
    assert [one.line for one in restored[1]] == [one.line for one in before[1]]


def test_many_readers_search_while_one_writer_adds(folder: Path) -> None:
    with Library.open(folder) as library:
        id_ = library.add_entry(NewEntry(title="talk", kind="live"))
        done = threading.Event()

        def read() -> int:
            n_before = 0
            with Library.open(folder) as reader:
                while True:
                    over = done.is_set()
                    n_found = len(reader.search("common", limit=1000))
                    assert n_found >= n_before, "what was found once stays found"
                    assert len(reader.segments(id_)) >= n_found
                    assert reader.entry(id_).n_words >= 2 * n_found
                    n_before = n_found
                    if over:
                        return n_found

        with ThreadPoolExecutor(3) as pool:
            readers = [pool.submit(read) for _ in range(3)]
            for number in range(120):
                library.append_segments(id_, [segment(f"common word{number}", number)])
            done.set()
            assert [reader.result(60) for reader in readers] == [120] * 3


def test_two_threads_that_open_a_damaged_library_repair_it_once(folder: Path) -> None:
    before = _filled(folder)
    _cut(folder / _DATABASE)
    barrier = threading.Barrier(3)
    found: list[object] = []

    def use() -> None:
        barrier.wait()
        with Library.open(folder, closely=True) as library:
            found.append(_contents(library))

    threads = [threading.Thread(target=use) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert found == [before] * 3
    assert len(list(folder.glob("library.damaged-*.sqlite"))) == 1


def test_a_log_that_a_crash_left_is_read(folder: Path) -> None:
    """What is only in SQLite's log counts as much as what is in the file."""
    _filled(folder)
    connection = sqlite3.connect(folder / _DATABASE)
    with Library.open(folder) as library:
        library.append_segments(1, [segment("only in the log", 30)])
        copy = folder.parent / "copy"
        copy.mkdir()
        for name in (_DATABASE, f"{_DATABASE}-wal"):
            (copy / name).write_bytes((folder / name).read_bytes())
    connection.close()
    with Library.open(copy) as library:
        assert library.segments(1)[-1].segment.text == "only in the log"
