"""Punctuation and capital letters for recognized words.

The offline and the live pipeline hand each finished segment to a `Punctuator`, with the words before it as
context. Text is rewritten; times, confidence and alternatives stay. The same words give the same text.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

import torch

from speechrnn.bundles.bundle import Bundle
from speechrnn.bundles.network import load_network
from speechrnn.errors import BundleError
from speechrnn.nets.tagger import Tagger, TaggerOptions, WordEncoder, choose_marks, tag_words
from speechrnn.text.punctuation import FULL_STOP, MARKS, SENTENCE_ENDS, render
from speechrnn.types import Word

VOCABULARY = "vocabulary.txt"

_N_CONTEXT = 32  # words of the text before that the tagger also reads; more do not change what it chooses
_SENTENCE_ENDS = tuple(MARKS[mark] for mark in SENTENCE_ENDS)
_NOT_PLAIN = re.compile(r"[^a-z']+")


class Punctuator:
    """Writes recognized words as a reader expects them.

    Attributes:
        net: in evaluation mode.
        encoder: of its words.
        mark_offsets: see `choose_marks`.
        model_sha256: hash of the bundle; empty for a net that came from none.
    """

    def __init__(
        self,
        net: Tagger,
        encoder: WordEncoder,
        mark_offsets: Sequence[float] = (0.0,) * len(MARKS),
        model_sha256: str = "",
    ) -> None:
        self.net = net.eval()
        self.encoder = encoder
        self.mark_offsets = tuple(mark_offsets)
        self.model_sha256 = model_sha256

    @classmethod
    def load(cls, bundle: Bundle, device: torch.device | str = "cpu") -> Punctuator:
        """Builds the tagger of a bundle.

        Raises:
            BundleError: the bundle is for another task, or its files do not belong together.
        """
        name = bundle.info.id
        if bundle.info.task != "tagger":
            raise BundleError(
                f"the bundle {name} is a {bundle.info.task}, but punctuation needs a tagger ({bundle.path})"
            )
        net = load_network(bundle, TaggerOptions, Tagger)
        vocabulary = bundle.lines(VOCABULARY)
        if len(vocabulary) != net.options.vocabulary_size:
            raise BundleError(
                f"{VOCABULARY} of the bundle {name} has {len(vocabulary)} words but the net has "
                f"{net.options.vocabulary_size}: copy the bundle again ({bundle.path})"
            )
        offsets = bundle.info.decoding.get("mark_offsets")
        if not isinstance(offsets, list) or len(offsets) != len(MARKS):
            raise BundleError(
                f"[decoding] of the bundle {name} has mark_offsets {offsets!r}; expected {len(MARKS)} "
                f"numbers: make the bundle again ({bundle.path})"
            )
        encoder = WordEncoder(vocabulary, net.options.n_buckets)
        return cls(net.to(device), encoder, offsets, bundle.sha256)

    def punctuate(
        self, words: Sequence[Word], before: Sequence[Word] = (), closes: bool = True
    ) -> tuple[Word, ...]:
        """The words with capital letters and the marks behind them.

        A word that is not in normal form, such as a hot word with capitals of its own, keeps its spelling.

        Args:
            words: of one segment, in order of time, in lower case.
            before: words of the recording before the segment, as this method gave them; the last few are
                read as context, and the segment begins a sentence where they end one.
            closes: whether the segment ends a sentence, as one that ends in a long pause does.

        Returns:
            One word for each of `words`.
        """
        if not words:
            return ()
        context = [plain for plain in map(_plain, before[-_N_CONTEXT:]) if plain]
        texts = [_plain(word) for word in words]
        log_probs = tag_words(self.net, self.encoder, context + texts)
        mark_log_probs, case_log_probs = (part[len(context) :] for part in log_probs)
        marks = choose_marks(mark_log_probs, self.mark_offsets)
        if closes and marks[-1] not in SENTENCE_ENDS:
            marks[-1] = FULL_STOP + int(mark_log_probs[-1, FULL_STOP:].argmax())
        starts = not before or before[-1].text.endswith(_SENTENCE_ENDS)
        written = render(texts, marks, case_log_probs.argmax(-1).tolist(), starts)
        return tuple(
            dataclasses.replace(word, text=text if word.text == plain else word.text + MARKS[mark])
            for word, plain, text, mark in zip(words, texts, written, marks)
        )


def _plain(word: Word) -> str:
    """The normal form of a word's text; empty where nothing is left."""
    return _NOT_PLAIN.sub("", word.text.lower())
