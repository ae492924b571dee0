"""Adapts a recognizer to a voice, a room, a recording: all its weights go on learning for a minute or two.

What is said is known from a text beside a recording, or it is what the recognizer hears itself: the search,
with its lexicon and its language models, knows better than the network alone, which learns from that.
Lexicon, language models, features and the numbers of the search stay as they are.

Sources: Liao 2013, "Speaker adaptation of context dependent deep neural networks" (all weights, a low rate);
Woodland 2001, "Speaker adaptation for continuous density HMMs: a review" (unsupervised, in two passes).
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from speechrnn.audio.file import FileSource
from speechrnn.audio.segmentation import Detector
from speechrnn.bundles.bundle import CARD, WEIGHTS, Bundle, save_bundle
from speechrnn.bundles.catalog import find_bundle
from speechrnn.bundles.network import load_network
from speechrnn.bundles.phoneme_trigram import load_trigram
from speechrnn.errors import DataError
from speechrnn.evaluation.error_rates import EditCounts, word_errors
from speechrnn.evaluation.manifest import Utterance
from speechrnn.features.log_mel import FeatureOptions
from speechrnn.nets.pronouncer import Pronouncer, PronouncerSizes
from speechrnn.nets.quantize import dequantize, quantize
from speechrnn.nets.recognizer import Recognizer as Network
from speechrnn.nets.recognizer import RecognizerSizes
from speechrnn.ranges import check_ranges
from speechrnn.text.lexicon import Lexicon
from speechrnn.text.normalize import normalize_words
from speechrnn.training.adaptation_data import LONGEST_S, SHORTEST_S, Ear, Example, LeftOut, gather, said
from speechrnn.training.augment import AugmentOptions
from speechrnn.training.data import WaveformCache
from speechrnn.training.dictionary import say_all
from speechrnn.training.loop import LoopOptions, SilentProgress, train
from speechrnn.training.provenance import code_version
from speechrnn.training.recognizer import RecognizerOptions, RecognizerTask
from speechrnn.training.recognizer_bundle import LEXICON, BundleParts, exact_names
from speechrnn.types import SAMPLE_RATE, Seconds

PRONUNCIATION_MODEL = "g2p-en"
LEAST_S = 20.0  # of speech: with less there is little to learn and much to learn by heart
LEAST_HELD_OUT = 2  # pieces

Phase = Literal["hear", "learn", "measure"]
Told = Callable[[Phase, float, float], None]  # phase, done, total: seconds of sound or steps


@dataclass(frozen=True, slots=True, kw_only=True)
class AdaptationOptions:
    """How far it goes.

    Attributes:
        passes: through recordings with a text, 0.1..1000; `most_steps` may end it sooner.
        heard_passes: where the text of any is what was heard: by then it learns its own mistakes by heart.
        most_steps: of 40 s each, 1..100,000.
        learning_rate: at the peak, 1e-6..0.1.
        most_s: seconds of speech without a text that are listened to, 1 or more; recordings share them.
        held_out_every: of the pieces with a text each n-th is measured on, not learned from; 2..1000.
        seed: of order, augmentation and dropout.
    """

    passes: float = 16.0
    heard_passes: float = 6.0
    most_steps: int = 400
    learning_rate: float = 3e-4
    most_s: Seconds = 3600.0
    held_out_every: int = 4
    seed: int = 1

    def __post_init__(self) -> None:
        check_ranges(
            self,
            ("passes", 0.1, 1000),
            ("heard_passes", 0.1, 1000),
            ("most_steps", 1, 100_000),
            ("learning_rate", 1e-6, 0.1),
            ("most_s", 1, 1e9),
            ("held_out_every", 2, 1000),
            prefix="adaptation option ",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Adaptation:
    """What came out.

    Attributes:
        network: with the weights as a bundle stores them, in evaluation mode.
        n_recordings: that were learned from.
        learned_s: seconds of speech in them.
        with_text: whether all of it had a text.
        n_steps: of the training.
        wall_s: seconds that the training took.
        n_held_out: pieces with a text that were not learned from.
        before: word errors on those, of the recognizer as it was; None where there are too few.
        after: of the adapted one.
        left_out: recordings that could not be used.
    """

    network: Network
    n_recordings: int
    learned_s: Seconds
    with_text: bool
    n_steps: int
    wall_s: Seconds
    n_held_out: int
    before: EditCounts | None
    after: EditCounts | None
    left_out: tuple[LeftOut, ...]

    @property
    def better(self) -> bool:
        """Whether fewer words are wrong than before; also where that could not be measured."""
        return self.before is None or self.after is None or self.after.rate < self.before.rate


def adapt(
    base: Bundle,
    ear: Ear,
    recordings: Sequence[Utterance],
    *,
    work_dir: Path,
    options: AdaptationOptions | None = None,
    device: str = "auto",
    detector: Detector[Any] | None = None,
    opened: Callable[[Path], FileSource] = FileSource,
    told: Told = lambda *_: None,
) -> Adaptation:
    """Trains a recognizer on recordings; the bundle stays as it is.

    Args:
        base: the recognizer's bundle.
        ear: the recognizer made of it.
        recordings: each with what is said in it, or with an empty text: then with what `ear` hears. Where
            there are eight pieces with a text or more some are held out to measure on.
        work_dir: an empty folder for sound and weights on the way; some 200 MB.
        options: how far to go.
        device: of the training: auto, cpu, cuda or mps.
        detector: what finds the speech in recordings without a text; None for Silero VAD.
        opened: opens a recording.
        told: told how far it is; what it raises ends the work.

    Raises:
        DataError: there is too little to learn from.
        BundleError: the bundle is damaged, or the letter-to-sound network is missing.
    """
    options = options or AdaptationOptions()
    examples, left_out = gather(
        recordings,
        ear,
        most_s=options.most_s,
        detector=detector,
        opened=opened,
        told=lambda done, total: told("hear", done, total),
    )
    given = [example for example in examples if example.given]
    held_out = given[options.held_out_every - 1 :: options.held_out_every]
    if len(held_out) < LEAST_HELD_OUT:
        held_out = []
    apart = {id(example) for example in held_out}
    learned = [example for example in examples if id(example) not in apart]
    learned_s = sum(len(example.samples) for example in learned) / SAMPLE_RATE
    if learned_s < LEAST_S:
        reasons = "".join(f"; {out.path.name}: {out.reason}" for out in left_out[:3])
        raise DataError(
            f"{learned_s:.0f} s of speech to learn from, {LEAST_S:.0f} s are needed: "
            f"a minute is a beginning, ten minutes are good{reasons}"
        )
    started = time.monotonic()
    network, n_steps = _trained(base, learned, held_out, options, work_dir, device, told)
    wall_s = time.monotonic() - started
    before = after = None
    if held_out:
        texts = [example.text for example in held_out]
        before = word_errors(texts, [example.heard for example in held_out])
        other, heard = ear.with_network(network), []
        for done, example in enumerate(held_out):
            told("measure", done, len(held_out))
            heard.append(said(other.words(example.stretch)))
        after = word_errors(texts, heard)
    return Adaptation(
        network=network,
        n_recordings=len({example.recording.path for example in learned}),
        learned_s=learned_s,
        with_text=all(example.given for example in learned),
        n_steps=n_steps,
        wall_s=wall_s,
        n_held_out=len(held_out),
        before=before,
        after=after,
        left_out=tuple(left_out),
    )


def adapt_to_recording(
    base: Bundle,
    ear: Ear,
    path: Path,
    *,
    duration: Seconds | None = None,
    device: str = "auto",
    opened: Callable[[Path], FileSource] = FileSource,
    told: Told = lambda *_: None,
) -> Adaptation:
    """Adapts to one recording by what is heard in it; the files on the way are temporary.

    Args:
        base, ear, device, opened, told: see `adapt`.
        path: the recording.
        duration: its seconds, for `told`; None where that is not known.

    Raises:
        DataError, BundleError: see `adapt`.
    """
    recording = Utterance(path=path, speaker="", duration=duration or 0.0, corpus="", text="")
    with tempfile.TemporaryDirectory(prefix="speechrnn-adapt-", ignore_cleanup_errors=True) as folder:
        return adapt(base, ear, [recording], work_dir=Path(folder), device=device, opened=opened, told=told)


def save_adapted(base: Bundle, adaptation: Adaptation, bundle_id: str, folder: Path) -> Bundle:
    """Writes the bundle of an adapted recognizer: other weights, scores and card, all else as in `base`.

    Raises:
        OutputError: the folder cannot be written, or holds something else.
    """
    files: dict[str, bytes | str | Path] = {
        name: base.read(name) for name in base.files if name not in (CARD, WEIGHTS)
    }
    source = f"{adaptation.learned_s / 60:.1f} minutes of recordings of the user's own choice"
    tensors = quantize(adaptation.network.state_dict())
    info = replace(
        base.info,
        id=bundle_id,
        trained_on=(*base.info.trained_on, source),
        scores=tuple(_scores(adaptation)),
    )
    card = _card(base, adaptation, bundle_id, source)
    return save_bundle(
        folder, info, tensors=tensors, files=files, card=card, keep_float32=exact_names(tensors)
    )


def _trained(
    base: Bundle,
    learned: Sequence[Example],
    held_out: Sequence[Example],
    options: AdaptationOptions,
    work_dir: Path,
    device: str,
    told: Told,
) -> tuple[Network, int]:
    """The network after its training, and how many steps that took."""
    network = load_network(base, RecognizerSizes, Network)
    task = _task(base, network.sizes, learned, held_out or learned[:1], options, work_dir)
    passes = options.passes if all(example.given for example in learned) else options.heard_passes
    wanted = passes * sum(task.durations) / task.options.batch_s
    n_steps = max(1, min(round(wanted), options.most_steps))
    warmup_steps = min(10, n_steps // 2)
    loop = LoopOptions(
        seed=options.seed,
        epochs=n_steps,  # an epoch has a batch at least
        steps=n_steps,
        learning_rate=options.learning_rate,
        warmup_steps=warmup_steps,
        decay_steps=n_steps - warmup_steps,
        weight_decay=0.0,
        average_decay=0.8,
        validate_every=n_steps,
        device=device,
    )
    trained, _ = train(task, loop, work_dir / "run", progress=_Steps(told))
    stored = {name: weight.cpu() for name, weight in trained.state_dict().items()}
    network.load_state_dict(dequantize(quantize({name: stored[name] for name in network.state_dict()})))
    return network.eval(), n_steps


def _task(
    base: Bundle,
    sizes: RecognizerSizes,
    learned: Sequence[Example],
    held_out: Sequence[Example],
    options: AdaptationOptions,
    work_dir: Path,
) -> RecognizerTask:
    words = {word for example in (*learned, *held_out) for word in normalize_words(example.text)}
    lexicon = Lexicon.from_bytes(base.read(LEXICON))
    if not all(word in lexicon for word in words):
        pronouncer = load_network(find_bundle(PRONUNCIATION_MODEL, "pronouncer"), PronouncerSizes, Pronouncer)
        lexicon = say_all(words, lexicon, pronouncer)
    trigram = load_trigram(base)
    crf_weight, phoneme_weight = (0.7, 0.2) if trigram is not None else (0.0, 0.9)
    return RecognizerTask(
        # As in the last training of models/asr-en, but for what needs an alignment.
        options=RecognizerOptions(
            batch_s=40.0,
            min_s=SHORTEST_S,
            max_s=LONGEST_S,
            crf_weight=crf_weight,
            phoneme_weight=phoneme_weight,
            character_weight=0.3,
            middle_weight=0.2,
            chunked_probability=0.1,
            look_aheads=(0, 4, 8, 16),
        ),
        augment=AugmentOptions(
            warp=0.06,
            speeds=(0.93, 1.0, 1.07),
            noise_probability=0.15,
            reverb_probability=0.1,
            band_probability=0.06,
            frequency_width=15,
            time_masks_per_s=0.6,
            time_width=15,
        ),
        utterances=[replace(example.recording, text=example.text) for example in learned],
        waveforms=WaveformCache.write(work_dir / "learned.pcm", (e.samples for e in learned)),
        validation=[replace(example.recording, text=example.text) for example in held_out],
        validation_waveforms=WaveformCache.write(work_dir / "held-out.pcm", (e.samples for e in held_out)),
        pronunciations=lexicon,
        seed=options.seed,
        parts=BundleParts(
            id=base.info.id,
            sizes=sizes,
            features=FeatureOptions(**base.info.features),
            decoding={},
            lexicon=lexicon,
            language_model=None,
            trained_on=(),
            recipe="",
        ),
        start=base.path,
        trigram=trigram,
    )


class _Steps(SilentProgress):
    """Passes the steps of the loop on."""

    def __init__(self, told: Told) -> None:
        self._told, self._total = told, 0

    def start(self, total: int, done: int) -> None:
        self._total = total
        self._told("learn", done, total)

    def step(self, done: int, parts: dict[str, float]) -> None:
        self._told("learn", done, self._total)


def _scores(adaptation: Adaptation) -> Iterator[dict[str, Any]]:
    for name, counts in (("before adaptation", adaptation.before), ("adapted", adaptation.after)):
        if counts is not None:
            yield {
                "name": f"WER, {name}",
                "test_set": "recordings of the user's own that were held out",
                "value": round(counts.rate, 4),
                "size": f"{adaptation.n_held_out} pieces, {counts.reference} words",
                "command": "speechrnn adapt",
                "commit": code_version(),
            }


def _card(base: Bundle, adaptation: Adaptation, bundle_id: str, source: str) -> str:
    measured = "It was not measured: no text was given, or too little had one."
    if adaptation.before is not None and adaptation.after is not None:
        measured = (
            f"On {adaptation.n_held_out} pieces that it did not learn from ({adaptation.after.reference} "
            f"words) {adaptation.after.rate:.1%} of the words are wrong, where {base.info.id} has "
            f"{adaptation.before.rate:.1%}."
        )
    texts = "and their texts" if adaptation.with_text else "and what it heard in them"
    lines = (
        f"# {bundle_id}",
        "",
        f"`{base.info.id}`, adapted in {adaptation.n_steps} steps to {source} {texts}. Its weights keep "
        "something of these voices: think before you give it away.",
        "",
        "## Scores",
        "",
        measured,
        "",
        f"The card of {base.info.id} says what it was trained on before. Its scores do not hold for this "
        "one: voices unlike those above may be heard worse.",
        "",
    )
    return "\n".join(lines)
