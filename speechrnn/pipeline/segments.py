"""From the words of stretches to the segments of a transcript: seams, pauses, punctuation.

Stretches come in order of time, each with its words. Both pipelines, offline and live, write with this, so
that what is final while somebody speaks is what a transcription of the recording gives. A segment comes with
the stretch that completes it; only the words of an overlap wait for the stretch that holds them as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from speechrnn.audio.segmentation import Stretch
from speechrnn.pipeline.seams import join_words
from speechrnn.text.numbers import digits_text
from speechrnn.types import Seconds, Segment, Word

SEGMENT_PAUSE_S = 1.0  # a pause this long between words begins a new segment

Words = tuple[Word, ...]
# Words of a segment, the words before it, whether it ends a sentence -> the words as a reader expects them.
Punctuate = Callable[[Words, Words, bool], Words]


class SegmentWriter:
    """Writes one recording; made by `Recognizer.writer`."""

    def __init__(
        self, punctuate: Punctuate | None, *, digits: bool = False, after: Segment | None = None
    ) -> None:
        """Prepares an empty transcript, or to go on with one.

        Args:
            punctuate: writes marks and capital letters; None leaves words as they are.
            digits: write numbers as digits in the segments' text; words stay words.
            after: the last segment that was written of this recording; what comes before its end is left out.
                The stretches begin with those of `unfinished`.
        """
        self._punctuate, self._digits = punctuate, digits
        self._held: Words = ()  # of the overlap at the end of the last stretch
        self._end = 0.0  # of the last stretch
        self._previous: Words = after.words if after else ()  # the last segment
        self._written_s = after.end if after else -1.0

    def add(self, stretch: Stretch, words: Words) -> tuple[Segment, ...]:
        """The segments that are complete with this stretch.

        Args:
            stretch: the one behind that of the last call.
            words: in order of time, without marks.
        """
        if stretch.overlap_before:
            held, words = join_words(self._held, words, overlap_start=stretch.start, overlap_end=self._end)
        else:
            held = self._held
        n_sure = len(words)
        if stretch.overlap_after:
            border = stretch.end - stretch.overlap_after
            n_sure = sum(word.end <= border for word in words)
        self._held, self._end = words[n_sure:], stretch.end
        return self._written((*held, *words[:n_sure]), stretch.closed)

    def finish(self) -> tuple[Segment, ...]:
        """What still waits when the recording has ended."""
        held, self._held = self._held, ()
        return self._written(held, True)

    def _written(self, run: Words, closed: bool) -> tuple[Segment, ...]:
        parts = parted(run, closed)
        return tuple(
            self._segment(words, closes) for words, closes in parts if words[-1].end > self._written_s
        )

    def _segment(self, words: Words, closes: bool) -> Segment:
        if self._punctuate is not None:
            words = self._punctuate(words, self._previous, closes)
        self._previous = words
        texts = [word.text for word in words]
        text = digits_text(texts) if self._digits else " ".join(texts)
        return Segment(start=words[0].start, end=words[-1].end, text=text, words=words)


def unfinished(stretches: Iterable[Stretch], written: Seconds) -> Iterator[Stretch]:
    """The stretches that have to be heard to go on with a transcript as if there had been no break.

    Left out are those whose words are all written; the last of these is heard again where it overlaps the
    next.

    Args:
        stretches: all of the recording, so that it is cut as it was before.
        written: the end of the last segment that was written, in seconds.
    """
    before: Stretch | None = None
    rest = iter(stretches)
    for stretch in rest:
        # Words that end behind the border come with the next stretch.
        border = stretch.end - stretch.overlap_after
        if border < written:
            before = stretch
            continue
        if before is not None and stretch.overlap_before:
            # What was heard before it has been forgotten, so there is nothing to join its start with.
            yield replace(before, overlap_before=0.0)
        yield stretch
        yield from rest


def parted(run: Sequence[Word], closed: bool) -> Iterator[tuple[Words, bool]]:
    """Cuts a run of words at pauses of `SEGMENT_PAUSE_S`, and tells which part a pause follows.

    Args:
        run: words in order of time.
        closed: whether a pause, or the end of the recording, follows the run; it may also have been cut
            in the middle of a sentence.

    Returns:
        Parts without such a pause inside, none empty, each with whether one follows.
    """
    first = 0
    for here in range(1, len(run)):
        if run[here].start - run[here - 1].end >= SEGMENT_PAUSE_S:
            yield tuple(run[first:here]), True
            first = here
    if run:
        yield tuple(run[first:]), closed
