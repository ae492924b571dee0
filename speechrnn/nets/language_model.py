"""Language models over tokens of any kind: characters, pieces of words, notes.

An embedding, a one-way `RecurrentStack`, and a linear head over the tokens. `forward` takes a batch of
stretches and the state before them; `StepNetwork` is the same network for one token at a time, with 8-bit
weights: several times faster where one stream is sampled.

Sources: recurrent language models, Mikolov et al. 2010; tied input and output embeddings, Press and Wolf
2017; dropout between layers, Zaremba et al. 2014.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from speechrnn.errors import ConfigError
from speechrnn.nets.recurrent import Cell, RecurrentLayer, RecurrentStack


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
        x = self.dropout(self.embedding(tokens))
        out, state = self.stack.step(x, state, tokens.shape[1])
        return nn.functional.linear(self.dropout(out), self.output_weight, self.bias), state


class StepNetwork:
    """A `LanguageModel` for sampling: one token a stream at a time, several streams side by side.

    Matrices are 8-bit where torch has kernels for them on this processor, else float32; the numbers differ
    from `LanguageModel.forward` by rounding. Made for one thread. A state never changes: to go back, keep it.
    """

    def __init__(self, net: LanguageModel, *, eight_bit: bool = True) -> None:
        """Packs the weights.

        Args:
            net: a trained network; not changed.
            eight_bit: False keeps float32.
        """
        net = net.eval()
        self.n_tokens = net.sizes.n_tokens
        self._cell = net.sizes.cell
        self._hidden = net.sizes.hidden_size
        pack = _pack_eight_bit if eight_bit and _has_eight_bit() else _pack_float
        stack = net.stack
        with torch.inference_mode():
            # The projection of each token's embedding never changes: it becomes the embedding.
            self._embedding = stack.project(net.embedding.weight).clone()
            self._layers = [
                _StepLayer(cast(RecurrentLayer, layer), self._cell, pack) for layer in stack.layers
            ]
            self._norm = stack.norm
            self._head = pack(net.output_weight, net.bias)

    def initial(self, n_streams: int = 1) -> Tensor:
        """The state before the first token: (n_layers, S, n_streams, H) float32."""
        n_state = 2 if self._cell == "lstm" else 1
        return torch.zeros(len(self._layers), n_state, n_streams, self._hidden)

    def step(self, tokens: NDArray[np.int64], state: Tensor) -> tuple[NDArray[np.float32], Tensor]:
        """One token further.

        Args:
            tokens: (n_streams,) int64, the last token of each stream.
            state: from `initial` or the step before.

        Returns:
            (n_streams, n_tokens) float32 logits of what follows, and the state.
        """
        with torch.inference_mode():
            x = self._embedding[torch.from_numpy(tokens)]
            states = []
            for layer, before in zip(self._layers, state, strict=True):
                x, after = layer(x, before)
                states.append(after)
            logits = self._head(self._norm(x))
            return cast(NDArray[np.float32], logits.numpy()), torch.stack(states)


class _StepLayer:
    """One normalised recurrent layer with its residual, a step at a time."""

    def __init__(self, layer: RecurrentLayer, cell: Cell, pack: Any) -> None:
        rnn = cast(Any, layer.ahead)
        self._norm, self._cell = layer.norm, cell
        if cell == "gru":  # the new gate needs the two products apart
            self._input = pack(rnn.weight_ih_l0, rnn.bias_ih_l0)
            self._recurrent = pack(rnn.weight_hh_l0, rnn.bias_hh_l0)
        else:
            weight = torch.cat([rnn.weight_ih_l0, rnn.weight_hh_l0], dim=1)
            self._both = pack(weight, rnn.bias_ih_l0 + rnn.bias_hh_l0)

    def __call__(self, x: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        y, h = self._norm(x), state[0]
        if self._cell == "gru":
            reset_in, update_in, new_in = self._input(y).chunk(3, dim=1)
            reset_h, update_h, new_h = self._recurrent(h).chunk(3, dim=1)
            update = torch.sigmoid(update_in + update_h)
            new = torch.tanh(new_in + torch.sigmoid(reset_in + reset_h) * new_h)
            h = new + update * (h - new)
            return x + h, h[None]
        gates = self._both(torch.cat([y, h], dim=1))
        if self._cell == "rnn":
            h = torch.tanh(gates)
            return x + h, h[None]
        i, f, g, o = gates.chunk(4, dim=1)
        c = torch.sigmoid(f) * state[1] + torch.sigmoid(i) * torch.tanh(g)
        h = torch.sigmoid(o) * torch.tanh(c)
        return x + h, torch.stack([h, c])


def _has_eight_bit() -> bool:
    """Whether torch has packed 8-bit products on this processor."""
    engines = set(torch.backends.quantized.supported_engines)
    return bool(engines & {"fbgemm", "x86", "onednn", "qnnpack"})


def _pack_eight_bit(weight: Tensor, bias: Tensor) -> Any:
    """A product with 8-bit weights, one scale a row; inputs are quantized as they come."""
    scales = (weight.abs().amax(dim=1) / 127).clamp(min=1e-12).double()
    zeros = torch.zeros(len(weight), dtype=torch.int64)
    rounded = torch.quantize_per_channel(weight.detach().float(), scales, zeros, 0, torch.qint8)
    packed = torch.ops.quantized.linear_prepack(rounded, bias.detach().float())

    def product(x: Tensor) -> Tensor:
        # Reduced range: products of 8 by 8 bits overflow 16 on processors without VNNI.
        return cast(Tensor, torch.ops.quantized.linear_dynamic(x, packed, True))

    return product


def _pack_float(weight: Tensor, bias: Tensor) -> Any:
    weight, bias = weight.detach().clone(), bias.detach().clone()

    def product(x: Tensor) -> Tensor:
        return torch.addmm(bias, x, weight.t())

    return product
