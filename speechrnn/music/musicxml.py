"""MusicXML out: a `Tune` as a score that notation programs open.

One part for each voice; bars, ties over bar lines, dots, triplets, accidentals by the key. What a single note
value cannot write is split into tied ones. Source: MusicXML 4.0 (W3C Music Notation Community Group, 2021).
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from itertools import pairwise

from speechrnn.errors import ConfigError
from speechrnn.music.abc_writer import bar_starts, chords
from speechrnn.music.tune import TICKS, WHOLE, Key, Tune, Voice, spell

_TYPES = {
    WHOLE * 2: "breve",
    WHOLE: "whole",
    WHOLE // 2: "half",
    WHOLE // 4: "quarter",
    WHOLE // 8: "eighth",
    WHOLE // 16: "16th",
    WHOLE // 32: "32nd",
    WHOLE // 64: "64th",
}
# Heard length -> (type, dots, in a triplet), longest first.
_VALUES: dict[int, tuple[str, int, bool]] = dict(
    sorted(
        {
            **{ticks: (name, 0, False) for ticks, name in _TYPES.items()},
            **{ticks * 3 // 2: (name, 1, False) for ticks, name in _TYPES.items() if ticks > WHOLE // 64},
            **{ticks * 2 // 3: (name, 0, True) for ticks, name in _TYPES.items() if ticks < WHOLE},
        }.items(),
        reverse=True,
    )
)
_HEADER = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n'
    b'<!DOCTYPE score-partwise PUBLIC "-//Recordare//DTD MusicXML 4.0 Partwise//EN" '
    b'"http://www.musicxml.org/dtds/partwise.dtd">\n'
)


def write_musicxml(tune: Tune, *, comment: str = "") -> bytes:
    """The tune as uncompressed MusicXML, UTF-8; a comment becomes a miscellaneous field.

    Raises:
        ConfigError: a length that no notation has.
    """
    score = ET.Element("score-partwise", version="4.0")
    if tune.title:
        ET.SubElement(ET.SubElement(score, "work"), "work-title").text = tune.title
    if comment:
        fields = ET.SubElement(ET.SubElement(score, "identification"), "miscellaneous")
        ET.SubElement(fields, "miscellaneous-field", name="speechrnn").text = comment
    parts = ET.SubElement(score, "part-list")
    for index, voice in enumerate(tune.voices, start=1):
        part = ET.SubElement(parts, "score-part", id=f"P{index}")
        ET.SubElement(part, "part-name").text = voice.name or f"Voice {index}"
        instrument = ET.SubElement(part, "score-instrument", id=f"P{index}-I1")
        ET.SubElement(instrument, "instrument-name").text = voice.name or f"Voice {index}"
        midi = ET.SubElement(part, "midi-instrument", id=f"P{index}-I1")
        ET.SubElement(midi, "midi-channel").text = str(index if index < 10 else index + 1)
        ET.SubElement(midi, "midi-program").text = str(voice.program + 1)
    for index, voice in enumerate(tune.voices, start=1):
        _write_part(ET.SubElement(score, "part", id=f"P{index}"), tune, voice)
    ET.indent(score)
    text: bytes = ET.tostring(score, encoding="utf-8")
    return _HEADER + text + b"\n"


def _write_part(part: ET.Element, tune: Tune, voice: Voice) -> None:
    edges = bar_starts(tune)
    runs = list(chords(voice.notes))
    end = runs[-1][1] if runs else 0
    if end < edges[-1]:
        runs.append((end, edges[-1], ()))
    place = 0
    for number, (left, right) in enumerate(pairwise(edges), start=0 if tune.pickup else 1):
        bar = ET.SubElement(part, "measure", number=str(number))
        if number == 0:
            bar.set("implicit", "yes")
        if left == 0:
            _write_attributes(bar, tune, voice)
        accidentals: dict[tuple[str, int], int] = {}
        while place < len(runs) and runs[place][0] < right:
            start, stop, pitches = runs[place]
            begin, until = max(start, left), min(stop, right)
            _write_chord(bar, pitches, until - begin, (begin > start, until < stop), tune.key, accidentals)
            if stop > right:
                break
            place += 1
    last = ET.SubElement(part[-1], "barline", location="right")
    ET.SubElement(last, "bar-style").text = "light-heavy"


def _write_attributes(bar: ET.Element, tune: Tune, voice: Voice) -> None:
    attributes = ET.SubElement(bar, "attributes")
    ET.SubElement(attributes, "divisions").text = str(TICKS)
    key = ET.SubElement(attributes, "key")
    ET.SubElement(key, "fifths").text = str(tune.key.fifths)
    ET.SubElement(key, "mode").text = tune.key.mode
    time = ET.SubElement(attributes, "time")
    ET.SubElement(time, "beats").text = str(tune.meter.beats)
    ET.SubElement(time, "beat-type").text = str(tune.meter.unit)
    clef = ET.SubElement(attributes, "clef")
    low = sum(n.pitch for n in voice.notes) < 57 * len(voice.notes)
    ET.SubElement(clef, "sign").text = "F" if low else "G"
    ET.SubElement(clef, "line").text = "4" if low else "2"
    direction = ET.SubElement(bar, "direction", placement="above")
    kind = ET.SubElement(ET.SubElement(direction, "direction-type"), "metronome")
    ET.SubElement(kind, "beat-unit").text = "quarter"
    ET.SubElement(kind, "per-minute").text = f"{tune.tempo:g}"
    ET.SubElement(direction, "sound", tempo=f"{tune.tempo:g}")


def _write_chord(
    bar: ET.Element,
    pitches: Sequence[int],
    length: int,
    tied: tuple[bool, bool],
    key: Key,
    accidentals: dict[tuple[str, int], int],
) -> None:
    """One chord or rest, as several tied ones where one value cannot write it."""
    values = _split(length)
    for index, value in enumerate(values):
        comes_tied = tied[0] or index > 0
        goes_tied = tied[1] or index + 1 < len(values)
        for rank, pitch in enumerate(pitches or (None,)):
            note = ET.SubElement(bar, "note")
            if rank:
                ET.SubElement(note, "chord")
            step = None if pitch is None else _write_pitch(note, pitch, key)
            if pitch is None:
                ET.SubElement(note, "rest")
            ET.SubElement(note, "duration").text = str(value)
            ties = [
                kind for kind, wanted in (("stop", comes_tied), ("start", goes_tied)) if wanted and pitches
            ]
            for kind in ties:
                ET.SubElement(note, "tie", type=kind)
            _write_value(note, value, step, accidentals, key, shown=not comes_tied)
            if ties:
                notations = ET.SubElement(note, "notations")
                for kind in ties:
                    ET.SubElement(notations, "tied", type=kind)


def _write_pitch(note: ET.Element, pitch: int, key: Key) -> tuple[str, int, int]:
    step, alteration, octave = spell(pitch, key)
    element = ET.SubElement(note, "pitch")
    ET.SubElement(element, "step").text = step
    if alteration:
        ET.SubElement(element, "alter").text = str(alteration)
    ET.SubElement(element, "octave").text = str(octave)
    return step, alteration, octave


def _write_value(
    note: ET.Element,
    length: int,
    spelled: tuple[str, int, int] | None,
    accidentals: dict[tuple[str, int], int],
    key: Key,
    *,
    shown: bool,
) -> None:
    name, dots, triplet = _VALUES[length]
    ET.SubElement(note, "type").text = name
    for _ in range(dots):
        ET.SubElement(note, "dot")
    if spelled is not None:
        step, alteration, octave = spelled
        in_force = accidentals.get((step, octave), key.alteration(step))
        if alteration != in_force and shown:
            ET.SubElement(note, "accidental").text = {-1: "flat", 0: "natural", 1: "sharp"}[alteration]
        accidentals[step, octave] = alteration
    if triplet:
        modification = ET.SubElement(note, "time-modification")
        ET.SubElement(modification, "actual-notes").text = "3"
        ET.SubElement(modification, "normal-notes").text = "2"


def _split(length: int) -> list[int]:
    """A length as note values that sum to it, longest first."""
    if length in _VALUES:
        return [length]
    values, left = [], length
    for ticks, (_, _, triplet) in _VALUES.items():
        while ticks <= left and not triplet:
            values.append(ticks)
            left -= ticks
    if left:
        values, left = [], length
        for ticks in _VALUES:
            while ticks <= left:
                values.append(ticks)
                left -= ticks
    if left:
        raise ConfigError(f"a length of {length} ticks cannot be written as notes")
    return values
