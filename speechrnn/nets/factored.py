"""Factored layers: convolutions in time whose matrices pass through a narrow linear bottleneck.

Each layer is `x + dropout(relu(expand(reduce(layer_norm(x)))))`, where `reduce` sees two neighbouring frames
and `expand` two neighbouring outputs of `reduce`: three frames in all, for a fraction of the weights of a
full convolution. Layers of even number (from 0) see the frame before and the one behind, those of odd
number the two before. Beyond either end of an utterance they see nothing: the bottleneck is zero there.
So a stack hears ever more of what lies around a frame, but never the whole utterance.

Tensors are batch first, `(B, T, C)`. A stream gives the same numbers as the whole: a layer that looks ahead
holds one frame back.

Source: TDNN-F, Povey et al. 2018, "Semi-orthogonal low-rank matrix factorization for deep neural networks",
here normalised by layer in front instead of by batch behind, and without the orthogonality; its dropout, one
continuous mask for all frames of an utterance, likewise.
"""

from __future__ import annotations

from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from speechrnn.errors import ConfigError


class SharedDropout(nn.Module):
    """Scales each channel of an utterance by one number from 1 - 2 p to 1 + 2 p; training only."""

    def __init__(self, p: float) -> None:
        super().__init__()
        self.p = p

    def forward(self, x: Tensor) -> Tensor:
        """(B, T, C) of the same shape."""
        if not self.training or not self.p:
            return x
        drawn = torch.rand(x.shape[0], 1, x.shape[2], device=x.device, dtype=x.dtype)
        return x * (1 - 2 * self.p + 4 * self.p * drawn)


class FactoredLayer(nn.Module):
    """See the module's docstring.

    Attributes:
        look_ahead: frames behind its own that an output sees, 0 or 1.
    """

    def __init__(self, size: int, bottleneck: int, *, look_ahead: int, dropout: float) -> None:
        super().__init__()
        self.look_ahead = look_ahead
        self.norm = nn.LayerNorm(size)
        self.reduce = nn.Linear(size, 2 * bottleneck, bias=False)  # this frame's part and the next one's
        self.expand = nn.Linear(2 * bottleneck, size)
        self.dropout = SharedDropout(dropout)

    def forward(self, x: Tensor, heard: Tensor | None) -> Tensor:
        """Whole utterances.

        Args:
            x: (B, T, size).
            heard: (B, T, 1), 1 within each utterance and 0 behind it; None where all are of one length.

        Returns:
            (B, T, size).
        """
        now, after = self._reduced(x)
        narrow = now + F.pad(after, (0, 0, 1, 0))[:, :-1]
        if heard is not None:
            narrow = narrow * heard
        if self.look_ahead:
            pairs = torch.cat([narrow, F.pad(narrow, (0, 0, 0, 1))[:, 1:]], dim=-1)
        else:
            pairs = torch.cat([F.pad(narrow, (0, 0, 1, 0))[:, :-1], narrow], dim=-1)
        return self._expanded(x, pairs)

    def step(self, x: Tensor, held: Tensor, last: bool) -> tuple[Tensor, Tensor]:
        """The outputs that new frames complete.

        Args:
            x: (B, n, size), n >= 0.
            held: (B, 0 or 1, size + 2 * bottleneck): what the frame before left, none at the start.
            last: the stream ends behind these.

        Returns:
            (B, m, size), and what to hold. With a look-ahead the outputs are a frame behind, until the last.
        """
        bottleneck = self.expand.in_features // 2
        frame, before, narrow = torch.split(held, [x.shape[2], bottleneck, bottleneck], dim=-1)
        nothing = x.new_zeros(len(x), 1, bottleneck)
        now, after = self._reduced(x)
        # The parts of the frame before, or nothing where this is the first.
        parts = torch.cat([before if held.shape[1] else nothing, after], dim=1)
        fresh = now + parts[:, : x.shape[1]]
        narrow = torch.cat([narrow, fresh], dim=1)
        keep = torch.cat([torch.cat([frame, x], dim=1), torch.cat([before, after], dim=1), narrow], dim=-1)
        if self.look_ahead:
            x = torch.cat([frame, x], dim=1)
            if last and x.shape[1]:
                narrow = torch.cat([narrow, nothing], dim=1)
            pairs = torch.cat([narrow[:, :-1], narrow[:, 1:]], dim=-1)
            x = x[:, : pairs.shape[1]]
        else:
            narrow = narrow if held.shape[1] else torch.cat([nothing, narrow], dim=1)
            pairs = torch.cat([narrow[:, :-1], narrow[:, 1:]], dim=-1)
        return self._expanded(x, pairs), keep[:, -1:]

    def _reduced(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """(B, T, bottleneck) each: what a frame gives to its own bottleneck and to the next frame's."""
        now, after = self.reduce(self.norm(x)).chunk(2, dim=-1)
        return now, after

    def _expanded(self, x: Tensor, pairs: Tensor) -> Tensor:
        return cast(Tensor, x + self.dropout(F.relu(self.expand(pairs))))


class FactoredStack(nn.Module):
    """A projection, factored layers and a norm.

    Attributes:
        output_size: channels of the output.
        look_ahead: frames behind its own that an output sees.
    """

    def __init__(self, input_size: int, size: int, bottleneck: int, n_layers: int, *, dropout: float) -> None:
        """Builds the stack.

        Raises:
            ConfigError: a size below 1.
        """
        super().__init__()
        for name, value in (("size", size), ("bottleneck", bottleneck), ("n_layers", n_layers)):
            if value < 1:
                raise ConfigError(f"{name} of the factored layers is {value}; expected at least 1")
        self.output_size, self._held_size = size, size + 2 * bottleneck
        self.project = nn.Linear(input_size, size)
        self.layers = nn.ModuleList(
            FactoredLayer(size, bottleneck, look_ahead=1 - number % 2, dropout=dropout)
            for number in range(n_layers)
        )
        self.look_ahead = (n_layers + 1) // 2
        self.norm = nn.LayerNorm(size)

    def forward(self, x: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor]:
        """Whole utterances.

        Args:
            x: (B, T, input_size) float32.
            lengths: (B,) int64; outputs behind them are meaningless.

        Returns:
            (B, T, output_size), normalised, and the same, not normalised, from half way up.
        """
        x = self.project(x)
        inside = torch.arange(x.shape[1], device=x.device) < lengths[:, None]
        heard = None if bool(inside.all()) else inside[:, :, None].to(x.dtype)
        tapped = x
        for number, layer in enumerate(self.layers, start=1):
            x = layer(x, heard)
            if number == len(self.layers) // 2:
                tapped = x
        return self.norm(x), tapped

    def initial(self, n_batch: int) -> tuple[Tensor, ...]:
        """Before the first frame no layer holds anything."""
        nothing = self.project.weight.new_zeros(n_batch, 0, self._held_size)
        return (nothing,) * len(self.layers)

    def step(self, x: Tensor, held: tuple[Tensor, ...], *, last: bool) -> tuple[Tensor, tuple[Tensor, ...]]:
        """All outputs that new frames complete; equal to `forward`.

        Args:
            x: (B, n, input_size) float32, n >= 0.
            held: from `initial` or the step before.
            last: the stream ends here.

        Returns:
            (B, m, output_size), `look_ahead` frames behind until the last, and what to hold.
        """
        x, after = self.project(x), []
        for layer, before in zip(self.layers, held, strict=True):
            x, keep = cast(FactoredLayer, layer).step(x, before, last)
            after.append(keep)
        return self.norm(x), tuple(after)
