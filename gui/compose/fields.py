"""What the user sets for composing, without Qt: what was typed, what it means, and what is wrong with it.

Numbers are read by `gui.settings.presenter`, so that they are typed, stepped and refused as in the settings.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gui.settings.presenter import Number, Problem, read_number, stepped
from speechrnn.decoding.sampling import SamplingOptions
from speechrnn.errors import ConfigError
from speechrnn.music.tune import MODES, Key, Mode
from speechrnn.pipeline.compose_requests import MusicRequest, TextRequest

MOST_STOP_WORDS = 20

NUMBERS: Mapping[str, Number] = {
    "temperature": Number(low=0.0, high=5.0, step=0.05, whole=False),
    "top_k": Number(low=0, high=1000),
    "top_p": Number(low=0.01, high=1.0, step=0.05, whole=False),
    "min_p": Number(low=0.0, high=1.0, step=0.01, whole=False),
    "repetition_guard": Number(low=0.0, high=5.0, step=0.25, whole=False),
    "seed": Number(low=0, high=2**31 - 1),
    "length": Number(low=1, high=20_000, step=50),
    "bars": Number(low=1, high=128),
    "tempo": Number(low=20, high=300, step=2),
}
TEXT_FIELDS = ("temperature", "top_k", "top_p", "min_p", "repetition_guard", "length", "seed")
MUSIC_FIELDS = ("bars", "tempo", "temperature", "seed")
_SAMPLING = ("temperature", "top_k", "top_p", "min_p", "repetition_guard")
DEFAULTS: Mapping[str, float | int] = {
    "temperature": 0.8,
    "top_k": 0,
    "top_p": 1.0,
    "min_p": 0.02,
    "repetition_guard": 0.0,
    "seed": 1,
    "length": 400,
    "bars": 16,
    "tempo": 110,
}
METERS = ("2/4", "3/4", "4/4", "3/8", "6/8", "9/8", "12/8", "2/2", "3/2", "6/4")
TONICS = ("C", "D", "E", "F", "G", "A", "B", "Bb", "Eb", "Ab", "F#", "C#")


class FieldValues:
    """The numbers of one tab; a value that is refused leaves the one before in force.

    Attributes:
        values: by name.
        problems: what is wrong with what stands in a field now, by its name.
    """

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        self.values: dict[str, float | int] = {name: DEFAULTS[name] for name in names}
        self.problems: dict[str, Problem] = {}

    def type(self, name: str, text: str) -> Problem | None:
        """Takes what was typed, or says what is wrong with it."""
        value = read_number(text, NUMBERS[name])
        if isinstance(value, Problem):
            self.problems[name] = value
            return value
        self.problems.pop(name, None)
        self.values[name] = DEFAULTS[name] if value is None else value
        return None

    def step(self, name: str, steps: int) -> None:
        """Some steps up or down."""
        self.problems.pop(name, None)
        self.values[name] = stepped(self.values[name], NUMBERS[name], steps)

    def restore(self, values: Mapping[str, Any]) -> None:
        """Takes values that were kept; what is out of range is passed over."""
        for name in self.names:
            kept, number = values.get(name), NUMBERS[name]
            if (
                isinstance(kept, int | float)
                and not isinstance(kept, bool)
                and number.low <= kept <= number.high
            ):
                self.values[name] = int(kept) if number.whole else float(kept)

    @property
    def sampling(self) -> SamplingOptions:
        """How tokens are chosen."""
        return SamplingOptions(**{n: self.values[n] for n in _SAMPLING if n in self.values})  # type: ignore[arg-type]


def stop_words(text: str) -> tuple[str, ...]:
    r"""The stop words of a field, in which commas part them and `\n` is the end of a line.

    Raises:
        ConfigError: there are too many.

    Example:
        >>> stop_words(r"The end, \n\n")
        ('The end', '\n\n')
    """
    words = [word.strip().replace("\\n", "\n") for word in text.split(",")]
    found = tuple(dict.fromkeys(word for word in words if word))
    if len(found) > MOST_STOP_WORDS:
        raise ConfigError(f"{len(found)} stop words; expected at most {MOST_STOP_WORDS}")
    return found


def text_request(fields: FieldValues, primer: str, stop: tuple[str, ...]) -> TextRequest:
    """The request that the fields describe."""
    return TextRequest(
        primer=primer,
        length=int(fields.values["length"]),
        seed=int(fields.values["seed"]),
        stop=stop,
        sampling=fields.sampling,
    )


def music_request(fields: FieldValues, key: Key, meter: str) -> MusicRequest:
    """The request for a new tune that the fields describe."""
    return MusicRequest(
        key=key,
        meter=meter,
        bars=int(fields.values["bars"]),
        tempo=float(fields.values["tempo"]),
        seed=int(fields.values["seed"]),
        sampling=fields.sampling,
    )


def key_of(tonic: str, mode: str) -> Key:
    """A key by its parts; one with more than seven accidentals becomes the one that sounds the same.

    Example:
        >>> key_of("C#", "minor").tonic, key_of("Ab", "minor").fifths
        ('C#', -7)
    """
    from speechrnn.music.tune import key_at

    if mode not in MODES:
        raise ConfigError(f"the mode {mode!r} is none: expected one of {', '.join(MODES)}")
    try:
        return Key(tonic, mode)
    except ConfigError:
        named: Mode = mode
        place = {"C#": 1, "Eb": 3, "F#": 6, "Ab": 8, "Bb": 10}.get(tonic, 0)
        return key_at(place, named)
