"""Which recordings files and folders mean, and which file each result goes to."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

# What is looked for in folders; a file that is named is tried whatever its suffix is.
_AUDIO = (
    ".aac .ac3 .aif .aifc .aiff .amr .ape .au .caf .dts .flac .m4a .m4b .mka .mp2 .mp3 .oga .ogg .opus .ra "
    ".snd .spx .w64 .wav .wma .wv"
)
_VIDEO = ".3gp .avi .flv .m2ts .m4v .mkv .mov .mp4 .mpeg .mpg .mts .ogv .rm .ts .vob .webm .wmv"
MEDIA_SUFFIXES = frozenset(f"{_AUDIO} {_VIDEO}".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """One file to transcribe.

    Attributes:
        path: as it was named or found.
        place: where its result belongs below the output folder, without the new suffix: `talk.mp4` for a
            file that was named, `day 1/talk.mp4` for one that was found in a folder.
    """

    path: Path
    place: PurePath


def find_recordings(
    paths: Iterable[Path], *, none_is_fine: bool = False
) -> tuple[list[Recording], list[str]]:
    """The recordings that paths mean: files as they are, folders with all media files in and below them.

    Each recording comes once, in the order of the paths and by name within a folder; hidden files and
    folders are passed over, and links to folders are not followed.

    Args:
        paths: of files and folders.
        none_is_fine: whether a folder without recordings is no problem.

    Returns:
        The recordings, and one line for each path that has none.
    """
    recordings: dict[str, Recording] = {}
    problems = []
    for path in paths:
        if _is_special(path):
            # A pipe that nobody writes into would be waited for without end.
            problems.append(f"{path} is neither a file nor a folder: save the recording to a file first")
            continue
        if not os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises where the way there is barred
            recordings.setdefault(os.path.realpath(path), Recording(path=path, place=PurePath(path.name)))
            continue
        unreadable: list[str] = []
        found = _media_files(path, unreadable)
        problems += unreadable
        for file in found:
            recordings.setdefault(os.path.realpath(file), Recording(path=file, place=file.relative_to(path)))
        if not found and not unreadable and not none_is_fine:
            problems.append(
                f"{path} holds no audio or video file: name another folder, or the files themselves"
            )
    return list(recordings.values()), problems


def plan_places(recordings: Sequence[Recording], suffix: str) -> list[PurePath]:
    """Where each result goes below the output folder; no two are the same.

    `talk.mp4` gives `talk.srt`. Recordings that differ in their suffix alone keep it (`talk.mp4.srt`), and
    those of the same name from two folders are numbered in their order (`talk (2).srt`).

    Args:
        recordings: in the order in which they were named.
        suffix: of the results, with the dot.
    """
    short = [recording.place.with_suffix(suffix) for recording in recordings]
    long = [recording.place.with_name(recording.place.name + suffix) for recording in recordings]
    shared = Counter(map(_folded, short))
    wanted = [a if shared[_folded(a)] == 1 else b for a, b in zip(short, long)]
    taken: set[str] = set()
    planned = []
    for place in wanted:
        choice, number = place, 1
        while _folded(choice) in taken:
            number += 1
            choice = place.with_name(f"{place.name.removesuffix(suffix)} ({number}){suffix}")
        taken.add(_folded(choice))
        planned.append(choice)
    return planned


def _folded(place: PurePath) -> str:
    # Windows and macOS take names that differ in case alone for the same.
    return str(place).casefold()


def _is_special(path: Path) -> bool:
    """Whether it is a pipe, socket or device. What cannot be looked at is not: it is told when it is read."""
    try:
        return path.exists() and not (path.is_file() or path.is_dir())
    except OSError:
        return False


def _media_files(folder: Path, unreadable: list[str]) -> list[Path]:
    found = []

    def note(error: OSError) -> None:
        unreadable.append(f"{error.filename} cannot be searched: {error.strerror}")

    for parent, folders, files in os.walk(folder, onerror=note):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            file = Path(parent, name)
            if not name.startswith(".") and file.suffix.lower() in MEDIA_SUFFIXES and not _is_special(file):
                found.append(file)
    return found
