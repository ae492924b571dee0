"""Files of what was composed: other programs read the same notes, and each can be made again from itself."""

import io
import json
import wave
from pathlib import Path
from typing import Any

import mido
import pytest
from toy_composer import composing_bundle

from speechrnn.errors import ConfigError, SpeechRnnError
from speechrnn.music.abc_reader import AbcTune, parse_abc
from speechrnn.music.midi import read_midi
from speechrnn.music.tune import TICKS, Key, Tune
from speechrnn.pipeline.compose import Composer, MusicRequest, Piece, Provenance, TextRequest, TuneEvent
from speechrnn.pipeline.compose_export import MUSIC_FORMATS, export_piece, export_text, read_tune

Made = tuple[Piece, list[TuneEvent], Provenance]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="module", params=["folk", "chorale"])
def made(request: pytest.FixtureRequest, folder: Path) -> Made:
    composer = Composer.load(composing_bundle(folder, request.param))
    wish = MusicRequest(bars=4, key=Key("A", "minor"), seed=6, title="100% \u201cnew\u201d <&>")
    events = list(composer.compose(wish))
    return composer.assemble(wish, events), events, composer.provenance(wish)


def pitches(tune: Tune) -> list[list[int]]:
    return sorted(sorted(note.pitch for note in voice.notes) for voice in tune.voices)


@pytest.mark.parametrize("kind", MUSIC_FORMATS)
def test_every_file_says_how_it_was_made(made: Made, kind: str) -> None:
    piece, events, provenance = made
    assert Provenance.find(export_piece(piece, events, provenance, kind)) == provenance


def test_mido_reads_the_notes_and_the_comment(made: Made) -> None:
    piece, events, provenance = made
    data = export_piece(piece, events, provenance, "midi")
    file = mido.MidiFile(file=io.BytesIO(data))
    texts = [message.text for message in file.tracks[0] if message.type == "text"]
    assert texts == [provenance.to_json()]
    assert pitches(read_midi(data)) == pitches(piece.played)


@pytest.mark.filterwarnings("ignore")  # music21's own
@pytest.mark.parametrize("kind", ["midi", "musicxml", "abc"])
def test_music21_reads_the_same_notes(made: Made, kind: str) -> None:
    import music21

    piece, events, provenance = made
    if kind == "abc" and piece.kind == "chorale":
        return  # music21 reads one voice of ABC
    data = export_piece(piece, events, provenance, kind)
    score = music21.converter.parseData(
        data if kind == "midi" else data.decode(), format={"midi": "midi"}.get(kind, kind)
    )
    parts = list(score.parts) or [score]
    found = [
        sorted(p.midi for element in part.stripTies().flatten().notes for p in element.pitches)
        for part in parts
    ]
    expected = piece.tune if kind == "abc" else piece.played
    assert sorted(found) == pitches(expected)


@pytest.mark.parametrize("kind", ["musicxml", "abc"])
def test_verovio_engraves_the_same_notes(made: Made, kind: str, verovio_toolkit: Any) -> None:
    import base64

    piece, events, provenance = made
    if kind == "abc" and piece.kind == "chorale":
        return  # Verovio reads one voice of ABC
    verovio_toolkit.setInputFrom(kind)
    assert verovio_toolkit.loadData(export_piece(piece, events, provenance, kind).decode())
    assert "<svg" in verovio_toolkit.renderToSVG(1)
    midi = read_midi(base64.b64decode(verovio_toolkit.renderToMIDI()))
    found = sorted(pitch for voice in pitches(midi) for pitch in voice)
    if kind == "musicxml":
        assert found == sorted(pitch for voice in pitches(piece.played) for pitch in voice)
    else:
        # WORKAROUND Verovio 6.4: its ABC reader keeps the signature of the tune that the process read before.
        assert len(found) == len(piece.tune.voices[0].notes)


def test_sound_is_a_wave_file_as_long_as_the_tune(made: Made) -> None:
    piece, events, provenance = made
    data = export_piece(piece, events, provenance, "wav")
    with wave.open(io.BytesIO(data)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (2, 2, 44_100)
        assert file.getnframes() / 44_100 == pytest.approx(piece.played.duration, abs=0.5)
    assert int.from_bytes(data[4:8], "little") == len(data) - 8


def test_soundfile_reads_the_comment_of_a_wave_file(made: Made, tmp_path: Path) -> None:
    import soundfile

    piece, events, provenance = made
    (tmp_path / "a.wav").write_bytes(export_piece(piece, events, provenance, "wav"))
    with soundfile.SoundFile(tmp_path / "a.wav") as file:
        assert file.comment == provenance.to_json()


def test_our_abc_comes_back_as_the_same_piece(made: Made) -> None:
    piece, events, provenance = made
    if piece.kind == "folk":
        text = export_piece(piece, events, provenance, "abc", number=7).decode()
        assert text.startswith("X:7\n")
        assert parse_abc(text).number == 7
        assert [n.pitch for n in piece.tune.voices[0].notes][:5] == [
            e.pitches[0] for e in parse_abc(text).elements if getattr(e, "pitches", ())
        ][:5]


def test_json_holds_notes_probabilities_and_provenance(made: Made) -> None:
    piece, events, provenance = made
    table = json.loads(export_piece(piece, events, provenance, "json"))
    assert table["ticks_a_quarter"] == TICKS
    notes = [e for e in table["events"] if e["kind"] == "note"]
    assert [(n["voice"], n["start"], n["pitch"], n["length"]) for n in notes] == [
        (e.voice, e.start, e.pitch, e.length) for e in events if e.kind == "note"
    ]
    assert Provenance.from_table(table["provenance"]) == provenance


def test_a_text_as_json_and_plain(folder: Path) -> None:
    composer = Composer.load(composing_bundle(folder, "characters"))
    request = TextRequest(primer="the ", length=20)
    tokens, provenance = list(composer.write(request)), composer.provenance(request)
    plain = export_text(tokens, provenance, "txt").decode()
    table = json.loads(export_text(tokens, provenance, "json"))
    assert table["text"] == plain == "".join(t["text"] for t in table["tokens"])
    assert Provenance.from_table(table["provenance"]) == provenance
    for kind, words in (("abc", "text is not written"), ("docx", "text is not written")):
        with pytest.raises(ConfigError, match=words):
            export_text(tokens, provenance, kind)


def test_tunes_are_read_by_their_content(made: Made, tmp_path: Path) -> None:
    piece, events, provenance = made
    (tmp_path / "tune").write_bytes(export_piece(piece, events, provenance, "midi"))
    assert isinstance(read_tune(tmp_path / "tune"), Tune)
    (tmp_path / "tune.txt").write_bytes(b"X:1\nK:G\nGABc|d4|\n")
    assert isinstance(read_tune(tmp_path / "tune.txt"), AbcTune)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.mid", b"junk", "not a whole MIDI file"),
        ("a.abc", b"X:1\nK:G\nGA&c|d4|\n", "line 3, column 3"),
        ("a.abc", b"\xff\xfe\0", "line 1"),
        ("missing.abc", None, "cannot be read"),
    ],
    ids=["midi", "abc", "bytes", "missing"],
)
def test_files_that_are_no_tune_say_why(tmp_path: Path, name: str, content: bytes | None, words: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(SpeechRnnError, match=words):
        read_tune(tmp_path / name)
