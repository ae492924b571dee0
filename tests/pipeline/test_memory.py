"""Memory that is no longer needed goes back to the system."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from speechrnn.pipeline.memory import give_back, keep_few_kernels, without_collector


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


def test_the_collector_is_back_after_an_error() -> None:
    with pytest.raises(ZeroDivisionError), without_collector():
        assert not gc.isenabled()
        raise ZeroDivisionError
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        with without_collector():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


PROGRAM = """
import threading
import numpy as np
from speechrnn.pipeline.memory import use_one_heap
if {used}:
    use_one_heap()
met = threading.Barrier(4)
def fill():
    pieces = [np.ones(60_000, np.uint8) for _ in range(100)]
    met.wait()
threads = [threading.Thread(target=fill) for _ in range(4)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
# A heap of a thread is a range of 64 MB that is mostly not yet to be used.
ranges = [line.split() for line in open("/proc/self/maps")]
edges = [[int(edge, 16) for edge in r[0].split("-")] for r in ranges if r[1] == "---p" and len(r) == 5]
print(sum(end - start > 20 << 20 for start, end in edges))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems keep memory in another way")
@pytest.mark.parametrize("setting", ["MALLOC_ARENA_MAX=4", "MALLOC_MMAP_THRESHOLD_=1000000"])
def test_threads_have_no_heaps_of_their_own_unless_the_user_says_so(setting: str) -> None:
    """In processes of their own, since what is set holds for all of one."""

    def n_heaps(used: bool, *settings: str) -> int:
        clean = {k: v for k, v in os.environ.items() if not k.startswith("MALLOC_")}
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM.format(used=used)],
            env={**clean, **dict(each.split("=") for each in settings)},
            capture_output=True,
            text=True,
            check=True,
        )
        return int(done.stdout)

    if not n_heaps(False):
        pytest.skip("the C library is not glibc")
    assert n_heaps(True) == 0
    assert n_heaps(True, setting) > 0
