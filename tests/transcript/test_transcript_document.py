"""The JSON form: the same for equal transcripts, read back without loss, and picky about strangers."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

import speechrnn.transcript
from speechrnn.errors import ConfigError, DataError
from speechrnn.transcript.document import Transcript, from_json, to_json
from speechrnn.types import Alternative, Segment, Word

SCHEMA = json.loads(Path(speechrnn.transcript.__file__).with_name("schema.json").read_text("utf-8"))

shares = st.integers(0, 1000).map(lambda thousandths: thousandths / 1000)
# Bytes of a file name that are no UTF-8 come as these code points.
stray_bytes = st.characters(min_codepoint=0xDC80, max_codepoint=0xDCFF, categories=["Cs"])
texts = st.text(st.characters(exclude_categories=["Cs"]) | stray_bytes, max_size=12)
numbers = st.integers() | st.floats(allow_nan=False, allow_infinity=False)


@st.composite
def spans(draw: st.DrawFn) -> tuple[float, float]:
    start, length = draw(st.integers(0, 10**7)), draw(st.integers(0, 10**5))
    return start / 1000, (start + length) / 1000


@st.composite
def words(draw: st.DrawFn) -> Word:
    start, end = draw(spans())
    others = draw(st.lists(st.builds(Alternative, text=texts, probability=shares), max_size=2))
    return Word(text=draw(texts), start=start, end=end, confidence=draw(shares), alternatives=tuple(others))


@st.composite
def segments(draw: st.DrawFn) -> Segment:
    start, end = draw(spans())
    return Segment(start=start, end=end, text=draw(texts), words=tuple(draw(st.lists(words(), max_size=3))))


transcripts = st.builds(
    Transcript,
    audio=texts,
    duration=st.integers(0, 10**8).map(lambda milliseconds: milliseconds / 1000),
    model_id=texts,
    model_sha256=texts,
    settings=st.dictionaries(
        texts,
        st.none() | st.booleans() | st.integers() | texts | st.floats(allow_nan=False, allow_infinity=False),
    ),
    segments=st.lists(segments(), max_size=3).map(tuple),
)


def small(**changes: object) -> Transcript:
    word = Word(text="Aye.", start=0.12345, end=0.5, confidence=0.98765)
    transcript = Transcript(
        audio="aye.wav",
        duration=1.0,
        model_id="asr-en",
        model_sha256="ab",
        settings={"b": 1, "a": True},
        segments=(Segment(start=0.1, end=0.6, text="Aye.", words=(word,)),),
    )
    return dataclasses.replace(transcript, **changes)  # type: ignore[arg-type]


@given(transcripts)
def test_reading_gives_what_was_written(transcript: Transcript) -> None:
    assert from_json(to_json(transcript)) == transcript


@given(transcripts)
def test_the_text_is_utf_8_and_keeps_the_schema(transcript: Transcript) -> None:
    text = to_json(transcript)
    jsonschema.validate(json.loads(text.encode()), SCHEMA)
    assert text.endswith("}\n")


def test_the_form_is_the_documented_one() -> None:
    assert json.loads(to_json(small())) == {
        "audio": "aye.wav",
        "duration_s": 1.0,
        "model": {"id": "asr-en", "sha256": "ab"},
        "settings": {"a": True, "b": 1},
        "segments": [
            {
                "start_s": 0.1,
                "end_s": 0.6,
                "text": "Aye.",
                "words": [{"text": "Aye.", "start_s": 0.123, "end_s": 0.5, "confidence": 0.988}],
            }
        ],
    }


def test_equal_transcripts_give_equal_bytes_whatever_the_order_of_their_settings() -> None:
    assert to_json(small(settings={"b": 1, "a": True})) == to_json(small(settings={"a": True, "b": 1}))
    assert to_json(small(duration=0.0)) == to_json(small(duration=-0.0)) == to_json(small(duration=0))


def test_letters_beyond_ascii_are_written_as_themselves() -> None:
    assert '"audio": "Übung 🎤 שלום.wav"' in to_json(small(audio="Übung 🎤 שלום.wav"))


def test_words_without_alternatives_have_no_such_key() -> None:
    assert "alternatives" not in to_json(small())


@pytest.mark.parametrize("settings", [{"x": float("nan")}, {"x": float("inf")}, {"x": object()}])
def test_what_json_cannot_hold_is_refused(settings: dict[str, object]) -> None:
    with pytest.raises(DataError, match=r"transcript of 'aye\.wav' cannot be written as JSON"):
        to_json(small(settings=settings))


def test_a_duration_below_zero_is_refused() -> None:
    with pytest.raises(ConfigError, match="duration is -1"):
        small(duration=-1)


def _without(key: str) -> str:
    document = json.loads(to_json(small()))
    del document[key]
    return json.dumps(document)


def _with(path: str, value: object) -> str:
    document = target = json.loads(to_json(small()))
    *parents, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    for step in parents:
        target = target[step]
    target[last] = value
    return json.dumps(document)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "it is no JSON"),
        ("[1, 2]", "the document is no object"),
        ('{"task": "transcribe"}', "the document has no 'audio'"),
        (_without("model"), "the document has no 'model'"),
        (_with("extra", 1), "the document has an unknown 'extra'"),
        (_with("model", "m"), "model is no object"),
        (_with("model.id", 3), "model.id is no text"),
        (_with("settings", []), "settings is no object of plain values"),
        (_with("settings.deep", {}), "settings is no object of plain values"),
        (_with("duration_s", "1"), "duration_s is no finite number"),
        (_with("duration_s", True), "duration_s is no finite number"),
        (_with("duration_s", -1), "duration_s is -1.0, less than 0"),
        (_with("duration_s", float("nan")), "duration_s is no finite number"),
        (_with("segments", {}), "segments is no list"),
        (_with("segments.0.text", None), r"segments\[0\].text is no text"),
        (_with("segments.0.end_s", 0), r"segments\[0\] ends at 0.0 s, before its start at 0.1 s"),
        (_with("segments.0.words.0.confidence", 2), r"words\[0\].confidence is 2.0, outside 0..1"),
        (_with("segments.0.words.0.speaker", "A"), r"words\[0\] has an unknown 'speaker'"),
    ],
)
def test_a_foreign_file_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(DataError, match=f"^notes.json is not a transcript of this program: .*{reason}"):
        from_json(text, name="notes.json")
