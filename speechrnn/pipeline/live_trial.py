"""Live captioning of a recording as fast as it can, as though it were being spoken.

A simulated clock lets audio arrive in real time and takes the computation for as long as it is: what comes
out are the captions and the latencies that this machine gives, in a fraction of the time. `evaluate --live`
and the benchmarks stand on it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from speechrnn.audio.resample import Samples
from speechrnn.audio.source import AudioSource
from speechrnn.evaluation.error_rates import word_errors
from speechrnn.evaluation.recognition import Recognized
from speechrnn.pipeline.live import LiveRecognizer, same_word
from speechrnn.pipeline.live_events import FinalText, LiveOptions, PartialText
from speechrnn.pipeline.offline import Recognizer
from speechrnn.types import SAMPLE_RATE, Seconds, Segment, Word

BLOCK = SAMPLE_RATE // 20  # 50 ms, as a microphone gives


class SimulatedClock:
    """Time as a live listener has it: audio comes in real time, computation takes what it takes.

    Example:
        >>> clock = SimulatedClock(iter([0.0, 0.0, 0.0, 7.0]).__next__)
        >>> [len(block) for block in clock.blocks([np.zeros(800, np.float32)])]
        [800]
        >>> clock.now()  # seven seconds of work behind the 50 ms of audio
        7.05
    """

    def __init__(self, now: Callable[[], Seconds] = time.perf_counter) -> None:
        self._stopwatch = now
        self._n_samples = 0
        self._now, self._since = 0.0, now()

    def blocks(self, source: Iterable[Samples]) -> Iterator[Samples]:
        """The audio in blocks as small as a microphone's; each comes when it has been spoken."""
        for large in source:
            for at in range(0, len(large), BLOCK):
                block = large[at : at + BLOCK]
                self._n_samples += len(block)
                # Reading the source is no part of recognition.
                now = self.now() if at else self._now
                self._now = max(now, self._n_samples / SAMPLE_RATE)
                self._since = self._stopwatch()
                yield block
            self._now = self.now()

    def now(self) -> Seconds:
        """Seconds since the recording began."""
        return self._now + self._stopwatch() - self._since

    def arrived(self, heard: Seconds) -> Seconds:
        """Audio arrives as it is spoken."""
        return heard

    def recorded(self) -> Seconds:
        """How much has been spoken by now; the speaker does not wait."""
        return max(self.now(), self._n_samples / SAMPLE_RATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveTrial:
    """What a reader of the captions of one recording saw.

    Attributes:
        first_text: the words on the screen when the final text came, before it took their place.
        segments: the final text.
        word_delays: for each final word, seconds from its end in the audio to its first showing.
        final_delays: for each final text, seconds from the end of its last word to its showing, the pause
            that ends an utterance included.
        n_shown: words that came onto the screen before they were final.
        n_revised: those of them that left it, or were changed, before they were final.
    """

    first_text: str
    segments: tuple[Segment, ...]
    word_delays: tuple[Seconds, ...]
    final_delays: tuple[Seconds, ...]
    n_shown: int
    n_revised: int


def try_live(
    live: LiveRecognizer, source: Iterable[Samples], stopwatch: Callable[[], Seconds] = time.perf_counter
) -> LiveTrial:
    """Captions a recording and notes what its reader sees.

    Args:
        live: the recognizer.
        source: (n,) float32 at 16 kHz, of any length each.
        stopwatch: what the computation is timed by; one that stands still leaves it out.
    """
    clock = SimulatedClock(stopwatch)
    reader = _Reader(clock)
    for event in live.run(clock.blocks(source), clock=clock):
        if isinstance(event, PartialText):
            reader.partial(event)
        elif isinstance(event, FinalText):
            reader.final(event)
    return reader.trial()


class LiveTranscriber:
    """Live captioning that passes for a transcription, so that it can be measured like one.

    Attributes:
        trials: one for each recording that was read to its end.
        model_id, model_sha256, settings: of the recognizer, and the latency.
    """

    def __init__(self, recognizer: Recognizer, options: LiveOptions) -> None:
        self.trials: list[LiveTrial] = []
        self.model_id, self.model_sha256 = recognizer.model_id, recognizer.model_sha256
        self.settings: dict[str, Any] = {
            **recognizer.settings,
            "chunk_s": options.chunk_s,
            "look_ahead_s": options.look_ahead_s,
        }
        self._recognizer, self._live = recognizer, LiveRecognizer(recognizer, options)

    @property
    def stage_seconds(self) -> Mapping[str, Seconds]:
        """Wall time spent so far in each part."""
        return self._recognizer.stage_seconds

    def transcribe(
        self,
        source: AudioSource,
        *,
        digits: bool = False,
        progress: Callable[[Seconds], None] | None = None,
    ) -> Iterator[Segment]:
        """The final segments, once the whole source has been captioned; `digits` is up to the options."""
        trial = try_live(self._live, source.blocks())
        self.trials.append(trial)
        yield from trial.segments


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveReport:
    """What `evaluate --live` adds to the error rates of the final text.

    Attributes:
        chunk_s: audio that the network takes in one step.
        look_ahead_s: audio behind it that it also hears.
        first_wer: word error rate of the words that stood on the screen when the final text came.
        revised: share of the words shown that were changed or taken back before that.
        latency_median_s: from the end of a word in the audio to its first showing.
        latency_p95_s: 95 of 100 words came sooner.
        final_latency_median_s: from the end of the last word to the final text, the pause included.
        final_latency_p95_s: 95 of 100 final texts came sooner.
    """

    chunk_s: Seconds
    look_ahead_s: Seconds
    first_wer: float
    revised: float
    latency_median_s: Seconds | None
    latency_p95_s: Seconds | None
    final_latency_median_s: Seconds | None
    final_latency_p95_s: Seconds | None


def report_live(recognized: Sequence[Recognized], transcriber: LiveTranscriber) -> LiveReport:
    """The measures over all recordings that could be read.

    Args:
        recognized: what came out, in the order of the trials.
        transcriber: that made it.
    """
    trials = transcriber.trials
    references = [item.utterance.text for item in recognized if not item.problem]
    shown = sum(trial.n_shown for trial in trials)
    words = [delay for trial in trials for delay in trial.word_delays]
    finals = [delay for trial in trials for delay in trial.final_delays]
    return LiveReport(
        chunk_s=transcriber.settings["chunk_s"],
        look_ahead_s=transcriber.settings["look_ahead_s"],
        first_wer=word_errors(references, [trial.first_text for trial in trials]).rate,
        revised=sum(trial.n_revised for trial in trials) / shown if shown else 0.0,
        latency_median_s=_quantile(words, 0.5),
        latency_p95_s=_quantile(words, 0.95),
        final_latency_median_s=_quantile(finals, 0.5),
        final_latency_p95_s=_quantile(finals, 0.95),
    )


def _quantile(values: Sequence[float], share: float) -> float | None:
    return float(np.quantile(values, share)) if values else None


class _Reader:
    """Remembers what was on the screen, and when."""

    def __init__(self, clock: SimulatedClock) -> None:
        self._clock = clock
        self._screen: list[Word] = []
        self._replaced: list[Word] = []  # on the screen when the last final text came
        self._firsts: list[tuple[Word, Seconds]] = []
        self._read: list[Word] = []
        self._segments: list[Segment] = []
        self._word_delays: list[Seconds] = []
        self._final_delays: list[Seconds] = []
        self._n_shown = self._n_revised = 0

    def partial(self, event: PartialText) -> None:
        now, words = self._clock.now(), [*event.committed, *event.tail]
        if self._replaced:
            # The final text was that of the first words only, if the utterance goes on.
            self._screen = [word for word in self._replaced if _among(words, word)]
            self._read += [word for word in self._replaced if not _among(words, word)]
            self._replaced = []
        new = [word for word in words if not _among(self._screen, word)]
        self._firsts += [(word, now) for word in new]
        self._n_shown += len(new)
        self._n_revised += sum(not _among(words, word) for word in self._screen)
        self._screen = words

    def final(self, event: FinalText) -> None:
        now = self._clock.now()
        self._read += self._replaced
        self._replaced, self._screen = self._screen, []
        words = [word for segment in event.segments for word in segment.words]
        for word in words:
            shown = [at for first, at in self._firsts if same_word(first, word)]
            self._word_delays.append(min(shown, default=now) - word.end)
        if words:
            self._final_delays.append(now - words[-1].end)
            self._firsts = [(word, at) for word, at in self._firsts if word.end > words[-1].end]
        self._segments += event.segments

    def trial(self) -> LiveTrial:
        return LiveTrial(
            first_text=" ".join(word.text for word in (*self._read, *self._replaced)),
            segments=tuple(self._segments),
            word_delays=tuple(self._word_delays),
            final_delays=tuple(self._final_delays),
            n_shown=self._n_shown,
            n_revised=self._n_revised,
        )


def _among(words: Iterable[Word], word: Word) -> bool:
    return any(same_word(word, other) for other in words)
