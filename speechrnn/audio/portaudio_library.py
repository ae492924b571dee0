"""PortAudio itself, of which there is one in a process: set up when needed, and again when devices change.

PortAudio looks for devices once, when it is set up, and setting it up again ends all streams: the list is
made anew only while no stream is open and the system itself says that something has changed (`hotplug.py`).
`portaudio.py` makes devices and streams of it.
"""

from __future__ import annotations

import ctypes
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Literal

from speechrnn.audio.hotplug import system_fingerprint
from speechrnn.errors import AudioDeviceError

Direction = Literal["input", "output"]

LATENCY_S = 0.1  # asked for: Python may be busy for some of it
MOST_CHANNELS = 2  # "default" of ALSA says that it has 128
_USUAL_RATES = (48_000, 44_100, 16_000)
_WASAPI = "Windows WASAPI"


class PortAudioLibrary:
    """The module sounddevice, kept to one thread at a time."""

    def __init__(self) -> None:
        """Loads nothing yet."""
        self._lock = threading.RLock()
        self._n_streams = 0
        self._seen: bytes | None = None

    def devices(self, direction: Direction) -> list[tuple[str, dict[str, Any], bool]]:
        """The devices of the system's best interface: id, PortAudio's description, whether it is the default.

        Raises:
            AudioDeviceError: PortAudio is missing or fails.
        """
        with self._use() as library:
            if not self._n_streams:
                self._look_again(library)
            interface = _interface(library)
            default = interface[f"default_{direction}_device"]
            found = []
            taken: Counter[str] = Counter()
            for index in interface["devices"]:
                info = library.query_devices(index)
                if not info[f"max_{direction}_channels"]:
                    continue
                name = f"{interface['name']}/{info['name']}"
                taken[name] += 1
                # Two of the same make have the same name.
                id_ = name if taken[name] == 1 else f"{name}#{taken[name]}"
                found.append((id_, info, index == default))
            return found

    def open(
        self,
        direction: Direction,
        device: tuple[str | None, str],
        wanted: tuple[int | None, int],
        on_block: Callable[..., None],
        on_end: Callable[[], None],
    ) -> Any:
        """Opens a stream of float32; `start` starts it.

        Args:
            direction: what it is for.
            device: id, or None for the default, and name.
            wanted: sample rate, or None for the device's own, and number of channels at most. The stream says
                what it has got: another rate where the device does not take this one.
            on_block: PortAudio's callback.
            on_end: is called when the stream has ended, whoever ended it.

        Raises:
            AudioDeviceError: the device is missing, busy, or may not be used.
        """
        id_, name = device
        rate, n_channels = wanted
        with self._use() as library:
            info = self._describe(direction, id_, name)
            options: dict[str, Any] = {}
            if direction == "output" and library.query_hostapis(info["hostapi"])["name"] == _WASAPI:
                # Windows in its shared mode takes only the mixer's rate, unless it is told to convert.
                options["extra_settings"] = library.WasapiSettings(auto_convert=True)
            make = library.InputStream if direction == "input" else library.OutputStream
            reason: Exception | None = None
            for one_rate in _rates(rate, info):
                try:
                    return make(
                        samplerate=one_rate,
                        channels=min(n_channels, info[f"max_{direction}_channels"], MOST_CHANNELS),
                        device=info["index"],
                        dtype="float32",
                        latency=max(LATENCY_S, info[f"default_low_{direction}_latency"]),
                        callback=on_block,
                        finished_callback=on_end,
                        **options,
                    )
                except library.PortAudioError as error:
                    reason = reason or error
            raise _cannot_open(name, reason) from reason

    def start(self, stream: Any, name: str) -> None:
        """Starts a stream that `open` has opened; from now on it must be closed with `close`.

        Raises:
            AudioDeviceError: the system refuses after all; the stream is closed.
        """
        with self._use() as library:
            try:
                stream.start()
            except library.PortAudioError as error:
                stream.close()
                raise _cannot_open(name, error) from error
            self._n_streams += 1

    def close(self, stream: Any) -> None:
        """Ends a stream that was started; once only."""
        with self._use():
            self._n_streams -= 1
            # A device that has gone makes these fail; the stream is closed all the same.
            stream.abort(ignore_errors=True)
            stream.close(ignore_errors=True)

    @contextmanager
    def _use(self) -> Iterator[Any]:
        with self._lock:
            # WASAPI fails in a thread that has not entered COM; entering twice does no harm.
            if sys.platform == "win32":
                ctypes.windll.ole32.CoInitializeEx(None, 0)
            try:
                # Sets up PortAudio, which looks for devices: seconds on some computers.
                import sounddevice
            except OSError as error:
                raise AudioDeviceError(
                    f"PortAudio is missing or fails ({error}): install it, on Debian and Ubuntu with "
                    f"`sudo apt-get install libportaudio2`"
                ) from error
            try:
                yield sounddevice
            except sounddevice.PortAudioError as error:
                raise AudioDeviceError(
                    f"PortAudio fails ({error}): see that devices are plugged in"
                ) from error

    def _look_again(self, library: Any) -> None:
        seen = system_fingerprint()
        if self._seen is not None and seen != self._seen:
            library._terminate()
            library._initialize()
        self._seen = seen

    def _describe(self, direction: Direction, id_: str | None, name: str) -> dict[str, Any]:
        for one, info, is_default in self.devices(direction):
            if one == id_ or (id_ is None and is_default):
                return info
        raise AudioDeviceError(f"{name} is not there: plug it in, or choose another device")


def _interface(library: Any) -> dict[str, Any]:
    """WASAPI on Windows, since the default there cuts names off; elsewhere there is one that counts."""
    interfaces: list[dict[str, Any]] = [one for one in library.query_hostapis() if one["devices"]]
    for one in interfaces:
        if one["name"] == _WASAPI:
            return one
    nothing = {"name": "", "devices": [], "default_input_device": -1, "default_output_device": -1}
    return interfaces[0] if interfaces else nothing


def _rates(wanted: int | None, info: dict[str, Any]) -> Sequence[int]:
    """What is wanted, the device's own rate, then those that most can."""
    own = round(info["default_samplerate"])
    return list(dict.fromkeys([wanted or own, own, *_USUAL_RATES]))


def _cannot_open(name: str, reason: Exception | None) -> AudioDeviceError:
    # Both systems say "invalid sample rate" or "host error" where they mean that it is not allowed.
    allowed = {
        "darwin": ", and that this program is allowed in System Settings > Privacy & Security > Microphone",
        "win32": ", and that Settings > Privacy & security > Microphone allows desktop apps",
    }.get(sys.platform, "")
    return AudioDeviceError(
        f"{name} cannot be opened ({reason}): see that it is plugged in and that no other program has taken "
        f"it{allowed}; or choose another device"
    )
