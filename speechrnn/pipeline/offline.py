"""A recording in, segments out: the offline pipeline, where all parts of recognition meet.

Source -> stretches of speech -> log-mel -> network with full context -> beam over lexicon and language
model -> timed words -> seams -> punctuation and case -> segments. It streams: what is held in memory
is one stretch of at most 25 s. The same recording gives the same segments on every run.
The live pipeline takes a `Recognizer` apart: the same detector, `words` and `writer` make its final text.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from torch.nn.functional import pad

from speechrnn.audio.segmentation import Detector, Stretch, cut_at_silence
from speechrnn.audio.source import AudioSource
from speechrnn.audio.vad import VoiceDetector
from speechrnn.bundles.bundle import Bundle
from speechrnn.bundles.catalog import find_bundle
from speechrnn.bundles.network import load_network
from speechrnn.decoding.hotwords import HotWord
from speechrnn.decoding.streaming import CommitOptions
from speechrnn.decoding.words import WordOptions
from speechrnn.errors import ConfigError
from speechrnn.evaluation.stages import StageClock
from speechrnn.features.log_mel import FeatureOptions, LogMel
from speechrnn.features.loudness import level
from speechrnn.nets.device import one_thread, pick_device
from speechrnn.nets.recognizer import Recognizer as Network
from speechrnn.nets.recognizer import RecognizerSizes
from speechrnn.nets.recurrent import Context
from speechrnn.pipeline.first_pass import FirstPass, live_context
from speechrnn.pipeline.hearing import hear
from speechrnn.pipeline.memory import give_back, keep_few_kernels, use_one_heap, without_collector
from speechrnn.pipeline.punctuate import Punctuator
from speechrnn.pipeline.segments import SegmentWriter, Words, unfinished
from speechrnn.pipeline.word_decoding import BeamDecoding, DecodeOptions, filled, load_decoding
from speechrnn.types import SAMPLE_RATE, Seconds, Segment

PAD_FRAMES = 48  # a stretch is padded to a multiple of this, 0.48 s; the result does not depend on it
# What the network leaves in pieces behind a longer stretch the search cannot use: their peaks would add up.
# After shorter ones the next stretch uses it again, which saves a sixth of the time.
LONG_S: Seconds = 15.0
PUNCTUATION_MODEL = "punct-en"


class Recognizer:
    """Transcribes recordings with one bundle; made by `Recognizer.load`.

    Attributes:
        model_id: id of the bundle.
        model_sha256: hash of the bundle.
        settings: everything that changes the text, by name.
        detector: what finds the speech.
        clock: sums the wall time spent in each part.
        frame_s: seconds of one frame of the network's output.
    """

    def __init__(
        self,
        bundle: Bundle,
        *,
        device: torch.device,
        hot_words: Sequence[HotWord],
        punctuation: Bundle | None,
        options: DecodeOptions,
        detector: Detector[Any],
    ) -> None:
        self.model_id, self.model_sha256 = bundle.info.id, bundle.sha256
        self.detector = detector
        self.clock = StageClock()
        self._device = device
        self._punctuator = Punctuator.load(punctuation) if punctuation else None
        features = filled(FeatureOptions, bundle.info.features, bundle)
        self._log_mel = LogMel(features)
        self._network = load_network(bundle, RecognizerSizes, Network).to(device)
        self.frame_s = self._network.sizes.stride * features.hop_s
        self._decoding = load_decoding(bundle, options, hot_words, WordOptions(frame_s=self.frame_s))
        self.settings: dict[str, Any] = {
            **self._decoding.settings,
            "punctuation": punctuation.sha256 if punctuation else None,
        }

    @classmethod
    def load(
        cls,
        model: str | Path = "asr-en",
        *,
        device: str = "auto",
        hot_words: Sequence[HotWord] = (),
        punctuation: bool = True,
        options: DecodeOptions | None = None,
        detector: Detector[Any] | None = None,
    ) -> Recognizer:
        """Loads a recognizer and, if wanted, the punctuation model.

        Args:
            model: id or folder of a bundle.
            device: auto, cpu, cuda or mps.
            hot_words: words to favour.
            punctuation: write punctuation and capital letters.
            options: changes to the bundle's decoding.
            detector: what finds the speech; None for Silero VAD.

        Raises:
            BundleError: a bundle is missing or refused.
            ConfigError: the device is not there, or an option is out of range.
        """
        keep_few_kernels()
        use_one_heap()
        where = pick_device(device)
        with without_collector():
            return cls(
                find_bundle(model, "recognizer"),
                device=where,
                hot_words=hot_words,
                punctuation=find_bundle(PUNCTUATION_MODEL, "tagger") if punctuation else None,
                options=options or DecodeOptions(),
                detector=detector or VoiceDetector(),
            )

    def with_network(self, network: Network) -> Recognizer:
        """The same recognizer with other weights: lexicon, language models and all else are shared.

        Args:
            network: of the same sizes, in evaluation mode.
        """
        other = copy.copy(self)
        other._network = network.to(self._device)
        other.clock = StageClock()
        return other

    @property
    def stage_seconds(self) -> Mapping[str, Seconds]:
        """Wall time spent so far in each part: voice, net, beam, punctuation."""
        return self.clock.seconds

    def transcribe(
        self,
        source: AudioSource,
        *,
        digits: bool = False,
        progress: Callable[[Seconds], None] | None = None,
        after: Segment | None = None,
    ) -> Iterator[Segment]:
        """The segments of a recording in order of time; nothing runs before the first is asked for.

        Args:
            source: the recording.
            digits: write numbers as digits in the segments' text; words stay words.
            progress: told how many seconds have been read.
            after: the last segment of an earlier call that was broken off: the segments behind it are given,
                the same as that call would have given. The recording is read from its beginning, which takes
                a small part of the time that recognition took: a place in a compressed file is only found
                exactly by counting samples, and the voice detector remembers what it heard.

        Raises:
            AudioFormatError: the source cannot be read.
        """
        writer = self.writer(digits=digits, after=after)
        stretches = self._stretches(source, progress)
        for stretch in stretches if after is None else unfinished(stretches, after.end):
            yield from writer.add(stretch, self.words(stretch))
        yield from writer.finish()

    def writer(self, *, digits: bool = False, after: Segment | None = None) -> SegmentWriter:
        """What makes segments of the words of one recording's stretches; arguments as of `transcribe`."""
        return SegmentWriter(self._punctuate if self._punctuator else None, digits=digits, after=after)

    def words(self, stretch: Stretch) -> Words:
        """The words of a stretch, heard with full context; no marks, no capitals."""
        long = len(stretch.waveform) > LONG_S * SAMPLE_RATE
        with self.clock.stage("net"), one_thread(), torch.inference_mode():
            if long:
                give_back()
            log_mel = self._log_mel(level(torch.from_numpy(stretch.waveform)))
            lengths = torch.tensor([len(log_mel)], device=self._device)
            # Few different shapes: oneDNN keeps kernels and buffers for each, and memory must not grow.
            padded = pad(log_mel, (0, 0, 0, -len(log_mel) % PAD_FRAMES))[None].to(self._device)
            phonemes, characters = hear(self._network, padded, lengths)
            if long:
                give_back()
        with self.clock.stage("beam"):
            words = self._decoding(phonemes, characters, stretch.start)
        # The last frame may reach beyond the last sample.
        return tuple(
            replace(word, start=min(word.start, stretch.end), end=min(word.end, stretch.end))
            for word in words
        )

    def live_context(self, chunk_s: Seconds, look_ahead_s: Seconds) -> Context:
        """See `first_pass.live_context`."""
        return live_context(self._network, self.frame_s, chunk_s, look_ahead_s)

    def first_pass(self, context: Context) -> FirstPass:
        """What hears speech while it is spoken, with the same network and search.

        Args:
            context: chunk and look-ahead of the recurrent layers, frames of the network.

        Raises:
            ConfigError: the recognizer was made without the beam.
        """
        if not isinstance(self._decoding, BeamDecoding):
            raise ConfigError("captions while somebody speaks need the lexicon: leave out --greedy")
        return FirstPass(
            log_mel=self._log_mel,
            network=self._network,
            decoding=self._decoding,
            context=context,
            commit=CommitOptions(),
            clock=self.clock,
        )

    def _punctuate(self, words: Words, before: Words, closes: bool) -> Words:
        assert self._punctuator is not None
        with self.clock.stage("punctuation"), one_thread():
            return self._punctuator.punctuate(words, before, closes)

    def _stretches(
        self, source: AudioSource, progress: Callable[[Seconds], None] | None
    ) -> Iterator[Stretch]:
        n_samples = 0

        def counted() -> Iterator[Any]:
            nonlocal n_samples
            for block in source.blocks():
                n_samples += len(block)
                if progress is not None:
                    progress(n_samples / self._log_mel.options.sample_rate)
                yield block

        stretches = cut_at_silence(counted(), detector=self.detector)
        while True:
            with self.clock.stage("reading and voice"):
                stretch = next(stretches, None)
            if stretch is None:
                return
            yield stretch
