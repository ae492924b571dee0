"""Speakers in the formats: each turn begins with the name, and where nobody is named nothing changes."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from speechrnn.errors import ConfigError
from speechrnn.transcript.document import Transcript, from_json, to_json
from speechrnn.transcript.formats import FORMATS
from speechrnn.transcript.subtitles import cues
from speechrnn.types import Segment, Word

SCHEMA = Path(__file__).parents[2] / "speechrnn" / "transcript" / "schema.json"


def said(text: str, start: float) -> Segment:
    words = tuple(
        Word(text=word, start=start + n * 0.4, end=start + n * 0.4 + 0.4, confidence=0.9)
        for n, word in enumerate(text.split())
    )
    return Segment(start=start, end=words[-1].end, text=text, words=words)


SEGMENTS = (
    said("Good morning.", 0.0),
    said("How are you?", 1.0),
    said("Fine, thanks.", 2.4),
    said("Good.", 3.4),
)


def talk(*speakers: str | None) -> Transcript:
    return Transcript(
        audio="talk.wav",
        duration=5.0,
        model_id="m",
        model_sha256="",
        settings={},
        segments=SEGMENTS,
        speakers=speakers,
    )


DIALOGUE = talk("Ann_B", "Ann_B", "=Cy", None)


def rendered(name: str, transcript: Transcript = DIALOGUE) -> str:
    return FORMATS[name].to_bytes(transcript).decode()


def test_text_has_a_paragraph_for_each_turn() -> None:
    assert rendered("txt") == "Ann_B: Good morning. How are you?\n\n=Cy: Fine, thanks.\n\nGood.\n"


def test_markdown_keeps_names_harmless() -> None:
    assert "**00:00:00** **Ann\\_B:** Good morning. How are you?\n" in rendered("md")


def test_subtitles_name_a_speaker_once_a_turn_and_never_mix_two() -> None:
    lines = [" ".join(cue.lines) for cue in cues(DIALOGUE)]
    assert [line for line in lines if ":" in line] == [lines[0], "=Cy: Fine, thanks."]
    assert lines[0].startswith("Ann_B: Good morning.")
    assert lines[-1] == "Good."
    starts = [cue.start_ms for cue in cues(DIALOGUE)]
    assert starts[0] == 0
    assert 2400 in starts


@pytest.mark.parametrize(("name", "cell"), [("csv", "'=Cy"), ("tsv", "=Cy")])
def test_tables_have_a_column_of_speakers(name: str, cell: str) -> None:
    rows = rendered(name).splitlines()
    assert rows[0].endswith("speaker")
    assert rows[3].endswith(cell)
    assert rows[4].endswith("Good." + (",", "\t")[name == "tsv"])


def test_json_gives_back_who_spoke() -> None:
    text = to_json(DIALOGUE)
    jsonschema.validate(json.loads(text), json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert from_json(text).speakers == DIALOGUE.speakers
    assert to_json(from_json(text)) == text


@pytest.mark.parametrize("name", list(FORMATS))
def test_where_nobody_is_named_nothing_changes(name: str) -> None:
    nobody = FORMATS[name].to_bytes(talk())
    assert FORMATS[name].to_bytes(DIALOGUE) != nobody
    if name not in ("csv", "tsv"):
        assert FORMATS[name].to_bytes(talk(None, None, None, None)) == nobody


def test_a_speaker_for_each_segment_or_for_none() -> None:
    with pytest.raises(ConfigError, match="2 speakers for 4 segments"):
        talk("Ann", "Bo")
