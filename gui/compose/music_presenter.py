"""What the music tab knows, without Qt: the tune and how it came about, locked bars, steps of undo.

Times are ticks of `Piece.tune`, as written, bar for bar: that is what is drawn, heard and chosen in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from gui.compose.composers import Model
from gui.compose.drafts import piece_of_table, piece_table
from gui.compose.fields import METERS, MUSIC_FIELDS, TONICS, FieldValues, key_of, music_request
from gui.compose.jobs import Composed, Opened
from gui.compose.tune_player import Playable, playable
from speechrnn.errors import ConfigError
from speechrnn.music.folk_tokens import FOLK_MODES
from speechrnn.music.importing import melody_of
from speechrnn.music.piece import CHORALE_PROGRAM, FOLK_PROGRAM, Bar, Piece
from speechrnn.music.synthesizer import INSTRUMENTS
from speechrnn.music.tune import Note
from speechrnn.pipeline.compose_requests import (
    MusicRequest,
    Provenance,
    TuneEvent,
    regenerated,
    varied,
)

_MOST_UNDO = 100
VOICES = {"folk": ("Melody",), "chorale": ("Soprano", "Alto", "Tenor", "Bass")}


@dataclass(frozen=True, slots=True, kw_only=True)
class RollNote:
    """A note as it is drawn.

    Attributes:
        voice: from 0.
        start, length: ticks.
        pitch: MIDI number.
        probability: that the network gave it; 1 where nobody knows.
        given: the user's, or locked.
    """

    voice: int
    start: int
    length: int
    pitch: int
    probability: float = 1.0
    given: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One step of undo.

    Attributes:
        piece: the tune; None for an empty sheet.
        provenance: table of what makes it again; None where the user brought it.
        locked: bars that stay as they are.
        notes: as drawn.
    """

    piece: Piece | None = None
    provenance: dict[str, Any] | None = None
    locked: frozenset[int] = frozenset()
    notes: tuple[RollNote, ...] = ()


@dataclass(slots=True)
class _Growing:
    """A tune that is being composed. What has come is kept as it is asked for: thirty times a second."""

    kind: str
    notes: list[RollNote] = field(default_factory=list)
    voices: list[list[Note]] = field(default_factory=list)
    bar_lines: list[int] = field(default_factory=lambda: [0])
    end: int = 0

    def __post_init__(self) -> None:
        self.voices = [[] for _ in VOICES[self.kind]]

    def take(self, events: Sequence[TuneEvent]) -> None:
        for event in events:
            self.end = max(self.end, event.start + event.length)
            if event.kind == "bar" and event.start > self.bar_lines[-1]:
                self.bar_lines.append(event.start)
        for note in roll_notes(events):
            self.notes.append(note)
            voice = self.voices[min(note.voice, len(self.voices) - 1)]
            voice.append(Note(note.start, note.pitch, note.length))


class MusicPresenter:
    """See the module's docstring.

    Attributes:
        fields: the numbers.
        tonic, mode, meter: of a new tune.
        program: instrument that it is heard and saved with; None for the piece's own.
        model: who composes; None where nobody can.
        state: what is in sight.
        cursor: the bar that keys work on, from 0.
        muted: voices that do not sound.
        onsets_s: a tapped rhythm that the next new tune begins with.
        opened: a tune that the user brought and that waits for what to do with it.
    """

    def __init__(self) -> None:
        self.fields = FieldValues(MUSIC_FIELDS)
        self.tonic, self.mode, self.meter = "D", "major", "4/4"
        self.program: int | None = None
        self.model: Model | None = None
        self.state = State()
        self.cursor = 0
        self.muted: frozenset[int] = frozenset()
        self.onsets_s: tuple[float, ...] = ()
        self.opened: Opened | None = None
        self._past: list[State] = []
        self._future: list[State] = []
        self._growing: _Growing | None = None
        self._bars: tuple[Piece | None, tuple[Bar, ...]] = (
            None,
            (),
        )  # of which piece; long ones take a while

    @property
    def growing(self) -> bool:
        """Whether a tune is being composed."""
        return self._growing is not None

    @property
    def can_undo(self) -> bool:
        """Whether there is a step back."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step on."""
        return bool(self._future)

    @property
    def sound_program(self) -> int:
        """The instrument that sounds."""
        if self.program is not None:
            return self.program
        return CHORALE_PROGRAM if self.kind == "chorale" else FOLK_PROGRAM

    @property
    def kind(self) -> str:
        """folk or chorale: of what is in sight, else of the model."""
        if self._growing is not None:
            return self._growing.kind
        if self.state.piece is not None:
            return self.state.piece.kind
        return self.model.kind if self.model else "folk"

    @property
    def notes(self) -> Sequence[RollNote]:
        """What is drawn."""
        return self.state.notes if self._growing is None else self._growing.notes

    @property
    def n_bars(self) -> int:
        """Bars of the tune in sight."""
        return len(self.bars)

    @property
    def bars(self) -> tuple[Bar, ...]:
        """Of the tune in sight."""
        piece = self.state.piece
        if self._bars[0] is not piece:
            self._bars = (piece, piece.bars if piece is not None else ())
        return self._bars[1]

    def bar_edges(self) -> tuple[int, ...]:
        """Ticks of all bar lines, the end of the last bar too; while a tune grows, those that are known."""
        if self._growing is not None:
            if self._growing.kind == "folk":
                return tuple(self._growing.bar_lines)
            bar = 1920 * int(self.meter.split("/")[0]) // int(self.meter.split("/")[1])
            return tuple(range(0, self._growing.end + 1, bar))
        return (0, *(bar.end for bar in self.bars))

    def new_request(self) -> MusicRequest:
        """A new tune by the fields, with the tapped rhythm where there is one.

        Raises:
            ConfigError: key, meter or rhythm cannot be had.
        """
        mode = self.mode
        if self.model is not None and self.model.kind == "chorale" and mode not in ("major", "minor"):
            raise ConfigError(f"chorales are in major or minor, not {mode}: choose one of them")
        request = music_request(self.fields, key_of(self.tonic, mode), self.meter)
        return replace(request, onsets_s=self.onsets_s)

    def continue_request(self, piece: Piece) -> MusicRequest:
        """Goes on behind a piece, by as many bars as the field says."""
        return replace(self._plain(), action="continue", piece=piece)

    def harmonise_request(self) -> Callable[[], MusicRequest]:
        """Three voices for the melody that was opened, else for what is in sight; made in a job.

        Raises:
            ConfigError: there is no melody; by what is returned: nobody can sing it.
        """
        opened, piece, plain = self.opened, self.state.piece, self._plain()
        if opened is None and piece is None:
            raise ConfigError("there is no melody to harmonise: open a MIDI or ABC file, or compose one")

        def make() -> MusicRequest:
            if opened is not None:
                melody = melody_of(opened.tune)
            else:
                assert piece is not None
                melody = replace(melody_of(piece.played), tempo=plain.tempo)
            return replace(plain, action="harmonise", melody=melody)

        return make

    def regenerate_request(self) -> MusicRequest:
        """All bars anew but the locked ones.

        Raises:
            ConfigError: there are no bars, or all are locked.
        """
        piece = self._whole_piece()
        return regenerated(self._plain(), piece, self.state.locked)

    def vary_request(self) -> MusicRequest:
        """The bar at the cursor anew.

        Raises:
            ConfigError: there are no bars.
        """
        piece = self._whole_piece()
        bar = min(self.cursor, self.n_bars - 1)
        return varied(self._plain(), piece, bar, bar)

    def next_seed(self) -> int:
        """Another seed, so that the next answer is another one."""
        self.fields.step("seed", 1)
        return int(self.fields.values["seed"])

    def begin(self, kind: str) -> None:
        """A tune begins to grow: folk or chorale."""
        self._growing = _Growing("chorale" if kind == "chorale" else "folk")

    def grow(self, events: Sequence[TuneEvent]) -> None:
        """Notes have come."""
        if self._growing is not None:
            self._growing.take(events)

    def abandon(self) -> None:
        """Nothing comes of the tune that grew: what was in sight before is again."""
        self._growing = None

    def take(self, composed: Composed) -> None:
        """A tune is there; the one before can be had back."""
        self._growing = None
        provenance = Provenance(
            bundle=composed.bundle, bundle_sha256=composed.bundle_sha256, request=composed.request
        )
        same = composed.request.action == "regenerate"
        self._push(
            State(
                piece=composed.piece,
                provenance=provenance.to_table(),
                locked=self.state.locked if same else frozenset(),
                notes=roll_notes(composed.events),
            )
        )
        self.fields.values["tempo"] = composed.piece.tempo
        self.onsets_s = ()
        self.cursor = min(self.cursor, max(0, self.n_bars - 1)) if same else 0

    def take_piece(self, piece: Piece) -> None:
        """The user's own tune comes into sight."""
        self._push(State(piece=piece, notes=piece_notes(piece)))
        self.fields.values["tempo"] = piece.tempo
        self.cursor = 0

    def toggle_lock(self, bar: int) -> None:
        """Locks a bar, or lets it go."""
        if 0 <= bar < self.n_bars:
            self._push(replace(self.state, locked=self.state.locked ^ {bar}))
            self.cursor = bar

    def clear(self) -> None:
        """An empty sheet; what was on it can be had back."""
        if self.state.piece is not None:
            self._push(State())

    def undo(self) -> None:
        """A step back."""
        if self._past:
            self._future.append(self.state)
            self.state = self._past.pop()

    def redo(self) -> None:
        """A step on."""
        if self._future:
            self._past.append(self.state)
            self.state = self._future.pop()

    def playable(self) -> Playable:
        """What can be heard now."""
        if self._growing is not None:
            voices = self._growing.voices
            # Chorale notes are told when they end: it is known up to where the slowest voice is.
            end = min(voice[-1].end if voice else 0 for voice in voices)
            return playable(voices, end, whole=False, program=self.sound_program)
        voices = [[] for _ in VOICES["chorale" if self.kind == "chorale" else "folk"]]
        for note in self.notes:
            voices[min(note.voice, len(voices) - 1)].append(Note(note.start, note.pitch, note.length))
        end = max((voice.end for notes in voices for voice in notes), default=0)
        voices = [sorted(voice) for voice in voices]
        return playable(voices, end, whole=True, program=self.sound_program)

    def sounding_piece(self) -> Piece | None:
        """The piece at the tempo of the field."""
        if self.state.piece is None:
            return None
        return replace(self.state.piece, tempo=float(self.fields.values["tempo"]))

    def draft(self) -> Callable[[], dict[str, Any]]:
        """Makes the table that the draft keeps, of what is there now; in a job: a long tune takes a while."""
        head: dict[str, Any] = {
            "fields": dict(self.fields.values),
            "key": [self.tonic, self.mode],
            "meter": self.meter,
            "program": self.program,
            "model": self.model.id if self.model else "",
        }
        state = self.state

        def make() -> dict[str, Any]:
            if state.piece is None:
                return head
            notes = [
                [n.voice, n.start, n.length, n.pitch, round(n.probability, 4), n.given] for n in state.notes
            ]
            return {
                **head,
                "piece": piece_table(state.piece),
                "provenance": state.provenance,
                "locked": sorted(state.locked),
                "notes": notes,
            }

        return make

    def restore(self, table: dict[str, Any]) -> None:
        """Takes what a draft kept; what cannot be read of it is passed over."""
        self.fields.restore(table.get("fields", {}))
        kept = table.get("key")
        if isinstance(kept, list) and len(kept) == 2 and kept[0] in TONICS and kept[1] in FOLK_MODES:
            self.tonic, self.mode = kept
        self.meter = table["meter"] if table.get("meter") in METERS else self.meter
        if table.get("program") in [i.program for i in INSTRUMENTS]:
            self.program = table["program"]
        if "piece" not in table:
            return
        try:
            piece = piece_of_table(table["piece"])
            notes = tuple(
                RollNote(voice=v, start=s, length=n, pitch=p, probability=q, given=g)
                for v, s, n, p, q, g in table.get("notes", ())
            )
        except (ConfigError, TypeError, ValueError):
            return
        locked = frozenset(bar for bar in table.get("locked", ()) if isinstance(bar, int))
        self.state = State(
            piece=piece,
            provenance=table.get("provenance"),
            locked=locked,
            notes=notes or piece_notes(piece),
        )

    def _plain(self) -> MusicRequest:
        return music_request(self.fields, key_of("C", "major"), "4/4")

    def _whole_piece(self) -> Piece:
        if self.state.piece is None or not self.bars:
            raise ConfigError("there are no bars yet: compose a tune, or open one")
        return self.state.piece

    def _push(self, state: State) -> None:
        self._past = [*self._past, self.state][-_MOST_UNDO:]
        self._future.clear()
        self.state = state


def roll_notes(events: Sequence[TuneEvent]) -> tuple[RollNote, ...]:
    """The notes among events, as they are drawn."""
    return tuple(
        RollNote(
            voice=event.voice,
            start=event.start,
            length=event.length,
            pitch=event.pitch,
            probability=event.probability,
            given=event.given,
        )
        for event in events
        if event.kind == "note"
    )


def piece_notes(piece: Piece) -> tuple[RollNote, ...]:
    """The notes of a piece that nobody composed here."""
    return tuple(
        RollNote(voice=number, start=note.start, length=note.length, pitch=note.pitch, given=True)
        for number, voice in enumerate(piece.tune.voices)
        for note in voice.notes
    )
