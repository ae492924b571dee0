"""What a folder holds that a network can learn from: counted for the page, and copied for a run. Free of Qt.

A run learns from a copy, so that it can go on to the same losses whatever becomes of the folder.
"""

from __future__ import annotations

import codecs
import os
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from speechrnn.errors import DataError
from speechrnn.store.atomic import cannot_write

Kind = Literal["text", "folk"]

TUNE_SUFFIXES = frozenset((".abc", ".mid", ".midi"))
_PROSE = ".txt .text .md .markdown .rst .org .adoc .tex .srt .vtt .html .htm"
_CODE = (
    ".py .pyi .js .ts .jsx .tsx .java .kt .swift .c .h .cc .cpp .hpp .cs .go .rs .rb .php .pl .lua .r .jl "
    ".hs .ml .scala .clj .ex .erl .sh .sql .css .toml .yaml .yml .ini"
)
TEXT_SUFFIXES = frozenset(f"{_PROSE} {_CODE}".split())
MOST_FILES = 20_000
MOST_CHARACTERS = 50_000_000  # eight bytes each in memory, and years of training
LEAST_CHARACTERS, GOOD_CHARACTERS = 20_000, 200_000
LEAST_TUNES, GOOD_TUNES = 30, 300
LEAST_TOKENS = 3_000  # of tunes: very short ones are not enough
_LARGEST_FILE = 100_000_000  # bytes; a text of that size is something else
_TOLD_EVERY = 50  # files


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A file that was passed over.

    Attributes:
        path: the file.
        reason: of the system; empty where it holds no text, or no tune.
    """

    path: Path
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What was found.

    Attributes:
        folder: that was looked through, or the one file.
        texts: files of text. tunes: files with at least one tune.
        n_characters: of all texts, up to `MOST_CHARACTERS`.
        characters: how often each stands there.
        n_tunes, n_tokens: of all files of tunes.
        n_bad_tunes: tunes that cannot be read, in files of which others can.
        unreadable: files of the right kind that cannot be read.
        n_others: files of other kinds.
        cut: there is more than is used.
    """

    folder: Path
    texts: tuple[Path, ...] = ()
    tunes: tuple[Path, ...] = ()
    n_characters: int = 0
    characters: Mapping[str, int] = field(default_factory=dict)
    n_tunes: int = 0
    n_tokens: int = 0
    n_bad_tunes: int = 0
    unreadable: tuple[Unreadable, ...] = ()
    n_others: int = 0
    cut: bool = False

    @property
    def kind(self) -> Kind:
        """What it mostly is: a note is worth more than a letter, and collections of tunes have READMEs."""
        return "folk" if self.n_tokens > self.n_characters / 2 else "text"

    def enough(self, kind: Kind) -> bool:
        """Whether a network can learn from it."""
        if kind == "folk":
            return self.n_tunes >= LEAST_TUNES and self.n_tokens >= LEAST_TOKENS
        return self.n_characters >= LEAST_CHARACTERS

    def good(self, kind: Kind) -> bool:
        """Whether what comes out will be worth reading."""
        return self.n_tunes >= GOOD_TUNES if kind == "folk" else self.n_characters >= GOOD_CHARACTERS

    def unknown_share(self, vocabulary: frozenset[str]) -> float:
        """How many of the characters a network with other tokens would have to leave out, 0..1."""
        lost = sum(n for character, n in self.characters.items() if character not in vocabulary)
        return lost / max(1, self.n_characters)


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """How far the search is: files that were looked at."""

    n_files: int


def look_job(folder: Path) -> Callable[[threading.Event], Iterator[Looked | Material]]:
    """Looks through a folder and all below it; yields `Looked` now and then, and `Material` last."""

    def job(stop: threading.Event) -> Iterator[Looked | Material]:
        found = _Finding(folder)
        for n_files, path in enumerate(_files(folder), start=1):
            if stop.is_set():
                return
            if n_files > MOST_FILES:
                found.cut = True
                break
            found.take(path)
            if n_files % _TOLD_EVERY == 0:
                yield Looked(n_files=n_files)
        yield found.material()

    return job


class _Finding:
    """Counts while the folder is walked through."""

    def __init__(self, folder: Path) -> None:
        self.cut = False
        self._folder = folder
        self._texts: list[Path] = []
        self._tunes: list[Path] = []
        self._characters: Counter[str] = Counter()
        self._n = {"characters": 0, "tunes": 0, "tokens": 0, "bad": 0, "others": 0}
        self._unreadable: list[Unreadable] = []

    def take(self, path: Path) -> None:
        suffix = path.suffix.lower()
        if suffix not in TUNE_SUFFIXES | TEXT_SUFFIXES:
            self._n["others"] += 1
            return
        try:
            data = _read(path)
        except OSError as error:
            self._unreadable.append(Unreadable(path=path, reason=error.strerror or str(error)))
            return
        good = self._take_tunes(data) if suffix in TUNE_SUFFIXES else self._take_text(data)
        if good:
            (self._tunes if suffix in TUNE_SUFFIXES else self._texts).append(path)
        else:
            self._unreadable.append(Unreadable(path=path))

    def material(self) -> Material:
        return Material(
            folder=self._folder,
            texts=tuple(self._texts),
            tunes=tuple(self._tunes),
            n_characters=self._n["characters"],
            characters=dict(self._characters),
            n_tunes=self._n["tunes"],
            n_tokens=self._n["tokens"],
            n_bad_tunes=self._n["bad"],
            unreadable=tuple(self._unreadable),
            n_others=self._n["others"],
            cut=self.cut,
        )

    def _take_text(self, data: bytes) -> bool:
        text = decoded(data)
        if not text or not text.strip():
            return False
        room = MOST_CHARACTERS - self._n["characters"]
        self.cut |= len(text) > room
        self._characters.update(text[:room])
        self._n["characters"] += len(text[:room])
        return True

    def _take_tunes(self, data: bytes) -> bool:
        # The readers of music take a while to import.
        from speechrnn.training.token_data import TokenCorpus, folk_tunes

        tunes = list(folk_tunes(data, TokenCorpus(archive="")))
        good = [tune for tune in tunes if tune is not None]
        self._n["tunes"] += len(good)
        self._n["tokens"] += sum(map(len, good))
        self._n["bad"] += len(tunes) - len(good) if good else 0
        return bool(good)


def copy_material(material: Material, kind: Kind, folder: Path) -> None:
    """Copies what a run learns from: texts as UTF-8, tunes as they are, under numbers for names.

    Raises:
        DataError: a file has gone or cannot be read any more.
        OutputError: the folder cannot be written.
    """
    room = MOST_CHARACTERS
    for number, path in enumerate(material.tunes if kind == "folk" else material.texts, start=1):
        try:
            data = _read(path)
        except OSError as error:
            raise DataError(f"{path} cannot be read any more: {error.strerror or error}") from error
        if kind == "text":
            text = (decoded(data) or "")[:room]
            room -= len(text)
            data = text.encode("utf-8")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            # Recipes leave out some names, such as LICENSE; and names are the user's own affair.
            (folder / f"{number:06d}{path.suffix.lower()}").write_bytes(data)
        except OSError as error:
            raise cannot_write(folder, error) from error
        if not room:
            break


def decoded(data: bytes) -> str | None:
    """The text of a file: UTF-8, UTF-16 with its mark, or old Windows programs' way; None for no text."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = data.decode("utf-16", errors="replace")
    elif b"\0" in data[:8192]:
        return None
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _read(path: Path) -> bytes:
    if path.stat().st_size > _LARGEST_FILE:
        raise OSError(None, "larger than 100 MB")
    return path.read_bytes()


def _files(folder: Path) -> Iterator[Path]:
    """All files in order; what is hidden is passed over, and links to folders are not followed."""
    if folder.is_file():
        yield folder
        return
    for at, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(at, name)
            if not name.startswith(".") and path.is_file():
                yield path
