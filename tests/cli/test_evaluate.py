"""Someone measures a recognizer on recordings whose text is known."""

import json
import os
from pathlib import Path

import pytest
from cli_program import Program, Recorder

KEYS = (
    "wer cer words substitutions insertions deletions utterances audio_s wall_s real_time_factor model "
    "model_sha256 decoder"
)


@pytest.fixture
def manifest(record: Recorder, tmp_path: Path) -> Path:
    """Two recordings; the recognizer hears "Hello there." in the first and "Hello" in the second."""
    record("audio/a.wav", seconds=2)
    record("audio/b.flac", seconds=1)
    path = tmp_path / "dev.tsv"
    path.write_text(
        "audio/a.wav\ts1\t2.0\tdev\tHELLO THERE\naudio/b.flac\ts2\t1.0\tdev\tOh, help!\n", "utf-8"
    )
    return path


def test_json_holds_the_measures_and_nothing_else(program: Program, manifest: Path) -> None:
    result = program("evaluate", "--manifest", manifest, "--json")
    assert (result.code, result.err) == (0, "")
    report = json.loads(result.out)
    assert " ".join(report) == KEYS
    # "OH HELP" against "HELLO": one word substituted and one missing, of four words in all.
    assert (report["words"], report["substitutions"], report["insertions"], report["deletions"]) == (
        4,
        1,
        0,
        1,
    )
    assert report["wer"] == 0.5
    assert report["utterances"] == 2
    assert report["audio_s"] == 3.0
    assert report["real_time_factor"] == pytest.approx(report["wall_s"] / 3.0)
    assert (report["model"], report["model_sha256"], report["decoder"]) == ("asr-fake", "ab" * 32, "beam")


def test_the_words_are_judged_without_punctuation_model(program: Program, manifest: Path) -> None:
    result = program("evaluate", "--manifest", manifest, "--greedy", "--json")
    assert json.loads(result.out)["decoder"] == "greedy"
    (choice,) = program.rim.choices
    assert (choice.greedy, choice.punctuation) == (True, False)


def test_a_limit_takes_the_first_recordings(program: Program, manifest: Path) -> None:
    report = json.loads(program("evaluate", "--manifest", manifest, "--limit", "1", "--json").out)
    assert (report["utterances"], report["wer"], report["cer"]) == (1, 0.0, 0.0)


def test_the_text_form_says_the_same(program: Program, manifest: Path) -> None:
    lines = program("evaluate", "--manifest", manifest).out.decode().splitlines()
    assert lines[0].startswith("WER 50.00 %")
    assert lines[1] == "4 words: 1 substituted, 0 inserted, 1 deleted"


def test_each_speaker_is_told_on_request(program: Program, manifest: Path) -> None:
    with manifest.open("a") as lines:
        lines.write("audio/b.flac\ts1\t1.0\tdev\tGOOD BYE\n")
    report = json.loads(program("evaluate", "--manifest", manifest, "--by-speaker", "--json").out)
    # s1 says "hello there" and "good bye", of which two are wrong and missing; s2 "oh help".
    assert report["speakers"] == [
        {"speaker": "s1", "utterances": 2, "words": 4, "wer": 0.5},
        {"speaker": "s2", "utterances": 1, "words": 2, "wer": 1.0},
    ]
    lines = program("evaluate", "--manifest", manifest, "--by-speaker").out.decode().splitlines()
    assert lines[-2:] == ["s1: WER 50.0 % of 4 words", "s2: WER 100.0 % of 2 words"]


def test_a_librispeech_tree_is_read(program: Program, record: Recorder, tmp_path: Path) -> None:
    record("ls/84/121/84-121-0000.flac", seconds=1)
    record("ls/84/121/84-121-0001.flac", seconds=2)
    (tmp_path / "ls/84/121/84-121.trans.txt").write_text("84-121-0000 HELLO\n84-121-0001 HELLO THERE\n")
    report = json.loads(program("evaluate", "--librispeech", tmp_path / "ls", "--json").out)
    assert (report["utterances"], report["wer"]) == (2, 0.0)


def test_a_recording_that_cannot_be_read_is_left_out(program: Program, manifest: Path) -> None:
    (manifest.parent / "audio" / "b.flac").unlink()
    result = program("evaluate", "--manifest", manifest, "--json")
    assert (result.code, len(result.complaints)) == (1, 1)
    assert "b.flac does not exist" in result.err
    assert json.loads(result.out)["utterances"] == 1


def test_a_list_without_any_of_its_recordings_gives_no_numbers(program: Program, manifest: Path) -> None:
    for path in (manifest.parent / "audio").iterdir():
        path.unlink()
    result = program("evaluate", "--manifest", manifest, "--json")
    assert (result.code, result.out) == (1, b"")
    assert "none of the 2 recordings could be read" in result.err


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "bad.tsv"),
        ("", "bad.tsv"),
        ("a.wav\ts1\t2.0\tdev\n", "line 1"),
        ("a.wav\ts1\t2.0\tdev\tHI\nb.wav\ts1\tlong\tdev\tHI\n", "line 2"),
    ],
    ids=["missing", "empty", "a column short", "length is no number"],
)
def test_a_bad_list_is_told_in_one_line(
    program: Program, tmp_path: Path, content: str | None, message: str
) -> None:
    if content is not None:
        (tmp_path / "bad.tsv").write_text(content)
    result = program("evaluate", "--manifest", tmp_path / "bad.tsv")
    assert (result.code, len(result.complaints)) == (1, 1)
    assert message in result.err
    assert program.rim.choices == []


@pytest.mark.parametrize("arguments", [[], ["--manifest", "a.tsv", "--librispeech", "b"]])
def test_one_corpus_must_be_named(program: Program, arguments: list[str]) -> None:
    result = program("evaluate", *arguments)
    assert result.code == 2
    assert "either --librispeech DIR or --manifest TSV" in result.err


def test_bench_prints_the_times_of_the_stages(program: Program, manifest: Path) -> None:
    result = program("bench", "--manifest", manifest, "--json")
    report = json.loads(result.out)
    assert (result.code, report["sample"], report["recordings"], report["words"]) == (0, "dev.tsv", 2, 3)
    assert report["audio_s"] == 3.0
    assert report["times_real_time"] == pytest.approx(3.0 / report["wall_s"])
    assert set(report["stages"]) == {"net", "other"}
    assert report["peak_memory_bytes"] > 1_000_000
    assert report["machine"]["processors"] >= 1


def test_bench_makes_up_its_own_sound(program: Program) -> None:
    result = program("bench")
    assert result.code == 0
    assert "1 recordings, 2.0 min" in result.out.decode()
    assert "(synthesized, 120 words)" in result.out.decode()


def test_bench_tells_a_recording_that_is_missing(program: Program, manifest: Path) -> None:
    (manifest.parent / "audio" / "b.flac").unlink()
    result = program("bench", "--manifest", manifest)
    assert (result.code, len(result.complaints)) == (1, 1)
    assert "b.flac does not exist" in result.err


def test_a_damaged_recording_is_told_and_counted(program: Program, manifest: Path) -> None:
    path = manifest.parent / "audio" / "a.wav"
    os.truncate(path, path.stat().st_size // 2)
    result = program("evaluate", "--manifest", manifest, "--json")
    assert (result.code, len(result.complaints)) == (1, 1)
    assert f"{path}: the recording ends at 1.0 s" in result.err
    assert json.loads(result.out)["utterances"] == 2
