"""Every format: what it says is what was spoken, in that format's own rules, byte for byte the same."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path

import docx
import pysubs2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechrnn.transcript.document import Transcript, from_json
from speechrnn.transcript.formats import FORMATS
from speechrnn.transcript.prose import clock
from speechrnn.transcript.subtitles import SubtitleOptions, cues
from speechrnn.types import Segment, Word

GOLDEN = Path(__file__).parent.parent / "golden" / "transcript"
TRICKY = [
    "=1+2",
    "+49",
    "-x",
    "@you",
    "＝wide",
    'say "when", then; go',
    "a & b <i>c</i> {d} \\N e --> f",
    "# 1. * _ ` [x](y) | ~~ $a$ !",
    "שלום עולם 👩\u200d🚀 \u202bx\u202c naïve",
    "tab\there\nline\rend \x85\u2028\u2029 \x00\x0b\x1b \udcff \ufffe",
    "\\t is no tab",
]


def transcript_of(*texts: str, audio: str = "a.wav") -> Transcript:
    """One segment of two seconds for each text, five seconds apart."""
    segments = []
    for number, text in enumerate(texts):
        start = 5.0 * number
        tokens = text.split() or ["x"]
        share = 2.0 / len(tokens)
        words = tuple(
            Word(text=token, start=start + i * share, end=start + (i + 1) * share, confidence=0.5)
            for i, token in enumerate(tokens)
        )
        segments.append(Segment(start=start, end=start + 2.0, text=text, words=words))
    return Transcript(
        audio=audio,
        duration=5.0 * len(texts),
        model_id="m",
        model_sha256="",
        settings={},
        segments=tuple(segments),
    )


def rendered(name: str, transcript: Transcript) -> str:
    return FORMATS[name].to_bytes(transcript).decode()


def seen(text: str) -> list[str]:
    """The tokens that a reader sees: no control characters, stray bytes as U+FFFD."""
    kept = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text)
    return re.sub("[\udc80-\udcff]", "\ufffd", kept).split()


@pytest.mark.parametrize("name", [name for name, format_ in FORMATS.items() if not format_.binary])
def test_the_golden_transcript_is_written_as_agreed(name: str) -> None:
    transcript = from_json((GOLDEN / "crossing.json").read_text("utf-8"))
    assert FORMATS[name].to_bytes(transcript) == (GOLDEN / f"crossing.{name}").read_bytes()


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_transcript_gives_the_same_bytes(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first = FORMATS[name].to_bytes(transcript_of(*TRICKY))
    monkeypatch.setattr("time.localtime", lambda *_: (2031, 2, 3, 4, 5, 6, 0, 34, 0))  # what zipfile asks
    assert FORMATS[name].to_bytes(transcript_of(*TRICKY)) == first


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("texts", [(), ("",)], ids=["no segment", "a segment without text"])
def test_a_silent_recording_gives_a_valid_file(name: str, texts: tuple[str, ...]) -> None:
    content = FORMATS[name].to_bytes(transcript_of(*texts))
    if name in ("txt", "srt"):
        assert content == b""
    if name == "vtt":
        assert content == b"WEBVTT\n"


def test_a_format_is_named_like_its_suffix() -> None:
    assert {name: format_.suffix for name, format_ in FORMATS.items()} == {
        name: f".{name}" for name in ("txt", "srt", "vtt", "json", "csv", "tsv", "md", "docx")
    }
    assert [name for name, format_ in FORMATS.items() if format_.binary] == ["docx"]


def test_txt_has_a_paragraph_for_each_long_pause() -> None:
    assert rendered("txt", transcript_of("First.", "Second.")) == "First.\n\nSecond.\n"
    near = transcript_of("First.", "Second.")
    word = Word(text="Second.", start=3.9, end=4.5, confidence=1.0)
    second = Segment(start=3.9, end=4.5, text="Second.", words=(word,))
    joined = Transcript(
        audio="a", duration=5, model_id="m", model_sha256="", settings={}, segments=(near.segments[0], second)
    )
    assert rendered("txt", joined) == "First. Second.\n"


def test_txt_ends_a_very_long_paragraph_at_a_full_stop() -> None:
    """Someone who reads aloud may go on for an hour without a long pause."""
    segments = []
    for number in range(30):
        start = 2.0 * number
        text = "This sentence has forty characters here." if number % 2 else "and this has none so far"
        word = Word(text="x", start=start, end=start + 1.9, confidence=1.0)
        segments.append(Segment(start=start, end=start + 1.9, text=text, words=(word,)))
    whole = Transcript(
        audio="a", duration=60, model_id="m", model_sha256="", settings={}, segments=tuple(segments)
    )
    found = rendered("txt", whole).strip().split("\n\n")
    assert len(found) == 2
    assert all(600 <= len(paragraph) < 700 for paragraph in found[:1])
    assert found[0].endswith(".")
    assert " ".join(found) == " ".join(segment.text for segment in segments)


@pytest.mark.parametrize("name", ["srt", "vtt"])
def test_another_program_reads_the_same_cues(name: str) -> None:
    """Oracle: pysubs2, without markup, which it does not keep."""
    transcript = from_json((GOLDEN / "crossing.json").read_text("utf-8"))
    read = pysubs2.SSAFile.from_string(rendered(name, transcript), format_=name)
    shaped = cues(transcript)
    assert [(event.start, event.end) for event in read] == [(cue.start_ms, cue.end_ms) for cue in shaped]
    assert read[0].plaintext.split("\n") == list(shaped[0].lines)


@pytest.mark.parametrize("text", TRICKY)
def test_vtt_shows_every_character(text: str) -> None:
    content = rendered("vtt", transcript_of(text))
    payload = "\n".join(block.split("\n", 1)[1] for block in content.split("\n\n")[1:])
    assert not re.search("<|>|&(?!amp;|lt;|gt;)", payload)
    shown = payload.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert "".join(shown.split()) == "".join(seen(text))


def test_srt_text_that_looks_like_a_tag_stays_visible() -> None:
    content = rendered("srt", transcript_of("a < b <i>c</i> {d}"))
    assert content == "1\n00:00:00,000 --> 00:00:02,000\na < b ‹i>c‹/i> {d}\n\n"


def test_srt_numbers_and_times() -> None:
    content = rendered("srt", transcript_of("One.", "Two."))
    assert content == ("1\n00:00:00,000 --> 00:00:02,000\nOne.\n\n2\n00:00:05,000 --> 00:00:07,000\nTwo.\n\n")


def test_the_subtitle_options_reach_the_file() -> None:
    options = SubtitleOptions(max_lines=1, max_characters=5)
    content = FORMATS["srt"].to_bytes(transcript_of("abcd efgh"), options).decode()
    assert [line for line in content.split("\n") if line.isalpha()] == ["abcd", "efgh"]


def test_csv_is_read_back_and_runs_no_formula() -> None:
    content = rendered("csv", transcript_of(*TRICKY))
    assert content.count("\r\n") == content.count("\n") == len(TRICKY) + 1
    rows = list(csv.reader(io.StringIO(content, newline=""), strict=True))
    assert rows[0] == ["start_s", "end_s", "confidence", "text"]
    assert [row[:3] for row in rows[1:]] == [
        [f"{5 * n}.000", f"{5 * n + 2}.000", "0.500"] for n in range(len(TRICKY))
    ]
    for text, row in zip(TRICKY, rows[1:], strict=True):
        assert not row[3].startswith(("=", "+", "-", "@", "＝"))
        assert row[3].removeprefix("'") == " ".join(seen(text))


def test_tsv_keeps_tabs_and_line_ends_as_escapes() -> None:
    content = rendered("tsv", transcript_of("tab\there\nline\rend", "\\t is no tab"))
    rows = [line.split("\t") for line in content.splitlines()]
    assert [row[3] for row in rows] == ["text", r"tab\there\nline\rend", r"\\t is no tab"]


@given(st.text(max_size=30))
def test_tsv_has_four_cells_a_row_whatever_was_said(text: str) -> None:
    lines = rendered("tsv", transcript_of(text)).splitlines()
    assert len(lines) == 2
    assert [line.count("\t") for line in lines] == [3, 3]


@pytest.mark.parametrize("text", TRICKY)
def test_markdown_shows_the_text_and_styles_nothing(text: str) -> None:
    """Oracle: a CommonMark parser finds plain text, line for line."""
    parser = pytest.importorskip("markdown_it", reason="comes with rich").MarkdownIt("commonmark")
    tokens = parser.parse(rendered("md", transcript_of(text, audio=text)))
    assert [token.type for token in tokens if token.nesting == 1] == ["heading_open", "paragraph_open"]
    heading, paragraph = (token for token in tokens if token.type == "inline")
    assert {child.type for child in heading.children} <= {"text", "text_special"}
    assert "".join(child.content for child in heading.children) == " ".join(seen(text))
    assert paragraph.children[1].type == "strong_open"
    shown = "".join(child.content for child in paragraph.children)
    assert shown == "00:00:00 " + " ".join(seen(text))


def test_docx_is_read_back() -> None:
    content = FORMATS["docx"].to_bytes(transcript_of(*TRICKY, audio="Übung 🎤.wav"))
    document = docx.Document(io.BytesIO(content))
    assert [paragraph.text for paragraph in document.paragraphs] == [
        "Übung 🎤.wav",
        *(f"{clock(5.0 * number)}  {' '.join(seen(text))}" for number, text in enumerate(TRICKY)),
    ]
    assert document.core_properties.title == "Übung 🎤.wav"


def test_docx_says_nothing_of_when_and_where_it_was_written() -> None:
    with zipfile.ZipFile(io.BytesIO(FORMATS["docx"].to_bytes(transcript_of("x")))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.create_system for entry in archive.infolist()} == {0}
        core = archive.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core)) == {"2000-01-01T00:00:00Z"}


def test_a_long_file_name_fits_the_title_of_docx() -> None:
    name = "n" * 300 + ".wav"
    document = docx.Document(io.BytesIO(FORMATS["docx"].to_bytes(transcript_of("x", audio=name))))
    assert document.paragraphs[0].text == name
