"""The tagger: for each word of a text, the mark after it and its case (many to many).

A word is the sum of an embedding of its own, if it is frequent, and the mean of the embeddings of its
letter n-grams, so that a name never seen still looks like a name. A bidirectional recurrent stack reads
the words; two heads give logits over `text.punctuation.MARKS` and `CASES`. Pure. Training and the
pipeline use it.

Source: the task as in Tilk and Alumäe 2016 (bidirectional recurrent punctuation restoration); letter
n-grams by hashing as in Bojanowski et al. 2017.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import torch
from torch import Tensor, nn

from speechrnn.errors import ConfigError
from speechrnn.nets.recurrent import Cell, RecurrentStack
from speechrnn.ranges import check_ranges
from speechrnn.text.punctuation import CASES, MARKS

UNKNOWN = 0
"""Class of every word that has no embedding of its own."""

_LONGEST_AFFIX = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggerOptions:
    """The sizes of a tagger.

    Attributes:
        vocabulary_size: words with an embedding of their own, the unknown word not counted.
        n_buckets: embeddings that all letter n-grams share by hashing.
        embedding_size: of both kinds.
        hidden_size: of each direction.
        n_layers: bidirectional recurrent layers.
        cell: lstm, gru or rnn.
        dropout: on each layer's output, 0..1; training only.
    """

    vocabulary_size: int = 16000
    n_buckets: int = 6144
    embedding_size: int = 96
    hidden_size: int = 128
    n_layers: int = 2
    cell: Cell = "lstm"
    dropout: float = 0.1

    def __post_init__(self) -> None:
        check_ranges(
            self,
            ("vocabulary_size", 0, 1_000_000),
            ("n_buckets", 1, 10_000_000),
            ("embedding_size", 1, 4096),
            ("hidden_size", 1, 4096),
            ("n_layers", 1, 16),
            ("dropout", 0.0, 0.9),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class WordTable:
    """The distinct words of a batch as numbers.

    Attributes:
        ids: (U,) int64, index of each word's own embedding, `UNKNOWN` where it has none.
        pieces: (P,) int64, buckets of the letter n-grams of all words, word after word.
        offsets: (U,) int64, where each word's n-grams begin in `pieces`.
    """

    ids: Tensor
    pieces: Tensor
    offsets: Tensor

    def to(self, device: torch.device) -> WordTable:
        """The same table on a device."""
        return WordTable(
            ids=self.ids.to(device), pieces=self.pieces.to(device), offsets=self.offsets.to(device)
        )


class WordEncoder:
    """Words in normal form -> numbers of their embeddings.

    Attributes:
        vocabulary: words with an embedding of their own; word i has id i + 1.
        n_buckets: see `TaggerOptions`.
    """

    def __init__(self, vocabulary: Sequence[str], n_buckets: int) -> None:
        self.vocabulary = tuple(vocabulary)
        self.n_buckets = n_buckets
        self._ids = {word: index + 1 for index, word in enumerate(self.vocabulary)}

    def id(self, word: str) -> int:
        """The number of a word's own embedding."""
        return self._ids.get(word, UNKNOWN)

    def buckets(self, word: str) -> tuple[int, ...]:
        """The buckets of a word's letter n-grams; at least one."""
        return _buckets(word, self.n_buckets)

    def table(self, words: Iterable[str]) -> WordTable:
        """The numbers of some distinct words."""
        ids: list[int] = []
        pieces: list[int] = []
        offsets: list[int] = []
        for word in words:
            ids.append(self.id(word))
            offsets.append(len(pieces))
            pieces += self.buckets(word)
        return WordTable(
            ids=torch.tensor(ids, dtype=torch.int64),
            pieces=torch.tensor(pieces, dtype=torch.int64),
            offsets=torch.tensor(offsets, dtype=torch.int64),
        )


class Tagger(nn.Module):
    """Word embeddings, a bidirectional recurrent stack, and the two heads."""

    def __init__(self, options: TaggerOptions) -> None:
        super().__init__()
        self.options = options
        self.words = nn.Embedding(options.vocabulary_size + 1, options.embedding_size)
        self.pieces = nn.EmbeddingBag(options.n_buckets, options.embedding_size, mode="mean")
        nn.init.normal_(self.words.weight, std=0.3)
        nn.init.normal_(self.pieces.weight, std=0.3)
        self.stack = RecurrentStack(
            options.embedding_size,
            options.hidden_size,
            options.n_layers,
            cell=options.cell,
            direction="bidirectional",
            dropout=options.dropout,
        )
        self.mark_head = nn.Linear(self.stack.output_size, len(MARKS))
        self.case_head = nn.Linear(self.stack.output_size, len(CASES))

    def forward(self, table: WordTable, tokens: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor]:
        """Logits of every word's mark and case.

        Args:
            table: the distinct words of the batch, U of them.
            tokens: (B, T) int64, index into the table; any index behind a sequence's end.
            lengths: (B,) int64, words of each sequence.

        Returns:
            (B, T, len(MARKS)) and (B, T, len(CASES)) float32.
        """
        embedded = self.words(table.ids) + self.pieces(table.pieces, table.offsets)  # (U, E)
        x = self.stack(nn.functional.embedding(tokens, embedded), lengths)  # (B, T, H)
        return self.mark_head(x).float(), self.case_head(x).float()


@dataclass(frozen=True, slots=True, kw_only=True)
class Windows:
    """How a long text is cut for the tagger, so that its cost is linear.

    Attributes:
        length: words that are read at once.
        margin: words at either end of a window that are read for context only.
    """

    length: int = 128
    margin: int = 24

    def __post_init__(self) -> None:
        if not 0 <= 2 * self.margin < self.length:
            raise ConfigError(
                f"margin is {self.margin} words of a window of {self.length}; expected less than half of it"
            )


def tag_words(
    net: Tagger, encoder: WordEncoder, words: Sequence[str], windows: Windows | None = None, n_batch: int = 32
) -> tuple[Tensor, Tensor]:
    """Reads a text of any length.

    Args:
        net: in evaluation mode.
        encoder: the one that the net was trained with.
        words: N words in normal form.
        windows: how a text longer than one window is cut; None takes the defaults.
        n_batch: windows that are read together.

    Returns:
        (N, len(MARKS)) and (N, len(CASES)) float32 on the CPU: natural log probabilities.
    """
    windows = windows or Windows()
    n_words = len(words)
    distinct = {word: index for index, word in enumerate(dict.fromkeys(words))}
    device = net.mark_head.weight.device
    table = encoder.table(distinct).to(device)
    text = torch.tensor([distinct[word] for word in words], dtype=torch.int64)
    step = windows.length - 2 * windows.margin
    starts = range(0, max(1, n_words - 2 * windows.margin), step) if n_words else range(0)
    marks = torch.empty(n_words, len(MARKS))
    cases = torch.empty(n_words, len(CASES))
    for first in range(0, len(starts), n_batch):
        batch = starts[first : first + n_batch]
        spans = [text[start : start + windows.length] for start in batch]
        lengths = torch.tensor([len(span) for span in spans])
        tokens = nn.utils.rnn.pad_sequence(spans, batch_first=True)
        with torch.inference_mode():
            mark_logits, case_logits = net(table, tokens.to(device), lengths.to(device))
        for row, start in enumerate(batch):
            skip = windows.margin if start else 0
            end = len(spans[row])
            # The tail is overwritten by the next window, if there is one.
            marks[start + skip : start + end] = mark_logits[row, skip:end].log_softmax(-1).cpu()
            cases[start + skip : start + end] = case_logits[row, skip:end].log_softmax(-1).cpu()
    return marks, cases


def choose_marks(log_probs: Tensor, offsets: Sequence[float]) -> list[int]:
    """The mark after each word.

    The likeliest label is wrong least often, but leaves out most commas, where two writers would differ;
    offsets let a mark in that is only nearly as likely as none.

    Args:
        log_probs: (N, len(MARKS)), natural log.
        offsets: added to each mark's log probability.

    Raises:
        ConfigError: there is not one offset for each mark.
    """
    if len(offsets) != len(MARKS):
        raise ConfigError(f"there are {len(offsets)} mark_offsets; expected {len(MARKS)}, one for each mark")
    chosen: list[int] = (log_probs + torch.tensor(offsets)).argmax(-1).tolist()
    return chosen


@lru_cache(maxsize=1 << 16)
def _buckets(word: str, n_buckets: int) -> tuple[int, ...]:
    marked = f"<{word}>"
    longest = min(_LONGEST_AFFIX, len(marked))
    pieces = {marked[i : i + 3] for i in range(max(1, len(marked) - 2))}
    pieces |= {marked[:n] for n in range(2, longest + 1)} | {marked[-n:] for n in range(2, longest + 1)}
    # CRC-32 is the same on every machine, unlike Python's hash of text.
    return tuple(sorted(zlib.crc32(piece.encode()) % n_buckets for piece in pieces))
