"""What must happen before Qt, and torch's libraries without stopping the window.

Free of Qt and torch itself, so that it may run first.
"""

from __future__ import annotations

import ctypes
import importlib.util
import logging
import os
import sys
from pathlib import Path

_log = logging.getLogger(__name__)

_LIBRARIES = {"linux": ("libtorch_python.so",), "darwin": ("libtorch_python.dylib",)}


def before_qt() -> None:
    """Loads what must be in the process before Qt's libraries are.

    WORKAROUND torch 2.9 to 2.11 on Windows (pytorch issue 166628): `c10.dll` does not start when Qt has
    brought its own, older C++ runtime first. Loaded first, it gets the one that both can use.
    """
    # Threads of torch that wait shall sleep: spinning, they take the cores from the window and each other.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    folder = _torch_folder()
    if sys.platform != "win32" or folder is None:
        return
    os.add_dll_directory(str(folder))
    try:
        ctypes.CDLL(str(folder / "c10.dll"))
    except OSError as error:
        _log.warning("torch's c10.dll cannot be loaded before Qt: %s", error)


def load_torch_libraries() -> None:
    """Reads torch's libraries into the process, for a thread beside the GUI's; `import torch` is quick then.

    Python's import keeps Python's lock while the system reads and links them, half a second in which no other
    thread of Python runs. A call through ctypes does not. Nothing is lost where that does not work.
    """
    folder = _torch_folder()
    names = _LIBRARIES.get(sys.platform, ())
    if folder is None or not names:
        return
    open_library = ctypes.CDLL(None).dlopen
    open_library.restype = ctypes.c_void_p
    open_library.argtypes = [ctypes.c_char_p, ctypes.c_int]
    # Local: their C++ names would else take the place of those of libraries that come later, such as verovio,
    # which ends the process then.
    for name in names:
        open_library(os.fsencode(folder / name), os.RTLD_LAZY | os.RTLD_LOCAL)


def _torch_folder() -> Path | None:
    """Where torch's libraries lie; torch is not imported."""
    spec = importlib.util.find_spec("torch")
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0]) / "lib"
