"""A recording is played from any place, at any speed, and the position is what is heard."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from audio_cases import encode, tones
from fake_streams import FakeClock, FakeOutput, until

from speechrnn.audio.file import open_reader
from speechrnn.audio.player import Player
from speechrnn.audio.resample import Samples
from speechrnn.audio.streams import OutputDevice
from speechrnn.audio.tempo import Tempo
from speechrnn.errors import AudioDeviceError, AudioFormatError, ConfigError

RATE = 44_100


@pytest.fixture(autouse=True)
def _no_thread_is_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    assert set(threading.enumerate()) <= before


class Desk:
    """A player with made-up outputs."""

    def __init__(self, path: Path, *, room: int = 10**9, rate: int | None = None) -> None:
        self.clock = FakeClock()
        self.outputs: list[FakeOutput] = []
        self.refusal: AudioDeviceError | None = None

        def open_stream(device: OutputDevice | None, sample_rate: int, n_channels: int) -> FakeOutput:
            if self.refusal is not None:
                raise self.refusal
            output = FakeOutput(rate or sample_rate, n_channels)
            output.room = room
            self.outputs.append(output)
            return output

        self.player = Player(path, open_stream=open_stream, now=self.clock)

    @property
    def written(self) -> Samples:
        return self.outputs[-1].written


@pytest.fixture
def stereo(tmp_path: Path) -> Path:
    """Three seconds, with another tone on the right."""
    left = tones(3.0, RATE)
    soundfile.write(
        tmp_path / "a.wav", np.concatenate([left, -0.5 * left[::-1]], axis=1), RATE, subtype="FLOAT"
    )
    return tmp_path / "a.wav"


def test_a_file_is_played_bit_for_bit_at_its_own_rate_in_stereo(stereo: Path) -> None:
    desk = Desk(stereo)
    assert desk.player.state == "stopped" and desk.player.duration == pytest.approx(3.0)
    desk.player.play()
    until(lambda: desk.player.state == "ended")
    assert desk.outputs[0].sample_rate == RATE
    assert np.array_equal(desk.written, soundfile.read(stereo, dtype="float32")[0])
    assert desk.player.position == pytest.approx(3.0) and desk.player.error is None
    desk.player.stop()
    assert desk.player.state == "stopped" and desk.outputs[0].n_closed == 1


@pytest.mark.parametrize("start", [0.0, 0.001, 1.234, 2.999])
def test_it_starts_where_it_is_told(stereo: Path, start: float) -> None:
    desk = Desk(stereo)
    desk.player.play(start)
    until(lambda: desk.player.state == "ended")
    desk.player.stop()
    whole = soundfile.read(stereo, dtype="float32")[0]
    assert np.array_equal(desk.written, whole[round(start * RATE) :])


def test_playing_from_behind_the_end_ends_at_once(stereo: Path) -> None:
    desk = Desk(stereo)
    desk.player.play(7.0)
    until(lambda: desk.player.state == "ended")
    desk.player.stop()
    assert desk.outputs == []


@pytest.mark.parametrize("speed", [0.5, 0.75, 1.5, 2.0])
def test_another_speed_changes_the_length_and_not_the_pitch(stereo: Path, speed: float) -> None:
    desk = Desk(stereo)
    desk.player.play(0.0, speed)
    until(lambda: desk.player.state == "ended")
    desk.player.stop()
    heard = desk.written[:, 0]
    assert len(heard) / RATE == pytest.approx(3.0 / speed, abs=0.06 / speed)
    assert desk.player.position == pytest.approx(3.0, abs=0.07)
    for samples in (heard, soundfile.read(stereo, dtype="float32")[0][:, 0]):
        spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
        high = np.fft.rfftfreq(len(samples), 1 / RATE) > 800
        peak = np.fft.rfftfreq(len(samples), 1 / RATE)[high][spectrum[high].argmax()]
        assert peak == pytest.approx(1100, abs=15)


@pytest.mark.parametrize("speed", [0.5, 0.8, 1.0, 1.3, 2.0])
def test_at_any_speed_a_sound_comes_within_25_ms_of_its_time(speed: float) -> None:
    """Oracle: clicks at known times are found again where the speed puts them."""
    times = np.arange(0.5, 9.5, 0.37)
    samples = np.random.default_rng(0).normal(0, 0.003, (10 * RATE, 1)).astype(np.float32)
    n = round(0.03 * RATE)
    for time in times:
        at = round(time * RATE)
        samples[at : at + n, 0] += 0.5 * np.hanning(n) * np.sin(np.arange(n) * 2 * np.pi * 700 / RATE)
    tempo = Tempo((RATE, 1), (48_000, 2), speed=speed)
    out = [tempo.step(samples[at : at + 4_410]) for at in range(0, len(samples), 4_410)]
    heard = np.abs(np.concatenate([*out, tempo.flush()])[:, 0])
    for time in times:
        expected = (time + 0.015) / speed * 48_000
        first = round(expected - 0.15 * 48_000 / speed)
        near = heard[first : round(expected + 0.15 * 48_000 / speed)]
        loud = near > 0.4 * near.max()
        centre = first + float((np.arange(len(near)) * near)[loud].sum() / near[loud].sum())
        assert (centre - expected) / 48_000 * speed == pytest.approx(0, abs=0.025)


@pytest.mark.parametrize("n_channels", [1, 2, 6, 9])
def test_any_number_of_channels_becomes_stereo_as_loud_as_it_was(n_channels: int) -> None:
    samples = tones(1.0, 48_000, n_channels)
    tempo = Tempo((48_000, n_channels), (48_000, 2), speed=1.0)
    heard = np.concatenate([tempo.step(samples), tempo.flush()])
    assert heard.shape == (48_000, 2)
    assert np.array_equal(heard[:, 0], heard[:, 1])
    if n_channels != 6:
        np.testing.assert_allclose(heard[:, 0], samples[:, 0], atol=1e-6)


def test_the_position_is_what_is_heard_and_not_what_was_written(stereo: Path) -> None:
    desk = Desk(stereo, room=RATE)
    desk.player.play(0.5, 2.0)
    until(lambda: desk.outputs and desk.outputs[0].room == 0)
    output = desk.outputs[0]
    output.pending = 0.25
    until(lambda: desk.player.position == pytest.approx(0.5 + (1.0 - 0.25) * 2.0))
    desk.clock.time += 0.1  # between two looks at the output it goes on by the clock
    until(lambda: desk.player.position == pytest.approx(2.0 + 0.1 * 2.0) or desk.player.position == 2.0)
    output.pending = 2.0
    until(lambda: desk.player.position == 0.5)  # still silent: it is where it begins
    desk.player.stop()


def test_a_pause_keeps_the_place_and_silences_the_output(stereo: Path) -> None:
    desk = Desk(stereo, room=RATE)
    desk.player.play(0.5)
    until(lambda: desk.outputs and desk.outputs[0].room == 0)
    desk.outputs[0].pending = 0.25
    until(lambda: desk.player.position == pytest.approx(1.25))
    desk.player.pause()
    assert desk.player.state == "paused" and desk.player.position == pytest.approx(1.25)
    until(lambda: desk.outputs[0].n_dropped == 1)
    desk.player.seek(2.5)
    assert desk.player.position == 2.5 and desk.player.state == "paused"
    desk.outputs[0].room, desk.outputs[0].pending = 10**9, 0.0
    desk.player.play(desk.player.position)
    until(lambda: desk.player.state == "ended")
    desk.player.pause()
    assert desk.player.state == "ended"
    desk.player.stop()
    assert len(desk.outputs) == 1  # it stayed open
    assert len(desk.written) == RATE + round(0.5 * RATE)


def test_seeking_while_it_plays_goes_on_at_the_new_place_and_the_same_speed(stereo: Path) -> None:
    desk = Desk(stereo, room=1_000)
    desk.player.play(0.0, 2.0)
    until(lambda: desk.outputs and desk.outputs[0].room == 0)
    desk.player.seek(2.0)
    desk.outputs[0].room = 10**9
    until(lambda: desk.player.state == "ended")
    desk.player.stop()
    assert len(desk.written) - 1_000 == pytest.approx(0.5 * RATE, abs=0.03 * RATE)


def test_an_output_that_goes_away_is_an_error_to_show_and_playing_again_opens_anew(
    stereo: Path, caplog: pytest.LogCaptureFixture
) -> None:
    desk = Desk(stereo, room=RATE)
    desk.player.play()
    until(lambda: desk.outputs and desk.outputs[0].room == 0)
    desk.outputs[0].error = AudioDeviceError("the headphones have gone")
    until(lambda: desk.player.error is not None)
    assert str(desk.player.error) == "the headphones have gone"
    assert desk.player.state == "stopped" and desk.player.position == pytest.approx(1.0)
    assert "is no longer played: the headphones have gone" in caplog.text
    desk.player.play(desk.player.position)
    assert desk.player.error is None
    until(lambda: len(desk.outputs) == 2)
    desk.player.stop()
    assert [output.n_closed for output in desk.outputs] == [1, 1]


def test_an_output_that_takes_nothing_more_has_gone(stereo: Path, caplog: pytest.LogCaptureFixture) -> None:
    desk = Desk(stereo, room=RATE)
    desk.player.play()

    def time_passes() -> bool:
        desk.clock.time += 0.1
        return desk.player.error is not None

    until(time_passes)
    assert "the output has taken no sound for 2 s: see that it is plugged in" in str(desk.player.error)
    desk.player.stop()


def test_an_output_that_cannot_be_opened_is_an_error_to_show(
    stereo: Path, caplog: pytest.LogCaptureFixture
) -> None:
    desk = Desk(stereo)
    desk.refusal = AudioDeviceError("there is no sound output")
    desk.player.play()
    until(lambda: desk.player.error is not None)
    assert desk.player.error is desk.refusal and desk.player.state == "stopped"
    desk.player.stop()


def test_a_file_that_goes_away_is_an_error_to_show(stereo: Path, caplog: pytest.LogCaptureFixture) -> None:
    desk = Desk(stereo)
    stereo.unlink()
    desk.player.play()
    until(lambda: desk.player.error is not None)
    assert isinstance(desk.player.error, AudioFormatError)
    assert "does not exist" in str(desk.player.error)
    desk.player.stop()


def test_what_cannot_be_played_is_refused(tmp_path: Path, stereo: Path) -> None:
    with pytest.raises(AudioFormatError, match="does not exist"):
        Player(tmp_path / "nowhere.wav")
    with pytest.raises(ConfigError, match=r"speed is 3; expected 0\.5 to 2"):
        Player(stereo).play(0.0, 3.0)


def test_a_device_with_another_rate_gets_its_rate(stereo: Path) -> None:
    desk = Desk(stereo, rate=48_000)
    desk.player.play()
    until(lambda: desk.player.state == "ended")
    desk.player.stop()
    assert len(desk.written) == pytest.approx(3 * 48_000, abs=50)


FORMATS = [
    ("a.flac", "flac"),
    ("a.mp3", "libmp3lame"),
    ("a.ogg", "libopus"),
    ("a.m4a", "aac"),
    ("a.aac", "aac"),
    ("a.wma", "wmav2"),
    ("a.ac3", "ac3"),
    ("a.mkv", "aac"),
    ("a.webm", "libopus"),
    ("a.mp4", "aac"),
]


@pytest.mark.parametrize(("name", "codec"), FORMATS, ids=[name for name, _ in FORMATS])
@pytest.mark.parametrize("start", [0.2, 2.21, 5.7])
def test_reading_from_a_place_gives_what_reading_all_gives_there(
    tmp_path: Path, name: str, codec: str, start: float
) -> None:
    """Within a millisecond, or the highlighted word is not the one that is heard."""
    noise = np.random.default_rng(0).normal(0, 0.1, (6 * 48_000, 1)).astype(np.float32)
    path = encode(tmp_path / name, [noise], 48_000, codec, with_picture=name == "a.mp4")
    whole, part = open_reader(path), open_reader(path)
    all_of_it = np.concatenate([block.samples[:, 0] for block in whole.blocks()])
    from_there = np.concatenate([block.samples[:, 0] for block in part.blocks(start)])
    whole.close()
    part.close()
    at = round(start * 48_000)
    assert len(from_there) == pytest.approx(len(all_of_it) - at, abs=48)
    window = from_there[: 48_000 // 10]
    near = all_of_it[at - 4_800 : at + 4_800 + len(window)]
    found = int(np.correlate(near, window, "valid").argmax()) - 4_800
    assert abs(found) <= 48
