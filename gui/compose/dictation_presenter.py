"""What dictation knows, without Qt: stage, words so far, and how they join what stands on the sheet."""

from __future__ import annotations

from typing import Literal

from gui.live.listening import Listens
from speechrnn.pipeline.live_events import FinalText, PartialText

Stage = Literal["off", "looking", "loading", "listening", "finishing"]
_MOST_SHOWN = 160  # characters of the words that may still change: their end, about two lines
_CLOSING = frozenset(",.;:!?)]}”’»…")
_OPENING = frozenset("([{“‘«")


class DictationPresenter:
    """See the module's docstring.

    Attributes:
        stage: what it does.
        partial: words that may still change.
        device: name of what is listened to; empty for the system's default.
        goes_on: whether the network goes on behind what was said.
        warning: what is wrong with the sound though it comes; empty where all is well.
        problem: why it ended; empty where it was asked to.
    """

    def __init__(self) -> None:
        self.stage: Stage = "off"
        self.partial = ""
        self.device = ""
        self.goes_on = False
        self.warning = ""
        self.problem = ""

    @property
    def busy(self) -> bool:
        """Whether it runs."""
        return self.stage != "off"

    @property
    def shown(self) -> str:
        """The words that may still change, as far as there is room."""
        if len(self.partial) <= _MOST_SHOWN:
            return self.partial
        return "…" + self.partial[-_MOST_SHOWN:].partition(" ")[2]

    def begin(self) -> None:
        """It was asked for."""
        self.stage = "looking"
        self.partial = self.device = self.warning = self.problem = ""

    def take(self, event: object) -> str:
        """Takes what the job says; returns the text that is final, mostly none."""
        if isinstance(event, Listens) and self.stage == "loading":
            self.stage = "listening"
        elif isinstance(event, PartialText):
            self.partial = " ".join(word.text for word in (*event.committed, *event.tail))
        elif isinstance(event, FinalText):
            self.partial = ""
            return " ".join(segment.text for segment in event.segments).strip()
        return ""

    def fail(self, reason: str) -> str:
        """It broke off; returns the words that nobody will put marks to: they are the user's all the same."""
        self.problem = reason
        words, self.partial = self.partial, ""
        return words

    def end(self) -> None:
        """It is over."""
        self.stage, self.partial, self.warning = "off", "", ""


def joined(before: str, said: str, behind: str) -> str:
    """What was said, with the spaces that part it from its neighbours.

    Args:
        before: the text before it; its last character counts.
        said: may be empty.
        behind: the text behind it; its first character counts.

    Example:
        >>> joined("To be,", "or not to be.", "That")
        ' or not to be. '
    """
    if not said:
        return ""
    space = before and not before[-1].isspace() and before[-1] not in _OPENING and said[0] not in _CLOSING
    after = behind and not behind[0].isspace() and behind[0] not in _CLOSING
    return f"{' ' if space else ''}{said}{' ' if after else ''}"
