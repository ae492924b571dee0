"""What was composed as files, each with its provenance inside, from which it can be made again.

ABC has it in its N field, MIDI in a text event, MusicXML in a miscellaneous field, WAV in its INFO chunk,
JSON under `provenance`. Plain text has no place for it. `Provenance.find` reads it back from all of them.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from speechrnn.errors import ConfigError
from speechrnn.music.abc_reader import AbcTune, parse_abc
from speechrnn.music.midi import read_midi, write_midi
from speechrnn.music.musicxml import write_musicxml
from speechrnn.music.piece import Piece
from speechrnn.music.synthesizer import render, write_wav
from speechrnn.music.tune import Tune
from speechrnn.pipeline.compose_requests import Provenance, TextToken, TuneEvent

TEXT_FORMATS = ("txt", "json")
MUSIC_FORMATS = ("abc", "midi", "musicxml", "wav", "json")
SUFFIXES = {
    ".txt": "txt",
    ".json": "json",
    ".abc": "abc",
    ".mid": "midi",
    ".midi": "midi",
    ".musicxml": "musicxml",
    ".xml": "musicxml",
    ".wav": "wav",
}
MOST_BYTES = 64 * 2**20  # of a tune that is read


def export_text(tokens: Sequence[TextToken], provenance: Provenance, format_name: str) -> bytes:
    """A text as a file, UTF-8.

    Raises:
        ConfigError: the format is none of `TEXT_FORMATS`.
    """
    if format_name == "txt":
        return "".join(token.text for token in tokens).encode("utf-8")
    if format_name == "json":
        return to_json(text_table(tokens, provenance))
    raise ConfigError(f"text is not written as {format_name!r}: expected one of {', '.join(TEXT_FORMATS)}")


def export_piece(
    piece: Piece,
    events: Sequence[TuneEvent],
    provenance: Provenance,
    format_name: str,
    *,
    number: int = 1,
) -> bytes:
    """A piece as a file. Repeats are signs in ABC and played out in MIDI, MusicXML and sound.

    Args:
        piece: what `Composer.assemble` gives.
        events: what it was made of, for JSON.
        provenance: goes into the file.
        format_name: which file.
        number: of the tune in an ABC collection.

    Raises:
        ConfigError: the format is none of `MUSIC_FORMATS`; it lasts over an hour (sound), or has a length
            that no notation has (MusicXML).
    """
    comment = provenance.to_json()
    if format_name == "abc":
        return piece.abc(number=number, comment=comment).encode("utf-8")
    if format_name == "midi":
        return write_midi(piece.played, comment=comment)
    if format_name == "musicxml":
        return write_musicxml(piece.played, comment=comment)
    if format_name == "wav":
        return write_wav([render(piece.played)], comment=comment)
    if format_name == "json":
        return to_json(music_table(piece, events, provenance))
    raise ConfigError(f"music is not written as {format_name!r}: expected one of {', '.join(MUSIC_FORMATS)}")


def text_table(tokens: Sequence[TextToken], provenance: Provenance) -> dict[str, Any]:
    """A text as JSON has it."""
    return {
        "text": "".join(token.text for token in tokens),
        "tokens": [{"text": t.text, "probability": round(t.probability, 6), "rank": t.rank} for t in tokens],
        "provenance": provenance.to_table(),
    }


def music_table(piece: Piece, events: Sequence[TuneEvent], provenance: Provenance) -> dict[str, Any]:
    """A piece as JSON has it: notes in ticks, 480 to a quarter note, as written."""
    fields = [f.name for f in dataclasses.fields(TuneEvent) if f.name not in ("tokens", "probability")]
    return {
        "abc": piece.abc(),
        "key": {"tonic": piece.key.tonic, "mode": piece.key.mode},
        "meter": str(piece.meter),
        "tempo": piece.tempo,
        "ticks_a_quarter": 480,
        "events": [
            {name: getattr(event, name) for name in fields} | {"probability": round(event.probability, 6)}
            for event in events
        ],
        "provenance": provenance.to_table(),
    }


def to_json(value: Any) -> bytes:
    """As a file of one JSON value."""
    return (json.dumps(value, indent=1, ensure_ascii=True) + "\n").encode("ascii")


def read_tune(path: Path) -> Tune | AbcTune:
    """A tune from an ABC or MIDI file, by its content.

    Raises:
        ConfigError: it cannot be read as a file, or is too large.
        MidiError, AbcError: it is not whole, or has no notes; of ABC with line and column.
    """
    content = read_bytes(path)
    if content.startswith(b"MThd") or path.suffix.lower() in (".mid", ".midi"):
        return read_midi(content)
    return parse_abc(content.decode("utf-8", errors="replace"))


def read_bytes(path: Path) -> bytes:
    """The bytes of a file that somebody names.

    Raises:
        ConfigError: it cannot be read, or is too large.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ConfigError(f"{path} has over {MOST_BYTES // 2**20} MB: expected a tune or a text")
        return path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror or error}") from error
