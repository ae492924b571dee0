"""What is marked in a transcript: the word that is heard, the caret, a choice, finds. Free of Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from gui.library.document import Document, Place
from gui.library.finding import Match
from speechrnn.transcript.editing import shown_words
from speechrnn.types import Seconds

# A reader of captions wants to see what is likelier wrong than right, and not much more.
DEFAULT_THRESHOLD = 0.5
_BEHIND_ALL = 1_000_000_000  # more words than any line has


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """Everything that is drawn over the text.

    Attributes:
        lit: the word under the playhead.
        caret: the word that keys act on.
        anchor: where a choice of words began; it reaches to the caret. None without a choice.
        threshold: words less sure than this are underlined.
        finds: what a search found, by line.
        find: the one that is shown.
    """

    lit: Place | None = None
    caret: Place | None = None
    anchor: Place | None = None
    threshold: float = DEFAULT_THRESHOLD
    finds: Mapping[int, tuple[Match, ...]] = field(default_factory=lambda: MappingProxyType({}))
    find: Match | None = None

    def choice(self) -> tuple[Place, Place] | None:
        """First and last word of the choice; None without one."""
        if self.anchor is None or self.caret is None or self.anchor == self.caret:
            return None
        return min(self.anchor, self.caret), max(self.anchor, self.caret)

    def lines(self) -> range:
        """Numbers of the lines that keys act on: those of the choice, or the caret's."""
        choice = self.choice()
        if choice is not None:
            return range(choice[0].line, choice[1].line + 1)
        return range(0) if self.caret is None else range(self.caret.line, self.caret.line + 1)


def chosen_text(document: Document, first: Place, last: Place) -> str:
    """The words from `first` to `last`, lines as lines."""
    texts = []
    for number in range(first.line, last.line + 1):
        words = shown_words(document.lines[number].segment)
        begin = first.word if number == first.line else 0
        end = last.word + 1 if number == last.line else len(words)
        texts.append(" ".join(word.text for word in words[max(begin, 0) : end]))
    return "\n".join(texts)


def chosen_times(document: Document, first: Place, last: Place) -> tuple[Seconds, Seconds]:
    """When the words from `first` to `last` are heard."""
    return time_of(document, first), end_of(document, last)


def time_of(document: Document, place: Place) -> Seconds:
    """When a word begins; its line's start where the line has no words."""
    segment = document.lines[place.line].segment
    words = shown_words(segment)
    return words[place.word].start if 0 <= place.word < len(words) else segment.start


def end_of(document: Document, place: Place) -> Seconds:
    """When a word ends; its line's end where the line has no words."""
    segment = document.lines[place.line].segment
    words = shown_words(segment)
    return words[place.word].end if 0 <= place.word < len(words) else segment.end


def nearest(document: Document, place: Place | None) -> Place | None:
    """`place` where it exists, else the word nearest to it; None in an empty transcript."""
    if not document.lines:
        return None
    if place is None:
        return Place(0, 0)
    if place.line >= len(document.lines):
        place = Place(len(document.lines) - 1, _BEHIND_ALL)
    line = max(place.line, 0)
    n_words = len(shown_words(document.lines[line].segment))
    return Place(line, max(min(place.word, n_words - 1), 0))


def stepped(document: Document, place: Place, step: int) -> Place:
    """The next word (`step` 1) or the one before (-1), over the ends of lines; `place` at the text's end."""
    word = place.word + step
    if 0 <= word < len(shown_words(document.lines[place.line].segment)):
        return Place(place.line, word)
    line = place.line + step
    if not 0 <= line < len(document.lines):
        return place
    n_words = len(shown_words(document.lines[line].segment))
    return Place(line, 0 if step > 0 else max(n_words - 1, 0))
