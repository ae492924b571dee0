"""The program as the journeys run it, with a recognizer whose words are made up."""

import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from speechrnn.audio.source import AudioSource
from speechrnn.cli.main import run
from speechrnn.cli.recognizer import RecognizerChoice
from speechrnn.types import SAMPLE_RATE, Segment, Word


class SayingRecognizer:
    """Hears one given word in each full second of a recording, whatever sounds there.

    Stands in for the networks, which are tested on their own; the files are really read.
    """

    model_id, model_sha256 = "asr-fake", "ab" * 32
    stage_seconds: Mapping[str, float] = {"net": 0.0}

    def __init__(self, words: Sequence[str], stop_after: int | None, stop: Callable[[], None]) -> None:
        self.settings: Mapping[str, Any] = {"decoder": "beam"}
        self._words, self._stop_after, self._stop = words, stop_after, stop

    def transcribe(
        self,
        source: AudioSource,
        *,
        digits: bool = False,
        progress: Callable[[float], None] | None = None,
    ) -> Iterator[Segment]:
        heard = n_samples = 0
        for block in source.blocks():
            n_samples += len(block)
            if progress is not None:
                progress(n_samples / SAMPLE_RATE)
            while n_samples >= (heard + 1) * SAMPLE_RATE:
                if heard == self._stop_after:
                    self._stop()
                text = "1" if digits else self._words[heard % len(self._words)]
                word = Word(text=text, start=heard + 0.1, end=heard + 0.9, confidence=0.5)
                heard += 1
                yield Segment(start=word.start, end=word.end, text=text, words=(word,))


class Rim:
    """What stands in for bundles on disk; remembers what was asked for."""

    stop_after: int | None = None

    def __init__(self) -> None:
        self.choices: list[RecognizerChoice] = []

    def __call__(self, choice: RecognizerChoice) -> SayingRecognizer:
        self.choices.append(choice)
        return SayingRecognizer(["Hello", "there."], self.stop_after, self.stop)

    def stop(self) -> None:
        """What happens in the midst of a recording; here Ctrl-C."""
        signal.raise_signal(signal.SIGINT)


@dataclass(frozen=True)
class Result:
    """What a command left: exit code and the two streams."""

    code: int
    out: bytes
    err: str

    @property
    def complaints(self) -> list[str]:
        return self.err.splitlines()


class Program:
    """Runs commands in this process, so that torch is not loaded for each."""

    def __init__(self, capture: pytest.CaptureFixture[bytes]) -> None:
        self._capture = capture
        self.rim = Rim()

    def __call__(self, *arguments: str | Path) -> Result:
        self._capture.readouterr()
        code = run([str(argument) for argument in arguments], loader=self.rim)
        out, err = self._capture.readouterr()
        return Result(code, out, err.decode())


Recorder = Callable[..., Path]
