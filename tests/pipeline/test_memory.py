"""Memory that is no longer needed goes back to the system."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np
import pytest

from speechrnn.pipeline.memory import give_back, keep_few_kernels


def held_bytes() -> int:
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems tell it in another way")
def test_what_lies_free_below_something_that_stays_goes_back() -> None:
    # Pieces too small to be mapped by themselves, and one behind them that keeps the heap from shrinking.
    pieces = [np.ones(60_000, np.uint8) for _ in range(2000)]
    pieces.append(np.ones(60_000, np.uint8))
    last = pieces[-1]
    del pieces
    before = held_bytes()
    give_back()
    assert before - held_bytes() > 60e6
    assert last[0] == 1


def test_a_capacity_that_the_user_sets_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "7")
    keep_few_kernels()
    assert os.environ["ONEDNN_PRIMITIVE_CACHE_CAPACITY"] == "7"
    monkeypatch.delenv("ONEDNN_PRIMITIVE_CACHE_CAPACITY")
    keep_few_kernels()
    assert int(os.environ["ONEDNN_PRIMITIVE_CACHE_CAPACITY"]) < 1024
