"""What is remembered of watched folders, so that each new recording is queued once. Free of Qt.

What lay in a folder when it was first watched is not new, and is left alone. All that was ever queued is
remembered by its size and time, also when it was taken out of the queue by hand.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from speechrnn.audio.recovery import mark_path
from speechrnn.store.atomic import write_whole
from speechrnn.store.watching import Look, Stamp, look


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What one look found.

    Attributes:
        ready: complete new recordings.
        met: folders that are watched from now on, with the recordings that lay there already.
        problems: folders that cannot be searched, one line each; only those that could be before.
    """

    ready: tuple[Path, ...] = ()
    met: tuple[tuple[Path, tuple[Path, ...]], ...] = ()
    problems: tuple[str, ...] = ()


class WatchedFolders:
    """The memory, and the last look; used by one thread."""

    def __init__(self, path: Path) -> None:
        """Reads the memory; one that cannot be read is begun anew.

        Args:
            path: of its file.
        """
        self._path = path
        self._folders, self._told = _read(path)
        self._look: Look | None = None
        self._problems: tuple[str, ...] = ()

    def look(self, folders: Sequence[Path]) -> Found:
        """Looks into the folders that are to be watched now."""
        # A folder that is not there yet is met when it is, such as on a drive that is not mounted.
        new = [folder for folder in folders if folder not in self._folders and folder.is_dir()]
        met = tuple((folder, self._meet(folder)) for folder in new)
        self._folders &= set(folders)
        self._folders |= {folder for folder, _ in met}
        self._look = look(folders, self._look)
        problems = tuple(text for text in self._look.problems if text not in self._problems)
        self._problems = self._look.problems
        ready = tuple(
            path
            for path in self._look.ready
            if self._told.get(path) != self._look.told[path] and not mark_path(path).exists()
        )
        return Found(ready=ready, met=met, problems=problems)

    def keep(self, queued: Iterable[Path]) -> None:
        """Remembers recordings that are in the queue now, and forgets folders that are not watched any more.

        Raises:
            OutputError: the file cannot be written.
        """
        told = self._look.told if self._look else {}
        self._told.update({path: told[path] for path in queued if path in told})
        self._told = {
            path: stamp
            for path, stamp in self._told.items()
            if any(path.is_relative_to(folder) for folder in self._folders)
        }
        content = {
            "folders": sorted(map(str, self._folders)),
            "told": {str(path): stamp for path, stamp in sorted(self._told.items())},
        }
        write_whole(self._path, json.dumps(content, indent=1).encode())

    def _meet(self, folder: Path) -> tuple[Path, ...]:
        there = look([folder]).seen
        self._told.update(there)
        return tuple(there)


def _read(path: Path) -> tuple[set[Path], dict[Path, Stamp]]:
    try:
        content = json.loads(path.read_bytes())
        folders = {Path(folder) for folder in content["folders"]}
        return folders, {Path(p): (int(size), int(time)) for p, (size, time) in content["told"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return set(), {}
