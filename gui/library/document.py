"""The transcript while it is open: its lines, and every change with its way back.

A place in the text is a pair of numbers, line and word; words are those that the prose shows
(`shown_words`). Free of Qt, used from the GUI thread only. `edits.py` makes the edits, `saving.py` saves what
changed, the views draw it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from speechrnn.transcript.editing import Line, shown_words
from speechrnn.types import Seconds, Word

EditKind = Literal[
    "text", "word", "confirm", "split", "merge", "time", "speaker", "rename", "replace", "remove"
]
_LINGER_S = 0.3  # the light goes out a moment after the line, so that it does not blink between two
# A typist undoes thoughts, not days: far more steps than anyone takes back, far less than memory holds.
_MAX_STEPS = 1000


class Place(NamedTuple):
    """A word: the number of its line, and its number there."""

    line: int
    word: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Lines that stand in the place of others.

    Attributes:
        at: number of the first line.
        removed: what stood there; may be empty.
        inserted: what stands there now; may be empty.
    """

    at: int
    removed: tuple[Line, ...]
    inserted: tuple[Line, ...]

    def inverse(self) -> Change:
        """The change that takes this one back."""
        return Change(at=self.at, removed=self.inserted, inserted=self.removed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One step of undo.

    Attributes:
        kind: what was done, for the menu.
        changes: in the order in which they were made; a place is meant after the changes before it.
        run: edits that follow each other with the same `run` are one step, such as the letters of one line
            that is being typed; None stands alone.
    """

    kind: EditKind
    changes: tuple[Change, ...]
    run: object | None = None

    def inverse(self) -> Edit:
        """The edit that takes this one back."""
        changes = tuple(change.inverse() for change in reversed(self.changes))
        return Edit(kind=self.kind, changes=changes)


def edit_of(
    kind: EditKind, lines: Sequence[Line], changed: Mapping[int, Line], *, run: object | None = None
) -> Edit:
    """The edit that puts each of `changed` in the place of the line of its number."""
    changes = tuple(
        Change(at=number, removed=(lines[number],), inserted=(line,))
        for number, line in changed.items()
        if line is not lines[number] and line != lines[number]
    )
    return Edit(kind=kind, changes=changes, run=run)


class Document:
    """The lines, with undo and redo.

    Attributes:
        version: changes with every edit, undo and redo; what is saved remembers which one it saw.
        changed: called after each edit with its changes; the views set it.
    """

    def __init__(self, lines: Iterable[Line]) -> None:
        self._lines = list(lines)
        self._starts: list[Seconds] | None = None
        self._done: list[Edit] = []
        self._undone: list[Edit] = []
        self.version = 0
        self.changed: list[Callable[[Sequence[Change]], None]] = []

    @property
    def lines(self) -> Sequence[Line]:
        """The lines in order; look, never touch."""
        return self._lines

    def extend(self, lines: Iterable[Line]) -> None:
        """Adds lines that were read later; that is no edit, and no step of undo."""
        change = Change(at=len(self._lines), removed=(), inserted=tuple(lines))
        self._lines += change.inserted
        self._starts = None
        self._tell((change,))

    def apply(self, edit: Edit) -> None:
        """Makes an edit; an edit without changes is no step."""
        if not edit.changes:
            return
        self._make(edit.changes)
        self._undone.clear()
        self._keep(edit)
        self._tell(edit.changes)

    def undo(self) -> Edit | None:
        """Takes the last step back and returns what was done to that end; None when there is no step."""
        return self._step(self._done, self._undone)

    def redo(self) -> Edit | None:
        """Makes the step again that was taken back last; None when there is none."""
        return self._step(self._undone, self._done)

    def undo_kind(self) -> EditKind | None:
        """What `undo` would take back."""
        return self._done[-1].kind if self._done else None

    def redo_kind(self) -> EditKind | None:
        """What `redo` would do again."""
        return self._undone[-1].kind if self._undone else None

    def line_at(self, time: Seconds) -> int:
        """Number of the last line that has begun at `time`; 0 before the first, -1 without lines."""
        if self._starts is None:
            self._starts = [line.segment.start for line in self._lines]
        return max(bisect_right(self._starts, time) - 1, 0) if self._lines else -1

    def word_at(self, time: Seconds) -> Place | None:
        """The word that is heard at `time`: the last that has begun, while its line has not ended."""
        number = self.line_at(time)
        if number < 0:
            return None
        segment = self._lines[number].segment
        words = shown_words(segment)
        if not words or not words[0].start <= time < segment.end + _LINGER_S:
            return None
        return Place(number, bisect_right(words, time, key=lambda word: word.start) - 1)

    def word(self, place: Place) -> Word:
        """The word at `place`."""
        return shown_words(self._lines[place.line].segment)[place.word]

    def speakers(self) -> tuple[str, ...]:
        """Every name that occurs, in order of the first line that has it."""
        return tuple(dict.fromkeys(line.speaker for line in self._lines if line.speaker))

    def _keep(self, edit: Edit) -> None:
        last = self._done[-1] if self._done else None
        if last is not None and edit.run is not None and last.run == edit.run:
            self._done[-1] = _joined(last, edit)
        else:
            self._done.append(edit)
            del self._done[:-_MAX_STEPS]

    def _step(self, source: list[Edit], target: list[Edit]) -> Edit | None:
        if not source:
            return None
        edit = source.pop().inverse()
        target.append(edit)
        self._make(edit.changes)
        self._tell(edit.changes)
        return edit

    def _make(self, changes: Sequence[Change]) -> None:
        for change in changes:
            self._lines[change.at : change.at + len(change.removed)] = change.inserted
        self._starts = None
        self.version += 1

    def _tell(self, changes: Sequence[Change]) -> None:
        for listener in self.changed:
            listener(changes)


def _joined(first: Edit, second: Edit) -> Edit:
    """Two edits of one run as one; of two changes of the same lines only the ends are kept."""
    before, after = first.changes[-1], second.changes[0]
    if len(first.changes) == len(second.changes) == 1 and (before.at, before.inserted) == (
        after.at,
        after.removed,
    ):
        whole = Change(at=before.at, removed=before.removed, inserted=after.inserted)
        return Edit(kind=first.kind, changes=(whole,), run=first.run)
    return Edit(kind=first.kind, changes=first.changes + second.changes, run=first.run)
