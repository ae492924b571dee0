"""How true the times of recognized words are: against a forced alignment of what was said.

    python benchmarks/word_times.py --model asr-en --manifest data/speech/dev.tsv --limit 300

Each utterance is recognized; then its reference, each word by the pronunciation that fits best, is aligned to
the same network's outputs by force. Words that were recognized rightly are compared with their like in the
reference: the share whose start, whose end, and whose start and end both lie within 80 ms.
"""

# ruff: noqa: T201 - what it prints is its result
from __future__ import annotations

import sys
from collections.abc import Sequence

import numpy as np
from conditions import Subject, listed_utterances, read_arguments, read_waveform
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from speechrnn.bundles.catalog import find_bundle
from speechrnn.decoding.alignment import align, frames_needed
from speechrnn.decoding.hypothesis import WordSpan
from speechrnn.decoding.words import WordOptions, align_words, spread_words
from speechrnn.text.labels import PHONEMES, LabelCodec
from speechrnn.text.lexicon import Lexicon
from speechrnn.text.normalize import normalize_words

NEAR_S = 0.08


def spans_of(words: Sequence[str], lexicon: Lexicon, log_probs: NDArray[np.float32]) -> list[WordSpan] | None:
    """The words of a reference on the frames, each by its best pronunciation; None where that cannot be."""
    codec = LabelCodec(PHONEMES)
    if not words or any(word not in lexicon for word in words):
        return None
    chosen = [codec.encode(lexicon[word][0]) for word in words]

    def score() -> float:
        labels = [label for word in chosen for label in word]
        return align(log_probs, labels).score if frames_needed(labels) <= len(log_probs) else -np.inf

    best = score()
    for place, word in enumerate(words):
        for other in lexicon[word][1:]:
            before, chosen[place] = chosen[place], codec.encode(other)
            found = score()
            if found > best:
                best = found
            else:
                chosen[place] = before
    if not np.isfinite(best):
        return None
    spans = [
        WordSpan(text=text, labels=tuple(labels), start_frame=0, end_frame=0)
        for text, labels in zip(words, chosen, strict=True)
    ]
    return list(align_words(spans, log_probs))


def main() -> int:
    """Reads the command line, measures, prints one table."""
    arguments = read_arguments(__doc__)
    bundle = find_bundle(arguments.model, "recognizer")
    subject = Subject(bundle)
    lexicon, options = subject.lexicon, WordOptions(frame_s=subject.frame_s)
    utterances = listed_utterances(arguments)
    starts, ends = list[float](), list[float]()
    for utterance in utterances:
        log_probs = subject.log_probs(read_waveform(utterance))
        said = normalize_words(utterance.text)
        reference = spans_of(said, lexicon, log_probs)
        if reference is None:
            continue
        found = align_words(subject.decoder.decode(log_probs)[0].words, log_probs)
        end_s = len(log_probs) * options.frame_s
        true, told = spread_words(reference, end_s, options), spread_words(found, end_s, options)
        for op in Levenshtein.opcodes(said, [word.text.lower() for word in found]):
            if op.tag == "equal":
                pairs = zip(true[op.src_start : op.src_end], told[op.dest_start : op.dest_end], strict=True)
                for (start, end), (told_start, told_end) in pairs:
                    starts.append(abs(start - told_start))
                    ends.append(abs(end - told_end))
    at_start, at_end = np.array(starts) <= NEAR_S + 1e-9, np.array(ends) <= NEAR_S + 1e-9
    print(f"{len(starts)} right words of {len(utterances)} utterances, within {1000 * NEAR_S:.0f} ms:")
    print(f"start {at_start.mean():.1%}  end {at_end.mean():.1%}  both {(at_start & at_end).mean():.1%}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
