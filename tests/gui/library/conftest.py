"""A library with text in it, and its page."""

from __future__ import annotations

import wave
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from library_cases import TALK, AddEntry, FakePlayer

from gui.library import LibraryPage
from gui.services import Services
from speechrnn.store.entries import EntryChange, NewEntry, State
from speechrnn.transcript.editing import Line


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """Twenty seconds of a quiet tone."""
    path = tmp_path / "talk.wav"
    samples = (np.sin(np.arange(20 * 16_000) * 0.05) * 8000).astype("<i2")
    with wave.open(str(path), "wb") as stream:
        stream.setnchannels(1)
        stream.setsampwidth(2)
        stream.setframerate(16_000)
        stream.writeframes(samples.tobytes())
    return path


@pytest.fixture
def add_entry(services: Services, recording: Path) -> AddEntry:
    """Adds an entry with text to the library and gives its id."""

    def add(
        title: str = "Talk",
        lines: tuple[Line, ...] = TALK,
        *,
        state: State = "done",
        media: Path | None = recording,
        created: str = "2026-03-01T09:30:00+00:00",
    ) -> int:
        with services.library() as library:
            entry_id = library.add_entry(
                NewEntry(title=title, kind="file", media=media, duration=20.0, created=created)
            )
            library.replace_segments(entry_id, lines)
            library.change_entry(entry_id, EntryChange(state=state))
        return entry_id

    return add


@pytest.fixture
def page(qtbot: Any, services: Services) -> LibraryPage:
    """The page in a window of 1024 by 640, without sound."""
    FakePlayer.made.clear()
    FakePlayer.refusal = None
    made = LibraryPage(services, make_player=FakePlayer)
    qtbot.addWidget(made, before_close_func=LibraryPage.stop)
    made.resize(1024, 640)
    made.show()
    return made
