"""Letter to sound: how a word that no dictionary has is said.

Each letter is repeated, so that one letter may stand for several phonemes; a bidirectional recurrent
stack reads them, and CTC says the phonemes. Words are in the normal form of `text/normalize.py`, phonemes
those of `text/labels.py`. Pure. Hot words and the building of a lexicon use it.

Source: CTC for grapheme-to-phoneme conversion, Rao et al. 2015; prefix search, Graves 2006.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from speechrnn.errors import DataError
from speechrnn.nets.recurrent import Cell, RecurrentStack
from speechrnn.ranges import check_ranges
from speechrnn.text.labels import PHONEMES, LabelCodec

Pronunciation = tuple[str, ...]

LETTERS = "'abcdefghijklmnopqrstuvwxyz"
_LETTER_INDEX = {letter: index for index, letter in enumerate(LETTERS, start=1)}  # 0 is padding
_BATCH_WORDS = 256
_SEARCH_CLASSES = 6  # classes of a frame that the search tries; the rest has next to no probability


@dataclass(frozen=True, slots=True, kw_only=True)
class PronouncerSizes:
    """The sizes of a pronouncer.

    Attributes:
        embedding_size: of a letter.
        hidden_size: of each direction.
        n_layers: bidirectional recurrent layers.
        cell: lstm, gru or rnn.
        repeat: frames that a letter stands for; "x" is two phonemes, and a doubled one needs a blank between.
        dropout: on each layer's output, 0..1; training only.
    """

    embedding_size: int = 48
    hidden_size: int = 96
    n_layers: int = 2
    cell: Cell = "lstm"
    repeat: int = 2
    dropout: float = 0.1

    def __post_init__(self) -> None:
        check_ranges(
            self,
            ("embedding_size", 1, 4096),
            ("hidden_size", 1, 4096),
            ("n_layers", 1, 16),
            ("repeat", 1, 8),
            ("dropout", 0.0, 0.9),
        )


class Pronouncer(nn.Module):
    """The network, and the search for a word's pronunciations.

    Attributes:
        sizes: what it was built with.
        codec: phonemes and their classes; class 0 is the blank.
    """

    def __init__(self, sizes: PronouncerSizes) -> None:
        super().__init__()
        self.sizes = sizes
        self.codec = LabelCodec(PHONEMES)
        self.embed = nn.Embedding(len(LETTERS) + 1, sizes.embedding_size, padding_idx=0)
        # Which of its frames a letter is on: without it all of them would say the same.
        self.place = nn.Parameter(torch.zeros(sizes.repeat, sizes.embedding_size))
        nn.init.normal_(self.place, std=0.1)
        self.stack = RecurrentStack(
            sizes.embedding_size,
            sizes.hidden_size,
            sizes.n_layers,
            cell=sizes.cell,
            direction="bidirectional",
            dropout=sizes.dropout,
        )
        self.head = nn.Linear(self.stack.output_size, len(self.codec))

    def forward(self, letters: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor]:
        """Phoneme probabilities.

        Args:
            letters: (B, L) int64 of `encode_words`.
            lengths: (B,) int64, letters of each word.

        Returns:
            (B, T, 40) float32 log-probabilities, natural log, class 0 the blank, and their (B,) lengths;
            T is `repeat` x L.
        """
        x = self.embed(letters)[:, :, None, :] + self.place  # (B, L, repeat, E)
        n_frames = lengths * self.sizes.repeat
        out = self.stack(x.flatten(1, 2), n_frames)
        return self.head(out).float().log_softmax(-1), n_frames

    def pronounce(
        self, words: Sequence[str], n_best: int = 2, beam_size: int = 8
    ) -> list[tuple[Pronunciation, ...]]:
        """The likeliest pronunciations of each word, best first.

        Args:
            words: in normal form, each with a letter.
            n_best: pronunciations a word; fewer where the search finds fewer.
            beam_size: prefixes that the search keeps, at least `n_best`.

        Returns:
            One or more pronunciations a word, in the order of `words`.

        Raises:
            DataError: a word with something else than a-z and apostrophe, or without a letter.
        """
        found: list[tuple[Pronunciation, ...]] = []
        training = self.training
        self.eval()
        with torch.inference_mode():
            for first in range(0, len(words), _BATCH_WORDS):
                letters, lengths = encode_words(words[first : first + _BATCH_WORDS])
                device = self.place.device
                log_probs, n_frames = self(letters.to(device), lengths.to(device))
                for row, length in zip(log_probs.cpu(), n_frames.tolist(), strict=True):
                    ranked = prefix_search(row[:length], max(beam_size, n_best))
                    decoded = [self.codec.decode(labels) for labels, _ in ranked if labels][:n_best]
                    # A net without training may hold silence for likeliest; a word needs a sound.
                    best_label = int(row[:length, 1:].max(0).values.argmax()) + 1
                    found.append(tuple(decoded) or (self.codec.decode([best_label]),))
        self.train(training)
        return found


def encode_words(words: Sequence[str]) -> tuple[Tensor, Tensor]:
    """Words as padded letters.

    Returns:
        (B, L) int64 with 0 behind the end, and (B,) int64 lengths.

    Raises:
        DataError: a word with something else than a-z and apostrophe, or without a letter.
    """
    for word in words:
        if not word.strip("'") or not all(letter in _LETTER_INDEX for letter in word):
            raise DataError(f"{word!r} cannot be pronounced; expected letters a-z and apostrophes")
    lengths = torch.tensor([len(word) for word in words], dtype=torch.int64)
    letters = torch.zeros(len(words), int(lengths.max()) if len(words) else 0, dtype=torch.int64)
    for row, word in enumerate(words):
        letters[row, : len(word)] = torch.tensor([_LETTER_INDEX[letter] for letter in word])
    return letters, lengths


def prefix_search(log_probs: Tensor, beam_size: int) -> list[tuple[tuple[int, ...], float]]:
    """The likeliest label sequences under CTC, all their alignments summed.

    Args:
        log_probs: (T, C), natural log, class 0 the blank.
        beam_size: prefixes kept after each frame.

    Returns:
        Up to `beam_size` (labels, natural log of their probability), likeliest first.

    Example:
        >>> best = prefix_search(torch.tensor([[0.6, 0.4], [0.6, 0.4]]).log(), 2)
        >>> [(labels, round(math.exp(score), 2)) for labels, score in best]
        [((1,), 0.64), ((), 0.36)]
    """
    values, classes = log_probs.topk(min(_SEARCH_CLASSES, log_probs.shape[1]))
    # For each prefix the log-probability of its alignments that end in a blank, and in its last label.
    beam: dict[tuple[int, ...], tuple[float, float]] = {(): (0.0, -math.inf)}
    for frame_values, frame_classes in zip(values.tolist(), classes.tolist(), strict=True):
        grown: dict[tuple[int, ...], tuple[float, float]] = {}

        def add(
            prefix: tuple[int, ...],
            blank: float,
            label: float,
            grown: dict[tuple[int, ...], tuple[float, float]] = grown,
        ) -> None:
            before = grown.get(prefix, (-math.inf, -math.inf))
            grown[prefix] = (_log_add(before[0], blank), _log_add(before[1], label))

        for prefix, (ends_blank, ends_label) in beam.items():
            total = _log_add(ends_blank, ends_label)
            for score, index in zip(frame_values, frame_classes, strict=True):
                if index == 0:
                    add(prefix, total + score, -math.inf)
                elif prefix and prefix[-1] == index:
                    add(prefix, -math.inf, ends_label + score)
                    if ends_blank > -math.inf:  # only a blank parts equal labels
                        add((*prefix, index), -math.inf, ends_blank + score)
                else:
                    add((*prefix, index), -math.inf, total + score)
        ranked = sorted(grown.items(), key=lambda item: (-_log_add(*item[1]), item[0]))
        beam = dict(ranked[:beam_size])
    return [(prefix, _log_add(*ends)) for prefix, ends in beam.items()]


def _log_add(a: float, b: float) -> float:
    high, low = max(a, b), min(a, b)
    return high if low == -math.inf else high + math.log1p(math.exp(low - high))
