"""What the libraries below keep of memory that is no longer needed, and how they are made to give it back.

This matters to captions that go on for hours: what the longest sentence took would stay taken. All of it
holds for the whole process.
"""

from __future__ import annotations

import ctypes
import functools
import gc
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_SET_BY_USERS = ("MALLOC_ARENA_MAX", "MALLOC_MMAP_THRESHOLD_")
_M_MXFAST, _M_MMAP_THRESHOLD, _M_ARENA_MAX = 1, -3, -8  # of glibc's malloc.h
_LARGE = 4 << 20  # bytes; what is larger goes back as soon as it is free
_KERNELS = 64  # lengths of speech; oneDNN's own is 1,024, a tenth of the memory after hours


def keep_few_kernels() -> None:
    """Bounds how many kernels oneDNN keeps, one for each length that it met; call it before the first.

    `ONEDNN_PRIMITIVE_CACHE_CAPACITY` stays as it is where it is set.
    """
    os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", str(_KERNELS))


def use_one_heap() -> None:
    """Keeps the C library from a heap for each thread, and large tensors out of the heap.

    The threads that hear a stretch come and go. What each leaves in a heap of its own the others cannot use,
    a tenth of the memory in all. And what is small is joined to what is free beside it at once: a search ends
    with a million small pieces, and to join them later takes twice the time. Nothing where the C library is
    another one; what users set in `MALLOC_...` stays.
    """
    if not sys.platform.startswith("linux") or any(name in os.environ for name in _SET_BY_USERS):
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_MXFAST, 0)
        mallopt(_M_ARENA_MAX, 1)
        mallopt(_M_MMAP_THRESHOLD, _LARGE)


@contextmanager
def without_collector() -> Iterator[None]:
    """Keeps Python from looking for cycles where a great many objects are made that stay.

    It would go through all of them again and again: a third of the time in which a recognizer is loaded.
    """
    used = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if used:
            gc.enable()


def give_back() -> None:
    """Gives the system the pages that the C library keeps for later; 5 ms, and nothing where it cannot."""
    trim = _trim()
    if trim is not None:
        trim(0)


@functools.cache
def _trim() -> Callable[[int], int] | None:
    """`malloc_trim` of glibc, which other C libraries have not."""
    if not sys.platform.startswith("linux"):
        return None
    found: Callable[[int], int] | None = getattr(ctypes.CDLL(None), "malloc_trim", None)
    return found
