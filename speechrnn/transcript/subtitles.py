"""Shapes a transcript into subtitle cues that can be read in time.

Within the module times are whole milliseconds, as srt and vtt write them, so that a rule that holds
here holds in the file. Pure. `srt.py` and `vtt.py` write the cues.

The best cutting into cues is found by dynamic programming over all places between two tokens. What each
rule is, and which is given up first where speech is too fast for all, stands at `SubtitleOptions`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, repeat

from speechrnn.errors import ConfigError
from speechrnn.ranges import check_ranges
from speechrnn.transcript.alignment import TimedToken, timed_tokens
from speechrnn.transcript.breaks import break_cost, ends_sentence
from speechrnn.transcript.characters import clusters
from speechrnn.transcript.document import Transcript
from speechrnn.transcript.prose import one_line

# Costs on the scale of breaks.py, where the difference between a good and a bad place is about 40.
_CUE_COST = 12.0  # so that a full cue is better than two halves that break well
_INNER_SENTENCE_COST = 4.0  # a sentence that ends inside a cue
_SILENCE_COST_PER_S = 25.0  # words shown before their time, past the pause that everyone makes
_SHORT_PAUSE_MS = 500
_HASTE_COST_PER_S = 60.0  # reading time that is missing
_FLASH_COST = 300.0  # a cue shorter than the minimum
_TOP_HEAVY = 1.3  # a line longer than the mean costs more by this factor when it is not the last
_UNBALANCE_COST = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SubtitleOptions:
    """The rules of shape. The defaults are the usual ones of broadcasters for adults.

    Always kept: every word once and in order, `max_lines`, `max_characters`, `max_s`, `max_pause_s`; cues
    begin with their first word, have one speaker, never overlap and never go back. Where speech is too fast
    to keep the rest, these are given up, in this order: a pleasing place for the break,
    `max_characters_per_s`, `min_gap_s`, `min_s`; and last, where words have no time at all, the cue begins
    some milliseconds after its word.

    Attributes:
        max_lines: lines in a cue, 1..10.
        max_characters: characters in a line, 4..200; a longer word is cut.
        min_s: shortest time that a cue shows, 0..20 s.
        max_s: longest time, `min_s`..60 s and above 0.
        max_characters_per_s: reading speed, 1..100; a line break counts as one character.
        min_gap_s: time without text between cues, 0..2 s.
        max_pause_s: a silence longer than this always ends the cue, 0.2..60 s.
    """

    max_lines: int = 2
    max_characters: int = 42
    min_s: float = 1.0
    max_s: float = 7.0
    max_characters_per_s: float = 17.0
    min_gap_s: float = 0.08  # two frames at 25 frames a second: the eye sees that the text changed
    max_pause_s: float = 1.5

    def __post_init__(self) -> None:
        check_ranges(
            self,
            ("max_lines", 1, 10),
            ("max_characters", 4, 200),
            ("min_s", 0, 20),
            ("max_s", 0.001, 60),
            ("max_characters_per_s", 1, 100),
            ("min_gap_s", 0, 2),
            ("max_pause_s", 0.2, 60),
        )
        if self.max_s < self.min_s:
            raise ConfigError(f"max_s is {self.max_s}; expected min_s ({self.min_s}) or more")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """What is on the screen for a while.

    Attributes:
        start_ms: from the start of the recording, 0 or more.
        end_ms: above `start_ms`.
        lines: from the top; none is empty.
    """

    start_ms: int
    end_ms: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Token:
    text: str
    width: int
    start: int  # ms
    end: int
    turns: bool = False  # another speaker begins here


def cues(transcript: Transcript, options: SubtitleOptions | None = None) -> tuple[Cue, ...]:
    """The cues of a whole recording, in order.

    A cue may show on after its last word, into the silence that follows but not past the recording's end,
    to reach its shortest time and the reading speed.
    """
    options = options or SubtitleOptions()
    tokens = _tokens(transcript, options.max_characters)
    pause_ms = options.max_pause_s * 1000
    starts = [
        i
        for i in range(len(tokens))
        if i == 0 or tokens[i].turns or tokens[i].start - tokens[i - 1].end > pause_ms
    ]
    last_end = max(round(transcript.duration * 1000), tokens[-1].end if tokens else 0)
    shaped: list[Cue] = []
    for first, after in pairwise([*starts, len(tokens)]):
        end = tokens[after].start if after < len(tokens) else last_end
        run = _Run(tokens[first:after], end, after == len(tokens), options)
        # Only where all rules cannot be kept at once does one get weighed against another.
        bounds = run.cut(strict=True) or run.cut(strict=False)
        shaped += [run.cue(i, j) for i, j in pairwise(bounds)]
    return tuple(_one_after_another(shaped))


class _Run:
    """Tokens between two silences that end a cue, and every cue that could be made of them."""

    def __init__(self, tokens: Sequence[_Token], end: int, is_last: bool, options: SubtitleOptions) -> None:
        self._tokens = tokens
        self._end = end  # ms; the next cue's start, or the recording's end
        self._is_last = is_last
        self._options = options
        self._gap = round(options.min_gap_s * 1000)
        self._max = max(math.floor(options.max_s * 1000), 1)
        # The two may lie between the same milliseconds.
        self._min = min(math.ceil(options.min_s * 1000), self._max)

    def cut(self, *, strict: bool) -> list[int]:
        """Bounds of the cheapest cues, from 0 to the number of tokens; empty if `strict` allows none."""
        n_tokens = len(self._tokens)
        cost = [0.0, *[math.inf] * n_tokens]
        origin = [0] * (n_tokens + 1)
        for i in range(n_tokens):
            if cost[i] == math.inf:
                continue
            for j, quality in self._candidates(i):
                through = cost[i] + quality + self._haste(i, j, strict=strict)
                if through < cost[j]:
                    cost[j], origin[j] = through, i
        if cost[n_tokens] == math.inf:
            return []
        bounds = [n_tokens]
        while bounds[-1]:
            bounds.append(origin[bounds[-1]])
        return bounds[::-1]

    def cue(self, i: int, j: int) -> Cue:
        """The cue of tokens i to j, with its lines."""
        return Cue(
            start_ms=self._tokens[i].start,
            end_ms=self._shown_until(i, j),
            lines=_lines(self._tokens[i:j], self._options.max_characters),
        )

    def _candidates(self, i: int) -> Iterator[tuple[int, float]]:
        """Ends j of the cues that begin with token i and fit, with the cost of their looks."""
        tokens, options = self._tokens, self._options
        n_lines, line_width, inside = 1, tokens[i].width, 0.0
        for j in range(i + 1, len(tokens) + 1):
            last = tokens[j - 1]
            if j > i + 1:
                if last.end - tokens[i].start > self._max:
                    return
                line_width += 1 + last.width
                if line_width > options.max_characters:
                    n_lines, line_width = n_lines + 1, last.width
                    if n_lines > options.max_lines:
                        return
                silence = last.start - tokens[j - 2].end
                inside += _SILENCE_COST_PER_S * max(silence - _SHORT_PAUSE_MS, 0) / 1000
                inside += _INNER_SENTENCE_COST * ends_sentence(tokens[j - 2].text)
            at_end = 0.0
            if j < len(tokens):
                pause_s = max(tokens[j].start - last.end, 0) / 1000
                at_end = break_cost(last.text, tokens[j].text, pause_s)
            yield j, _CUE_COST + inside + at_end

    def _haste(self, i: int, j: int, *, strict: bool) -> float:
        """The cost of the rules of time that the cue breaks; infinite for any when `strict`."""
        shown = self._limit(i, j) - self._tokens[i].start
        missing = max(self._reading(i, j) - shown, 0)
        too_short = max(self._min - shown, 0)
        if not missing and not too_short and shown > 0:
            return 0.0
        if strict:
            return math.inf
        return (_HASTE_COST_PER_S * missing + _FLASH_COST * too_short) / 1000 + _FLASH_COST * bool(too_short)

    def _next_start(self, j: int) -> int:
        return self._tokens[j].start if j < len(self._tokens) else self._end

    def _limit(self, i: int, j: int) -> int:
        """The latest end that keeps the gap and the longest time."""
        is_final = self._is_last and j == len(self._tokens)
        gap = 0 if is_final else self._gap
        return min(self._next_start(j) - gap, self._tokens[i].start + self._max)

    def _reading(self, i: int, j: int) -> int:
        """Milliseconds that a reader needs."""
        n_characters = sum(token.width + 1 for token in self._tokens[i:j]) - 1
        return math.ceil(n_characters * 1000 / self._options.max_characters_per_s)

    def _shown_until(self, i: int, j: int) -> int:
        start = self._tokens[i].start
        wanted = max(self._tokens[j - 1].end, start + self._min, start + self._reading(i, j))
        end = min(wanted, self._limit(i, j))
        if end - start < self._min:  # the gap goes before the shortest time does
            end = min(start + self._min, self._next_start(j))
        return end


def _tokens(transcript: Transcript, max_characters: int) -> list[_Token]:
    """All tokens with starts that never go back; those too long for a line are cut.

    Where another speaker begins, his name and a colon come first.
    """
    tokens: list[_Token] = []
    last_speaker: str | None = None
    for segment, speaker in zip(transcript.segments, transcript.speakers or repeat(None)):
        spoken = timed_tokens(segment)
        if not spoken:
            continue
        turns = speaker != last_speaker
        if turns and speaker:
            words, start = f"{one_line(speaker)}:".split(), spoken[0].start
            spoken = (*(TimedToken(text=word, start=start, end=start) for word in words), *spoken)
        last_speaker = speaker
        for number, token in enumerate(spoken):
            earliest = tokens[-1].start if tokens else 0
            tokens += _cut(token, max_characters, earliest, turns=turns and number == 0)
    return tokens


def _cut(token: TimedToken, max_characters: int, earliest: int, *, turns: bool) -> Iterator[_Token]:
    """The token in pieces that fit on a line, none before `earliest` (milliseconds)."""
    start = max(round(token.start * 1000), earliest)
    end = max(round(token.end * 1000), start)
    parts = clusters(token.text)
    pieces = [parts[at : at + max_characters] for at in range(0, len(parts), max_characters)]
    for number, piece in enumerate(pieces):
        yield _Token(
            text="".join(piece),
            width=len(piece),
            start=start + (end - start) * number // len(pieces),
            end=start + (end - start) * (number + 1) // len(pieces),
            turns=turns and number == 0,
        )


def _lines(tokens: Sequence[_Token], max_characters: int) -> tuple[str, ...]:
    """The fewest lines that hold the tokens; of those the best broken, balanced, longer below."""
    n_lines = _n_lines(tokens, max_characters)
    mean = sum(token.width + 1 for token in tokens) / n_lines
    # best[k][j]: cost and origin of the first j tokens on k lines.
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for k in range(1, n_lines + 1):
        best.append({})
        for i, (cost, _) in best[k - 1].items():
            line_width = -1
            for j in range(i + 1, len(tokens) + 1):
                line_width += 1 + tokens[j - 1].width
                if line_width > max_characters:
                    break
                excess = (line_width + 1 - mean) / mean
                top_heavy = _TOP_HEAVY if excess > 0 and k < n_lines else 1.0
                through = cost + _UNBALANCE_COST * excess**2 * top_heavy
                if j < len(tokens):
                    through += break_cost(tokens[j - 1].text, tokens[j].text)
                if j not in best[k] or through < best[k][j][0]:
                    best[k][j] = (through, i)
    lines: list[str] = []
    j = len(tokens)
    for k in range(n_lines, 0, -1):
        i = best[k][j][1]
        lines.append(" ".join(token.text for token in tokens[i:j]))
        j = i
    return tuple(lines[::-1])


def _n_lines(tokens: Sequence[_Token], max_characters: int) -> int:
    n_lines, line_width = 1, -1
    for token in tokens:
        line_width += 1 + token.width
        if line_width > max_characters:
            n_lines, line_width = n_lines + 1, token.width
    return n_lines


def _one_after_another(shaped: Sequence[Cue]) -> Iterator[Cue]:
    """Moves the cues whose words have no time of their own, so that each shows at least a millisecond."""
    earliest = 0
    for cue in shaped:
        start = max(cue.start_ms, earliest)
        earliest = max(cue.end_ms, start + 1)
        yield Cue(start_ms=start, end_ms=earliest, lines=cue.lines)
