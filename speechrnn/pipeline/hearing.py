"""A network on whole stretches, the two directions of its layers on two threads.

A recurrent layer's steps are too small for torch to share: on a busy machine its threads wait for each other
ten times as long as the work takes. The two directions only meet at the end of each layer.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from speechrnn.nets.recognizer import Recognizer, RecognizerOutput
from speechrnn.nets.recurrent import Pair, Run


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
            # The number of torch's own threads is each thread's own.
            with ThreadPoolExecutor(1, "hearing", torch.set_num_threads, (1,)) as helper:
                output: RecognizerOutput = network(log_mel, lengths, None, _on_two_threads(helper))
        else:  # a GPU shares out its work itself
            output = network(log_mel, lengths)
    n_frames = int(output.lengths[0])
    return output.phonemes[0, :n_frames].cpu().numpy(), output.characters[0, :n_frames].cpu().numpy()


def _on_two_threads(helper: ThreadPoolExecutor) -> Pair:
    def both(one: Run, other: Run) -> tuple[Tensor, Tensor]:
        waits = helper.submit(_inferred, other)
        first = one()
        return first, waits.result()

    return both


def _inferred(run: Run) -> Tensor:
    with torch.inference_mode():
        return run()
