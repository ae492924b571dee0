"""Real speech and the bundles that are shipped: paused again and again, and the text is the same."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
import soxr
from files_cases import Desk

from speechrnn.audio.file import FileSource
from speechrnn.bundles.catalog import find_bundle
from speechrnn.errors import BundleError
from speechrnn.pipeline.offline import Recognizer
from speechrnn.store.library import Library
from speechrnn.store.settings import RecognitionSettings
from speechrnn.types import Segment

SAMPLE = Path(__file__).parents[3] / "benchmarks" / "sample.flac"


@pytest.fixture(scope="module")
def recognizer() -> Recognizer:
    try:
        find_bundle("asr-en", "recognizer")
    except BundleError as error:
        pytest.skip(str(error))
    return Recognizer.load(device="cpu")


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    """The sample in stereo at another rate: in parts with pauses between, and twice without any."""
    wave, rate = soundfile.read(SAMPLE)
    pause = np.zeros(round(1.6 * rate))
    parts = [part for at in range(0, 15 * rate, 5 * rate) for part in (wave[at : at + 5 * rate], pause)]
    mono = soxr.resample(np.concatenate([*parts, wave, wave]), rate, 22_050)
    path = tmp_path / "talk.flac"
    soundfile.write(path, np.stack([mono, 0.5 * mono], axis=1), 22_050)
    return path


class Stopping:
    """The real recognizer, but after a number of segments somebody does something."""

    def __init__(self, recognizer: Recognizer, after: int, do: Callable[[], object]) -> None:
        self._recognizer, self._after, self._do = recognizer, after, do
        self.model_id, self.model_sha256 = recognizer.model_id, recognizer.model_sha256
        self.settings = recognizer.settings

    def transcribe(self, source: Any, **options: Any) -> Iterator[Segment]:
        for number, segment in enumerate(self._recognizer.transcribe(source, **options), start=1):
            yield segment
            if number == self._after:
                self._do()


@pytest.mark.slow
def test_a_file_that_is_paused_again_and_again_gets_the_text_of_one_run(
    recognizer: Recognizer, talk: Path, tmp_path: Path
) -> None:
    with FileSource(talk) as source:
        whole = list(recognizer.transcribe(source))
    assert len(whole) > 3
    desk = Desk(tmp_path)
    stopped = threading.Event()

    @contextmanager
    def borrow(_wanted: RecognitionSettings, stop: threading.Event) -> Iterator[Any]:
        def wait() -> None:
            stopped.set()
            stop.wait(20)

        yield Stopping(recognizer, 1, wait)

    desk.lend = borrow
    desk.presenter.open()
    desk.presenter.actions.add([talk])
    n_pauses = 0
    while desk.states() != {"talk.flac": "done"}:
        desk.pump(lambda: stopped.is_set() or desk.states() == {"talk.flac": "done"})
        stopped.clear()
        desk.presenter.actions.pause([row.job.id for row in desk.rows])
        desk.pump(lambda: desk.states()["talk.flac"] in ("paused", "done"))
        n_pauses += desk.states() == {"talk.flac": "paused"}
        desk.presenter.actions.resume([row.job.id for row in desk.rows])
    desk.close()
    assert n_pauses >= 3
    with Library.open(desk.library) as library:
        found = [stored.segment for stored in library.segments(desk.id_of("talk.flac"))]
    assert found == whole
    assert (tmp_path / "talk.txt").read_text("utf-8").strip()
