"""A recognizer against utterances whose text is known: what `evaluate` and `bench` share.

Reads files, one after another, through the same pipeline that `transcribe` uses.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from speechrnn.audio.file import FileSource
from speechrnn.audio.source import AudioSource
from speechrnn.errors import SpeechRnnError
from speechrnn.evaluation.error_rates import character_errors, word_errors
from speechrnn.evaluation.manifest import Utterance
from speechrnn.types import SAMPLE_RATE, Seconds, Segment


class SpeechRecognizer(Protocol):
    """What is measured here; the offline pipeline's `Recognizer` is one.

    Attributes:
        model_id: id of the bundle.
        model_sha256: hash of the bundle.
        settings: the options that changed the result, by name.
        stage_seconds: stage -> wall time spent in it so far; empty where it keeps no clock.
    """

    @property
    def stage_seconds(self) -> Mapping[str, Seconds]: ...

    @property
    def model_id(self) -> str: ...

    @property
    def model_sha256(self) -> str: ...

    @property
    def settings(self) -> Mapping[str, Any]: ...

    def transcribe(
        self,
        source: AudioSource,
        *,
        digits: bool = False,
        progress: Callable[[Seconds], None] | None = None,
    ) -> Iterator[Segment]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognized:
    """One utterance and what came out.

    Attributes:
        utterance: what was asked.
        text: what was recognized, in the recognizer's form.
        audio_s: seconds of audio that were read.
        wall_s: seconds that it took, from opening the file to the last word.
        problem: why it failed, in which case `text` is empty; empty where all went well.
        warning: what of the file was missing or repaired; empty where it is sound.
    """

    utterance: Utterance
    text: str
    audio_s: Seconds
    wall_s: Seconds
    problem: str = ""
    warning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerErrors:
    """The measures of one speaker's utterances.

    Attributes:
        speaker: id in the list.
        utterances: how many were measured.
        words: words of the references.
        wer: word error rate as a fraction.
    """

    speaker: str
    utterances: int
    words: int
    wer: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorReport:
    """The measures of a set of utterances, as `evaluate --json` prints them.

    Attributes:
        wer: word error rate as a fraction.
        cer: character error rate as a fraction.
        words: words of the references.
        substitutions: words replaced.
        insertions: words too many.
        deletions: words missing.
        utterances: how many were measured.
        audio_s: seconds of audio.
        wall_s: seconds it took.
        real_time_factor: `wall_s / audio_s`.
        model: id of the bundle.
        model_sha256: hash of the bundle.
        decoder: "greedy" or "beam".
        speakers: each speaker of the list, by id; printed with `--by-speaker`.
    """

    wer: float
    cer: float
    words: int
    substitutions: int
    insertions: int
    deletions: int
    utterances: int
    audio_s: Seconds
    wall_s: Seconds
    real_time_factor: float
    model: str
    model_sha256: str
    decoder: str
    speakers: Sequence[SpeakerErrors]


def recognize_all(
    recognizer: SpeechRecognizer,
    utterances: Sequence[Utterance],
    now: Callable[[], Seconds] = time.perf_counter,
) -> Iterator[Recognized]:
    """Recognizes utterances one after another; nothing runs before the first item.

    A file that cannot be read gives an item with `problem` and does not stop the others.
    """
    for utterance in utterances:
        start = now()
        try:
            with FileSource(utterance.path) as file:
                source = CountedSource(file)
                text = " ".join(segment.text for segment in recognizer.transcribe(source))
        except (SpeechRnnError, OSError) as error:  # an OSError is a disk that went away
            yield Recognized(
                utterance=utterance, text="", audio_s=0.0, wall_s=now() - start, problem=str(error)
            )
            continue
        yield Recognized(
            utterance=utterance,
            text=text,
            audio_s=source.n_samples / SAMPLE_RATE,
            wall_s=now() - start,
            warning=source.warning or "",
        )


def report_errors(
    recognized: Sequence[Recognized], recognizer: SpeechRecognizer, *, decoder: str
) -> ErrorReport:
    """The error rates over all utterances that could be read."""
    measured = [item for item in recognized if not item.problem]
    references = [item.utterance.text for item in measured]
    hypotheses = [item.text for item in measured]
    words = word_errors(references, hypotheses)
    audio_s = sum(item.audio_s for item in measured)
    wall_s = sum(item.wall_s for item in measured)
    return ErrorReport(
        wer=words.rate,
        cer=character_errors(references, hypotheses).rate,
        words=words.reference,
        substitutions=words.substitutions,
        insertions=words.insertions,
        deletions=words.deletions,
        utterances=len(measured),
        audio_s=audio_s,
        wall_s=wall_s,
        real_time_factor=wall_s / audio_s if audio_s else 0.0,
        model=recognizer.model_id,
        model_sha256=recognizer.model_sha256,
        decoder=decoder,
        speakers=_by_speaker(measured),
    )


def _by_speaker(measured: Sequence[Recognized]) -> tuple[SpeakerErrors, ...]:
    said: dict[str, list[Recognized]] = defaultdict(list)
    for item in measured:
        said[item.utterance.speaker].append(item)
    found = []
    for speaker, items in sorted(said.items()):
        words = word_errors([item.utterance.text for item in items], [item.text for item in items])
        found.append(
            SpeakerErrors(speaker=speaker, utterances=len(items), words=words.reference, wer=words.rate)
        )
    return tuple(found)


class CountedSource:
    """A source that counts what is read of it: containers promise lengths that they do not keep."""

    def __init__(self, source: AudioSource) -> None:
        self._source = source
        self.n_samples = 0

    @property
    def duration(self) -> Seconds | None:
        return self._source.duration

    @property
    def warning(self) -> str | None:
        return self._source.warning

    def blocks(self) -> Iterator[Any]:
        for block in self._source.blocks():
            self.n_samples += len(block)
            yield block

    def close(self) -> None:
        self._source.close()
