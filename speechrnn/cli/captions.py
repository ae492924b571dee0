"""How live captions are written: into a terminal, as plain lines, or as JSON."""

from __future__ import annotations

import json
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import typer

from speechrnn.types import Word

if TYPE_CHECKING:
    from rich.live import Live

    from speechrnn.pipeline.live_events import LiveEvent


class Captions(ABC):
    """Writes events as they come; used in a `with` block."""

    def __enter__(self) -> Captions:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    @abstractmethod
    def show(self, event: LiveEvent) -> None:
        """Writes one event."""


class PlainCaptions(Captions):
    """Final text only, a line for each segment."""

    def show(self, event: LiveEvent) -> None:
        from speechrnn.pipeline.live_events import FinalText

        if isinstance(event, FinalText):
            for segment in event.segments:
                typer.echo(segment.text)


class JsonCaptions(Captions):
    """Every event as a line of JSON."""

    def show(self, event: LiveEvent) -> None:
        fields = _as_object(event)
        if fields is not None:
            typer.echo(json.dumps(fields, ensure_ascii=False))


class TerminalCaptions(Captions):
    """Final text as lines that stay, below them the utterance in progress, which is rewritten."""

    def __init__(self, live: Live) -> None:
        self._live = live

    def __enter__(self) -> Captions:
        self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._live.stop()

    def show(self, event: LiveEvent) -> None:
        from rich.text import Text

        from speechrnn.pipeline.live_events import FinalText, PartialText

        if isinstance(event, FinalText):
            self._live.update(Text(""))
            for segment in event.segments:
                self._live.console.print(Text(segment.text))
        elif isinstance(event, PartialText):
            text = Text(_text(event.committed))
            if event.tail:
                text.append(" " * bool(event.committed))
                text.append(_text(event.tail), style="dim")
            self._live.update(text)
        self._live.refresh()


def terminal_captions() -> Captions | None:
    """Captions for the terminal that stdout is; None where it is none."""
    if not sys.stdout.isatty():
        return None
    # Only a terminal needs it.
    from rich.console import Console
    from rich.live import Live

    console = Console(highlight=False)
    return TerminalCaptions(
        Live(console=console, auto_refresh=False, transient=True, vertical_overflow="visible")
    )


def _text(words: Iterable[Word]) -> str:
    return " ".join(word.text for word in words)


def _as_object(event: LiveEvent) -> dict[str, Any] | None:
    """The event as it stands in JSON; None for those that are pictures."""
    from speechrnn.pipeline.live_events import FinalText, PartialText, Progress
    from speechrnn.transcript.document import segment_object

    match event:
        case PartialText():
            return {
                "event": "partial",
                "committed": _text(event.committed),
                "tail": _text(event.tail),
                "heard_s": round(event.heard, 3),
            }
        case FinalText():
            return {"event": "final", "segments": [segment_object(s) for s in event.segments]}
        case Progress():
            return {
                "event": "progress",
                "heard_s": round(event.heard_s, 3),
                "behind_s": round(event.behind_s, 3),
                "latency_s": None if event.latency_s is None else round(event.latency_s, 3),
                "load": round(event.load, 3),
            }
        case _:
            return None
