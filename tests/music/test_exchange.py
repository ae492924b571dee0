"""MIDI, MusicXML and sound: other programs read the same notes that we wrote."""

import io
from typing import Any

import mido
import numpy as np
import pytest

from speechrnn.errors import ConfigError
from speechrnn.music.abc_writer import write_abc
from speechrnn.music.midi import MidiError, read_midi, write_midi
from speechrnn.music.musicxml import write_musicxml
from speechrnn.music.synthesizer import SAMPLE_RATE, SoundingNote, Synthesizer, render
from speechrnn.music.tune import TICKS, Key, Meter, Note, Tune, Voice

E8 = TICKS // 2
JIG = Tune(
    title="A jig",
    key=Key("G"),
    meter=Meter(6, 8),
    tempo=180.0,
    pickup=E8,
    voices=(
        Voice(
            name="Fiddle",
            program=40,
            notes=(
                Note(0, 74, E8),
                *(Note(E8 + i * E8, p, E8) for i, p in enumerate([79, 78, 79, 74, 71, 67])),
                *(Note(7 * E8 + i * 160, 69 + i, 160) for i in range(3)),
                Note(9 * E8, 66, 6 * E8),
            ),
        ),
    ),
)
CHORALE = Tune(
    title="Four voices",
    key=Key("A", "minor"),
    voices=tuple(
        Voice(name=name, program=52, notes=tuple(Note(i * TICKS, p + i % 2, TICKS) for i in range(8)))
        for name, p in (("Soprano", 72), ("Alto", 67), ("Tenor", 60), ("Bass", 48))
    ),
)


def sounding(tune: Tune) -> list[list[tuple[int, int, int]]]:
    return [[(n.start, n.pitch, n.length) for n in voice.notes] for voice in tune.voices]


@pytest.mark.parametrize("tune", [JIG, CHORALE], ids=["jig", "chorale"])
def test_midi_reads_back_as_it_was(tune: Tune) -> None:
    back = read_midi(write_midi(tune))
    assert sounding(back) == sounding(tune)
    assert (back.key, back.meter, back.title) == (tune.key, tune.meter, tune.title)
    assert back.tempo == pytest.approx(tune.tempo, abs=0.01)
    assert [v.program for v in back.voices] == [v.program for v in tune.voices]


@pytest.mark.parametrize("tune", [JIG, CHORALE], ids=["jig", "chorale"])
@pytest.mark.filterwarnings("ignore")  # music21's own
@pytest.mark.parametrize("kind", ["midi", "musicxml", "abc"])
def test_music21_reads_the_same_notes(tune: Tune, kind: str) -> None:
    import music21

    data = {"midi": write_midi, "musicxml": write_musicxml, "abc": write_abc}[kind](tune)
    if kind == "abc" and len(tune.voices) > 1:
        return  # music21 reads one voice of ABC
    score = music21.converter.parseData(
        data if kind != "musicxml" else data.decode(), format={"midi": "midi"}.get(kind, kind)
    )
    parts = list(score.parts) or [score]
    found = []
    for part in parts:
        flat = part.stripTies().flatten().notes
        found.append(sorted(p.midi for element in flat for p in element.pitches))
    assert sorted(found) == sorted(sorted(n.pitch for n in v.notes) for v in tune.voices)
    total = max(float(part.flatten().notes.stream().highestTime) for part in parts)
    assert total == pytest.approx(tune.length / TICKS, abs=0.01)


@pytest.mark.parametrize("tune", [JIG, CHORALE], ids=["jig", "chorale"])
@pytest.mark.parametrize("kind", ["musicxml", "abc"])
def test_verovio_engraves_the_same_notes(tune: Tune, kind: str, verovio_toolkit: Any) -> None:
    if kind == "abc" and len(tune.voices) > 1:
        return  # Verovio reads one voice of ABC
    verovio_toolkit.setInputFrom(kind)
    text = write_musicxml(tune).decode() if kind == "musicxml" else write_abc(tune)
    assert verovio_toolkit.loadData(text)
    verovio_toolkit.renderToSVG(1)
    midi = read_midi(__import__("base64").b64decode(verovio_toolkit.renderToMIDI()))
    pitches = sorted(n.pitch for voice in midi.voices for n in voice.notes)
    assert pitches == sorted(n.pitch for voice in tune.voices for n in voice.notes)


def midi_bytes(*messages: mido.Message, ticks: int = 480, kind: int = 0) -> bytes:
    file = mido.MidiFile(type=kind, ticks_per_beat=ticks)
    file.tracks.append(mido.MidiTrack(messages))
    out = io.BytesIO()
    file.save(file=out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "not a whole MIDI file"),
        (b"RIFF nonsense that is no MIDI at all", "not a whole MIDI file"),
        (write_midi(JIG)[:60], "not a whole MIDI file"),
        (midi_bytes(), "no notes"),
        (
            midi_bytes(
                mido.Message("note_on", channel=9, note=40),
                mido.Message("note_off", channel=9, note=40, time=99),
            ),
            "drums only",
        ),
        (
            midi_bytes(
                mido.Message("note_on", note=60), mido.Message("note_off", note=60, time=480 * 2 * 36_000)
            ),
            "lasts 600 minutes",
        ),
    ],
    ids=["empty", "foreign", "cut", "no notes", "drums", "ten hours"],
)
def test_midi_that_is_no_tune_is_refused_with_the_reason(data: bytes, words: str) -> None:
    with pytest.raises(MidiError, match=words):
        read_midi(data)


def test_midi_of_another_resolution_keeps_its_rhythm() -> None:
    data = midi_bytes(
        mido.Message("note_on", note=60),
        mido.Message("note_on", note=60, velocity=0, time=96),
        mido.Message("note_on", note=62, time=48),
        mido.Message("note_off", note=62, time=96),
        ticks=96,
    )
    assert sounding(read_midi(data)) == [[(0, 60, TICKS), (TICKS * 3 // 2, 62, TICKS)]]


def test_sound_in_blocks_equals_sound_at_once() -> None:
    whole = render(JIG)
    synthesizer = Synthesizer()
    for note in JIG.voices[0].notes:
        synthesizer.add(
            SoundingNote(
                start_s=JIG.seconds(note.start),
                duration_s=JIG.seconds(note.length),
                pitch=note.pitch,
                velocity=note.velocity,
                program=40,
            )
        )
    blocks = [synthesizer.read(n) for n in (1, 1000, 44, 20_000, 30_000)]
    joined = np.concatenate(blocks)
    np.testing.assert_allclose(joined, whole[: len(joined)], atol=1e-6)


@pytest.mark.parametrize("program", [0, 46, 73, 40, 19, 52])
def test_a_note_sounds_at_its_pitch_and_below_full_scale(program: int) -> None:
    tune = Tune(voices=(Voice(notes=(Note(0, 69, 4 * TICKS),), program=program),))
    sound = render(tune)[:, 0]
    spectrum = np.abs(np.fft.rfft(sound[:SAMPLE_RATE] * np.hanning(SAMPLE_RATE)))
    assert abs(int(spectrum.argmax()) - 440) <= 2
    assert 0.02 < np.abs(sound).max() < 1


def test_voices_can_be_muted() -> None:
    assert not np.any(render(CHORALE, voices=[]))
    alone = render(CHORALE, voices=[3])
    assert 0 < np.abs(alone).max() < np.abs(render(CHORALE)).max()


def test_transposing_keeps_the_shape_and_names_the_key() -> None:
    up = JIG.transposed(3)
    assert up.key == Key("Bb")
    assert sounding(up.transposed(-3)) == sounding(JIG)
    with pytest.raises(ConfigError, match="MIDI's range"):
        JIG.transposed(90)
