"""Somebody dictates into the microphone of a virtual sound card, and Shakespeare's network goes on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication
from spoken_session import wait_for
from virtual_sound import RATE, virtual_sound

from gui.app import make_services
from gui.compose import ComposePage
from speechrnn.store.places import Places
from speechrnn.store.settings import Settings

pytestmark = pytest.mark.alone

SENTENCE = "The old man went down to the river in the morning."
LENGTH = 40


def test_a_line_is_dictated_and_the_network_goes_on(
    qtbot: Any, qapp: QApplication, places: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = QObject()
    services = make_services(places, Settings(), owner)
    with virtual_sound(monkeypatch) as sound:
        spoken = sound.speak(SENTENCE, tmp_path / "spoken.wav")
        samples, _ = soundfile.read(spoken)
        soundfile.write(spoken, np.concatenate([samples, np.zeros(2 * RATE)]), RATE)
        page = ComposePage(services)
        page.resize(1024, 640)
        page.show()
        page.entered()
        text, dictation = page.text, page.text.dictation
        try:
            wait_for(lambda: text.presenter.model and page._composers.has(text.presenter.model), 60)
            text.presenter.fields.values["length"] = LENGTH
            text.panel.show_values()
            text.dictation_bar.goes_on.setChecked(True)
            text.take_focus()
            qtbot.keyClick(text.editor, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
            wait_for(lambda: dictation.presenter.stage == "listening", 60)
            levels: list[float] = []
            words: list[str] = []
            dictation.level.connect(levels.append)
            dictation.changed.connect(lambda: words.append(dictation.presenter.partial))
            sound.play(spoken)
            wait_for(lambda: not dictation.busy and not text.writing.busy, 30)
            sheet = text.editor.toPlainText()
            said = sheet[: sheet.index(".") + 1]
            assert max(levels) > 0.05
            assert any("went down to the" in line for line in words), "words come while they are said"
            assert "went down to the" in said  # a synthesizer is hard to understand: the rest may differ
            assert said[0].isupper()
            assert len(sheet) == len(said) + LENGTH
            text.editor.undo()
            assert text.editor.toPlainText() == said
            text.editor.undo()
            assert text.editor.toPlainText() == ""

            qtbot.keyClick(text.editor, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
            wait_for(lambda: dictation.presenter.stage == "listening", 30)
            sound.kill()  # as unplugging does, but for every device
            wait_for(lambda: not dictation.busy, 30)
            assert dictation.presenter.problem
            assert text.dictation_bar.isVisible()
        finally:
            page.stop()
            services.workers.stop_all()
            assert services.workers.wait(20_000)
    services.settings.flush()
    page.close()
    page.deleteLater()
    owner.deleteLater()
