"""What a recognizer adapts to: recordings, listened to and cut into pieces whose words are known.

A recording of up to 30 s with a text is one piece. A longer one is cut where nobody speaks; which words of
its text belong to a piece is known where what is heard on both sides of a cut stands in the text as well.
Where there is no text the words are those that are heard.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Protocol, Self

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from speechrnn.audio.file import FileSource
from speechrnn.audio.resample import Samples
from speechrnn.audio.segmentation import Detector, Stretch, cut_at_silence
from speechrnn.errors import AudioFormatError, DataError
from speechrnn.evaluation.error_rates import character_errors
from speechrnn.evaluation.manifest import Utterance
from speechrnn.nets.recognizer import Recognizer as Network
from speechrnn.text.normalize import normalize_words
from speechrnn.training.data import to_int16
from speechrnn.types import SAMPLE_RATE, Seconds, Word

SHORTEST_S, LONGEST_S = 0.5, 30.0  # of a piece
WRONG_TEXT = 0.7  # share of wrong characters from which on a text is not taken for what is said
SURE_FROM = 15  # characters: shorter ones may well be misheard to that extent
UNSURE = 0.5  # mean confidence of its words below which a stretch without a text teaches nothing


class Ear(Protocol):
    """What hears a stretch; the pipeline's recognizer is one."""

    def words(self, stretch: Stretch) -> tuple[Word, ...]:
        """The words of a stretch, without marks and capitals."""

    def with_network(self, network: Network) -> Self:
        """The same with other weights."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A recording that is not learned from.

    Attributes:
        path: the file.
        reason: why, for the user.
    """

    path: Path
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Example:
    """A piece of sound and what is said in it.

    Attributes:
        recording: that it is from.
        samples: (n,) int16 at 16 kHz.
        text: as given or heard.
        heard: what the recognizer hears.
        given: whether the text was given.
    """

    recording: Utterance
    samples: NDArray[np.int16]
    text: str
    heard: str
    given: bool

    @property
    def stretch(self) -> Stretch:
        """The sound for an `Ear`."""
        return Stretch(start=0.0, waveform=self.samples.astype(np.float32) / np.float32(32768))


def gather(
    recordings: Sequence[Utterance],
    ear: Ear,
    *,
    most_s: Seconds,
    detector: Detector[Any] | None = None,
    opened: Callable[[Path], FileSource] = FileSource,
    told: Callable[[Seconds, Seconds], None] = lambda *_: None,
) -> tuple[list[Example], list[LeftOut]]:
    """Listens to recordings and cuts them; those that cannot be used are named with the reason.

    Args:
        recordings: with their texts, or an empty one.
        ear: what listens.
        most_s: seconds of speech without a text that are listened to; each recording has its share, from its
            beginning on, so that all voices of a large folder are heard.
        detector: what finds the speech; None for Silero VAD.
        opened: opens a recording.
        told: told (done, total), seconds.
    """
    examples: list[Example] = []
    left_out: list[LeftOut] = []
    read_s = own_s = 0.0
    total_s = sum(recording.duration for recording in recordings)
    n_left = sum(not recording.text.strip() for recording in recordings)

    def told_at(at: Seconds) -> None:
        told(min(read_s + at, total_s), total_s)

    for recording in recordings:
        told_at(0.0)
        try:
            with opened(recording.path) as source:
                if recording.text.strip():
                    found = _with_text(recording, source, ear, detector, told_at)
                else:
                    share_s, n_left = (most_s - own_s) / n_left, n_left - 1
                    found = _heard(recording, source, ear, detector, share_s, told_at)
                    own_s += sum(len(example.samples) for example in found) / SAMPLE_RATE
        except (AudioFormatError, DataError) as error:
            left_out.append(LeftOut(path=recording.path, reason=str(error)))
        else:
            examples += found
        read_s += recording.duration
    told(total_s, total_s)
    return examples, left_out


def said(words: Sequence[Word]) -> str:
    """The words as one line."""
    return " ".join(word.text for word in words)


def sure_cuts(heard: Sequence[Sequence[str]], text: Sequence[str]) -> list[int | None]:
    """Where the stretches of a recording are cut in its text.

    Args:
        heard: the words that were heard in each of n stretches.
        text: the words of the whole recording.

    Returns:
        n + 1 places in `text`, the first 0 and the last its length; None where the words on both sides of a
        cut were not both heard as they stand side by side in the text.

    Example:
        >>> sure_cuts([["a", "b"], ["c", "x"], ["e"]], ["a", "b", "c", "d", "e"])
        [0, 2, None, 5]
    """
    flat = [word for words in heard for word in words]
    place: dict[int, int] = {}
    for block in Levenshtein.opcodes(flat, list(text)):
        if block.tag == "equal":
            place |= dict(zip(range(block.src_start, block.src_end), range(block.dest_start, block.dest_end)))
    cuts: list[int | None] = [0]
    behind = 0
    for words in heard[:-1]:
        behind += len(words)
        before, after = place.get(behind - 1), place.get(behind)
        beside = before is not None and after is not None and after == before + 1
        cuts.append(after if beside else None)
    return [*cuts, len(text)]


def _heard(
    recording: Utterance,
    source: FileSource,
    ear: Ear,
    detector: Detector[Any] | None,
    most_s: Seconds,
    told_at: Callable[[Seconds], None],
) -> list[Example]:
    """The stretches of a recording with what is heard in them, until that is enough.

    Raises:
        DataError: nothing is.
    """
    found, heard_s = [], 0.0
    for stretch in cut_at_silence(source.blocks(), detector=detector):
        told_at(stretch.start)
        words = ear.words(stretch)
        if words and sum(word.confidence for word in words) >= UNSURE * len(words):
            found.append(_example(recording, stretch.waveform, said(words), said(words), given=False))
        heard_s += len(stretch.waveform) / SAMPLE_RATE
        if heard_s >= most_s:
            break
    if not found:
        raise DataError("no speech in it could be understood")
    return found


def _with_text(
    recording: Utterance,
    source: FileSource,
    ear: Ear,
    detector: Detector[Any] | None,
    told_at: Callable[[Seconds], None],
) -> list[Example]:
    """A recording with its text, cut where it is long.

    Raises:
        DataError: it is too short, or something else is said in it.
    """
    text = normalize_words(recording.text)
    if not text:
        raise DataError("its text has no words")
    blocks, n_samples = [], 0
    for block in source.blocks():
        blocks.append(block)
        n_samples += len(block)
        if n_samples > LONGEST_S * SAMPLE_RATE:
            break
    else:
        if n_samples < SHORTEST_S * SAMPLE_RATE:
            raise DataError(f"shorter than {SHORTEST_S:g} s")
        waveform = np.concatenate(blocks)
        heard = said(ear.words(Stretch(start=0.0, waveform=waveform)))
        if not _fits(text, heard):
            raise DataError(
                f"something else seems to be said in it than its text (heard: {heard or 'nothing'})"
            )
        return [_example(recording, waveform, " ".join(text), heard, given=True)]
    stretches, words = [], []
    for stretch in cut_at_silence(source.blocks(), detector=detector):
        told_at(stretch.start)
        stretches.append(stretch)
        words.append(normalize_words(said(ear.words(stretch))))
    found = _pieces(recording, stretches, words, text, ear)
    if not found:
        raise DataError("what is heard in it does not fit its text anywhere: is it of another recording?")
    return found


def _pieces(
    recording: Utterance,
    stretches: Sequence[Stretch],
    heard: Sequence[Sequence[str]],
    text: Sequence[str],
    ear: Ear,
) -> list[Example]:
    """What of a long recording lies between two sure cuts, where that is not too long."""
    if not stretches:
        return []
    cuts = sure_cuts(heard, text)
    for number, stretch in enumerate(stretches):
        # Both sides of such a cut hold the same words.
        if stretch.overlap_before:
            cuts[number] = None
    sure = [number for number, cut in enumerate(cuts) if cut is not None]
    pieces = []
    for first, last in pairwise(sure):
        waveform: Samples = np.concatenate([stretch.waveform for stretch in stretches[first:last]])
        words = text[cuts[first] : cuts[last]]
        if not words or len(waveform) > LONGEST_S * SAMPLE_RATE:
            continue
        # Heard as one, as it will be when the adapted recognizer is measured.
        recognized = said(ear.words(Stretch(start=0.0, waveform=waveform)))
        if _fits(words, recognized):
            pieces.append(_example(recording, waveform, " ".join(words), recognized, given=True))
    return pieces


def _fits(text: Sequence[str], heard: str) -> bool:
    errors = character_errors([" ".join(text)], [heard])
    return errors.rate <= WRONG_TEXT or errors.reference < SURE_FROM


def _example(recording: Utterance, waveform: Samples, text: str, heard: str, *, given: bool) -> Example:
    return Example(recording=recording, samples=to_int16(waveform), text=text, heard=heard, given=given)
