"""The recurrent language model that a recognizer's bundle may bring for its second pass.

Training puts it into the bundle as it is in its own: 8-bit weights, sizes, pieces of words.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.torch import load
from torch import Tensor

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
# Tokens that are read at once. Shorter ones share more, but a layer lays out its weights anew for each.
STRETCH = 16


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
    """Says how likely sentences are, each from its beginning to its end.

    The best of a search differ in a few words. They are read stretch by stretch, and those that have been the
    same up to the end of a stretch are read as one.
    """

    def __init__(self, net: LanguageModel, codec: TextCodec) -> None:
        """Takes a trained network over words in normal form, a sentence a line, and its tokens."""
        self._net, self._codec = net.eval(), codec

    def __call__(self, sentences: Sequence[str]) -> NDArray[np.float64]:
        """(n,) natural log of each of n sentences, in any letter case; their ends are part of it."""
        end = 0  # the line feed
        tokens = [[end, *self._codec.encode(text.lower())[0], end] for text in sentences]
        lengths = np.array([len(row) - 1 for row in tokens], np.int64)  # of what is read, without the last
        rows = np.zeros((len(tokens), lengths.max(initial=0) + 1), np.int64)
        for row, known in zip(rows, tokens, strict=True):
            row[: len(known)] = known
        total = np.zeros(len(tokens))
        state, places = self._net.initial(1), np.zeros(len(tokens), np.int64)  # whose state each goes on from
        with ThreadPoolExecutor(1, "rescoring", torch.set_num_threads, (1,)) as helper, one_thread():
            for start in range(0, rows.shape[1] - 1, STRETCH):
                going = np.flatnonzero(lengths > start)
                read = rows[going, start : min(start + STRETCH, rows.shape[1] - 1)]
                columns = np.arange(read.shape[1])
                unlike, inverse = np.unique(
                    np.column_stack((places[going], read)), axis=0, return_inverse=True
                )
                places[going] = inverse.reshape(-1)
                half, *other = (part for part in np.array_split(unlike, 2) if len(part))
                others = [helper.submit(self._read, part, state) for part in other]
                parts = [self._read(half, state), *(part.result() for part in others)]
                first = 0
                for log_probs, asked, _ in parts:
                    at = places[going] - first
                    first += len(asked)
                    mine = (at >= 0) & (at < len(asked))
                    here = going[mine]
                    scores = log_probs[asked[at[mine]], rows[here[:, None], start + 1 + columns]]
                    total[here] += np.where(start + columns < lengths[here, None], scores, 0).sum(1)
                state = torch.cat([after for *_, after in parts], dim=2)
        return total

    def _read(
        self, unlike: NDArray[np.int64], state: Tensor
    ) -> tuple[NDArray[np.float32], NDArray[np.int64], Tensor]:
        """Reads stretches in alphabetical order; their first column is the place in `state` to go on from.

        Returns:
            (m, n_tokens) natural logs of what follows each of m beginnings, (n, t) which of these each token
            ends, and the states behind the stretches.
        """
        # A beginning is asked about where it comes first; stretches that share it stand side by side.
        news = np.ones(unlike.shape, bool)
        news[1:] = np.logical_or.accumulate(unlike[1:] != unlike[:-1], axis=1)
        news = news[:, 1:]
        numbers = np.cumsum(news).reshape(news.shape) - 1
        with torch.inference_mode():
            tokens = torch.from_numpy(unlike)
            hidden, after = self._net.hidden(tokens[:, 1:].contiguous(), state[:, :, tokens[:, 0]])
            logits = self._net.logits(hidden[torch.from_numpy(news)]).float()
            log_probs: NDArray[np.float32] = torch.log_softmax(logits, -1).numpy()
        return log_probs, np.maximum.accumulate(np.where(news, numbers, 0), axis=0), after
