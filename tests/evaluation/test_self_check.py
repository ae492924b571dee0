"""What the checks of this machine find, with models, folders, devices and clocks that are made up here."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from speechrnn.audio.source import ArraySource, AudioSource
from speechrnn.audio.streams import OutputDevice
from speechrnn.bundles.bundle import BundleInfo, save_bundle
from speechrnn.bundles.catalog import list_bundles
from speechrnn.errors import AudioDeviceError, BundleError
from speechrnn.evaluation.manifest import read_manifest
from speechrnn.evaluation.memory import machine_memory_bytes
from speechrnn.evaluation.self_check import (
    Check,
    Finding,
    check_folders,
    check_memory,
    check_microphone,
    check_models,
    check_output,
    run_checks,
)
from speechrnn.evaluation.speech_check import CHECK_SET, SimulatedClock, SpeechTest
from speechrnn.types import SAMPLE_RATE, Segment, Word

_GB = 1_000_000_000


def test_checks_run_one_by_one_and_an_error_is_a_finding() -> None:
    ran: list[str] = []

    def good() -> Finding:
        ran.append("good")
        return Finding(name="good", outcome="ok", text="Fine.")

    def bad() -> Finding:
        ran.append("bad")
        raise BundleError("the bundle is gone: copy it again")

    findings = run_checks(
        [Check(name="bad", title="Bad", run=bad), Check(name="good", title="Good", run=good)]
    )
    assert ran == []
    assert next(findings) == Finding(name="bad", outcome="fail", text="The bundle is gone: copy it again.")
    assert ran == ["bad"]
    assert [finding.name for finding in findings] == ["good"]


@pytest.fixture
def models(tmp_path: Path) -> Path:
    for id_ in ("asr", "punct"):
        info = BundleInfo(
            id=id_,
            task="recognizer",
            min_speechrnn="0.1.0",
            licence="Apache-2.0",
            trained_on=("nothing",),
            net={},
            features={},
            decoding={},
            scores=(),
        )
        save_bundle(tmp_path / id_, info, files={"labels.txt": "a\nb\n"}, card="# made up\n")
    return tmp_path


def test_models_that_are_whole(models: Path) -> None:
    finding = check_models(list_bundles([models]), ["asr", "punct"])
    assert (finding.outcome, finding.advice) == ("ok", "")
    assert finding.text.startswith("All 2 models are there and whole: asr, punct (")


@pytest.mark.parametrize(
    ("harm", "text"),
    [
        (shutil.rmtree, "asr is not there."),
        (lambda folder: (folder / "labels.txt").unlink(), "labels.txt of the bundle asr is missing"),
        (
            lambda folder: (folder / "labels.txt").write_bytes(b"a\nx\n"),
            "Labels.txt of the bundle asr is damaged",
        ),
    ],
    ids=["gone", "a file gone", "a bit flipped"],
)
def test_a_model_with_a_fault_is_named(models: Path, harm: Callable[[Path], object], text: str) -> None:
    harm(models / "asr")
    finding = check_models(list_bundles([models]), ["asr", "punct"])
    assert finding.outcome == "fail"
    assert text.casefold() in finding.text.casefold()
    assert finding.advice == "Install the program again, or copy its folder models again."


@pytest.mark.parametrize(
    ("free", "outcome", "room"),
    [(115 * _GB, "ok", "998 hours"), (_GB, "warn", "9 hours"), (100_000_000, "fail", "1 hours")],
)
def test_folders_are_tried_and_their_room_is_told(tmp_path: Path, free: int, outcome: str, room: str) -> None:
    folders = {"the library": tmp_path / "not yet" / "there", "exports": tmp_path}
    finding = check_folders(folders, lambda path: free if path == tmp_path else 0)
    assert finding.outcome == outcome
    assert (
        f"The folders for the library and exports can be written. {free / _GB:.1f} GB are free"
        in finding.text
    )
    assert f"room for {room} of recordings" in finding.text
    assert bool(finding.advice) == (outcome != "ok")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="/proc can be written by nobody, not even the administrator")
def test_a_folder_that_cannot_be_written_is_named() -> None:
    finding = check_folders({"exports": Path("/proc/exports")})
    assert finding.outcome == "fail"
    assert finding.text.startswith("The folder for exports, /proc/exports, cannot be written (")


@pytest.mark.parametrize(
    ("available", "total", "outcome", "text"),
    [
        (4 * _GB, 8 * _GB, "ok", "4.0 GB of 8.0 GB of memory are free; recognition takes about 1.3 GB."),
        (_GB // 2, 8 * _GB, "warn", "0.5 GB of 8.0 GB of memory are free"),
        (None, 8 * _GB, "ok", "The machine has 8.0 GB of memory; recognition takes about 1.3 GB."),
        (None, None, "ok", "Memory is unknown; recognition takes about 1.3 GB."),
    ],
)
def test_memory_is_compared_with_what_is_needed(
    available: int | None, total: int | None, outcome: str, text: str
) -> None:
    finding = check_memory(available, total)
    assert finding.outcome == outcome
    assert text in finding.text


def test_the_system_tells_its_memory() -> None:
    available, total = machine_memory_bytes()
    assert total is None or total > _GB // 10
    assert available is None or (total is not None and 0 < available <= total)


class FakeSource:
    """A microphone that gives blocks, then an error or nothing more."""

    duration, warning = None, None

    def __init__(self, blocks: Sequence[Any], error: AudioDeviceError | None = None) -> None:
        self._blocks, self._error = blocks, error
        self.closed = False

    def blocks(self) -> Iterator[Any]:
        yield from self._blocks
        if self._error is not None:
            raise self._error

    def close(self) -> None:
        self.closed = True


def _microphone(source: AudioSource, *, has_input: bool = True) -> Finding:
    return check_microphone(lambda: source, has_input=has_input, silence_advice="see that it is not muted")


def test_a_microphone_that_gives_sound() -> None:
    source = FakeSource([np.full(4000, 0.01, np.float32)] * 9)
    finding = _microphone(source)
    assert finding == Finding(
        name="microphone",
        outcome="ok",
        text="The microphone gives sound, 40 dB below the loudest that it can give.",
        values={"recorded_s": 1.0, "peak": pytest.approx(0.01)},
    )
    assert source.closed, "it is not recorded longer than needed"


def test_a_microphone_that_gives_zeros() -> None:
    finding = _microphone(FakeSource([np.zeros(16_000, np.float32)]))
    assert (finding.outcome, finding.text) == ("fail", "The microphone gives nothing but silence.")
    assert finding.advice == "See that it is not muted."


def test_a_microphone_that_goes_away() -> None:
    source = FakeSource([np.ones(100, np.float32)], AudioDeviceError("nothing has come from it: plug it in"))
    finding = _microphone(source)
    assert (finding.outcome, finding.text) == ("fail", "Nothing has come from it: plug it in.")
    assert source.closed


def test_without_a_microphone_files_still_work() -> None:
    finding = _microphone(FakeSource([]), has_input=False)
    assert finding.outcome == "warn"
    assert "There is no microphone. Recordings can be transcribed" in finding.text


class FakeOutput:
    """A loudspeaker."""

    sample_rate, n_channels = 44_100, 2

    def __init__(self, room: int) -> None:
        self._room = room
        self.closed = False

    def write(self, samples: Any, timeout_s: float) -> int:
        assert not np.any(samples), "the test cannot be heard"
        return min(len(samples), self._room)

    def pending_s(self) -> float:
        return 0.0

    def drop(self) -> None:
        pass

    def close(self) -> None:
        self.closed = True


_SPEAKER = OutputDevice(id="1", name="Loudspeaker", n_channels=2, sample_rate=44_100, is_default=True)


@pytest.mark.parametrize(
    ("room", "outcome", "text"),
    [(10_000, "ok", "Loudspeaker takes sound."), (0, "warn", "Loudspeaker does not take any sound.")],
)
def test_sound_output_is_tried(room: int, outcome: str, text: str) -> None:
    stream = FakeOutput(room)
    finding = check_output([_SPEAKER], lambda device, rate, n_channels: stream)
    assert (finding.outcome, finding.text) == (outcome, text)
    assert stream.closed


def test_without_sound_output_files_still_work() -> None:
    finding = check_output([], lambda device, rate, n_channels: FakeOutput(0))
    assert finding.outcome == "warn"
    assert finding.text.startswith("There is no sound output.")


class Reader:
    """Says a given text for each recording, in a given time; no words where it is very quiet."""

    model_id, model_sha256 = "asr-fake", "0" * 64
    settings: Mapping[str, Any] = {}
    stage_seconds: Mapping[str, float] = {}

    def __init__(self, texts: Sequence[str], seconds: float, hallucinates: bool = False) -> None:
        self._texts = iter(texts)
        self._seconds, self._hallucinates = seconds, hallucinates
        self.time = 0.0

    def now(self) -> float:
        return self.time

    def transcribe(
        self,
        source: AudioSource,
        *,
        digits: bool = False,
        progress: Callable[[float], None] | None = None,
    ) -> Iterator[Segment]:
        loudest = max(float(np.abs(block).max()) for block in source.blocks())
        self.time += self._seconds
        text = next(self._texts) if loudest > 0.05 else "thank you" if self._hallucinates else ""
        words = tuple(Word(text=token, start=0.0, end=1.0, confidence=1.0) for token in text.split())
        if words:
            yield Segment(start=0.0, end=1.0, text=text, words=words)


@pytest.fixture
def check_set(tmp_path: Path) -> Path:
    """Three recordings of two seconds, in which is said: one two, three four, five six."""
    lines = []
    for number, text in enumerate(("one two", "three four", "five six")):
        tone = 0.1 * np.sin(np.arange(2 * SAMPLE_RATE) * 0.2)
        soundfile.write(tmp_path / f"{number}.wav", tone, SAMPLE_RATE)
        lines.append(f"{number}.wav\tvoice\t2.0\ttest\t{text}\n")
    (tmp_path / "list.tsv").write_text("".join(lines), encoding="utf-8")
    return tmp_path / "list.tsv"


def _test(reader: Reader, check_set: Path) -> SpeechTest:
    return SpeechTest(lambda: reader, check_set=check_set, now=reader.now)


_RIGHT = ("One two.", "three four", "five six")


@pytest.mark.parametrize(
    ("seconds", "outcome", "text"),
    [
        (0.1, "ok", "20.0 times as fast as they play: an hour takes 3 minutes."),
        (1.0, "warn", "2.0 times as fast as they play: an hour takes 30 minutes."),
        (4.0, "fail", "an hour takes 120 minutes. Live captions fall behind the speaker."),
    ],
)
def test_speed_is_told_as_the_time_of_an_hour(
    check_set: Path, seconds: float, outcome: str, text: str
) -> None:
    finding = _test(Reader(_RIGHT, seconds), check_set).check_speed()
    assert finding.outcome == outcome
    assert text in finding.text
    assert finding.values["times_real_time"] == pytest.approx(2 / seconds)
    assert bool(finding.advice) == (outcome != "ok")


@pytest.mark.parametrize(
    ("texts", "outcome", "text"),
    [
        (_RIGHT, "ok", "0 of 6 words of the built-in test are wrong (0.0 %)."),
        (
            ("one two", "three for", "five six"),
            "warn",
            "1 of 6 words of the built-in test are wrong (16.7 %).",
        ),
        (("", "", "five six"), "fail", "4 of 6 words of the built-in test are wrong (66.7 %)."),
    ],
)
def test_accuracy_is_told_with_a_caution(
    check_set: Path, texts: Sequence[str], outcome: str, text: str
) -> None:
    finding = _test(Reader(texts, 0.1), check_set).check_accuracy()
    assert finding.outcome == outcome
    assert finding.text.startswith(text)
    assert "synthesized speech: real recordings have more errors" in finding.text


def test_speed_and_accuracy_share_one_run(check_set: Path) -> None:
    test = _test(Reader(_RIGHT, 0.1), check_set)  # its texts would run out
    assert (test.check_accuracy().outcome, test.check_speed().outcome) == ("ok", "ok")


@pytest.mark.parametrize(
    ("hallucinates", "outcome", "text"),
    [
        (False, "ok", "10 seconds of a quiet hiss give no words."),
        (True, "warn", "10 seconds of a quiet hiss give 2 words that nobody said."),
    ],
)
def test_silence_is_listened_to(check_set: Path, hallucinates: bool, outcome: str, text: str) -> None:
    finding = _test(Reader((), 0.1, hallucinates), check_set).check_silence()
    assert (finding.outcome, finding.text) == (outcome, text)


@pytest.mark.parametrize(
    ("measured", "outcome", "text"),
    [
        ((0.9, 0.4, 0.96), "ok", "A word is shown 0.9 s after it was said, half of them sooner."),
        ((1.6, 0.5, 0.96), "warn", "A word is shown 1.6 s"),
        ((0.9, 0.9, 0.96), "warn", "busy for 90 % of the time"),
        ((9.0, 1.0, 0.96), "fail", "captions fall further behind the longer somebody speaks"),
        ((None, 0.1, 0.96), "fail", "The built-in test gave no words."),
    ],
)
def test_live_captions_are_timed(
    check_set: Path, measured: tuple[float | None, float, float], outcome: str, text: str
) -> None:
    heard: list[float] = []

    def caption(blocks: Iterator[Any], clock: SimulatedClock) -> tuple[float | None, float, float]:
        heard.append(sum(len(block) for block in blocks) / SAMPLE_RATE)
        return measured

    finding = _test(Reader(_RIGHT, 0.1), check_set).check_live(caption)
    assert finding.outcome == outcome
    assert text in finding.text
    assert heard == [6.0]


def test_waiting_for_audio_takes_no_time_and_work_does() -> None:
    """Law: by this clock no block comes before its end, and work counts in full."""
    real = 100.0
    clock = SimulatedClock(lambda: real)
    seen = []
    for number, _ in enumerate(clock.paced(np.zeros(SAMPLE_RATE, np.float32))):
        seen.append(clock.now())
        assert clock.recorded() >= 0.05 * (number + 1) - 1e-9
        if number == 3:
            real += 0.3  # work that takes as long as six blocks
    assert seen[:4] == pytest.approx([0.05, 0.10, 0.15, 0.20])
    assert seen[4:10] == pytest.approx([0.5] * 6)
    assert seen[-1] == pytest.approx(1.0)
    assert clock.arrived(0.26) == pytest.approx(0.3)
    assert clock.recorded() == pytest.approx(1.0)


def test_a_recognizer_that_cannot_be_loaded_is_said_by_each_check(check_set: Path) -> None:
    def load() -> Reader:
        raise BundleError("there is no bundle asr-en: copy it")

    test = SpeechTest(load, check_set=check_set)
    checks = [
        Check(name=name, title=name, run=run)
        for name, run in (("speed", test.check_speed), ("silence", test.check_silence))
    ]
    assert [finding.text for finding in run_checks(checks)] == ["There is no bundle asr-en: copy it."] * 2


def test_the_built_in_test_is_whole() -> None:
    utterances = read_manifest(CHECK_SET)
    assert len(utterances) == 10
    for utterance in utterances:
        samples, rate = soundfile.read(utterance.path)
        assert rate == SAMPLE_RATE
        assert len(samples) / rate == pytest.approx(utterance.duration, abs=0.01)
        assert ArraySource(samples, rate).duration == pytest.approx(utterance.duration, abs=0.01)
