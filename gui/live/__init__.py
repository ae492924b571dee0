"""The live page: captions while somebody speaks, recorded from the first moment."""

from gui.live.view import LivePage

__all__ = ["LivePage"]
