"""Somebody speaks into a virtual microphone and reads the captions."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from virtual_sound import VirtualSound

from speechrnn.audio.file import FileSource
from speechrnn.pipeline.offline import Recognizer

pytestmark = pytest.mark.alone

ROOT = Path(__file__).parents[2]
TEXT = "Good morning, and welcome to the first recording. The old house stood near the river."


def listening(sound: VirtualSound, *arguments: str) -> subprocess.Popen[str]:
    """The command, once it has said that it listens."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("SPEECHRNN_")}
    program = subprocess.Popen(
        [sys.executable, "-m", "speechrnn", "listen", *arguments],
        cwd=ROOT,
        env={**environment, **sound.environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert program.stderr is not None
    first = program.stderr.readline()
    if "listening" not in first:
        program.kill()
        raise AssertionError(first + program.communicate()[1])
    return program


def events_until_final(program: subprocess.Popen[str]) -> list[dict[str, Any]]:
    assert program.stdout is not None
    events = []
    for line in program.stdout:
        events.append(json.loads(line))
        if events[-1]["event"] == "final":
            return events
    raise AssertionError(f"it ended after {events}")


def test_captions_of_a_microphone_are_those_of_its_recording(sound: VirtualSound, tmp_path: Path) -> None:
    """Words come while they are spoken; Ctrl-C ends it; the text is what a transcription gives."""
    spoken = sound.speak(TEXT, tmp_path / "spoken.wav")
    path = tmp_path / "recorded.wav"
    program = listening(sound, "--json", "--save", str(path), "--input", "virtual")
    try:
        player = sound.play(spoken)
        events = events_until_final(program)
        player.wait(60)
        program.send_signal(signal.SIGINT)
        rest, complaints = program.communicate(timeout=120)
    finally:
        program.kill()
    assert program.returncode == 0, complaints
    events += [json.loads(line) for line in rest.splitlines()]
    final = [segment for event in events if event["event"] == "final" for segment in event["segments"]]
    with FileSource(path) as source:
        offline = list(Recognizer.load(ROOT / "models" / "asr-en").transcribe(source))
    assert [segment["text"] for segment in final] == [segment.text for segment in offline]
    partial = [event for event in events if event["event"] == "partial"]
    assert len(partial) >= 3
    # A robot's voice, of which the recognizer need not understand all.
    said = " ".join(segment["text"] for segment in final).lower()
    assert any(word in said for word in ("morning", "welcome", "first", "house", "river"))
