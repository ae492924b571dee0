"""The whole sheet as spans, read in small pieces: a long one would hold the window up when it is kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QTimer

from gui.compose.text_editor import TextEditor

Spans = list[tuple[str, float, int]]
_SLICE_S = 0.008  # at a time
_LOOK = 64  # spans from one look at the clock to the next


class SpanReader(QObject):
    """Reads a sheet while the window goes on; what changes meanwhile is read again."""

    def __init__(self, editor: TextEditor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._then: Callable[[Spans], object] | None = None
        self._spans: Spans = []
        self._source: Iterator[tuple[str, float, int]] = iter(())
        self._revision = -1
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._go_on)

    def begin(self, then: Callable[[Spans], object]) -> None:
        """Reads, and gives the spans to a function; one that waits for an earlier reading gets none."""
        self._then, self._revision = then, -1
        self._timer.start()

    def stop(self) -> None:
        """Nothing more is read."""
        self._timer.stop()
        self._then = None

    def _go_on(self) -> None:
        revision = self._editor.document().revision()
        if revision != self._revision:
            self._revision, self._spans, self._source = revision, [], self._editor.spans()
        end = time.perf_counter() + _SLICE_S
        for number, span in enumerate(self._source):
            self._spans.append(span)
            if number % _LOOK == _LOOK - 1 and time.perf_counter() > end:
                return
        then, spans = self._then, self._spans
        self.stop()
        self._spans = []
        if then is not None:
            then(spans)
