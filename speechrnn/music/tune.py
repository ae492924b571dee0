"""Tunes: what the music networks write, the piano roll draws and the synthesizer plays.

Time is counted in ticks, `TICKS` to a quarter note, from the start of the tune; pitches are MIDI numbers, 60
is middle C. All values are frozen; every notation (ABC, MIDI, MusicXML) is a function to and from a `Tune`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from speechrnn.errors import ConfigError

TICKS = 480  # a quarter note; holds triplets, quintuplets and sixty-fourths as whole numbers
WHOLE = 4 * TICKS

Mode = Literal["major", "minor", "dorian", "phrygian", "lydian", "mixolydian", "locrian"]

# How many fifths the signature of a mode lies above that of the major key on the same tonic.
MODES: dict[Mode, int] = {
    "major": 0,
    "minor": -3,
    "dorian": -2,
    "phrygian": -4,
    "lydian": 1,
    "mixolydian": -1,
    "locrian": -5,
}
STEPS = "CDEFGAB"
NATURALS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}  # semitones above C
_FIFTHS = {"F": -1, "C": 0, "G": 1, "D": 2, "A": 3, "E": 4, "B": 5}
_SHARPS = "FCGDAEB"  # in the order that a signature takes them


@dataclass(frozen=True, slots=True)
class Key:
    """A tonic and a mode.

    Attributes:
        tonic: a letter A to G, then nothing, "#" or "b".
        mode: one of `MODES`.
    """

    tonic: str = "C"
    mode: Mode = "major"

    def __post_init__(self) -> None:
        if self.tonic[:1] not in NATURALS or self.tonic[1:] not in ("", "#", "b"):
            raise ConfigError(f"the tonic {self.tonic!r} is none: expected A to G, with # or b, such as Bb")
        if self.mode not in MODES:
            raise ConfigError(f"the mode {self.mode!r} is none: expected one of {', '.join(MODES)}")
        if not -7 <= self.fifths <= 7:
            raise ConfigError(
                f"{self.tonic} {self.mode} has {abs(self.fifths)} accidentals in its signature: "
                "expected at most 7; take the key that sounds the same"
            )

    @property
    def fifths(self) -> int:
        """Sharps of the signature; flats are negative."""
        accidental = {"": 0, "#": 7, "b": -7}[self.tonic[1:]]
        return _FIFTHS[self.tonic[0]] + accidental + MODES[self.mode]

    @property
    def pitch_class(self) -> int:
        """Of the tonic, 0..11, 0 is C."""
        return (NATURALS[self.tonic[0]] + {"": 0, "#": 1, "b": -1}[self.tonic[1:]]) % 12

    def alteration(self, step: str) -> int:
        """What the signature does to a letter: -1, 0 or 1 semitones."""
        if self.fifths > 0:
            return int(step in _SHARPS[: self.fifths])
        return -int(step in _SHARPS[::-1][: -self.fifths])


@dataclass(frozen=True, slots=True)
class Meter:
    """A time signature, such as 6/8.

    Attributes:
        beats: above the line, 1..64.
        unit: below the line: 1, 2, 4, 8, 16 or 32.
    """

    beats: int = 4
    unit: int = 4

    def __post_init__(self) -> None:
        if not 1 <= self.beats <= 64 or self.unit not in (1, 2, 4, 8, 16, 32):
            raise ConfigError(f"the meter {self.beats}/{self.unit} is none: expected one such as 4/4 or 6/8")

    @property
    def bar(self) -> int:
        """Ticks of a bar."""
        return WHOLE * self.beats // self.unit

    @property
    def beat(self) -> int:
        """Ticks of what a listener taps: three eighths in 6/8, 9/8 and 12/8, else the unit."""
        unit = WHOLE // self.unit
        return 3 * unit if self.unit >= 8 and self.beats % 3 == 0 and self.beats > 3 else unit

    def __str__(self) -> str:
        return f"{self.beats}/{self.unit}"


@dataclass(frozen=True, slots=True, order=True)
class Note:
    """A sounding note.

    Attributes:
        start: ticks, at least 0.
        pitch: 0..127.
        length: ticks, at least 1.
        velocity: 1..127, how hard it is struck.
    """

    start: int
    pitch: int
    length: int
    velocity: int = 80

    @property
    def end(self) -> int:
        """Ticks."""
        return self.start + self.length


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Notes that one instrument or singer gives.

    Attributes:
        name: such as "Soprano"; may be empty.
        notes: by start, then pitch.
        program: General MIDI instrument, 0..127.
    """

    notes: tuple[Note, ...]
    name: str = ""
    program: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tune:
    """A piece of music.

    Attributes:
        voices: at least one.
        title: may be empty.
        key: of the signature.
        meter: throughout.
        tempo: quarter notes a minute.
        pickup: ticks of the incomplete bar that it begins with, 0 where there is none.
    """

    voices: tuple[Voice, ...]
    title: str = ""
    key: Key = Key()
    meter: Meter = Meter()
    tempo: float = 120.0
    pickup: int = 0

    def __post_init__(self) -> None:
        if not self.voices:
            raise ConfigError("a tune needs at least one voice")
        if not 10 <= self.tempo <= 600:
            raise ConfigError(f"the tempo is {self.tempo:g}; expected 10 to 600 quarter notes a minute")

    @property
    def length(self) -> int:
        """Ticks to the end of the last note."""
        return max((note.end for voice in self.voices for note in voice.notes), default=0)

    @property
    def duration(self) -> float:
        """Seconds to the end of the last note."""
        return self.seconds(self.length)

    def seconds(self, ticks: int) -> float:
        """When a tick sounds, seconds from the start."""
        return ticks * 60 / self.tempo / TICKS

    def transposed(self, semitones: int) -> Tune:
        """Moved up or down, in the key that has the fewest accidentals there.

        Raises:
            ConfigError: a note would leave MIDI's range.
        """
        pitches = [note.pitch + semitones for voice in self.voices for note in voice.notes]
        if pitches and not 0 <= min(pitches) <= max(pitches) <= 127:
            raise ConfigError(
                f"moving the tune by {semitones} semitones takes notes out of MIDI's range 0 to 127"
            )
        voices = tuple(
            replace(v, notes=tuple(replace(n, pitch=n.pitch + semitones) for n in v.notes))
            for v in self.voices
        )
        return replace(self, voices=voices, key=key_at(self.key.pitch_class + semitones, self.key.mode))


def key_at(pitch_class: int, mode: Mode) -> Key:
    """The key with this tonic (any number, taken modulo 12) that has the fewest accidentals."""
    names = [f"{step}{sign}" for step in STEPS for sign in ("", "#", "b")]
    keys = []
    for name in names:
        try:
            key = Key(name, mode)
        except ConfigError:
            continue
        if key.pitch_class == pitch_class % 12:
            keys.append(key)
    return min(keys, key=lambda key: (abs(key.fifths), -key.fifths))


def spell(pitch: int, key: Key) -> tuple[str, int, int]:
    """How a pitch is written in a key: letter, alteration in semitones -1..1, octave (4 holds middle C).

    Notes of the scale are written as the signature has them; others with a sharp in keys without flats,
    with a flat elsewhere, but the raised seventh and fourth always with a sharp or natural.
    """
    for step in STEPS:
        alteration = key.alteration(step)
        if (NATURALS[step] + alteration - pitch) % 12 == 0:
            return step, alteration, (pitch - NATURALS[step] - alteration) // 12 - 1
    leading = (pitch - key.pitch_class) % 12 in (6, 11)
    order = (0, 1, -1) if key.fifths >= 0 or leading else (0, -1, 1)
    for alteration in order:
        for step in STEPS:
            if (NATURALS[step] + alteration - pitch) % 12 == 0:
                return step, alteration, (pitch - NATURALS[step] - alteration) // 12 - 1
    raise AssertionError(pitch)  # every pitch is a natural or a sharp
