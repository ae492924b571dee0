"""How well the composing models do: chorales by likelihood on the test split, folk tunes by their form.

    python benchmarks/compose_scores.py --chorale models/music-chorale --folk models/music-folk

Chorales: -ln p of the test pieces of the usual JSB split (Boulanger-Lewandowski et al. 2012), as the network
reads them one after another in 8 bits, each from the end token on: nats a token, a frame (a sixteenth, its
five tokens together), and a struck note. Frames of other papers may be quarter notes. Folk: the share of 200
sampled tunes that parse as ABC, fill their bars, and end before they are led to their end; with and without
the grammar that composing uses, so that it shows what the network knows by itself. Of both: what was copied.
Folk by likelihood, too: the tunes that its recipe holds out, and those of them that have no kin in the
training part, that is, share no run of notes long enough to be found, in any key.
"""

# ruff: noqa: T201 - what it prints is its result
from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np

from speechrnn.decoding.sampling import SamplingOptions
from speechrnn.errors import SpeechRnnError
from speechrnn.music.abc_reader import parse_abc
from speechrnn.music.chorale_tokens import VOCABULARY as CHORALE
from speechrnn.music.folk_grammar import MAX_BARS
from speechrnn.music.folk_tokens import END, bars_are_full, to_abc
from speechrnn.music.folk_tokens import VOCABULARY as FOLK
from speechrnn.music.piece import Piece
from speechrnn.music.tune import Key
from speechrnn.pipeline.compose import Composer, MusicRequest
from speechrnn.pipeline.compose_stream import TokenStream
from speechrnn.training.recipe import fill_options, load_recipe
from speechrnn.training.token_data import TokenCorpus, chorale_of, read_files, read_tokens

MEMBER = "jsb_chorales/Jsb16thSeparated.json"


def chorale_scores(composer: Composer, archive: Path) -> dict[str, float | int]:
    """Nats a token, a frame and a note on the test pieces, in their own keys."""
    table = json.loads(next(iter(read_files(archive, TokenCorpus(archive=str(archive), members=(MEMBER,))))))
    index = {token: number for number, token in enumerate(CHORALE)}
    nats = 0.0
    n_tokens = n_frames = n_notes = n_pieces = n_left_out = 0
    for piece in table["test"]:
        tokens = chorale_of(np.array(piece, np.int16), 0, tonic=composer.knows_tonic)
        if tokens is None:
            n_left_out += 1
            continue
        stream = TokenStream(composer.network, SamplingOptions(), [0])
        n_header = 2 if composer.knows_tonic else 1
        for place, token in enumerate(tokens):
            drawn = stream.force(index[token])
            if place >= n_header:  # mode and tonic are given, not guessed
                nats -= float(np.log(drawn.probability))
                n_notes += token.isdigit()
                n_tokens += 1
        n_frames += len(piece)
        n_pieces += 1
    return {
        "pieces": n_pieces,
        "left_out": n_left_out,
        "nats_per_token": nats / n_tokens,
        "nats_per_frame": nats / n_frames,
        "nats_per_note": nats / n_notes,
    }


def folk_scores(composer: Composer, n_tunes: int) -> dict[str, float | int]:
    """Shares of sampled tunes."""
    parsed = full = ended = copied = 0
    n_bars = 0
    for seed in range(1, n_tunes + 1):
        key = Key("G") if seed % 4 else Key("E", "minor")
        request = MusicRequest(seed=seed, meter=("2/4", "4/4", "6/8")[seed % 3], key=key)
        events = list(composer.compose(request))
        piece = composer.assemble(request, events)
        ended += len(piece.bars) < MAX_BARS
        n_bars += len(piece.bars)
        ok, whole = _form(piece.abc())
        parsed, full = parsed + ok, full + whole
        copied += composer.originality is not None and composer.longest_copied(piece.tune) is not None
    return {
        "tunes": n_tunes,
        "parse": parsed / n_tunes,
        "fill_their_bars": full / n_tunes,
        "end_by_themselves": ended / n_tunes,
        "bars": n_bars / n_tunes,
        "with_a_copied_run": copied / n_tunes,
    }


def held_out_folk_scores(composer: Composer, archive: Path) -> dict[str, float | int]:
    """Nats a token on held-out tunes, each from the end token on, by whether they have kin in training."""
    recipe = load_recipe(composer.bundle.file("recipe.toml"))
    corpora = [fill_options(TokenCorpus, table, name) for name, table in recipe.tables["corpora"].items()]
    data = read_tokens("folk", [replace(corpus, archive=str(archive)) for corpus in corpora], Path)
    ends = np.flatnonzero(data.held_out == 0)  # one before the first tune, too
    nats, n_tokens, n_tunes = {True: 0.0, False: 0.0}, {True: 0, False: 0}, {True: 0, False: 0}
    for first, last in pairwise(ends.tolist()):
        numbers = data.held_out[first + 1 : last + 1].tolist()
        tokens = [FOLK[number] for number in numbers]
        piece = Piece(kind="folk", tokens=tuple(tokens[:-1]), key=Key(), shift=0)
        kin = composer.longest_copied(piece.tune) is not None
        stream = TokenStream(composer.network, SamplingOptions(), [0])
        nats[kin] -= sum(float(np.log(stream.force(number).probability)) for number in numbers)
        n_tokens[kin] += len(numbers)
        n_tunes[kin] += 1
    return {
        "tunes": sum(n_tunes.values()),
        "nats_per_token": sum(nats.values()) / sum(n_tokens.values()),
        "tunes_without_kin": n_tunes[False],
        "nats_per_token_without_kin": nats[False] / max(n_tokens[False], 1),
    }


def free_folk_scores(composer: Composer, n_tunes: int) -> dict[str, float | int]:
    """The same without the grammar."""
    parsed = full = 0
    for seed in range(1, n_tunes + 1):
        ok, whole = _form_of(list(_free_tune(composer, seed)))
        parsed, full = parsed + ok, full + whole
    return {"tunes": n_tunes, "parse": parsed / n_tunes, "fill_their_bars": full / n_tunes}


def _free_tune(composer: Composer, seed: int) -> Iterator[str]:
    stream = TokenStream(composer.network, SamplingOptions(), [seed])
    for _ in range(4000):
        token = FOLK[stream.choose().token]
        yield token
        if token == END:
            return


def _form_of(tokens: list[str]) -> tuple[bool, bool]:
    try:
        return _form(to_abc(tokens, Key("C", tokens[1][2:])))  # type: ignore[arg-type]
    except (SpeechRnnError, IndexError):
        return False, False


def _form(abc: str) -> tuple[bool, bool]:
    """Whether a tune parses, and whether it fills its bars."""
    try:
        written = parse_abc(abc)
    except SpeechRnnError:
        return False, False
    return True, bars_are_full(written)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--chorale", type=Path, help="bundle of a chorale network")
    parser.add_argument("--folk", type=Path, help="bundle of a folk network")
    parser.add_argument("--archive", type=Path, default=Path("data/music/music.tar.xz"))
    parser.add_argument("--tunes", type=int, default=200)
    arguments = parser.parse_args()
    result = {}
    if arguments.chorale:
        result["chorale"] = chorale_scores(Composer.load(arguments.chorale), arguments.archive)
    if arguments.folk:
        composer = Composer.load(arguments.folk)
        result["folk"] = folk_scores(composer, arguments.tunes)
        result["folk_held_out"] = held_out_folk_scores(composer, arguments.archive)
        result["folk_without_grammar"] = free_folk_scores(composer, arguments.tunes)
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
