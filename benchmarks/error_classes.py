"""Which words a recognizer gets wrong: names, short ones, those its lexicon lacks, those that sound alike.

    python benchmarks/error_classes.py --manifest dev.tsv --limit 300 --training train.tsv

Utterances as they are cut in the manifest, through the bundle's network and beam search. A word of the
reference counts in the first class that fits. Names are what the tagger of punctuation and case (`punct-en`)
writes with a capital letter inside a sentence; how alike a word and the one in its place sound is the number
of phonemes that differ between their first pronunciations. With `--training` a third table tells how often a
word occurs in the transcripts that the recognizer was trained on.
"""

# ruff: noqa: T201 - what it prints is its result
from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import jiwer
from conditions import Subject, arguments_parser, listed_utterances, read_waveform
from torchaudio.functional import edit_distance

from speechrnn.bundles.catalog import find_bundle
from speechrnn.evaluation.manifest import read_utterances
from speechrnn.pipeline.punctuate import Punctuator
from speechrnn.text.lexicon import Lexicon
from speechrnn.text.normalize import normalize_words
from speechrnn.types import Word

SHORT, MIDDLE = 3, 6  # letters
CLASSES = (
    "not in the lexicon",
    "name",
    f"up to {SHORT} letters",
    f"{SHORT + 1} to {MIDDLE} letters",
    f"{MIDDLE + 1} letters and more",
)
TIMES = (0, 1, 4, 9, 29, 99, 999, 10**9)  # occurrences in the training transcripts, at most


def names_of(words: Sequence[str], punctuator: Punctuator) -> set[int]:
    """Places of the words that are written with a capital letter inside a sentence."""
    plain = [Word(text=word, start=float(i), end=i + 1.0, confidence=1.0) for i, word in enumerate(words)]
    written = [word.text for word in punctuator.punctuate(plain)]
    inside = [i for i in range(1, len(written)) if written[i - 1][-1] not in ".?!"]
    return {i for i in inside if written[i][:1].isupper() and words[i].split("'")[0] != "i"}


def class_of(word: str, is_name: bool, lexicon: Lexicon) -> str:
    """The first class of `CLASSES` that fits."""
    letters = len(word)
    fits = (word not in lexicon, is_name, letters <= SHORT, letters <= MIDDLE, True)
    return CLASSES[fits.index(True)]


class Tally:
    """Words and errors by class, and how far what was found is from what was said."""

    def __init__(self, lexicon: Lexicon, punctuator: Punctuator, training: Mapping[str, int]) -> None:
        self.lexicon, self.punctuator, self.training = lexicon, punctuator, training
        self.heard: Counter[int] = Counter()
        self.misheard: Counter[int] = Counter()
        self.words: Counter[str] = Counter()
        self.replaced: Counter[str] = Counter()
        self.missing: Counter[str] = Counter()
        self.added: Counter[str] = Counter()
        self.distances: Counter[int] = Counter()

    def add(self, said: list[str], found: list[str]) -> None:
        """Counts one utterance."""
        names = names_of(said, self.punctuator)
        classes = [class_of(word, i in names, self.lexicon) for i, word in enumerate(said)]
        self.words.update(classes)
        times = [next(n for n in TIMES if self.training.get(word, 0) <= n) for word in said]
        self.heard.update(times)
        if not found:
            self.missing.update(classes)
            self.misheard.update(times)
            return
        for chunk in jiwer.process_words(" ".join(said), " ".join(found)).alignments[0]:
            reference = range(chunk.ref_start_idx, chunk.ref_end_idx)
            hypothesis = range(chunk.hyp_start_idx, chunk.hyp_end_idx)
            if chunk.type in ("substitute", "delete"):
                self.misheard.update(times[i] for i in reference)
            if chunk.type == "substitute":
                self.replaced.update(classes[i] for i in reference)
                self.distances.update(
                    self._distance(said[i], found[j]) for i, j in zip(reference, hypothesis, strict=True)
                )
            elif chunk.type == "delete":
                self.missing.update(classes[i] for i in reference)
            elif chunk.type == "insert":
                self.added.update(class_of(found[j], False, self.lexicon) for j in hypothesis)

    def _distance(self, said: str, found: str) -> int:
        """Phonemes that differ; -1 where the lexicon lacks one of the words."""
        if said not in self.lexicon or found not in self.lexicon:
            return -1
        return int(edit_distance(self.lexicon[said][0], self.lexicon[found][0]))

    def report(self) -> None:
        """Prints the tables."""
        errors = self.replaced.total() + self.missing.total() + self.added.total()
        print(f"{self.words.total()} words, {errors} errors, {errors / self.words.total():.1%}\n")
        if not errors:
            return
        print("| class | words | wrong or missing | share of all errors |\n| --- | --- | --- | --- |")
        for name in CLASSES:
            wrong = self.replaced[name] + self.missing[name]
            rate = f"{wrong / self.words[name]:.1%}" if self.words[name] else "none said"
            print(f"| {name} | {self.words[name]} | {rate} | {wrong / errors:.1%} |")
        short = self.added[CLASSES[2]]
        print(f"| words too many, up to {SHORT} letters | | | {short / errors:.1%} |")
        print(f"| other words too many | | | {(self.added.total() - short) / errors:.1%} |")
        print("\n| phonemes that differ | share of the replaced words |\n| --- | --- |")
        replaced = max(1, self.replaced.total())
        for distance in range(4):
            print(f"| {distance} | {self.distances[distance] / replaced:.1%} |")
        rest = sum(n for distance, n in self.distances.items() if distance > 3)
        print(f"| 4 and more | {rest / replaced:.1%} |")
        if self.training:
            self._report_training(errors)

    def _report_training(self, errors: int) -> None:
        print("\n| times in the training transcripts | words | wrong or missing | share of all errors |")
        print("| --- | --- | --- | --- |")
        least = 0
        for most in TIMES:
            upper = "and more" if most == TIMES[-1] else f"to {most}"
            name = str(most) if most == least else f"{least} {upper}"
            rate = f"{self.misheard[most] / self.heard[most]:.1%}" if self.heard[most] else "none said"
            print(f"| {name} | {self.heard[most]} | {rate} | {self.misheard[most] / errors:.1%} |")
            least = most + 1


def main() -> int:
    """Reads the command line, recognizes, prints the tables."""
    parser = arguments_parser(__doc__)
    parser.add_argument("--training", type=Path, help="manifest of the training, for the third table")
    arguments = parser.parse_args()
    trained = read_utterances(arguments.training) if arguments.training else []
    training = Counter(word for utterance in trained for word in normalize_words(utterance.text))
    subject = Subject(find_bundle(arguments.model, "recognizer"))
    counted = Tally(subject.lexicon, Punctuator.load(find_bundle("punct-en", "tagger")), training)
    for utterance in listed_utterances(arguments):
        found = subject.words(read_waveform(utterance))
        counted.add(normalize_words(utterance.text), normalize_words(found))
    counted.report()
    return 0


if __name__ == "__main__":
    sys.exit(main())
