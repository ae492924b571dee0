"""The trigram of phonemes that a recognizer's bundle may bring for its second pass, in 8 bits."""

from __future__ import annotations

import torch
from safetensors import SafetensorError
from safetensors.torch import load, save

from speechrnn.bundles.bundle import Bundle
from speechrnn.decoding.phoneme_trigram import PhonemeTrigram
from speechrnn.errors import BundleError
from speechrnn.nets.quantize import dequantize, quantize

FILE = "phoneme_trigram.safetensors"


def trigram_bytes(trigram: PhonemeTrigram) -> bytes:
    """The content of the file: 65 kB for 39 phonemes; logs are off by a tenth at the most."""
    parts = {"first": trigram.first, "following": trigram.following, "end": trigram.end}
    return save(quantize({name: torch.from_numpy(logs) for name, logs in parts.items()}))


def load_trigram(bundle: Bundle) -> PhonemeTrigram | None:
    """The trigram of a recognizer; None where its bundle has none.

    Raises:
        BundleError: it is damaged, or is not one of the bundle's phonemes.
    """
    if FILE not in bundle.files:
        return None
    n = len(bundle.lines("phonemes.txt")) - 1  # without the blank
    try:
        parts = {name: logs.float().numpy() for name, logs in dequantize(load(bundle.read(FILE))).items()}
        shapes = {name: logs.shape for name, logs in parts.items()}
        if shapes != {"first": (n,), "following": (n + 1, n, n), "end": (n + 1, n)}:
            raise ValueError(f"it has {shapes} for {n} phonemes")
    except (ValueError, KeyError, RuntimeError, SafetensorError) as error:
        reason = " ".join(str(error).split())[:200]
        raise BundleError(
            f"the phoneme trigram of the bundle {bundle.info.id} does not fit this program ({reason}): "
            f"copy the bundle again ({bundle.path})"
        ) from error
    return PhonemeTrigram(**parts)
