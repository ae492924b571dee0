"""8-bit weights: what comes back is within half a step of what went in."""

from __future__ import annotations

import torch

from speechrnn.nets.quantize import dequantize, quantize
from speechrnn.nets.recognizer import Recognizer, RecognizerSizes


def test_each_weight_comes_back_within_half_a_step_of_its_row() -> None:
    torch.manual_seed(0)
    state = Recognizer(RecognizerSizes(hidden_size=8)).state_dict()
    back = dequantize(quantize(state))
    assert back.keys() == state.keys()
    for name, tensor in state.items():
        step = tensor.flatten(1).abs().amax(1) / 127 if tensor.ndim > 1 else torch.zeros(len(tensor))
        worst = (back[name] - tensor).abs()
        worst = worst.flatten(1).amax(1) if tensor.ndim > 1 else worst
        assert (worst <= step / 2 + 1e-7).all(), name


def test_a_row_of_zeros_stays_zero() -> None:
    assert not dequantize(quantize({"w": torch.zeros(2, 3)}))["w"].any()


def test_float_weights_pass_untouched() -> None:
    state = {"w": torch.randn(2, 3), "w.scale": torch.ones(2)}
    assert dequantize(state).keys() == state.keys()
