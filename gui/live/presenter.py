"""What the live page shows, without Qt: the text so far, and how well recognition keeps up."""

from __future__ import annotations

from dataclasses import dataclass, field

from gui.live.session import SessionBegan, SessionEnded, SessionEvent, Stage
from speechrnn.pipeline.live_events import FinalText, PartialText, Progress
from speechrnn.types import Seconds, Segment, Word

DOUBTFUL = 0.5  # words less sure than this are marked


@dataclass(slots=True)
class LivePresenter:
    """The state of the page; views read it after each event.

    Attributes:
        stage: what the session is doing.
        segments: final text, in order.
        committed: words of the utterance in progress that stay.
        tail: words behind them that may change.
        progress: how recognition keeps up; None before the first word of it.
        entry_id: of the running or last session; None before the first.
        marks: times of the markers.
    """

    stage: Stage = "idle"
    segments: list[Segment] = field(default_factory=list)
    committed: tuple[Word, ...] = ()
    tail: tuple[Word, ...] = ()
    progress: Progress | None = None
    entry_id: int | None = None
    marks: list[Seconds] = field(default_factory=list)

    def begin(self) -> None:
        """Empties the page for a new session."""
        self.stage = "starting"
        self.segments.clear()
        self.marks.clear()
        self.committed = self.tail = ()
        self.progress = self.entry_id = None

    def take(self, event: SessionEvent) -> bool:
        """Takes an event of the session.

        Returns:
            Whether the text has changed.
        """
        if isinstance(event, PartialText):
            changed = (self.committed, self.tail) != (event.committed, event.tail)
            self.committed, self.tail = event.committed, event.tail
            return changed
        if isinstance(event, FinalText):
            self.segments.extend(event.segments)
            self.committed = self.tail = ()
            return True
        if isinstance(event, Progress):
            self.progress = event
        elif isinstance(event, SessionBegan):
            self.entry_id = event.entry_id
        elif isinstance(event, SessionEnded):
            self.stage = "idle"
        return False

    @property
    def n_words(self) -> int:
        """Words of the final text."""
        return sum(len(segment.words) for segment in self.segments)

    @property
    def has_text(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.segments or self.committed or self.tail)

    def plain_text(self) -> str:
        """All that was said, a segment a line."""
        lines = [segment.text for segment in self.segments]
        partial = " ".join(word.text for word in (*self.committed, *self.tail))
        return "\n".join([*lines, partial] if partial else lines)

    def last_words(self, n_characters: int) -> tuple[str, str]:
        """The end of the text for the overlay: what stays, and the tail.

        Args:
            n_characters: about how many to give; whole words are kept.
        """
        tail = " ".join(word.text for word in self.tail)
        partial = " ".join(word.text for word in self.committed)
        fixed = partial
        for segment in reversed(self.segments):
            if len(fixed) + len(tail) > n_characters:
                break
            fixed = f"{segment.text} {fixed}".rstrip()
        excess = len(fixed) + len(tail) - n_characters
        if excess > 0:
            cut = fixed.find(" ", excess)
            fixed = fixed[cut + 1 :] if cut >= 0 else ""
        return fixed, tail
