"""Two directions on two threads say what they say on one."""

from __future__ import annotations

import threading

import pytest
import torch

from speechrnn.nets.recognizer import Recognizer, RecognizerSizes
from speechrnn.nets.recurrent import Direction
from speechrnn.pipeline.hearing import hear


@pytest.mark.parametrize("direction", ["forward", "bidirectional"])
def test_two_threads_hear_what_one_hears(direction: Direction) -> None:
    torch.manual_seed(0)
    sizes = RecognizerSizes(hidden_size=8, mean_frames=20, warps=(0.9, 1.0, 1.1), direction=direction)
    network = Recognizer(sizes).eval()
    log_mel, lengths = torch.randn(1, 128, 80), torch.tensor([101])
    with torch.no_grad():
        whole = network(log_mel, lengths)
    phonemes, characters = hear(network, log_mel, lengths)
    assert (phonemes == whole.phonemes[0, :26].numpy()).all()
    assert (characters == whole.characters[0, :26].numpy()).all()


def test_no_thread_stays() -> None:
    before = threading.active_count()
    network = Recognizer(RecognizerSizes(hidden_size=8)).eval()
    hear(network, torch.randn(1, 128, 80), torch.tensor([101]))
    assert threading.active_count() == before


def test_what_goes_wrong_in_the_other_thread_is_told() -> None:
    network = Recognizer(RecognizerSizes(hidden_size=8)).eval()
    layer = network.stack.layers[1]
    layer.back = torch.nn.LSTM(7, 8, batch_first=True)  # type: ignore[assignment]
    with pytest.raises(RuntimeError, match="Expected 7"):
        hear(network, torch.randn(1, 128, 80), torch.tensor([101]))
