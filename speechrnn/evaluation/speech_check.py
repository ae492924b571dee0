"""Checks that recognize speech: how fast, how well, how soon, and whether silence stays silent.

The test set lies beside this module: ten sentences of our own, spoken by a synthesizer. So the numbers of two
machines can be compared; what a recording from real life gives is another matter, and the findings say so.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from speechrnn.audio.file import FileSource
from speechrnn.audio.resample import Samples
from speechrnn.audio.source import ArraySource
from speechrnn.errors import DataError
from speechrnn.evaluation.benchmark import peak_memory_bytes
from speechrnn.evaluation.error_rates import word_errors
from speechrnn.evaluation.manifest import Utterance, read_manifest
from speechrnn.evaluation.recognition import Recognized, SpeechRecognizer, recognize_all
from speechrnn.evaluation.self_check import Finding, Outcome
from speechrnn.types import SAMPLE_RATE, Seconds

CHECK_SET = Path(__file__).with_name("check_set") / "list.tsv"

QUICK, SLOW = 3.0, 1.0  # times real time
FEW_ERRORS, MANY_ERRORS = 0.10, 0.25  # the shipped model makes none
_FASTER = "Close other programs and plug in the charger; a smaller beam in the settings is faster too."
_BETTER = "Take the model asr-en and its own decoding in the settings, and see that the models are whole."
_CAUTION = (
    "It is clear synthesized speech: real recordings have more errors, and the model's card says how many."
)
_SILENCE_S = 10.0
_LIVE_SENTENCES = 5
_LATE_S, _LOST_S, _BUSY = 0.5, 2.0, 0.8  # behind what the options promise; share of the time
_BLOCK_S = 0.05  # as a microphone gives them
_ROUNDING = 1e-6  # blocks; times are sums of floats


class SpeechTest:
    """One pass over the test set, from which several checks read; made at the first of them."""

    def __init__(
        self,
        load: Callable[[], SpeechRecognizer],
        *,
        check_set: Path = CHECK_SET,
        now: Callable[[], Seconds] = time.perf_counter,
    ) -> None:
        """Args: load: gives the recognizer; called once."""
        self._load, self._check_set, self._now = load, check_set, now
        self._recognizer: SpeechRecognizer | None = None
        self._load_s = 0.0
        self._results: list[Recognized] = []

    def recognizer(self) -> SpeechRecognizer:
        """The recognizer, loaded when it is first asked for.

        Raises:
            SpeechRnnError: it cannot be loaded.
        """
        if self._recognizer is None:
            start = self._now()
            self._recognizer = self._load()
            self._load_s = self._now() - start
        return self._recognizer

    def check_speed(self) -> Finding:
        """How many times faster than real time are recordings transcribed?"""
        # The first sentence warms up: kernels are chosen and memory is taken only once.
        measured = self._recognized()[1:]
        audio_s = sum(item.audio_s for item in measured)
        times = audio_s / max(sum(item.wall_s for item in measured), 1e-9)
        outcome: Outcome = "ok" if times >= QUICK else "warn" if times >= SLOW else "fail"
        text = (
            f"Recordings are transcribed {times:.1f} times as fast as they play: an hour takes "
            f"{60 / times:.0f} minutes."
        )
        if outcome == "fail":
            text += " Live captions fall behind the speaker."
        return Finding(
            name="speed",
            outcome=outcome,
            text=text,
            advice="" if outcome == "ok" else _FASTER,
            values={
                "times_real_time": round(times, 2),
                "real_time_factor": round(1 / times, 4),
                "load_s": round(self._load_s, 2),
                "peak_memory_bytes": peak_memory_bytes(),
            },
        )

    def check_accuracy(self) -> Finding:
        """How many words of the test set are wrong?"""
        results = self._recognized()
        errors = word_errors([item.utterance.text for item in results], [item.text for item in results])
        n_wrong = errors.substitutions + errors.insertions + errors.deletions
        outcome: Outcome = (
            "ok" if errors.rate <= FEW_ERRORS else "warn" if errors.rate <= MANY_ERRORS else "fail"
        )
        return Finding(
            name="accuracy",
            outcome=outcome,
            text=f"{n_wrong} of {errors.reference} words of the built-in test are wrong "
            f"({100 * errors.rate:.1f} %). {_CAUTION}",
            advice="" if outcome == "ok" else _BETTER,
            values={"wer": round(errors.rate, 4), "n_wrong": n_wrong, "n_words": errors.reference},
        )

    def check_silence(self) -> Finding:
        """Does a quiet room give words?"""
        rng = np.random.default_rng(0)
        hiss = (0.002 * rng.standard_normal(round(_SILENCE_S * SAMPLE_RATE))).astype(np.float32)
        segments = list(self.recognizer().transcribe(ArraySource(hiss, SAMPLE_RATE)))
        n_words = sum(len(segment.words) for segment in segments)
        return Finding(
            name="silence",
            outcome="ok" if not n_words else "warn",
            text=f"{_SILENCE_S:.0f} seconds of a quiet hiss give "
            + ("no words." if not n_words else f"{n_words} words that nobody said."),
            values={"n_words": n_words},
        )

    def check_live(self, caption: Callable[[Iterator[Samples], SimulatedClock], LiveMeasure]) -> Finding:
        """How long after a word is it shown?

        Args:
            caption: captions blocks as they come by the clock.
        """
        clock = SimulatedClock(self._now)
        latency_s, load, promised_s = caption(clock.paced(self._speech()), clock)
        if latency_s is None:
            return Finding(name="live", outcome="fail", text="The built-in test gave no words.")
        late_s = latency_s - promised_s
        outcome: Outcome = (
            "fail" if late_s > _LOST_S else "warn" if late_s > _LATE_S or load > _BUSY else "ok"
        )
        text = (
            f"A word is shown {latency_s:.1f} s after it was said, half of them sooner. Recognition keeps "
            f"this machine busy for {100 * load:.0f} % of the time."
        )
        if outcome == "fail":
            text += " That is too slow: captions fall further behind the longer somebody speaks."
        return Finding(
            name="live",
            outcome=outcome,
            text=text,
            advice=""
            if outcome == "ok"
            else "Close other programs, or allow a longer delay in the settings.",
            values={"latency_s": round(latency_s, 3), "load": round(load, 3), "promised_s": promised_s},
        )

    def _recognized(self) -> list[Recognized]:
        if not self._results:
            results = list(recognize_all(self.recognizer(), self._utterances(), self._now))
            for item in results:
                if item.problem:
                    raise DataError(f"the built-in test cannot be read ({item.problem}): install again")
            self._results = results
        return self._results

    def _utterances(self) -> list[Utterance]:
        return read_manifest(self._check_set)

    def _speech(self) -> Samples:
        parts = []
        for utterance in self._utterances()[:_LIVE_SENTENCES]:
            with FileSource(utterance.path) as source:
                parts += list(source.blocks())
        return np.concatenate(parts)


LiveMeasure = tuple[Seconds | None, float, Seconds]  # latency, load, longest latency by the options


class SimulatedClock:
    """Real time, but that waiting for audio takes none; a `pipeline.live_events.LiveClock`.

    So a minute is captioned in the time that its recognition takes, and latencies are as if it was spoken.
    """

    def __init__(self, real: Callable[[], Seconds] = time.perf_counter) -> None:
        self._real = real
        self._start = real()
        self._skipped = 0.0
        self._total = 0.0

    def now(self) -> Seconds:
        """Seconds since the first sample was spoken."""
        return self._real() - self._start + self._skipped

    def arrived(self, heard: Seconds) -> Seconds:
        """The end of the block that holds the sound at `heard`."""
        return math.ceil(heard / _BLOCK_S - _ROUNDING) * _BLOCK_S

    def recorded(self) -> Seconds:
        """All blocks that have ended."""
        return min(math.floor(self.now() / _BLOCK_S + _ROUNDING) * _BLOCK_S, self._total)

    def paced(self, waveform: Samples) -> Iterator[Samples]:
        """The blocks of a recording, none before its time by this clock."""
        n_block = round(_BLOCK_S * SAMPLE_RATE)
        self._total = len(waveform) / SAMPLE_RATE
        self._start, self._skipped = self._real(), 0.0
        for first in range(0, len(waveform), n_block):
            block = waveform[first : first + n_block]
            self._skipped += max((first + len(block)) / SAMPLE_RATE - self.now(), 0.0)
            yield block
