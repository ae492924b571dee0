"""Weights as 8-bit integers with one scale a row: a quarter of float32's bytes on disk.

Matrices are stored as `round(w / scale)` in -127..127 with `scale = max |w| / 127` of each row;
vectors stay as they are. Networks always run on the float weights that `dequantize` gives back.
"""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor

_SCALE = ".scale"


def quantize(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """A state dict with int8 matrices; each has its scales beside it under `NAME.scale`.

    Args:
        state: floating tensors; those of two or more dimensions become int8 along the first.
    """
    stored: dict[str, Tensor] = {}
    for name, tensor in state.items():
        if tensor.ndim < 2 or not tensor.is_floating_point():
            stored[name] = tensor
            continue
        rows = tensor.detach().float().flatten(1)
        scale = (rows.abs().amax(dim=1) / 127).clamp(min=1e-12)
        stored[name] = (rows / scale[:, None]).round().to(torch.int8).view_as(tensor)
        stored[name + _SCALE] = scale
    return stored


def dequantize(stored: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The inverse of `quantize`, within half a scale; a state dict without int8 comes back as it is."""
    state: dict[str, Tensor] = {}
    for name, tensor in stored.items():
        if name.endswith(_SCALE) and stored.get(name.removesuffix(_SCALE), tensor).dtype == torch.int8:
            continue
        if tensor.dtype == torch.int8:
            scale = stored[name + _SCALE].view(-1, *[1] * (tensor.ndim - 1))
            tensor = tensor.float() * scale
        state[name] = tensor
    return state
