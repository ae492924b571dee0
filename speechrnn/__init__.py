"""SpeechRNN: captions, transcripts, text and music by recurrent networks, offline.

The public interface is what `__all__` lists; everything else may change. Names are resolved on
first use (PEP 562), so that `import speechrnn` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from speechrnn.errors import SpeechRnnError
    from speechrnn.types import SAMPLE_RATE, Segment, Word

_HOMES = {
    "SAMPLE_RATE": "speechrnn.types",
    "Segment": "speechrnn.types",
    "SpeechRnnError": "speechrnn.errors",
    "Word": "speechrnn.types",
}

__all__ = ["SAMPLE_RATE", "Segment", "SpeechRnnError", "Word", "__version__"]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        import importlib

        return getattr(importlib.import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'speechrnn' has no attribute {name!r}")
