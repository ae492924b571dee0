"""What a crash left: recordings that were never closed are made whole and put into the library."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from speechrnn.errors import SpeechRnnError
from speechrnn.store.entries import EntryChange, NewEntry, State
from speechrnn.store.library import Library
from speechrnn.types import Seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovered:
    """What was found.

    Attributes:
        entry_ids: of the library, one for each recording.
        duration: seconds of all of them.
        errors: recordings that could not be made whole, a line each.
    """

    entry_ids: tuple[int, ...]
    duration: Seconds
    errors: tuple[str, ...]


def recover_recordings(
    folder: Path, library: Callable[[], Library]
) -> Callable[[threading.Event], Iterator[Recovered]]:
    """A job that looks for unfinished recordings once; it yields nothing where there are none."""

    def job(_stop: threading.Event) -> Iterator[Recovered]:
        from speechrnn.audio.recovery import discard, recover, unfinished_recordings

        unfinished = unfinished_recordings(folder)
        if not unfinished:
            return
        ids, errors, total = [], [], 0.0
        with library() as opened:
            begun: tuple[State, ...] = ("recording",)
            entries = {entry.media: entry for entry in opened.entries(limit=1_000_000, states=begun)}
            for recording in unfinished:
                try:
                    if not recording.n_samples:
                        discard(recording)
                        continue
                    path = recover(recording)
                except SpeechRnnError as error:
                    errors.append(str(error))
                    continue
                total += recording.duration
                known = entries.get(path)
                if known is not None:
                    opened.change_entry(known.id, EntryChange(state="recovered", duration=recording.duration))
                    ids.append(known.id)
                else:
                    new = NewEntry(
                        title=path.stem,
                        kind="live",
                        media=path,
                        state="recovered",
                        duration=recording.duration,
                    )
                    ids.append(opened.add_entry(new))
        if ids or errors:
            yield Recovered(entry_ids=tuple(ids), duration=total, errors=tuple(errors))

    return job
