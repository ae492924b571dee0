"""Language models over tokens of any kind: characters, pieces of words, notes.

An embedding, a one-way `RecurrentStack`, and a linear head over the tokens. `forward` takes a batch of
stretches and the state before them; `nets.step_network` is the same network for one token at a time.

Sources: recurrent language models, Mikolov et al. 2010; tied input and output embeddings, Press and Wolf
2017; dropout between layers, Zaremba et al. 2014.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from speechrnn.errors import ConfigError
from speechrnn.nets.recurrent import Cell, RecurrentStack


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageModelSizes:
    """Everything that fixes the shape of a language model; written into its bundle.

    Attributes:
        n_tokens: of the vocabulary.
        hidden_size: units of each layer; also the size of the embedding.
        n_layers: recurrent layers.
        cell: lstm, gru or rnn.
        dropout: probability, 0..1, on the embedding and after each layer; training only.
        tied: whether input and output share one matrix, which helps where data is little.
    """

    n_tokens: int = 96
    hidden_size: int = 512
    n_layers: int = 2
    cell: Cell = "lstm"
    dropout: float = 0.3
    tied: bool = True

    def __post_init__(self) -> None:
        if self.n_tokens < 2:
            raise ConfigError(f"n_tokens is {self.n_tokens}; expected at least 2")
        if not 0 <= self.dropout < 1:
            raise ConfigError(f"dropout is {self.dropout}; expected 0 <= dropout < 1")


class LanguageModel(nn.Module):
    """See the module's docstring."""

    def __init__(self, sizes: LanguageModelSizes) -> None:
        super().__init__()
        self.sizes = sizes
        self.embedding = nn.Embedding(sizes.n_tokens, sizes.hidden_size)
        self.dropout = nn.Dropout(sizes.dropout)
        self.stack = RecurrentStack(
            sizes.hidden_size,
            sizes.hidden_size,
            sizes.n_layers,
            cell=sizes.cell,
            direction="forward",
            dropout=sizes.dropout,
        )
        nn.init.normal_(self.embedding.weight, std=sizes.hidden_size**-0.5)
        self.bias = nn.Parameter(torch.zeros(sizes.n_tokens))
        # One matrix, one name: a bundle must not hold it twice.
        self.head = None if sizes.tied else nn.Linear(sizes.hidden_size, sizes.n_tokens, bias=False)

    @property
    def output_weight(self) -> Tensor:
        """(n_tokens, hidden_size) of the head."""
        return self.embedding.weight if self.head is None else self.head.weight

    def initial(self, n_batch: int = 1) -> Tensor:
        """The state before the first token: (n_layers, S, B, H) float32 of zeros."""
        return self.stack.initial_state(n_batch)

    def forward(self, tokens: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        """What may follow each token.

        Args:
            tokens: (B, T) int64, T at least 1.
            state: from `initial` or the call before.

        Returns:
            (B, T, n_tokens) logits, and the state behind the last token.
        """
        out, state = self.hidden(tokens, state)
        return self.logits(out), state

    def hidden(self, tokens: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        """As `forward`, but (B, T, hidden_size) before the head: logits may be wanted of some places only."""
        x = self.dropout(self.embedding(tokens))
        out, state = self.stack.step(x, state, tokens.shape[1])
        return self.dropout(out), state

    def logits(self, hidden: Tensor) -> Tensor:
        """(..., n_tokens) of (..., hidden_size)."""
        return nn.functional.linear(hidden, self.output_weight, self.bias)
