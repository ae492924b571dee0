"""The first minute without Qt: which step, what was found, what was heard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from gui.live.inputs import Inputs
from gui.live.listening import Listens
from speechrnn.pipeline.live_events import FinalText, PartialText

if TYPE_CHECKING:
    from speechrnn.audio.streams import InputDevice

Step = Literal["microphone", "sentence"]
Listening = Literal["off", "loading", "listening"]
MOVES = 0.02  # greatest sample of a block from which on a level is seen to move: quiet speech at arm's length


class FirstRunPresenter:
    """What the dialog shows.

    Attributes:
        step: where the user is.
        inputs: what can be recorded; None until that is known.
        chosen: id of the input; empty for the system's default.
        moved: whether the level was seen to move.
        listening: what the recognizer does.
        final: text that is final.
        partial: text that may still change.
        problem: what went wrong last, or empty.
    """

    def __init__(self, chosen: str) -> None:
        self.step: Step = "microphone"
        self.inputs: Inputs | None = None
        self.chosen = chosen
        self.moved = False
        self.listening: Listening = "off"
        self.final = ""
        self.partial = ""
        self.problem = ""

    @property
    def has_input(self) -> bool:
        """Whether anything can be recorded."""
        return self.inputs is not None and bool(self.inputs.devices)

    @property
    def heard(self) -> bool:
        """Whether a sentence was understood to its end."""
        return bool(self.final)

    @property
    def device(self) -> InputDevice | None:
        """The chosen input; None for the system's default."""
        devices = self.inputs.devices if self.inputs else ()
        return next((device for device in devices if device.id == self.chosen), None)

    def take_inputs(self, inputs: Inputs) -> None:
        """The inputs were found, or have changed."""
        self.inputs = inputs
        self.problem = inputs.error or ""
        if self.device is None:
            self.chosen = ""

    def choose(self, device_id: str) -> None:
        """The user chose an input."""
        self.chosen, self.moved, self.problem = device_id, False, ""

    def take_level(self, level: float) -> None:
        """The level of the input."""
        self.moved = self.moved or level >= MOVES

    def begin(self) -> None:
        """The recognizer was asked to listen."""
        self.step, self.listening = "sentence", "loading"
        self.final = self.partial = self.problem = ""

    def take_event(self, event: object) -> None:
        """What the job says."""
        if isinstance(event, Listens):
            self.listening = "listening"
        elif isinstance(event, PartialText):
            self.partial = " ".join(word.text for word in (*event.committed, *event.tail))
        elif isinstance(event, FinalText):
            said = " ".join(segment.text for segment in event.segments)
            self.final, self.partial = f"{self.final} {said}".strip(), ""

    def fail(self, error: BaseException) -> None:
        """The job has failed."""
        self.problem = str(error)

    def end(self) -> None:
        """The job has ended."""
        self.listening = "off"

    def forget(self) -> None:
        """Another sentence follows."""
        self.final = self.partial = ""

    def back(self) -> None:
        """To the choice of the microphone."""
        self.step, self.listening, self.problem = "microphone", "off", ""
