"""Fixtures of the journeys: the program, and recordings that are written here."""

import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from cli_program import Program, Recorder

from speechrnn.types import SAMPLE_RATE


@pytest.fixture(autouse=True)
def _ctrl_c() -> Iterator[None]:
    """Ctrl-C interrupts, also where tests were started in the background and inherit that it is ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def program(capfdbinary: pytest.CaptureFixture[bytes]) -> Program:
    return Program(capfdbinary)


@pytest.fixture
def record(tmp_path: Path) -> Recorder:
    """Writes a tone: `record("a/talk.wav", seconds=2)`."""

    def write(name: str, seconds: float = 2.0, samples: Any = None, **options: Any) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if samples is None:
            samples = 0.1 * np.sin(np.arange(round(seconds * SAMPLE_RATE)) * 0.2)
        soundfile.write(path, samples, SAMPLE_RATE, **options)
        return path

    return write
