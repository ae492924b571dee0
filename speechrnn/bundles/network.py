"""From a bundle to its network: sizes out of `[net]`, weights out of the safetensors file.

The way back of what training writes; the pipeline and trainers that start from a bundle use it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from torch import nn

from speechrnn.bundles.bundle import Bundle
from speechrnn.errors import BundleError, ConfigError
from speechrnn.nets.quantize import dequantize

Sizes = TypeVar("Sizes")
Net = TypeVar("Net", bound=nn.Module)


def load_network(bundle: Bundle, sizes: Callable[..., Sizes], build: Callable[[Sizes], Net]) -> Net:
    """The network of a bundle, in evaluation mode.

    Args:
        bundle: read already.
        sizes: the dataclass that `[net]` fills; its key `class` is left out.
        build: makes the network of those sizes.

    Raises:
        BundleError: `[net]` is not for these sizes, or the weights do not fit them.
    """
    table = {key: value for key, value in bundle.info.net.items() if key != "class"}
    try:
        net = build(sizes(**table))
    except (TypeError, ConfigError) as error:
        raise BundleError(
            f"[net] of the bundle {bundle.info.id} does not fit this program ({error}): "
            f"take a bundle that was made for it ({bundle.path})"
        ) from error
    try:
        net.load_state_dict(dequantize(bundle.tensors()))
    except RuntimeError as error:
        reason = " ".join(str(error).split())[:200]
        raise BundleError(
            f"the weights of the bundle {bundle.info.id} do not fit its [net] ({reason}): "
            f"copy the bundle again ({bundle.path})"
        ) from error
    return net.eval()
