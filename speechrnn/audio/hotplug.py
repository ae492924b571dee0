"""Tells cheaply whether sound devices came or went, where PortAudio does not look again by itself.

Each system is asked in its own way for what it has now; the answers are compared, never read.
"""

from __future__ import annotations

import ctypes
import struct
import sys
from pathlib import Path


def system_fingerprint() -> bytes:
    """Other bytes whenever devices came or went; empty where the system does not say."""
    try:
        if sys.platform == "win32":
            return _windows_devices()
        if sys.platform == "darwin":
            return _mac_devices()
        return Path("/proc/asound/cards").read_bytes()
    except (OSError, AttributeError):
        return b""


def _windows_devices() -> bytes:
    """The names of all inputs and outputs, as the oldest interface gives them: it is always up to date."""
    library = ctypes.CDLL("winmm")
    name_at, name_bytes = 8, 64  # in WAVEINCAPSW and WAVEOUTCAPSW: after two WORDs and a DWORD, 32 characters
    answer = ctypes.create_string_buffer(256)
    names = []
    for direction in ("In", "Out"):
        n_devices = getattr(library, f"wave{direction}GetNumDevs")()
        describe = getattr(library, f"wave{direction}GetDevCapsW")
        for index in range(n_devices):
            # Their sizes are 80 and 84; the shorter is enough for the name, and both take less.
            if describe(ctypes.c_size_t(index), answer, name_at + name_bytes + 8) == 0:
                names.append(answer.raw[name_at : name_at + name_bytes])
    return b"\n".join(names)


def _mac_devices() -> bytes:
    """The numbers of all devices and of the defaults."""
    library = ctypes.CDLL("/System/Library/Frameworks/CoreAudio.framework/CoreAudio")
    answer = ctypes.create_string_buffer(4096)
    found = []
    for selector in (b"dev#", b"dIn ", b"dOut"):  # kAudioHardwarePropertyDevices, ...DefaultInputDevice, ...
        address = struct.pack("=III", *(int.from_bytes(code) for code in (selector, b"glob")), 0)
        size = ctypes.c_uint32(len(answer))
        system_object = ctypes.c_uint32(1)
        code = library.AudioObjectGetPropertyData(
            system_object, address, ctypes.c_uint32(0), None, ctypes.byref(size), answer
        )
        if code == 0:
            found.append(answer.raw[: size.value])
    return b"\n".join(found)
