"""ABC in and out: what is written reads back as the same notes, and errors name their place."""

import pytest

from speechrnn.errors import ConfigError
from speechrnn.music.abc_reader import AbcBar, AbcError, parse_abc, read_abc, split_tunes
from speechrnn.music.abc_writer import length_text, write_abc
from speechrnn.music.tune import TICKS, Key, Meter, Note, Tune, Voice, key_at, spell

HEAD = "X:1\nT:Test\nM:4/4\nL:1/8\nK:"
E8 = TICKS // 2


def pitches(text: str, key: str = "C") -> list[int]:
    return [note.pitch for note in read_abc(f"{HEAD}{key}\n{text}\n").voices[0].notes]


def lengths(text: str, meter: str = "4/4") -> list[int]:
    tune = read_abc(f"X:1\nM:{meter}\nL:1/8\nK:C\n{text}\n")
    return [note.length for note in tune.voices[0].notes]


@pytest.mark.parametrize(
    ("key", "text", "expected"),
    [
        ("C", "C D c c' C,", [60, 62, 72, 84, 48]),
        ("D", "F C f", [66, 61, 78]),
        ("Bb", "B E", [70, 63]),
        ("Am", "^G G | G", [68, 68, 67]),  # the accidental holds to the bar's end
        ("G", "=F F f | F", [65, 65, 78, 66]),  # only in its octave
        ("A dorian", "F C", [66, 60]),
        ("Edor", "C F", [61, 66]),
        ("Amix", "G C", [67, 61]),
        ("C", "_B ^^C __D", [70, 62, 60]),
    ],
    ids=lambda value: str(value) if isinstance(value, str) else "",
)
def test_letters_sound_as_key_and_accidentals_say(key: str, text: str, expected: list[int]) -> None:
    assert pitches(text, key) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("C C2 C/2 C/ C3/2 C//", [2, 4, 1, 1, 3, 0.5]),
        ("C>D C<D C>>D", [3, 1, 1, 3, 3.5, 0.5]),
        ("(3CDE F2", [4 / 3, 4 / 3, 4 / 3, 4]),
        ("(3:2:2C2D E", [8 / 3, 4 / 3, 2]),
        ("C2-C D", [6, 2]),
        ("z2 C [CEG]2", [2, 4, 4, 4]),
    ],
)
def test_lengths_follow_unit_broken_rhythm_tuplets_and_ties(text: str, expected: list[float]) -> None:
    assert lengths(text) == [round(sixteenths * TICKS / 4) for sixteenths in expected]


def test_a_two_in_compound_time_takes_the_time_of_three() -> None:
    assert lengths("(2CD", "6/8") == [3 * TICKS // 4] * 2


@pytest.mark.parametrize(
    ("text", "played"),
    [
        ("C|D:|E|]", "CDCDE"),
        ("|:C|D:|E|]", "CDCDE"),
        ("|:C:||:D:|", "CCDD"),
        ("|:C|1D:|2E|]", "CDCE"),
        ("|:C|[1D:|[2E|]F|]", "CDCEF"),
        ("C::D:|", "CCDD"),
        ("C|D||E|F|]", "CDEF"),
    ],
)
def test_repeats_and_endings_are_played_out(text: str, played: str) -> None:
    assert pitches(text) == pitches(" ".join(played))


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        (HEAD + "C\nCDE ä|\n", 6, 5, "expected a note"),
        (HEAD + "C\nCD\nCD [CE\n", 7, 4, "chord without its end"),
        (HEAD + "H\nCD\n", 5, 3, "the key is 'H'"),
        ("X:1\nM:4/5\nK:C\nCD\n", 2, 3, "the meter is '4/5'"),
        ("X:1\nL:8\nK:C\nCD\n", 2, 3, "unit length"),
        ("X:1\nT:none\nCDE\n", 3, 1, "before the key"),
        (HEAD + "C\n>CD\n", 6, 1, "needs a note before it"),
        (HEAD + "C\nz4|\n", 1, 1, "no notes"),
        ("", 1, 1, "no notes"),
        (HEAD + "C\nC/0\n", 6, 2, "length"),
    ],
)
def test_errors_name_line_and_column(text: str, line: int, column: int, words: str) -> None:
    with pytest.raises(AbcError, match=words) as caught:
        parse_abc(text)
    assert (caught.value.line, caught.value.column) == (line, column)


def test_a_snippet_without_headers_is_read_in_c() -> None:
    assert [n.pitch for n in read_abc("CDE|F").voices[0].notes] == [60, 62, 64, 65]


def test_collections_are_split_at_their_numbers() -> None:
    text = "% a book\n\nX:1\nK:C\nC|\n\nX:2\nK:C\nD|\n"
    assert [read_abc(tune).voices[0].notes[0].pitch for tune in split_tunes(text)] == [60, 62]


def test_grace_notes_decorations_and_chord_names_make_no_sound() -> None:
    assert pitches('"Am"{cd}~C .D !trill!E uF (GA) ``B') == pitches("CDEFGAB")


def test_bar_lines_and_endings_are_kept_as_written() -> None:
    bars = [e for e in parse_abc(HEAD + "C\n|:C|1D:|2E||F|]").elements if isinstance(e, AbcBar)]
    assert [(b.kind, b.ending) for b in bars] == [("|:", 0), ("|", 1), (":|", 2), ("||", 0), ("|]", 0)]


def tune_of(*notes: Note, **changes: object) -> Tune:
    return Tune(voices=(Voice(notes=notes),), **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "tune",
    [
        tune_of(*(Note(i * E8, p, E8) for i, p in enumerate([60, 61, 61, 60, 66, 70, 71, 72]))),
        tune_of(Note(0, 67, 3 * TICKS), Note(3 * TICKS, 65, 3 * TICKS), key=Key("Bb")),
        tune_of(*(Note(i * 160, 60 + i, 160) for i in range(3)), Note(TICKS, 72, 3 * TICKS)),
        tune_of(Note(0, 60, 320), Note(320, 62, 160), Note(TICKS, 64, TICKS)),
        tune_of(Note(0, 62, E8), Note(E8, 67, 3 * E8), pickup=E8, meter=Meter(6, 8), key=Key("G")),
        tune_of(Note(0, 60, TICKS), Note(0, 64, TICKS), Note(2 * TICKS, 62, TICKS)),
        tune_of(Note(0, 69, 45 * 7), Note(45 * 7, 71, 165), key=Key("A", "dorian")),
        tune_of(*(Note(i * E8, 59 + i, E8) for i in range(14)), key=Key("C#", "minor")),
    ],
    ids=["chromatic", "tie", "triplet", "uneven triplet", "pickup", "chord", "odd length", "scale"],
)
def test_what_is_written_reads_back(tune: Tune) -> None:
    back = read_abc(write_abc(tune))
    assert [(n.start, n.pitch, n.length) for n in back.voices[0].notes] == [
        (n.start, n.pitch, n.length) for n in tune.voices[0].notes
    ]
    assert (back.key, back.meter, back.pickup) == (tune.key, tune.meter, tune.pickup)


def test_a_length_that_no_notation_has_is_an_error() -> None:
    with pytest.raises(ConfigError, match="cannot be written in ABC"):
        write_abc(tune_of(Note(0, 60, 317)))


@pytest.mark.parametrize(("ticks", "text"), [(240, ""), (480, "2"), (120, "/2"), (360, "3/2"), (60, "/4")])
def test_lengths_are_written_in_eighths(ticks: int, text: str) -> None:
    assert length_text(ticks) == text


def test_every_pitch_is_spelled_as_itself_in_every_key() -> None:
    naturals = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
    for pitch_class in range(12):
        for mode in ("major", "minor", "dorian", "mixolydian"):
            key = key_at(pitch_class, mode)
            assert key.pitch_class == pitch_class
            for pitch in range(128):
                step, alteration, octave = spell(pitch, key)
                assert 12 * (octave + 1) + naturals[step] + alteration == pitch
