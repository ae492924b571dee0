"""What a recognizer should write: phonemes, characters or pieces of words, from the same hearing.

    python benchmarks/output_units.py --model models/asr-en --train train.tsv --manifest dev.tsv --limit 120

All layers of the bundle below its recurrent ones stay as they are. Above them a recurrent stack of the
bundle's size and a head are trained anew for each unit, by CTC alone, on the same utterances in the same
order. Told are the word errors of the best path, where the unit spells words, and of the beam search with
lexicon and language model, at the best of a few weights. The layers below learned phonemes and characters:
that is on their side.
"""

# ruff: noqa: T201 - what it prints is its result
from __future__ import annotations

import itertools
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from conditions import arguments_parser, listed_utterances, read_waveform
from numpy.typing import NDArray
from torch import Tensor, nn

from speechrnn.bundles.catalog import find_bundle
from speechrnn.bundles.network import load_network
from speechrnn.decoding.beam import BeamDecoder, BeamOptions
from speechrnn.decoding.greedy import greedy_runs
from speechrnn.evaluation.error_rates import normalise, word_errors
from speechrnn.evaluation.manifest import Utterance, read_manifest
from speechrnn.features.log_mel import FeatureOptions, LogMel
from speechrnn.features.loudness import level
from speechrnn.nets.recognizer import Recognizer, RecognizerSizes, unwarped
from speechrnn.nets.recurrent import RecurrentStack
from speechrnn.text.codec import TextCodec
from speechrnn.text.labels import PHONEMES, LabelCodec
from speechrnn.text.lexicon import Lexicon

LM_WEIGHTS = (0.5, 0.7, 0.9, 1.1)
PRIOR_WEIGHTS = (0.0, 0.3)
BATCH_S = 80.0


@dataclass(frozen=True, slots=True)
class Heard:
    """What the layers below give for one utterance: (T, C) float16; and its words."""

    frames: Tensor
    words: Sequence[str]


@dataclass(frozen=True, slots=True)
class Unit:
    """Symbols and how words are written in them; the first spelling is the one to learn.

    Attributes:
        name: for the table.
        symbols: as classes, the blank first.
        spellings: word -> its spellings; a symbol that begins with a space begins a word.
        spells: whether symbols can be read as words.
    """

    name: str
    symbols: LabelCodec
    spellings: Mapping[str, Sequence[Sequence[str]]]
    spells: bool

    def targets(self, words: Sequence[str]) -> list[int]:
        """Classes of a sentence."""
        return [label for word in words for label in self.symbols.encode(self.spellings[word][0])]


def units(lexicon: Lexicon, texts: Sequence[str], n_pieces: Sequence[int]) -> Iterator[Unit]:
    """Phonemes, characters, and pieces as byte-pair encoding learns them from the training's text."""
    yield Unit("phonemes", LabelCodec(PHONEMES), lexicon, spells=False)
    text = "\n".join(" " + t for t in texts)
    for n in (0, *n_pieces):
        codec = TextCodec.of(text, n_pieces=n)
        written = {word: [[codec.vocabulary[t] for t in codec.encode(" " + word)[0]]] for word in lexicon}
        symbols = LabelCodec(codec.vocabulary[1:])  # without the line feed
        yield Unit(f"{n} pieces" if n else "characters", symbols, written, spells=True)


def hear(
    net: Recognizer, features: FeatureOptions, utterances: Sequence[Utterance], known: Lexicon
) -> list[Heard]:
    """The utterances through the layers below; those with words that the lexicon lacks are left out."""
    log_mel = LogMel(features)
    found: list[Heard] = []
    kept: list[Tensor] = []
    hook = net.stack.register_forward_pre_hook(lambda _, arguments: kept.append(arguments[0]))
    with hook, torch.inference_mode(), unwarped(net):
        for utterance in utterances:
            words = normalise(utterance.text).lower().split()
            if all(word in known for word in words):
                frames = log_mel(level(torch.from_numpy(read_waveform(utterance))))[None]
                net(frames, torch.tensor([frames.shape[1]]))
                found.append(Heard(kept.pop()[0].half(), words))
    return found


class Above(nn.Module):
    """A recurrent stack and a head over the symbols of one unit."""

    def __init__(self, sizes: RecognizerSizes, n_in: int, n_labels: int) -> None:
        super().__init__()
        self.stack = RecurrentStack(
            n_in, sizes.hidden_size, sizes.n_layers, cell=sizes.cell, direction=sizes.direction, dropout=0.2
        )
        self.head = nn.Linear(self.stack.output_size, n_labels)

    def forward(self, frames: Tensor, lengths: Tensor) -> Tensor:
        """(B, T, n_labels) natural logs of (B, T, n_in)."""
        return torch.log_softmax(self.head(self.stack(frames, lengths)), -1)


def train(net: Above, heard: Sequence[Heard], unit: Unit, *, steps: int, frame_s: float) -> None:
    """By CTC, with a rate that rises for a twentieth of the steps and falls to nothing."""
    rng = np.random.default_rng(0)
    optimiser = torch.optim.AdamW(net.parameters(), lr=2e-3, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 2e-3, total_steps=steps, pct_start=0.05)
    net.train()
    for batch in itertools.islice(_batches(heard, rng, frame_s), steps):
        lengths = torch.tensor([len(h.frames) for h in batch])
        frames = nn.utils.rnn.pad_sequence([h.frames.float() for h in batch], batch_first=True)
        targets = [unit.targets(h.words) for h in batch]
        loss = nn.functional.ctc_loss(
            net(frames, lengths).transpose(0, 1),
            torch.tensor(list(itertools.chain(*targets))),
            lengths,
            torch.tensor([len(t) for t in targets]),
            zero_infinity=True,
        )
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        schedule.step()


def _batches(heard: Sequence[Heard], rng: np.random.Generator, frame_s: float) -> Iterator[Sequence[Heard]]:
    order = np.argsort([len(h.frames) for h in heard], kind="stable").tolist()
    groups: list[list[int]] = [[]]
    for i in order:
        if groups[-1] and (len(groups[-1]) + 1) * len(heard[i].frames) * frame_s > BATCH_S:
            groups.append([])
        groups[-1].append(i)
    while True:
        for g in rng.permutation(len(groups)):
            yield [heard[i] for i in groups[g]]


def report(
    unit: Unit, log_probs: Sequence[NDArray[np.float32]], heard: Sequence[Heard], lm_path: str, note: str
) -> None:
    """One row of the table."""
    references = [" ".join(h.words) for h in heard]
    greedy = "-"
    if unit.spells:
        paths = [greedy_runs(scores).labels for scores in log_probs]
        texts = ["".join(unit.symbols.decode(path)).strip() for path in paths]
        greedy = f"{word_errors(references, texts).rate:.1%}"
    log_prior = np.log(np.mean([np.exp(scores).mean(axis=0) for scores in log_probs], axis=0) + 1e-8)
    rates = {}
    for lm_weight, prior_weight in itertools.product(LM_WEIGHTS, PRIOR_WEIGHTS):
        decoder = BeamDecoder(
            unit.symbols.labels,
            unit.spellings,
            lm_path,
            BeamOptions(beam_size=400, beam_size_token=9, lm_weight=lm_weight, prior_weight=prior_weight),
            log_prior=log_prior.tolist(),
        )
        found = [decoder.decode(scores)[0].text for scores in log_probs]
        rates[word_errors(references, found).rate] = f"{lm_weight:g}, {prior_weight:g}"
    best = min(rates)
    print(
        f"| {unit.name} | {len(unit.symbols) - 1} | {greedy} | {best:.1%} ({rates[best]}) | {note} |",
        flush=True,
    )


def main() -> int:
    """Reads the command line, measures, prints a table."""
    parser = arguments_parser(__doc__)
    parser.add_argument("--train", type=Path, required=True, help="TSV to learn from")
    parser.add_argument("--every", type=int, default=2, help="learn from each n-th utterance")
    parser.add_argument("--steps", type=int, default=1000, help=f"of {BATCH_S:g} s of speech")
    parser.add_argument("--pieces", type=int, nargs="*", default=[200, 1000], help="numbers of pieces to try")
    arguments = parser.parse_args()
    bundle = find_bundle(arguments.model, "recognizer")
    lexicon = Lexicon.from_bytes(bundle.read("lexicon.txt.xz"))
    features = FeatureOptions(**bundle.info.features)
    below = load_network(bundle, RecognizerSizes, Recognizer)
    frame_s = below.sizes.stride * features.hop_s
    learned = hear(below, features, read_manifest(arguments.train)[:: arguments.every], lexicon)
    asked = hear(below, features, listed_utterances(arguments), lexicon)
    hours = sum(len(h.frames) for h in learned) * frame_s / 3600
    print(f"{hours:.1f} hours to learn from, {arguments.steps} steps; measured on {len(asked)} utterances\n")
    print("| unit | symbols | greedy | beam (lm_weight, prior_weight) | seconds of training |")
    print("| --- | --- | --- | --- | --- |")
    texts = [" ".join(h.words) for h in learned]
    for unit in units(lexicon, texts, arguments.pieces):
        torch.manual_seed(0)
        net = Above(below.sizes, learned[0].frames.shape[1], len(unit.symbols))
        start = time.monotonic()
        train(net, learned, unit, steps=arguments.steps, frame_s=frame_s)
        spent = time.monotonic() - start
        net.eval()
        with torch.inference_mode():
            log_probs = [net(h.frames.float()[None], torch.tensor([len(h.frames)]))[0].numpy() for h in asked]
        report(unit, log_probs, asked, str(bundle.file("lm.bin")), f"{spent:.0f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
