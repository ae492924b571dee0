"""Where the program keeps what is the user's: settings, library, recordings, exports.

The environment variable SPEECHRNN_HOME puts all of it into one folder, for a program on a stick and
for tests. No folder is made here.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

VARIABLE = "SPEECHRNN_HOME"


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The places of one user.

    Attributes:
        settings: the settings file.
        library: folder of the library.
        recordings: folder where live recordings go unless the settings name another.
        exports: folder where exports go unless the settings name another.
    """

    settings: Path
    library: Path
    recordings: Path
    exports: Path


def places() -> Places:
    """The places of this user on this system, or below SPEECHRNN_HOME where that is set."""
    home = os.environ.get(VARIABLE, "")
    if home:
        root = Path(home).expanduser().absolute()
        return Places(
            settings=root / "settings.toml",
            library=root / "library",
            recordings=root / "recordings",
            exports=root / "exports",
        )
    # platformdirs is not needed to print a help text.
    import platformdirs

    # Recordings and exports are documents: they lie where their owner looks for them.
    documents = Path(platformdirs.user_documents_dir()) / "SpeechRNN"
    return Places(
        settings=Path(platformdirs.user_config_dir("speechrnn", appauthor=False)) / "settings.toml",
        library=Path(platformdirs.user_data_dir("speechrnn", appauthor=False)) / "library",
        recordings=documents / "Recordings",
        exports=documents / "Exports",
    )
