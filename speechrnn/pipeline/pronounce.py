"""Letter to sound for words that no lexicon has: what hot words need."""

from __future__ import annotations

from collections.abc import Callable

from speechrnn.bundles.bundle import Bundle
from speechrnn.bundles.network import load_network
from speechrnn.nets.pronouncer import Pronouncer, PronouncerSizes
from speechrnn.text.lexicon import Pronunciation

N_BEST = 3  # ways to say an unknown word that the search may find

Pronounce = Callable[[str], tuple[Pronunciation, ...]]


def load_pronounce(bundle: Bundle) -> Pronounce:
    """The pronouncer of a bundle as a function from a word to its likeliest pronunciations.

    Raises:
        BundleError: sizes and weights do not fit each other.
    """
    net = load_network(bundle, PronouncerSizes, Pronouncer)

    def pronounce(word: str) -> tuple[Pronunciation, ...]:
        return net.pronounce([word], n_best=N_BEST)[0]

    return pronounce
