"""Tunes that somebody brings, as pieces that the networks can go on from.

Folk networks take one melody, chorale networks four voices. What was played by hand is brought to a grid of
sixteenths first. What has no tokens is refused with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from speechrnn.errors import ConfigError
from speechrnn.music import chorale_tokens, folk_tokens
from speechrnn.music.abc_reader import AbcNote, AbcTune
from speechrnn.music.abc_writer import bar_starts, chords, is_plain
from speechrnn.music.folk_tokens import END, FOLK_MODES, LENGTH_TICKS, METERS, PITCHES, REST
from speechrnn.music.piece import Piece
from speechrnn.music.tune import TICKS, Key, Mode, Note, Tune, Voice, key_at

GRID = TICKS // 4  # a sixteenth
_NEAREST_MODE: dict[Mode, Mode] = {"lydian": "major", "phrygian": "minor", "locrian": "minor"}
_NAMES = {pitch: name for name, pitch in PITCHES.items()}
_LENGTHS = sorted(((ticks, name) for name, ticks in LENGTH_TICKS.items()), reverse=True)


def folk_piece_of_abc(written: AbcTune) -> Piece:
    """A tune as written in ABC, with its repeat signs.

    Raises:
        ConfigError: the network has no tokens for it, with the reason.
    """
    tokens = folk_tokens.tokens_of(written)
    if tokens is None:
        raise ConfigError(_reason(written))
    return Piece(
        kind="folk",
        tokens=tuple(tokens),
        key=written.key,
        shift=-folk_tokens.shift_of(written),
        meter=written.meter,
        tempo=written.tempo or 120.0,
        title=written.title,
    )


def _reason(written: AbcTune) -> str:
    meter, mode = str(written.meter), written.key.mode
    if written.changes:
        return "key or meter change within the tune: give the part before or behind the change"
    if meter not in METERS:
        return f"the meter {meter} is not known to the network: expected one of {', '.join(METERS)}"
    if mode not in FOLK_MODES:
        return f"the mode {mode} is not known to the network: expected one of {', '.join(FOLK_MODES)}"
    if not folk_tokens.bars_are_full(written):
        return "a bar between two others is not full: complete the bars of the tune"
    notes = [e for e in written.elements if isinstance(e, AbcNote)]
    odd = next((n for n in notes if n.length not in LENGTH_TICKS.values()), None)
    if odd is not None:
        return f"line {odd.line}, column {odd.column}: the network has no token for a note of this length"
    return "the tune spans more than four octaves: give one voice"


def folk_piece_of_tune(tune: Tune) -> Piece:
    """The melody of a tune: its highest voice, the highest note of each chord.

    A note that runs over a bar line, or whose length has no token, becomes two that are struck.

    Raises:
        ConfigError: no notes, or a meter or a pitch that the network has no token for.
    """
    if str(tune.meter) not in METERS:
        raise ConfigError(
            f"the meter {tune.meter} is not known to the network: expected one of {', '.join(METERS)}"
        )
    melody = melody_of(tune)
    notes = melody.voices[0].notes
    mode = _NEAREST_MODE.get(tune.key.mode, tune.key.mode)
    key = _with_mode(tune.key, mode)
    shift = folk_tokens.shift_to_c([note.pitch for note in notes], key)
    tokens = [f"M:{tune.meter}", f"K:{mode}"]
    edges = bar_starts(melody)
    runs = list(chords(notes))
    for number, (left, right) in enumerate(pairwise(edges)):
        if number:
            tokens.append("|")
        for start, end, pitches in runs:
            begin, until = max(start, left), min(end, right)
            if begin < until:
                tokens += _spelled(pitches, shift, until - begin)
    return Piece(
        kind="folk",
        tokens=(*tokens, END),
        key=key,
        shift=-shift,
        meter=tune.meter,
        tempo=tune.tempo,
        title=tune.title,
    )


def _with_mode(key: Key, mode: Mode) -> Key:
    try:
        return Key(key.tonic, mode)
    except ConfigError:  # too many accidentals: the same tonic by its other name
        return key_at(key.pitch_class, mode)


def _spelled(pitches: Sequence[int], shift: int, length: int) -> Iterator[str]:
    name = _NAMES.get(pitches[-1] + shift) if pitches else REST
    if name is None:
        raise ConfigError(f"the note {pitches[-1]} lies outside of the network's four octaves: move the tune")
    while length > 0:
        ticks, token = next(((t, n) for t, n in _LENGTHS if t <= length), (0, ""))
        if not ticks:
            return
        yield name
        yield token
        length -= ticks


def melody_of(tune: Tune) -> Tune:
    """The voice with the highest notes, one note at a time, on the grid.

    Raises:
        ConfigError: the tune has no notes.
    """
    voices = [voice for voice in tune.voices if voice.notes]
    if not voices:
        raise ConfigError("the tune has no notes: expected a melody")
    highest = max(voices, key=lambda v: sum(n.pitch for n in v.notes) / len(v.notes))
    notes = highest.notes if _on_grid(highest.notes) else tuple(_quantized(highest.notes))
    single = tuple(Note(start, pitches[-1], end - start) for start, end, pitches in chords(notes) if pitches)
    return replace(tune, voices=(replace(highest, notes=single),))


def _on_grid(notes: Sequence[Note]) -> bool:
    """Whether every time is a sixty-fourth or a part of a triplet, as in written music."""
    return all(t % 80 == 0 or is_plain(t) for note in notes for t in (note.start, note.length))


def _quantized(notes: Sequence[Note]) -> Iterator[Note]:
    """Starts at the nearest sixteenth; ends too, but a gap below a sixteenth is closed."""
    for note in notes:
        start = round(note.start / GRID) * GRID
        end = max(start + GRID, round(note.end / GRID) * GRID)
        yield Note(start, note.pitch, end - start, note.velocity)


def chorale_piece_of_tune(tune: Tune) -> Piece:
    """A tune of four voices, soprano first.

    Raises:
        ConfigError: it has fewer or more voices with notes, or a note that no choir sings.
    """
    voices = tuple(
        Voice(name=v.name, program=v.program, notes=_single(v.notes)) for v in tune.voices if v.notes
    )
    if len(voices) != len(chorale_tokens.VOICES):
        raise ConfigError(
            f"the piece has {len(voices)} voices with notes; expected {len(chorale_tokens.VOICES)}: "
            "give a chorale for four voices, or have a melody harmonised"
        )
    sung = replace(tune, voices=voices)
    shifts = [12 * octave for octave in range(-3, 4)]
    shift = min(shifts, key=lambda s: (_outside(sung, s), abs(s)))
    tokens = ["K:minor" if chorale_tokens.is_minor(tune.key) else "K:major"]
    for place, step in enumerate(chorale_tokens.steps_of(sung, shift, len(voices))):
        tokens += [chorale_tokens.BEATS[place % 4], *step]
    return Piece(
        kind="chorale",
        tokens=(*tokens, chorale_tokens.END),
        key=tune.key,
        shift=-shift,
        meter=tune.meter,
        tempo=tune.tempo,
        title=tune.title,
    )


def _single(notes: Sequence[Note]) -> tuple[Note, ...]:
    return tuple(Note(start, pitches[-1], end - start) for start, end, pitches in chords(notes) if pitches)


def _outside(tune: Tune, shift: int) -> int:
    """How many notes lie outside of what their voices sing."""
    return sum(
        not low <= note.pitch + shift <= high
        for voice, (low, high) in zip(tune.voices, chorale_tokens.RANGES, strict=True)
        for note in voice.notes
    )
