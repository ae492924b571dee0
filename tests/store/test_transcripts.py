"""What the library holds goes out through the export formats."""

from __future__ import annotations

from pathlib import Path

from made_segments import segment

from speechrnn.store.entries import NewEntry
from speechrnn.store.library import Library
from speechrnn.store.transcripts import transcript_of
from speechrnn.transcript.document import from_json, to_json
from speechrnn.transcript.editing import Line
from speechrnn.transcript.formats import FORMATS


def _lines(*speakers: str | None) -> list[Line]:
    return [
        Line(segment=segment(f"text {number}", 5.0 * number), speaker=speaker)
        for number, speaker in enumerate(speakers)
    ]


def test_an_entry_goes_out_in_every_format(library: Library) -> None:
    id_ = library.add_entry(
        NewEntry(
            title="Talk",
            kind="file",
            media=Path("recordings/talk.mp3"),
            duration=60.0,
            model_id="asr-en",
            model_sha256="0" * 64,
            settings='{"digits": true, "beam_size": 50, "lm_weight": null}',
        )
    )
    library.replace_segments(id_, _lines(None, None))
    transcript = transcript_of(library.entry(id_), library.segments(id_))
    assert (transcript.audio, transcript.duration, transcript.model_id) == ("talk.mp3", 60.0, "asr-en")
    assert transcript.settings == {"digits": True, "beam_size": 50, "lm_weight": None}
    assert from_json(to_json(transcript)) == transcript
    for format_ in FORMATS.values():
        assert format_.to_bytes(transcript)


def test_speakers_are_named_where_they_begin(library: Library) -> None:
    id_ = library.add_entry(NewEntry(title="Talk", kind="live"))
    stored = library.replace_segments(id_, _lines("Anna", "Anna", None, "Bert", "Anna"))
    entry = library.entry(id_)
    named = transcript_of(entry, stored, with_speakers=True)
    assert [one.text for one in named.segments] == [
        "Anna: text 0",
        "text 1",
        "text 2",
        "Bert: text 3",
        "Anna: text 4",
    ]
    plain = transcript_of(entry, stored)
    assert [one.text for one in plain.segments] == [f"text {number}" for number in range(5)]
    assert (plain.audio, plain.duration) == ("Talk", stored[-1].segment.end)


def test_an_entry_without_text_is_an_empty_transcript(library: Library) -> None:
    id_ = library.add_entry(NewEntry(title="Silence", kind="live"))
    assert transcript_of(library.entry(id_), ()).text == ""
