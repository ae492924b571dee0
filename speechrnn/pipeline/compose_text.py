"""Text by a network of characters or pieces: a stream from a primer, and the words that may come next.

Of a primer only the last `PRIMER_LENGTH` characters are heard: in training the network never saw more than a
few hundred behind each other, and what lies further back no longer changes what it writes.

A primer may end within a word, whose pieces would be others if it went on. So its last word stays open: the
first piece is drawn from all that agree with the characters that stand there, each as likely as the network
finds the whole way to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from speechrnn.decoding.sampling import SamplingOptions
from speechrnn.nets.step_network import StepNetwork
from speechrnn.pipeline.compose_requests import Continuation, TextRequest, TextToken
from speechrnn.pipeline.compose_stream import Path, TokenStream, log_softmax
from speechrnn.text.codec import TextCodec

PRIMER_LENGTH = 1500  # characters; at 70 microseconds each they are heard within a tenth of a second
LONGEST_WORD = 24  # characters of a continuation
_BEAM = 24  # beginnings of words that are followed at once
_LEADING = 3  # characters before the word: a comma and a space, an empty line
_PIECE_LENGTH = 3  # characters that a piece has, more or less: the guard against repetition counts in them


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


def heard_primer(codec: TextCodec, primer: str) -> HeardPrimer:
    """Reads the end of a primer; quick for any length."""
    kept = primer[-PRIMER_LENGTH:]
    text, missing = codec.written(kept)
    return HeardPrimer(text=text[-PRIMER_LENGTH:], missing=missing, n_skipped=len(primer) - len(kept))


def heard_request(codec: TextCodec, request: TextRequest) -> TextRequest:
    """The request with what counts of its primer: it gives the same text, and is short to write down."""
    return replace(request, primer=heard_primer(codec, request.primer).text)


def write_text(net: StepNetwork, codec: TextCodec, request: TextRequest) -> Iterator[TextToken]:
    """Tokens as they are chosen; nothing runs before the first is asked for.

    The last one is cut where the wanted length, or a stop word, ends within it.
    """
    text = heard_primer(codec, request.primer).text
    begun = codec.open_end(text)
    primer, _ = codec.encode(text.removesuffix(begun))
    stream = TokenStream(net, _of_tokens(codec, request.sampling), [request.seed], primer)
    longest = max(map(len, request.stop), default=0)
    written, left = "", request.length
    while left:
        if begun:
            paths = _paths(codec, begun)
            way, drawn = stream.choose_path(paths)
            text = codec.vocabulary[drawn.token][len(begun) - len(codec.decode(paths[way].tokens)) :]
            begun = ""
        else:
            drawn = stream.choose()
            text = codec.vocabulary[drawn.token]
        end = _stop_end(written, text[:left], request.stop)
        text = text[: end or left]
        yield TextToken(text=text, probability=drawn.probability, rank=drawn.rank)
        if end:
            return
        left -= len(text)
        written = (written + text)[-longest:] if longest else ""


def _stop_end(written: str, text: str, stop: tuple[str, ...]) -> int:
    """Characters of a token up to the end of the first stop word that it completes; 0 without one."""
    return next((n for n in range(1, len(text) + 1) if (written + text[:n]).endswith(stop)), 0)


def _of_tokens(codec: TextCodec, sampling: SamplingOptions) -> SamplingOptions:
    """The options with what they count in characters as tokens."""
    if not codec.has_pieces:
        return sampling
    return replace(
        sampling,
        guard_length=max(2, sampling.guard_length // _PIECE_LENGTH),
        guard_window=max(8, sampling.guard_window // _PIECE_LENGTH),
    )


def _paths(codec: TextCodec, begun: str) -> list[Path]:
    """The ways on from within a word: its first characters as pieces, then a piece with the others in it."""
    paths = []
    for n in range(len(begun) + 1):
        rest = begun[n:]
        longer = [len(token) > len(rest) and token.startswith(rest) for token in codec.vocabulary]
        if any(longer):
            paths.append(Path(tuple(codec.encode(begun[:n])[0]), np.array(longer)))
    return paths


@dataclass(frozen=True, slots=True)
class _Beginning:
    """The beginning of a continuation, its last token not yet heard by the network."""

    score: float
    text: str
    token: int
    row: int  # of the state that came before its last token


def continuations(net: StepNetwork, codec: TextCodec, text: str, n: int) -> list[Continuation]:
    """The likeliest words to go on with, the likeliest first.

    A beam search over tokens: a word is complete where no letter follows; its probability is that of its
    tokens times that of anything but a letter behind them, added up over all ways to write it that the
    search sees.

    Args:
        net: the network.
        codec: its tokens.
        text: what stands before; may end within a word.
        n: how many, 1..100; fewer where the search finds fewer.
    """
    heard = heard_primer(codec, text).text
    begun = codec.open_end(heard)
    primer, _ = codec.encode(heard.removesuffix(begun))
    paths = _paths(codec, begun)
    walked = TokenStream(net, SamplingOptions(), [0], primer).walk(paths)
    width = max(_BEAM, 2 * n)
    ending = np.array([not _is_letter(token[0]) for token in codec.vocabulary])
    found: defaultdict[str, float] = defaultdict(float)
    beam: list[_Beginning] = []
    for row, (path, way) in enumerate(zip(paths, walked, strict=True)):
        behind = len(begun) - len(codec.decode(path.tokens))
        texts = [token[behind:] for token in codec.vocabulary]
        beam += _grown(_Beginning(0.0, "", 0, row), row, way.scores, texts, ending, width, found)
    states = np.concatenate([way.state for way in walked], axis=2)
    for _ in range(LONGEST_WORD):
        beam = sorted(beam, key=lambda b: (-b.score, b.text))[:width]
        likeliest = sorted(found.values(), reverse=True)[:n]
        if not beam or (len(likeliest) == n and np.exp(beam[0].score) <= likeliest[-1]):
            break
        before = np.ascontiguousarray(states[:, :, [b.row for b in beam]])
        logits, states = net.step(np.array([b.token for b in beam], np.int64), before)
        scores = log_softmax(logits) + np.array([b.score for b in beam])[:, None]
        beam = [
            longer
            for row, beginning in enumerate(beam)
            for longer in _grown(beginning, row, scores[row], codec.vocabulary, ending, width, found)
        ]
    words = [Continuation(text=word, probability=probability) for word, probability in found.items()]
    return sorted(words, key=lambda c: (-c.probability, c.text))[:n]


def _grown(
    beginning: _Beginning,
    row: int,
    scores: NDArray[np.float64],
    texts: Sequence[str],
    ending: NDArray[np.bool_],
    width: int,
    found: dict[str, float],
) -> list[_Beginning]:
    """A beginning with each of the likeliest next tokens; whole words go to `found`, with their probability.

    Args:
        beginning: of a word.
        row: of its state.
        scores: (n_tokens,) log-probability with each token behind it.
        texts: what each token adds.
        ending: (n_tokens,) which tokens do not begin with a letter, and so end a word.
        width: how many tokens are followed.
        found: words and their probability so far.
    """
    begun = beginning.text
    has_letter = any(map(_is_letter, begun))
    longer: list[_Beginning] = []
    if has_letter:  # anything but a letter ends the word
        found[begun] += float(np.exp(np.logaddexp.reduce(scores[ending])))
    for token in np.argsort(-scores, kind="stable")[:width].tolist():
        if scores[token] == -np.inf:
            break
        text = texts[token]
        if has_letter and not _is_letter(text[:1]):
            continue
        word, rest = _first_word(begun + text)
        if rest:  # the token reaches over the end of the word
            found[word] += float(np.exp(scores[token]))
        elif word or len(begun + text) <= _LEADING:
            longer.append(_Beginning(float(scores[token]), begun + text, token, row))
    return longer


def _first_word(text: str) -> tuple[str, str]:
    """Up to the end of the first word, and the rest; the word is empty where there is no letter."""
    letters = [n for n, character in enumerate(text) if _is_letter(character)]
    if not letters:
        return "", ""
    end = next((n for n in range(letters[0], len(text)) if not _is_letter(text[n])), len(text))
    return text[:end], text[end:]


def _is_letter(text: str) -> bool:
    return bool(text) and (text.isalnum() or text == "'")
