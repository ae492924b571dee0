"""What a hand can do to an open transcript, each as one edit with its way back.

Thin over `speechrnn.transcript.editing`, which keeps the times: here are the places and the limits of
neighbours. An edit that would change nothing has no changes. Free of Qt.
"""

from __future__ import annotations

from collections.abc import Iterable

from gui.library.document import Change, Document, Edit, Place, edit_of
from speechrnn.transcript import editing
from speechrnn.transcript.editing import Line, shown_words
from speechrnn.types import Seconds

NUDGE_S = 0.1


def set_text(document: Document, number: int, base: Line, text: str, run: object | None = None) -> Edit:
    """Other prose for a line.

    Args:
        document: the open transcript.
        number: of the line.
        base: the line as it was when typing began: half a word typed must not cost the word its time.
        text: all of the new prose.
        run: edits of the same typing share it.
    """
    return edit_of("text", document.lines, {number: editing.with_text(base, text)}, run=run)


def set_word(document: Document, place: Place, text: str) -> Edit:
    """Another word in the place of one, such as an alternative; it is sure from then on."""
    line = document.lines[place.line]
    return edit_of("word", document.lines, {place.line: editing.with_word(line, place.word, text)})


def confirm(document: Document, place: Place) -> Edit:
    """A word that a reader found right."""
    line = document.lines[place.line]
    return edit_of("confirm", document.lines, {place.line: editing.confirmed(line, place.word)})


def can_split(document: Document, place: Place) -> bool:
    """Whether there are words on both sides of the place's start."""
    return 0 < place.word < len(shown_words(document.lines[place.line].segment))


def split(document: Document, place: Place) -> Edit:
    """Two lines, the second from the word on; nothing where one would be empty."""
    if not can_split(document, place):
        return Edit(kind="split", changes=())
    line = document.lines[place.line]
    change = Change(at=place.line, removed=(line,), inserted=editing.split(line, place.word))
    return Edit(kind="split", changes=(change,))


def merge(document: Document, number: int) -> Edit:
    """One line of a line and the next; nothing for the last one."""
    if not 0 <= number < len(document.lines) - 1:
        return Edit(kind="merge", changes=())
    pair = (document.lines[number], document.lines[number + 1])
    return Edit(kind="merge", changes=(Change(at=number, removed=pair, inserted=(editing.merge(*pair),)),))


def nudge(
    document: Document, number: int, *, start_s: float = 0.0, end_s: float = 0.0, duration: Seconds
) -> Edit:
    """A line that begins or ends somewhat earlier or later, but not within its neighbours.

    Args:
        document: the open transcript.
        number: of the line.
        start_s: seconds to add to its start.
        end_s: seconds to add to its end.
        duration: of the recording.
    """
    line, segment = document.lines[number], document.lines[number].segment
    before = document.lines[number - 1].segment.end if number else 0.0
    is_last = number == len(document.lines) - 1
    after = duration if is_last else document.lines[number + 1].segment.start
    moved = editing.with_times(
        line,
        start=round(segment.start + start_s, 3) if start_s else None,
        end=round(segment.end + end_s, 3) if end_s else None,
        # Lines that overlap already may stay so, but not more.
        earliest=min(before, segment.start),
        latest=max(after, segment.end),
    )
    return edit_of("time", document.lines, {number: moved})


def name_speaker(document: Document, numbers: Iterable[int], name: str | None) -> Edit:
    """Who speaks in some lines; None or an empty name for nobody."""
    changed = {number: editing.with_speaker(document.lines[number], name) for number in numbers}
    return edit_of("speaker", document.lines, changed)


def rename_speaker(document: Document, old: str, new: str) -> Edit:
    """Another name for a speaker, wherever he speaks."""
    renamed = editing.renamed_speaker(document.lines, old, new)
    return edit_of("rename", document.lines, dict(enumerate(renamed)))


def remove(document: Document, first: int, last: int) -> Edit:
    """The lines from `first` to `last` taken out."""
    removed = tuple(document.lines[first : last + 1])
    changes = (Change(at=first, removed=removed, inserted=()),) if removed else ()
    return Edit(kind="remove", changes=changes)


def dressed(original: str, alternative: str) -> str:
    """An alternative with the capital letter and the marks of the word that it replaces.

    Example:
        >>> dressed("Their,", "there"), dressed("sun", "son")
        ('There,', 'son')
    """
    letters = [n for n, character in enumerate(original) if character.isalnum()]
    if not letters or not alternative:
        return alternative
    bare = original[letters[0] : letters[-1] + 1]
    word = alternative
    if len(bare) > 1 and bare.isupper():
        word = alternative.upper()
    elif bare[0].isupper():
        word = alternative[0].upper() + alternative[1:]
    return original[: letters[0]] + word + original[letters[-1] + 1 :]
