"""Somebody speaks into a microphone of a virtual sound card, and all of it is in the recording."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import soundfile
from virtual_sound import MICROPHONE, MONITOR, VirtualSound, until

from speechrnn.audio.capture import CaptureSession
from speechrnn.audio.devices import device_fingerprint, find_input, input_devices, output_devices
from speechrnn.audio.file import FileSource
from speechrnn.audio.microphone import Microphone
from speechrnn.audio.player import Player
from speechrnn.audio.recorder import Recorder
from speechrnn.audio.recovery import recover, unfinished_recordings
from speechrnn.audio.resample import Samples
from speechrnn.audio.source import ArraySource

pytestmark = pytest.mark.alone

RATE = 16_000
TEXT = "The quick brown fox jumps over the lazy dog, while seven wizards are boxing in the evening light."


def read(path: Path) -> Samples:
    with FileSource(path) as source:
        return np.concatenate(list(source.blocks()))


def place_of(part: Samples, whole: Samples) -> tuple[int, float]:
    """Where a part is found in a whole, in samples, and how alike they are there, 0..1."""
    n = len(whole) + len(part)
    spectrum = np.fft.rfft(whole, n) * np.conj(np.fft.rfft(part, n))
    products = np.fft.irfft(spectrum, n)[: max(1, len(whole) - len(part) + 1)]
    at = int(products.argmax())
    there = whole[at : at + len(part)]
    return at, float(products[at] / (np.linalg.norm(there) * np.linalg.norm(part) + 1e-9))


def noise(path: Path, seconds: float) -> Path:
    """A sound whose moments are all unlike; below 1 kHz, where a fraction of a sample changes little."""
    n = round(seconds * 48_000)
    spectrum = np.fft.rfft(np.random.default_rng(0).normal(0, 1, n))
    spectrum[round(1_000 * seconds) :] = 0
    samples = np.fft.irfft(spectrum, n)
    soundfile.write(path, 0.5 * samples / np.abs(samples).max(), 48_000)
    return path


def test_the_devices_are_listed_by_name(sound: VirtualSound) -> None:
    before = device_fingerprint()
    first, *others = input_devices()
    assert (first.id, first.name, first.kind) == (MICROPHONE, "Virtual microphone", "microphone")
    assert first.is_default and (first.sample_rate, first.n_channels) == (48_000, 2)
    assert {(one.name, one.kind) for one in others} == {
        ("Monitor of Mouth", "system"),
        ("Monitor of Speakers", "system"),
    }
    assert [(one.name, one.is_default) for one in output_devices()] == [("Speakers", True), ("Mouth", False)]
    assert device_fingerprint() == before
    sound.unplug_microphone()
    assert device_fingerprint() != before
    assert all(one.kind == "system" for one in input_devices())


def test_five_seconds_of_speech_are_recorded_without_a_gap(sound: VirtualSound, tmp_path: Path) -> None:
    spoken = sound.speak(TEXT, tmp_path / "spoken.wav")
    session = CaptureSession(Microphone(find_input("virtual mic")), Recorder(tmp_path / "recorded.wav"))
    session.start()
    until(lambda: session.state == "recording")
    assert sound.play(spoken).wait(30) == 0
    assert session.stop()
    assert session.error is None and session.n_lost == 0 and session.warning is None
    recorded = read(tmp_path / "recorded.wav")
    # The recording began at any of the card's samples, of which every third becomes one of ours.
    whole = soundfile.read(spoken, dtype="float32")[0]
    originals = [np.concatenate(list(ArraySource(whole[n:], 48_000).blocks())) for n in range(3)]
    original = max(originals, key=lambda one: place_of(one, recorded)[1])
    assert len(original) > 5 * RATE
    assert place_of(original, recorded)[1] > 0.9999
    # Without a gap: the start and the end lie as far apart as they were spoken.
    n = RATE
    start, end = place_of(original[:n], recorded)[0], place_of(original[-2 * n : -n], recorded)[0]
    assert end - start == pytest.approx(len(original) - 2 * n, abs=16)


def test_recording_starts_at_once_and_ends_with_the_last_word(sound: VirtualSound, tmp_path: Path) -> None:
    """A second microphone that runs all the time tells when the first and the last sample were heard."""
    sound.play(noise(tmp_path / "noise.wav", 8.0))
    witness = CaptureSession(Microphone(), Recorder(tmp_path / "witness.wav"))
    witness.start()
    until(lambda: witness.duration > 1.0)

    session = CaptureSession(Microphone(), Recorder(tmp_path / "a.wav"))
    started = time.monotonic()
    session.start()
    until(lambda: session.duration > 1.5)
    stopped = time.monotonic()
    assert session.stop()
    ended = time.monotonic()
    until(lambda: witness.duration > 5.0)
    witness_before = time.monotonic()
    assert witness.stop()
    witness_after = time.monotonic()

    everything, part = read(tmp_path / "witness.wav"), read(tmp_path / "a.wav")
    at, likeness = place_of(part, everything)
    assert likeness > 0.99
    # The witness ended between its two times: that is how exactly its samples can be dated.
    latest = witness_after - (len(everything) - at) / RATE
    earliest = witness_before - (len(everything) - at) / RATE
    assert earliest - started < 0.25
    assert latest + len(part) / RATE >= stopped
    assert earliest + len(part) / RATE <= ended + 0.1


def test_a_microphone_that_is_unplugged_pauses_and_another_one_goes_on(
    sound: VirtualSound, tmp_path: Path
) -> None:
    sound.play(noise(tmp_path / "noise.wav", 20.0))
    session = CaptureSession(Microphone(find_input(MICROPHONE)), Recorder(tmp_path / "a.wav"))
    session.start()
    until(lambda: session.duration > 1.0)
    sound.unplug_microphone()
    until(lambda: session.state == "paused", 5.0)
    assert "Virtual microphone has gone: plug it in again, or choose another device" in str(session.error)
    before = session.recorder.n_samples
    assert len(read(tmp_path / "a.wav")) == before
    session.resume(Microphone(find_input("Monitor of Mouth")))
    until(lambda: session.recorder.n_samples > before + RATE)
    assert session.error is None and session.stop()
    recorded, original = read(tmp_path / "a.wav"), read(tmp_path / "noise.wav")
    for part in (recorded[before - 8_000 : before - 400], recorded[before + 2_000 : before + 10_000]):
        assert place_of(part, original)[1] > 0.99


def test_a_sound_server_that_dies_pauses_the_recording(sound: VirtualSound, tmp_path: Path) -> None:
    session = CaptureSession(Microphone(), Recorder(tmp_path / "a.wav"))
    session.start()
    until(lambda: session.duration > 0.5)
    sound.kill()
    until(lambda: session.state == "paused", 5.0)
    assert "the sound server has gone" in str(session.error)
    assert session.stop()
    assert len(read(tmp_path / "a.wav")) == session.recorder.n_samples > RATE / 2


RECORD = """
import sys
from speechrnn.audio.capture import CaptureSession
from speechrnn.audio.microphone import Microphone
from speechrnn.audio.recorder import Recorder

def tell(n):
    print(session.recorder.n_samples, flush=True)

session = CaptureSession(Microphone(), Recorder(sys.argv[1]), on_recorded=tell)
session.start()
sys.stdin.read()
"""


def test_a_killed_program_leaves_all_but_the_last_moment(sound: VirtualSound, tmp_path: Path) -> None:
    path = tmp_path / "recordings" / "a.wav"
    sound.play(noise(tmp_path / "noise.wav", 20.0))
    program = subprocess.Popen(
        [sys.executable, "-c", RECORD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert program.stdin is not None and program.stdout is not None
    while int(program.stdout.readline() or 10**9) < 2 * RATE:
        pass
    assert unfinished_recordings(path.parent) == ()
    program.kill()
    told = [2 * RATE, *map(int, program.stdout.read().split())]
    program.communicate()
    (left,) = unfinished_recordings(path.parent)
    recovered = read(recover(left))
    assert len(recovered) >= told[-1]
    assert place_of(recovered[: 2 * RATE], read(tmp_path / "noise.wav"))[1] > 0.99
    assert unfinished_recordings(path.parent) == ()


def test_what_the_player_says_is_what_is_heard(sound: VirtualSound, tmp_path: Path) -> None:
    """A microphone at the loudspeakers hears when each part of a file really sounds."""
    path = noise(tmp_path / "noise.wav", 12.0)
    witness = CaptureSession(Microphone(find_input(MONITOR)), Recorder(tmp_path / "heard.wav"))
    witness.start()
    until(lambda: witness.duration > 0.3)
    player = Player(path)
    player.play(3.0)
    until(lambda: player.position > 4.5)
    position, heard_s = player.position, witness.duration
    player.stop()
    assert witness.stop() and player.error is None
    recorded, now = read(tmp_path / "heard.wav"), round(heard_s * RATE)
    at, likeness = place_of(recorded[now - 8_000 : now], read(path))
    assert likeness > 0.99
    # The witness is a few blocks late.
    assert (at + 8_000) / RATE == pytest.approx(position, abs=0.15)


def test_a_player_whose_loudspeakers_go_away_says_so(sound: VirtualSound, tmp_path: Path) -> None:
    (speakers,) = (one for one in output_devices() if one.is_default)
    player = Player(noise(tmp_path / "noise.wav", 20.0), speakers)
    player.play()
    until(lambda: player.position > 0.3)
    number = next(
        line.split()[0]
        for line in sound.pactl("list", "short", "modules").splitlines()
        if f"sink_name={speakers.id}" in line
    )
    sound.pactl("unload-module", number)
    until(lambda: player.state == "stopped")
    assert "Speakers has gone: plug it in again, or choose another device" in str(player.error)
    player.stop()


THROUGH_ALSA = """
import sys
import numpy as np
import soundfile
from speechrnn.audio.microphone import Microphone
from speechrnn.audio.portaudio import PortAudio
from speechrnn.audio.recorder import Recorder

system = PortAudio()
(device,) = [one for one in system.inputs() if one.is_default]
microphone = Microphone(device, open_stream=system.open_input)
with Recorder(sys.argv[1]) as recorder:
    for block in microphone.blocks():
        recorder.append(block)
        if recorder.duration > 3:
            microphone.close()
output = system.open_output(None, 48_000, 2)
samples = soundfile.read(sys.argv[2], dtype="float32", always_2d=True)[0].repeat(2, axis=1)[:96_000]
while len(samples):
    samples = samples[output.write(samples, 1.0):]
while output.pending_s() > 0:
    output.write(np.zeros((0, 2), np.float32), 0.02)
output.close()
"""


def test_portaudio_records_and_plays_where_it_is_all_there_is(sound: VirtualSound, tmp_path: Path) -> None:
    """PortAudio reads its configuration once in a process; so it has one of its own."""
    path = noise(tmp_path / "noise.wav", 30.0)
    sound.play(path)
    witness = CaptureSession(Microphone(find_input(MONITOR)), Recorder(tmp_path / "heard.wav"))
    witness.start()
    done = subprocess.run(
        [sys.executable, "-c", THROUGH_ALSA, str(tmp_path / "a.wav"), str(path)],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    if "is not there" in done.stderr or "not enough values" in done.stderr:
        pytest.skip("needs ALSA's plugin for PulseAudio: `make test` installs it on Debian and Ubuntu")
    assert done.returncode == 0, done.stderr
    assert witness.stop()
    original = read(path)
    recorded = read(tmp_path / "a.wav")
    assert place_of(recorded[8_000:], original)[1] > 0.99
    _, likeness = place_of(original[: 2 * RATE - 800], read(tmp_path / "heard.wav"))
    assert likeness > 0.99


def test_the_devices_on_the_command_line(sound: VirtualSound) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "speechrnn", "devices"],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0 and done.stderr == ""
    assert done.stdout.splitlines()[0] == "* microphone  48000 Hz, 2 ch    Virtual microphone"
    assert "* output      48000 Hz, 2 ch    Speakers" in done.stdout.splitlines()
