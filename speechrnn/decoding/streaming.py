"""Which words of a search that goes on will not change any more, as far as the reader is concerned.

Frames count from the start of the utterance, ends are exclusive. Pure. Sits between `BeamStream` and the
captions: what is committed here stays on the screen until the utterance is final.

A word is committed when all paths that the beam still holds agree on it: then the search cannot change it.
That takes four seconds on average, as paths part for good over two spellings of one name; so a word is also
committed when it has stood unchanged while a second of audio went on. The search may still leave such a word,
once in hundreds; the caption does not, and what the search now says of the time behind it goes on from there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from speechrnn.decoding.beam import PartialPath
from speechrnn.decoding.hypothesis import WordSpan
from speechrnn.ranges import check_ranges


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitOptions:
    """When words that the beam may still leave are committed all the same.

    Attributes:
        unchanged_frames: of audio through which a word has been the same, 0..1000. With 16 (0.64 s) one
            committed word in a hundred was left by the search, with 24 none at chunks of 16 frames.
        behind_frames: of emissions behind the word's end, 0..1000.
    """

    unchanged_frames: int = 24
    behind_frames: int = 8

    def __post_init__(self) -> None:
        check_ranges(self, ("unchanged_frames", 0, 1000), ("behind_frames", 0, 1000), prefix="commit option ")


class CommittedWords:
    """The words of one utterance: those that stay, and those behind them that may change.

    Attributes:
        committed: from update to update they only grow.
        tail: in order of time, behind the committed ones.
    """

    def __init__(self, options: CommitOptions | None = None) -> None:
        self._options = options or CommitOptions()
        self._since: list[int] = []  # for each word of the tail, the frames fed when it first stood there
        self.committed: tuple[WordSpan, ...] = ()
        self.tail: tuple[WordSpan, ...] = ()

    def update(self, path: PartialPath, n_frames: int) -> None:
        """Takes the best path after another look at the beam.

        Args:
            path: of the search.
            n_frames: how many frames the search has been fed.
        """
        n_before = self._n_behind(path.words)
        tail = path.words[n_before:]
        since = [self._since_when(word, n_frames) for word in tail]
        n_sure = max(0, path.n_agreed - n_before)
        while n_sure < len(tail) and self._is_settled(tail[n_sure], since[n_sure], n_frames):
            n_sure += 1
        self.committed += tail[:n_sure]
        self.tail, self._since = tail[n_sure:], since[n_sure:]

    def rebase(self, origin: int, keep_from: int) -> None:
        """Goes on with a search that begins at a later frame.

        Args:
            origin: the frame that is frame 0 from now on.
            keep_from: words whose middle lies before this frame, as counted so far, are final and dropped.
        """
        old, since = self.tail, self._since
        self.committed = tuple(_earlier(w, origin) for w in self.committed if _middle(w) >= keep_from)
        self.tail = tuple(_earlier(w, origin) for w in old if _middle(w) >= keep_from)
        self._since = [n - origin for w, n in zip(old, since, strict=True) if _middle(w) >= keep_from]

    def _is_settled(self, word: WordSpan, since: int, n_frames: int) -> bool:
        unchanged, behind = n_frames - since, n_frames - word.end_frame
        return unchanged >= self._options.unchanged_frames and behind >= self._options.behind_frames

    def _n_behind(self, words: tuple[WordSpan, ...]) -> int:
        """How many words of a path the committed ones stand for."""
        if not self.committed:
            return 0
        last = self.committed[-1]
        same = words[: len(self.committed)]
        # Not by time alone: later frames may move a word a little.
        alike = [word.text for word in same] == [word.text for word in self.committed]
        if alike and same[-1].start_frame < last.end_frame:
            return len(same)
        return sum(_middle(word) < last.end_frame for word in words)

    def _since_when(self, word: WordSpan, n_frames: int) -> int:
        for old, since in zip(self.tail, self._since, strict=True):
            common = min(word.end_frame, old.end_frame) - max(word.start_frame, old.start_frame)
            if old.text == word.text and common > 0:
                return since
        return n_frames


def _earlier(word: WordSpan, n_frames: int) -> WordSpan:
    start, end = (max(frame - n_frames, 0) for frame in (word.start_frame, word.end_frame))
    return replace(word, start_frame=start, end_frame=end)


def _middle(word: WordSpan) -> float:
    return (word.start_frame + word.end_frame) / 2
