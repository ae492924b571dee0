"""A built-in synthesizer: notes in, sound out, with nothing to install.

Each note is a sum of decaying harmonics with the envelope of its instrument. `render` gives a whole tune,
`Synthesizer` a stream of blocks in time with what is composed: notes may be added while it plays. Waveforms
are (n, 2) float32 in -1..1. Deterministic: the same notes give the same samples.
"""

from __future__ import annotations

import functools
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from speechrnn.errors import ConfigError
from speechrnn.music.tune import Tune

Stereo = NDArray[np.float32]
SAMPLE_RATE = 44_100  # Hz
RELEASE_S = 0.12  # a note that is let go fades for this long
LONGEST_NOTE_S = 30.0  # no more is kept in memory of one note
HEADROOM = 0.22  # of one note at full velocity: four voices stay below 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """How a note sounds.

    Attributes:
        name: shown to the user.
        program: the General MIDI instrument that is nearest, 0..127.
        harmonics: amplitude of each partial, the fundamental first.
        attack_s: to full level.
        decay_s: time in which a held note falls by 60 dB; infinite for organs and winds.
        brightness: how much faster each higher partial decays than the one below, 0..2.
        vibrato: depth in cents; 0 for none.
    """

    name: str
    program: int
    harmonics: tuple[float, ...]
    attack_s: float = 0.005
    decay_s: float = float("inf")
    brightness: float = 0.0
    vibrato: float = 0.0


INSTRUMENTS: tuple[Instrument, ...] = (
    Instrument(
        name="Piano",
        program=0,
        harmonics=(1, 0.55, 0.32, 0.2, 0.13, 0.08, 0.05, 0.03),
        decay_s=5.0,
        brightness=0.6,
    ),
    Instrument(name="Harp", program=46, harmonics=(1, 0.35, 0.2, 0.08, 0.05), decay_s=3.0, brightness=0.9),
    Instrument(name="Flute", program=73, harmonics=(1, 0.3, 0.12, 0.04), attack_s=0.05, vibrato=6.0),
    Instrument(
        name="Fiddle",
        program=40,
        harmonics=(1, 0.7, 0.5, 0.4, 0.25, 0.2, 0.12, 0.1),
        attack_s=0.04,
        vibrato=9.0,
    ),
    Instrument(name="Organ", program=19, harmonics=(1, 0.6, 0.35, 0.3, 0.1, 0.15, 0.05, 0.12), attack_s=0.02),
    Instrument(name="Choir", program=52, harmonics=(1, 0.5, 0.35, 0.12, 0.08), attack_s=0.12, vibrato=12.0),
)


def instrument(program: int) -> Instrument:
    """The instrument nearest to a General MIDI program."""
    families = {0: 0, 1: 0, 2: 4, 3: 1, 4: 3, 5: 3, 6: 5, 7: 2, 8: 2, 9: 2}
    exact = [i for i in INSTRUMENTS if i.program == program]
    return exact[0] if exact else INSTRUMENTS[families.get(program // 8, 0)]


def render(tune: Tune, *, voices: Sequence[int] | None = None) -> Stereo:
    """A whole tune as sound.

    Args:
        tune: what to play.
        voices: which voices sound, counted from 0; None for all.

    Returns:
        (n, 2) float32 at 44.1 kHz, with the last note's fading.

    Raises:
        ConfigError: the tune lasts over an hour.
    """
    if tune.duration > 3600:
        raise ConfigError(f"the tune lasts {tune.duration / 60:.0f} minutes; expected at most 60")
    synthesizer = Synthesizer()
    for index, voice in enumerate(tune.voices):
        if voices is not None and index not in voices:
            continue
        for note in voice.notes:
            synthesizer.add(
                SoundingNote(
                    start_s=tune.seconds(note.start),
                    duration_s=tune.seconds(note.length),
                    pitch=note.pitch,
                    velocity=note.velocity,
                    program=voice.program,
                    pan=pan(index, len(tune.voices)),
                )
            )
    return synthesizer.read(round((tune.duration + 3 * RELEASE_S) * SAMPLE_RATE))


def pan(index: int, n_voices: int) -> float:
    """Where a voice stands, -1 left to 1 right: spread over the middle third."""
    return 0.0 if n_voices < 2 else (2 * index / (n_voices - 1) - 1) * 0.35


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundingNote:
    """A note in real time.

    Attributes:
        start_s: seconds from the synthesizer's beginning.
        duration_s: until it is let go, seconds.
        pitch: MIDI number.
        velocity: 1..127.
        program: General MIDI instrument.
        pan: -1 left to 1 right.
    """

    start_s: float
    duration_s: float
    pitch: int
    velocity: int = 80
    program: int = 0
    pan: float = 0.0


class Synthesizer:
    """Sound in blocks, from notes that may still be added while it is read.

    Used by one thread at a time; notes that lie in the past begin where they are read next.
    """

    def __init__(self) -> None:
        self._waiting: list[SoundingNote] = []
        self._sounding: list[tuple[int, Stereo]] = []  # (next sample of it, its sound)
        self._now = 0

    @property
    def position_s(self) -> float:
        """Seconds read so far."""
        return self._now / SAMPLE_RATE

    def add(self, note: SoundingNote) -> None:
        """Adds a note."""
        self._waiting.append(note)

    def clear(self) -> None:
        """Lets go of everything at once."""
        self._waiting.clear()
        self._sounding.clear()

    def seek(self, position_s: float) -> None:
        """Goes to another place; what sounds is cut."""
        self.clear()
        self._now = round(position_s * SAMPLE_RATE)

    def read(self, n_samples: int) -> Stereo:
        """The next samples.

        Args:
            n_samples: how many, at least 0.

        Returns:
            (n_samples, 2) float32 in -1..1.
        """
        out = np.zeros((n_samples, 2), np.float32)
        end = self._now + n_samples
        for offset, sound in self._sounding:
            n = min(n_samples, len(sound) - offset)
            out[:n] += sound[offset : offset + n]
        self._sounding = [(o + n_samples, s) for o, s in self._sounding if o + n_samples < len(s)]
        later = []
        for note in self._waiting:
            start = max(round(note.start_s * SAMPLE_RATE), self._now)
            if start >= end:
                later.append(note)
                continue
            sound = _stereo(note)
            place = start - self._now
            n = min(n_samples - place, len(sound))
            out[place : place + n] += sound[:n]
            if n < len(sound):
                self._sounding.append((n, sound))
        self._waiting = later
        self._now = end
        return np.tanh(out, out=out)  # many loud notes bend instead of breaking


def _stereo(note: SoundingNote) -> Stereo:
    mono = _note_sound(note.pitch, round(min(note.duration_s, LONGEST_NOTE_S) * 1000), note.program)
    angle = (note.pan + 1) * np.pi / 4
    gain = HEADROOM * (note.velocity / 127) ** 1.5 * 2
    weights = np.array([np.cos(angle), np.sin(angle)], np.float32) * np.float32(gain)
    return (mono[:, None] * weights[None]).astype(np.float32)


@functools.lru_cache(maxsize=256)
def _note_sound(pitch: int, duration_ms: int, program: int) -> NDArray[np.float32]:
    """(n,) float32 of one note with its release, at full velocity."""
    kind = instrument(program)
    held = duration_ms / 1000
    n = round((held + RELEASE_S) * SAMPLE_RATE)
    t = np.arange(n) / SAMPLE_RATE
    frequency = 440.0 * 2 ** ((pitch - 69) / 12)
    phase = 2 * np.pi * frequency * t
    if kind.vibrato:
        depth = frequency * (2 ** (kind.vibrato / 1200) - 1)
        swell = np.minimum(t / 0.4, 1)  # a player begins straight
        phase += depth / 5.5 * swell * np.sin(2 * np.pi * 5.5 * t)
    sound = np.zeros(n)
    for number, amplitude in enumerate(kind.harmonics, start=1):
        if number * frequency > 0.45 * SAMPLE_RATE:
            break
        decay = np.exp(-6.9 * t / kind.decay_s * (1 + kind.brightness * (number - 1)))
        sound += amplitude * decay * np.sin(number * phase)
    sound /= sum(kind.harmonics)
    # Low strings ring longer and are heard less: a gentle lift below middle C.
    sound *= 1 + max(0, 60 - pitch) / 40
    attack = np.minimum(t / max(kind.attack_s, 1e-3), 1)
    release = np.clip((held + RELEASE_S - t) / RELEASE_S, 0, 1) ** 2
    return (sound * attack * release).astype(np.float32)


def to_pcm16(sound: Iterable[Stereo]) -> bytes:
    """Blocks of sound as interleaved little-endian 16-bit samples."""
    return b"".join((np.clip(block, -1, 1) * 32767).astype("<i2").tobytes() for block in sound)


def write_wav(blocks: Iterable[Stereo], *, comment: str = "") -> bytes:
    """Sound as a WAV file of 16 bits; a comment becomes its INFO field ICMT."""
    data = to_pcm16(blocks)
    frame = 4  # bytes: two channels of 16 bits
    head = struct.pack("<HHIIHH", 1, 2, SAMPLE_RATE, SAMPLE_RATE * frame, frame, 16)
    chunks = _chunk(b"fmt ", head)
    if comment:
        # Before the sound, where players and people find it; text fields end with a zero.
        field = _chunk(b"ICMT", comment.encode("latin-1", "replace") + b"\0")
        chunks += _chunk(b"LIST", b"INFO" + field)
    chunks += _chunk(b"data", data)
    return _chunk(b"RIFF", b"WAVE" + chunks)


def _chunk(name: bytes, content: bytes) -> bytes:
    """A chunk of a RIFF file; its content is padded to an even number of bytes."""
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)
