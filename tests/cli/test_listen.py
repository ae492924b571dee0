"""Captions in the terminal, from a microphone that is made up and a recognizer of the toy language."""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
import toy
import toy_recognizer
from cli_program import Result
from numpy.typing import NDArray

from speechrnn.cli.main import run
from speechrnn.errors import AudioDeviceError
from speechrnn.nets.device import one_thread
from speechrnn.pipeline.offline import Recognizer

Samples = NDArray[np.float32]
SENTENCES = (["omi", "bo", "sis"], ["aba", "mas", "bo", "omi", "sis", "aba"])


class SpeakingInput:
    """A microphone that hears two sentences, and then something happens."""

    level, n_lost, warning = 0.5, 0, None

    def __init__(self, then: str) -> None:
        self._then = then
        self._closed = threading.Event()

    def blocks(self) -> Iterator[Samples]:
        rng = np.random.default_rng(0)
        for words in SENTENCES:
            wave = np.concatenate([toy.speak(words, rng), np.zeros(24_000, np.float32)])
            # The last sentence is not over when it ends.
            wave = wave if words is SENTENCES[0] else wave[:-27_000]
            yield from np.array_split(np.round(wave * 32768) / np.float32(32768), 20)
        if self._then == "unplugged":
            raise AudioDeviceError("nothing has come from the headset for 2 s")
        if self._then == "Ctrl-C":
            signal.raise_signal(signal.SIGINT)
        self._closed.wait(30)

    def close(self) -> None:
        self._closed.set()


@pytest.fixture(scope="module")
def recognizer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recognizer]:
    with one_thread():
        yield toy_recognizer.make_recognizer(tmp_path_factory.mktemp("toy"))


class Listening:
    """Runs the command with an input of the test's."""

    def __init__(
        self,
        recognizer: Recognizer,
        monkeypatch: pytest.MonkeyPatch,
        capture: pytest.CaptureFixture[bytes],
    ) -> None:
        self._recognizer, self._monkeypatch, self._capture = recognizer, monkeypatch, capture
        self.names: list[str | None] = []

    def __call__(self, *arguments: str | Path, then: str = "Ctrl-C") -> Result:
        def open_microphone(name: str | None) -> SpeakingInput:
            self.names.append(name)
            return SpeakingInput(then)

        self._monkeypatch.setattr("speechrnn.cli.listen.open_microphone", open_microphone)
        self._capture.readouterr()
        code = run(["listen", *map(str, arguments)], loader=lambda _choice: self._recognizer)
        out, err = self._capture.readouterr()
        return Result(code, out, err.decode())


@pytest.fixture
def listening(
    recognizer: Recognizer, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Listening:
    return Listening(recognizer, monkeypatch, capfdbinary)


def test_ctrl_c_ends_it_and_what_was_said_last_is_still_written(listening: Listening) -> None:
    result = listening()
    assert result.code == 0
    assert result.out.decode().splitlines() == [" ".join(words) for words in SENTENCES]
    assert result.complaints == ["speechrnn: listening; Ctrl-C ends it"]


def test_every_event_is_a_line_of_json(listening: Listening) -> None:
    result = listening("--json", "--latency", "0.5")
    events = [json.loads(line) for line in result.out.splitlines()]
    final = [segment for event in events if event["event"] == "final" for segment in event["segments"]]
    assert [segment["text"] for segment in final] == [" ".join(words) for words in SENTENCES]
    assert set(final[0]["words"][0]) >= {"text", "start_s", "end_s", "confidence"}
    partial = [event for event in events if event["event"] == "partial"]
    assert any(event["committed"] for event in partial)
    assert events[-1]["event"] == "progress"
    assert events[-1]["behind_s"] == 0
    assert events[-1]["latency_s"] > 0


def test_the_recording_is_kept_where_it_is_asked_for(listening: Listening, tmp_path: Path) -> None:
    path = tmp_path / "talk.wav"
    assert listening("--save", path, "--input", "headset").code == 0
    assert listening.names == ["headset"]
    waveform, rate = soundfile.read(path, dtype="float32")
    assert rate == 16_000
    assert np.abs(waveform).max() > 0.1
    assert list(tmp_path.iterdir()) == [path]


def test_a_recording_that_is_there_is_not_replaced(listening: Listening, tmp_path: Path) -> None:
    path = tmp_path / "talk.wav"
    path.write_bytes(b"precious")
    result = listening("--save", path)
    assert result.code == 1
    assert "talk.wav exists" in result.complaints[-1]
    assert path.read_bytes() == b"precious"


def test_a_device_that_goes_ends_it_with_all_that_it_gave(listening: Listening) -> None:
    result = listening(then="unplugged")
    assert result.code == 1
    assert result.out.decode().splitlines() == [" ".join(words) for words in SENTENCES]
    assert "nothing has come from the headset" in result.complaints[-1]


def test_no_thread_is_left(listening: Listening) -> None:
    before = set(threading.enumerate())
    listening()
    left = set(threading.enumerate()) - before
    for thread in left:  # one whose file is closed may still be on its way out
        thread.join(5)
    assert not [thread for thread in left if thread.is_alive()]
