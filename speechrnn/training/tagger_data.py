"""Text for the tagger: corpora out of archives, as words and labels in flat arrays, cut into windows.

A corpus is the members of a tar archive that match its patterns. All of it becomes one array of words
(numbers of a common list) and two arrays of labels, in the order of the text. Windows are drawn from
(seed, epoch) alone, so a run that resumes sees what it would have seen. Used by `training/tagger.py`.
"""

from __future__ import annotations

import re
import tarfile
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

import numpy as np
from numpy.typing import NDArray

from speechrnn.errors import ConfigError, DataError
from speechrnn.text.paragraphs import join_paragraphs
from speechrnn.text.punctuation import MARKS, NO_MARK, SENTENCE_ENDS, tag_text

REGISTERS = ("conversation", "prose")

IGNORED = 255
"""Label of a mark or case that the text does not tell."""

# Tokenised corpora: "do n't" and "that 's" are one word each.
_CLITIC = re.compile(r"(?<=\w) (?=(?:n't|'(?:s|m|d|ll|re|ve))\b)")
_TAG = re.compile(r"<[^<>]*>")
_ERROR_SHARES = (0.7, 0.18, 0.12)  # of words replaced, left out, added
# Which of two marks stays where a word between them is left out.
_RANK = {NO_MARK: 0, **dict.fromkeys(range(1, len(MARKS)), 1), **dict.fromkeys(SENTENCE_ENDS, 2), IGNORED: -1}


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusOptions:
    """One corpus of a recipe.

    Attributes:
        archive: a tar file, compressed or not.
        members: patterns of the files in it, such as `ami/*.txt`.
        without: patterns of files to leave out.
        held_out: patterns of files that are not trained on.
        register: prose or conversation: which score the held-out files count for.
        words_per_file: from the start of each file; 0 is all.
        held_out_words: from the start of each held-out file; 0 is all.
        shuffled: put the lines of each file in random order: for lists of sentences that have nothing to do
            with each other and stand in alphabetical order, which gives away where the next begins.
        share: of the corpus's windows in each epoch, 0..1.
        source: which public corpus it is and its licence, for the card.
    """

    archive: str
    members: tuple[str, ...]
    without: tuple[str, ...] = ()
    held_out: tuple[str, ...] = ()
    register: str = "prose"
    words_per_file: int = 0
    held_out_words: int = 0
    shuffled: bool = False
    share: float = 1.0
    source: str = ""

    def __post_init__(self) -> None:
        if self.register not in REGISTERS:
            raise ConfigError(f"register is {self.register!r}; expected {' or '.join(REGISTERS)}")
        if not 0 < self.share <= 1:
            raise ConfigError(f"share is {self.share}; expected more than 0, at most 1")
        for name in ("words_per_file", "held_out_words"):
            if getattr(self, name) < 0:
                raise ConfigError(f"{name} is {getattr(self, name)}; expected 0 or more")


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowOptions:
    """How running text becomes training examples.

    Attributes:
        shortest: words of the shortest window.
        longest: words of the longest window.
        sentence_end: share of the windows that end where a sentence ends, as a speaker's turn does, 0..1.
        batch_words: words of a batch, padding included.
        noisy: share of the windows that get a recognizer's errors, 0..1.
        error_rate: largest share of wrong words in such a window, 0..1.
    """

    shortest: int = 6
    longest: int = 128
    sentence_end: float = 0.6
    batch_words: int = 8192
    noisy: float = 0.5
    error_rate: float = 0.3

    def __post_init__(self) -> None:
        if not 1 <= self.shortest < self.longest <= self.batch_words:
            raise ConfigError(
                f"shortest {self.shortest}, longest {self.longest}, batch_words {self.batch_words}; "
                "expected 1 <= shortest < longest <= batch_words"
            )
        for name in ("sentence_end", "noisy", "error_rate"):
            if not 0 <= getattr(self, name) <= 1:
                raise ConfigError(f"{name} is {getattr(self, name)}; expected 0 to 1")


class WordList:
    """Numbers for the distinct words of all corpora, in order of first sight.

    Attributes:
        words: all so far.
    """

    def __init__(self) -> None:
        self.words: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, word: str) -> int:
        """The number of a word; a new word gets the next one."""
        number = self._numbers.get(word)
        if number is None:
            number = self._numbers[word] = len(self.words)
            self.words.append(word)
        return number


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledText:
    """Running text with labels.

    Attributes:
        words: (N,) int32, numbers of a `WordList`.
        marks: (N,) uint8, index into `MARKS`, or `IGNORED`.
        cases: (N,) uint8, index into `CASES`, or `IGNORED`.
    """

    words: NDArray[np.int32]
    marks: NDArray[np.uint8]
    cases: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.words)

    def __getitem__(self, part: slice) -> LabelledText:
        return LabelledText(words=self.words[part], marks=self.marks[part], cases=self.cases[part])


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """The three parts of a corpus.

    Attributes:
        name: of its table in the recipe.
        options: that table.
        training: to learn from.
        tuning: to choose settings on: the first half of each of the files that are not trained on.
        held_out: to measure on: the second half.
    """

    name: str
    options: CorpusOptions
    training: LabelledText
    tuning: LabelledText
    held_out: LabelledText


def read_corpus(name: str, options: CorpusOptions, archive: Path, word_list: WordList) -> Corpus:
    """Reads a corpus from its archive.

    Raises:
        DataError: the archive cannot be read, or no member matches.
    """
    training: list[LabelledText] = []
    tuning: list[LabelledText] = []
    held_out: list[LabelledText] = []
    try:
        with tarfile.open(archive) as tar:
            members = sorted((m for m in tar.getmembers() if m.isfile()), key=lambda m: m.offset)
            for member in members:
                path = str(PurePosixPath(member.name))
                if not _matches(path, options.members) or _matches(path, options.without):
                    continue
                stream = tar.extractfile(member)
                assert stream is not None  # a file, as asked above
                lines = stream.read().decode("utf-8", "replace").splitlines()
                if options.shuffled:
                    order = np.random.default_rng(zlib.crc32(path.encode())).permutation(len(lines))
                    lines = [lines[i] for i in order]
                measured = _matches(path, options.held_out)
                most = options.held_out_words if measured else options.words_per_file
                text = label_lines(lines, word_list, most)
                if measured:
                    tuning.append(text[: len(text) // 2])
                    held_out.append(text[len(text) // 2 :])
                else:
                    training.append(text)
    except (OSError, tarfile.TarError) as error:
        raise DataError(f"{archive}: the corpus {name} cannot be read ({error})") from error
    if not training and not held_out:
        raise DataError(f"{archive}: no file matches {', '.join(options.members)} of the corpus {name}")
    return Corpus(
        name=name,
        options=options,
        training=_concatenate(training),
        tuning=_concatenate(tuning),
        held_out=_concatenate(held_out),
    )


def label_lines(lines: Iterable[str], word_list: WordList, most: int = 0) -> LabelledText:
    """Words and labels of a file.

    Headings in capitals are left out. Where a paragraph or turn ends without a mark, the mark there is not
    known.

    Args:
        lines: of the file.
        word_list: gets the words that it does not have.
        most: words that are taken; 0 is all.
    """
    words: list[int] = []
    marks: list[int] = []
    cases: list[int] = []
    for paragraph in join_paragraphs(lines):
        paragraph = _TAG.sub("", paragraph)
        letters = [c for c in paragraph if c.isalpha()]
        if len(letters) > 1 and sum(c.isupper() for c in letters) > len(letters) / 2:
            continue
        tagged = tag_text(_CLITIC.sub("", paragraph))
        if not tagged.words:
            continue
        words += map(word_list.number, tagged.words)
        marks += tagged.marks
        if marks[-1] == NO_MARK:
            marks[-1] = IGNORED
        cases += [case if telling else IGNORED for case, telling in zip(tagged.cases, tagged.telling)]
        if most and len(words) >= most:
            break
    text = LabelledText(
        words=np.array(words, np.int32), marks=np.array(marks, np.uint8), cases=np.array(cases, np.uint8)
    )
    return text[: most or len(text)]


def most_frequent(texts: Sequence[LabelledText], word_list: WordList, n: int) -> tuple[str, ...]:
    """The `n` most frequent words that occur more than twice, the most frequent first."""
    counts: Counter[int] = Counter()
    for text in texts:
        numbers, found = np.unique(text.words, return_counts=True)
        counts.update(dict(zip(numbers.tolist(), found.tolist())))
    ranked = sorted(counts.items(), key=lambda item: (-item[1], word_list.words[item[0]]))
    return tuple(word_list.words[number] for number, count in ranked[:n] if count > 2)


def cut_windows(
    text: LabelledText, options: WindowOptions, share: float, rng: np.random.Generator
) -> NDArray[np.int64]:
    """Cuts a text into windows that follow on one another.

    Returns:
        (W, 2) int64: first word and the word after the last of each window.
    """
    ends = np.flatnonzero(np.isin(text.marks, sorted(SENTENCE_ENDS))) + 1
    windows = []
    # A random start, so that the epochs cut at other places.
    at = int(rng.integers(options.longest))
    while at + options.shortest <= len(text):
        # Short windows as often as long ones counted in words, for captions come in short pieces.
        length = int(np.exp(rng.uniform(np.log(options.shortest), np.log(options.longest))))
        end = min(at + length, len(text))
        if rng.random() < options.sentence_end:
            later = int(np.searchsorted(ends, end))
            if later < len(ends) and ends[later] <= at + options.longest:
                end = int(ends[later])
        if share == 1 or rng.random() < share:
            windows.append((at, end))
        at = end
    return np.array(windows, np.int64).reshape(-1, 2)


def batch_windows(
    windows: NDArray[np.int64], batch_words: int, rng: np.random.Generator
) -> list[NDArray[np.int64]]:
    """Batches of windows of like length, in random order.

    Args:
        windows: (W, 3): corpus, first word, end.
        batch_words: words of a batch, padding included.
        rng: of the order.

    Returns:
        For each batch its rows of `windows`.
    """
    lengths = windows[:, 2] - windows[:, 1]
    order = np.lexsort((rng.random(len(windows)), lengths))
    batches, first = [], 0
    for at in range(len(order)):
        # Lengths ascend, so the newest window is the longest.
        if (at + 1 - first) * lengths[order[at]] > batch_words and at > first:
            batches.append(windows[order[first:at]])
            first = at
    if first < len(order):
        batches.append(windows[order[first:]])
    return [batches[i] for i in rng.permutation(len(batches))]


def add_errors(
    text: LabelledText, error_rate: float, vocabulary: NDArray[np.int32], rng: np.random.Generator
) -> LabelledText:
    """Puts a recognizer's errors into a window: words replaced, left out and added.

    A word that takes the place of another has its mark, but its case is unknown. The mark of a word left out
    goes to the word before it, unless a stronger one is there.

    Args:
        text: the window.
        error_rate: chance of an error at each word, 0..1.
        vocabulary: (V,) words to draw wrong words from, as running text, so that frequent ones come often.
        rng: of the errors.
    """
    # Shares of substitutions, deletions and insertions as recognizers of read speech make them.
    kinds = rng.choice(
        4, size=len(text), p=[1 - error_rate, 0.7 * error_rate, 0.18 * error_rate, 0.12 * error_rate]
    )
    if not kinds.any():
        return text
    strange = vocabulary[rng.integers(len(vocabulary), size=len(text))]
    words: list[int] = []
    marks: list[int] = []
    cases: list[int] = []
    for index, kind in enumerate(kinds.tolist()):
        mark, case = int(text.marks[index]), int(text.cases[index])
        if kind == 2 and words:
            if _RANK[mark] > _RANK[marks[-1]]:
                marks[-1] = mark
            continue
        if kind == 3:
            words.append(int(strange[index]))
            marks.append(NO_MARK)
            cases.append(IGNORED)
        words.append(int(strange[index] if kind == 1 else text.words[index]))
        marks.append(mark)
        cases.append(IGNORED if kind == 1 else case)
    return LabelledText(
        words=np.array(words, np.int32), marks=np.array(marks, np.uint8), cases=np.array(cases, np.uint8)
    )


def _matches(path: str, patterns: Iterable[str]) -> bool:
    return any(fnmatch(path, pattern) for pattern in patterns)


def _concatenate(texts: Sequence[LabelledText]) -> LabelledText:
    return LabelledText(
        words=np.concatenate([np.zeros(0, np.int32), *(text.words for text in texts)]),
        marks=np.concatenate([np.zeros(0, np.uint8), *(text.marks for text in texts)]),
        cases=np.concatenate([np.zeros(0, np.uint8), *(text.cases for text in texts)]),
    )
