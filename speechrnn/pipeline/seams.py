"""Join the words of two stretches that hold the same bit of speech, so that none is lost or doubled.

Where speech runs on for longer than a stretch may be, two neighbours share 1.5 s (`Stretch.overlap_after`).
Each recognizer pass is unsure at its own edge, where a word may be cut, and sure in the other's. Times are
seconds from the start of the recording. Pure; sits between the decoder and the transcript.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from speechrnn.types import Seconds, Word

TOLERANCE_S = 0.25  # the two passes place the middle of a long word at most this far apart
JITTER_S = 0.08  # two frames: words of the two passes may run into each other by as much

Words = tuple[Word, ...]


def join_words(
    left: Sequence[Word], right: Sequence[Word], *, overlap_start: Seconds, overlap_end: Seconds
) -> tuple[Words, Words]:
    """Choose for each word of an overlap the stretch to take it from.

    Words that both passes heard alike, at the same time, pin the seam: if the longest run of them goes past
    the middle of the overlap, the seam falls there in the run. If not, it falls in the pause (of both
    passes) nearest to the middle, on that side of the run. So a word is taken from the stretch in which it
    is farther from the edge.

    Args:
        left: words of the earlier stretch, in order of time; the stretch ends at `overlap_end`.
        right: words of the later stretch, in order of time; the stretch starts at `overlap_start`.
        overlap_start: seconds.
        overlap_end: seconds, after `overlap_start`.

    Returns:
        The words to keep of `left` and of `right`; one behind the other they are in order of time. The two
        that meet at the seam are shortened to where they touch, if they ran into each other.

    Example:
        >>> def word(text, start, end):
        ...     return Word(text=text, start=start, end=end, confidence=1.0)
        >>> kept = join_words(
        ...     [word("one", 8.0, 8.4), word("two", 8.9, 9.2), word("thr", 9.4, 9.5)],
        ...     [word("wo", 9.0, 9.2), word("three", 9.4, 9.8), word("four", 10.0, 10.3)],
        ...     overlap_start=8.9, overlap_end=9.5)
        >>> [word.text for part in kept for word in part]
        ['one', 'two', 'three', 'four']
    """
    middle = (overlap_start + overlap_end) / 2
    # Only what can be in the overlap is compared; the rest belongs to its own stretch anyway.
    n_before = sum(word.end <= overlap_start for word in left)
    n_within = sum(word.start < overlap_end for word in right)
    ours, theirs = tuple(left[n_before:]), tuple(right[:n_within])
    run = _best_run(ours, theirs)
    n_early = sum(_middle(ours[i]) + _middle(theirs[j]) < 2 * middle for i, j in run)
    if 0 < n_early < len(run):
        i, j = run[n_early]
        kept_ours, kept_theirs = ours[:i], theirs[j:]
    else:
        # The run is on one side of the middle; what lies between it and the other edge is still open.
        i, j = (run[-1][0] + 1, run[-1][1] + 1) if n_early else (0, 0)
        open_ours, open_theirs = ours[i:], theirs[j:]
        if run and not n_early:
            open_ours, open_theirs = ours[: run[0][0]], theirs[: run[0][1]]
        open_ours, open_theirs = _seam_in_pause(open_ours, open_theirs, overlap_start, overlap_end)
        kept_ours = (*ours[:i], *open_ours)
        kept_theirs = (*open_theirs, *(theirs[run[0][1] :] if run and not n_early else ()))
    return _touching((*left[:n_before], *kept_ours), (*kept_theirs, *right[n_within:]))


def _middle(word: Word) -> Seconds:
    return (word.start + word.end) / 2


def _agreement(ours: Word, theirs: Word) -> float:
    """How surely two words are one: 0 for other texts or times, up to 1 for the same middle."""
    if ours.text.casefold() != theirs.text.casefold() or not _same_time(ours, theirs):
        return 0.0
    return max(0.0, 1.0 - abs(_middle(ours) - _middle(theirs)) / TOLERANCE_S)


def _best_run(ours: Words, theirs: Words) -> list[tuple[int, int]]:
    """The run of common words with the largest sum of agreements, as pairs of indices.

    The sum, and not the number of words: in "no no no no" a run shifted by one word can be the longest.
    """
    best: list[tuple[int, int]] = []
    best_score = 0.0
    for first_ours in range(len(ours)):
        for first_theirs in range(len(theirs)):
            run: list[tuple[int, int]] = []
            score = 0.0
            for pair in zip(range(first_ours, len(ours)), range(first_theirs, len(theirs)), strict=False):
                agreement = _agreement(ours[pair[0]], theirs[pair[1]])
                if not agreement:
                    break
                run.append(pair)
                score += agreement
            if score > best_score:
                best, best_score = run, score
    return best


def _seam_in_pause(
    ours: Words, theirs: Words, overlap_start: Seconds, overlap_end: Seconds
) -> tuple[Words, Words]:
    middle = (overlap_start + overlap_end) / 2
    words = ours + theirs
    times = [middle, *(word.start for word in words), *(word.end for word in words)]
    # A pause nearer to an edge would trust a pass where it may have heard anything.
    reach = (overlap_end - overlap_start) / 4
    inside = [time for time in times if abs(time - middle) <= reach]

    def cost(time: Seconds) -> tuple[float, float]:
        cut = sum(max(0.0, min(time - word.start, word.end - time)) for word in words)
        return max(0.0, cut - JITTER_S), abs(time - middle)

    seam = min(inside, key=cost)
    kept_ours = tuple(word for word in ours if _middle(word) < seam)
    kept_theirs = tuple(word for word in theirs if _middle(word) >= seam)
    first_dropped = next((word for word in ours if _middle(word) >= seam), None)
    last_dropped = next((word for word in reversed(theirs) if _middle(word) < seam), None)
    if kept_ours and kept_theirs and _same_time(kept_ours[-1], kept_theirs[0]):
        # Heard on both sides of the seam: once is enough.
        if _trusts_left(kept_ours[-1], kept_theirs[0], overlap_start, overlap_end):
            return kept_ours, kept_theirs[1:]
        return kept_ours[:-1], kept_theirs
    if first_dropped and last_dropped and _same_time(first_dropped, last_dropped):
        # Each pass placed it on the other's side: it must not be lost.
        if _trusts_left(first_dropped, last_dropped, overlap_start, overlap_end):
            return (*kept_ours, first_dropped), kept_theirs
        return kept_ours, (last_dropped, *kept_theirs)
    return kept_ours, kept_theirs


def _same_time(one: Word, other: Word) -> bool:
    """Whether two words have at least half of the shorter one in common."""
    common = min(one.end, other.end) - max(one.start, other.start)
    return common >= min(one.end - one.start, other.end - other.start) / 2


def _trusts_left(ours: Word, theirs: Word, overlap_start: Seconds, overlap_end: Seconds) -> bool:
    """Whether our word is farther from our edge than theirs from theirs."""
    return overlap_end - ours.end >= theirs.start - overlap_start


def _touching(left: Words, right: Words) -> tuple[Words, Words]:
    """Let the two words at the seam meet where they ran into each other by the passes' rounding."""
    if not left or not right or left[-1].end <= right[0].start:
        return left, right
    last, first = left[-1], right[0]
    border = min(max((last.end + first.start) / 2, last.start), first.end)
    return (
        (*left[:-1], replace(last, end=border)),
        (replace(first, start=border), *right[1:]),
    )
