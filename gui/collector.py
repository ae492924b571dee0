"""Python's garbage collection, in the GUI thread only.

Python collects cycles in whatever thread happens to allocate: in a job it would destroy widgets there, which
crashes, and reading a model would stop the window for a tenth of a second, again and again. Here it runs
between two events, and what has lived long, such as a model, is not looked through again.
"""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QObject, QTimer

_LOOK_MS = 200
_SLOW_S = 0.02  # a collection that takes longer makes what is alive permanent


def keep_alive() -> None:
    """Makes what was just made permanent, such as the words of a long text that is open from now on.

    Looking through half a million of them would stop the window for a third of a second. Does nothing where
    Python collects by itself.
    """
    if not gc.isenabled():
        gc.freeze()


class Collector(QObject):
    """Takes the collection over as long as it lives, from `start` to `stop`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """From now on nothing is collected but here."""
        gc.disable()
        # What the imports have made stays.
        gc.freeze()
        self._timer.start()

    def stop(self) -> None:
        """Gives it back to Python."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    def look(self) -> None:
        """Collects what Python would have collected by now."""
        counts, limits = gc.get_count(), gc.get_threshold()
        due = [generation for generation in range(3) if counts[generation] > limits[generation] > 0]
        if not due:
            return
        began = time.perf_counter()
        gc.collect(max(due))
        if time.perf_counter() - began > _SLOW_S:
            gc.freeze()
