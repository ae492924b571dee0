"""A network on whole stretches: its warps, and the two directions of its layers, each on a thread of its own.

A recurrent layer's steps are too small for torch to share: on a busy machine its threads wait for each other
ten times as long as the work takes. The two directions only meet at the end of each layer, the warps where
the recurrent layers begin. Where there are fewer cores than warps, these take turns.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from speechrnn.nets.recognizer import Recognizer, RecognizerOutput
from speechrnn.nets.recurrent import Run, Together


def hear(
    network: Recognizer, log_mel: Tensor, lengths: Tensor
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """One stretch, under full context; call it within `one_thread`.

    Args:
        network: in evaluation mode.
        log_mel: (1, T, n_mels) float32 on the network's device.
        lengths: (1,) int64, frames without padding.

    Returns:
        (t, n_phonemes) and (t, n_characters) float32, natural logs.
    """
    with torch.inference_mode():
        if log_mel.device.type == "cpu":
            n_helpers = max(1, len(network.sizes.warps) - 1)
            # The number of torch's own threads is each thread's own.
            with ThreadPoolExecutor(n_helpers, "hearing", torch.set_num_threads, (1,)) as helpers:
                output: RecognizerOutput = network(log_mel, lengths, None, _on_threads(helpers))
        else:  # a GPU shares out its work itself
            output = network(log_mel, lengths)
    n_frames = int(output.lengths[0])
    return output.phonemes[0, :n_frames].cpu().numpy(), output.characters[0, :n_frames].cpu().numpy()


def _on_threads(helpers: ThreadPoolExecutor) -> Together:
    def together(*runs: Run) -> tuple[Tensor, ...]:
        waits = [helpers.submit(_inferred, run) for run in runs[1:]]
        first = runs[0]()
        return first, *(wait.result() for wait in waits)

    return together


def _inferred(run: Run) -> Tensor:
    with torch.inference_mode():
        return run()
