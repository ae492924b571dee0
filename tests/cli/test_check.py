"""Journey: somebody asks whether all works on this machine."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_program import Program

from speechrnn.store.places import VARIABLE

_NAMES = [
    "models",
    "folders",
    "library",
    "memory",
    "microphone",
    "output",
    "speed",
    "accuracy",
    "silence",
    "live",
]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "home"))
    # No sound server and no devices, whatever this machine has.
    monkeypatch.setattr("speechrnn.audio.devices.input_devices", lambda: ())
    monkeypatch.setattr("speechrnn.audio.devices.output_devices", lambda: ())
    return tmp_path / "home"


def test_every_check_says_what_it_found_and_what_to_do(program: Program, home: Path) -> None:
    """The recognizer says the same two words for everything, so accuracy fails, and so does the command."""
    result = program("check")
    assert result.code == 1
    lines = result.out.decode().splitlines()
    found = {
        line[6:21].strip(): line[:6].strip() for line in lines if line[:6].strip() in ("ok", "warn", "fail")
    }
    assert found == {
        "Models": "ok",
        "Folders": "ok",
        "Library": "ok",
        "Memory": found["Memory"],
        "Microphone": "warn",
        "Sound output": "warn",
        "Speed": "ok",
        "Accuracy": "fail",
        "Silence": "warn",
        "Live captions": "fail",
    }
    assert "-> Plug one in" in result.out.decode()
    assert all(len(line) <= 100 for line in lines[1:])
    assert not home.exists(), "a check makes nothing"


def test_the_same_as_json(program: Program) -> None:
    result = program("check", "--json")
    assert result.code == 1
    document = json.loads(result.out)
    assert [check["name"] for check in document["checks"]] == _NAMES
    assert document["machine"]["processors"] >= 1
    accuracy = document["checks"][_NAMES.index("accuracy")]
    assert accuracy["outcome"] == "fail"
    assert accuracy["values"]["n_words"] == 110
