"""Pieces: bars, what is heard, tunes that somebody brings, tapped rhythms, keys that nobody named."""

import numpy as np
import pytest

from speechrnn.errors import ConfigError
from speechrnn.music.abc_reader import parse_abc, parse_key, play_out
from speechrnn.music.folk_grammar import FolkGrammar
from speechrnn.music.folk_tokens import VOCABULARY, bars_are_full, to_abc
from speechrnn.music.importing import chorale_piece_of_tune, folk_piece_of_abc, folk_piece_of_tune
from speechrnn.music.key_finding import likely_key
from speechrnn.music.rhythm import quantized_rhythm, rhythm_bars
from speechrnn.music.tune import TICKS, Key, Meter, Note, Tune, Voice

JIG = """X:1
T:Made up
M:6/8
L:1/8
K:G
D|:GAB dBG|c2A B2G|FGA D2F|1 G3 G2D:|2 G3 G2d||
efg (3dcB G|e2c d2B|(3:2:2c2A F2 G2|G3 G3|]
"""


def test_a_tune_in_abc_is_a_piece_with_its_bars_and_signs() -> None:
    piece = folk_piece_of_abc(parse_abc(JIG))
    assert piece.played.voices[0].notes == play_out(parse_abc(JIG)).voices[0].notes
    assert [bar.end - bar.start for bar in piece.bars][:2] == [240, 1440]
    assert piece.bars[0].start == 0
    assert all(
        a.end == b.start and a.last <= b.first for a, b in zip(piece.bars, piece.bars[1:], strict=False)
    )
    assert piece.tune.length == piece.bars[-1].end < piece.played.length
    assert piece.tune.pickup == 240
    assert folk_piece_of_abc(parse_abc(piece.abc())).tokens == piece.tokens


def test_a_tune_that_sounds_is_the_same_piece_without_its_signs() -> None:
    tune = play_out(parse_abc(JIG))
    piece = folk_piece_of_tune(tune)
    assert piece.tune.voices[0].notes == tune.voices[0].notes
    assert (piece.key, piece.meter) == (Key("G"), Meter(6, 8))


def test_of_a_tune_with_chords_and_voices_the_melody_is_taken() -> None:
    high = Voice(notes=(Note(0, 72, TICKS), Note(0, 76, TICKS), Note(TICKS, 74, TICKS)))
    low = Voice(notes=(Note(0, 48, 2 * TICKS),))
    piece = folk_piece_of_tune(Tune(voices=(low, high)))
    assert [n.pitch for n in piece.tune.voices[0].notes] == [76, 74]


def test_what_was_played_by_hand_is_brought_to_the_grid() -> None:
    late = (7, -11, 23, 5)
    notes = tuple(Note(i * TICKS + late[i], 60 + i, TICKS - 30) for i in (1, 2, 3))
    piece = folk_piece_of_tune(Tune(voices=(Voice(notes=notes),)))
    assert [(n.start, n.length) for n in piece.tune.voices[0].notes] == [
        (i * TICKS, TICKS) for i in (1, 2, 3)
    ]


def test_a_note_over_a_bar_line_becomes_two() -> None:
    notes = (Note(0, 60, 3 * TICKS), Note(3 * TICKS, 62, 2 * TICKS), Note(5 * TICKS, 64, 3 * TICKS))
    piece = folk_piece_of_tune(Tune(voices=(Voice(notes=notes),)))
    assert [(n.pitch, n.length // TICKS) for n in piece.tune.voices[0].notes] == [
        (60, 3),
        (62, 1),
        (62, 1),
        (64, 3),
    ]
    assert bars_are_full(parse_abc(piece.abc()))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("M:5/4\nK:C\nC10|", "the meter 5/4"),
        ("M:4/4\nL:1/8\nK:Clyd\nC8|", "the mode lydian"),
        ("M:4/4\nL:1/8\nK:C\nC8|[K:D]D8|", "change within the tune"),
        ("M:4/4\nL:1/8\nK:C\nC8|CD|C8|", "not full"),
        ("M:4/4\nL:1/8\nK:C\nC7/8C57/8|", "line 5, column 1"),
        ("M:4/4\nL:1/8\nK:C\nC,,,8|c''8|", "four octaves"),
    ],
)
def test_a_tune_without_tokens_is_refused_with_the_reason(text: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        folk_piece_of_abc(parse_abc(f"X:1\n{text}\n"))


@pytest.mark.parametrize(
    ("tune", "words"),
    [
        (Tune(voices=(Voice(notes=()),)), "no notes"),
        (Tune(voices=(Voice(notes=(Note(0, 60, 99),)),), meter=Meter(5, 4)), "the meter 5/4"),
        (Tune(voices=(Voice(notes=(Note(0, 20, 480), Note(480, 110, 480))),)), "four octaves"),
    ],
    ids=["no notes", "meter", "range"],
)
def test_notes_without_tokens_are_refused_with_the_reason(tune: Tune, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        folk_piece_of_tune(tune)


def test_a_chorale_that_somebody_brings_keeps_every_strike() -> None:
    voices = tuple(
        Voice(notes=(Note(0, p, TICKS), Note(TICKS, p, TICKS), Note(2 * TICKS, p + 2, 2 * TICKS)))
        for p in (72, 67, 60, 48)
    )
    piece = chorale_piece_of_tune(Tune(voices=voices, key=Key("C"), tempo=70))
    assert [v.notes for v in piece.tune.voices] == [v.notes for v in voices]
    assert (piece.shift, len(piece.bars), piece.tempo) == (0, 1, 70)
    octave_down = Tune(voices=tuple(Voice(notes=v.notes) for v in voices)).transposed(-12)
    assert [v.notes for v in chorale_piece_of_tune(octave_down).tune.voices] == [
        v.notes for v in octave_down.voices
    ]


@pytest.mark.parametrize("n_bars", [1, 3, 6, 16])
@pytest.mark.parametrize("seed", range(8))
def test_a_walk_of_the_grammar_has_as_many_bars_as_are_asked_for(n_bars: int, seed: int) -> None:
    rng, grammar = np.random.default_rng(seed), FolkGrammar(n_bars)
    state, tokens = grammar.initial(), []
    while not state.done:
        token = VOCABULARY[int(rng.choice(np.flatnonzero(grammar.allowed(state))))]
        state = grammar.step(state, token)
        tokens.append(token)
    written = parse_abc(to_abc(tokens, Key("D", tokens[1][2:])))  # type: ignore[arg-type]
    assert bars_are_full(written)
    assert n_bars - 1 <= state.n_bars <= n_bars


def test_a_rhythm_is_brought_to_sixteenths_and_kept_in_bars() -> None:
    rhythm = quantized_rhythm([5.0, 5.01, 5.52, 6.0, 8.0], 120)
    assert rhythm == [(0, 480), (480, 480), (960, 1920), (2880, 1920)]
    bars = rhythm_bars(rhythm, 4 * TICKS)
    assert bars == [
        [(True, 480), (True, 480), (True, 960)],
        [(False, 960), (True, 960)],
        [(False, 960)],
    ]
    assert sum(ticks for bar in bars for _, ticks in bar) == 4800


def test_a_long_pause_is_silent() -> None:
    bars = rhythm_bars(quantized_rhythm([0.0, 20.0], 60), 4 * TICKS)
    assert len(bars) == 9
    assert [struck for bar in bars for struck, _ in bar].count(True) == 2


@pytest.mark.parametrize(
    ("onsets", "words"),
    [
        ([], "0 notes"),
        ([1.0, 0.5], "must rise"),
        ([0.0, float("nan")], "must rise"),
        ([0.0, 1e9], "ten hours"),
    ],
)
def test_what_is_no_rhythm_is_refused(onsets: list[float], words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        quantized_rhythm(onsets, 120)


@pytest.mark.parametrize("tonic", [0, 3, 7, 10])
@pytest.mark.parametrize(
    ("mode", "steps"),
    [("major", (0, 2, 4, 5, 7, 9, 11, 0, 4, 7)), ("minor", (0, 2, 3, 5, 7, 8, 11, 0, 3, 7))],
)
def test_a_scale_and_its_triad_tell_the_key(tonic: int, mode: str, steps: tuple[int, ...]) -> None:
    notes = [Note(i * 480, 60 + tonic + step, 480) for i, step in enumerate(steps)]
    key = likely_key(notes)
    assert (key.pitch_class, key.mode) == (tonic, mode)
    assert likely_key([]) == Key()


@pytest.mark.parametrize(
    ("text", "key"), [("G", Key("G")), ("Bbm", Key("Bb", "minor")), (" D dorian ", Key("D", "dorian"))]
)
def test_keys_are_read_as_abc_writes_them(text: str, key: Key) -> None:
    assert parse_key(text) == key


@pytest.mark.parametrize("text", ["", "H", "G foo", "clef=bass", "Gm extra"])
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(ConfigError, match="the key is"):
        parse_key(text)
