"""What is asked of a composing network, what it answers piece by piece, and where a result comes from.

All values are frozen and can be written as JSON: a `Provenance` holds everything that is needed to make the
same text or tune again, byte for byte, with the same bundle on the same kind of processor.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import MISSING, dataclass, field, replace
from typing import Any, Literal, TypeVar

from speechrnn import __version__
from speechrnn.decoding.sampling import SamplingOptions
from speechrnn.errors import ConfigError
from speechrnn.music.folk_tokens import METERS
from speechrnn.music.piece import Piece
from speechrnn.music.tune import Key, Meter, Note, Tune, Voice
from speechrnn.ranges import check_ranges

Kind = Literal["text", "folk", "chorale"]
KINDS: Mapping[str, Kind] = {"characters": "text", "pieces": "text", "folk": "folk", "chorale": "chorale"}
"""What is written with which tokens."""
Action = Literal["new", "continue", "harmonise", "regenerate"]
ACTIONS: tuple[Action, ...] = ("new", "continue", "harmonise", "regenerate")
MOST_TOKENS = 1_000_000
MOST_BARS = 256
MOST_SEED = 2**63 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRequest:
    """A text to write.

    Attributes:
        primer: what stands before it; may be empty. Only the end of it counts, see
            `compose_text.PRIMER_LENGTH`.
        length: characters to write at most, 1..1,000,000.
        seed: 0..2^63 - 1; the variations of a request are its seed and those that follow.
        stop: writing ends behind any of these texts once it has been written.
        sampling: how each token is chosen; the guard against repetition counts in characters here.
    """

    primer: str = ""
    length: int = 400
    seed: int = 1
    stop: tuple[str, ...] = ()
    sampling: SamplingOptions = field(default_factory=SamplingOptions)

    def __post_init__(self) -> None:
        check_ranges(self, ("length", 1, MOST_TOKENS), ("seed", 0, MOST_SEED))
        _check_whole(self, "length", "seed")
        if not all(self.stop):
            raise ConfigError("a stop word is empty: expected at least one character")


@dataclass(frozen=True, slots=True, kw_only=True)
class MusicRequest:
    """A tune to compose.

    Attributes:
        action: `new`; `continue` goes on behind `piece`; `harmonise` gives `melody` three more voices (by
            chorale networks); `regenerate` makes `free_bars` of `piece` anew and keeps the others.
        seed: as in `TextRequest`.
        sampling: how each token is chosen.
        key: of a new tune; folk networks know major, minor, dorian and mixolydian, chorale ones major and
            minor.
        meter: of a new folk tune, one of `folk_tokens.METERS`; of a chorale, what its bars are counted in.
        bars: how many a new tune has, or how many are added; 0 lets the network end it; up to 256.
        tempo: quarter notes a minute, 10..600.
        title: of a new tune.
        piece: what is continued or made anew in parts.
        melody: what is harmonised: its first voice.
        free_bars: numbers of bars of `piece.bars`, from 0.
        candidates: how often a run of free bars is tried before what follows it; the one behind which the
            network finds that likeliest is kept; 1..32.
        onsets_s: a rhythm, as the seconds at which notes begin; with it a new tune begins so, and only its
            pitches are the network's. Taken at `tempo`.
        max_events: events after which it stops, as where somebody stopped it; 0 for none.
    """

    action: Action = "new"
    seed: int = 1
    sampling: SamplingOptions = field(default_factory=SamplingOptions)
    key: Key = field(default_factory=lambda: Key("D"))
    meter: str = "4/4"
    bars: int = 0
    tempo: float = 120.0
    title: str = ""
    piece: Piece | None = None
    melody: Tune | None = None
    free_bars: tuple[int, ...] = ()
    candidates: int = 4
    onsets_s: tuple[float, ...] = ()
    max_events: int = 0

    def __post_init__(self) -> None:
        check_ranges(
            self,
            ("seed", 0, MOST_SEED),
            ("bars", 0, MOST_BARS),
            ("tempo", 10, 600),
            ("candidates", 1, 32),
            ("max_events", 0, MOST_TOKENS),
        )
        _check_whole(self, "seed", "bars", "candidates", "max_events")
        if self.action not in ACTIONS:
            raise ConfigError(f"the action is {self.action!r}; expected one of {', '.join(ACTIONS)}")
        if self.meter not in METERS:
            raise ConfigError(f"the meter {self.meter!r} is not known: expected one of {', '.join(METERS)}")
        if self.action in ("continue", "regenerate") and self.piece is None:
            raise ConfigError(f"there is nothing to {self.action}: expected a piece")
        if self.action == "harmonise" and self.melody is None:
            raise ConfigError("there is nothing to harmonise: expected a melody")
        self._check_bars()

    def _check_bars(self) -> None:
        if self.action != "regenerate" or self.piece is None:
            return
        n_bars = len(self.piece.bars)
        if not self.free_bars:
            raise ConfigError("all bars are locked: expected at least one that may be made anew")
        wrong = [bar for bar in self.free_bars if not 0 <= bar < n_bars]
        if wrong:
            raise ConfigError(f"there is no bar {wrong[0] + 1}: the piece has {n_bars}")


def _check_whole(request: object, *names: str) -> None:
    """Numbers from a file may have a fraction."""
    for name in names:
        value = getattr(request, name)
        if not isinstance(value, int):
            raise ConfigError(f"{name} is {value!r}; expected a whole number")


# White space may be anything: JSON that is written for people has it.
_BEGINNING = re.compile(rb'\{\s*"made_by":\s*"SpeechRNN ')

Request = TypeVar("Request", TextRequest, MusicRequest)


def varied(request: MusicRequest, piece: Piece, first: int, last: int) -> MusicRequest:
    """The request to make some bars of a piece anew.

    Args:
        request: gives seed, sampling and candidates.
        piece: whose other bars stay.
        first, last: numbers of bars, from 0, both included.
    """
    return replace(request, action="regenerate", piece=piece, free_bars=tuple(range(first, last + 1)))


def regenerated(request: MusicRequest, piece: Piece, locked: Collection[int]) -> MusicRequest:
    """The request to make all bars anew but the locked ones, which are numbered from 0."""
    free = tuple(number for number in range(len(piece.bars)) if number not in locked)
    return replace(request, action="regenerate", piece=piece, free_bars=free)


def variations(request: Request, n: int) -> list[Request]:
    """The same request with n seeds: its own and those that follow."""
    if not 1 <= n <= 1000:
        raise ConfigError(f"{n} variations; expected 1 to 1000")
    return [replace(request, seed=request.seed + i) for i in range(n)]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextToken:
    """A token that was written: a character or a piece of a word.

    Attributes:
        text: what it adds, at least one character: of a piece whose beginning stood there already, the rest.
        probability: that the network gave it before temperature and truncation, 0..1.
        rank: 1 for the likeliest of all.
    """

    text: str
    probability: float
    rank: int


def n_characters(tokens: Iterable[TextToken]) -> int:
    """Of all of them together."""
    return sum(len(token.text) for token in tokens)


@dataclass(frozen=True, slots=True, kw_only=True)
class Continuation:
    """A way in which a text may go on.

    Attributes:
        text: to the end of a word, with the space or mark before it.
        probability: that the network goes on with this whole word, 0..1.
    """

    text: str
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TuneEvent:
    """What was composed: a note, a rest, or the sign that closes a bar.

    Notes of a chorale come when they end, since only then their length is known: events of different
    voices are in the order of their ends.

    Attributes:
        kind: note, rest (of folk tunes) or bar.
        voice: from 0, the highest first.
        start: ticks, `tune.TICKS` to a quarter note, as `Piece.tune` counts.
        length: ticks; 0 of a bar line.
        pitch: MIDI number as it sounds; 0 of rests and bar lines.
        probability: that the network gave it, 0..1: of a note, pitch and, in a folk tune, length.
        rank: of its pitch among all tokens, 1 for the likeliest.
        given: it was in what the network was given: melody, locked bars, the piece that is continued.
        tokens: what the network wrote for it; empty for chorales.
    """

    kind: Literal["note", "rest", "bar"]
    voice: int = 0
    start: int
    length: int
    pitch: int = 0
    probability: float
    rank: int
    given: bool = False
    tokens: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a text or tune comes from: enough to make it again.

    Attributes:
        bundle: id.
        bundle_sha256: of all its bytes.
        request: everything that was asked, the seed among it.
        version: of this program.
    """

    bundle: str
    bundle_sha256: str
    request: TextRequest | MusicRequest
    version: str = __version__

    def to_table(self) -> dict[str, Any]:
        """As JSON has it; only settings that differ from their defaults are left in `request`."""
        kind = "text" if isinstance(self.request, TextRequest) else "music"
        return {
            "made_by": f"SpeechRNN {self.version}",
            "bundle": self.bundle,
            "bundle_sha256": self.bundle_sha256,
            "kind": kind,
            "request": _table(self.request),
        }

    def to_json(self) -> str:
        """One line of ASCII that any file can hold: without "%", a comment in ABC, and what XML escapes."""
        text = json.dumps(self.to_table(), separators=(",", ":"))
        for character in "%<>&":
            text = text.replace(character, f"\\u{ord(character):04x}")
        return text

    @classmethod
    def from_table(cls, table: Mapping[str, Any]) -> Provenance:
        """The inverse of `to_table`.

        Raises:
            ConfigError: it is no provenance, or holds values out of range.
        """
        try:
            made_by, kind = str(table["made_by"]), table["kind"]
            fields = dict(table["request"])
            if not made_by.startswith("SpeechRNN ") or kind not in ("text", "music"):
                raise ConfigError("it was not made by SpeechRNN")
            request = _text_request(fields) if kind == "text" else _music_request(fields)
            if isinstance(request, MusicRequest) and request.piece is not None:
                _ = request.piece.tune  # fails where its tokens are in no order
            return cls(
                bundle=str(table["bundle"]),
                bundle_sha256=str(table["bundle_sha256"]),
                request=request,
                version=made_by.removeprefix("SpeechRNN "),
            )
        except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
            raise ConfigError(f"this is no provenance of a composition ({error!r})") from error

    @classmethod
    def find(cls, content: bytes) -> Provenance:
        """The first provenance in a file of any format, where `to_json` was written into it.

        Raises:
            ConfigError: as `from_table`, or there is none.
        """
        match = _BEGINNING.search(content)
        if match is None:
            raise ConfigError("this file does not say how it was made: expected one that SpeechRNN composed")
        text = content[match.start() :].decode("latin-1")
        try:
            table, _ = json.JSONDecoder().raw_decode(text)
        except (ValueError, RecursionError) as error:
            raise ConfigError(f"what this file says of how it was made is damaged ({error})") from error
        return cls.from_table(table)


def _table(value: Any) -> Any:
    """Dataclasses as tables without their defaults; notes as [start, pitch, length]."""
    if isinstance(value, Note):
        return [value.start, value.pitch, value.length]
    if isinstance(value, Meter):
        return str(value)
    if isinstance(value, Key):
        return {"tonic": value.tonic, "mode": value.mode}
    if isinstance(value, Piece):
        # One string: a list of short strings is three times as long.
        return {**_fields(value), "tokens": " ".join(value.tokens)}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _fields(value)
    return [_table(item) for item in value] if isinstance(value, tuple) else value


def _fields(value: Any) -> dict[str, Any]:
    table = {}
    for entry in dataclasses.fields(value):
        item = getattr(value, entry.name)
        default = entry.default if entry.default_factory is MISSING else entry.default_factory()
        if item != default:
            table[entry.name] = _table(item)
    return table


def _text_request(table: dict[str, Any]) -> TextRequest:
    table["sampling"] = SamplingOptions(**table.get("sampling", {}))
    table["stop"] = tuple(table.get("stop", ()))
    return TextRequest(**table)


def _music_request(table: dict[str, Any]) -> MusicRequest:
    table["sampling"] = SamplingOptions(**table.get("sampling", {}))
    table["free_bars"] = tuple(table.get("free_bars", ()))
    table["onsets_s"] = tuple(table.get("onsets_s", ()))
    if "key" in table:
        table["key"] = Key(**table["key"])
    if "piece" in table:
        piece = dict(table["piece"])
        piece["tokens"], piece["key"] = tuple(piece["tokens"].split()), Key(**piece["key"])
        piece["meter"] = _meter(piece.get("meter", "4/4"))
        table["piece"] = Piece(**piece)
    if "melody" in table:
        tune = dict(table["melody"])
        tune["key"] = Key(**tune.get("key", {}))
        tune["meter"] = _meter(tune.get("meter", "4/4"))
        tune["voices"] = tuple(_voice(voice) for voice in tune["voices"])
        table["melody"] = Tune(**tune)
    return MusicRequest(**table)


def _voice(table: Mapping[str, Any]) -> Voice:
    notes = tuple(Note(int(start), int(pitch), int(length)) for start, pitch, length in table["notes"])
    return Voice(**{**table, "notes": notes})


def _meter(text: str) -> Meter:
    beats, unit = text.split("/")
    return Meter(int(beats), int(unit))
