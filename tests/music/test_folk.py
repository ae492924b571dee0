"""Folk tokens: tunes survive the way there and back, and whatever the grammar lets through fills its bars."""

import numpy as np
import pytest

from speechrnn.errors import ConfigError
from speechrnn.music.abc_reader import AbcBar, parse_abc, play_out
from speechrnn.music.folk_grammar import MIN_BARS, FolkGrammar
from speechrnn.music.folk_tokens import END, VOCABULARY, FolkHeader, bars_are_full, to_abc, tokens_of
from speechrnn.music.tune import Key

JIG = """X:1
T:Made up
M:6/8
L:1/8
K:G
D|:GAB dBG|c2A B2G|FGA D2F|1 G3 G2D:|2 G3 G2d||
efg (3dcB G|e2c d2B|(3:2:2c2A F2 G2|G3 G3|]
"""


def test_a_tune_becomes_tokens_in_c_and_comes_back() -> None:
    tokens = tokens_of(parse_abc(JIG))
    assert tokens is not None
    assert tokens[:6] == ["M:6/8", "K:major", "G", "1", "|:", "c"]
    assert tokens[-1] == END
    again = to_abc(tokens, Key("G"), title="Made up")
    assert tokens_of(parse_abc(again)) == tokens
    assert play_out(parse_abc(again)).voices == play_out(parse_abc(JIG)).voices


@pytest.mark.parametrize("tonic", ["C", "D", "Eb", "F#", "A", "Bb"])
def test_every_key_gives_the_same_tokens(tonic: str) -> None:
    tokens = tokens_of(parse_abc(JIG))
    assert tokens is not None
    assert tokens_of(parse_abc(to_abc(tokens, Key(tonic)))) == tokens


@pytest.mark.parametrize(
    "text",
    [
        "M:5/4\nL:1/8\nK:C\nCDEFGABcde|C10|",  # no token for this meter
        "M:4/4\nL:1/8\nK:C\nC8|CDEF|C8|",  # a half bar that nothing completes
        "M:4/4\nL:1/8\nK:C\nC8|[K:D]D8|",
        "M:4/4\nL:1/8\nK:Cphr\nC8|D8|",
        "M:4/4\nL:1/8\nK:C\nCDEFGABcd|C8|",  # too long
        "M:4/4\nL:1/8\nK:C\nC,,,8|c''8|",
    ],
)
def test_what_has_no_tokens_is_left_out(text: str) -> None:
    assert tokens_of(parse_abc(f"X:1\n{text}\n")) is None


@pytest.mark.parametrize("seed", range(25))
def test_any_walk_that_the_grammar_allows_parses_and_fills_its_bars(seed: int) -> None:
    rng, grammar = np.random.default_rng(seed), FolkGrammar()
    state, tokens = grammar.initial(), []
    while not state.done:
        choices = np.flatnonzero(grammar.allowed(state))
        assert len(choices)
        token = VOCABULARY[int(rng.choice(choices))]
        state = grammar.step(state, token)
        tokens.append(token)
    assert len(tokens) < 6_000
    written = parse_abc(to_abc(tokens, Key("D", tokens[1][2:])))  # type: ignore[arg-type]
    assert bars_are_full(written)
    assert sum(isinstance(e, AbcBar) for e in written.elements) >= MIN_BARS


def test_the_grammar_accepts_a_usual_tune() -> None:
    grammar = FolkGrammar()
    state = grammar.initial()
    for token in tokens_of(parse_abc(JIG)) or []:
        state = grammar.step(state, token)
    assert state.done


@pytest.mark.parametrize("tokens", [["C", "1"], ["M:6/8", "K:major", "1"], ["M:6/8", "K:major", "C", "C"]])
def test_a_token_in_the_wrong_place_is_refused(tokens: list[str]) -> None:
    grammar = FolkGrammar()
    state = grammar.initial()
    with pytest.raises(ConfigError, match="may not come here"):
        for token in tokens:
            state = grammar.step(state, token)


def test_an_unfinished_tune_is_closed() -> None:
    abc = to_abc(["M:4/4", "K:minor", "C", "2", "^D", "2", "|", "G"], Key("A", "minor"))
    assert abc.endswith("A,2 C2 | |]\n") or abc.endswith("|]\n")
    assert [n.pitch for n in play_out(parse_abc(abc)).voices[0].notes] == [57, 60]


def test_headers_out_of_range_are_refused() -> None:
    with pytest.raises(ConfigError, match="the meter '5/4'"):
        FolkHeader(meter="5/4")
    with pytest.raises(ConfigError, match="the mode 'lydian'"):
        FolkHeader(key=Key("C", "lydian"))
