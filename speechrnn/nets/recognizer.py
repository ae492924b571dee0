"""The speech recognizer: log-mel frames in, CTC log-probabilities of phonemes and characters out.

Two causal convolutions in time (each halves the frame rate and the bands), with residual blocks of
convolutions behind each where asked for, feed a `RecurrentStack`; two linear heads read its output, and a
third the phonemes half way up, for training only.
Frames in are 10 ms apart, frames out 40 ms. Class 0 is the CTC blank. Outside training it may listen under
several warps of the bands at once, rows of one batch, and give the mean of their probabilities.

Sources: CTC, Graves et al. 2006; intermediate CTC, Lee and Watanabe 2021 (arXiv 2102.03216), with
phonemes below characters as in hierarchical multitask training (Krishna et al. 2018); means of the utterance,
Atal 1974, held near the training's as a posterior mean is near its prior; residual blocks, He et al. 2016,
that begin as the identity (Zhang et al. 2019, "Fixup initialization").
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from speechrnn.errors import ConfigError
from speechrnn.features.warp import warp_bands
from speechrnn.nets.recurrent import Cell, Context, Direction, Pair, RecurrentStack, in_turn

Edges = tuple[Tensor, ...]
STRIDE = 4  # log-mel frames to one output frame: two convolutions of stride 2


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognizerSizes:
    """Everything that fixes the shape of a recognizer; written into its bundle.

    Attributes:
        n_mels: bands of the log-mel input.
        n_phonemes: classes of the phoneme heads, blank included.
        n_characters: classes of the character head, blank included.
        channels: channels of both convolutions.
        blocks: residual blocks behind the first and the second convolution.
        block_channels: channels inside a block.
        hidden_size: units of each recurrent direction.
        n_layers: recurrent layers, at least 2 (the middle head sits half way up).
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
    channels: int = 32
    blocks: tuple[int, ...] = (0, 0)
    block_channels: int = 64
    hidden_size: int = 256
    n_layers: int = 4
    cell: Cell = "lstm"
    direction: Direction = "bidirectional"
    dropout: float = 0.1
    mean_frames: int = 0
    warps: tuple[float, ...] = (1.0,)

    def __post_init__(self) -> None:
        if self.n_layers < 2:
            raise ConfigError(f"n_layers is {self.n_layers}; expected at least 2")
        if not 0 <= self.dropout < 1:
            raise ConfigError(f"dropout is {self.dropout}; expected 0 <= dropout < 1")
        if self.n_mels % STRIDE:
            raise ConfigError(f"n_mels is {self.n_mels}; expected a multiple of {STRIDE}")
        if self.mean_frames < 0:
            raise ConfigError(f"mean_frames is {self.mean_frames}; expected 0 or more")
        if not self.warps or not all(0.5 <= warp <= 2 for warp in self.warps):
            raise ConfigError(f"warps is {self.warps}; expected factors from 0.5 to 2")
        if len(self.blocks) != 2 or min(self.blocks) < 0:
            raise ConfigError(f"blocks is {self.blocks}; expected two numbers, each 0 or more")
        for name in ("warps", "blocks"):  # a bundle's table has lists
            object.__setattr__(self, name, tuple(getattr(self, name)))


@dataclass(frozen=True, slots=True)
class RecognizerOutput:
    """What one pass gives; natural-log probabilities, float32, class 0 the blank.

    Attributes:
        phonemes: (B, T, n_phonemes).
        characters: (B, T, n_characters).
        middle_phonemes: (B, T, n_phonemes) from half way up the stack; None outside training.
        lengths: (B,) int64, output frames of each utterance.
    """

    phonemes: Tensor
    characters: Tensor
    middle_phonemes: Tensor | None
    lengths: Tensor


@dataclass(frozen=True, slots=True)
class StreamState:
    """What a stream through the recognizer remembers between chunks.

    V warps of each of B utterances are V * B rows of all but the sums.

    Attributes:
        sums: (B, n_mels), of all frames so far.
        n_frames: so far.
        edges: the last two input frames of each convolution, as `FrontEnd` has them.
        pending: (B, T, C) front-end frames whose window is not complete.
        recurrent: forward state of the stack.
    """

    sums: Tensor
    n_frames: int
    edges: Edges
    pending: Tensor
    recurrent: Tensor


def _causal(convolution: nn.Conv2d, x: Tensor, edge: Tensor) -> tuple[Tensor, Tensor]:
    """The convolution (B, C', T', F') of a chunk (B, C, T, F) behind two frames, and the next two."""
    extended = torch.cat([edge, x], dim=2)
    return convolution(extended), extended[:, :, -2:]


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

    Output frame j sees log-mel frames up to 4 j. The edges of a chunk are two frames for each convolution, in
    the order of the way through: (B, C, 2, F).
    """

    def __init__(self, sizes: RecognizerSizes) -> None:
        super().__init__()
        self.n_mels, channels = sizes.n_mels, sizes.channels
        self.first = nn.Conv2d(1, channels, 3, stride=2, padding=(0, 1))
        self.second = nn.Conv2d(channels, channels, 3, stride=2, padding=(0, 1))
        self.blocks = nn.ModuleList(
            nn.ModuleList(ResidualBlock(channels, sizes.block_channels) for _ in range(n_blocks))
            for n_blocks in sizes.blocks
        )
        self.output_size = channels * (sizes.n_mels // STRIDE)

    def initial(self, n_batch: int) -> Edges:
        """Zero frames before the first."""
        edges, n_bands = [], self.n_mels
        for convolution, blocks in self._stages():
            inside = [c for block in blocks for c in (block.first, block.second)]
            sizes = [(convolution, n_bands), *((c, n_bands // 2) for c in inside)]
            edges += [convolution.weight.new_zeros(n_batch, c.in_channels, 2, n) for c, n in sizes]
            n_bands //= 2
        return tuple(edges)

    def forward(self, x: Tensor, edges: Edges) -> tuple[Tensor, Edges]:
        """Frames of a chunk.

        Args:
            x: (B, T, n_mels); T a multiple of 4 unless the stream ends here.
            edges: from `initial` or the chunk before.

        Returns:
            (B, ceil(T / 4), C), and the edges for the next chunk.
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
        self.stack = RecurrentStack(
            self.front_end.output_size,
            sizes.hidden_size,
            sizes.n_layers,
            cell=sizes.cell,
            direction=sizes.direction,
            dropout=sizes.dropout,
        )
        self.phonemes = nn.Linear(self.stack.output_size, sizes.n_phonemes)
        self.characters = nn.Linear(self.stack.output_size, sizes.n_characters)
        self.middle = nn.Sequential(
            nn.LayerNorm(self.stack.output_size), nn.Linear(self.stack.output_size, sizes.n_phonemes)
        )

    def new_blocks(self) -> dict[str, Tensor]:
        """The weights of the residual blocks, which a smaller network lacks; new, they change nothing."""
        prefix = "front_end.blocks."
        return {name: weight for name, weight in self.state_dict().items() if name.startswith(prefix)}

    def set_normalisation(self, mean: Tensor, scale: Tensor) -> None:
        """Fixes the input normalisation `(x - mean) * scale`, each (n_mels,), from training data."""
        self.mean.copy_(mean)
        self.scale.copy_(scale)

    def forward(
        self, log_mel: Tensor, lengths: Tensor, context: Context | None = None, pair: Pair = in_turn
    ) -> RecognizerOutput:
        """Whole utterances.

        Args:
            log_mel: (B, T, n_mels) float32, padded with anything behind each length.
            lengths: (B,) int64, frames of each utterance.
            context: None for the full context, else the latency-controlled form.
            pair: runs the two directions of a layer under full context.

        Returns:
            Log-probabilities; with the middle head while training.
        """
        x = self._normalise(log_mel, lengths) if context is None else self._normalise_ahead(log_mel)[0]
        out_lengths = (lengths + STRIDE - 1) // STRIDE
        if not self.training:
            n_warps = len(self.sizes.warps)
            x, _ = self._hear(x, self.front_end.initial(n_warps * len(x)))
            top = self.stack(x, out_lengths.repeat(n_warps), context, pair=pair)
            return self._heads(top, None, out_lengths)
        x, _ = self.front_end(x, self.front_end.initial(len(x)))
        top, tapped = self.stack(x, out_lengths, context, tap=self.sizes.n_layers // 2 - 1, pair=pair)
        return self._heads(top, tapped, out_lengths)

    def initial(self, n_batch: int = 1) -> StreamState:
        """The state before the first frame of a stream."""
        n_rows = n_batch * len(self.sizes.warps)
        return StreamState(
            sums=self.mean.new_zeros(n_batch, self.sizes.n_mels),
            n_frames=0,
            edges=self.front_end.initial(n_rows),
            pending=self.mean.new_zeros(n_rows, 0, self.front_end.output_size),
            recurrent=self.stack.initial_state(n_rows),
        )

    def step(
        self, log_mel: Tensor, state: StreamState, context: Context, *, last: bool = False
    ) -> tuple[RecognizerOutput, StreamState]:
        """All outputs that new frames complete; equal to `forward` with the same context.

        Args:
            log_mel: (B, T, n_mels) float32, T a multiple of 4 unless `last`; may be empty.
            state: from `initial` or the step before.
            context: chunk and look-ahead, the same for the whole stream.
            last: the stream ends here: frames that wait for their look-ahead go without it.

        Returns:
            Outputs of a multiple of `context.chunk` frames (any number when `last`), and the state.
        """
        if log_mel.shape[1] % STRIDE and not last:
            raise ConfigError(f"a chunk of {log_mel.shape[1]} frames; expected a multiple of {STRIDE}")
        pending, edges, sums = state.pending, state.edges, state.sums
        if log_mel.shape[1]:
            x, sums = self._normalise_ahead(log_mel, sums, state.n_frames)
            new, edges = self._hear(x, edges)
            pending = torch.cat([pending, new], dim=1)
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
        return self._heads(top, None, lengths), StreamState(sums, n_frames, edges, pending, recurrent)

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

    def _hear(self, x: Tensor, edges: Edges) -> tuple[Tensor, Edges]:
        """The front end on V warps of (B, T, n_mels): (V * B, T / 4, C), and the edges of as many rows."""
        rows = zip(*(edge.chunk(len(self.sizes.warps)) for edge in edges), strict=True)
        # One after another: what lies between the two convolutions is larger than all else.
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
            lengths=lengths,
        )
