"""Chorale tokens: grids come back, voices take turns, a given melody stays."""

import numpy as np
import pytest

from speechrnn.errors import ConfigError
from speechrnn.music.chorale_tokens import (
    END,
    HOLD,
    MOST_STILL,
    RANGES,
    STEP_TICKS,
    VOCABULARY,
    ChoraleGrammar,
    melody_tokens,
    to_tune,
    tokens_of,
)
from speechrnn.music.tune import TICKS, Key, Note, Tune, Voice

GRID = np.array([[72, 67, 64, 48]] * 4 + [[71, 67, 62, 55]] * 2 + [[74, 67, 62, -1]] * 2, np.int16)


def sounding(tune: Tune, n_steps: int) -> np.ndarray:
    grid = np.full((n_steps, 4), -1, np.int16)
    for voice, part in enumerate(tune.voices):
        for note in part.notes:
            grid[note.start // STEP_TICKS : note.end // STEP_TICKS, voice] = note.pitch
    return grid


def test_a_grid_comes_back_from_its_tokens() -> None:
    tokens = tokens_of(GRID, minor=False)
    assert tokens[:6] == ["K:major", "beat0", "72", "67", "64", "48"]
    assert tokens[7:11] == [HOLD] * 4
    assert tokens[-1] == END
    np.testing.assert_array_equal(sounding(to_tune(tokens), 8), GRID)


def test_a_note_that_stays_is_struck_again_with_a_new_beat() -> None:
    alto = to_tune(tokens_of(GRID, minor=False)).voices[1].notes
    assert [(n.start, n.length) for n in alto] == [(0, TICKS), (TICKS, TICKS)]


@pytest.mark.parametrize("seed", range(10))
def test_any_walk_of_the_grammar_is_four_voices_in_range(seed: int) -> None:
    rng, grammar = np.random.default_rng(seed), ChoraleGrammar(n_steps=32)
    state, tokens = grammar.initial(), []
    while not state.done:
        token = VOCABULARY[int(rng.choice(np.flatnonzero(grammar.allowed(state))))]
        state = grammar.step(state, token)
        tokens.append(token)
    assert len(tokens) == 1 + 32 * 5 + 1
    for voice, (low, high) in zip(to_tune(tokens).voices, RANGES, strict=True):
        assert all(low <= note.pitch <= high for note in voice.notes)


def test_who_wants_to_be_silent_or_to_hold_for_ever_strikes_every_four_beats() -> None:
    grammar, state = ChoraleGrammar(n_steps=200), ChoraleGrammar().initial()
    struck = []
    while not state.done:
        allowed = grammar.allowed(state)
        token = HOLD if allowed[VOCABULARY.index(HOLD)] else VOCABULARY[int(allowed.argmax())]
        if token.isdigit():
            struck.append((state.n_tokens - 1) // 5)
        state = grammar.step(state, token)
    assert struck == list(range(MOST_STILL, 200, MOST_STILL))


def test_a_given_melody_is_sung_as_it_is() -> None:
    melody = Tune(
        voices=(Voice(notes=(Note(0, 74, TICKS), Note(TICKS, 76, TICKS // 2), Note(2 * TICKS, 78, TICKS))),),
        key=Key("D"),
    )
    steps, minor, shift = melody_tokens(melody)
    assert (minor, shift, len(steps)) == (False, 0, 12)
    grammar, rng = ChoraleGrammar(steps), np.random.default_rng(1)
    state, tokens = grammar.initial(), []
    while not state.done:
        token = VOCABULARY[int(rng.choice(np.flatnonzero(grammar.allowed(state))))]
        state = grammar.step(state, token)
        tokens.append(token)
    soprano = to_tune(tokens).voices[0].notes
    assert [(n.start, n.pitch - shift, n.length) for n in soprano] == [
        (n.start, n.pitch, n.length) for n in melody.voices[0].notes
    ]


def test_of_a_melody_with_chords_the_highest_notes_are_sung() -> None:
    chord = (Note(0, 60, TICKS), Note(0, 72, TICKS), Note(TICKS, 74, TICKS))
    steps, _, _ = melody_tokens(Tune(voices=(Voice(notes=()), Voice(notes=chord))))
    assert [step for step in steps if step != HOLD] == ["72", "74"]


@pytest.mark.parametrize(
    ("melody", "words"),
    [
        (Tune(voices=(Voice(notes=()),)), "no notes"),
        (Tune(voices=(Voice(notes=(Note(0, 40, TICKS), Note(TICKS, 90, TICKS))),)), "spans 50 semitones"),
    ],
)
def test_a_melody_that_nobody_can_sing_is_refused(melody: Tune, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        melody_tokens(melody)


@pytest.mark.parametrize("grid", [np.zeros((3, 3), np.int16), np.full((2, 4), 120, np.int16)])
def test_a_grid_of_something_else_is_refused(grid: np.ndarray) -> None:
    with pytest.raises(ConfigError):
        tokens_of(grid, minor=True)
