"""What is typed into fields, without Qt."""

from __future__ import annotations

import itertools

import pytest

from gui.compose.fields import (
    DEFAULTS,
    MUSIC_FIELDS,
    NUMBERS,
    TEXT_FIELDS,
    TONICS,
    FieldValues,
    key_of,
    music_request,
    stop_words,
    text_request,
)
from gui.compose.tint import N_SHADES, shade, tint
from gui.theme import DARK, LIGHT, Theme, contrast
from speechrnn.errors import ConfigError
from speechrnn.music.folk_tokens import FOLK_MODES, METERS
from speechrnn.music.tune import Key


def test_defaults_make_requests_that_the_core_takes() -> None:
    text_request(FieldValues(TEXT_FIELDS), "", ())
    for tonic, mode, meter in itertools.product(TONICS, FOLK_MODES, METERS):
        request = music_request(FieldValues(MUSIC_FIELDS), key_of(tonic, mode), meter)
        assert request.key.pitch_class == Key(tonic).pitch_class


@pytest.mark.parametrize("name", NUMBERS)
def test_both_ends_of_every_range_are_taken_and_one_beyond_is_not(name: str) -> None:
    fields, number = FieldValues((name,)), NUMBERS[name]
    for value in (number.low, number.high):
        assert fields.type(name, f"{value:.0f}" if number.whole else f"{value:g}") is None
        assert fields.values[name] == value
    problem = fields.type(name, f"{number.high + 1:.0f}")
    assert problem is not None
    assert problem.kind == "range"
    assert fields.values[name] == number.high, "the value before stays in force"


@pytest.mark.parametrize(
    ("typed", "words"),
    [("", ()), ("END", ("END",)), (r" a ,\n\n, a,", ("a", "\n\n"))],
)
def test_stop_words_are_parted_by_commas(typed: str, words: tuple[str, ...]) -> None:
    assert stop_words(typed) == words


def test_too_many_stop_words_are_refused() -> None:
    with pytest.raises(ConfigError, match="at most 20"):
        stop_words(",".join(map(str, range(21))))


def test_kept_values_out_of_range_or_of_another_kind_are_passed_over() -> None:
    fields = FieldValues(TEXT_FIELDS)
    fields.restore({"temperature": 99, "length": "long", "top_p": 0.5, "seed": True, "nonsense": 1})
    assert fields.values == {**{name: DEFAULTS[name] for name in TEXT_FIELDS}, "top_p": 0.5}


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_stays_legible_on_every_tint(theme: Theme) -> None:
    tints = [tint(theme, strength) for strength in range(N_SHADES + 1)]
    assert tints[0] == theme.surface
    assert len(set(tints)) == len(tints)
    assert all(contrast(theme.text, colour) >= 4.5 for colour in tints)


def test_less_likely_is_never_lighter() -> None:
    shades = [shade(p) for p in (1.0, 0.6, 0.4, 0.1, 0.02, 0.001, 0.0)]
    assert shades == sorted(shades)
    assert shades[-1] == N_SHADES
