"""What the tests of the library page share: a talk, a player without a device, hands to click with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from gui.library import LibraryPage
from gui.library.document import Place
from gui.library.transcript_view import TranscriptView
from gui.services import Services
from speechrnn.errors import SpeechRnnError
from speechrnn.transcript.editing import Line
from speechrnn.types import Alternative, Seconds, Segment, Word

AddEntry = Callable[..., int]


class FakePlayer:
    """Is wherever the test puts it.

    Attributes:
        made: every player that was made, the newest last.
        refusal: raised when one is to be made.
        calls: what it was asked for.
    """

    made: ClassVar[list[FakePlayer]] = []
    refusal: ClassVar[SpeechRnnError | None] = None

    def __init__(self, path: Path) -> None:
        if FakePlayer.refusal is not None:
            raise FakePlayer.refusal
        self.path = path
        self.position: Seconds = 0.0
        self.state = "paused"
        self.error: SpeechRnnError | None = None
        self.calls: list[tuple[str, Seconds, float]] = []
        FakePlayer.made.append(self)

    def play(self, start: Seconds, speed: float) -> None:
        self.position, self.state = start, "playing"
        self.calls.append(("play", round(start, 3), speed))

    def pause(self) -> None:
        self.state = "paused"
        self.calls.append(("pause", round(self.position, 3), 0.0))

    def stop(self) -> None:
        self.state = "stopped"


def player(qtbot: Any) -> FakePlayer:
    """The player of the page, once it was asked to play."""
    qtbot.waitUntil(lambda: bool(FakePlayer.made and FakePlayer.made[-1].calls))
    return FakePlayer.made[-1]


def text_line(text: str, start: Seconds, *, confidence: float = 0.95, speaker: str | None = None) -> Line:
    """A line whose words last 0.4 s, one each half second; words with a ? are doubtful and may be "other"."""
    words = tuple(
        Word(
            text=word.rstrip("?"),
            start=start + number * 0.5,
            end=start + number * 0.5 + 0.4,
            confidence=0.3 if word.endswith("?") else confidence,
            alternatives=(Alternative(text="other", probability=0.4),) if word.endswith("?") else (),
        )
        for number, word in enumerate(text.split())
    )
    plain = " ".join(word.text for word in words)
    return Line(segment=Segment(start=start, end=words[-1].end, text=plain, words=words), speaker=speaker)


TALK = (
    text_line("Good morning everyone.", 0.0),
    text_line("The whether? is fine today.", 3.0),
    text_line("Let us begin with the budget? then.", 8.0),
)


def opened(qtbot: Any, page: LibraryPage, entry_id: int) -> TranscriptView:
    """The transcript of an entry, open and read to its end."""
    page.open(entry_id)
    view = page.transcript
    qtbot.waitUntil(lambda: view.isVisible() and page._desk._reading is None)
    return view


def click_word(view: TranscriptView, place: Place, *, double: bool = False) -> None:
    """Clicks in the middle of a word."""
    point = view.text.rectangle(place).center().toPoint()
    viewport = view.text.viewport()
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=point)
    if double:
        QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=point)


def texts(view: TranscriptView) -> list[str]:
    """The prose of all lines."""
    return [line.segment.text for line in view.text.document.lines]


def stored(services: Services, entry_id: int) -> list[str]:
    """The prose of all lines, as the library has them."""
    with services.library() as library:
        return [segment.segment.text for segment in library.segments(entry_id)]


def popup() -> QWidget:
    """The menu that is open."""
    found = QApplication.activePopupWidget()
    assert found is not None, "no menu is open"
    return found
