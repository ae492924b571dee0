"""A live session without a window: everything said is on disk and in the library, whatever happens."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from gui.live.session import (
    LiveSession,
    RecognizerReady,
    SessionBegan,
    SessionEnded,
    SessionPlan,
    SessionTrouble,
    free_path,
)
from speechrnn.audio.file import FileSource
from speechrnn.audio.recorder import round_to_16_bit
from speechrnn.errors import BundleError
from speechrnn.pipeline.live_events import FinalText, LiveOptions, PartialText
from speechrnn.pipeline.offline import Recognizer
from speechrnn.store.library import Library
from tests.gui.live.conftest import SpeakingMicrophone, spoken

TALK = spoken([["aba", "bo"], ["sis", "aba", "bo"], ["bo"]])
NOON = datetime(2026, 3, 1, 12, 0, 0)


def make(
    tmp_path: Path, recognizer: Recognizer | None, **changes: Any
) -> tuple[LiveSession, SpeakingMicrophone, Callable[[], Library]]:
    @contextmanager
    def borrow(_stop: threading.Event) -> Iterator[Recognizer]:
        if recognizer is None:
            raise BundleError("asr-en is not there: copy the bundle again")
        yield recognizer

    def library() -> Library:
        return Library.open(tmp_path / "library")

    microphone = SpeakingMicrophone()
    plan = SessionPlan(folder=tmp_path / "recordings", title="Talk", options=LiveOptions(), **changes)
    session = LiveSession(plan, microphone, borrow=borrow, library=library, now=lambda: NOON)
    return session, microphone, library


def test_the_final_text_is_what_transcribing_the_recording_gives(
    tmp_path: Path, toy_speech: Recognizer
) -> None:
    session, microphone, library = make(tmp_path, toy_speech)
    microphone.say(TALK)
    events = []
    for event in session.job(threading.Event()):
        events.append(event)
        if isinstance(event, RecognizerReady):
            session.finish()
    path = tmp_path / "recordings" / "2026-03-01 12.00.00.wav"
    heard, _ = soundfile.read(path, dtype="float32")
    np.testing.assert_array_equal(heard, round_to_16_bit(TALK)[: len(heard)])
    assert isinstance(events[0], SessionBegan)
    assert isinstance(events[-1], SessionEnded)
    with library() as opened:
        (entry,) = opened.entries()
        kept = [stored.segment for stored in opened.segments(entry.id)]
    with FileSource(path) as source:
        assert kept == list(toy_speech.transcribe(source))
    assert kept == [s for event in events if isinstance(event, FinalText) for s in event.segments]
    assert (entry.state, entry.kind, entry.media) == ("done", "live", path)
    assert entry.duration == pytest.approx(len(heard) / 16_000)
    assert any(isinstance(event, PartialText) for event in events)


def test_a_missing_recognizer_costs_no_sound(tmp_path: Path) -> None:
    session, microphone, library = make(tmp_path, None)
    microphone.say(TALK)
    kinds = []
    for event in session.job(threading.Event()):
        kinds.append(type(event))
        if isinstance(event, SessionTrouble):
            assert "asr-en is not there" in str(event.error)
            session.finish()
    assert kinds == [SessionBegan, SessionTrouble, SessionEnded]
    with library() as opened:
        (entry,) = opened.entries()
    assert entry.duration == pytest.approx(len(TALK) / 16_000, abs=0.06)


def test_an_unplugged_device_pauses_and_another_goes_on_in_the_same_recording(
    tmp_path: Path, toy_speech: Recognizer, caplog: pytest.LogCaptureFixture
) -> None:
    session, microphone, library = make(tmp_path, toy_speech)
    microphone.say(TALK)
    microphone.unplug()
    other, done = SpeakingMicrophone(), False
    other.say(TALK)
    for _ in session.job(threading.Event()):
        if session.stage == "paused" and not done:
            assert "has gone" in (session.trouble or "")
            done = True
            session.resume(other)
            other.unplug()
        elif done and session.stage == "paused":
            session.finish()
    assert done
    with library() as opened:
        (entry,) = opened.entries()
        n_segments = len(opened.segments(entry.id))
    assert entry.duration == pytest.approx(2 * len(TALK) / 16_000, abs=0.06)
    assert n_segments >= 4
    assert all("has gone" in record.getMessage() for record in caplog.records)
    caplog.clear()


def test_markers_are_kept(tmp_path: Path, toy_speech: Recognizer) -> None:
    session, microphone, library = make(tmp_path, toy_speech)
    microphone.say(TALK)
    for event in session.job(threading.Event()):
        if isinstance(event, RecognizerReady):
            session.mark("here")
            session.finish()
    with library() as opened:
        (marker,) = opened.markers(opened.entries()[0].id)
    assert marker.note == "here"


def test_being_asked_to_stop_keeps_the_recording_and_says_that_the_text_is_not_whole(
    tmp_path: Path, toy_speech: Recognizer
) -> None:
    session, microphone, library = make(tmp_path, toy_speech, keep_sound=False)
    microphone.say(TALK)
    stop = threading.Event()
    for event in session.job(stop):
        if isinstance(event, PartialText):
            stop.set()
    with library() as opened:
        (entry,) = opened.entries()
    assert entry.state == "partial"
    assert entry.media is not None
    assert entry.media.exists()


def test_sound_that_nobody_wants_is_deleted_once_the_text_is_there(
    tmp_path: Path, toy_speech: Recognizer
) -> None:
    session, microphone, library = make(tmp_path, toy_speech, keep_sound=False)
    microphone.say(TALK)
    for event in session.job(threading.Event()):
        if isinstance(event, RecognizerReady):
            session.finish()
    with library() as opened:
        (entry,) = opened.entries()
        assert opened.segments(entry.id)
    assert entry.media is None
    assert not list((tmp_path / "recordings").iterdir())


def test_recordings_of_one_second_get_names_of_their_own(tmp_path: Path) -> None:
    first = free_path(tmp_path, NOON)
    first.touch()
    assert free_path(tmp_path, NOON).name == "2026-03-01 12.00.00 (2).wav"
