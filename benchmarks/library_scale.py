"""Measures the library at the size of years of use: 2,000 entries, 2 million words.

Prints one JSON object with the time of each thing that a user waits for: the median and the worst of
some runs.
The words are drawn so that few are frequent and most are rare, as in any language.

    python benchmarks/library_scale.py [--entries 2000] [--words 1000] [--folder DIR]
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from speechrnn.store.entries import NewEntry
from speechrnn.store.library import Library
from speechrnn.types import Alternative, Segment, Word

_N_VOCABULARY = 30_000
_WORDS_IN_SEGMENT = 14
_N_RUNS = 20
_OPEN = """
import sys, time
from pathlib import Path
from speechrnn.store.library import Library
start = time.perf_counter()
Library.open(Path(sys.argv[1]))
print(time.perf_counter() - start)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--entries", type=int, default=2000)
    parser.add_argument("--words", type=int, default=1000, help="words in an entry")
    parser.add_argument(
        "--folder", type=Path, help="keep the library there, or measure the one that is there"
    )
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = arguments.folder or Path(scratch)
        start = time.perf_counter()
        if not (folder / "library.sqlite").exists():
            _fill(folder, arguments.entries, arguments.words)
        result = {"fill_s": time.perf_counter() - start, **_measure(folder)}
    json.dump(result, sys.stdout, indent=1)
    sys.stdout.write("\n")


def _fill(folder: Path, n_entries: int, n_words: int) -> None:
    rng = np.random.default_rng(0)
    vocabulary = [f"{_syllables(number)}" for number in range(_N_VOCABULARY)]
    first_day = datetime(2024, 1, 1, tzinfo=UTC)
    with Library.open(folder) as library:
        # Measured are the readers: durability of each step would only make the filling slow.
        library.database.rows("PRAGMA synchronous = OFF")
        for number in range(n_entries):
            ranks = np.minimum(rng.zipf(1.15, n_words), _N_VOCABULARY) - 1
            created = (first_day + timedelta(hours=8 * number)).isoformat(timespec="seconds")
            id_ = library.add_entry(
                NewEntry(title=f"Recording {number}", kind="live", created=created, duration=n_words / 2.5)
            )
            library.append_segments(id_, _segments([vocabulary[rank] for rank in ranks], rng))


def _syllables(number: int) -> str:
    parts = []
    while True:
        number, digit = divmod(number, 60)
        parts.append("bdfghklmnprs"[digit % 12] + "aeiou"[digit // 12])
        if not number:
            return "".join(parts)


def _segments(words: list[str], rng: np.random.Generator) -> Iterator[Segment]:
    for first in range(0, len(words), _WORDS_IN_SEGMENT):
        timed = tuple(
            Word(
                text=text,
                start=round(0.4 * (first + number), 2),
                end=round(0.4 * (first + number) + 0.36, 2),
                confidence=float(rng.random()),
                alternatives=(Alternative(text="ba", probability=float(rng.random())),)
                if number % 3 == 0
                else (),
            )
            for number, text in enumerate(words[first : first + _WORDS_IN_SEGMENT])
        )
        text = " ".join(word.text for word in timed)
        yield Segment(start=timed[0].start, end=timed[-1].end, text=text, words=timed)


def _measure(folder: Path) -> dict[str, object]:
    opened = [
        float(
            subprocess.run([sys.executable, "-c", _OPEN, str(folder)], capture_output=True, check=True).stdout
        )
        for _ in range(5)
    ]
    with Library.open(folder) as library:
        totals = library.totals()
        middle = library.entries(limit=1, offset=totals.n_entries // 2)[0].id
        times: dict[str, Callable[[], object]] = {
            "open_again": lambda: Library.open(folder).close(),
            "page_of_entries": lambda: library.entries(limit=100, offset=totals.n_entries // 2),
            "page_by_title": lambda: library.entries(limit=100, order="title", title="ing 1"),
            "totals": library.totals,
            "segments_of_an_entry": lambda: library.segments(middle),
            "search_most_frequent_word": lambda: library.search("ba"),
            "search_rare_word": lambda: library.search(_syllables(29_000)),
            "search_two_words": lambda: library.search(f"ba {_syllables(700)}"),
            "search_phrase": lambda: library.search('"ba da"'),
            "search_prefix": lambda: library.search("b*"),
            "search_nothing": lambda: library.search("notinthere"),
            "check": library.database.check,
        }
        result = {name: _timed(run) for name, run in times.items()}
    return {
        "entries": totals.n_entries,
        "words": totals.n_words,
        "database_mb": (folder / "library.sqlite").stat().st_size / 1e6,
        "sidecars_mb": sum(path.stat().st_size for path in (folder / "entries").iterdir()) / 1e6,
        "open_in_a_new_process": {"median_s": statistics.median(opened), "worst_s": max(opened)},
        **result,
    }


def _timed(run: Callable[[], object]) -> dict[str, float]:
    seconds = []
    for _ in range(_N_RUNS):
        start = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - start)
    return {"median_s": statistics.median(seconds), "worst_s": max(seconds)}


if __name__ == "__main__":
    main()
