"""Which processor a network runs on, and on how many threads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch

from speechrnn.errors import ConfigError

DEVICES = ("auto", "cpu", "cuda", "mps")


def pick_device(name: str) -> torch.device:
    """The device of that name; auto is cuda, else mps, else cpu.

    Raises:
        ConfigError: a device that this machine has not.
    """
    have = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available(), "cpu": True}
    if name == "auto":
        name = next(device for device, here in have.items() if here)
    if not have.get(name, False):
        here = ", ".join(device for device in have if have[device])
        raise ConfigError(f"device {name!r} is not on this machine; here are {here}")
    return torch.device(name)


@contextmanager
def one_thread() -> Iterator[None]:
    """Keeps torch on the calling thread, and gives it back its thread count.

    For layers so small that handing them to other threads takes longer than doing them; on a machine that is
    busy otherwise, a hundred times longer.
    """
    n_threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(n_threads)
