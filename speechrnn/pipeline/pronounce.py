"""Letter to sound for words that no lexicon has: what hot words need."""

from __future__ import annotations

from collections.abc import Callable

from speechrnn.bundles.bundle import Bundle
from speechrnn.errors import BundleError, ConfigError
from speechrnn.nets.pronouncer import Pronouncer, PronouncerSizes
from speechrnn.text.lexicon import Pronunciation

N_BEST = 3  # ways to say an unknown word that the search may find

Pronounce = Callable[[str], tuple[Pronunciation, ...]]


def load_pronounce(bundle: Bundle) -> Pronounce:
    """The pronouncer of a bundle as a function from a word to its likeliest pronunciations.

    Raises:
        BundleError: sizes and weights do not fit each other.
    """
    sizes = {key: value for key, value in bundle.info.net.items() if key != "class"}
    try:
        net = Pronouncer(PronouncerSizes(**sizes))
        net.load_state_dict(bundle.tensors())
    except (TypeError, ConfigError, RuntimeError) as error:
        reason = " ".join(str(error).split())[:200]
        raise BundleError(
            f"the weights of the bundle {bundle.info.id} do not fit its [net] table ({reason}): "
            f"copy the bundle again ({bundle.path})"
        ) from error
    net.eval()

    def pronounce(word: str) -> tuple[Pronunciation, ...]:
        return net.pronounce([word], n_best=N_BEST)[0]

    return pronounce
