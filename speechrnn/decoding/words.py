"""From the beam's hypotheses to words with seconds, confidence and alternatives.

Frames count from the start of the utterance; seconds from the start of the recording. Pure. The last
step of decoding: what comes out goes to punctuation and into the transcript.

How times are found: the labels of the best hypothesis are aligned to the emissions by force. A CTC
network emits a label as a narrow peak somewhere within its sound, so that peaks alone give words that
start late and end early. Neighbouring words with a short gap therefore meet in its middle, as speech
goes on there; at a longer gap, and at the edges, each side is widened by a margin.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from speechrnn.decoding.alignment import align, frames_needed
from speechrnn.decoding.confidence import Calibration, word_features
from speechrnn.decoding.hypothesis import Hypothesis, WordSpan
from speechrnn.ranges import check_ranges
from speechrnn.types import Seconds, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class WordOptions:
    """How words are timed and which alternatives are told.

    Attributes:
        frame_s: seconds of a frame, above 0.
        join_s: words with at most this gap between their labels meet in the middle, 0..5.
        margin_s: how far a word reaches beyond its labels at a longer gap, 0..1; never into its neighbour.
        max_alternatives: other words told for each word, 0..100.
        min_alternative: smallest probability of an alternative that is told, 0..1.
    """

    frame_s: float = 0.04
    join_s: float = 0.3
    margin_s: float = 0.08
    max_alternatives: int = 4
    min_alternative: float = 0.01

    def __post_init__(self) -> None:
        check_ranges(
            self,
            ("frame_s", 1e-4, 1.0),
            ("join_s", 0.0, 5.0),
            ("margin_s", 0.0, 1.0),
            ("max_alternatives", 0, 100),
            ("min_alternative", 0.0, 1.0),
            prefix="word option ",
        )


def timed_words(
    hypotheses: Sequence[Hypothesis],
    log_probs: NDArray[np.floating],
    *,
    calibration: Calibration,
    options: WordOptions,
    start: Seconds = 0.0,
) -> tuple[Word, ...]:
    """The words of the best hypothesis, ready for the transcript.

    Args:
        hypotheses: one or more, best first, of `BeamDecoder.decode`.
        log_probs: (T, C), natural log, that they were decoded from.
        calibration: of the bundle.
        options: times and alternatives.
        start: where the first frame lies in the recording, seconds.

    Returns:
        Words in order of time, times rounded to milliseconds; text as the lexicon spells it.
    """
    words = align_words(hypotheses[0].words, log_probs)
    return told_words(words, log_probs, calibration=calibration, options=options, start=start)


def told_words(
    words: Sequence[WordSpan],
    log_probs: NDArray[np.floating],
    *,
    calibration: Calibration,
    options: WordOptions,
    start: Seconds = 0.0,
) -> tuple[Word, ...]:
    """Words whose frames are known, with seconds, confidence and alternatives; see `timed_words`."""
    confidences = calibration.probability(word_features(words, log_probs))
    spans = spread_words(words, len(log_probs) * options.frame_s, options)
    return tuple(
        Word(
            text=word.text,
            start=round(start + begin, 3),
            end=round(start + end, 3),
            confidence=round(float(confidence), 4),
            alternatives=tuple(
                replace(other, probability=round(other.probability, 4))
                for other in word.candidates
                if other.text != word.text and other.probability >= options.min_alternative
            )[: options.max_alternatives],
        )
        for word, (begin, end), confidence in zip(words, spans, confidences, strict=True)
    )


def align_words(words: Sequence[WordSpan], log_probs: NDArray[np.floating]) -> tuple[WordSpan, ...]:
    """The same words with the frames that a forced alignment of all their labels gives.

    The search's own frames are those of merged rows; these are exact. Where the labels do not fit into
    the frames (a doubled last label needs a blank that the search does not ask for) they stay.
    """
    labels = [label for word in words for label in word.labels]
    if frames_needed(labels) > len(log_probs):
        return tuple(words)
    alignment = align(log_probs, labels)
    found = []
    done = 0
    for word in words:
        last = done + len(word.labels) - 1
        found.append(
            replace(word, start_frame=int(alignment.starts[done]), end_frame=int(alignment.ends[last]))
        )
        done = last + 1
    return tuple(found)


def spread_words(
    words: Sequence[WordSpan], end_s: Seconds, options: WordOptions
) -> tuple[tuple[Seconds, Seconds], ...]:
    """Start and end of each word in seconds from the first frame, widened as the module tells.

    Args:
        words: in order of time.
        end_s: where the utterance ends; no word reaches beyond.
    """
    if not words:
        return ()
    starts = [word.start_frame * options.frame_s for word in words]
    ends = [word.end_frame * options.frame_s for word in words]
    for here in range(len(words) - 1):
        gap = starts[here + 1] - ends[here]
        if gap <= options.join_s:
            ends[here] = starts[here + 1] = ends[here] + gap / 2
        else:
            reach = min(options.margin_s, gap / 2)
            ends[here] += reach
            starts[here + 1] -= reach
    starts[0] = max(starts[0] - options.margin_s, 0.0)
    ends[-1] = min(ends[-1] + options.margin_s, end_s)
    return tuple(zip(starts, ends, strict=True))
