"""A recorded voice, played into a microphone, becomes text on the sheet, and the network goes on from it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import soundfile
import soxr
from compose_cases import CTRL, opened
from PySide6.QtCore import Qt
from rapidfuzz.distance import Levenshtein
from spoken_session import wait_for
from virtual_sound import RATE, virtual_sound

from gui.live.inputs import SystemAudio
from speechrnn.audio.file import FileSource
from speechrnn.pipeline.offline import Recognizer
from speechrnn.store.places import Places

pytestmark = [pytest.mark.alone, pytest.mark.slow]

SAMPLE = Path(__file__).parents[3] / "benchmarks" / "sample.flac"
SPOKEN_S = 12.0  # of the sample
MOST_OTHER = 0.25  # of the characters: what is played is stretched by a hair, and then guesses differ


def test_a_recording_is_dictated_as_it_is_transcribed_and_the_network_goes_on(
    qtbot: Any, places: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    samples, rate = soundfile.read(SAMPLE)
    spoken = samples[: round(SPOKEN_S * rate)]
    soundfile.write(tmp_path / "short.wav", spoken, rate)
    soundfile.write(tmp_path / "played.wav", soxr.resample(spoken, rate, RATE), RATE)
    with FileSource(tmp_path / "short.wav") as source:
        expected = " ".join(segment.text for segment in Recognizer.load().transcribe(source))
    with virtual_sound(monkeypatch) as sound, opened(places, audio=SystemAudio()) as page:
        text = page.text
        text.take_focus()
        qtbot.keyClick(text.editor, Qt.Key.Key_M, CTRL)
        wait_for(lambda: text.dictation.presenter.stage == "listening", 60)
        player = sound.play(tmp_path / "played.wav")
        wait_for(lambda: player.poll() is not None, SPOKEN_S + 30)
        qtbot.keyClick(text.editor, Qt.Key.Key_M, CTRL)
        wait_for(lambda: not text.dictation.busy, 60)
        dictated = text.editor.toPlainText()
        qtbot.keyClick(text.editor, Qt.Key.Key_Return, CTRL)
        wait_for(lambda: len(text.editor.toPlainText()) > len(dictated) + 50, 30)
        text.writing.stop()
        assert text.editor.toPlainText().startswith(dictated)
    assert len(expected.split()) > 15
    assert Levenshtein.normalized_distance(expected, dictated) <= MOST_OTHER, (expected, dictated)
