"""Log-mel spectrograms: what every acoustic network here hears.

Waveforms are mono float32 in -1..1; frames are `(T, n_mels)` float32, natural log of mel power.
Frame `t` is centred on samples `t * hop_length .. (t + 1) * hop_length`. The batch form
(`LogMel.__call__`) and the step form (`initial`, `step`, `finish`) give the same frames.
Flow: audio -> here -> nets.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import torch
from torch import Tensor
from torchaudio.transforms import MelSpectrogram

from speechrnn.errors import ConfigError
from speechrnn.types import SAMPLE_RATE, Seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureOptions:
    """Every number that the front end needs; travels with a bundle's weights.

    Attributes:
        sample_rate: Hz.
        n_fft: samples in one transform.
        win_length: samples under the Hann window, at most `n_fft`.
        hop_length: samples from one frame to the next.
        n_mels: mel bands.
        f_min: Hz, lower edge of the lowest band.
        f_max: Hz, upper edge of the highest band; at most half the sample rate.
        floor: power added before the logarithm, so that digital silence stays finite.
    """

    sample_rate: int = SAMPLE_RATE
    n_fft: int = 512
    win_length: int = 400  # 25 ms
    hop_length: int = 160  # 10 ms
    n_mels: int = 80
    f_min: float = 20.0
    f_max: float = 7600.0
    floor: float = 1e-6

    def __post_init__(self) -> None:
        for name in ("sample_rate", "n_fft", "win_length", "hop_length", "n_mels"):
            value = getattr(self, name)
            if value < 1:
                raise ConfigError(f"{name} is {value}; expected at least 1")
        if not self.hop_length <= self.win_length <= self.n_fft:
            raise ConfigError(
                f"win_length is {self.win_length}; expected between hop_length {self.hop_length} "
                f"and n_fft {self.n_fft}"
            )
        if not 0 <= self.f_min < self.f_max <= self.sample_rate / 2:
            raise ConfigError(
                f"f_min {self.f_min} and f_max {self.f_max} Hz; expected 0 <= f_min < f_max <= "
                f"{self.sample_rate / 2}"
            )
        if self.floor <= 0:
            raise ConfigError(f"floor is {self.floor}; expected above 0")

    @property
    def hop_s(self) -> Seconds:
        """From one frame to the next."""
        return self.hop_length / self.sample_rate


@dataclass(frozen=True, slots=True)
class LogMelState:
    """What a stream of frames remembers.

    Attributes:
        tail: (n,) float32, samples that later frames still need.
        n_samples: samples seen so far.
        n_frames: frames given so far.
    """

    tail: Tensor
    n_samples: int
    n_frames: int


class LogMel:
    """Waveform to log-mel frames.

    Example:
        >>> frames = LogMel(FeatureOptions())(torch.zeros(1600))
        >>> tuple(frames.shape)
        (10, 80)
    """

    def __init__(self, options: FeatureOptions) -> None:
        self.options = options
        self._mel = MelSpectrogram(
            sample_rate=options.sample_rate,
            n_fft=options.n_fft,
            win_length=options.win_length,
            hop_length=options.hop_length,
            f_min=options.f_min,
            f_max=options.f_max,
            n_mels=options.n_mels,
            power=2.0,
            center=False,
        )
        self._lead = (options.n_fft - options.hop_length) // 2  # zeros before the first sample

    def n_frames(self, n_samples: int) -> int:
        """Frames of a whole waveform of `n_samples`: every sample lies in one hop."""
        return -(-n_samples // self.options.hop_length)

    def n_samples(self, n_frames: int) -> int:
        """Samples of a stream that complete its first `n_frames`."""
        return (n_frames - 1) * self.options.hop_length + self.options.n_fft - self._lead

    def __call__(self, waveform: Tensor) -> Tensor:
        """Frames of a whole waveform.

        Args:
            waveform: (N,) float32.

        Returns:
            (ceil(N / hop_length), n_mels) float32.
        """
        state = self.initial()
        frames, state = self.step(waveform, state)
        return torch.cat([frames, self.finish(state)])

    def initial(self) -> LogMelState:
        """The state before the first sample."""
        return LogMelState(torch.zeros(self._lead), 0, 0)

    def step(self, chunk: Tensor, state: LogMelState) -> tuple[Tensor, LogMelState]:
        """All frames that `chunk` completes.

        Args:
            chunk: (N,) float32, any N.
            state: from `initial` or the step before.

        Returns:
            (T, n_mels) float32, T may be 0; and the state after the chunk.
        """
        samples = torch.cat([state.tail, chunk])
        frames = self._frames(samples)
        tail = samples[len(frames) * self.options.hop_length :].clone()
        return frames, LogMelState(tail, state.n_samples + len(chunk), state.n_frames + len(frames))

    def finish(self, state: LogMelState) -> Tensor:
        """The frames still owed when the stream has ended; zeros stand for what follows.

        Returns:
            (T, n_mels) float32, T may be 0.
        """
        owed = self.n_frames(state.n_samples) - state.n_frames
        if owed <= 0:
            return torch.zeros(0, self.options.n_mels)
        needed = (owed - 1) * self.options.hop_length + self.options.n_fft
        return self._frames(torch.nn.functional.pad(state.tail, (0, needed - len(state.tail))))[:owed]

    def _frames(self, samples: Tensor) -> Tensor:
        if len(samples) < self.options.n_fft:
            return torch.zeros(0, self.options.n_mels)
        power = cast(Tensor, self._mel(samples))  # (n_mels, T)
        return torch.log(power + self.options.floor).T.contiguous()
