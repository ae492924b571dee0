"""Voice activity: for every 512 samples (32 ms) of 16 kHz audio, how probably somebody speaks.

The net is Silero VAD (Silero Team, 2020-2025, MIT), whose weights come with the `silero-vad` wheel: a
short-time Fourier transform and four convolutions per window, then one LSTM over the windows. It is run
here as a sequence, all windows of a block at once, which gives the numbers of the window-by-window form
at a fraction of its time. Sits between `blocks()` and `segmentation.cut_at_silence`.
"""

from __future__ import annotations

import importlib.util
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from speechrnn.audio.resample import Samples
from speechrnn.errors import BundleError
from speechrnn.nets.device import one_thread

WINDOW = 512  # samples, 32 ms
CONTEXT = 64  # samples of the window before that the net sees again
HIDDEN_SIZE = 128
N_FFT, N_BINS, STFT_HOP = 256, 129, 128

# A voice recorded at -50 dBFS is raised to where the net was trained; a loud one is left alone.
TARGET_RMS = 0.06  # about -24 dBFS
LARGEST_GAIN = 10 ** (30 / 20)
LEVEL_MEMORY = 0.997  # of the loudest level, per window: half of it is forgotten in 7 s

# Names in the weight file -> names here.
_LAYERS = {
    "stft.forward_basis_buffer": "stft_conv.weight",
    **{
        f"encoder.{index}.reparam_conv.{kind}": f"conv{index + 1}.{kind}"
        for index in range(4)
        for kind in ("weight", "bias")
    },
    **{f"decoder.rnn.{name}": f"lstm.{name}_l0" for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")},
    "decoder.decoder.2.weight": "final_conv.weight",
    "decoder.decoder.2.bias": "final_conv.bias",
}


@dataclass(frozen=True, slots=True)
class VoiceState:
    """What the detector carries from one block to the next.

    Attributes:
        hidden, cell: (1, 1, 128) float32, of the LSTM.
        context: (64,) float32, end of the last window as the net saw it.
        level: loudest recent RMS of a window, decaying, 0..1.
    """

    hidden: Tensor
    cell: Tensor
    context: Samples
    level: float


class VoiceDetector:
    """Silero VAD for 16 kHz as a stream with explicit state.

    Example:
        detector = VoiceDetector()
        probabilities, state = detector.step(np.zeros(1024, dtype=np.float32), detector.initial())
    """

    def __init__(self) -> None:
        """Load the net; the process's thread count stays as it is.

        Raises:
            BundleError: the installed silero-vad has no weights where they are expected.
        """
        self._net = _SileroNet(_load_weights())
        self._net.eval()

    def initial(self) -> VoiceState:
        """The state before the first window."""
        zeros = torch.zeros(1, 1, HIDDEN_SIZE)
        return VoiceState(zeros, zeros, np.zeros(CONTEXT, dtype=np.float32), 0.0)

    def step(self, waveform: Samples, state: VoiceState) -> tuple[NDArray[np.float32], VoiceState]:
        """Judge the next windows.

        Args:
            waveform: (n * 512,) float32 at 16 kHz, in -1..1, n >= 1.
            state: from the step before, or `initial()`.

        Returns:
            (n,) float32 probabilities of speech, 0..1, and the state behind the last window.
        """
        windows = waveform.reshape(-1, WINDOW)
        gains, level = _gains(np.sqrt(np.mean(np.square(windows), axis=1)), state.level)
        windows = windows * gains[:, None]
        contexts = np.concatenate([state.context[None], windows[:-1, -CONTEXT:]])
        with torch.inference_mode(), one_thread():
            seen = torch.from_numpy(np.concatenate([contexts, windows], axis=1))  # (n, 576)
            probabilities, (hidden, cell) = self._net(seen, (state.hidden, state.cell))
        return probabilities.numpy(), VoiceState(hidden, cell, windows[-1, -CONTEXT:].copy(), level)


class _SileroNet(nn.Module):
    """The layers of Silero VAD for 16 kHz."""

    def __init__(self, weights: Mapping[str, Tensor]) -> None:
        super().__init__()
        self.stft_conv = nn.Conv1d(1, 2 * N_BINS, N_FFT, stride=STFT_HOP, bias=False)
        self.conv1 = nn.Conv1d(N_BINS, 128, 3, padding=1)
        self.conv2 = nn.Conv1d(128, 64, 3, stride=2, padding=1)
        self.conv3 = nn.Conv1d(64, 64, 3, stride=2, padding=1)
        self.conv4 = nn.Conv1d(64, HIDDEN_SIZE, 3, padding=1)
        self.lstm = nn.LSTM(HIDDEN_SIZE, HIDDEN_SIZE)
        self.final_conv = nn.Conv1d(HIDDEN_SIZE, 1, 1)
        try:
            self.load_state_dict({_LAYERS.get(name, name): tensor for name, tensor in weights.items()})
        except RuntimeError as error:
            raise BundleError(
                "the voice detector's weights are not those of Silero VAD 6 for 16 kHz: "
                "reinstall silero-vad>=6,<7"
            ) from error

    def forward(self, x: Tensor, state: tuple[Tensor, Tensor]) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """(n, 576) windows with their context, LSTM state -> (n,) probabilities, LSTM state."""
        x = nn.functional.pad(x[:, None], (0, CONTEXT), mode="reflect")  # (n, 1, 640)
        x = self.stft_conv(x)  # (n, 258, 4)
        x = torch.sqrt(x[:, :N_BINS] ** 2 + x[:, N_BINS:] ** 2)  # (n, 129, 4)
        for conv in (self.conv1, self.conv2, self.conv3, self.conv4):
            x = torch.relu(conv(x))  # ends as (n, 128, 1)
        h, state = self.lstm(x.transpose(1, 2).transpose(0, 1).reshape(-1, 1, HIDDEN_SIZE), state)
        logits = self.final_conv(torch.relu(h).transpose(1, 2))  # (n, 1, 1)
        return torch.sigmoid(logits)[:, 0, 0], state


def _gains(rms: NDArray[np.float32], level: float) -> tuple[NDArray[np.float32], float]:
    """The gain of each window, from the loudest level before and in it, and the level behind the last."""
    gains = np.empty(len(rms), dtype=np.float32)
    for index, window_rms in enumerate(rms.tolist()):
        level = max(window_rms, LEVEL_MEMORY * level)
        gains[index] = min(max(1.0, TARGET_RMS / max(level, 1e-9)), LARGEST_GAIN)
    return gains, level


def _load_weights() -> dict[str, Tensor]:
    """The weights in the silero-vad wheel, found without importing it: its import sets torch's threads."""
    spec = importlib.util.find_spec("silero_vad")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        path = Path(folder) / "data" / "silero_vad.jit"
        if not path.is_file():
            continue
        with warnings.catch_warnings():
            # WORKAROUND torch 2.10 and later call torch.jit.load deprecated; the wheel has no other form
            # of these weights that torch reads. (Its .safetensors file holds other weights.)
            warnings.simplefilter("ignore", DeprecationWarning)
            module = torch.jit.load(str(path), map_location="cpu")  # type: ignore[no-untyped-call]
        prefix = "_model."
        weights = module.state_dict()
        return {name.removeprefix(prefix): weights[name] for name in weights if name.startswith(prefix)}
    raise BundleError("the voice detector's weights are missing: install silero-vad>=6,<7 with its data")
