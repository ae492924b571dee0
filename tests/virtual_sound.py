"""A sound card that tests make for themselves: a private PulseAudio with mouth, microphone and loudspeakers.

What is played into the mouth is what the microphone hears; what is played to the loudspeakers can be recorded
from their monitor. Real time, no hardware, and nothing of the user's own sound is touched.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
import soundfile
import soxr

MOUTH, MICROPHONE, SPEAKERS = "mouth", "virtual_microphone", "speakers"
MONITOR = f"{SPEAKERS}.monitor"
RATE = 48_000  # Hz
START_S = 20.0  # for a daemon on a busy machine

# The way of programs that know ALSA only, as distributions set it up.
_ALSA = """
<confdir:alsa.conf>
pcm.!default { type pulse }
ctl.!default { type pulse }
"""


class VirtualSound:
    """A running private sound server.

    Attributes:
        environment: what a program needs to use it; `virtual_sound` sets it for the test's own process.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        socket = folder / "native"
        alsa = folder / "asound.conf"
        alsa.write_text(_ALSA)
        self.environment: Mapping[str, str] = {
            "PULSE_SERVER": f"unix:{socket}",
            "ALSA_CONFIG_PATH": str(alsa),
            "XDG_RUNTIME_DIR": str(folder),
        }
        own = {"HOME": str(folder), "PULSE_RUNTIME_PATH": str(folder), "XDG_CONFIG_HOME": str(folder)}
        self._log = (folder / "log").open("wb")
        self._daemon = subprocess.Popen(
            [
                *("pulseaudio", "-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1"),
                *("--disable-shm=yes", "--realtime=no", "--high-priority=no"),
                f"--load=module-native-protocol-unix auth-anonymous=1 socket={socket}",
            ],
            env={**os.environ, **self.environment, **own},
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
        )
        self._players: list[subprocess.Popen[bytes]] = []
        self._microphone = ""

    def set_up(self) -> None:
        """Waits for the server and makes the devices."""
        until(lambda: self._daemon.poll() is not None or self._answers(), START_S)
        assert self._daemon.poll() is None, (self._folder / "log").read_text()
        self.load("module-null-sink", f"sink_name={MOUTH}", f"rate={RATE}", _named("sink", "Mouth"))
        self.load("module-null-sink", f"sink_name={SPEAKERS}", f"rate={RATE}", _named("sink", "Speakers"))
        self._microphone = self.load(
            "module-remap-source",
            f"source_name={MICROPHONE}",
            f"master={MOUTH}.monitor",
            _named("source", "Virtual microphone"),
        )
        self.pactl("set-default-source", MICROPHONE)
        self.pactl("set-default-sink", SPEAKERS)
        # Without a listener in a hurry, null sinks work in steps of two seconds, as no hardware does.
        for monitor in (f"{MOUTH}.monitor", MONITOR):
            self._run_aside("parec", "--raw", "--latency-msec=10", f"--device={monitor}")
        until(lambda: len(self.pactl("list", "short", "source-outputs").splitlines()) > 2, START_S)

    def pactl(self, *arguments: str) -> str:
        """Runs a command of the server; returns what it says."""
        return self._run("pactl", *arguments)

    def load(self, module: str, *options: str) -> str:
        """Loads a module of the server; returns its number."""
        return self.pactl("load-module", module, *options).strip()

    def speak(self, text: str, path: Path) -> Path:
        """Writes speech to a WAV file; skips where no synthesizer is installed."""
        if shutil.which("espeak-ng") is None:
            pytest.skip("needs espeak-ng")
        self._run("espeak-ng", "-s", "150", "-w", str(path), text)
        # At the card's rate: the server's own converter is a rough one.
        samples, rate = soundfile.read(path)
        soundfile.write(path, soxr.resample(samples, rate, RATE), RATE)
        return path

    def play(self, path: Path, sink: str = MOUTH) -> subprocess.Popen[bytes]:
        """Plays a WAV file; `wait()` of what it returns waits until it has been heard."""
        return self._run_aside("paplay", f"--device={sink}", "--latency-msec=500", str(path))

    def unplug_microphone(self) -> None:
        """Takes the microphone away, as pulling its plug does."""
        self.pactl("unload-module", self._microphone)

    def kill(self) -> None:
        """Ends the server as a crash would."""
        self._daemon.kill()
        self._daemon.wait()

    def close(self) -> None:
        """Ends everything."""
        for process in (*self._players, self._daemon):
            process.kill()
            process.wait()
        self._log.close()

    def _answers(self) -> bool:
        command = ["pactl", "info"]
        environment = {**os.environ, **self.environment}
        return subprocess.run(command, env=environment, check=False, capture_output=True).returncode == 0

    def _run(self, *command: str) -> str:
        done = subprocess.run(
            command,
            env={**os.environ, **self.environment},
            check=False,
            capture_output=True,
            text=True,
            timeout=START_S,
        )
        assert done.returncode == 0, f"{command} failed: {done.stderr}"
        return done.stdout

    def _run_aside(self, *command: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            command,
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self._log,
        )
        self._players.append(process)
        return process


@contextmanager
def virtual_sound(monkeypatch: pytest.MonkeyPatch) -> Iterator[VirtualSound]:
    """A virtual sound card for the length of a test; skips where it cannot be made."""
    for program in ("pulseaudio", "pactl", "paplay", "parec"):
        if shutil.which(program) is None:
            pytest.skip(f"needs {program}: `make test` installs it on Debian and Ubuntu")
    # Paths of sockets must be short.
    folder = Path(tempfile.mkdtemp(prefix="sound-"))
    sound = None
    try:
        sound = VirtualSound(folder)
        sound.set_up()
        for name, value in sound.environment.items():
            monkeypatch.setenv(name, value)
        yield sound
    finally:
        if sound is not None:
            sound.close()
        shutil.rmtree(folder, ignore_errors=True)


def until(condition: object, timeout_s: float = 10.0) -> None:
    """Waits for something that another thread or process makes true."""
    assert callable(condition)
    never = threading.Event()
    waited = 0.0
    while not condition():
        assert waited < timeout_s, "it did not come about in time"
        never.wait(0.02)
        waited += 0.02


def _named(kind: str, name: str) -> str:
    return f"{kind}_properties=\"device.description='{name}'\""
