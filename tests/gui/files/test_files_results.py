"""Where results go: names that nobody else has, and never another's file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from files_cases import record, second

from gui.files.meter import Meter
from gui.files.results import ResultRules, write_results
from speechrnn.errors import ConfigError, OutputError
from speechrnn.transcript.document import Transcript
from speechrnn.transcript.formats import FORMATS

TRANSCRIPT = Transcript(
    audio="talk.wav",
    duration=2.0,
    model_id="asr-fake",
    model_sha256="ab" * 32,
    settings={},
    segments=(second(0), second(1)),
)


def written(recording: Path, rules: ResultRules) -> list[str]:
    return [path.name for path in write_results(TRANSCRIPT, recording, rules)]


def test_every_format_is_written_beside_the_recording(tmp_path: Path) -> None:
    recording = record(tmp_path / "talk.wav")
    names = written(recording, ResultRules(formats=tuple(FORMATS)))
    assert names == [f"talk{format_.suffix}" for format_ in FORMATS.values()]
    assert all((tmp_path / name).stat().st_size for name in names)
    assert len(list(tmp_path.iterdir())) == len(FORMATS) + 1


def test_no_format_is_no_result(tmp_path: Path) -> None:
    assert written(record(tmp_path / "talk.wav"), ResultRules()) == []


def test_a_file_that_is_there_stays_and_all_results_get_the_same_number(tmp_path: Path) -> None:
    recording = record(tmp_path / "talk.wav")
    (tmp_path / "talk.srt").write_text("precious")
    rules = ResultRules(formats=("txt", "srt"))
    assert written(recording, rules) == ["talk (2).txt", "talk (2).srt"]
    assert written(recording, rules) == ["talk (3).txt", "talk (3).srt"]
    assert (tmp_path / "talk.srt").read_text() == "precious"


def test_with_overwrite_old_results_are_replaced_but_never_those_of_another_recording(tmp_path: Path) -> None:
    one, other = record(tmp_path / "1/talk.wav"), record(tmp_path / "2/talk.wav")
    (tmp_path / "out").mkdir()
    (tmp_path / "out/talk.txt").write_text("old")
    rules = ResultRules(formats=("txt",), folder=tmp_path / "out", overwrite=True)
    assert written(one, rules) == ["talk.txt"]
    assert written(other, rules) == ["talk (2).txt"]
    assert written(one, rules) == ["talk.txt"]
    assert (tmp_path / "out/talk.txt").read_text() != "old"


def test_the_recording_itself_is_never_replaced(tmp_path: Path) -> None:
    record(tmp_path / "talk.wav").rename(tmp_path / "talk.txt")
    before = (tmp_path / "talk.txt").read_bytes()
    assert written(tmp_path / "talk.txt", ResultRules(formats=("txt",), overwrite=True)) == ["talk (2).txt"]
    assert (tmp_path / "talk.txt").read_bytes() == before


def test_two_forms_of_a_talk_keep_their_suffix(tmp_path: Path) -> None:
    one, other = record(tmp_path / "talk.wav"), record(tmp_path / "Talk.flac")
    rules = ResultRules(formats=("txt",), overwrite=True)
    assert written(one, rules) == ["talk.wav.txt"]
    assert written(other, rules) == ["Talk.flac.txt"]


def test_the_template_names_results(tmp_path: Path) -> None:
    rules = ResultRules(formats=("txt",), template="{date} {n} {name} [{model}, {language}]", n=7)
    (name,) = written(record(tmp_path / "talk.wav"), rules)
    assert name[4:].endswith(" 7 talk [asr-fake, en].txt")


@pytest.mark.parametrize("template", ["", "{nmae}", "{name", "a/b", "{name!r}"])
def test_a_template_that_makes_no_names_is_refused(tmp_path: Path, template: str) -> None:
    with pytest.raises(ConfigError, match="template"):
        written(record(tmp_path / "talk.wav"), ResultRules(formats=("txt",), template=template))
    assert [path.name for path in tmp_path.iterdir()] == ["talk.wav"]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    rules = ResultRules(formats=("txt",), folder=tmp_path / "out/deeper")
    with pytest.raises(OutputError, match=r"out.* cannot be written"):
        written(record(tmp_path / "talk.wav"), rules)
    assert written(tmp_path / "talk.wav", replace(rules, folder=None)) == ["talk.txt"]


def test_the_speed_is_that_of_listening_alone() -> None:
    now = 0.0
    meter = Meter(lambda: now)
    meter.find(100.0)
    for read_s in range(0, 101, 10):  # the place is found in a second
        now += 0.1
        meter.advance(read_s)
    assert meter.read().speed is None
    assert (meter.read().stage, meter.read().read_s) == ("listening", 100)
    for read_s in range(100, 201):  # then 4 s of audio a second
        now += 0.25
        meter.advance(read_s)
    assert meter.read().speed == pytest.approx(4.0, rel=0.05)


def test_the_speed_is_that_of_the_last_two_minutes() -> None:
    now = 0.0
    meter = Meter(lambda: now)
    meter.find(0.0)
    for speed in (10.0, 2.0):
        for _ in range(200):
            now += 1.0
            meter.advance(meter.read().read_s + speed)
    assert meter.read().speed == pytest.approx(2.0)
