"""What hot words gain and what they cost: recall of rare words, false alarms, word error rate, by strength.

    python benchmarks/hot_words.py --manifest dev.tsv --word-list lexicon.tar.xz

The hot words are rare words that are said in the utterances, one list for all of them, as one would list the
names of a meeting, and as many rare words that nobody says. Runs the bundle's
network once, then the search once without hot words and once for each strength. A false alarm is a hot word
that is found in an utterance more often than it is said there.
"""

# ruff: noqa: T201 - what it prints is its result
from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tune_decoder import DevelopmentSet, from_bundle

from speechrnn.decoding.beam import BeamDecoder
from speechrnn.decoding.hotwords import HotWord
from speechrnn.evaluation.error_rates import word_errors
from speechrnn.text.normalize import normalize_words

MEMBER = "lexicon/librispeech_words/all_words.count.txt"
STRENGTHS = (0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0)
SHORTEST = 4  # letters


@dataclass(frozen=True, slots=True, kw_only=True)
class HotWordCounts:
    """What one run found.

    Attributes:
        said: times that the spoken hot words are said.
        found: times that they are found where they are said.
        alarms: times that a spoken hot word is found where it is not said.
        decoy_alarms: likewise for the words that nobody says.
        wer: word error rate of all words.
    """

    said: int
    found: int
    alarms: int
    decoy_alarms: int
    wer: float


def rare_words(texts: Iterable[Sequence[str]], counts: Mapping[str, int], most: int) -> list[str]:
    """The words of texts that a count of running text has at most `most` times; in order of first sight."""
    words = dict.fromkeys(word for text in texts for word in text)
    return [word for word in words if len(word) >= SHORTEST and counts.get(word, 0) <= most]


def count(
    said: Sequence[Sequence[str]], found: Sequence[Sequence[str]], targets: set[str], decoys: set[str]
) -> HotWordCounts:
    """Compares utterances, each a sequence of words."""
    n_said = n_found = alarms = decoy_alarms = 0
    for reference, hypothesis in zip(said, found, strict=True):
        wanted, got = Counter(reference), Counter(hypothesis)
        n_said += sum(wanted[word] for word in wanted.keys() & targets)
        n_found += sum(min(wanted[word], got[word]) for word in wanted.keys() & targets)
        more = got - wanted
        alarms += sum(more[word] for word in more.keys() & targets)
        decoy_alarms += sum(more[word] for word in more.keys() & decoys)
    texts = [[" ".join(words) for words in utterances] for utterances in (said, found)]
    return HotWordCounts(
        said=n_said,
        found=n_found,
        alarms=alarms,
        decoy_alarms=decoy_alarms,
        wer=word_errors(*texts).rate,
    )


def measure(
    data: DevelopmentSet, targets: Sequence[str], decoys: Sequence[str], names: Sequence[str]
) -> None:
    """Prints a line for the search without hot words, and one for each strength."""
    from speechrnn.bundles.catalog import find_bundle
    from speechrnn.pipeline.pronounce import load_pronounce

    pronounce = load_pronounce(find_bundle("g2p-en", "pronouncer"))
    said = [normalize_words(text) for text in data.references]
    known, new = ([word for word in targets if (word in data.lexicon) is side] for side in (True, False))
    hours = data.audio_s / 3600
    print(
        f"{len(data.references)} utterances, {hours:.2f} h; hot words: {len(known)} rare words of the "
        f"lexicon, {len(new)} that it lacks, {len(decoys)} that nobody says"
    )
    print("| strength | found, of the lexicon | found, new words | false alarms an hour | of decoys | WER |")
    print("| --- | --- | --- | --- | --- | --- |")
    for strength in (None, *STRENGTHS):
        hot = [] if strength is None else [HotWord(words=(w,), strength=strength) for w in names]
        decoder = BeamDecoder(
            data.labels,
            data.lexicon,
            data.lm_path,
            data.options,
            hot_words=hot,
            pronounce=pronounce,
            log_prior=data.log_prior,
            second=data.second,
        )
        found = [decoder.decode(log_probs)[0].text.lower().split() for log_probs in data.log_probs]
        of_known, of_new = (count(said, found, set(words), set(decoys)) for words in (known, new))
        alarms = of_known.alarms + of_new.alarms + of_known.decoy_alarms
        cells = (
            "none" if strength is None else f"{strength:g}",
            f"{of_known.found} of {of_known.said} ({of_known.found / max(1, of_known.said):.1%})",
            f"{of_new.found} of {of_new.said} ({of_new.found / max(1, of_new.said):.1%})",
            f"{alarms / hours:.1f}",
            f"{of_known.decoy_alarms / hours:.1f}",
            f"{of_known.wer:.2%}",
        )
        print(f"| {' | '.join(cells)} |", flush=True)


def main() -> int:
    """Reads the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", default="asr-en", help="id or folder of a recognizer bundle")
    parser.add_argument("--manifest", type=Path, required=True, help="TSV: path, speaker, seconds, set, text")
    parser.add_argument("--word-list", type=Path, required=True, help="archive with counts of words")
    parser.add_argument("--limit", type=int, default=600, help="utterances, spread over the list")
    parser.add_argument("--most", type=int, default=20, help="times that a rare word is counted, at most")
    parser.add_argument("--hot", type=int, default=100, help="spoken hot words, at most")
    parser.add_argument("--decoys", type=int, default=100, help="hot words that nobody says")
    arguments = parser.parse_args()
    from speechrnn.evaluation.manifest import read_manifest
    from speechrnn.training.ngram_text import read_word_counts

    counts = read_word_counts(arguments.word_list, MEMBER)
    data = from_bundle(arguments.model, arguments.manifest, arguments.limit)
    here = [normalize_words(text) for text in data.references]
    everywhere = [normalize_words(u.text) for u in read_manifest(arguments.manifest)]
    spoken = {word for text in here for word in text}
    rare = rare_words(here, counts, arguments.most)
    targets = rare[:: max(1, len(rare) // arguments.hot)][: arguments.hot]
    # Of the same kind as the others: said in the rest of the list.
    silent = [word for word in rare_words(everywhere, counts, arguments.most) if word not in spoken]
    decoys = silent[:: max(1, len(silent) // arguments.decoys)][: arguments.decoys]
    measure(data, targets, decoys, [*targets, *decoys])
    return 0


if __name__ == "__main__":
    sys.exit(main())
