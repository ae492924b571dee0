"""A microphone gives everything, mono at 16 kHz, exact to 16 bit, and says why where it gives nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from audio_cases import tones
from fake_streams import MICROPHONE, MONITOR, FakeClock, FakeInput

from speechrnn.audio.microphone import Microphone
from speechrnn.audio.recorder import round_to_16_bit
from speechrnn.audio.resample import RawBlock, Repairs, Samples, conform
from speechrnn.audio.streams import InputBlock, InputDevice
from speechrnn.errors import AudioDeviceError

RATE = 48_000


def pieces(samples: Samples, n: int = 960) -> list[Samples]:
    return [samples[at : at + n] for at in range(0, len(samples), n)]


def converted(samples: Samples, rate: int = RATE) -> Samples:
    return round_to_16_bit(np.concatenate(list(conform([RawBlock(samples, rate)], Repairs()))))


CLOSE = object()  # among the items: the user closes the microphone now


class Case:
    """A microphone on a made-up device that is closed after its last item unless told otherwise."""

    def __init__(
        self, *items: Any, device: InputDevice | None = MICROPHONE, close: bool = True, **options: Any
    ) -> None:
        self.clock = FakeClock()
        self.opened: list[InputDevice | None] = []
        all_items = [*items, CLOSE] if close else items
        script = [self.close if item is CLOSE else item for item in all_items]
        self.stream = FakeInput(script, self.clock, **options)

        self.before_opening: Callable[[], object] = lambda: None

        def open_stream(wanted: InputDevice | None) -> FakeInput:
            self.opened.append(wanted)
            self.before_opening()
            return self.stream

        self.microphone = Microphone(device, open_stream=open_stream, now=self.clock)

    def close(self) -> None:
        self.microphone.close()

    def heard(self) -> Samples:
        return np.concatenate([np.zeros(0, np.float32), *self.microphone.blocks()])


@pytest.mark.parametrize(("rate", "n_channels"), [(48_000, 2), (44_100, 1), (16_000, 1), (8_000, 4)])
def test_all_that_is_heard_comes_converted_and_exact_to_16_bit(rate: int, n_channels: int) -> None:
    """Blocks of any size give what a single block would: nothing is lost at their seams, start or end."""
    spoken = tones(1.3, rate, n_channels)
    case = Case(*pieces(spoken, 777), sample_rate=rate, n_channels=n_channels)
    heard = case.heard()
    assert np.array_equal(heard, converted(spoken, rate))
    assert np.array_equal(heard, round_to_16_bit(heard))
    assert case.opened == [MICROPHONE] and case.stream.n_closed == 1
    assert case.microphone.n_lost == 0 and case.microphone.warning is None


def test_what_was_said_before_it_was_closed_still_comes() -> None:
    """The device is late by its latency: what it gives for that long belongs to what was said before."""
    spoken = tones(1.0, RATE, 2)
    late = pieces(spoken)
    case = Case(*late[:30], CLOSE, *late[30:], close=False, latency_s=0.1)
    heard = case.heard()
    n_blocks = round(len(heard) / 320)
    assert 35 <= n_blocks <= 37
    assert np.array_equal(heard, converted(spoken[: n_blocks * 960]))


def test_the_level_is_that_of_the_last_block_and_falls_when_it_ends() -> None:
    case = Case(*pieces(np.full((RATE, 2), 0.5, np.float32)))
    levels = [case.microphone.level for _ in case.microphone.blocks()]
    assert levels[3] == pytest.approx(0.5, abs=0.01)
    assert case.microphone.level == 0


def test_too_loud_is_clipped_and_what_follows_is_not_turned_down() -> None:
    loud, quiet = np.full((RATE, 2), 4.0, np.float32), 0.1 * tones(1.0, RATE, 2)
    heard = Case(*pieces(np.concatenate([loud, quiet]))).heard()
    assert heard.max() == 32767 / 32768
    np.testing.assert_allclose(heard[17_000:31_000], converted(quiet)[1_000:15_000], atol=2e-3)


def test_what_was_lost_is_silence_counted_and_told(caplog: pytest.LogCaptureFixture) -> None:
    spoken = tones(1.0, RATE, 2)
    case = Case(spoken[:9_600], InputBlock(spoken[19_200:], n_lost=9_600))
    heard = case.heard()
    assert len(heard) == 16_000 and case.microphone.n_lost == 3_200
    assert np.abs(heard[3_400:6_200]).max() < 0.01
    np.testing.assert_allclose(heard[7_000:15_000], converted(spoken)[7_000:15_000], atol=1e-3)
    assert case.microphone.warning == ("0.20 s were lost because the computer was too busy, and are silence")
    assert "9600 frames from Desk microphone came too late" in caplog.text


def test_a_device_that_falls_silent_for_two_seconds_has_gone() -> None:
    """Sound systems do not tell: the blocks just stop coming."""
    spoken = tones(0.5, RATE, 2)
    case = Case(*pieces(spoken), close=False)
    heard = []
    with pytest.raises(
        AudioDeviceError, match="nothing has come from Desk microphone for 2 s: see that it is plugged in"
    ):
        for block in case.microphone.blocks():
            heard.append(block)
    assert np.array_equal(np.concatenate(heard), converted(spoken))
    assert 2.0 < case.clock.time - 100.5 < 2.2
    assert case.stream.n_closed == 1


def test_an_error_of_the_device_comes_after_all_that_was_heard() -> None:
    spoken = tones(0.5, RATE, 2)
    case = Case(*pieces(spoken), AudioDeviceError("Desk microphone has gone"))
    heard = []
    with pytest.raises(AudioDeviceError, match="has gone"):
        for block in case.microphone.blocks():
            heard.append(block)
    assert np.array_equal(np.concatenate(heard), converted(spoken))


def test_only_zeros_from_a_microphone_are_told_once(caplog: pytest.LogCaptureFixture) -> None:
    """A switch, a permission that is missing: the system then gives silence and no error."""
    case = Case(*pieces(np.zeros((4 * RATE, 2), np.float32)))
    warnings = [case.microphone.warning for _ in case.microphone.blocks()]
    assert warnings[10] is None
    assert warnings[-1] is not None
    assert warnings[-1].startswith("Desk microphone gives nothing but silence: ")
    assert [record.getMessage() for record in caplog.records] == [warnings[-1]]


def test_speech_after_silence_takes_the_warning_back(caplog: pytest.LogCaptureFixture) -> None:
    case = Case(*pieces(np.zeros((4 * RATE, 2), np.float32)), tones(0.1, RATE, 2))
    case.heard()
    assert case.microphone.warning is None
    assert len(caplog.records) == 1


def test_a_silent_computer_is_nothing_to_warn_of() -> None:
    case = Case(*pieces(np.zeros((4 * RATE, 2), np.float32)), device=MONITOR)
    assert not case.heard().any()
    assert case.microphone.warning is None


def test_it_can_be_opened_again_after_it_was_closed() -> None:
    spoken = tones(0.5, RATE, 2)
    case = Case(*pieces(spoken))
    assert len(case.heard()) == 8_000
    case.stream = FakeInput([*pieces(spoken), case.close], case.clock)
    assert len(case.heard()) == 8_000
    assert len(case.opened) == 2


def test_opening_ahead_keeps_what_comes_before_anybody_asks() -> None:
    case = Case(*pieces(tones(0.5, RATE, 2)), device=None)
    case.microphone.open()
    case.microphone.open()
    assert case.opened == [None]
    assert len(case.heard()) == 8_000


def test_closing_what_nobody_reads_closes_the_device() -> None:
    case = Case()
    case.microphone.close()
    case.microphone.open()
    case.microphone.close()
    assert case.stream.n_closed == 1


def test_closing_while_the_device_is_being_opened_does_not_wait_for_it() -> None:
    """A headset may take seconds, and the one who closes is the window."""
    case = Case(*pieces(tones(0.5, RATE, 2)))
    opening, let = threading.Event(), threading.Event()

    def open_slowly() -> None:
        opening.set()
        assert let.wait(10)

    case.before_opening = open_slowly
    heard: list[Samples] = []
    thread = threading.Thread(target=lambda: heard.append(case.heard()))
    thread.start()
    assert opening.wait(10)
    case.microphone.close()
    let.set()
    thread.join(10)
    assert len(heard[0]) == 0 and case.stream.n_closed == 1


def test_a_device_that_was_refused_can_be_opened_later() -> None:
    case = Case(*pieces(tones(0.5, RATE, 2)))

    def refuse() -> None:
        raise AudioDeviceError("it is busy")

    case.before_opening = refuse
    with pytest.raises(AudioDeviceError, match="it is busy"):
        case.microphone.open()
    case.before_opening = lambda: None
    assert len(case.heard()) == 8_000


def test_who_stops_reading_closes_the_device() -> None:
    case = Case(*pieces(tones(0.5, RATE, 2)))
    blocks = case.microphone.blocks()
    next(blocks)
    blocks.close()
    assert case.stream.n_closed == 1
