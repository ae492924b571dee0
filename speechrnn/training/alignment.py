"""Where each phoneme of a training utterance lies, as a recognizer that knows the words hears it.

A CTC network tells a phoneme in a frame or two and the blank around it, so that a phoneme reaches half way to
its neighbours, and where these are far, into what is taken for a pause. From these spans come targets for
every frame: pairs of a phoneme and the one before it, as the senones of context-dependent hidden Markov
models are, in their simplest form.

Sources: cross-entropy beside a sequence loss, Povey et al. 2016 ("Purely sequence-trained neural networks for
ASR based on lattice-free MMI"); left biphones in place of a tree, Hadian et al. 2018.
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import platformdirs
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torchaudio.functional import forced_align

from speechrnn.bundles.bundle import Bundle, load_bundle
from speechrnn.bundles.network import load_network
from speechrnn.features.log_mel import FeatureOptions, LogMel
from speechrnn.features.loudness import level
from speechrnn.nets.recognizer import Recognizer, RecognizerSizes, unwarped
from speechrnn.training.data import WaveformCache
from speechrnn.training.phoneme_crf import n_frames_needed

logger = logging.getLogger(__name__)

Spans = NDArray[np.float32]  # (n, 2) start and end of each phoneme, seconds
PAUSE_S = 0.24  # between labels further apart lies a pause
MARGIN_S = 0.08  # how far a phoneme then reaches from its labels
BATCH_S = 60.0
LEAST_FRAMES = 20  # in the training that a pair needs for a senone of its own
IGNORED = -100  # the target of a frame that nothing is known about


def phoneme_spans(log_probs: Tensor, labels: Sequence[int], frame_s: float) -> Spans | None:
    """Where the labels of an utterance lie along their best path.

    Args:
        log_probs: (T, C) float32, class 0 the blank.
        labels: classes, without blanks.
        frame_s: seconds of a frame.

    Returns:
        In order and without overlap; None where there are fewer frames than the labels need.
    """
    n_frames = len(log_probs)
    if not labels or n_frames < n_frames_needed(labels):
        return None
    path, _ = forced_align(log_probs[None], torch.tensor([labels], dtype=torch.int32), blank=0)
    classes = path[0].numpy()
    begins = np.flatnonzero((classes != 0) & (classes != np.concatenate([[0], classes[:-1]])))
    ends = np.flatnonzero((classes != 0) & (classes != np.concatenate([classes[1:], [0]]))) + 1
    spans = np.empty((len(labels), 2), np.float32)
    margin = round(MARGIN_S / frame_s)
    gap = begins[1:] - ends[:-1]
    meet = ends[:-1] + (gap + 1) // 2
    paused = gap > round(PAUSE_S / frame_s)
    spans[1:, 0] = np.where(paused, begins[1:] - margin, meet)
    spans[:-1, 1] = np.where(paused, ends[:-1] + margin, meet)
    spans[0, 0] = max(begins[0] - margin, 0)
    spans[-1, 1] = min(ends[-1] + margin, n_frames)
    return spans * np.float32(frame_s)


def align(
    path: Path, waveforms: WaveformCache, phonemes: Sequence[Sequence[int]], folder: Path | None = None
) -> list[Spans | None]:
    """The spans of all utterances; kept on disk, since they take minutes.

    Args:
        path: of a recognizer's bundle.
        waveforms: the audio.
        phonemes: classes of each utterance; without any it has no spans.
        folder: where to keep them; None for the user's cache folder.

    Raises:
        BundleError: no such bundle, or one of another task.
    """
    bundle = load_bundle(path, "recognizer")
    folder = folder or Path(platformdirs.user_cache_dir("speechrnn")) / "alignments"
    folder.mkdir(parents=True, exist_ok=True)
    what = f"{bundle.sha256}\n{waveforms.n_samples.tolist()}\n{[list(labels) for labels in phonemes]}"
    kept = folder / f"{hashlib.sha256(what.encode()).hexdigest()[:24]}.npy"
    if not kept.exists():
        logger.info("aligning %d utterances by %s", len(phonemes), path)
        # Processes of one training may do it at the same time: each into a file of its own.
        temporary = kept.with_suffix(f".{os.getpid()}.npy")
        np.save(temporary, _packed(_align_all(bundle, waveforms, phonemes)))
        temporary.replace(kept)
    return _unpacked(np.load(kept), phonemes)


def _packed(found: Sequence[Spans | None]) -> NDArray[np.float32]:
    """All spans behind each other; a row of -1 for an utterance without."""
    none = np.full((1, 2), -1, np.float32)
    return np.concatenate([none if spans is None else spans for spans in found])


def _unpacked(rows: NDArray[np.float32], phonemes: Sequence[Sequence[int]]) -> list[Spans | None]:
    found: list[Spans | None] = []
    at = 0
    for labels in phonemes:
        n = len(labels) if rows[at, 0] >= 0 else 1
        found.append(rows[at : at + n] if rows[at, 0] >= 0 else None)
        at += n
    return found


def _align_all(
    bundle: Bundle, waveforms: WaveformCache, phonemes: Sequence[Sequence[int]]
) -> list[Spans | None]:
    features = FeatureOptions(**bundle.info.features)
    net, log_mel = load_network(bundle, RecognizerSizes, Recognizer), LogMel(features)
    frame_s = net.sizes.stride * features.hop_s
    found: list[Spans | None] = [None] * len(phonemes)
    order = [int(i) for i in np.argsort(waveforms.n_samples, kind="stable") if phonemes[i]]
    while order:
        longest_s = float(waveforms.n_samples[order[min(7, len(order) - 1)]]) / features.sample_rate
        n = max(1, int(BATCH_S / max(longest_s, 1.0)))
        group, order = order[:n], order[n:]
        mels = [log_mel(level(torch.from_numpy(waveforms[i]))) for i in group]
        lengths = torch.tensor([len(mel) for mel in mels])
        # Phonemes lie where they lie under each warp, and every other one costs as much again.
        with torch.inference_mode(), unwarped(net):
            output = net(nn.utils.rnn.pad_sequence(mels, batch_first=True), lengths)
        for row, i in enumerate(group):
            n_frames = int(output.lengths[row])
            found[i] = phoneme_spans(output.phonemes[row, :n_frames].float(), phonemes[i], frame_s)
    return found


class Senones:
    """Targets for frames: 0 for a pause, then the phonemes, then pairs of a phoneme and the one before.

    Attributes:
        n_senones: classes in all.
    """

    def __init__(
        self,
        spans: Sequence[Spans | None],
        phonemes: Sequence[Sequence[int]],
        n_phonemes: int,
        frame_s: float,
    ) -> None:
        """Counts the pairs; those that last less than `LEAST_FRAMES` in all count as their phoneme alone.

        Args:
            spans: of each utterance.
            phonemes: their classes, 1..n_phonemes.
            n_phonemes: without the blank.
            frame_s: seconds of a frame.
        """
        lasted: Counter[tuple[int, int]] = Counter()
        for places, labels in zip(spans, phonemes, strict=True):
            if places is not None:
                for pair, (start, end) in zip(_pairs(labels), places.tolist(), strict=True):
                    lasted[pair] += round((end - start) / frame_s)
        frequent = sorted(pair for pair, n in lasted.items() if n >= LEAST_FRAMES)
        self._number = {pair: n_phonemes + 1 + place for place, pair in enumerate(frequent)}
        self.n_senones = n_phonemes + 1 + len(frequent)

    def targets(
        self, spans: Spans, labels: Sequence[int], n_frames: int, frame_s: float, start: float
    ) -> NDArray[np.int64]:
        """(n_frames,) classes of frames that begin at `start` and are `frame_s` apart, both in seconds."""
        senones = np.zeros(n_frames, np.int64)
        edges = np.ceil((spans - start) / frame_s - 0.5).astype(int).clip(0, n_frames)  # by their middles
        for pair, (first, last) in zip(_pairs(labels), edges, strict=True):
            senones[first:last] = self._number.get(pair, pair[1])
        return senones


def _pairs(labels: Sequence[int]) -> list[tuple[int, int]]:
    """Each label behind the one before it, 0 for none."""
    return list(zip([0, *labels[:-1]], labels, strict=True))
