"""The check of numbers: both ends are inside, NaN is not, and the message names all."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from speechrnn.errors import ConfigError
from speechrnn.ranges import check_ranges


@pytest.mark.parametrize("value", [1, 2.5, 4])
def test_both_ends_are_inside(value: float) -> None:
    check_ranges(SimpleNamespace(speed=value), ("speed", 1, 4))


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (0.9, "speed is 0.9; expected 1 to 0.25$"),
        (float("nan"), "speed is nan; expected 1 to 0.25$"),
    ],
)
def test_the_message_names_field_value_and_range(value: float, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        check_ranges(SimpleNamespace(speed=value), ("speed", 1, 0.25))


def test_a_prefix_says_which_kind_of_option() -> None:
    with pytest.raises(ConfigError, match=r"^beam option width is 7; expected 1 to 5$"):
        check_ranges(SimpleNamespace(width=7), ("width", 1, 5), prefix="beam option ")
