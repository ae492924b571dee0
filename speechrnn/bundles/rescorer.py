"""The recurrent language model that a recognizer's bundle may bring for its second pass.

Training puts it into the bundle as it is in its own: 8-bit weights, sizes, pieces of words.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.torch import load

from speechrnn.bundles.bundle import Bundle
from speechrnn.decoding.rescoring import Rescore
from speechrnn.errors import BundleError, ConfigError, DataError
from speechrnn.nets.device import one_thread
from speechrnn.nets.language_model import LanguageModel, LanguageModelSizes
from speechrnn.nets.quantize import dequantize
from speechrnn.text.codec import TextCodec
from speechrnn.text.vocabulary import read_vocabulary

TABLE = "rescorer"  # of the decoding table: the sizes
WEIGHTS, VOCABULARY = "rescorer.safetensors", "rescorer.txt"


def load_rescorer(bundle: Bundle) -> Rescore | None:
    """The second language model of a recognizer; None where its bundle has none.

    Raises:
        BundleError: it is damaged, or does not fit this program.
    """
    table = bundle.info.decoding.get(TABLE)
    if table is None:
        return None
    try:
        codec = TextCodec(read_vocabulary(bundle.lines(VOCABULARY)))
        net = LanguageModel(LanguageModelSizes(**table))
        net.load_state_dict(dequantize(load(bundle.read(WEIGHTS))))
    except (TypeError, RuntimeError, SafetensorError, ConfigError, DataError) as error:
        reason = " ".join(str(error).split())[:200]
        raise BundleError(
            f"the second language model of the bundle {bundle.info.id} does not fit this program ({reason}): "
            f"copy the bundle again ({bundle.path})"
        ) from error
    if net.sizes.n_tokens != len(codec.vocabulary):
        raise BundleError(
            f"the second language model of the bundle {bundle.info.id} has {net.sizes.n_tokens} tokens and "
            f"{len(codec.vocabulary)} in {VOCABULARY}: copy the bundle again ({bundle.path})"
        )
    return Rescorer(net, codec)


class Rescorer:
    """Says how likely sentences are, each from its beginning to its end."""

    def __init__(self, net: LanguageModel, codec: TextCodec) -> None:
        """Takes a trained network over words in normal form, a sentence a line, and its tokens."""
        self._net, self._codec = net.eval(), codec

    def __call__(self, sentences: Sequence[str]) -> NDArray[np.float64]:
        """(n,) natural log of each of n sentences, in any letter case; their ends are part of it."""
        end = 0  # the line feed
        tokens = [[end, *self._codec.encode(text.lower())[0], end] for text in sentences]
        rows = torch.zeros(len(tokens), max(map(len, tokens), default=2) - 1, dtype=torch.long)
        # The best of a search begin alike: what follows a beginning is asked once for all that share it.
        places: dict[tuple[int, int], int] = {}  # of a beginning: that of the one before it, its last token
        firsts: list[tuple[int, int]] = []  # the row and column where each was met first
        paths: list[list[int]] = []
        for number, row in enumerate(tokens):
            rows[number, : len(row) - 1] = torch.tensor(row[:-1])
            path, place = [], -1
            for column, token in enumerate(row[:-1]):
                place = places.setdefault((place, token), len(firsts))
                if place == len(firsts):
                    firsts.append((number, column))
                path.append(place)
            paths.append(path)
        if not tokens:
            return np.zeros(0)
        with torch.inference_mode(), one_thread():
            hidden, _ = self._net.hidden(rows, self._net.initial(len(tokens)))
            at_rows, at_columns = torch.tensor(firsts).T
            scores = torch.log_softmax(self._net.logits(hidden[at_rows, at_columns]).float(), -1).double()
            summed = [float(scores[path, row[1:]].sum()) for path, row in zip(paths, tokens, strict=True)]
        return np.array(summed)
