"""Which processor a network runs on."""

from __future__ import annotations

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
