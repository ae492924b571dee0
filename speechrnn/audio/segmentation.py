"""Cut a stream of audio into stretches of speech that a recognizer can take whole.

Blocks of mono float32 at 16 kHz in, `Stretch`es of at most 25 s out, in order, with their times. Memory is
bounded by the longest stretch, so a recording may be of any length. All positions inside are in windows of
512 samples (32 ms), as the voice detector counts. Sits between `AudioSource.blocks()` and the features.
`cut_at_silence` is for whole recordings; live captioning drives `SpeechCutter` window by window, and looks
into the stretch that is not complete yet.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Generic, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from speechrnn.audio.resample import Samples
from speechrnn.audio.vad import WINDOW, VoiceDetector
from speechrnn.errors import ConfigError
from speechrnn.types import SAMPLE_RATE, Seconds

WINDOW_S = WINDOW / SAMPLE_RATE  # 0.032
QUIET_SPOT_WINDOWS = 7  # 0.22 s: about a syllable, so that a cut in speech falls between two
State = TypeVar("State")


class Detector(Protocol, Generic[State]):
    """What `cut_at_silence` needs of a voice detector; see `vad.VoiceDetector`."""

    def initial(self) -> State: ...

    def step(self, waveform: Samples, state: State, /) -> tuple[NDArray[np.float32], State]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentationOptions:
    """Where to cut.

    Attributes:
        onset: speech begins at a window of at least this probability, 0..1.
        offset: speech goes on while windows have at least this, 0..onset.
        min_silence_s: shorter dips below `offset` are part of the speech (stops, closures).
        min_speech_s: a stretch with less time above `onset` is dropped as noise.
        pre_roll_s: audio kept before the first speech. The detector is sure only at the first vowel;
            an "s" before it, and a breath, can take 0.4 s.
        tail_s: audio kept behind the last speech, for fading last ones.
        split_silence_s: a silence this long always ends a stretch; at least pre-roll and tail together, which
            is the default: the sooner it ends, the sooner a live speaker sees the final text.
        min_cut_s: a stretch that grows too long is cut at its longest silence behind this point.
        max_stretch_s: no stretch is longer.
        overlap_s: where speech runs on for `max_stretch_s`, both sides of the cut hold this much, in whole
            windows.
    """

    onset: float = 0.5
    offset: float = 0.35
    min_silence_s: float = 0.2
    min_speech_s: float = 0.1
    pre_roll_s: float = 0.5
    tail_s: float = 0.5
    split_silence_s: float = 1.0
    min_cut_s: float = 10.0
    max_stretch_s: float = 25.0
    overlap_s: float = 1.5

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            highest = 1.0 if field.name in ("onset", "offset") else 60.0
            _check(field.name, value, 0.0, highest)
        _check("offset", self.offset, 0.0, self.onset)
        _check("split_silence_s", self.split_silence_s, self.pre_roll_s + self.tail_s, 60.0)
        _check("max_stretch_s", self.max_stretch_s, 4 * self.overlap_s + 2.0, 60.0)
        _check("min_cut_s", self.min_cut_s, 0.0, self.max_stretch_s - self.overlap_s)


def _check(name: str, value: float, lowest: float, highest: float) -> None:
    if not lowest <= value <= highest:
        raise ConfigError(f"{name} = {value} in the segmentation options: expected {lowest:g}..{highest:g}")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Stretch:
    """A piece of the recording with speech in it.

    Attributes:
        start: seconds from the start of the recording.
        waveform: (n,) float32 at 16 kHz, in -1..1.
        overlap_before: seconds that the stretch before holds as well; 0 where it was cut at silence.
        overlap_after: seconds that the next stretch holds as well; 0 where it was cut at silence.
        closed: whether a silence of `split_silence_s`, or the end of the recording, ended it; if not it was
            cut since it grew too long.
    """

    start: Seconds
    waveform: Samples
    overlap_before: Seconds = 0.0
    overlap_after: Seconds = 0.0
    closed: bool = True

    @property
    def end(self) -> Seconds:
        """Seconds from the start of the recording."""
        return self.start + len(self.waveform) / SAMPLE_RATE


def cut_at_silence(
    blocks: Iterable[Samples],
    options: SegmentationOptions | None = None,
    detector: Detector[State] | None = None,
) -> Iterator[Stretch]:
    """Find the speech in a stream and cut it where it pauses.

    Neighbouring speech is merged into one stretch until a silence of `split_silence_s`, or until
    `max_stretch_s`: then it is cut at its longest silence, or, where there is none, at its quietest spot with
    an overlap. Nothing is read before the first stretch is asked for. A stream without speech gives none.

    Args:
        blocks: (n,) float32 at 16 kHz, of any length each.
        options: where to cut; the defaults fit speech of all kinds.
        detector: what judges the windows; None loads Silero VAD.
    """
    options = options or SegmentationOptions()
    if detector is None:
        return _cut(blocks, options, VoiceDetector())
    return _cut(blocks, options, detector)


def _cut(
    blocks: Iterable[Samples], options: SegmentationOptions, detector: Detector[State]
) -> Iterator[Stretch]:
    cutter = SpeechCutter(options)
    judged = JudgedWindows(blocks, detector)
    for windows, probabilities in judged:
        yield from cutter.push(windows, probabilities)
    yield from cutter.finish(judged.n_samples)


class JudgedWindows(Generic[State]):
    """Blocks of any length as windows of 512 samples, with the probability of speech in each.

    Attributes:
        n_samples: samples read so far.
    """

    def __init__(self, blocks: Iterable[Samples], detector: Detector[State]) -> None:
        self.n_samples = 0
        self._blocks, self._detector = blocks, detector

    def __iter__(self) -> Iterator[tuple[Samples, NDArray[np.float32]]]:
        """(n, 512) samples and (n,) probabilities, as soon as blocks complete windows.

        The last window is filled up with zeros. Iterate once.
        """
        state = self._detector.initial()
        rest = np.zeros(0, dtype=np.float32)
        for block in self._blocks:
            self.n_samples += len(block)
            rest = np.concatenate([rest, block])
            whole = len(rest) // WINDOW * WINDOW
            if whole:
                probabilities, state = self._detector.step(rest[:whole], state)
                yield rest[:whole].reshape(-1, WINDOW), probabilities
                rest = rest[whole:]
        if len(rest):
            padded = np.pad(rest, (0, WINDOW - len(rest)))
            probabilities, state = self._detector.step(padded, state)
            yield padded[None], probabilities


@dataclass(frozen=True, slots=True)
class _Window:
    samples: Samples
    probability: float
    rms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenStretch:
    """The stretch that is being collected, as far as it is known.

    Attributes:
        start: its first window, counted from the start of the recording.
        end: one past the last window that has been heard.
        is_speech: whether it has enough that surely is speech; if not it may still be dropped as noise.
        is_whole: just now: if the silence goes on until it splits, the stretch ends here.
    """

    start: int
    end: int
    is_speech: bool
    is_whole: bool


class SpeechCutter:
    """The stretch that is being collected, and the rules that end it.

    A region is a span of windows with speech, (start, end) with the end exclusive.
    """

    def __init__(self, options: SegmentationOptions | None = None) -> None:
        self._options = options or SegmentationOptions()
        self._kept: list[_Window] = []
        self._first = 0  # index of the first window that is kept
        self._next = 0  # index of the window to come
        self._regions: list[tuple[int, int]] = []
        self._open: int | None = None  # start of the region that goes on
        self._last_voice = 0  # last window of the open region with speech
        self._start = 0  # of the stretch; where there is none, the earliest that the next may have
        self._overlap_before = 0

    def push(self, windows: Samples, probabilities: NDArray[np.float32]) -> Iterator[Stretch]:
        """Take (n, 512) samples and (n,) probabilities; give the stretches that they complete."""
        levels = np.sqrt(np.mean(np.square(windows), axis=1))
        for samples, probability, rms in zip(windows, probabilities.tolist(), levels.tolist(), strict=True):
            self._kept.append(_Window(samples.copy(), probability, rms))
            self._track(self._next, probability)
            self._next += 1
            if not self._regions and self._open is None:
                self._forget(self._next - _windows(self._options.pre_roll_s))
            elif self._silent_for() >= _windows(self._options.split_silence_s):
                yield from self._emit_all()
            elif self._next - self._start >= _windows(self._options.max_stretch_s):
                yield from self._split()

    @property
    def open(self) -> OpenStretch | None:
        """The stretch that goes on; None in silence."""
        if not self._regions and self._open is None:
            return None
        return OpenStretch(
            start=self._start,
            end=self._next,
            is_speech=self._is_speech(self._start, self._next),
            is_whole=self._silent_for() == _windows(self._options.tail_s),
        )

    def waveform(self, first: int) -> Samples:
        """(n,) samples of the open stretch from window `first` on."""
        return _joined(self._kept[first - self._first :])

    def finish(self, n_samples: int) -> Iterator[Stretch]:
        """Give what is left when the stream has ended after `n_samples`."""
        if self._open is not None:
            self._close_region()
        if self._regions:
            yield from self._emit_all(n_samples)

    def _track(self, index: int, probability: float) -> None:
        """Follow the speech with hysteresis."""
        if self._open is None:
            if probability < self._options.onset:
                return
            if not self._regions:
                # The soft start of a first word lies before the first sure window.
                self._start = max(self._first, index - _windows(self._options.pre_roll_s))
            self._open = self._last_voice = index
        elif probability >= self._options.offset:
            self._last_voice = index
        elif index - self._last_voice >= _windows(self._options.min_silence_s):
            self._close_region()

    def _close_region(self) -> None:
        assert self._open is not None
        self._regions.append((self._open, self._last_voice + 1))
        self._open = None

    def _silent_for(self) -> int:
        return self._next - self._regions[-1][1] if self._open is None else 0

    def _emit_all(self, n_samples: int | None = None) -> Iterator[Stretch]:
        end = min(self._regions[-1][1] + _windows(self._options.tail_s), self._next)
        closed = n_samples is not None or self._silent_for() >= _windows(self._options.split_silence_s)
        yield from self._emit(end, n_samples=n_samples, closed=closed)
        self._regions = []
        self._start = end
        self._forget(max(end, self._next - _windows(self._options.pre_roll_s)))

    def _split(self) -> Iterator[Stretch]:
        """End a stretch that has become too long, and begin the next in what is left of it."""
        cut = self._longest_silence()
        if cut is None:
            yield from self._split_speech()
            return
        if cut == len(self._regions) - 1 and self._open is None:
            yield from self._emit_all()
            return
        gap_start = self._regions[cut][1]
        gap_end = self._regions[cut + 1][0] if cut + 1 < len(self._regions) else self._open
        assert gap_end is not None
        tail, pre_roll = _windows(self._options.tail_s), _windows(self._options.pre_roll_s)
        if gap_end - gap_start >= tail + pre_roll:
            end, start = gap_start + tail, gap_end - pre_roll
        else:
            end = start = gap_start + (gap_end - gap_start) * tail // max(tail + pre_roll, 1)
        yield from self._emit(end)
        self._regions = self._regions[cut + 1 :]
        self._start = start
        self._forget(start)

    def _longest_silence(self) -> int | None:
        """Number of the region before the best silence to cut at, or None where speech runs on."""
        bounds = [*self._regions, (self._next if self._open is None else self._open, self._next)]
        gaps = [
            (right[0] - left[1], index, (left[1] + right[0]) // 2 - self._start)
            for index, (left, right) in enumerate(itertools.pairwise(bounds))
        ]
        late = [gap for gap in gaps if gap[2] >= _windows(self._options.min_cut_s)]
        if late:
            return max(late)[1]
        # Better a short stretch than a cut in a word, but not one without context.
        early = [gap for gap in gaps if gap[2] >= _windows(2 * self._options.overlap_s)]
        return max(early)[1] if early else None

    def _split_speech(self) -> Iterator[Stretch]:
        """Cut where speech runs on: at the quietest spot of the last fifth, with an overlap around it."""
        half = math.ceil(self._options.overlap_s / 2 / WINDOW_S)
        earliest = self._next - max(_windows(self._options.max_stretch_s) // 5, 2 * half)
        levels = np.array([self._kept[i - self._first].rms for i in range(earliest, self._next - half)])
        width = min(QUIET_SPOT_WINDOWS, len(levels))
        smooth = np.convolve(levels, np.ones(width), mode="valid")
        centre = earliest + int(smooth.argmin()) + width // 2
        yield from self._emit(centre + half, overlap_after=2 * half)
        self._regions = [
            (max(start, centre - half), end) for start, end in self._regions if end > centre - half
        ]
        if self._open is not None:
            self._open = max(self._open, centre - half)
        self._start = centre - half
        self._overlap_before = 2 * half
        self._forget(self._start)

    def _is_speech(self, start: int, end: int) -> bool:
        """Whether enough windows of a span are surely speech."""
        windows = itertools.islice(self._kept, start - self._first, end - self._first)
        voiced = (window for window in windows if window.probability >= self._options.onset)
        n_wanted = math.ceil(self._options.min_speech_s / WINDOW_S)
        return sum(1 for _ in itertools.islice(voiced, n_wanted)) >= n_wanted

    def _emit(
        self, end: int, *, overlap_after: int = 0, n_samples: int | None = None, closed: bool = False
    ) -> Iterator[Stretch]:
        overlap_before, self._overlap_before = self._overlap_before, 0
        if not (overlap_before or overlap_after or self._is_speech(self._start, end)):
            return
        waveform = _joined(self._kept[self._start - self._first : end - self._first])
        if n_samples is not None:
            waveform = waveform[: n_samples - self._start * WINDOW]
        yield Stretch(
            start=self._start * WINDOW_S,
            waveform=waveform,
            overlap_before=overlap_before * WINDOW_S,
            overlap_after=overlap_after * WINDOW_S,
            closed=closed,
        )

    def _forget(self, before: int) -> None:
        """Drop the windows before an index."""
        if before > self._first:
            del self._kept[: before - self._first]
            self._first = before


def _joined(windows: Sequence[_Window]) -> Samples:
    return np.concatenate([window.samples for window in windows])


def _windows(length_s: Seconds) -> int:
    return round(length_s / WINDOW_S)
