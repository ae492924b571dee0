"""The originality index of a language model's training part, for its bundle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from speechrnn.decoding.originality import (
    OriginalityIndex,
    Units,
    build_index,
    note_units,
    text_units,
)
from speechrnn.music.piece import Piece, PieceKind
from speechrnn.music.tune import Key
from speechrnn.training.token_data import TEXT_KINDS, Kind, TokenData


def originality_index(kind: Kind, data: TokenData, *, most_bytes: int | None = None) -> OriginalityIndex:
    """The index of what is trained on; held-out tokens are not in it.

    Args:
        kind: of tokens.
        data: what is trained on.
        most_bytes: of the index; None leaves it to the size of what is trained on.
    """
    if kind in TEXT_KINDS:
        text = "".join(data.vocabulary[token] for token in data.training.tolist())
        return build_index([text_units(text)], "character", most_bytes=most_bytes)
    music: PieceKind = "chorale" if kind == "chorale" else "folk"
    pieces = _pieces([data.vocabulary[token] for token in data.training.tolist()], data.vocabulary[0])
    units = (units for piece in pieces for units in _voices(music, piece))
    return build_index(units, "note", most_bytes=most_bytes)


def _pieces(tokens: Sequence[str], end: str) -> Iterator[tuple[str, ...]]:
    """The pieces of a stream, without the end token between them."""
    first = 0
    for place, token in enumerate(tokens):
        if token == end:
            if place > first:
                yield tuple(tokens[first:place])
            first = place + 1
    if first < len(tokens):
        yield tuple(tokens[first:])


def _voices(kind: PieceKind, tokens: tuple[str, ...]) -> Iterator[Units]:
    """The steps of each voice."""
    if kind == "chorale":
        tokens = (tokens[0], *tokens[2:])  # without the tonic
    piece = Piece(kind=kind, tokens=tokens, key=Key(), shift=0)
    # As it is played, so that a tune that was copied with its repeats is found, and one without, too.
    tunes = [piece.tune, piece.played] if kind == "folk" else [piece.tune]
    for tune in tunes:
        for voice in tune.voices:
            yield note_units([n.start for n in voice.notes], [n.pitch for n in voice.notes])
