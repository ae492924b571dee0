"""A composed tune as files, at the tempo and with the instrument that are heard. Free of Qt.

Each holds what it takes to make the tune again, where it was composed and not brought.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from speechrnn.errors import ConfigError
from speechrnn.music.piece import Piece
from speechrnn.music.tune import Tune
from speechrnn.pipeline.compose_requests import Provenance

TuneFormat = Literal["midi", "musicxml", "abc", "wav"]
SUFFIXES: Mapping[TuneFormat, str] = {"midi": ".mid", "musicxml": ".musicxml", "abc": ".abc", "wav": ".wav"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What is to be written.

    Attributes:
        piece: at the tempo that is heard.
        program: General MIDI instrument.
        provenance: table of what makes it again, or None.
    """

    piece: Piece
    program: int
    provenance: Mapping[str, Any] | None

    def to_bytes(self, name: TuneFormat) -> bytes:
        """The tune as a file.

        Raises:
            ConfigError: it lasts over an hour (sound), or has a length that no notation has (MusicXML).
        """
        # mido takes a while to import, and nobody needs it to see a tune.
        from speechrnn.music.midi import write_midi
        from speechrnn.music.musicxml import write_musicxml
        from speechrnn.music.synthesizer import render, write_wav

        comment = Provenance.from_table(self.provenance).to_json() if self.provenance else ""
        if name == "abc":
            return self.piece.abc(comment=comment).encode("utf-8")
        tune = with_program(self.piece.played, self.program)
        if name == "midi":
            return write_midi(tune, comment=comment)
        if name == "musicxml":
            return write_musicxml(tune, comment=comment)
        if name == "wav":
            return write_wav([render(tune)], comment=comment)
        raise ConfigError(f"{name} is no format of tunes: expected one of {', '.join(SUFFIXES)}")


def with_program(tune: Tune, program: int) -> Tune:
    """The same, played by one instrument."""
    return replace(tune, voices=tuple(replace(voice, program=program) for voice in tune.voices))


def file_name(piece: Piece, name: TuneFormat) -> str:
    """A name for a file: its title, or what it is.

    Example:
        >>> from speechrnn.music.tune import Key
        >>> file_name(Piece(kind="folk", tokens=(), key=Key("D"), shift=0, title="The Hare's/Foot"), "midi")
        'The Hares Foot.mid'
    """
    title = re.sub(r"[^\w\s-]", "", piece.title.replace("/", " ")).strip()
    return (title or f"{piece.kind} in {piece.key.tonic} {piece.key.mode}") + SUFFIXES[name]
