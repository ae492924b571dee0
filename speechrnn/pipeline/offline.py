"""A recording in, segments out: the offline pipeline, where all parts of recognition meet.

Source -> stretches of speech -> log-mel -> network with full context -> beam over lexicon and language
model -> timed words -> seams -> punctuation and case -> segments. It streams: what is held in memory
is one stretch of at most 25 s. The same recording gives the same segments on every run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, Protocol

import torch
from torch.nn.functional import pad

from speechrnn.audio.segmentation import Detector, Stretch, cut_at_silence
from speechrnn.audio.source import AudioSource
from speechrnn.audio.vad import VoiceDetector
from speechrnn.bundles.bundle import Bundle
from speechrnn.bundles.catalog import find_bundle
from speechrnn.bundles.network import load_network
from speechrnn.decoding.beam import BeamDecoder, BeamOptions
from speechrnn.decoding.confidence import Calibration
from speechrnn.decoding.greedy import greedy_words
from speechrnn.decoding.hotwords import HotWord
from speechrnn.decoding.hypothesis import Hypothesis
from speechrnn.decoding.words import WordOptions, timed_words
from speechrnn.errors import BundleError, ConfigError
from speechrnn.evaluation.stages import StageClock
from speechrnn.features.log_mel import FeatureOptions, LogMel
from speechrnn.features.loudness import level
from speechrnn.nets.device import pick_device
from speechrnn.nets.recognizer import STRIDE, RecognizerSizes
from speechrnn.nets.recognizer import Recognizer as Network
from speechrnn.pipeline.pronounce import load_pronounce
from speechrnn.pipeline.punctuate import Punctuator
from speechrnn.pipeline.seams import join_words
from speechrnn.text.lexicon import Lexicon
from speechrnn.text.numbers import digits_text
from speechrnn.types import Seconds, Segment, Word

PAD_FRAMES = 640  # a stretch is padded to a multiple of this, 6.4 s; the result does not depend on it
SEGMENT_PAUSE_S = 1.0  # a pause this long between words begins a new segment
PUNCTUATION_MODEL = "punct-en"
PRONUNCIATION_MODEL = "g2p-en"


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodeOptions:
    """What the caller changes of the bundle's own decoding; None takes the bundle's value.

    Attributes:
        greedy: best path of the character head alone, without lexicon and language model.
        lm_weight: weight of the language model, 0..20.
        word_score: added for every word, -20..20.
        beam_size: hypotheses kept, 1..5000.
    """

    greedy: bool = False
    lm_weight: float | None = None
    word_score: float | None = None
    beam_size: int | None = None


class WordDecoder(Protocol):
    """From one utterance's two emissions to its words."""

    def __call__(self, phonemes: Any, characters: Any, start: Seconds) -> tuple[Word, ...]: ...


class Recognizer:
    """Transcribes recordings with one bundle; made by `Recognizer.load`.

    Attributes:
        model_id: id of the bundle.
        model_sha256: hash of the bundle.
        settings: everything that changes the text, by name.
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
        self._clock = StageClock()
        self._device = device
        self._detector = detector
        self._punctuator = Punctuator.load(punctuation) if punctuation else None
        features = _filled(FeatureOptions, bundle.info.features, bundle)
        self._log_mel = LogMel(features)
        self._network = load_network(bundle, RecognizerSizes, Network).to(device)
        frame_s = STRIDE * features.hop_length / features.sample_rate
        self._word_options = WordOptions(frame_s=frame_s)
        self.settings: dict[str, Any] = {"decoder": "greedy" if options.greedy else "beam"}
        self._decode: WordDecoder
        if options.greedy:
            if hot_words:
                raise ConfigError("hot words need the lexicon: leave out --greedy")
            self._decode = _GreedyDecoding(bundle.lines("characters.txt"), self._word_options)
        else:
            self._decode = _BeamDecoding(bundle, options, hot_words, self._word_options)
            self.settings |= self._decode.settings
        self.settings["punctuation"] = punctuation.sha256 if punctuation else None

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
        where = pick_device(device)
        return cls(
            find_bundle(model, "recognizer"),
            device=where,
            hot_words=hot_words,
            punctuation=find_bundle(PUNCTUATION_MODEL, "tagger") if punctuation else None,
            options=options or DecodeOptions(),
            detector=detector or VoiceDetector(),
        )

    @property
    def stage_seconds(self) -> Mapping[str, Seconds]:
        """Wall time spent so far in each part: voice, net, beam, punctuation."""
        return self._clock.seconds

    def transcribe(
        self,
        source: AudioSource,
        *,
        digits: bool = False,
        progress: Callable[[Seconds], None] | None = None,
    ) -> Iterator[Segment]:
        """The segments of a recording in order of time; nothing runs before the first is asked for.

        Args:
            source: the recording.
            digits: write numbers as digits in the segments' text; words stay words.
            progress: told how many seconds have been read.

        Raises:
            AudioFormatError: the source cannot be read.
        """
        previous: tuple[Word, ...] = ()
        for words, closes in with_closing(self._joined(self._stretches(source, progress))):
            if self._punctuator is not None:
                with self._clock.stage("punctuation"):
                    words = self._punctuator.punctuate(words, previous, closes)
            previous = words
            texts = [word.text for word in words]
            text = digits_text(texts) if digits else " ".join(texts)
            yield Segment(start=words[0].start, end=words[-1].end, text=text, words=words)

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

        stretches = cut_at_silence(counted(), detector=self._detector)
        while True:
            with self._clock.stage("reading and voice"):
                stretch = next(stretches, None)
            if stretch is None:
                return
            yield stretch

    def _joined(self, stretches: Iterator[Stretch]) -> Iterator[tuple[Word, ...]]:
        """The words of each stretch, those that two stretches hold given once."""
        held: tuple[Word, ...] = ()
        end = 0.0
        for stretch in stretches:
            words = self._words(stretch)
            if stretch.overlap_before:
                held, words = join_words(held, words, overlap_start=stretch.start, overlap_end=end)
            if held:
                yield held
            held, end = words, stretch.end
        if held:
            yield held

    def _words(self, stretch: Stretch) -> tuple[Word, ...]:
        with self._clock.stage("net"), torch.inference_mode():
            log_mel = self._log_mel(level(torch.from_numpy(stretch.waveform)))
            lengths = torch.tensor([len(log_mel)], device=self._device)
            # Few different shapes: oneDNN keeps kernels and buffers for each, and memory must not grow.
            padded = pad(log_mel, (0, 0, 0, -len(log_mel) % PAD_FRAMES))[None].to(self._device)
            output = self._network(padded, lengths)
            n_frames = int(output.lengths[0])
            phonemes = output.phonemes[0, :n_frames].cpu().numpy()
            characters = output.characters[0, :n_frames].cpu().numpy()
        with self._clock.stage("beam"):
            words = self._decode(phonemes, characters, stretch.start)
        # The last frame may reach beyond the last sample.
        return tuple(
            replace(word, start=min(word.start, stretch.end), end=min(word.end, stretch.end))
            for word in words
        )


class _BeamDecoding:
    """Phonemes through the beam search."""

    def __init__(
        self, bundle: Bundle, options: DecodeOptions, hot_words: Sequence[HotWord], word_options: WordOptions
    ) -> None:
        table = dict(bundle.info.decoding)
        calibration, log_prior = table.pop("calibration", {}), table.pop("log_prior", None)
        changes = {f.name: value for f in fields(options) if (value := getattr(options, f.name)) is not None}
        changes.pop("greedy")
        beam = replace(_filled(BeamOptions, table, bundle), **changes)
        self._calibration = Calibration.from_table(calibration)
        self._word_options = word_options
        self._decoder = BeamDecoder(
            bundle.lines("phonemes.txt"),
            Lexicon.from_bytes(bundle.read("lexicon.txt.xz")),
            str(bundle.file("lm.bin")),
            beam,
            hot_words,
            load_pronounce(find_bundle(PRONUNCIATION_MODEL, "pronouncer")) if hot_words else None,
            log_prior,
        )
        self.settings: dict[str, Any] = asdict(beam)
        if hot_words:
            self.settings["hot_words"] = "; ".join(f"{' '.join(h.words)} {h.strength:g}" for h in hot_words)

    def __call__(self, phonemes: Any, characters: Any, start: Seconds) -> tuple[Word, ...]:
        hypotheses = self._decoder.decode(phonemes)
        return timed_words(
            hypotheses, phonemes, calibration=self._calibration, options=self._word_options, start=start
        )


class _GreedyDecoding:
    """The best path of the character head."""

    def __init__(self, labels: Sequence[str], word_options: WordOptions) -> None:
        self._labels, self._word_options = labels, word_options

    def __call__(self, phonemes: Any, characters: Any, start: Seconds) -> tuple[Word, ...]:
        words = greedy_words(characters, self._labels)
        hypothesis = Hypothesis(words=words, score=0.0, acoustic=0.0, language=0.0)
        # Coefficients are fitted to the beam; for one path the likelihood of its labels is all there is.
        calibration = Calibration(posterior=0.0, mean_log_prob=1.0, bias=1.0)
        return timed_words(
            [hypothesis], characters, calibration=calibration, options=self._word_options, start=start
        )


def with_closing(runs: Iterator[tuple[Word, ...]]) -> Iterator[tuple[tuple[Word, ...], bool]]:
    """Cuts runs of words at pauses of `SEGMENT_PAUSE_S`, and tells which group a pause, or the end, follows.

    A run ends where a stretch was cut, which may be in the middle of a sentence.

    Args:
        runs: words in order of time; no run is empty.

    Returns:
        Groups without such a pause inside, each with whether one follows.
    """
    held: tuple[Word, ...] = ()
    for words in runs:
        first = 0
        for here, word in enumerate(words):
            last = words[here - 1] if here else (held[-1] if held else None)
            if last is None or (here and word.start - last.end < SEGMENT_PAUSE_S):
                continue
            if here == 0:
                yield held, word.start - last.end >= SEGMENT_PAUSE_S
            else:
                yield words[first:here], True
                first = here
        held = words[first:]
    if held:
        yield held, True


def _filled(kind: Any, table: Mapping[str, Any], bundle: Bundle) -> Any:
    try:
        return kind(**table)
    except (TypeError, ConfigError) as error:
        raise BundleError(
            f"the bundle {bundle.info.id} has a table that is not for {kind.__name__} ({error}): "
            f"take a bundle that was made for this program ({bundle.path})"
        ) from error
