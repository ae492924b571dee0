"""A recording goes on through pauses, lost devices and full disks, and ends with all that was said."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from audio_cases import tones
from fake_streams import FakeMicrophone, until

from speechrnn.audio.capture import CaptureSession
from speechrnn.audio.recorder import Recorder, round_to_16_bit
from speechrnn.audio.resample import Samples
from speechrnn.errors import AudioDeviceError, OutputError

SPEECH = round_to_16_bit(tones(1.0, 16_000)[:, 0])
A, B, C = SPEECH[:4_000], SPEECH[4_000:9_000], SPEECH[9_000:]


@pytest.fixture(autouse=True)
def _no_thread_is_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    assert set(threading.enumerate()) <= before


def recorded(path: Path) -> Samples:
    samples: Samples = soundfile.read(path, dtype="float32")[0]
    return samples


def test_a_session_from_start_to_stop(tmp_path: Path) -> None:
    microphone = FakeMicrophone()
    told: list[int] = []
    session = CaptureSession(microphone, Recorder(tmp_path / "a.wav"), on_recorded=told.append)
    assert session.state == "ready" and session.level == 0
    session.start()
    assert session.state == "starting"
    microphone.give(A, B)
    until(lambda: session.duration == 9_000 / 16_000)
    assert session.state == "recording" and session.level == 0.25 and session.error is None
    microphone.give(C)
    assert session.stop()
    assert session.state == "stopped" and session.stop()
    assert np.array_equal(recorded(tmp_path / "a.wav"), SPEECH)
    assert told == [4_000, 5_000, 7_000]


def test_after_a_pause_the_same_recording_goes_on(tmp_path: Path) -> None:
    microphone = FakeMicrophone()
    session = CaptureSession(microphone, Recorder(tmp_path / "a.wav"))
    session.start()
    microphone.give(A)
    until(lambda: session.state == "recording")
    session.pause()
    session.pause()
    until(lambda: session.state == "paused")
    assert session.level == 0 and session.error is None
    session.resume()
    microphone.give(B)
    until(lambda: session.duration == 9_000 / 16_000)
    assert session.stop()
    assert microphone.n_opened == 2
    assert np.array_equal(recorded(tmp_path / "a.wav"), SPEECH[:9_000])


def test_a_pause_that_comes_before_the_device_is_open_holds(tmp_path: Path) -> None:
    class SlowMicrophone(FakeMicrophone):
        """Opens when it is let, and does not know of a close before that."""

        let = threading.Event()

        def blocks(self) -> Iterator[Samples]:
            assert self.let.wait(10)
            yield from super().blocks()

    microphone = SlowMicrophone()
    session = CaptureSession(microphone, Recorder(tmp_path / "a.wav"))
    session.start()
    session.pause()
    microphone.let.set()
    microphone.give(A)
    until(lambda: session.state == "paused")
    assert session.stop()
    assert np.array_equal(recorded(tmp_path / "a.wav"), A)


def test_a_device_that_goes_away_pauses_and_another_one_goes_on(tmp_path: Path) -> None:
    first, second = FakeMicrophone(), FakeMicrophone()
    first.n_lost, second.n_lost, second.level = 10, 5, 0.75
    session = CaptureSession(first, Recorder(tmp_path / "a.wav"))
    session.start()
    first.give(A, AudioDeviceError("the headset has gone: plug it in"))
    until(lambda: session.state == "paused")
    assert str(session.error) == "the headset has gone: plug it in"
    assert np.array_equal(recorded(tmp_path / "a.wav"), A)
    session.resume(second)
    second.give(B)
    until(lambda: session.duration == 9_000 / 16_000)
    assert session.error is None and session.level == 0.75
    assert session.n_lost == 15
    assert session.stop()
    assert np.array_equal(recorded(tmp_path / "a.wav"), SPEECH[:9_000])


def test_a_device_that_cannot_be_opened_pauses_with_the_reason(tmp_path: Path) -> None:
    microphone = FakeMicrophone()
    session = CaptureSession(microphone, Recorder(tmp_path / "a.wav"))
    microphone.give(AudioDeviceError("there is no microphone"))
    session.start()
    until(lambda: session.state == "paused")
    assert str(session.error) == "there is no microphone"
    session.resume()
    microphone.give(A)
    until(lambda: session.state == "recording")
    assert session.stop()
    assert np.array_equal(recorded(tmp_path / "a.wav"), A)


def test_a_bug_in_a_thread_is_an_error_to_show_and_the_file_is_whole(tmp_path: Path) -> None:
    microphone = FakeMicrophone()
    session = CaptureSession(microphone, Recorder(tmp_path / "a.wav"))
    microphone.give(A, ZeroDivisionError("oops"))
    session.start()
    until(lambda: session.state == "paused")
    assert str(session.error) == "recording failed (ZeroDivisionError: oops): report it"
    assert session.stop()
    assert np.array_equal(recorded(tmp_path / "a.wav"), A)


class FullDisk(Recorder):
    """A recorder whose disk is full when a test says so; like the true one it keeps what does not fit."""

    full = False

    def append(self, samples: Samples) -> None:
        held = getattr(self, "held", [])
        if self.full:
            self.held = [*held, samples]
            raise OutputError("the disk is full: free some space")
        super().append(np.concatenate([*held, samples]))
        self.held = []


def test_a_full_disk_pauses_and_what_was_said_meanwhile_follows(tmp_path: Path) -> None:
    microphone = FakeMicrophone()
    recorder = FullDisk(tmp_path / "a.wav")
    session = CaptureSession(microphone, recorder)
    session.start()
    microphone.give(A)
    until(lambda: session.duration == 4_000 / 16_000)
    recorder.full = True
    microphone.give(B)
    until(lambda: session.state == "paused")
    assert str(session.error) == "the disk is full: free some space"
    recorder.full = False
    session.resume()
    microphone.give(C)
    until(lambda: session.duration == 1.0)
    assert session.stop() and session.error is None
    assert np.array_equal(recorded(tmp_path / "a.wav"), SPEECH)


def test_stopping_while_paused_or_before_the_start_closes_the_file(tmp_path: Path) -> None:
    paused = CaptureSession(microphone := FakeMicrophone(), Recorder(tmp_path / "a.wav"))
    paused.start()
    microphone.give(A)
    until(lambda: paused.state == "recording")
    paused.pause()
    until(lambda: paused.state == "paused")
    assert paused.stop() and paused.recorder.closed

    unused = CaptureSession(FakeMicrophone(), Recorder(tmp_path / "b.wav"))
    assert unused.stop() and unused.state == "stopped" and unused.recorder.closed


def test_stop_can_be_asked_for_without_waiting(tmp_path: Path) -> None:
    microphone = FakeMicrophone()
    session = CaptureSession(microphone, Recorder(tmp_path / "a.wav"))
    session.start()
    until(lambda: microphone.n_opened)
    microphone.give(A)
    until(lambda: session.state == "recording")
    session.stop(timeout_s=0)
    until(lambda: session.state == "stopped")
    assert session.stop()
    assert np.array_equal(recorded(tmp_path / "a.wav"), A)
