"""Training of the speech recognizer: manifests in, a bundle with its card out.

The loss is CTC over phonemes at the top, over characters at the top, and over phonemes half way up; where the
recipe asks for it, CTC-CRF over the phonemes at the top as well, the cross-entropy of single frames against
an alignment, and the consistency of two masked views. With an alignment utterances can be cut at words, so
that a batch holds many excerpts. An utterance with a word that the lexicon lacks trains its characters only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F
from torchaudio.functional import edit_distance

from speechrnn.bundles.bundle import load_bundle
from speechrnn.bundles.network import load_network
from speechrnn.bundles.phoneme_trigram import load_trigram
from speechrnn.bundles.rescorer import load_rescorer
from speechrnn.decoding.beam import BeamDecoder, BeamOptions
from speechrnn.decoding.greedy import collapse
from speechrnn.decoding.phoneme_trigram import PhonemeTrigram, estimate_trigram
from speechrnn.decoding.rescoring import SecondPass
from speechrnn.errors import ConfigError, DataError
from speechrnn.evaluation.error_rates import word_errors
from speechrnn.evaluation.manifest import Utterance
from speechrnn.features.log_mel import LogMel
from speechrnn.features.loudness import level
from speechrnn.features.warp import warp_bands
from speechrnn.nets.recognizer import Recognizer, RecognizerOutput, RecognizerSizes, unwarped
from speechrnn.nets.recurrent import Context
from speechrnn.text.labels import BLANK, CHARACTERS, PHONEMES, LabelCodec
from speechrnn.text.lexicon import Lexicon
from speechrnn.training.alignment import IGNORED, Senones, Spans, align
from speechrnn.training.augment import AugmentOptions, augment_waveform, mask_frames
from speechrnn.training.consistency import consistency_loss
from speechrnn.training.data import WaveformCache, plan_batches, prefetch
from speechrnn.training.phoneme_crf import CtcCrf
from speechrnn.training.provenance import code_version
from speechrnn.training.recognizer_bundle import BundleParts, write_recognizer
from speechrnn.training.references import Excerpt, References, cut_at_words, whole
from speechrnn.types import SAMPLE_RATE

PAD_FRAMES = 64  # batches are padded to a multiple of this, 0.64 s


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognizerOptions:
    """What the recognizer is trained on and how its loss is weighed.

    Attributes:
        batch_s: seconds of a batch, padding included.
        min_s: shorter recordings are left out.
        max_s: longer recordings are left out.
        phoneme_weight: of the phoneme loss at the top.
        crf_weight: of the CTC-CRF loss of the same head (see `phoneme_crf`); 0 leaves it out.
        character_weight: of the character loss.
        middle_weight: of the phoneme loss half way up.
        senone_weight: of the cross-entropy of single frames (see `alignment`); 0 leaves it out. It needs an
            `aligner` under [data] and factored layers in [net].
        excerpt_s: seconds of the excerpts that utterances are cut into at words, anew for each epoch; 0
            leaves them whole. It needs an `aligner` too.
        consistency_weight: of the consistency of both heads at the top (see `consistency`) between two views
            of each utterance, so that a batch holds half as many different ones; 0 takes one view.
        chunked_probability: of a batch under latency control instead of full context, 0..1.
        chunks: sizes to draw from for such a batch, output frames.
        look_aheads: likewise.
        validation_limit: utterances of the validation list that a validation decodes; 0 is all.
    """

    batch_s: float = 100.0
    min_s: float = 0.5
    max_s: float = 18.0
    phoneme_weight: float = 0.5
    crf_weight: float = 0.0
    character_weight: float = 0.5
    middle_weight: float = 0.3
    senone_weight: float = 0.0
    excerpt_s: float = 0.0
    consistency_weight: float = 0.0
    chunked_probability: float = 0.3
    chunks: tuple[int, ...] = (8, 16, 24, 32)
    look_aheads: tuple[int, ...] = (0, 8, 16)
    validation_limit: int = 200

    def __post_init__(self) -> None:
        if not 0 <= self.chunked_probability <= 1:
            raise ConfigError(f"chunked_probability is {self.chunked_probability}; expected 0 to 1")
        for name in ("consistency_weight", "senone_weight", "excerpt_s"):
            if getattr(self, name) < 0:
                raise ConfigError(f"{name} is {getattr(self, name)}; expected 0 or more")
        if not 0 <= self.min_s < self.max_s <= self.batch_s / self.n_views:
            raise ConfigError(
                f"min_s {self.min_s}, max_s {self.max_s}, batch_s {self.batch_s}; "
                "expected 0 <= min_s < max_s <= batch_s, or half of batch_s with consistency_weight"
            )

    @property
    def n_views(self) -> int:
        """Rows of a batch for each utterance in it."""
        return 2 if self.consistency_weight else 1


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded utterances and their references; two views of the same are B / 2 rows apart.

    Attributes:
        log_mel: (B, T, n_mels) float32.
        lengths: (B,) int64, frames.
        phonemes: per utterance its classes; empty where a word is not in the lexicon.
        characters: likewise.
        senones: (B, T / stride) int64, the class of each output frame, or None.
        context: None for full context.
    """

    log_mel: Tensor
    lengths: Tensor
    phonemes: Sequence[Sequence[int]]
    characters: Sequence[Sequence[int]]
    senones: Tensor | None
    context: Context | None


class RecognizerTask:
    """See `speechrnn.training.loop.Task`."""

    def __init__(
        self,
        *,
        options: RecognizerOptions,
        augment: AugmentOptions,
        utterances: Sequence[Utterance],
        waveforms: WaveformCache,
        validation: Sequence[Utterance],
        validation_waveforms: WaveformCache,
        pronunciations: Lexicon,
        seed: int,
        parts: BundleParts,
        aligner: Path | None = None,
        start: Path | None = None,
        average: Path | None = None,
        trigram: PhonemeTrigram | None = None,
    ) -> None:
        """Prepares references and input normalisation.

        Args:
            options: of data and loss.
            augment: of training input.
            utterances: to train on.
            waveforms: their audio.
            validation: to measure on.
            validation_waveforms: their audio.
            pronunciations: of the words in the references; may hold more than the bundle's lexicon.
            seed: of order and augmentation.
            parts: sizes, features, lexicon and the rest of the bundle to make.
            aligner: a bundle that tells where the phonemes lie.
            start: a bundle whose weights to start from.
            average: a bundle whose weights to average with those of the end.
            trigram: of phonemes, for `crf_weight`; None counts that of the training list.

        Raises:
            DataError: no utterance is usable.
        """
        self.options, self.augment, self.seed, self.parts = options, augment, seed, parts
        self.start, self.average = start, average
        self.sizes = parts.sizes
        self.log_mel = LogMel(parts.features)
        self.waveforms, self.validation_waveforms = waveforms, validation_waveforms
        self.references = References(utterances, pronunciations)
        limit = options.validation_limit or len(validation)
        # Every n-th, so that all speakers are in it.
        stride = max(1, len(validation) // limit)
        self.validation_indices = list(range(0, len(validation), stride))[:limit]
        self.validation_references = References(validation, pronunciations)
        self.durations = [
            n / SAMPLE_RATE if self._usable(n / SAMPLE_RATE, len(characters)) else 0.0
            for n, characters in zip(waveforms.n_samples, self.references.characters, strict=True)
        ]
        if not any(self.durations):
            raise DataError(
                f"none of {len(utterances)} utterances lasts {options.min_s} to {options.max_s} s"
            )
        self.mean, self.scale = self._normalisation()
        self.frame_s = self.sizes.stride * parts.features.hop_s
        self.spans: list[Spans | None] = [None] * len(utterances)
        if aligner is not None:
            self.spans = align(aligner, waveforms, self.references.phonemes)
        self.senones: Senones | None = None
        if options.senone_weight:
            self.senones = Senones(self.spans, self.references.phonemes, len(PHONEMES), self.frame_s)
        self._excerpts = self._cut(0)
        self.crf: CtcCrf | None = None
        if options.crf_weight:
            sequences = [self.references.of(excerpt)[0] for excerpt in self._excerpts[1]]
            self.crf = CtcCrf(trigram or estimate_trigram(sequences, len(PHONEMES)))

    def network(self) -> Recognizer:
        n_senones = self.senones.n_senones if self.senones is not None else 0
        net = Recognizer(replace(self.sizes, n_senones=n_senones))
        net.set_normalisation(self.mean, self.scale)
        if self.start is not None:
            net.load_state_dict(self._weights(self.start, "start", net.new_weights()))
        if self.average is not None:
            self._weights(self.average, "average")  # refused now rather than at the end
        return net

    def _weights(
        self, path: Path, key: str, default: Mapping[str, Tensor] | None = None
    ) -> dict[str, Tensor]:
        """The weights of a bundle that the recipe names under `key`; some may have a default."""
        stored = load_network(load_bundle(path, "recognizer"), RecognizerSizes, Recognizer).state_dict()
        weights = {**(default or {}), **stored}
        expected = {**(default or {}), **Recognizer(self.sizes).state_dict()}
        if {name: w.shape for name, w in weights.items()} != {name: w.shape for name, w in expected.items()}:
            raise DataError(
                f"{path}: its network has other sizes than [net] of the recipe; take a bundle of the same "
                f"sizes, or leave out {key}"
            )
        return weights

    def n_batches(self, epoch: int) -> int:
        return len(self._plan(epoch))

    def batches(self, epoch: int, numbers: range) -> Iterator[Batch]:
        plan, excerpts = self._plan(epoch), self._excerpts_of(epoch)

        def build() -> Iterator[Batch]:
            # Thread-local in OpenMP builds: features of the next batch leave the cores to the network.
            torch.set_num_threads(1)
            for number in numbers:
                # One context for all processes of a step: they wait for the slowest, and chunks are slow.
                context = self._context(np.random.default_rng([self.seed, epoch, number // numbers.step, 1]))
                rng = np.random.default_rng([self.seed, epoch, number])
                yield self._build([excerpts[i] for i in plan[number]], rng, context)

        return prefetch(build())

    def loss(self, net: nn.Module, batch: Batch) -> tuple[Tensor, dict[str, float]]:
        device = next(net.parameters()).device
        output: RecognizerOutput = net(batch.log_mel.to(device), batch.lengths.to(device), batch.context)
        phoneme = ctc_loss(output.phonemes, output.lengths, batch.phonemes)
        character = ctc_loss(output.characters, output.lengths, batch.characters)
        middle = ctc_loss(cast(Tensor, output.middle_phonemes), output.lengths, batch.phonemes)
        o = self.options
        total = o.phoneme_weight * phoneme + o.character_weight * character + o.middle_weight * middle
        parts = {
            "phoneme_loss": float(phoneme.detach()),
            "character_loss": float(character.detach()),
            "middle_loss": float(middle.detach()),
            "chunked": float(batch.context is not None),
        }
        if self.crf is not None:
            crf = self.crf(output.phonemes, output.lengths, batch.phonemes)
            total = total + o.crf_weight * crf
            parts["crf_loss"] = float(crf.detach())
        if output.senones is not None and batch.senones is not None:
            senone = F.nll_loss(
                output.senones.flatten(0, 1), batch.senones.to(device).flatten(), ignore_index=IGNORED
            )
            total = total + o.senone_weight * senone
            parts["senone_loss"] = float(senone.detach())
        if o.n_views == 2:
            consistency = consistency_loss(
                output.phonemes, output.lengths, sum(map(len, batch.phonemes)) // 2
            ) + consistency_loss(output.characters, output.lengths, sum(map(len, batch.characters)) // 2)
            total = total + o.consistency_weight * consistency
            parts["consistency_loss"] = float(consistency.detach())
        return total, parts

    def validate(self, net: nn.Module) -> dict[str, float]:
        """Greedy error rates per phoneme and per character, full context, one warp."""
        errors = {"phoneme": 0, "character": 0}
        counts = {"phoneme": 0, "character": 0}
        for phonemes, characters, index in self._greedy(net, self.validation_indices):
            pairs = {
                "phoneme": (self.validation_references.phonemes[index], phonemes),
                "character": (self.validation_references.characters[index], characters),
            }
            for name, (reference, hypothesis) in pairs.items():
                if reference:
                    errors[name] += int(edit_distance(reference, hypothesis))
                    counts[name] += len(reference)
        return {f"{name}_error_rate": errors[name] / max(1, counts[name]) for name in errors}

    def samples(self, net: nn.Module) -> list[str]:
        codec = LabelCodec(CHARACTERS)
        lines = []
        for _, characters, index in self._greedy(net, self.validation_indices[:3]):
            lines.append(f"reference: {' '.join(self.validation_references.words[index])}")
            lines.append(f"greedy:    {''.join(codec.decode(characters))}")
        return lines

    def save(self, net: nn.Module, scores: dict[str, float], folder: Path) -> None:
        """Writes the bundle, then measures it as it reads back and writes it again with its scores."""
        command = f"speechrnn train recipes/{self.parts.id}.toml"
        net = self._stored(net)
        if self.average is not None:
            net = self._averaged(net, self._weights(self.average, "average"))
        log_prior = self._log_prior(net)
        # Of whole utterances, not of excerpts: the search hears whole ones.
        trigram = estimate_trigram(self.references.phonemes, len(PHONEMES))
        bundle = write_recognizer(folder, net, self.parts, log_prior, (), "", trigram=trigram)
        stored = load_network(bundle, RecognizerSizes, Recognizer)
        second = SecondPass(rescore=load_rescorer(bundle), internal=load_trigram(bundle))
        rows = self._word_error_rates(stored.to(next(net.parameters()).device), log_prior, second, command)
        write_recognizer(folder, net, self.parts, log_prior, rows, self._card(rows), trigram=trigram)

    def _stored(self, net: nn.Module) -> Recognizer:
        """The network without the head that only training has."""
        stored = Recognizer(self.sizes)
        names = stored.state_dict().keys()
        stored.load_state_dict({name: w.cpu() for name, w in net.state_dict().items() if name in names})
        return stored.to(next(net.parameters()).device).eval()

    def _averaged(self, net: nn.Module, others: Mapping[str, Tensor]) -> Recognizer:
        """Another network with the mean of the weights."""
        averaged = Recognizer(self.sizes)
        averaged.load_state_dict(
            {name: (weight.cpu() + others[name]) / 2 for name, weight in net.state_dict().items()}
        )
        return averaged.to(next(net.parameters()).device).eval()

    def _log_prior(self, net: nn.Module) -> list[float]:
        """Log of the mean posterior of each phoneme class over up to 200 recordings of the training list."""
        usable = [index for index, duration in enumerate(self.durations) if duration]
        sums, n_frames = np.zeros(len(PHONEMES) + 1), 0
        with torch.inference_mode():
            for phonemes, _, _ in self._emissions(net, usable[:: max(1, len(usable) // 200)], self.waveforms):
                sums += np.exp(phonemes.astype(np.float64)).sum(axis=0)
                n_frames += len(phonemes)
        return [float(value) for value in np.log(np.maximum(sums / n_frames, 1e-8))]

    def _word_error_rates(
        self, net: nn.Module, log_prior: Sequence[float], second: SecondPass, command: str
    ) -> list[dict[str, Any]]:
        """WER of the whole validation list, cut into utterances: greedy characters, and the beam."""
        found: dict[str, list[str]] = {"greedy characters": []}
        decoder = None
        if self.parts.language_model is not None:
            decoding = {k: v for k, v in self.parts.decoding.items() if k != "calibration"}
            options = BeamOptions(**decoding)
            labels = (BLANK, *PHONEMES)
            decoder = BeamDecoder(
                labels,
                self.parts.lexicon,
                str(self.parts.language_model),
                options,
                log_prior=log_prior,
                second=second,
            )
            found["beam with language model"] = []
        references = []
        with torch.inference_mode():
            everything = range(len(self.validation_references.words))
            for phonemes, characters, index in self._emissions(net, everything, self.validation_waveforms):
                references.append(" ".join(self.validation_references.words[index]))
                spelled = LabelCodec(CHARACTERS).decode(best(characters))
                found["greedy characters"].append("".join(spelled))
                if decoder is not None:
                    found["beam with language model"].append(decoder.decode(phonemes)[0].text)
        return [
            {
                "name": f"WER, {name}",
                "test_set": "validation list, utterance by utterance",
                "value": round(word_errors(references, hypotheses).rate, 4),
                "size": f"{len(references)} utterances",
                "command": command,
                "commit": code_version(),
            }
            for name, hypotheses in found.items()
        ]

    def _card(self, rows: Sequence[Mapping[str, Any]]) -> str:
        s = self.sizes
        factored = f"{s.factored_layers} factored layers and " if s.factored_layers else ""
        lines = [
            f"# {self.parts.id}",
            "",
            f"An English speech recognizer: {s.n_layers} {s.direction} {s.cell.upper()} layers of "
            f"{s.hidden_size} units a direction behind {factored}{2 + 2 * sum(s.blocks)} convolutions, "
            f"CTC over {s.n_phonemes - 1} phonemes and {s.n_characters - 1} characters, a lexicon of "
            f"{len(self.parts.lexicon):,} words. Weights are 8-bit. Licence: Apache-2.0.",
            "",
            "## Trained on",
            "",
            *(f"- {source}" for source in self.parts.trained_on),
            "",
            f"{sum(self.durations) / 3600:.1f} hours of speech in {sum(d > 0 for d in self.durations):,} "
            "utterances; the recipe beside this card says how.",
            "",
            "## Scores",
            "",
            "Development data: it was used to choose settings, so expect a little worse elsewhere.",
            "",
            "| measure | on | value |",
            "| --- | --- | --- |",
            *(f"| {r['name']} | {r['test_set']}, {r['size']} | {r['value']:.1%} |" for r in rows),
            "",
            f"Measured at the end of `{rows[0]['command']}`, at commit {rows[0]['commit']}.",
            "",
        ]
        return "\n".join(lines)

    def _greedy(self, net: nn.Module, indices: Sequence[int]) -> Iterator[tuple[list[int], list[int], int]]:
        # Enough to see how training goes, in a part of the time.
        with unwarped(cast(Recognizer, net)):
            for phonemes, characters, index in self._emissions(net, indices, self.validation_waveforms):
                yield best(phonemes), best(characters), index

    def _emissions(
        self, net: nn.Module, indices: Sequence[int], waveforms: WaveformCache
    ) -> Iterator[tuple[NDArray[np.float32], NDArray[np.float32], int]]:
        """Log-probabilities of both heads, full context, for some recordings."""
        device = next(net.parameters()).device
        order = sorted(indices, key=lambda i: int(waveforms.n_samples[i]))
        for first in range(0, len(order), 8):
            group = [i for i in order[first : first + 8] if waveforms.n_samples[i]]
            if not group:
                continue
            mels = [self.log_mel(level(torch.from_numpy(waveforms[i]))) for i in group]
            lengths = torch.tensor([len(mel) for mel in mels])
            output = net(nn.utils.rnn.pad_sequence(mels, batch_first=True).to(device), lengths.to(device))
            phonemes, characters = output.phonemes.cpu().numpy(), output.characters.cpu().numpy()
            for row, index in enumerate(group):
                n = int(output.lengths[row])
                yield phonemes[row, :n], characters[row, :n], index

    def _plan(self, epoch: int) -> list[list[int]]:
        ascending = epoch == 0 and self.start is None
        batch_s = self.options.batch_s / self.options.n_views
        durations = [excerpt.duration for excerpt in self._excerpts_of(epoch)]
        return plan_batches(
            durations, batch_s, np.random.default_rng([self.seed, epoch]), ascending=ascending
        )

    def _excerpts_of(self, epoch: int) -> list[Excerpt]:
        """What an epoch is made of, in the order of the list; the last epoch's are kept."""
        if self._excerpts[0] != epoch:
            self._excerpts = self._cut(epoch)
        return self._excerpts[1]

    def _cut(self, epoch: int) -> tuple[int, list[Excerpt]]:
        rng = np.random.default_rng([self.seed, epoch, 2])
        excerpts: list[Excerpt] = []
        for index, duration in enumerate(self.durations):
            if not duration:
                continue
            n_words, n_samples = len(self.references.words[index]), int(self.waveforms.n_samples[index])
            excerpt = whole(index, n_words, n_samples)
            if self.options.excerpt_s:
                by_word, spans = self.references.by_word[index], self.spans[index]
                excerpts += cut_at_words(excerpt, by_word, spans, self.options.excerpt_s, rng)
            else:
                excerpts.append(excerpt)
        return epoch, excerpts

    def _context(self, rng: np.random.Generator) -> Context | None:
        """Full context, or for some batches chunks of some size."""
        if rng.random() >= self.options.chunked_probability:
            return None
        chunk, look_ahead = rng.choice(self.options.chunks), rng.choice(self.options.look_aheads)
        return Context(chunk=int(chunk), look_ahead=int(look_ahead))

    def _build(self, excerpts: Sequence[Excerpt], rng: np.random.Generator, context: Context | None) -> Batch:
        views: list[list[Tensor]] = [[] for _ in range(self.options.n_views)]
        senones = []
        for excerpt in excerpts:
            other = int(rng.integers(len(self.durations)))
            babble = self.waveforms[other] if self.durations[other] else None
            original = self.waveforms[excerpt.utterance][excerpt.start : excerpt.end]
            waveform = augment_waveform(original, self.augment, rng, babble)
            frames = self.log_mel(torch.from_numpy(waveform))
            if self.augment.warp:
                frames = warp_bands(frames, 1 + float(rng.uniform(-self.augment.warp, self.augment.warp)))
            mel = frames.numpy()
            senones.append(self._senones_of(excerpt, len(mel), len(original) / len(waveform)))
            for view in views:
                view.append(torch.from_numpy(mask_frames(mel, self.augment, rng)))
        mels = [mel for view in views for mel in view]
        log_mel = nn.utils.rnn.pad_sequence(mels, batch_first=True)
        # Few different shapes: oneDNN keeps compiled kernels and buffers for every one that it has met.
        log_mel = F.pad(log_mel, (0, 0, 0, -log_mel.shape[1] % PAD_FRAMES))
        n_outputs = -(-log_mel.shape[1] // self.sizes.stride)
        references = [self.references.of(excerpt) for excerpt in excerpts] * self.options.n_views
        return Batch(
            log_mel=log_mel,
            lengths=torch.tensor([len(mel) for mel in mels]),
            phonemes=[phonemes for phonemes, _ in references],
            characters=[characters for _, characters in references],
            senones=None
            if self.senones is None
            else torch.stack([F.pad(s, (0, n_outputs - len(s)), value=IGNORED) for s in senones]).repeat(
                self.options.n_views, 1
            ),
            context=context,
        )

    def _senones_of(self, excerpt: Excerpt, n_frames: int, speed: float) -> Tensor:
        """(n_frames / stride,) int64, classes of an excerpt that is now `speed` times as fast."""
        n_outputs, spans = -(-n_frames // self.sizes.stride), self.spans[excerpt.utterance]
        if self.senones is None or spans is None:
            return torch.full((n_outputs,), IGNORED)
        labels = self.references.phonemes[excerpt.utterance]
        start = excerpt.start / SAMPLE_RATE
        return torch.from_numpy(self.senones.targets(spans, labels, n_outputs, self.frame_s * speed, start))

    def _usable(self, duration: float, n_characters: int) -> bool:
        # CTC needs a frame a label; 22 characters a second is faster than anyone reads aloud.
        return self.options.min_s <= duration <= self.options.max_s and 0 < n_characters < 22 * duration

    def _normalisation(self) -> tuple[Tensor, Tensor]:
        """Mean and inverse deviation of each band over up to 300 recordings, spread over the list."""
        usable = [i for i, duration in enumerate(self.durations) if duration]
        total, squares, n = torch.zeros(self.sizes.n_mels), torch.zeros(self.sizes.n_mels), 0
        for index in usable[:: max(1, len(usable) // 300)]:
            mel = self.log_mel(torch.from_numpy(self.waveforms[index]))
            total, squares, n = total + mel.sum(0), squares + (mel**2).sum(0), n + len(mel)
        mean = total / n
        return mean, (squares / n - mean**2).clamp(min=1e-4).rsqrt()


def best(log_probs: NDArray[np.float32]) -> list[int]:
    """Classes of the greedy path through (T, C), repeats and blanks taken out."""
    return [int(label) for label in collapse(log_probs.argmax(axis=1))]


def ctc_loss(log_probs: Tensor, lengths: Tensor, targets: Sequence[Sequence[int]]) -> Tensor:
    """Mean CTC loss per label; utterances without labels, or with too few frames, count nothing.

    Args:
        log_probs: (B, T, C) float32.
        lengths: (B,) int64 frames.
        targets: per utterance its classes, without blanks.

    Returns:
        A scalar.
    """
    keep = [row for row, target in enumerate(targets) if len(target)]
    if not keep:
        return log_probs.sum() * 0
    flat = torch.tensor([label for row in keep for label in targets[row]])
    n_labels = torch.tensor([len(targets[row]) for row in keep])
    losses = F.ctc_loss(
        log_probs[keep].transpose(0, 1),
        flat.to(log_probs.device),
        lengths[keep],
        n_labels.to(log_probs.device),
        reduction="none",
        zero_infinity=True,
    )
    return losses.sum() / n_labels.sum()
