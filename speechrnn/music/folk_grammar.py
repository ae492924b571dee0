"""Which token may follow in a folk tune: bars fill up, triplets come whole, repeats open before they close.

`FolkGrammar` walks with the tokens and gives a mask for the sampler, so that every tune parses and fills its
bars, while the network alone chooses among what is possible.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from speechrnn.errors import ConfigError
from speechrnn.music.abc_writer import is_plain
from speechrnn.music.folk_tokens import BAR_TOKENS, END, LENGTH_TICKS, PITCHES, REST, VOCABULARY
from speechrnn.music.tune import Meter

MIN_BARS = 4  # no tune ends before
SECTION_TOKENS = ("|:", ":|", "::", "||", ":|2")  # behind these a section begins
MAX_BARS = 64  # a tune that has not ended by then is led to its end
_INDEX = {token: index for index, token in enumerate(VOCABULARY)}
_PITCH_MASK = np.array([token in PITCHES or token == REST for token in VOCABULARY])


@dataclass(frozen=True, slots=True, kw_only=True)
class FolkState:
    """Where in a tune the next token stands.

    Attributes:
        meter: None before the first token.
        has_mode: the second token has come.
        after_pitch: a pitch waits for its length.
        filled: ticks in this bar so far.
        triplet_end: tick in the bar at which the open triplet must end; 0 where none is open.
        pickup: ticks of the short bar that this section began with; 0 without one.
        short: ticks of the bar before, where it was short; else 0.
        section: this bar is the first of a section.
        first_bar: this bar is the first of the tune.
        in_first_ending: the first ending is being written.
        n_bars: bars that are closed; a pickup does not count.
        done: the end has come.
    """

    meter: Meter | None = None
    has_mode: bool = False
    after_pitch: bool = False
    filled: int = 0
    triplet_end: int = 0
    pickup: int = 0
    short: int = 0
    section: bool = True
    first_bar: bool = True
    in_first_ending: bool = False
    n_bars: int = 0
    done: bool = False


class FolkGrammar:
    """The rules, as pure steps of a state."""

    def __init__(self, n_bars: int | None = None, most: int = MAX_BARS) -> None:
        """Takes what is fixed.

        Args:
            n_bars: bars that the tune must have, at least 1; None lets it end by itself.
            most: bars after which it is led to its end, where `n_bars` is None.
        """
        self._least = MIN_BARS if n_bars is None else n_bars
        self._most = most if n_bars is None else n_bars

    def initial(self) -> FolkState:
        """Before the first token."""
        return FolkState()

    def allowed(self, state: FolkState) -> NDArray[np.bool_]:
        """(n_tokens,) which tokens may come next; at least one."""
        mask = np.zeros(len(VOCABULARY), bool)
        if state.done:
            mask[_INDEX[END]] = True
        elif state.meter is None:
            mask |= [token.startswith("M:") for token in VOCABULARY]
        elif not state.has_mode:
            mask |= [token.startswith("K:") for token in VOCABULARY]
        elif state.after_pitch:
            for token, ticks in LENGTH_TICKS.items():
                mask[_INDEX[token]] = self._fits(state, state.meter.bar, ticks)
        else:
            if state.filled < state.meter.bar and state.n_bars < self._most:
                mask |= _PITCH_MASK
            for token in (*BAR_TOKENS, END):
                mask[_INDEX[token]] = self._may_close(state, state.meter, token)
            if not mask.any():  # over the last bar, and it is not full: what is there is the end
                mask[_INDEX[END]] = True
        return mask

    def step(self, state: FolkState, token: str) -> FolkState:
        """The state behind a token.

        Raises:
            ConfigError: a token that may not come here.
        """
        if not self.allowed(state)[_INDEX.get(token, 0)] or token not in _INDEX:
            raise ConfigError(f"{token!r} may not come here in a folk tune")
        return self.follow(state, token)

    def follow(self, state: FolkState, token: str) -> FolkState:
        """The state behind a token that stands in a given tune, be it by the rules or not."""
        if token.startswith("M:"):
            beats, unit = token[2:].split("/")
            return replace(state, meter=Meter(int(beats), int(unit)))
        if token.startswith("K:"):
            return replace(state, has_mode=True)
        if token == END:
            return replace(state, done=True)
        if token in LENGTH_TICKS:
            return self._lengthen(state, LENGTH_TICKS[token])
        if token in BAR_TOKENS:
            return self._close(state, token)
        return replace(state, after_pitch=True)

    def _lengthen(self, state: FolkState, ticks: int) -> FolkState:
        filled, end = state.filled + ticks, state.triplet_end
        if not end and not is_plain(ticks):
            end = state.filled + _triplet_span(ticks)
        return replace(state, after_pitch=False, filled=filled, triplet_end=0 if filled >= end else end)

    def _close(self, state: FolkState, token: str) -> FolkState:
        assert state.meter is not None
        short = state.filled if state.filled < state.meter.bar else 0
        new_section = token in SECTION_TOKENS
        begins = state.section and token in ("|", "|:")  # what the section begins with
        return replace(
            state,
            filled=0,
            pickup=short if begins else 0 if new_section else state.pickup,
            short=short if state.filled else state.short,
            section=new_section or (state.section and not state.filled),
            first_bar=state.first_bar and not state.filled,
            in_first_ending=token == "|1" or (state.in_first_ending and token == "|"),
            n_bars=state.n_bars + (state.filled > 0 and not (begins and short)),
        )

    def allowed_in_bar(self, state: FolkState, length: int) -> NDArray[np.bool_]:
        """(n_tokens,) which pitches or lengths may come next in a bar whose length is given.

        Args:
            state: within the bar, `filled` below `length`.
            length: ticks, a multiple of 60 (the shortest plain length).
        """
        if not state.after_pitch:
            return _PITCH_MASK.copy()
        mask = np.zeros(len(VOCABULARY), bool)
        for token, ticks in LENGTH_TICKS.items():
            mask[_INDEX[token]] = self._fits(state, length, ticks)
        return mask

    def _fits(self, state: FolkState, bar: int, ticks: int) -> bool:
        end = state.filled + ticks
        if state.triplet_end:
            # Inside a triplet only what is itself a part of one, and what leaves room for the rest.
            left = state.triplet_end - end
            return not is_plain(ticks) and left >= 0
        if is_plain(ticks):
            return end <= bar
        return state.filled + _triplet_span(ticks) <= bar

    def _may_close(self, state: FolkState, meter: Meter, token: str) -> bool:
        if state.triplet_end:
            return False
        if not state.filled:
            at_start = state.n_bars == 0 and state.first_bar
            ended = state.section and state.n_bars >= self._least and not state.in_first_ending
            return at_start if token == "|:" else ended and token == END
        if state.filled < meter.bar and not self._may_be_short(state, meter, token):
            return False
        left = self._most - self._bars_behind(state, meter)
        if token == "|1":
            return not state.in_first_ending and state.n_bars >= 2 and left >= 2
        if token == ":|2":
            return state.in_first_ending
        if state.in_first_ending and left <= 1:  # the second ending needs the last bar
            return False
        if left <= 0:  # nothing comes behind but the end, or a repeat sign before it
            return token == END or (token == ":|" and state.n_bars >= 1)
        if token == END:
            return self._bars_behind(state, meter) >= self._least and not state.in_first_ending
        return token in ("|", "|:") or state.n_bars >= 1

    def _bars_behind(self, state: FolkState, meter: Meter) -> int:
        """Bars once this one is closed."""
        is_pickup = state.section and state.filled < meter.bar and state.pickup == 0
        return state.n_bars + (not is_pickup)

    def _may_be_short(self, state: FolkState, meter: Meter, token: str) -> bool:
        """Whether the bar may end here though it is not full: what is missing must stand elsewhere."""
        if state.section and token in ("|", "|:"):  # a pickup, which the bar before leaves room for
            return state.first_bar or state.filled + state.short == meter.bar
        completes = state.pickup > 0 and state.filled + state.pickup == meter.bar
        return completes and token not in ("|", "|1")


def _triplet_span(ticks: int) -> int:
    """Ticks of the triplet that begins with a note of this length: one or two of its three parts."""
    part = ticks
    while part % 160 == 0 and part > 160:
        part //= 2
    return 3 * part
