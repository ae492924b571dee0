"""Text for language models: corpora out of archives or folders, in normal form, as numbers.

A corpus is read once, member by member; its words are numbered in order of first sight, and the
vocabulary is chosen afterwards, so that no text is kept as text.
"""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from speechrnn.errors import ConfigError, DataError
from speechrnn.text.normalize import normalize_lines
from speechrnn.training.ngram_model import END, START, UNKNOWN, Ids


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusOptions:
    """One corpus of a recipe; each becomes a model of its own, and the models are mixed.

    Attributes:
        archive: a tar file, compressed or not, or a folder.
        weight: share in the mixture; those of all corpora sum to 1.
        members: patterns of the files in it.
        without: patterns of files to leave out.
        source: which public texts these are and their licence, for the card.
    """

    archive: str
    weight: float
    members: tuple[str, ...] = ("*.txt",)
    without: tuple[str, ...] = ("*LICEN[CS]E*", "*README*")
    source: str = ""

    def __post_init__(self) -> None:
        if not 0 < self.weight <= 1:
            raise ConfigError(f"weight is {self.weight}; expected more than 0, at most 1")


class Numbering:
    """Numbers of the distinct words of all corpora, in order of first sight.

    Attributes:
        words: all so far.
    """

    BOUNDARY = -1  # between two sentences

    def __init__(self) -> None:
        self.words: list[str] = []
        self._numbers: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self.words)

    def encode(self, sentences: Iterator[list[str]]) -> NDArray[np.int32]:
        """Sentences as numbers, `BOUNDARY` behind each."""
        parts: list[NDArray[np.int32]] = []
        numbers: list[int] = []
        known = self._numbers
        for sentence in sentences:
            for word in sentence:
                number = known.get(word)
                if number is None:
                    number = known[word] = len(self.words)
                    self.words.append(word)
                numbers.append(number)
            numbers.append(self.BOUNDARY)
            if len(numbers) > 1_000_000:  # a list takes ten times the memory of an array
                parts.append(np.array(numbers, np.int32))
                numbers = []
        return np.concatenate([*parts, np.array(numbers, np.int32)])

    def tokens(self, numbers: NDArray[np.int32], vocabulary: Sequence[str]) -> Ids:
        """The same text in ids of `vocabulary`, as `ngram_model.encode_sentences` gives them."""
        index = {word: number for number, word in enumerate(vocabulary)}
        # The last entry serves BOUNDARY, which is -1.
        table = np.array([*(index.get(word, UNKNOWN) for word in self.words), END], np.int64)
        ids = table[numbers]
        ends = np.flatnonzero(numbers == self.BOUNDARY)
        starts = np.concatenate([[0], ends[:-1] + 1])
        return np.insert(ids, starts, START)

    def counts(self, numbers: NDArray[np.int32]) -> NDArray[np.int64]:
        """(n_words,) how often each word is in a text."""
        return np.bincount(numbers[numbers != self.BOUNDARY], minlength=len(self.words))


def read_sentences(path: Path, members: Sequence[str], without: Sequence[str]) -> Iterator[list[str]]:
    """The sentences of a corpus in normal form, file by file.

    Raises:
        DataError: the archive or folder cannot be read, or no file in it fits.
    """
    n_files = 0
    for lines in _files(path, members, without):
        n_files += 1
        yield from normalize_lines(lines)
    if not n_files:
        raise DataError(f"{path}: no file in it fits {', '.join(members)}; see `members` in the recipe")


def read_word_counts(path: Path, member: str) -> Mapping[str, int]:
    """A list of words with counts, a `word<TAB>count` a line, out of an archive or folder.

    Raises:
        DataError: the list is not there, or a line is not a word and a count.
    """
    counts: dict[str, int] = {}
    for lines in _files(path, [member], []):
        for number, line in enumerate(lines, start=1):
            fields = line.split()
            if len(fields) != 2 or not fields[1].isdecimal():
                raise DataError(f"{path}, {member}, line {number}: expected a word and a count")
            counts[fields[0]] = int(fields[1])
    if not counts:
        raise DataError(f"{path}: no {member} in it")
    return counts


def _files(path: Path, members: Sequence[str], without: Sequence[str]) -> Iterator[io.TextIOBase]:
    def fits(name: str) -> bool:
        return any(fnmatch(name, p) for p in members) and not any(fnmatch(name, p) for p in without)

    if path.is_dir():
        for file in sorted(path.rglob("*")):
            if file.is_file() and fits(file.relative_to(path).as_posix()):
                with file.open(encoding="utf-8", errors="replace") as lines:
                    yield lines
        return
    try:
        # Read in the archive's own order: going back in a compressed one means to start again.
        with tarfile.open(path) as tar:
            for member in tar:
                stream = tar.extractfile(member) if member.isfile() and fits(member.name) else None
                if stream is not None:
                    yield io.TextIOWrapper(stream, encoding="utf-8", errors="replace")
    except (OSError, tarfile.TarError) as error:
        raise DataError(f"{path}: cannot be read as an archive of text ({error})") from error
