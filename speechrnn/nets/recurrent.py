"""The one recurrent stack that every network here is built on.

Tensors are batch first, `(B, T, C)`. Each layer is `x + dropout(recur(layer_norm(x)))`, with one
torch cell a direction: the state of the forward direction can be carried from chunk to chunk, which
torch's own bidirectional modules cannot do. A bidirectional stack runs in three ways with the same
weights: over the whole sequence, in latency-controlled windows (`context` given), and stepwise over
such windows (`step`); the last two give the same numbers.

Source: latency-controlled bidirectional LSTM, Zhang et al. 2016 (arXiv 1510.08983).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol, cast

import torch
from torch import Tensor, nn

from speechrnn.errors import ConfigError

PIECE = 160  # frames

Cell = Literal["lstm", "gru", "rnn"]
Run = Callable[[], Tensor]
Direction = Literal["forward", "bidirectional"]

_CELLS: dict[str, Callable[..., nn.RNNBase]] = {"lstm": nn.LSTM, "gru": nn.GRU, "rnn": nn.RNN}


class Together(Protocol):
    """Runs computations that do not need each other and gives their results in the same order."""

    def __call__(self, *runs: Run) -> tuple[Tensor, ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """How much a latency-controlled pass sees.

    Attributes:
        chunk: frames whose outputs are kept, at least 1.
        look_ahead: frames after the chunk that the backward direction also sees, at least 0.
    """

    chunk: int
    look_ahead: int

    def __post_init__(self) -> None:
        if self.chunk < 1:
            raise ConfigError(f"chunk is {self.chunk} frames; expected at least 1")
        if self.look_ahead < 0:
            raise ConfigError(f"look_ahead is {self.look_ahead} frames; expected at least 0")


def reverse_by_length(x: Tensor, lengths: Tensor) -> Tensor:
    """Turns each sequence round within its own length; padding stays where it is.

    With this a backward pass over a padded batch starts at each sequence's true end, so it equals
    the pass over a packed batch without leaving the fast kernels.

    Args:
        x: (B, T, C).
        lengths: (B,) int64, 0..T.
    """
    t = torch.arange(x.shape[1], device=x.device)
    index = torch.where(t < lengths[:, None], lengths[:, None] - 1 - t, t)  # (B, T)
    return x.gather(1, index[:, :, None].expand_as(x))


def in_turn(*runs: Run) -> tuple[Tensor, ...]:
    """The `Together` that needs no second thread."""
    return tuple(run() for run in runs)


def _run(rnn: nn.Module, x: Tensor) -> Tensor:
    """All outputs (B, T, H) of one direction; outside training piece by piece.

    The kernels hold four gates for every frame of a call, more than all that goes in and comes out.
    """
    if torch.is_grad_enabled():
        return cast(Tensor, rnn(x)[0])
    outputs, state = [], None
    for piece in torch.split(x, PIECE, dim=1):
        out, state = rnn(piece, state)
        outputs.append(out)
    return torch.cat(outputs, dim=1)


class RecurrentLayer(nn.Module):
    """One normalised recurrent layer with a residual connection, one-way or bidirectional."""

    def __init__(
        self, size: int, hidden_size: int, *, cell: Cell, direction: Direction, dropout: float
    ) -> None:
        super().__init__()
        n_directions = 2 if direction == "bidirectional" else 1
        if size != n_directions * hidden_size:
            raise ConfigError(
                f"the layer's size is {size}; expected {n_directions} x hidden_size {hidden_size}"
            )
        self.norm = nn.LayerNorm(size)
        self.dropout = nn.Dropout(dropout)
        self.ahead = _CELLS[cell](size, hidden_size, batch_first=True)
        self.back = _CELLS[cell](size, hidden_size, batch_first=True) if n_directions == 2 else None
        if cell == "lstm":
            for rnn in self.children():
                if isinstance(rnn, nn.LSTM):
                    _open_forget_gate(rnn)

    def forward(self, x: Tensor, lengths: Tensor, together: Together = in_turn) -> Tensor:
        """Over the whole sequence: (B, T, C) -> (B, T, C)."""
        y = self.norm(x)
        if self.back is None:
            return cast(Tensor, x + self.dropout(_run(self.ahead, y)))
        back = self.back

        def backward() -> Tensor:
            return reverse_by_length(_run(back, reverse_by_length(y, lengths)), lengths)

        out = torch.cat(together(lambda: _run(self.ahead, y), backward), dim=-1)
        return cast(Tensor, x + self.dropout(out))

    def window(self, x: Tensor, state: Tensor, chunk: int) -> tuple[Tensor, Tensor]:
        """One window of `chunk` frames and the look-ahead behind them.

        Args:
            x: (1 or B, T, C), T >= 1; frames from `chunk` on are look-ahead.
            state: (S, B, H), the forward direction's state before the window.
            chunk: frames to move the state over.

        Returns:
            (B, T, C) outputs of the whole window, and the state after the chunk.
        """
        y = self.norm(x)
        out, packed = self.ahead(y[:, :chunk], _unpack(state))
        carried = _pack(packed)
        if x.shape[1] > chunk:
            rest, _ = self.ahead(y[:, chunk:], packed)
            out = torch.cat([out, rest], dim=1)
        if self.back is not None:
            backward, _ = self.back(y.flip(1))
            out = torch.cat([out, backward.flip(1)], dim=-1)
        return x + self.dropout(out), carried

    def windows(self, x: Tensor, widths: Tensor, chunk: int) -> Tensor:
        """All windows of a batch at once, the training form of `window`.

        Args:
            x: (W, B, N, C): for each of W windows its chunk and look-ahead, N = chunk + look-ahead.
            widths: (W, B) int64, the frames of each window that are not padding.
            chunk: frames a window moves on.

        Returns:
            (W, B, N, C).
        """
        n_windows, n_batch, n_frames, _ = x.shape
        y = self.norm(x)
        outputs, states, state = [], [], None
        for w in range(n_windows):
            out, state = self.ahead(y[w, :, :chunk], state)
            outputs.append(out)
            states.append(_pack(state))
        out = torch.stack(outputs)
        folded = y.flatten(0, 1)  # (W * B, N, C)
        if n_frames > chunk:
            entry = torch.stack(states, dim=1).flatten(1, 2)  # (S, W * B, H)
            rest, _ = self.ahead(folded[:, chunk:], _unpack(entry))
            out = torch.cat([out, rest.view(n_windows, n_batch, *rest.shape[1:])], dim=2)
        if self.back is not None:
            flat = widths.flatten()
            backward, _ = self.back(reverse_by_length(folded, flat))
            backward = reverse_by_length(backward, flat)
            out = torch.cat([out, backward.view(n_windows, n_batch, *backward.shape[1:])], dim=-1)
        return cast(Tensor, x + self.dropout(out))


class RecurrentStack(nn.Module):
    """A projection and `n_layers` recurrent layers.

    Attributes:
        output_size: channels of the output, `hidden_size` times the number of directions.
    """

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        n_layers: int,
        *,
        cell: Cell = "lstm",
        direction: Direction = "bidirectional",
        dropout: float = 0.0,
    ) -> None:
        """Builds the stack.

        Raises:
            ConfigError: an unknown cell or direction, or a size below 1.
        """
        super().__init__()
        if cell not in _CELLS:
            raise ConfigError(f"cell is {cell!r}; expected one of {', '.join(_CELLS)}")
        if direction not in ("forward", "bidirectional"):
            raise ConfigError(f"direction is {direction!r}; expected forward or bidirectional")
        for name, value in (("input_size", input_size), ("hidden_size", hidden_size), ("n_layers", n_layers)):
            if value < 1:
                raise ConfigError(f"{name} is {value}; expected at least 1")
        self.hidden_size = hidden_size
        self.n_state = 2 if cell == "lstm" else 1  # an LSTM carries h and c
        self.output_size = hidden_size * (2 if direction == "bidirectional" else 1)
        self.project = nn.Linear(input_size, self.output_size)
        self.layers = nn.ModuleList(
            RecurrentLayer(self.output_size, hidden_size, cell=cell, direction=direction, dropout=dropout)
            for _ in range(n_layers)
        )
        self.norm = nn.LayerNorm(self.output_size)

    def forward(
        self,
        x: Tensor,
        lengths: Tensor,
        context: Context | None = None,
        tap: int | None = None,
        together: Together = in_turn,
    ) -> Tensor:
        """Runs whole sequences.

        Args:
            x: (B, T, C) float32.
            lengths: (B,) int64, frames of each sequence; outputs behind them are meaningless.
            context: None for the full context, else the latency-controlled form.
            tap: also give the (not normalised) output of this layer, counted from 0.
            together: runs the two directions of each layer, where they see the whole sequence.

        Returns:
            (B, T, output_size) float32; with `tap`, (2, B, T, output_size): the output and the tap.
        """
        x = self.project(x)
        if context is not None:
            return self._forward_windows(x, lengths, context, tap)
        tapped = x
        for index, layer in enumerate(self.layers):
            x = layer(x, lengths, together)
            if index == tap:
                tapped = x
        out = cast(Tensor, self.norm(x))
        return out if tap is None else torch.stack([out, tapped.to(out.dtype)])

    def initial_state(self, n_batch: int = 1) -> Tensor:
        """State before the first frame: (n_layers, S, B, H) of zeros, S = 2 for an LSTM, else 1."""
        weight = self.project.weight
        return weight.new_zeros(len(self.layers), self.n_state, n_batch, self.hidden_size)

    def step(self, x: Tensor, state: Tensor, chunk: int) -> tuple[Tensor, Tensor]:
        """One window of a stream: outputs of the first `chunk` frames and the state behind them.

        A one-way stack takes any chunk and needs no look-ahead.

        Args:
            x: (B, T, C) float32, the chunk and, after it, the look-ahead that is known by now.
            state: (n_layers, S, B, H) from `initial_state` or the step before.
            chunk: 1..T frames to keep and move on.

        Returns:
            (B, chunk, output_size), and the next state.
        """
        x = self.project(x)
        carried = []
        for layer, before in zip(self.layers, state, strict=True):
            x, after = cast(RecurrentLayer, layer).window(x, before, chunk)
            carried.append(after)
        return self.norm(x[:, :chunk]), torch.stack(carried)

    def _forward_windows(self, x: Tensor, lengths: Tensor, context: Context, tap: int | None) -> Tensor:
        n_frames = x.shape[1]
        n_windows = -(-n_frames // context.chunk)
        width = context.chunk + context.look_ahead
        padded = nn.functional.pad(x, (0, 0, 0, n_windows * context.chunk + context.look_ahead - n_frames))
        windows = padded.unfold(1, width, context.chunk).permute(1, 0, 3, 2)  # (W, B, N, C)
        starts = torch.arange(n_windows, device=x.device)[:, None] * context.chunk
        widths = (lengths[None, :] - starts).clamp(0, width)  # (W, B)
        tapped = windows
        for index, layer in enumerate(self.layers):
            windows = cast(RecurrentLayer, layer).windows(windows, widths, context.chunk)
            if index == tap:
                tapped = windows

        def join(kept: Tensor) -> Tensor:
            return kept[:, :, : context.chunk].transpose(0, 1).flatten(1, 2)[:, :n_frames]

        out = cast(Tensor, self.norm(join(windows)))
        return out if tap is None else torch.stack([out, join(tapped).to(out.dtype)])


def _pack(state: Tensor | tuple[Tensor, Tensor]) -> Tensor:
    """torch's state of one layer, (1, B, H) or a pair of them, as one tensor (S, B, H)."""
    return torch.cat(state) if isinstance(state, tuple) else state


def _unpack(state: Tensor) -> Tensor | tuple[Tensor, Tensor]:
    """The inverse of `_pack`."""
    return (state[:1].contiguous(), state[1:].contiguous()) if len(state) == 2 else state.contiguous()


def _open_forget_gate(rnn: nn.LSTM) -> None:
    """Sets the forget gate's bias to 1, so that memory survives the first steps (Jozefowicz et al. 2015)."""
    with torch.no_grad():
        cast(Tensor, rnn.bias_ih_l0)[rnn.hidden_size : 2 * rnn.hidden_size].fill_(1.0)
        cast(Tensor, rnn.bias_hh_l0)[rnn.hidden_size : 2 * rnn.hidden_size].zero_()
