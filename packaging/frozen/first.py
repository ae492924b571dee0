"""Runs before everything else in a frozen program, before Qt and before torch.

PyInstaller calls it as a runtime hook: no module of ours may be relied on to be imported yet, and nothing
here may fail.
"""

from __future__ import annotations

import os
import sys
from collections.abc import MutableMapping

# What NumPy and Qt are compiled for (x86-64-v2), by the names of Linux and the numbers of Windows.
_NEEDED = ("sse4_2", "popcnt", "ssse3")
_WINDOWS_SSE42 = 38  # PF_SSE4_2_INSTRUCTIONS_AVAILABLE
_TOO_OLD = (
    "this processor is too old for SpeechRNN: it lacks SSE4.2, which processors have had since about 2011 "
    "(AVX2 is not needed)"
)
_SYSTEMS_PATHS = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")


def give_streams() -> None:
    """Opens what a program without a console lacks: print and warnings must find a stream."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            # Open as long as the process is.
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115


def restore_paths(environment: MutableMapping[str, str]) -> None:
    """Gives programs that we start the library path that the user had.

    PyInstaller's start puts our folder first. This process has read it already; a file manager that we open
    would take our libraries for its own.
    """
    for name in _SYSTEMS_PATHS:
        original = environment.pop(f"{name}_ORIG", None)
        if original is not None:
            environment[name] = original
        else:
            environment.pop(name, None)


def processor_problem(cpuinfo: str) -> str:
    """Why the program cannot run on this processor; empty where it can, or where nobody knows.

    Args:
        cpuinfo: the text of /proc/cpuinfo.
    """
    flags = next((line.split() for line in cpuinfo.splitlines() if line.startswith("flags")), [])
    return _TOO_OLD if flags and not set(_NEEDED) <= set(flags) else ""


def check_processor() -> None:
    """Ends with a plain line where the processor would end it with a crash."""
    problem = ""
    if sys.platform == "linux":
        try:
            with open("/proc/cpuinfo", encoding="utf-8", errors="replace") as file:  # noqa: PTH123
                problem = processor_problem(file.read())
        except OSError:
            return
    elif sys.platform == "win32":
        import ctypes

        if not ctypes.windll.kernel32.IsProcessorFeaturePresent(_WINDOWS_SSE42):
            problem = _TOO_OLD
            ctypes.windll.user32.MessageBoxW(None, problem, "SpeechRNN", 0x10)
    if problem:
        sys.stderr.write(f"speechrnn: {problem}\n")
        raise SystemExit(1)


def main() -> None:
    """All of it, in order."""
    give_streams()
    restore_paths(os.environ)
    check_processor()


if getattr(sys, "frozen", False):
    main()
