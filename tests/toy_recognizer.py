"""A recognizer of the toy language without training: a random network whose head alone is solved for.

The recurrent layers keep the weights of their seed, and a regression reads the phonemes off their output:
seconds instead of minutes, and every part of recognition runs as it does with a real bundle.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
import toy
from torch import Tensor, nn

from speechrnn.bundles.bundle import Bundle
from speechrnn.decoding.phoneme_trigram import PhonemeTrigram
from speechrnn.features.log_mel import FeatureOptions, LogMel
from speechrnn.nets.device import one_thread
from speechrnn.nets.recognizer import Recognizer as Network
from speechrnn.nets.recognizer import RecognizerSizes
from speechrnn.nets.recurrent import Context
from speechrnn.pipeline.offline import Recognizer
from speechrnn.text.labels import PHONEMES
from speechrnn.training.recognizer_bundle import BundleParts, write_recognizer

SIZES = RecognizerSizes(
    n_phonemes=1 + len(PHONEMES), channels=(8, 8), hidden_size=48, n_layers=2, dropout=0.0
)
FACTORED = replace(SIZES, n_layers=1, strides=(3, 1), factored_layers=4, factored_size=48, bottleneck=12)
SHARPNESS = 12.0  # of the logits: a regression to 0 and 1 alone would be sure of nothing
CONTEXTS = (None, Context(chunk=16, look_ahead=8), Context(chunk=8, look_ahead=0))


def make_bundle(
    folder: Path,
    n_sentences: int = 30,
    *,
    sizes: RecognizerSizes = SIZES,
    rescorer: Bundle | None = None,
    trigram: PhonemeTrigram | None = None,
    **decoding: float,
) -> Path:
    """Writes the bundle `toy` into a folder, with a language model in which all words are alike."""
    features = FeatureOptions()
    with one_thread(), torch.no_grad():
        net = _fitted_net(sizes, features, n_sentences)
    parts = BundleParts(
        id="toy",
        sizes=sizes,
        features=features,
        decoding={"lm_weight": 0.3, "beam_size": 20, **decoding},
        lexicon=toy.LEXICON,
        language_model=toy.write_language_model(folder / "toy.arpa"),
        trained_on=("tones (CC0)",),
        recipe="",
        rescorer=rescorer,
    )
    path = folder / "toy"
    write_recognizer(path, net, parts, [0.0] * sizes.n_phonemes, (), "# toy\n", trigram=trigram)
    return path


def make_recognizer(folder: Path, sizes: RecognizerSizes = SIZES) -> Recognizer:
    """A recognizer that takes for speech what is loud."""
    return Recognizer.load(
        make_bundle(folder, sizes=sizes), punctuation=False, detector=toy.LoudnessDetector(), device="cpu"
    )


def _fitted_net(sizes: RecognizerSizes, features: FeatureOptions, n_sentences: int) -> Network:
    torch.manual_seed(5)
    net = Network(sizes).eval()
    log_mels, labels = _spoken(LogMel(features), n_sentences, sizes.stride)
    every = torch.cat(log_mels)
    net.set_normalisation(every.mean(0), 1 / every.std(0))
    _fit_head(net, log_mels, labels)
    return net


def _spoken(log_mel: LogMel, n_sentences: int, stride: int) -> tuple[list[Tensor], list[Tensor]]:
    """(T, n_mels) frames of each sentence, and the class of each output frame."""
    rng = np.random.default_rng(0)
    log_mels, labels = [], []
    for words in toy.sentences(n_sentences, seed=3):
        waveform, told = toy.speak_and_tell(words, rng)
        frames = log_mel(torch.from_numpy(waveform))
        classes = torch.zeros(-(-len(frames) // stride), dtype=torch.int64)
        for phoneme, start, end in told:
            # An output frame sees what lies before its own place; the edges of a sound are nobody's.
            first, last = round(start / (stride * 0.01) + 1), round(end / (stride * 0.01))
            classes[first : max(last, first + 1)] = 1 + PHONEMES.index(phoneme)
        log_mels.append(frames)
        labels.append(classes)
    return log_mels, labels


def _fit_head(net: Network, log_mels: list[Tensor], labels: list[Tensor]) -> None:
    inputs, targets = [], []
    for frames, classes in zip(log_mels, labels):
        x = (frames[None] - net.mean) * net.scale
        x, _ = net.front_end(x, net.front_end.initial(1))
        if net.factored is not None:
            x, _ = net.factored(x, torch.tensor([x.shape[1]]))
        for context in CONTEXTS:
            inputs.append(net.stack(x, torch.tensor([x.shape[1]]), context)[0])
            targets.append(classes)
    x, y = torch.cat(inputs), torch.cat(targets)
    x = torch.cat([x, torch.ones(len(x), 1)], dim=1)
    wanted = SHARPNESS * nn.functional.one_hot(y, net.sizes.n_phonemes).float()
    solved = torch.linalg.solve(x.T @ x + 0.1 * torch.eye(x.shape[1]), x.T @ wanted)
    net.phonemes.weight.copy_(solved[:-1].T)
    net.phonemes.bias.copy_(solved[-1])
