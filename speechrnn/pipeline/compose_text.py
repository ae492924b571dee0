"""Text by a character network: a stream of characters from a primer, and the words that may come next.

Of a primer only the last `PRIMER_LENGTH` characters are heard: in training the network never saw more than a
few hundred behind each other, and what lies further back no longer changes what it writes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from speechrnn.nets.step_network import StepNetwork
from speechrnn.pipeline.compose_requests import Continuation, TextRequest, TextToken
from speechrnn.pipeline.compose_stream import TokenStream, log_softmax
from speechrnn.text.characters import CharacterCodec

PRIMER_LENGTH = 1500  # characters; at 70 microseconds each they are heard within a tenth of a second
LONGEST_WORD = 24  # characters of a continuation
_BEAM = 24  # beginnings of words that are followed at once
_LEADING = 3  # characters before the word: a comma and a space, an empty line


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardPrimer:
    """What the network hears of a primer.

    Attributes:
        text: the characters that count, as the network writes them.
        missing: characters of them that it cannot write, each once: they were left out.
        n_skipped: characters before, which do not count.
    """

    text: str
    missing: str
    n_skipped: int


def heard_primer(codec: CharacterCodec, primer: str) -> HeardPrimer:
    """Encodes the end of a primer; quick for any length."""
    kept = primer[-PRIMER_LENGTH:]
    tokens, missing = codec.encode(kept)
    return HeardPrimer(
        text=codec.decode(tokens[-PRIMER_LENGTH:]), missing=missing, n_skipped=len(primer) - len(kept)
    )


def heard_request(codec: CharacterCodec, request: TextRequest) -> TextRequest:
    """The request with what counts of its primer: it gives the same text, and is short to write down."""
    return replace(request, primer=heard_primer(codec, request.primer).text)


def write_text(net: StepNetwork, codec: CharacterCodec, request: TextRequest) -> Iterator[TextToken]:
    """Characters as they are chosen; nothing runs before the first is asked for."""
    primer, _ = codec.encode(heard_primer(codec, request.primer).text)
    stream = TokenStream(net, request.sampling, [request.seed], primer)
    longest = max((len(word) for word in request.stop), default=0)
    written = ""
    for _ in range(request.length):
        drawn = stream.choose()
        text = codec.vocabulary[drawn.token]
        yield TextToken(text=text, probability=drawn.probability, rank=drawn.rank)
        if longest:
            written = (written + text)[-longest:]
            if written.endswith(request.stop):
                return


@dataclass(frozen=True, slots=True)
class _Beginning:
    """The beginning of a continuation, its last character not yet heard by the network."""

    score: float
    tokens: tuple[int, ...]
    row: int  # of the state that came before its last token


def continuations(net: StepNetwork, codec: CharacterCodec, text: str, n: int) -> list[Continuation]:
    """The likeliest words to go on with, the likeliest first.

    A beam search over characters: a word is complete where no letter follows; its probability is that of
    its characters times that of anything but a letter behind them.

    Args:
        net: the network.
        codec: its characters.
        text: what stands before; may end within a word.
        n: how many, 1..100; fewer where the search finds fewer.
    """
    tokens = [0, *codec.encode(heard_primer(codec, text).text)[0]]
    state = net.advance(np.array(tokens[:-1], np.int64), net.initial())
    within = np.array([_is_letter(c) for c in codec.vocabulary])
    found: list[Continuation] = []
    beam = [_Beginning(0.0, (tokens[-1],), 0)]
    width = max(_BEAM, 2 * n)
    for _ in range(LONGEST_WORD):
        states = np.ascontiguousarray(state[:, :, [b.row for b in beam]])
        logits, state = net.step(np.array([b.tokens[-1] for b in beam], np.int64), states)
        scores = log_softmax(logits) + np.array([b.score for b in beam])[:, None]
        beam, finished = _grow(beam, scores, within, width)
        found += [Continuation(text=codec.decode(t), probability=float(np.exp(s))) for t, s in finished]
        found = sorted(found, key=lambda c: (-c.probability, c.text))[:n]
        if not beam or (len(found) == n and np.exp(beam[0].score) <= found[-1].probability):
            break
    return found


def _grow(
    beam: list[_Beginning], scores: NDArray[np.float64], within: NDArray[np.bool_], width: int
) -> tuple[list[_Beginning], list[tuple[tuple[int, ...], float]]]:
    """Every beginning with every next character; and those that are whole words by now."""
    finished: list[tuple[tuple[int, ...], float]] = []
    longer: list[_Beginning] = []
    for row, beginning in enumerate(beam):
        tokens = beginning.tokens[1:]
        has_letter = bool(tokens) and bool(within[list(tokens)].any())
        ended = has_letter and bool(within[tokens[-1]])
        if ended:  # anything but a letter ends the word
            finished.append((tokens, float(np.logaddexp.reduce(scores[row][~within]))))
        for token in np.argsort(-scores[row], kind="stable")[:width].tolist():
            outside = not within[token]
            if outside and (has_letter or len(tokens) >= _LEADING):
                continue
            longer.append(_Beginning(float(scores[row][token]), (*beginning.tokens, token), row))
    longer.sort(key=lambda b: (-b.score, b.tokens))
    return longer[:width], finished


def _is_letter(character: str) -> bool:
    return character.isalnum() or character == "'"
