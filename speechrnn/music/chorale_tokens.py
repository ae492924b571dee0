"""Four-voice chorales as tokens: what the chorale network learns and writes.

Time goes in sixteenths. Each begins with a token that says where in its quarter note it stands, and gives
soprano, alto, tenor and bass in turn: a pitch where a note begins, `HOLD` where one goes on, `SILENT` where
none is. Before the first stand the mode and, for networks that learned it, the tonic as a pitch of the octave
from middle C: pieces are learned in every key in which they can be sung.
Source: grids with a hold symbol as in DeepBach, Hadjeres et al. 2017, and BachBot, Liang et al. 2017.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from speechrnn.errors import ConfigError
from speechrnn.music.abc_writer import chords
from speechrnn.music.tune import TICKS, Key, Note, Tune, Voice

END, HOLD, SILENT = "<end>", "hold", "silent"
VOICES = ("Soprano", "Alto", "Tenor", "Bass")
STEP_TICKS = TICKS // 4
LOWEST, HIGHEST = 33, 86
BEATS = tuple(f"beat{n}" for n in range(4))  # of the sixteenths of a quarter note, the first begins it
_PITCHES = tuple(str(pitch) for pitch in range(LOWEST, HIGHEST + 1))
VOCABULARY: tuple[str, ...] = (END, "K:major", "K:minor", *BEATS, HOLD, SILENT, *_PITCHES)
_INDEX = {token: index for index, token in enumerate(VOCABULARY)}

# What singers reach in the pieces that were learned from, a little widened.
RANGES = ((57, 84), (50, 77), (45, 72), (33, 66))

MOST_STEPS = 64 * 16  # a piece that has not ended by then is ended
MOST_STILL = (
    16  # sixteenths in which nothing is struck; of 33,600 chords that were learned from 26 are longer
)

Frames = NDArray[np.int16]  # (T, 4) MIDI numbers, -1 where a voice is silent


def tokens_of(frames: Frames, *, minor: bool) -> list[str]:
    """A piece on a grid of sixteenths as tokens; a pitch that stays is held.

    A grid does not tell a repeated note from a held one: a pitch that stays the same is taken as struck again
    at the beginning of a quarter note where another voice moves.

    Args:
        frames: (T, 4) MIDI numbers from `LOWEST` to `HIGHEST`, -1 for silence.
        minor: the mode.

    Raises:
        ConfigError: a pitch has no token, or the grid is not of four voices.
    """
    if frames.ndim != 2 or frames.shape[1] != len(VOICES):
        raise ConfigError(f"a grid of shape {frames.shape}; expected (steps, 4)")
    tokens = ["K:minor" if minor else "K:major"]
    for place, row in enumerate(frames):
        tokens.append(BEATS[place % len(BEATS)])
        before = frames[place - 1] if place else None
        moves = before is None or bool((row != before).any())
        for voice, pitch in enumerate(row.tolist()):
            tokens.append(_token(pitch, None if before is None else int(before[voice]), place, moves))
    return [*tokens, END]


def _token(pitch: int, before: int | None, place: int, moves: bool) -> str:
    if pitch < 0:
        return SILENT
    if not LOWEST <= pitch <= HIGHEST:
        raise ConfigError(f"the pitch {pitch} has no token; expected {LOWEST} to {HIGHEST}")
    struck = pitch != before or (place % len(BEATS) == 0 and moves)
    return str(pitch) if struck else HOLD


@dataclass(frozen=True, slots=True)
class ChoraleState:
    """Where the next token stands.

    Attributes:
        n_tokens: so far.
        sounding: MIDI number of each voice, -1 where it is silent.
        still: tokens of voices since one was struck.
        done: the end has come.
    """

    n_tokens: int = 0
    sounding: tuple[int, ...] = (-1, -1, -1, -1)
    still: int = 0
    done: bool = False


# What is fixed of each voice of a step: a token, some to choose from, `STRUCK`, or None for free.
Given = Sequence[str | frozenset[str] | None]
STRUCK = "struck"  # a note must begin, its pitch is free


class ChoraleGrammar:
    """Which token may follow: voices in turn, each within its range, the end at the beginning of a beat.

    Where nothing was struck for `MOST_STILL` sixteenths, the last voice must strike with the next beat: a
    network that is certain to hold would hold for ever.

    Tokens of any voice and step may be given; they are then the only ones allowed.
    """

    def __init__(
        self,
        melody: Sequence[str] | None = None,
        n_steps: int | None = None,
        *,
        given: Sequence[Given] = (),
        most: int = MOST_STEPS,
    ) -> None:
        """Takes what is fixed.

        Args:
            melody: the soprano's token of each step (pitch, `HOLD` or `SILENT`); None leaves it free.
            n_steps: sixteenths after which the piece must end; None leaves it free. A melody gives its own.
            given: for each step from the first what is fixed of its four voices.
            most: sixteenths after which it ends where `n_steps` is None.
        """
        if melody is not None:
            given, n_steps = [(token, None, None, None) for token in melody], len(melody)
        self._given = given
        self._n_steps, self._most = n_steps, most

    def initial(self) -> ChoraleState:
        """Before the first token."""
        return ChoraleState()

    def allowed(self, state: ChoraleState) -> NDArray[np.bool_]:
        """(n_tokens,) which tokens may come next."""
        mask = np.zeros(len(VOCABULARY), bool)
        step, slot = divmod(state.n_tokens - 1, 5)
        if state.done:
            mask[0] = True
        elif state.n_tokens == 0:
            mask[1:3] = True
        elif slot == 0:
            over = step >= (self._most if self._n_steps is None else self._n_steps)
            mask[_INDEX[BEATS[step % len(BEATS)]]] = not over
            free = self._n_steps is None and step >= len(self._given)
            mask[0] = over or (free and step > 0 and step % len(BEATS) == 0)
        else:
            self._allow_voice(mask, state, step, slot - 1)
        return mask

    def _allow_voice(self, mask: NDArray[np.bool_], state: ChoraleState, step: int, voice: int) -> None:
        given = self._given[step][voice] if step < len(self._given) else None
        if isinstance(given, frozenset):
            mask[[_INDEX[token] for token in given]] = True
            return
        if given is not None and given != STRUCK:
            mask[_INDEX[given]] = True
            return
        low, high = RANGES[voice]
        mask[_INDEX[str(low)] : _INDEX[str(high)] + 1] = True
        last = voice == len(VOICES) - 1 and step % len(BEATS) == 0
        if given == STRUCK or (last and state.still >= len(VOICES) * MOST_STILL - 1):
            return
        mask[_INDEX[SILENT]] = True
        mask[_INDEX[HOLD]] = state.sounding[voice] >= 0

    def step(self, state: ChoraleState, token: str) -> ChoraleState:
        """The state behind a token.

        Raises:
            ConfigError: a token that may not come here.
        """
        if token not in _INDEX or not self.allowed(state)[_INDEX[token]]:
            raise ConfigError(f"{token!r} may not come here in a chorale")
        return self.follow(state, token)

    def follow(self, state: ChoraleState, token: str) -> ChoraleState:
        """The state behind a token of a given piece, be it by the rules or not."""
        sounding = list(state.sounding)
        voice, still = (state.n_tokens - 1) % 5 - 1, state.still
        if state.n_tokens and voice >= 0:
            still += 1
            if token != HOLD:
                sounding[voice] = -1 if token == SILENT else int(token)
                still = still if token == SILENT else 0
        return ChoraleState(state.n_tokens + 1, tuple(sounding), still, token == END)


def n_steps(tokens: Sequence[str]) -> int:
    """Whole sixteenths of a piece."""
    return sum(1 for _ in _steps(tokens))


def steps_of(tune: Tune, shift: int, n_voices: int) -> list[list[str]]:
    """The notes of the first voices on the grid of sixteenths, just as they are struck and held.

    Args:
        tune: notes of one voice must not overlap; starts and ends are brought to the nearest sixteenth.
        shift: semitones that are added.
        n_voices: how many voices are taken.

    Returns:
        For each sixteenth the token of each voice.

    Raises:
        ConfigError: a note has no token.
    """
    end = -(-tune.length // STEP_TICKS)
    grid = [[SILENT] * n_voices for _ in range(end)]
    for index, voice in enumerate(tune.voices[:n_voices]):
        for note in voice.notes:
            pitch = note.pitch + shift
            if not LOWEST <= pitch <= HIGHEST:
                raise ConfigError(f"the pitch {pitch} has no token; expected {LOWEST} to {HIGHEST}")
            first = round(note.start / STEP_TICKS)
            last = max(first + 1, round(note.end / STEP_TICKS))
            for place in range(first, min(last, end)):
                grid[place][index] = str(pitch) if place == first else HOLD
    return grid


def tonic_token(pitch_class: int) -> str:
    """What stands behind the mode: the tonic, as a pitch of the octave from middle C."""
    return str(60 + pitch_class % 12)


def opening(key: Key) -> Given:
    """A first sixteenth that tells the key: the tonic in the bass, its triad in the soprano."""
    third = 3 if is_minor(key) else 4
    triad = [(key.pitch_class + step) % 12 for step in (0, third, 7)]
    (low, high), (bottom, top) = RANGES[0], RANGES[-1]
    soprano = frozenset(str(p) for p in range(low, high + 1) if p % 12 in triad)
    bass = frozenset(str(p) for p in range(bottom, top + 1) if p % 12 == key.pitch_class)
    return (soprano, None, None, bass)


def is_minor(key: Key) -> bool:
    """Whether a key counts as minor here."""
    return key.mode in ("minor", "dorian", "phrygian", "locrian")


def to_tune(tokens: Sequence[str], *, tempo: float = 80.0, title: str = "", program: int = 52) -> Tune:
    """Tokens as a tune of four voices; an unfinished step is left out.

    Raises:
        ConfigError: the tokens do not begin with the mode.
    """
    if not tokens or tokens[0] not in ("K:major", "K:minor"):
        raise ConfigError("a chorale begins with its mode: expected K:major or K:minor")
    notes: list[list[Note]] = [[] for _ in VOICES]
    open_notes: list[tuple[int, int] | None] = [None] * len(VOICES)
    now = 0
    for step in _steps(tokens):
        for voice, token in enumerate(step):
            if token != HOLD:
                _close(notes[voice], open_notes[voice], now)
                open_notes[voice] = None if token == SILENT else (now, int(token))
        now += STEP_TICKS
    for voice, held in enumerate(open_notes):
        _close(notes[voice], held, now)
    key = Key("A", "minor") if tokens[0] == "K:minor" else Key("C", "major")  # the tokens do not tell
    voices = tuple(
        Voice(name=name, notes=tuple(part), program=program) for name, part in zip(VOICES, notes, strict=True)
    )
    return Tune(voices=voices, key=key, tempo=tempo, title=title)


def _close(notes: list[Note], held: tuple[int, int] | None, now: int) -> None:
    if held is not None and now > held[0]:
        notes.append(Note(held[0], held[1], now - held[0]))


def _steps(tokens: Sequence[str]) -> Iterator[Sequence[str]]:
    """The four voices of each whole step."""
    for first in range(1, len(tokens) - 4, 5):
        if tokens[first] == END:
            return
        yield tokens[first + 1 : first + 5]


def melody_tokens(tune: Tune) -> tuple[list[str], bool, int]:
    """The first voice of a tune that has notes, the highest of each chord, as the soprano of a chorale.

    Returns:
        Its token of each sixteenth, whether the mode is minor, and the semitones that it was moved by: whole
        octaves, so that the key stays.

    Raises:
        ConfigError: the melody has no notes, or no soprano can sing it.
    """
    notes = next((voice.notes for voice in tune.voices if voice.notes), ())
    if not notes:
        raise ConfigError("the melody has no notes: expected a tune with a first voice")
    melody = tuple(Note(start, pitches[-1], end - start) for start, end, pitches in chords(notes) if pitches)
    low, high = RANGES[0]
    pitches = [note.pitch for note in melody]

    def outside(shift: int) -> tuple[int, int]:
        return sum(not low <= pitch + shift <= high for pitch in pitches), abs(shift)

    shift = min((12 * octave for octave in range(-3, 4)), key=outside)
    worst = [pitch + shift for pitch in pitches if not low <= pitch + shift <= high]
    if worst:
        raise ConfigError(
            f"the melody spans {max(pitches) - min(pitches)} semitones: "
            f"a soprano sings the MIDI numbers {low} to {high}, and this needs {worst[0]}; cut it or move it"
        )
    sung = replace(tune, voices=(Voice(notes=melody),))
    return [step[0] for step in steps_of(sung, shift, 1)], is_minor(tune.key), shift
