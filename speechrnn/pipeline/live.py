"""Captions while somebody speaks: blocks of audio in, events out.

The same voice detector and cutter as offline say where speech is; only there anything else runs. While an
utterance goes on, the first pass gives its words so far. When a pause ends it, its stretch goes through the
final pass: the very methods that transcribe a recording, so that both give the same text. Nothing is dropped:
a machine that is too slow falls behind, the source waits, and all is said in the end.
Everything but `Progress` depends on the audio alone, not on how it is cut into blocks or how fast it comes.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from statistics import median

import numpy as np

from speechrnn.audio.resample import Samples
from speechrnn.audio.segmentation import (
    WINDOW_S,
    JudgedWindows,
    SpeechCutter,
    Stretch,
)
from speechrnn.pipeline.first_pass import FirstPass, HeardChunk, UtteranceInProgress
from speechrnn.pipeline.live_events import (
    ArrivalClock,
    FinalText,
    HeardFrames,
    LiveClock,
    LiveEvent,
    LiveOptions,
    PartialText,
    Progress,
)
from speechrnn.pipeline.memory import give_back
from speechrnn.pipeline.offline import Recognizer
from speechrnn.pipeline.segments import Words
from speechrnn.text.punctuation import MARKS
from speechrnn.types import SAMPLE_RATE, Seconds, Word

__all__ = [
    "ArrivalClock",
    "FinalText",
    "HeardFrames",
    "LiveClock",
    "LiveEvent",
    "LiveOptions",
    "LiveRecognizer",
    "PartialText",
    "Progress",
]

PROGRESS_S = 0.5  # of audio, from one Progress to the next
IN_TIME_S = 0.5  # audio that waits; with more of it recognition is behind
LOAD_S = 10.0  # time over which the load is measured
N_LATENCIES = 31  # words of which the median latency is told


class LiveRecognizer:
    """Captions speech with a recognizer; cheap to make, so that options may change from run to run.

    Example:
        live = LiveRecognizer(Recognizer.load("asr-en"), LiveOptions.for_latency(0.6))
        for event in live.run(reader.blocks(), clock=clock):
            ...
    """

    def __init__(self, recognizer: Recognizer, options: LiveOptions | None = None) -> None:
        """Takes the recognizer's parts; it is used by one run at a time.

        Raises:
            ConfigError: the recognizer has no beam search.
        """
        self.options = options or LiveOptions()
        self._recognizer = recognizer
        context = recognizer.live_context(self.options.chunk_s, self.options.look_ahead_s)
        self._first_pass = recognizer.first_pass(context)

    def run(self, blocks: Iterable[Samples], *, clock: LiveClock | None = None) -> Iterator[LiveEvent]:
        """The events of one recording; nothing runs before the first is asked for.

        Args:
            blocks: (n,) float32 at 16 kHz, of any length each; where they end, what was said is finished. A
                microphone gives 0.1 s or less: words cannot come before their block.
            clock: when audio arrived; None takes it to arrive when `blocks` gives it.
        """
        own = ArrivalClock() if clock is None else None
        pace = _Pace(own or clock or ArrivalClock())
        session = _Session(self._recognizer, self._first_pass, self.options, pace)
        judged = JudgedWindows(pace.watched(blocks, own), self._recognizer.detector)
        windows_seen = 0
        for windows, probabilities in judged:
            for index in range(len(windows)):
                yield from session.push(windows[index : index + 1], probabilities[index : index + 1])
                windows_seen += 1
                if windows_seen % round(PROGRESS_S / WINDOW_S) == 0:
                    yield pace.progress(windows_seen * WINDOW_S)
        yield from session.finish(judged.n_samples)
        yield pace.progress(judged.n_samples / SAMPLE_RATE)


class _Session:
    """One recording: the stretch that is open, and its utterance in the first pass."""

    def __init__(
        self, recognizer: Recognizer, first_pass: FirstPass, options: LiveOptions, pace: _Pace
    ) -> None:
        self._recognizer, self._first_pass, self._options, self._pace = recognizer, first_pass, options, pace
        self._cutter = SpeechCutter()
        self._writer = recognizer.writer(digits=options.digits)
        self._prepared: tuple[Stretch, Words] = Stretch(start=0.0, waveform=np.zeros(0, np.float32)), ()
        self._utterance: UtteranceInProgress | None = None
        self._next = 0  # window that the utterance hears next
        self._shown: tuple[tuple[Word, ...], tuple[Word, ...]] = ((), ())

    def push(self, window: Samples, probability: Samples) -> Iterator[LiveEvent]:
        """Takes one window, (1, 512) and (1,)."""
        stretches = list(self._cutter.push(window, probability))
        for stretch in stretches:
            yield from self._finish_stretch(stretch)
        opened = self._cutter.open
        if opened is None:
            if self._utterance is not None and not stretches:
                # Too short to be speech, after all.
                yield FinalText(segments=())
            self._utterance = None
            return
        if self._utterance is None:
            if not opened.is_speech:
                return
            self._utterance = self._first_pass.begin(opened.start * WINDOW_S)
            self._next, self._shown = opened.start, ((), ())
        waveform = self._cutter.waveform(self._next)
        self._next = opened.end
        for chunk in self._utterance.feed(waveform):
            yield from self._told(self._utterance, chunk)
        if opened.is_whole:
            self._prepare(opened.start)

    def finish(self, n_samples: int) -> Iterator[LiveEvent]:
        """What is left when the recording has ended after `n_samples`."""
        if self._utterance is not None:
            for chunk in self._utterance.finish():
                yield from self._told(self._utterance, chunk)
        stretches = list(self._cutter.finish(n_samples))
        for stretch in stretches:
            yield from self._finish_stretch(stretch)
        segments = self._writer.finish()
        if segments or (self._utterance is not None and not stretches):
            yield FinalText(segments=segments)

    def _prepare(self, start: int) -> None:
        """The final pass over a stretch that is whole if the silence goes on, while nothing else is to do.

        Where speech goes on after all the work was in vain: a stretch must have grown by a third before it is
        done again, which bounds the work, and a machine that is behind has better things to do.
        """
        stretch = Stretch(start=start * WINDOW_S, waveform=self._cutter.waveform(start))
        done, _ = self._prepared
        n_done = len(done.waveform) if done.start == stretch.start else 0
        if 3 * len(stretch.waveform) >= 4 * n_done and self._pace.is_in_time:
            self._prepared = stretch, self._recognizer.words(stretch)

    def _words(self, stretch: Stretch) -> Words:
        done, words = self._prepared
        if done.start == stretch.start and np.array_equal(done.waveform, stretch.waveform):
            return words
        return self._recognizer.words(stretch)

    def _finish_stretch(self, stretch: Stretch) -> Iterator[LiveEvent]:
        segments = self._writer.add(stretch, self._words(stretch))
        yield FinalText(segments=segments)
        give_back()  # in the pause: what a long sentence took
        opened = self._cutter.open
        if opened is not None and self._utterance is not None:
            start = opened.start * WINDOW_S
            self._utterance.cut(start, segments[-1].end if segments else start)
            yield from self._text(self._utterance)

    def _told(self, utterance: UtteranceInProgress, chunk: HeardChunk) -> Iterator[LiveEvent]:
        if self._options.heard_frames:
            yield HeardFrames(
                start=chunk.start,
                frame_s=self._recognizer.frame_s,
                frames_per_output=self._first_pass.network.sizes.stride,
                log_mel=chunk.log_mel,
                phonemes=np.exp(chunk.log_probs),
                labels=self._first_pass.decoding.labels,
                best=tuple(chunk.log_probs.argmax(axis=1).tolist()),
            )
        yield from self._text(utterance)

    def _text(self, utterance: UtteranceInProgress) -> Iterator[LiveEvent]:
        shown = (utterance.committed, utterance.tail)
        if shown == self._shown:
            return
        self._pace.words_shown((*shown[0], *shown[1]), (*self._shown[0], *self._shown[1]))
        self._shown = shown
        yield PartialText(committed=shown[0], tail=shown[1], heard=utterance.heard)


def same_word(one: Word, other: Word) -> bool:
    """Whether two texts of the same audio show the same word; marks and capitals do not count."""
    texts = {word.text.casefold().rstrip("".join(MARKS)) for word in (one, other)}
    return len(texts) == 1 and one.start < other.end and other.start < one.end


class _Pace:
    """How recognition keeps up with the audio."""

    def __init__(self, clock: LiveClock) -> None:
        self._clock = clock
        self._heard = 0.0  # given to work on
        self._idle_s = 0.0
        self._marks: deque[tuple[Seconds, Seconds]] = deque([(clock.now(), 0.0)])  # now, idle until then
        self._latencies: deque[Seconds] = deque(maxlen=N_LATENCIES)

    def watched(self, blocks: Iterable[Samples], arrivals: ArrivalClock | None) -> Iterator[Samples]:
        """The blocks; the time spent waiting for them is not work."""
        source = iter(blocks)
        while True:
            asked = self._clock.now()
            block = next(source, None)
            if block is None:
                return
            if arrivals is not None:
                arrivals.mark(len(block))
            self._idle_s += self._clock.now() - asked
            self._heard += len(block) / SAMPLE_RATE
            yield block

    def words_shown(self, words: tuple[Word, ...], before: tuple[Word, ...]) -> None:
        """Notes how late the words are that were not there before."""
        now = self._clock.now()
        for word in words:
            if not any(same_word(old, word) for old in before):
                self._latencies.append(max(now - self._clock.arrived(word.end), 0.0))

    @property
    def is_in_time(self) -> bool:
        """Whether the audio that is being worked on has only just arrived."""
        return self._clock.recorded() - self._heard < IN_TIME_S

    def progress(self, heard: Seconds) -> Progress:
        now = self._clock.now()
        self._marks.append((now, self._idle_s))
        while len(self._marks) > 2 and now - self._marks[1][0] >= LOAD_S:
            self._marks.popleft()
        since, idle_s = self._marks[0]
        passed = now - since
        return Progress(
            heard_s=heard,
            behind_s=max(self._clock.recorded() - heard, 0.0),
            latency_s=median(self._latencies) if self._latencies else None,
            load=1.0 - (self._idle_s - idle_s) / passed if passed > 0 else 0.0,
        )
