"""The check that every options dataclass makes of its numbers."""

from __future__ import annotations

from speechrnn.errors import ConfigError


def check_ranges(options: object, *limits: tuple[str, float, float], prefix: str = "") -> None:
    """Compares fields with the ranges that they may lie in, both ends included.

    Args:
        options: the object that has the fields.
        limits: name of a field, lowest and highest value.
        prefix: stands before the name in the message, such as "beam option ".

    Raises:
        ConfigError: the first field outside its range, with its value and the range; NaN is outside.
    """
    for name, low, high in limits:
        value = getattr(options, name)
        if not low <= value <= high:
            raise ConfigError(f"{prefix}{name} is {value}; expected {_plain(low)} to {_plain(high)}")


def _plain(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:g}"
