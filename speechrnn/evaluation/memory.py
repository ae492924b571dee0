"""How much memory the machine has, and how much of it programs can still get."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def machine_memory_bytes() -> tuple[int | None, int | None]:
    """What is available and what there is in all; None where the system does not tell."""
    if sys.platform == "win32":
        return _on_windows()
    try:
        lines = Path("/proc/meminfo").read_text("ascii", errors="replace").splitlines()
        sizes = {
            name: int(rest.split()[0]) * 1024 for name, _, rest in (line.partition(":") for line in lines)
        }
        return sizes.get("MemAvailable"), sizes.get("MemTotal")
    except (OSError, ValueError, IndexError):
        pass
    try:
        # macOS does not say in one number what can still be had.
        return None, os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return None, None


def _on_windows() -> tuple[int | None, int | None]:
    import ctypes  # only here

    class Status(ctypes.Structure):
        """MEMORYSTATUSEX of sysinfoapi.h."""

        _fields_ = (
            ("dwLength", ctypes.c_uint32),
            ("dwMemoryLoad", ctypes.c_uint32),
            ("ullTotalPhys", ctypes.c_uint64),
            ("ullAvailPhys", ctypes.c_uint64),
            ("ullTotalPageFile", ctypes.c_uint64),
            ("ullAvailPageFile", ctypes.c_uint64),
            ("ullTotalVirtual", ctypes.c_uint64),
            ("ullAvailVirtual", ctypes.c_uint64),
            ("ullAvailExtendedVirtual", ctypes.c_uint64),
        )

    status = Status()
    status.dwLength = ctypes.sizeof(status)
    kernel = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined, unused-ignore]
    if not kernel.GlobalMemoryStatusEx(ctypes.byref(status)):
        return None, None
    return int(status.ullAvailPhys), int(status.ullTotalPhys)
