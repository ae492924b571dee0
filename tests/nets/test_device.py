"""Where a network runs."""

from __future__ import annotations

import pytest
import torch

from speechrnn.errors import ConfigError
from speechrnn.nets.device import pick_device


def test_a_device_that_is_not_there_is_named() -> None:
    if torch.cuda.is_available():
        pytest.skip("this machine has CUDA")
    with pytest.raises(ConfigError, match="'cuda' is not on this machine; here are cpu"):
        pick_device("cuda")


def test_the_processor_is_always_there() -> None:
    assert pick_device("cpu") == torch.device("cpu")
