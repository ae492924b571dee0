"""What the list of the library shows: which entries, and what a search finds in them.

Jobs for `gui.worker.Worker`: each opens the library in its own thread and yields one result. Free of Qt.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Literal

from speechrnn.store.entries import Entry, Hit, Kind, Order, State, Totals
from speechrnn.store.library import Library

PAGE = 200  # entries read at a time: more than a screen shows, less than anyone waits for
MAX_LISTED = 5000  # as many are read again at once when the list is refreshed
MAX_HITS = 500

Opener = Callable[[], Library]
StateFilter = Literal["all", "done", "unfinished", "failed", "recovered"]

STATES: dict[StateFilter, tuple[State, ...]] = {
    "all": (),
    "done": ("done",),
    "unfinished": ("recording", "queued", "running", "paused", "partial", "cancelled"),
    "failed": ("failed",),
    "recovered": ("recovered",),
}
# Text grows in these: the list asks again while one is in sight, and the transcript cannot be edited.
GROWING: frozenset[State] = frozenset(("recording", "running"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What the user wants to see.

    Attributes:
        text: words to search for; empty for the plain list.
        kind: live, file, or None for both.
        state: which states.
        order: what comes first; a search has its own order.
    """

    text: str = ""
    kind: Kind | None = None
    state: StateFilter = "all"
    order: Order = "newest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Entries, page by page.

    Attributes:
        wanted: the filter that they answer.
        offset: how many come before them in the list.
        entries: this page of them.
        totals: of all pages.
        n_recovered: recordings that a crash left and nobody has transcribed, whatever the filter.
        messages: what the user should know of the library's opening.
    """

    wanted: Filter
    offset: int
    entries: tuple[Entry, ...]
    totals: Totals
    n_recovered: int
    messages: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HitGroup:
    """What a search found in one recording.

    Attributes:
        entry: the recording.
        hits: the places in order of time; empty where only its title was found.
    """

    entry: Entry
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a search found.

    Attributes:
        wanted: the filter that it answers.
        groups: recordings with their hits, newest first.
        n_hits: of all groups.
        complete: false where there are more than are shown.
    """

    wanted: Filter
    groups: tuple[HitGroup, ...]
    n_hits: int
    complete: bool


def list_job(
    opener: Opener, wanted: Filter, offset: int = 0, limit: int = PAGE
) -> Callable[[threading.Event], Iterator[Listed]]:
    """Reads a page of the list."""

    def job(stop: threading.Event) -> Iterator[Listed]:
        with opener() as library:
            states = STATES[wanted.state]
            yield Listed(
                wanted=wanted,
                offset=offset,
                entries=library.entries(
                    order=wanted.order, limit=limit, offset=offset, kind=wanted.kind, states=states
                ),
                totals=library.totals(kind=wanted.kind, states=states),
                n_recovered=library.totals(states=STATES["recovered"]).n_entries,
                messages=library.messages,
            )

    return job


def recovered_job(opener: Opener) -> Callable[[threading.Event], Iterator[tuple[Entry, ...]]]:
    """Reads the recordings that a crash left."""

    def job(stop: threading.Event) -> Iterator[tuple[Entry, ...]]:
        with opener() as library:
            yield library.entries(states=STATES["recovered"], limit=MAX_LISTED)

    return job


def search_job(opener: Opener, wanted: Filter) -> Callable[[threading.Event], Iterator[Found]]:
    """Searches words and titles."""

    def job(stop: threading.Event) -> Iterator[Found]:
        with opener() as library:
            hits = library.search(as_typed(wanted.text), limit=MAX_HITS + 1)
            if stop.is_set():
                return
            titled = library.entries(title=wanted.text, limit=PAGE)
            entries = {entry.id: entry for entry in titled}
            for hit in hits:
                if hit.entry_id not in entries:
                    entries[hit.entry_id] = library.entry(hit.entry_id)
            yield found(wanted, hits, tuple(entries.values()))

    return job


def found(wanted: Filter, hits: tuple[Hit, ...], entries: tuple[Entry, ...]) -> Found:
    """Hits by recording, as far as the filter lets them through; recordings with hits first.

    Args:
        wanted: the filter.
        hits: as the library gave them, up to one more than are shown.
        entries: of all hits, and those whose title was found.
    """
    by_id = {entry.id: entry for entry in entries if _passes(entry, wanted)}
    shown = hits[:MAX_HITS]
    groups = [
        HitGroup(entry=by_id[entry_id], hits=tuple(of_entry))
        for entry_id, of_entry in groupby(shown, key=lambda hit: hit.entry_id)
        if entry_id in by_id
    ]
    with_hits = {group.entry.id for group in groups}
    groups += [HitGroup(entry=entry, hits=()) for id_, entry in by_id.items() if id_ not in with_hits]
    return Found(
        wanted=wanted,
        groups=tuple(groups),
        n_hits=sum(len(group.hits) for group in groups),
        complete=len(hits) <= MAX_HITS,
    )


def as_typed(text: str) -> str:
    """The query for a text that may still be typed: its last word may go on.

    Example:
        >>> as_typed("net"), as_typed("net "), as_typed('"neural net"')
        ('net*', 'net ', '"neural net"')
    """
    return f"{text}*" if text[-1:].isalnum() and text.count('"') % 2 == 0 else text


def media_missing(entry: Entry) -> bool:
    """Whether the recording is not where it was; asks the disk."""
    return entry.media is None or not Path(entry.media).is_file()


def _passes(entry: Entry, wanted: Filter) -> bool:
    states = STATES[wanted.state]
    return (wanted.kind is None or entry.kind == wanted.kind) and (not states or entry.state in states)
