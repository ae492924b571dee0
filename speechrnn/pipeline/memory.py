"""What the libraries below keep of memory that is no longer needed, and how they are made to give it back.

Both matter to captions that go on for hours: what the longest sentence took would stay taken.
"""

from __future__ import annotations

import ctypes
import functools
import os
import sys
from collections.abc import Callable

_KERNELS = 64  # lengths of speech; oneDNN's own is 1,024, a tenth of the memory after hours


def keep_few_kernels() -> None:
    """Bounds how many kernels oneDNN keeps, one for each length that it met; call it before the first.

    `ONEDNN_PRIMITIVE_CACHE_CAPACITY` stays as it is where it is set.
    """
    os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", str(_KERNELS))


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
