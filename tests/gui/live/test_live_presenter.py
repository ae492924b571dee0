"""What the live page shows, without a window."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest

from gui.live.heard_picture import HeardPicture
from gui.live.inputs import watch_inputs, watch_level
from gui.live.latency import LatencyErrors
from gui.live.presenter import LivePresenter
from gui.live.recovery import recover_recordings
from speechrnn.audio.recorder import Recorder
from speechrnn.audio.recovery import mark_path
from speechrnn.pipeline.live_events import FinalText, HeardFrames, PartialText
from speechrnn.store.entries import NewEntry
from speechrnn.store.library import Library
from speechrnn.types import Segment, Word
from tests.gui.live.conftest import FakeAudio, SpeakingMicrophone


def word(text: str, start: float = 0.0) -> Word:
    return Word(text=text, start=start, end=start + 0.3, confidence=0.9)


def segment(text: str) -> Segment:
    words = tuple(word(part, float(n)) for n, part in enumerate(text.split()))
    return Segment(start=0.0, end=float(len(words)), text=text, words=words)


def test_final_text_takes_the_place_of_the_utterance_in_progress() -> None:
    shown = LivePresenter()
    assert shown.take(PartialText(committed=(word("hello"),), tail=(word("their"),), heard=1.0))
    assert not shown.take(PartialText(committed=(word("hello"),), tail=(word("their"),), heard=1.5))
    assert shown.plain_text() == "hello their"
    assert shown.take(FinalText(segments=(segment("Hello there."),)))
    assert shown.plain_text() == "Hello there."
    assert shown.n_words == 2
    shown.begin()
    assert not shown.has_text


@pytest.mark.parametrize("n_characters", [5, 12, 20, 200])
def test_the_overlay_gets_whole_words_from_the_end(n_characters: int) -> None:
    shown = LivePresenter()
    shown.take(FinalText(segments=(segment("One two three four."), segment("Five six."))))
    shown.take(PartialText(committed=(word("seven"),), tail=(word("eight"),), heard=1.0))
    fixed, tail = shown.last_words(n_characters)
    everything = "One two three four. Five six. seven"
    assert tail == "eight"
    assert everything.endswith(fixed)
    assert not fixed or fixed.split()[0] in everything.split()
    assert len(fixed) <= max(n_characters, 0)


def frames(start: float, n: int, best: tuple[int, ...]) -> HeardFrames:
    probabilities = np.full((n, 4), 0.1, np.float32)
    for place, label in enumerate(best):
        probabilities[place, label] = 0.7
    return HeardFrames(
        start=start,
        frame_s=0.04,
        frames_per_output=4,
        log_mel=np.full((4 * n, 80), 4.0, np.float32),
        phonemes=probabilities,
        labels=("<blank>", "AA", "B", "S"),
        best=best,
    )


def test_the_picture_scrolls_with_what_is_heard() -> None:
    picture = HeardPicture(n_columns=10)
    picture.take(frames(1.0, 4, (0, 1, 1, 0)))
    assert (picture.log_mel[:, -4:] == 255).all()
    assert not picture.log_mel[:, :-4].any()
    np.testing.assert_allclose(picture.blank, [1] * 6 + [0.7, 0.1, 0.1, 0.7], atol=1e-6)
    assert [(label.text, round(label.start, 2)) for label in picture.labels] == [("AA", 1.04)]
    assert picture.end == pytest.approx(1.16)


def test_a_pause_between_utterances_is_shown_as_silence() -> None:
    picture = HeardPicture(n_columns=10)
    picture.take(frames(1.0, 2, (1, 0)))
    picture.take(frames(1.16, 2, (2, 2)))  # two frames of nothing
    np.testing.assert_allclose(picture.blank[-6:], [0.1, 0.7, 1, 1, 0.1, 0.1], atol=1e-6)
    picture.take(frames(9.0, 3, (0, 3, 0)))
    assert [label.text for label in picture.labels] == ["S"]


def test_more_than_the_picture_holds_shows_its_end() -> None:
    picture = HeardPicture(n_columns=5)
    picture.take(frames(0.0, 12, (1, 0) * 6))
    assert picture.log_mel.shape[1] == 5
    assert picture.start == pytest.approx(12 * 0.04 - 0.2)


def test_a_latency_is_told_with_the_error_that_was_measured_near_it() -> None:
    errors = LatencyErrors(by_latency={0.96: 0.25, 0.32: 0.4})
    assert errors.near(0.96) == 0.25
    assert errors.near(0.3) == 0.4
    assert errors.near(0.64) is None
    assert LatencyErrors(by_latency={}).near(0.96) is None


def test_a_recording_that_was_cut_off_is_made_whole_and_found_in_the_library(tmp_path: Path) -> None:
    folder = tmp_path / "recordings"

    def library() -> Library:
        return Library.open(tmp_path / "library")

    for name in ("known.wav", "unknown.wav"):
        recorder = Recorder(folder / name)
        recorder.append(np.zeros(16_000, np.float32))
        # What a killed program leaves: the mark, and a lock that nobody holds.
        mark = mark_path(recorder.path).read_bytes()
        recorder.close()
        mark_path(recorder.path).write_bytes(mark)
    with library() as opened:
        entry_id = opened.add_entry(
            NewEntry(title="Talk", kind="live", media=folder / "known.wav", state="recording")
        )
    (found,) = recover_recordings(folder, library)(threading.Event())
    assert found.duration == pytest.approx(2.0)
    with library() as opened:
        assert opened.entry(entry_id).state == "recovered"
        assert {entry.title for entry in opened.entries()} == {"Talk", "unknown"}
    assert list(recover_recordings(folder, library)(threading.Event())) == []


def test_inputs_are_told_again_when_they_change() -> None:
    audio, stop = FakeAudio(), threading.Event()
    told = []
    for inputs in watch_inputs(audio)(stop):
        told.append([device.id for device in inputs.devices])
        audio.devices = audio.devices[:1]
        if len(told) == 2:
            stop.set()
    assert told == [["headset", "speaker"], ["headset"]]


def test_the_level_is_told_and_nothing_is_kept() -> None:
    microphone = SpeakingMicrophone()
    microphone.say(np.full(1600, 0.5, np.float32))
    microphone.close()
    assert list(watch_level(microphone)(threading.Event())) == [0.5, 0.5]
