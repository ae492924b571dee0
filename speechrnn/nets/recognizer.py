"""The speech recognizer: log-mel frames in, CTC log-probabilities of phonemes and characters out.

Two causal convolutions in time (each halves the bands, and both together take the frame rate down by
`stride`), with residual blocks of convolutions behind each where asked for, feed a `FactoredStack`, where
asked for, and a `RecurrentStack`; two linear heads read its output, and a third the phonemes half way up,
for training only. Frames in are 10 ms apart, frames out `stride` times as far. Class 0 is the CTC blank.
Outside training it may listen under several warps of the bands at once, rows of one batch, and give the
mean of their probabilities.

Sources: CTC, Graves et al. 2006; intermediate CTC, Lee and Watanabe 2021 (arXiv 2102.03216), with
phonemes below characters as in hierarchical multitask training (Krishna et al. 2018); means of the utterance,
Atal 1974, held near the training's as a posterior mean is near its prior; residual blocks, He et al. 2016,
that begin as the identity (Zhang et al. 2019, "Fixup initialization").
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from speechrnn.errors import ConfigError
from speechrnn.features.warp import warp_bands
from speechrnn.nets.factored import FactoredStack
from speechrnn.nets.recurrent import Cell, Context, Direction, RecurrentStack, Together, in_turn

Edges = tuple[Tensor, ...]
SENONES_INNER = 256  # units inside the head for single frames
BANDS_IN_ONE = 4  # two convolutions of stride 2 in frequency


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognizerSizes:
    """Everything that fixes the shape of a recognizer; written into its bundle.

    Attributes:
        n_mels: bands of the log-mel input.
        n_phonemes: classes of the phoneme heads, blank included.
        n_characters: classes of the character head, blank included.
        channels: channels of the first and the second convolution.
        strides: of both convolutions in time.
        blocks: residual blocks behind the first and the second convolution.
        block_channels: channels inside a block.
        factored_layers: layers of a `FactoredStack` in front of the recurrent ones; 0 for none.
        factored_size: channels of these.
        bottleneck: channels of what they pass through.
        n_senones: classes of the head for single frames, which only training has; 0 for none.
        hidden_size: units of each recurrent direction.
        n_layers: recurrent layers, at least 1, and 2 without factored ones: the middle head sits half way up
            those, else half way up the recurrent ones.
        cell: lstm, gru or rnn.
        direction: forward or bidirectional.
        dropout: probability, 0..1, after each recurrent layer; training only.
        mean_frames: the mean that is taken from the input is that of the utterance (in streams and under
            latency control of what has been heard of it) and of so many frames at the training's mean; 0
            takes the training's alone.
        warps: of the bands, see `warp_bands`; what is heard under each is averaged. Outside training only.
    """

    n_mels: int = 80
    n_phonemes: int = 40
    n_characters: int = 29
    channels: tuple[int, int] = (32, 32)
    strides: tuple[int, int] = (2, 2)
    blocks: tuple[int, ...] = (0, 0)
    block_channels: int = 64
    factored_layers: int = 0
    factored_size: int = 768
    bottleneck: int = 128
    n_senones: int = 0
    hidden_size: int = 256
    n_layers: int = 4
    cell: Cell = "lstm"
    direction: Direction = "bidirectional"
    dropout: float = 0.1
    mean_frames: int = 0
    warps: tuple[float, ...] = (1.0,)

    def __post_init__(self) -> None:
        if isinstance(self.channels, int):  # bundles of old have one for both
            object.__setattr__(self, "channels", (self.channels, self.channels))
        least = 1 if self.factored_layers else 2
        if self.n_layers < least:
            raise ConfigError(f"n_layers is {self.n_layers}; expected at least {least}")
        if self.n_senones and not self.factored_layers:
            raise ConfigError("the head for single frames (n_senones) reads factored layers; there are none")
        if self.factored_layers < 0:
            raise ConfigError(f"factored_layers is {self.factored_layers}; expected 0 or more")
        if not 0 <= self.dropout < 1:
            raise ConfigError(f"dropout is {self.dropout}; expected 0 <= dropout < 1")
        if self.n_mels % BANDS_IN_ONE:
            raise ConfigError(f"n_mels is {self.n_mels}; expected a multiple of {BANDS_IN_ONE}")
        if self.mean_frames < 0:
            raise ConfigError(f"mean_frames is {self.mean_frames}; expected 0 or more")
        if not self.warps or not all(0.5 <= warp <= 2 for warp in self.warps):
            raise ConfigError(f"warps is {self.warps}; expected factors from 0.5 to 2")
        for name, least in (("blocks", 0), ("channels", 1), ("strides", 1)):
            value = getattr(self, name)
            if len(value) != 2 or min(value) < least:
                raise ConfigError(f"{name} is {value}; expected two numbers, each {least} or more")
        for name in ("warps", "blocks", "channels", "strides"):  # a bundle's table has lists
            object.__setattr__(self, name, tuple(getattr(self, name)))

    @property
    def stride(self) -> int:
        """Log-mel frames to one output frame."""
        return self.strides[0] * self.strides[1]


@dataclass(frozen=True, slots=True)
class RecognizerOutput:
    """What one pass gives; natural-log probabilities, float32, class 0 the blank.

    Attributes:
        phonemes: (B, T, n_phonemes).
        characters: (B, T, n_characters).
        middle_phonemes: (B, T, n_phonemes) from half way up the stack; None outside training.
        senones: (B, T, n_senones), likewise; None without that head.
        lengths: (B,) int64, output frames of each utterance.
    """

    phonemes: Tensor
    characters: Tensor
    middle_phonemes: Tensor | None
    senones: Tensor | None
    lengths: Tensor


@dataclass(frozen=True, slots=True)
class StreamState:
    """What a stream through the recognizer remembers between chunks.

    V warps of each of B utterances are V * B rows of all but the sums.

    Attributes:
        sums: (B, n_mels), of all frames so far.
        n_frames: so far.
        edges: the last input frames of each convolution, as `FrontEnd` has them.
        held: what the factored layers hold; empty without them.
        pending: (B, T, C) front-end frames whose window is not complete.
        recurrent: forward state of the stack.
    """

    sums: Tensor
    n_frames: int
    edges: Edges
    held: Edges
    pending: Tensor
    recurrent: Tensor


def _causal(convolution: nn.Conv2d, x: Tensor, edge: Tensor) -> tuple[Tensor, Tensor]:
    """The convolution (B, C', T', F') of a chunk (B, C, T, F) behind its edge, and the next edge."""
    extended = torch.cat([edge, x], dim=2)
    return convolution(extended), extended[:, :, -_edge_size(convolution) :]


def _edge_size(convolution: nn.Conv2d) -> int:
    """Frames before a chunk that its first output sees."""
    return convolution.kernel_size[0] - 1


def _convolution(n_in: int, n_out: int, stride: int) -> nn.Conv2d:
    """Every frame is the middle of some output, or its neighbour."""
    return nn.Conv2d(n_in, n_out, (max(3, 2 * stride - 1), 3), stride=(stride, 2), padding=(0, 1))


class ResidualBlock(nn.Module):
    """Two convolutions around which the input also goes; new, it changes nothing."""

    def __init__(self, channels: int, inner_channels: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(channels, inner_channels, 3, padding=(0, 1))
        self.second = nn.Conv2d(inner_channels, channels, 3, padding=(0, 1))
        nn.init.zeros_(self.second.weight)
        nn.init.zeros_(cast(Tensor, self.second.bias))

    def forward(self, x: Tensor, edges: Edges) -> tuple[Tensor, Edges]:
        """(B, C, T, F) of the same shape, and the edges of both convolutions for the next chunk."""
        inner, low = _causal(self.first, x, edges[0])
        y, high = _causal(self.second, F.gelu(inner), edges[1])
        return x + y, (low, high)


class FrontEnd(nn.Module):
    """Two convolutions, and the blocks behind them, causal in time.

    Output frame j sees log-mel frames up to `stride` j. The edges of a chunk are the frames before it that
    each convolution sees, in the order of the way through: (B, C, 2 or more, F).
    """

    def __init__(self, sizes: RecognizerSizes) -> None:
        super().__init__()
        self.n_mels = sizes.n_mels
        low, high = sizes.channels
        self.first = _convolution(1, low, sizes.strides[0])
        self.second = _convolution(low, high, sizes.strides[1])
        self.blocks = nn.ModuleList(
            nn.ModuleList(ResidualBlock(channels, sizes.block_channels) for _ in range(n_blocks))
            for channels, n_blocks in zip(sizes.channels, sizes.blocks, strict=True)
        )
        self.output_size = high * (sizes.n_mels // BANDS_IN_ONE)

    def initial(self, n_batch: int) -> Edges:
        """Zero frames before the first."""
        edges, n_bands = [], self.n_mels
        for convolution, blocks in self._stages():
            inside = [c for block in blocks for c in (block.first, block.second)]
            sizes = [(convolution, n_bands), *((c, n_bands // 2) for c in inside)]
            edges += [
                convolution.weight.new_zeros(n_batch, c.in_channels, _edge_size(c), n) for c, n in sizes
            ]
            n_bands //= 2
        return tuple(edges)

    def forward(self, x: Tensor, edges: Edges) -> tuple[Tensor, Edges]:
        """Frames of a chunk.

        Args:
            x: (B, T, n_mels); T a multiple of the stride unless the stream ends here.
            edges: from `initial` or the chunk before.

        Returns:
            (B, ceil(T / stride), C), and the edges for the next chunk.
        """
        y, before, after = x[:, None], iter(edges), []
        for convolution, blocks in self._stages():
            y, edge = _causal(convolution, y, next(before))
            y = F.gelu(y)
            after.append(edge)
            for block in blocks:
                y, pair = block(y, (next(before), next(before)))
                after += pair
        return y.transpose(1, 2).flatten(2), tuple(after)

    def _stages(self) -> Iterator[tuple[nn.Conv2d, Sequence[ResidualBlock]]]:
        for convolution, blocks in zip((self.first, self.second), self.blocks, strict=True):
            yield convolution, cast(Sequence[ResidualBlock], blocks)


def _senones_head(n_in: int, n_senones: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Linear(n_in, SENONES_INNER),
        nn.ReLU(),
        nn.LayerNorm(SENONES_INNER),
        nn.Linear(SENONES_INNER, n_senones),
    )


class Recognizer(nn.Module):
    """See the module's docstring. `forward` for whole utterances, `step` for streams."""

    mean: Tensor
    scale: Tensor

    def __init__(self, sizes: RecognizerSizes) -> None:
        super().__init__()
        self.sizes = sizes
        self.register_buffer("mean", torch.zeros(sizes.n_mels))
        self.register_buffer("scale", torch.ones(sizes.n_mels))
        self.front_end = FrontEnd(sizes)
        size = self.front_end.output_size
        self.factored = (
            FactoredStack(
                size, sizes.factored_size, sizes.bottleneck, sizes.factored_layers, dropout=sizes.dropout
            )
            if sizes.factored_layers
            else None
        )
        self.stack = RecurrentStack(
            size if self.factored is None else sizes.factored_size,
            sizes.hidden_size,
            sizes.n_layers,
            cell=sizes.cell,
            direction=sizes.direction,
            dropout=sizes.dropout,
        )
        self.phonemes = nn.Linear(self.stack.output_size, sizes.n_phonemes)
        self.characters = nn.Linear(self.stack.output_size, sizes.n_characters)
        middle_size = self.stack.output_size if self.factored is None else sizes.factored_size
        self.middle = nn.Sequential(nn.LayerNorm(middle_size), nn.Linear(middle_size, sizes.n_phonemes))
        self.senones = (
            _senones_head(self.stack.project.in_features, sizes.n_senones) if sizes.n_senones else None
        )

    @property
    def look_ahead(self) -> int:
        """Output frames behind its own that one sees in any case, without that of the recurrent layers."""
        return 0 if self.factored is None else self.factored.look_ahead

    def new_weights(self) -> dict[str, Tensor]:
        """Those that a network to start from may lack.

        They are of the residual blocks, which, new, change nothing, and of the head for single frames, which
        only training has.
        """
        prefixes = ("front_end.blocks.", "senones.")
        return {name: weight for name, weight in self.state_dict().items() if name.startswith(prefixes)}

    def set_normalisation(self, mean: Tensor, scale: Tensor) -> None:
        """Fixes the input normalisation `(x - mean) * scale`, each (n_mels,), from training data."""
        self.mean.copy_(mean)
        self.scale.copy_(scale)

    def forward(
        self, log_mel: Tensor, lengths: Tensor, context: Context | None = None, together: Together = in_turn
    ) -> RecognizerOutput:
        """Whole utterances.

        Args:
            log_mel: (B, T, n_mels) float32, padded with anything behind each length.
            lengths: (B,) int64, frames of each utterance.
            context: None for the full context, else the latency-controlled form.
            together: runs the two directions of a layer under full context, and outside training the warps
                below the recurrent layers.

        Returns:
            Log-probabilities; with the middle head and that for single frames while training.
        """
        x = self._normalise(log_mel, lengths) if context is None else self._normalise_ahead(log_mel)[0]
        out_lengths = (lengths + self.sizes.stride - 1) // self.sizes.stride
        if not self.training:
            top = self.stack(
                self._below(x, out_lengths, together),
                out_lengths.repeat(len(self.sizes.warps)),
                context,
                together=together,
            )
            return self._heads(top, None, out_lengths)
        x, _ = self.front_end(x, self.front_end.initial(len(x)))
        if self.factored is not None:
            x, tapped = self.factored(x, out_lengths)
            top = self.stack(x, out_lengths, context, together=together)
        else:
            top, tapped = self.stack(
                x, out_lengths, context, tap=self.sizes.n_layers // 2 - 1, together=together
            )
        output = self._heads(top, tapped, out_lengths)
        if self.senones is not None:
            output = replace(output, senones=F.log_softmax(self.senones(x).float(), dim=-1))
        return output

    def initial(self, n_batch: int = 1) -> StreamState:
        """The state before the first frame of a stream."""
        n_rows = n_batch * len(self.sizes.warps)
        return StreamState(
            sums=self.mean.new_zeros(n_batch, self.sizes.n_mels),
            n_frames=0,
            edges=self.front_end.initial(n_rows),
            held=() if self.factored is None else self.factored.initial(n_rows),
            pending=self.mean.new_zeros(n_rows, 0, self.stack.project.in_features),
            recurrent=self.stack.initial_state(n_rows),
        )

    def step(
        self, log_mel: Tensor, state: StreamState, context: Context, *, last: bool = False
    ) -> tuple[RecognizerOutput, StreamState]:
        """All outputs that new frames complete; equal to `forward` with the same context.

        Args:
            log_mel: (B, T, n_mels) float32, T a multiple of the stride unless `last`; may be empty.
            state: from `initial` or the step before.
            context: chunk and look-ahead, the same for the whole stream.
            last: the stream ends here: frames that wait for their look-ahead go without it.

        Returns:
            Outputs of a multiple of `context.chunk` frames (any number when `last`), and the state.
        """
        stride = self.sizes.stride
        if log_mel.shape[1] % stride and not last:
            raise ConfigError(f"a chunk of {log_mel.shape[1]} frames; expected a multiple of {stride}")
        pending, edges, held, sums = state.pending, state.edges, state.held, state.sums
        new = pending.new_zeros(len(pending), 0, self.front_end.output_size)
        if log_mel.shape[1]:
            x, sums = self._normalise_ahead(log_mel, sums, state.n_frames)
            new, edges = self._hear(x, edges)
        if self.factored is not None:
            new, held = self.factored.step(new, held, last=last)
        pending = torch.cat([pending, new.to(pending.dtype)], dim=1) if new.shape[1] else pending
        recurrent, tops = state.recurrent, []
        width = context.chunk + context.look_ahead
        while pending.shape[1] >= width or (last and pending.shape[1]):
            chunk = min(context.chunk, pending.shape[1])
            top, recurrent = self.stack.step(pending[:, :width], recurrent, chunk)
            tops.append(top)
            pending = pending[:, chunk:]
        top = torch.cat(tops, dim=1) if tops else pending.new_zeros(len(pending), 0, self.stack.output_size)
        lengths = torch.full((len(log_mel),), top.shape[1], dtype=torch.int64)
        n_frames = state.n_frames + log_mel.shape[1]
        return self._heads(top, None, lengths), StreamState(sums, n_frames, edges, held, pending, recurrent)

    def _normalise(self, log_mel: Tensor, lengths: Tensor) -> Tensor:
        """With the mean of each whole utterance."""
        prior = self.sizes.mean_frames
        if not prior:
            return (log_mel - self.mean) * self.scale
        heard = torch.arange(log_mel.shape[1], device=log_mel.device) < lengths[:, None]  # (B, T)
        sums = (log_mel * heard[:, :, None]).sum(dim=1)
        mean = (sums + prior * self.mean) / (prior + lengths[:, None])
        return (log_mel - mean[:, None]) * self.scale

    def _normalise_ahead(
        self, log_mel: Tensor, sums: Tensor | None = None, n_frames: int = 0
    ) -> tuple[Tensor, Tensor]:
        """With the mean up to each frame; and the sums (B, n_mels) behind the last one."""
        prior = self.sizes.mean_frames
        running = log_mel.cumsum(dim=1)
        if sums is not None:
            running = running + sums[:, None]
        if not prior:
            return (log_mel - self.mean) * self.scale, running[:, -1]
        n = n_frames + torch.arange(1, log_mel.shape[1] + 1, device=log_mel.device)[:, None]
        mean = (running + prior * self.mean) / (prior + n)
        return (log_mel - mean) * self.scale, running[:, -1]

    def _below(self, x: Tensor, lengths: Tensor, together: Together) -> Tensor:
        """What the recurrent layers hear of V warps of whole utterances: (V * B, T / stride, C)."""

        def heard(warp: float) -> Tensor:
            y: Tensor = self.front_end(warp_bands(x, warp), self.front_end.initial(len(x)))[0]
            if self.factored is not None:
                y, _ = self.factored(y, lengths)
            return y

        return torch.cat(together(*(partial(heard, warp) for warp in self.sizes.warps)))

    def _hear(self, x: Tensor, edges: Edges) -> tuple[Tensor, Edges]:
        """The front end on V warps of (B, T, n_mels): (V * B, T / stride, C), and as many rows of edges."""
        rows = zip(*(edge.chunk(len(self.sizes.warps)) for edge in edges), strict=True)
        heard = [
            self.front_end(warp_bands(x, warp), before)
            for warp, before in zip(self.sizes.warps, rows, strict=True)
        ]
        frames, after = zip(*heard, strict=True)
        return torch.cat(frames), tuple(torch.cat(edge) for edge in zip(*after, strict=True))

    def _heads(self, top: Tensor, tapped: Tensor | None, lengths: Tensor) -> RecognizerOutput:
        n_warps = 1 if self.training else len(self.sizes.warps)

        def log_probs(scores: Tensor) -> Tensor:
            # float32 under autocast too: CTC sums many small probabilities
            each = F.log_softmax(scores.float(), dim=-1)
            if n_warps == 1:
                return each
            views = each.view(n_warps, len(each) // n_warps, *each.shape[1:])
            return views.logsumexp(dim=0) - math.log(n_warps)

        return RecognizerOutput(
            phonemes=log_probs(self.phonemes(top)),
            characters=log_probs(self.characters(top)),
            middle_phonemes=None if tapped is None else F.log_softmax(self.middle(tapped).float(), dim=-1),
            senones=None,
            lengths=lengths,
        )


@contextmanager
def unwarped(net: Recognizer) -> Iterator[None]:
    """Lets a network hear whole utterances under one warp, 1.0; behind it those of its sizes are back."""
    sizes, net.sizes = net.sizes, replace(net.sizes, warps=(1.0,))
    try:
        yield
    finally:
        net.sizes = sizes
