"""Folders whose new recordings are found by looking, again and again.

Looking works on every system and on network drives, which signals of the file system do not. A file counts as
ready when two looks in a row found it with the same size and time: then nobody is still writing it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from speechrnn.store.recordings import find_recordings

Stamp = tuple[int, int]  # size in bytes, time of change in ns


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What one look into the folders found.

    Attributes:
        ready: recordings that are complete now and were not when the look before was taken.
        problems: folders that could not be searched, one line each.
        seen: size and time of every recording; for the next look.
        told: recordings that were ready in this look or before; for the next look.
    """

    ready: tuple[Path, ...] = ()
    problems: tuple[str, ...] = ()
    seen: Mapping[Path, Stamp] = field(default_factory=lambda: MappingProxyType({}))
    told: Mapping[Path, Stamp] = field(default_factory=lambda: MappingProxyType({}))


def look(folders: Iterable[Path], before: Look | None = None) -> Look:
    """Looks into folders, and all folders below them.

    Args:
        folders: an empty one is no problem, a missing one is.
        before: the look before this one; None for the first, which finds nothing ready yet.
    """
    before = before or Look()
    seen: dict[Path, Stamp] = {}
    problems = []
    for folder in folders:
        if not folder.is_dir():
            problems.append(f"{folder} is not there: make the folder, or watch another one")
            continue
        found, unreadable = find_recordings([folder], none_is_fine=True)
        problems += unreadable
        for recording in found:
            try:
                status = recording.path.stat()
            except OSError:
                continue  # gone since it was listed
            seen[recording.path] = (status.st_size, status.st_mtime_ns)
    complete = {path: stamp for path, stamp in seen.items() if stamp[0] and before.seen.get(path) == stamp}
    return Look(
        ready=tuple(path for path, stamp in complete.items() if before.told.get(path) != stamp),
        problems=tuple(problems),
        seen=MappingProxyType(seen),
        told=MappingProxyType(complete),
    )
