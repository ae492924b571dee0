"""Someone with recordings on disk asks for their words."""

import errno
import json
import os
import sys
from pathlib import Path

import jsonschema
import numpy as np
import pytest
from cli_program import Program, Recorder

import speechrnn.transcript
from speechrnn.cli.options import FormatName
from speechrnn.errors import AudioFormatError, BundleError
from speechrnn.transcript.formats import FORMATS

SCHEMA = json.loads((Path(speechrnn.transcript.__file__).parent / "schema.json").read_text("utf-8"))


def test_one_recording_goes_to_stdout(program: Program, record: Recorder) -> None:
    result = program("transcribe", record("talk.wav"))
    assert (result.code, result.out, result.err) == (0, b"Hello there.\n", "")


def test_json_is_valid_and_the_same_byte_for_byte(program: Program, record: Recorder) -> None:
    path = record("Über uns 🎙.wav", seconds=2.5)
    first, second = (program("transcribe", path, "--format", "json", "--digits") for _ in range(2))
    assert first.out == second.out
    document = json.loads(first.out)
    jsonschema.validate(document, SCHEMA)
    assert document["audio"] == "Über uns 🎙.wav"
    assert document["duration_s"] == 2.5
    assert document["model"] == {"id": "asr-fake", "sha256": "ab" * 32}
    assert document["settings"] == {"decoder": "beam", "digits": True}
    assert [segment["text"] for segment in document["segments"]] == ["1", "1"]


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_a_file(program: Program, record: Recorder, tmp_path: Path, name: str) -> None:
    result = program("transcribe", record("talk.wav"), "-f", name, "-o", tmp_path / "out")
    target = tmp_path / "out" / f"talk{FORMATS[name].suffix}"
    assert (result.code, result.err) == (0, "")
    assert result.out.decode().splitlines() == [str(target)]
    assert [path.name for path in target.parent.iterdir()] == [target.name]
    assert target.stat().st_size > 0


def test_the_command_line_offers_the_formats_that_there_are() -> None:
    assert [name.value for name in FormatName] == list(FORMATS)


def test_several_recordings_follow_one_another_on_stdout(program: Program, record: Recorder) -> None:
    a, b = record("a.wav", seconds=1), record("b.flac", seconds=1)
    result = program("transcribe", a, b)
    assert result.out.decode() == f"==> {a} <==\nHello\n==> {b} <==\nHello\n"
    documents = program("transcribe", a, b, "--format", "json", "--output", "-").out.decode()
    first, end = json.JSONDecoder().raw_decode(documents)
    assert (first["audio"], json.loads(documents[end:])["audio"]) == ("a.wav", "b.flac")


def test_a_recording_that_is_named_twice_is_done_once(program: Program, record: Recorder) -> None:
    path = record("a/talk.wav")
    assert program("transcribe", path, path.parent, path).out == b"Hello there.\n"


def test_a_folder_is_searched_and_keeps_its_order(program: Program, record: Recorder, tmp_path: Path) -> None:
    for name in ("in/b.WAV", "in/day 1/a.flac", "in/.hidden/c.wav", "in/.d.wav"):
        record(name)
    (tmp_path / "in" / "notes.txt").write_text("no recording")
    result = program("transcribe", tmp_path / "in", "-o", tmp_path / "out")
    assert result.code == 0
    assert result.out.decode().splitlines() == [
        str(tmp_path / "out" / "b.txt"),
        str(tmp_path / "out" / "day 1" / "a.txt"),
    ]


def test_results_never_take_each_others_names(program: Program, record: Recorder, tmp_path: Path) -> None:
    paths = [record(name) for name in ("a/talk.wav", "a/talk.flac", "b/Talk.wav", "c/other.wav")]
    result = program("transcribe", *paths, "-o", tmp_path / "out")
    assert [Path(line).name for line in result.out.decode().splitlines()] == [
        "talk.wav.txt",
        "talk.flac.txt",
        "Talk.wav (2).txt",
        "other.txt",
    ]
    assert len(list((tmp_path / "out").iterdir())) == 4


def test_bad_inputs_are_named_in_one_line_each_and_the_others_are_done(
    program: Program, record: Recorder, tmp_path: Path
) -> None:
    (tmp_path / "empty.wav").touch()
    (tmp_path / "text.wav").write_text("this is no recording\n" * 50)
    (tmp_path / "bare").mkdir()
    bad = [tmp_path / name for name in ("missing.mp3", "empty.wav", "text.wav", "bare")]
    result = program("transcribe", *bad, record("good.wav"), "-f", "srt", "-o", tmp_path / "out")
    assert result.code == 1
    assert result.out.decode().splitlines() == [str(tmp_path / "out" / "good.srt")]
    assert len(result.complaints) == len(bad)
    for path in bad:
        assert sum(str(path) in line for line in result.complaints) == 1


def test_no_model_is_loaded_when_there_is_nothing_to_transcribe(program: Program, tmp_path: Path) -> None:
    result = program("transcribe", tmp_path / "missing.wav")
    assert result.code == 1
    assert "missing.wav does not exist" in result.err
    assert program.rim.choices == []


def test_a_truncated_recording_is_transcribed_as_far_as_it_goes(program: Program, record: Recorder) -> None:
    path = record("talk.wav", seconds=4)
    os.truncate(path, path.stat().st_size // 2)
    result = program("transcribe", path)
    assert result.code == 1
    assert result.out == b"Hello\n"
    (complaint,) = result.complaints
    assert complaint.startswith(f"speechrnn: {path}: the recording ends at 2.0 s of the 4.0 s")


def test_samples_that_are_no_numbers_are_told(program: Program, record: Recorder) -> None:
    samples = np.full(32_000, 0.1, np.float32)
    samples[100:110] = np.nan
    result = program("transcribe", record("talk.wav", samples=samples, subtype="FLOAT"))
    assert (result.code, result.out) == (1, b"Hello there.\n")
    assert len(result.complaints) == 1
    assert "10 samples were not numbers" in result.err


def test_a_result_that_is_there_is_not_replaced_unasked(
    program: Program, record: Recorder, tmp_path: Path
) -> None:
    old, paths = tmp_path / "a.txt", [record("a.wav"), record("b.wav")]
    old.write_text("precious")
    result = program("transcribe", *paths, "-o", tmp_path)
    assert result.code == 1
    assert result.complaints == [
        f"speechrnn: {paths[0]}: {old} exists: add --overwrite to replace it or --skip-existing to keep it, "
        f"or name another folder"
    ]
    assert old.read_text() == "precious"
    assert (tmp_path / "b.txt").read_text() == "Hello there.\n"

    result = program("transcribe", *paths, "-o", tmp_path, "--skip-existing")
    assert (result.code, result.out, old.read_text()) == (0, b"", "precious")

    result = program("transcribe", *paths, "-o", tmp_path, "--overwrite")
    assert (result.code, old.read_text()) == (0, "Hello there.\n")


def test_a_recording_is_never_replaced_by_its_transcript(
    program: Program, record: Recorder, tmp_path: Path
) -> None:
    path = record("talk.txt", format="WAV")
    before = path.read_bytes()
    result = program("transcribe", path, "-o", tmp_path, "--overwrite")
    assert result.code == 1
    assert f"{path} is the recording itself" in result.err
    assert path.read_bytes() == before


def test_an_output_folder_that_cannot_be_made_is_told_before_the_work(
    program: Program, record: Recorder, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        result = program("transcribe", record("talk.wav"), "-o", folder)
        assert (result.code, len(result.complaints)) == (1, 1)
        assert str(folder) in result.err
    assert program.rim.choices == []


def test_a_full_disk_leaves_no_half_of_a_file(
    program: Program, record: Recorder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    result = program("transcribe", record("talk.wav"), "-o", tmp_path / "out")
    assert (result.code, len(result.complaints)) == (1, 1)
    assert "talk.txt cannot be written: No space left on device" in result.err
    assert list((tmp_path / "out").iterdir()) == []


def test_ctrl_c_keeps_what_is_done(program: Program, record: Recorder, tmp_path: Path) -> None:
    paths = [record("a.wav", seconds=1), record("b.wav", seconds=3), record("c.wav", seconds=1)]
    program.rim.stop_after = 1
    result = program("transcribe", *paths, "-o", tmp_path / "out")
    assert result.code == 130
    assert {path.name: path.read_text() for path in (tmp_path / "out").iterdir()} == {
        "a.txt": "Hello\n",
        "b.partial.txt": "Hello\n",
    }
    assert result.complaints == [
        f"speechrnn: b.wav: stopped; the transcript up to 0.9 s is in {tmp_path / 'out' / 'b.partial.txt'}"
    ]


def test_ctrl_c_on_stdout_gives_what_there_is_and_says_so(program: Program, record: Recorder) -> None:
    program.rim.stop_after = 1
    result = program("transcribe", record("a.wav", seconds=3), "-f", "json")
    assert result.code == 130
    assert len(json.loads(result.out)["segments"]) == 1
    assert result.complaints == ["speechrnn: a.wav: stopped; the transcript ends at 0.9 s"]


def test_ctrl_c_before_the_first_word_leaves_nothing(
    program: Program, record: Recorder, tmp_path: Path
) -> None:
    program.rim.stop_after = 0
    result = program("transcribe", record("a.wav"), "-o", tmp_path / "out")
    assert (result.code, result.err) == (130, "")
    assert list((tmp_path / "out").iterdir()) == []


def test_a_recording_that_fails_in_its_midst_leaves_what_was_done(
    program: Program, record: Recorder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise AudioFormatError("the file has gone")

    monkeypatch.setattr(program.rim, "stop", fail)
    program.rim.stop_after = 1
    result = program(
        "transcribe", record("a.wav", seconds=3), record("b.wav", seconds=1), "-o", tmp_path / "o"
    )
    assert result.code == 1
    assert sorted(path.name for path in (tmp_path / "o").iterdir()) == ["a.partial.txt", "b.txt"]
    assert len(result.complaints) == 2
    assert result.complaints[1] == f"speechrnn: {tmp_path / 'a.wav'}: the file has gone"


def test_a_disk_that_goes_away_fails_the_recording_alone(
    program: Program, record: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(program.rim, "stop", fail)
    program.rim.stop_after = 1
    paths = record("a.wav", seconds=3), record("b.wav", seconds=1)
    result = program("transcribe", *paths)
    assert (result.code, result.out.decode()) == (1, "".join(f"==> {path} <==\nHello\n" for path in paths))
    assert result.complaints[1:] == [f"speechrnn: {paths[0]}: Input/output error: check the disk"]


def test_a_name_that_is_too_long_is_told(program: Program, record: Recorder) -> None:
    result = program("transcribe", "a" * 300 + ".wav", record("talk.wav"))
    assert (result.code, len(result.complaints)) == (1, 1)
    assert b"Hello there." in result.out


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes on this system")
def test_a_pipe_is_not_waited_for(program: Program, record: Recorder, tmp_path: Path) -> None:
    pipe = tmp_path / "in" / "pipe.wav"
    record("in/talk.wav", seconds=1)
    os.mkfifo(pipe)
    assert program("transcribe", pipe.parent).out == b"Hello\n"
    result = program("transcribe", pipe)
    assert (result.code, len(result.complaints)) == (1, 1)
    assert f"{pipe} is neither a file nor a folder" in result.err


def test_a_name_cannot_steer_the_terminal(program: Program, tmp_path: Path) -> None:
    result = program("transcribe", tmp_path / "a\x1b[2J\nb.wav")
    assert len(result.complaints) == 1
    assert "\x1b" not in result.err
    assert r"a\x1b[2J b.wav" in result.err


def test_the_options_reach_the_recognizer(program: Program, record: Recorder, tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text("\ufeffGwendolyn 5\n", "utf-8")
    path = record("talk.wav", samples=np.zeros((16_000, 2)))
    arguments = ["--lm-weight", "2", "--word-score=-1", "--beam-size", "7", "--no-punctuation"]
    arguments += ["--model", "asr-xx", "--device", "cpu", "--hot-words", str(tmp_path / "words.txt")]
    result = program("transcribe", path, *arguments)
    assert result.code == 0
    (choice,) = program.rim.choices
    assert (choice.model, choice.device.value, choice.punctuation) == ("asr-xx", "cpu", False)
    assert (choice.lm_weight, choice.word_score, choice.beam_size, choice.greedy) == (2, -1, 7, False)
    (hot_word,) = choice.hot_words
    assert (" ".join(hot_word.words).lower(), hot_word.strength) == ("gwendolyn", 5.0)


def test_subtitle_rules_shape_the_file(program: Program, record: Recorder) -> None:
    path = record("talk.wav", seconds=4)
    loose = program("transcribe", path, "-f", "srt").out
    tight = program("transcribe", path, "-f", "srt", "--max-characters", "12", "--max-lines", "1").out
    assert b"Hello there. Hello there." in loose.replace(b"\n", b" ").replace(b"\r", b"")
    assert max(map(len, tight.split(b"\n")[2::4])) <= 12


def test_a_track_that_is_not_there_is_told(program: Program, record: Recorder) -> None:
    result = program("transcribe", record("talk.wav"), "--track", "3")
    assert (result.code, len(result.complaints)) == (1, 1)
    assert "track" in result.err


@pytest.mark.parametrize(
    "content", [b"Gwen 99\n", b"\xff\xfe\x00", None], ids=["strength", "no text", "missing"]
)
def test_wrong_hot_words_are_told_in_one_line(
    program: Program, record: Recorder, tmp_path: Path, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / "words.txt").write_bytes(content)
    result = program("transcribe", record("talk.wav"), "--hot-words", tmp_path / "words.txt")
    assert (result.code, len(result.complaints), result.out) == (1, 1, b"")
    assert "words.txt" in result.err
    assert program.rim.choices == []


def test_a_model_that_is_refused_ends_the_run_with_its_reason(program: Program, record: Recorder) -> None:
    def refuse(choice: object) -> None:
        raise BundleError("bundle.toml is damaged")

    program.rim = refuse  # type: ignore[assignment]
    result = program("transcribe", record("a.wav"), record("b.wav"))
    assert (result.code, result.complaints) == (1, ["speechrnn: bundle.toml is damaged"])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Missing argument 'PATH'"),
        (["a.wav", "--format", "doc"], "'doc' is not one of 'txt', 'srt'"),
        (["a.wav", "--overwrite", "--skip-existing", "-o", "x"], "exclude each other"),
        (["a.wav", "--overwrite"], "add --output DIR"),
        (["a.wav", "--max-lines", "99"], "max_lines is 99; expected 1 to 10"),
        (["a.wav", "--track", "-1"], "greater than or equal to 0"),
        (["a.wav", "b.wav", "-f", "srt"], "2 recordings do not fit one srt on stdout"),
        (["a.wav", "--live"], "No such option"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_gives_two(program: Program, arguments: list[str], message: str) -> None:
    result = program("transcribe", *arguments)
    assert result.code == 2
    assert message in result.err
    assert program.rim.choices == []


def test_a_terminal_gets_no_word_document(
    program: Program, record: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    result = program("transcribe", record("talk.wav"), "--format", "docx")
    assert (result.code, result.out) == (2, b"")
    assert "a terminal cannot show docx" in result.err


def test_a_word_document_can_be_redirected(program: Program, record: Recorder) -> None:
    result = program("transcribe", record("talk.wav"), "--format", "docx")
    assert (result.code, result.out[:2]) == (0, b"PK")
