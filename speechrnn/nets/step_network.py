"""A trained `LanguageModel` for sampling: one token of a stream at a time, on one core.

What does not depend on the stream is worked out once: the first layer's input products are a table with a
row for each token, the scale and shift of each layer norm are folded into the matrix behind it, and the
sigmoids become tanh, so that one call squashes all gates. Matrices are 8-bit where torch has kernels for
them; gates are numpy, whose calls cost a fifth of torch's on vectors of this size.

Numbers differ from `LanguageModel.forward` by rounding. Sources: LSTM, Hochreiter and Schmidhuber 1997; GRU,
Cho et al. 2014; dynamic quantization as in torch (per row of the weights, per call of the inputs).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from speechrnn.nets.device import one_thread
from speechrnn.nets.language_model import LanguageModel
from speechrnn.nets.recurrent import Cell, RecurrentLayer

Floats = NDArray[np.float32]
Product = Callable[[Floats], Floats]  # (n, n_in) -> (n, n_out)

_EPSILON = 1e-5  # of torch's LayerNorm
_ADVANCED = 256  # tokens that `advance` takes at once: bounds its memory


class StepNetwork:
    """See the module's docstring. A state never changes: to go back, keep it."""

    def __init__(self, net: LanguageModel, *, eight_bit: bool = True) -> None:
        """Packs the weights.

        Args:
            net: a trained network on the CPU; put into evaluation mode, else not changed.
            eight_bit: False keeps float32.
        """
        net = net.eval()
        self.n_tokens = net.sizes.n_tokens
        self._cell: Cell = net.sizes.cell
        self._hidden = net.sizes.hidden_size
        pack = _pack_eight_bit if eight_bit and _has_eight_bit() else _pack_float
        stack = net.stack
        with torch.inference_mode():
            embedding = stack.project(net.embedding.weight)
            self._embedding = _numpy(embedding)  # (n_tokens, H), the residual that enters the first layer
            self._layers = [
                _StepLayer(cast(RecurrentLayer, layer), self._cell, pack) for layer in stack.layers
            ]
            first = cast(RecurrentLayer, stack.layers[0])
            self._first = self._layers[0].input_table(first, embedding)
            weight, bias = net.output_weight.float(), net.bias.float()
            # Float: the head is small, and its rounding would show in every probability.
            self._head = _pack_float(
                weight * stack.norm.weight, bias + weight @ cast(Tensor, stack.norm.bias)
            )

    def initial(self, n_streams: int = 1) -> Floats:
        """The state before the first token: (n_layers, S, n_streams, H), S = 2 for an LSTM, else 1."""
        n_state = 2 if self._cell == "lstm" else 1
        return np.zeros((len(self._layers), n_state, n_streams, self._hidden), np.float32)

    def step(self, tokens: NDArray[np.int64], state: Floats) -> tuple[Floats, Floats]:
        """One token further.

        Args:
            tokens: (n_streams,) int64, the last token of each stream.
            state: from `initial`, `advance` or the step before.

        Returns:
            (n_streams, n_tokens) float32 logits of what follows, and the state.
        """
        with torch.inference_mode(), one_thread():
            after = np.empty_like(state)
            x = self._embedding[tokens]
            for number, layer in enumerate(self._layers):
                drive = self._first[tokens] if number == 0 else None
                x = x + layer.step(x, drive, state[number], after[number])
            return self._head(_normalised(x)), after

    def advance(self, tokens: NDArray[np.int64], state: Floats) -> Floats:
        """The state behind many tokens of one stream, without what might follow each: quick priming.

        Layer by layer, so that the input products of a whole stretch are one matrix product each.

        Args:
            tokens: (T,) int64, T at least 0.
            state: (n_layers, S, 1, H).
        """
        with torch.inference_mode(), one_thread():
            for first in range(0, len(tokens), _ADVANCED):
                piece = tokens[first : first + _ADVANCED]
                after = np.empty_like(state)
                x = self._embedding[piece]
                for number, layer in enumerate(self._layers):
                    drive = self._first[piece] if number == 0 else layer.drive(x)
                    x = x + layer.run(drive, state[number], after[number])
                state = after
        return state


class _StepLayer:
    """One normalised recurrent layer, without its residual.

    Gate rows are stored so that sigmoid(a) = (1 + tanh(a / 2)) / 2 needs no factor: their weights are halved.
    """

    def __init__(self, layer: RecurrentLayer, cell: Cell, pack: Callable[[Tensor, Tensor], Product]) -> None:
        self._cell, self._hidden = cell, layer.ahead.hidden_size
        w_in, b_in, w_h, b_h = _folded(layer, cell)
        self._recurrent = pack(w_h, b_h)  # its bias stands here for both but in a GRU
        self._input = pack(w_in, b_in)
        # One product for both where the gates only need their sum.
        self._both = None if cell == "gru" else pack(torch.cat([w_in, w_h], dim=1), b_in + b_h)

    def input_table(self, layer: RecurrentLayer, embedding: Tensor) -> Floats:
        """(n_tokens, n_gates * H): what each token's embedding gives to the gates, in float."""
        w_in, b_in, _, _ = _folded(layer, self._cell)
        plain = torch.nn.functional.layer_norm(embedding, embedding.shape[-1:], eps=_EPSILON)
        return _numpy(torch.addmm(b_in, plain, w_in.t()))

    def drive(self, x: Floats) -> Floats:
        """(T, n_gates * H): the input's part of the gates."""
        return self._input(_normalised(x))

    def step(self, x: Floats, drive: Floats | None, before: Floats, after: Floats) -> Floats:
        """One token of several streams.

        Args:
            x: (n, H), used where `drive` is None.
            drive: (n, n_gates * H) as `drive` gives it.
            before: (S, n, H).
            after: (S, n, H), written.
        """
        if drive is not None:
            return self._cell_step(drive, self._recurrent(before[0]), before, after)
        if self._both is None:
            return self._cell_step(self.drive(x), self._recurrent(before[0]), before, after)
        gates = self._both(np.concatenate([_normalised(x), before[0]], axis=1))
        return self._cell_step(gates, None, before, after)

    def run(self, drive: Floats, before: Floats, after: Floats) -> Floats:
        """Many tokens of one stream: (T, n_gates * H) -> (T, H)."""
        out = np.empty((len(drive), self._hidden), np.float32)
        state, scratch = before.copy(), np.empty_like(before)
        for place in range(len(drive)):
            out[place] = self._cell_step(drive[place : place + 1], self._recurrent(state[0]), state, scratch)[
                0
            ]
            state, scratch = scratch, state
        after[...] = state
        return out

    def _cell_step(self, drive: Floats, recurrent: Floats | None, before: Floats, after: Floats) -> Floats:
        n = self._hidden
        if self._cell == "gru":
            assert recurrent is not None
            gates = np.tanh(drive[:, : 2 * n] + recurrent[:, : 2 * n])
            reset, update = 0.5 + 0.5 * gates[:, :n], 0.5 + 0.5 * gates[:, n:]
            new = np.tanh(drive[:, 2 * n :] + reset * recurrent[:, 2 * n :])
            after[0] = new + update * (before[0] - new)
            return _row(after)
        gates = np.tanh(drive if recurrent is None else drive + recurrent)
        if self._cell == "rnn":
            after[0] = gates
            return _row(after)
        opened = 0.5 + 0.5 * gates
        carried = np.multiply(opened[:, n : 2 * n], before[1], out=after[1])
        carried += opened[:, :n] * gates[:, 2 * n : 3 * n]
        after[0] = opened[:, 3 * n :] * np.tanh(carried)
        return _row(after)


def _folded(layer: RecurrentLayer, cell: Cell) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Input matrix and bias, recurrent matrix and bias; norm and the halves of the gates folded in."""
    rnn, norm = layer.ahead, layer.norm
    w_in, b_in = cast(Tensor, rnn.weight_ih_l0), cast(Tensor, rnn.bias_ih_l0)
    w_h, b_h = cast(Tensor, rnn.weight_hh_l0), cast(Tensor, rnn.bias_hh_l0)
    n = rnn.hidden_size
    scale = torch.ones(len(b_h))
    if cell == "lstm":  # input, forget, cell, output
        scale[: 2 * n] = scale[3 * n :] = 0.5
    elif cell == "gru":  # reset, update, new
        scale[: 2 * n] = 0.5
    b_in = (b_in + w_in @ norm.bias) * scale
    return w_in * norm.weight * scale[:, None], b_in, w_h * scale[:, None], b_h * scale


def _row(state: Floats) -> Floats:
    """The output in a layer's state."""
    return cast(Floats, state[0])


def _normalised(x: Floats) -> Floats:
    """Layer norm without its scale and shift: (n, H) -> (n, H)."""
    y: Floats = x - x.mean(axis=1, keepdims=True)
    variance = np.einsum("ij,ij->i", y, y)[:, None] / y.shape[1]
    y *= 1 / np.sqrt(variance + _EPSILON)
    return y


def _numpy(tensor: Tensor) -> Floats:
    return cast(Floats, tensor.detach().float().contiguous().numpy().copy())


def _has_eight_bit() -> bool:
    """Whether torch has packed 8-bit products on this processor."""
    engines = set(torch.backends.quantized.supported_engines)
    return bool(engines & {"fbgemm", "x86", "onednn", "qnnpack"})


def _pack_eight_bit(weight: Tensor, bias: Tensor) -> Product:
    """A product with 8-bit weights, one scale a row; inputs are quantized as they come."""
    scales = (weight.abs().amax(dim=1) / 127).clamp(min=1e-12).double()
    zeros = torch.zeros(len(weight), dtype=torch.int64)
    rounded = torch.quantize_per_channel(weight.detach().float(), scales, zeros, 0, torch.qint8)
    packed = torch.ops.quantized.linear_prepack(rounded, bias.detach().float())
    linear = torch.ops.quantized.linear_dynamic

    def product(x: Floats) -> Floats:
        # Reduced range: products of 8 by 8 bits overflow 16 on processors without VNNI.
        return cast(Floats, linear(torch.from_numpy(x), packed, True).numpy())

    return product


def _pack_float(weight: Tensor, bias: Tensor) -> Product:
    matrix, added = weight.detach().float().t().contiguous(), bias.detach().float().clone()

    def product(x: Floats) -> Floats:
        return cast(Floats, torch.addmm(added, torch.from_numpy(x), matrix).numpy())

    return product
