"""Playing a tune that grows, without Qt and without a device."""

from __future__ import annotations

import threading
from collections.abc import Callable

import numpy as np
from compose_cases import FakeOutput

from gui.compose.tune_player import BLOCK_S, TunePlayer, playable
from speechrnn.errors import AudioDeviceError
from speechrnn.music.synthesizer import SAMPLE_RATE
from speechrnn.music.tune import TICKS, Note

SECOND = 2 * TICKS  # at 120 quarter notes a minute


def played(player: TunePlayer) -> None:
    """Runs the job to its end."""
    list(player.job(threading.Event()))


def loud_s(output: FakeOutput, start: float, end: float) -> float:
    """The loudest sample between two moments of what was heard."""
    sound = np.concatenate(output.heard)
    return float(np.abs(sound[round(start * SAMPLE_RATE) : round(end * SAMPLE_RATE)]).max())


def test_notes_sound_when_they_are_written_and_then_it_ends(output: FakeOutput) -> None:
    player = TunePlayer(output.open)
    player.set_tune(playable([[Note(SECOND, 60, SECOND)]], 2 * SECOND, whole=True, program=19))
    player.play(0)
    played(player)
    assert player.state == "ended"
    assert loud_s(output, 0.0, 0.95) == 0
    assert loud_s(output, 1.1, 1.9) > 0.02


def test_a_muted_voice_is_silent(output: FakeOutput) -> None:
    player = TunePlayer(output.open)
    player.set_tune(playable([[Note(0, 60, SECOND)]], SECOND, whole=True, program=19))
    player.set_muted(frozenset({0}))
    player.play(0)
    played(player)
    assert loud_s(output, 0.0, 0.9) == 0


def test_twice_the_tempo_takes_half_the_time(output: FakeOutput) -> None:
    lengths = []
    for tempo in (120.0, 240.0):
        output.heard.clear()
        player = TunePlayer(output.open)
        player.set_tune(playable([[Note(0, 60, 8 * SECOND)]], 8 * SECOND, whole=True, program=0))
        player.set_tempo(tempo)
        player.play(0)
        played(player)
        lengths.append(sum(map(len, output.heard)) / SAMPLE_RATE)
    assert abs(lengths[0] - 2 * lengths[1]) < 1


class Growing(FakeOutput):
    """Lets the tune grow once so much has been heard."""

    def __init__(self, after_s: float, then: Callable[[], object]) -> None:
        super().__init__()
        self._after_s, self._then = after_s, then

    def open(self, device: object, sample_rate: int, n_channels: int) -> object:  # type: ignore[override]
        stream = super().open(device, sample_rate, n_channels)
        write = stream.write

        def heard(samples: object, timeout_s: float) -> int:
            n = write(samples, timeout_s)  # type: ignore[arg-type]
            if self._then is not None and sum(map(len, self.heard)) > self._after_s * SAMPLE_RATE:
                then, self._then = self._then, None  # type: ignore[assignment]
                then()
            return n

        stream.write = heard  # type: ignore[method-assign]
        return stream


def test_where_the_tune_is_not_known_yet_it_waits_in_silence() -> None:
    first, second = Note(0, 60, SECOND), Note(SECOND, 72, SECOND)

    def grow() -> None:
        player.set_tune(playable([[first, second]], 2 * SECOND, whole=True, program=19), grown=True)

    output = Growing(3.0, grow)
    player = TunePlayer(output.open)  # type: ignore[arg-type]
    player.set_tune(playable([[first]], SECOND, whole=False, program=19))
    player.play(0)
    played(player)
    assert player.state == "ended"
    assert loud_s(output, 1.5, 2.9) == 0, "it waits"
    sound = np.concatenate(output.heard)
    assert float(np.abs(sound[round(3.3 * SAMPLE_RATE) :]).max()) > 0.02, "and goes on"
    assert len(sound) / SAMPLE_RATE > 3 + 1 - 4 * BLOCK_S


def test_without_an_output_the_reason_is_kept(output: FakeOutput) -> None:
    output.refusal = AudioDeviceError("there is no sound output: plug one in")
    player = TunePlayer(output.open)
    player.set_tune(playable([[Note(0, 60, SECOND)]], SECOND, whole=True, program=0))
    player.play(0)
    played(player)
    assert player.state == "stopped"
    assert "plug one in" in str(player.error)


def test_a_loop_plays_until_it_is_stopped() -> None:
    def stop() -> None:
        player.stop()

    output = Growing(5.0, stop)
    player = TunePlayer(output.open)  # type: ignore[arg-type]
    player.set_tune(playable([[Note(0, 60, TICKS)]], SECOND, whole=True, program=19))
    player.set_loop((0, SECOND))
    player.play(0)
    played(player)
    for second in range(4):
        assert loud_s(output, second + 0.05, second + 0.4) > 0.02
        assert loud_s(output, second + 0.7, second + 0.95) < 0.01
