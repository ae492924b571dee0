"""MIDI files: bytes -> `Tune` -> bytes, by mido.

Format 1 out: a track with title, meter, key and tempo, then one for each voice. In: any format; each channel
that has notes becomes a voice, percussion (channel 10) is left out, and times are brought to `tune.TICKS`.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any, cast

import mido

from speechrnn.errors import ConfigError, SpeechRnnError
from speechrnn.music.key_finding import likely_key
from speechrnn.music.tune import TICKS, Key, Meter, Note, Tune, Voice, key_at

PERCUSSION = 9  # channel, counted from 0
LONGEST_S = 3600.0  # a file that says it lasts longer is not a tune to continue
_KEYS = {
    **{-7: "Cb", -6: "Gb", -5: "Db", -4: "Ab", -3: "Eb", -2: "Bb", -1: "F", 0: "C"},
    **{1: "G", 2: "D", 3: "A", 4: "E", 5: "B", 6: "F#", 7: "C#"},
}


class MidiError(SpeechRnnError):
    """A MIDI file that cannot be read as a tune."""


def write_midi(tune: Tune, *, comment: str = "") -> bytes:
    """The tune as a standard MIDI file, format 1; a comment becomes a text event."""
    file = mido.MidiFile(type=1, ticks_per_beat=TICKS)
    conductor = mido.MidiTrack()
    file.tracks.append(conductor)
    conductor.append(mido.MetaMessage("track_name", name=_latin(tune.title)))
    if comment:
        conductor.append(mido.MetaMessage("text", text=_latin(comment)))
    conductor.append(
        mido.MetaMessage("time_signature", numerator=tune.meter.beats, denominator=tune.meter.unit)
    )
    minor = tune.key.mode == "minor"
    conductor.append(mido.MetaMessage("key_signature", key=_signature(tune.key.fifths, minor)))
    conductor.append(mido.MetaMessage("set_tempo", tempo=mido.bpm2tempo(tune.tempo)))
    for index, voice in enumerate(tune.voices):
        file.tracks.append(_track(voice, index % 16 if index % 16 != PERCUSSION else 15))
    out = io.BytesIO()
    file.save(file=out)
    return out.getvalue()


def _track(voice: Voice, channel: int) -> Any:
    track = mido.MidiTrack()
    track.append(mido.MetaMessage("track_name", name=_latin(voice.name)))
    track.append(mido.Message("program_change", channel=channel, program=voice.program))
    # Where one note ends as the same one begins, the end comes first.
    events = [(note.end, 0, note.pitch, 0) for note in voice.notes]
    events += [(note.start, 1, note.pitch, note.velocity) for note in voice.notes]
    now = 0
    for tick, begins, pitch, velocity in sorted(events):
        kind = "note_on" if begins else "note_off"
        track.append(mido.Message(kind, channel=channel, note=pitch, velocity=velocity, time=tick - now))
        now = tick
    return track


@dataclass(slots=True)
class _Score:
    """What has been read of a file."""

    notes: dict[tuple[int, int], list[Note]]  # by (track, channel)
    programs: dict[int, int]
    names: dict[int, str]
    meter: Meter | None = None
    key: Key | None = None
    tempo: float | None = None
    n_drums: int = 0


def read_midi(data: bytes, *, longest_s: float = LONGEST_S) -> Tune:
    """The notes of a MIDI file; where it says no key, the likeliest one.

    Args:
        data: the file's bytes.
        longest_s: a longer file is refused.

    Raises:
        MidiError: damaged, no notes, drums only, or too long.
    """
    try:
        file = mido.MidiFile(file=io.BytesIO(data), clip=True)
    except Exception as error:  # mido lets whatever its parser meets come through
        raise MidiError(
            f"this is not a whole MIDI file ({error or type(error).__name__}): "
            "expected a standard .mid file; export it again"
        ) from error
    if file.type == 2 or not 1 <= file.ticks_per_beat <= 0x7FFF:
        raise MidiError("MIDI files of format 2 or with SMPTE times are not read: export it as format 0 or 1")
    score = _Score({}, {}, {})
    for number, track in enumerate(file.tracks):
        _read_track(track, number, TICKS / file.ticks_per_beat, score)
    found = {place: sorted(notes) for place, notes in score.notes.items() if notes}
    if not found:
        why = "it has drums only" if score.n_drums else "it has no notes"
        raise MidiError(f"there is no melody in this MIDI file: {why}; choose one with pitched notes")
    tempo = min(max(score.tempo or 120.0, 10.0), 600.0)
    length_s = max(n[-1].end for n in found.values()) * 60 / tempo / TICKS
    if length_s > longest_s:
        raise MidiError(
            f"this MIDI file lasts {length_s / 60:.0f} minutes; expected at most {longest_s / 60:.0f}: "
            "cut out the part to go on from"
        )
    voices = tuple(
        Voice(notes=tuple(notes), name=score.names.get(track, ""), program=score.programs.get(channel, 0))
        for (track, channel), notes in sorted(found.items())
    )
    return Tune(
        voices=voices,
        title=score.names.get(0, "") if len(file.tracks) > 1 else "",
        key=score.key or likely_key(note for notes in found.values() for note in notes),
        meter=score.meter or Meter(),
        tempo=tempo,
    )


def _read_track(track: Any, number: int, scale: float, score: _Score) -> None:
    now = 0
    sounding: dict[tuple[int, int], tuple[int, int]] = {}
    for message in track:
        now += message.time
        tick = round(now * scale)
        if message.type == "note_on" and message.velocity:
            if message.channel == PERCUSSION:
                score.n_drums += 1
                continue
            _end_note(score, number, sounding, (message.channel, message.note), tick)
            sounding[message.channel, message.note] = (tick, message.velocity)
        elif message.type in ("note_off", "note_on"):
            _end_note(score, number, sounding, (message.channel, message.note), tick)
        elif message.type == "program_change":
            score.programs.setdefault(message.channel, message.program)
        elif message.is_meta:
            _read_meta(message, number, score)
    for place in list(sounding):  # notes that the file forgot to end
        _end_note(score, number, sounding, place, round(now * scale))


def _end_note(
    score: _Score,
    track: int,
    sounding: dict[tuple[int, int], tuple[int, int]],
    place: tuple[int, int],
    tick: int,
) -> None:
    begun = sounding.pop(place, None)
    if begun is not None and tick > begun[0]:
        start, velocity = begun
        note = Note(start, place[1], tick - start, velocity)
        score.notes.setdefault((track, place[0]), []).append(note)


def _read_meta(message: Any, track: int, score: _Score) -> None:
    if message.type == "track_name":
        score.names.setdefault(track, message.name.strip())
    elif message.type == "set_tempo" and score.tempo is None:
        score.tempo = cast(float, mido.tempo2bpm(message.tempo)) if message.tempo else None
    elif message.type == "time_signature" and score.meter is None:
        try:
            score.meter = Meter(message.numerator, message.denominator)
        except ConfigError:
            return
    elif message.type == "key_signature" and score.key is None:
        minor = message.key.endswith("m")
        tonic = message.key.removesuffix("m")
        score.key = Key(tonic, "minor" if minor else "major")


def _signature(fifths: int, minor: bool) -> str:
    if not minor:
        return _KEYS[fifths]
    major = Key(_KEYS[fifths], "major")
    return key_at(major.pitch_class + 9, "minor").tonic + "m" if abs(fifths) < 6 else _minor_name(fifths)


def _minor_name(fifths: int) -> str:
    return {-7: "Abm", -6: "Ebm", 6: "D#m", 7: "A#m"}[fifths]


def _latin(text: str) -> str:
    """What a MIDI file may hold as a name."""
    return text.encode("latin-1", "replace").decode("latin-1")
