"""Hears an utterance while it is being spoken: samples in, the words so far out.

The same features, network and search as the final pass, each step by step: the network takes a chunk and the
look-ahead behind it, the search goes on where it was, and nothing is ever heard twice. So a second of
speech costs the same at the end of a long utterance as at its beginning. Times are seconds from the start of
the recording; frames are outputs of the network.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray

from speechrnn.audio.resample import Samples
from speechrnn.decoding.streaming import CommitOptions, CommittedWords
from speechrnn.decoding.words import told_words
from speechrnn.evaluation.stages import StageClock
from speechrnn.features.log_mel import LogMel
from speechrnn.features.loudness import RunningLevel
from speechrnn.nets.device import one_thread
from speechrnn.nets.recognizer import Recognizer
from speechrnn.nets.recurrent import Context
from speechrnn.pipeline.word_decoding import BeamDecoding
from speechrnn.types import Seconds, Word


def live_context(network: Recognizer, frame_s: Seconds, chunk_s: Seconds, look_ahead_s: Seconds) -> Context:
    """What the recurrent layers see when so much is heard at a time, and so much behind it.

    Both together are kept within one frame of the network; a network that looks ahead by itself takes what it
    needs for that, if need be from the chunk.
    """
    n_total = max(math.floor((chunk_s + look_ahead_s) / frame_s + 1e-6), network.look_ahead + 1)
    n_ahead = min(max(round(look_ahead_s / frame_s), network.look_ahead), n_total - 1)
    return Context(chunk=n_total - n_ahead, look_ahead=n_ahead - network.look_ahead)


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstPass:
    """The parts that hear, and how; made by `Recognizer.first_pass`. It may serve many utterances.

    Attributes:
        log_mel: the features.
        network: in evaluation mode.
        decoding: search, calibration and labels.
        context: chunk and look-ahead of the network, frames.
        commit: when words stay.
        clock: sums the wall time spent in each part.
    """

    log_mel: LogMel
    network: Recognizer
    decoding: BeamDecoding
    context: Context
    commit: CommitOptions
    clock: StageClock

    def begin(self, start: Seconds) -> UtteranceInProgress:
        """An utterance whose first sample lies at `start`."""
        return UtteranceInProgress(self, start)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class HeardChunk:
    """What the network made of one chunk.

    Attributes:
        start: of its first frame.
        log_mel: (stride t, n_mels) float32, natural log of mel power.
        log_probs: (t, C) float32, natural log, of the phonemes.
    """

    start: Seconds
    log_mel: NDArray[np.float32]
    log_probs: NDArray[np.float32]


class UtteranceInProgress:
    """One utterance, from its pre-roll to the pause that ends it; made by `FirstPass.begin`.

    Attributes:
        committed: words that stay, in order of time.
        tail: words behind them, which may still change.
        heard: up to where the network has listened.
    """

    def __init__(self, parts: FirstPass, start: Seconds) -> None:
        self._parts, self._start = parts, start
        self._device = parts.network.mean.device
        self._level, self._mel_state = RunningLevel(), parts.log_mel.initial()
        self._net_state = parts.network.initial()
        self._samples: list[Samples] = []
        self._n_samples = self._n_levelled = 0
        self._log_mel = torch.zeros(0, parts.log_mel.options.n_mels)  # of the frames that are not out yet
        self._n_frames = 0  # out of the network
        self._search = parts.decoding.decoder.begin()
        self._origin = 0  # the frame at which the search began
        self._log_probs = np.zeros((0, len(parts.decoding.labels)), np.float32)  # from there on
        self._spans = CommittedWords(parts.commit)
        self.committed: tuple[Word, ...] = ()
        self.tail: tuple[Word, ...] = ()

    @property
    def heard(self) -> Seconds:
        return self._start + self._n_frames * self._frame_s

    def feed(self, waveform: Samples) -> Iterator[HeardChunk]:
        """Listens on; gives each chunk that is complete, when the words have been brought up to it.

        Args:
            waveform: (n,) float32 at 16 kHz, the samples behind those of the last call. What comes out does
                not depend on how they are cut.
        """
        self._samples.append(waveform)
        self._n_samples += len(waveform)
        network, context = self._parts.network, self._parts.context
        width = context.chunk + context.look_ahead + network.look_ahead
        while True:
            n_next = network.sizes.stride * (self._n_frames + width)
            n_needed = self._parts.log_mel.n_samples(n_next)
            if self._n_samples < n_needed:
                return
            with self._parts.clock.stage("live net"):
                chunk = self._hear(self._take(n_needed - self._n_levelled))
            with self._parts.clock.stage("live beam"):
                self._decode(chunk.log_probs)
            yield chunk

    def finish(self) -> Iterator[HeardChunk]:
        """What is left when nothing more will come: frames that wait for their look-ahead go without it."""
        with self._parts.clock.stage("live net"):
            chunk = self._hear(self._take(self._n_samples - self._n_levelled), last=True)
        with self._parts.clock.stage("live beam"):
            self._decode(chunk.log_probs)
        yield chunk

    def cut(self, start: Seconds, keep_from: Seconds) -> None:
        """Goes on with what is behind a point, since what was before it is final.

        The network's memory stays. The search begins anew at `start`, from the emissions that it has seen.

        Args:
            start: where the next stretch starts.
            keep_from: words whose middle lies before are dropped.
        """
        origin = max(round((start - self._start) / self._frame_s), self._origin)
        kept_from = round((keep_from - self._start) / self._frame_s)
        self._spans.rebase(origin - self._origin, kept_from - self._origin)
        self.committed = self.committed[len(self.committed) - len(self._spans.committed) :]
        self._log_probs = self._log_probs[origin - self._origin :]
        self._origin = origin
        self._search = self._parts.decoding.decoder.begin()
        with self._parts.clock.stage("live beam"):
            self._search.feed(self._log_probs)
        self.tail = self._told()[len(self._spans.committed) - len(self.committed) :]

    def _take(self, n_samples: int) -> Samples:
        """The next samples that nobody has listened to."""
        joined = np.concatenate(self._samples)
        self._samples = [joined[n_samples:]]
        self._n_levelled += n_samples
        return joined[:n_samples]

    def _hear(self, waveform: Samples, *, last: bool = False) -> HeardChunk:
        parts = self._parts
        with one_thread(), torch.inference_mode():
            levelled = self._level.step(torch.from_numpy(waveform))
            new, self._mel_state = parts.log_mel.step(levelled, self._mel_state)
            if last:
                new = torch.cat([new, parts.log_mel.finish(self._mel_state)])
            self._log_mel = torch.cat([self._log_mel, new])
            output, self._net_state = parts.network.step(
                new[None].to(self._device), self._net_state, parts.context, last=last
            )
            log_probs = output.phonemes[0].cpu().numpy()
        n_heard = parts.network.sizes.stride * len(log_probs)
        chunk = HeardChunk(start=self.heard, log_mel=self._log_mel[:n_heard].numpy(), log_probs=log_probs)
        self._log_mel = self._log_mel[n_heard:].clone()
        self._n_frames += len(log_probs)
        return chunk

    def _decode(self, log_probs: NDArray[np.float32]) -> None:
        # After a cut the search may begin behind what the network has heard.
        early = max(self._origin - (self._n_frames - len(log_probs)), 0)
        log_probs = log_probs[early:]
        self._log_probs = np.concatenate([self._log_probs, log_probs])
        self._spans.update(self._search.step(log_probs), len(self._log_probs))
        told = self._told()
        n_new = len(self._spans.committed) - len(self.committed)
        self.committed += told[:n_new]
        self.tail = told[n_new:]

    def _told(self) -> tuple[Word, ...]:
        """The words behind those that are committed and told already."""
        decoding = self._parts.decoding
        n_old = len(self.committed)
        # The last of the old ones goes along: its neighbour's time depends on it.
        n_along = min(n_old, 1)
        spans = (*self._spans.committed, *self._spans.tail)[n_old - n_along :]
        told = told_words(
            spans,
            self._log_probs,
            calibration=decoding.calibration,
            options=decoding.word_options,
            start=self._start + self._origin * self._frame_s,
        )[n_along:]
        if not n_old:
            return told
        end = self.committed[-1].end
        return tuple(replace(w, start=max(w.start, end), end=max(w.end, end)) for w in told)

    @property
    def _frame_s(self) -> Seconds:
        return self._parts.decoding.word_options.frame_s
