"""A recognizer of the toy language, made once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import toy
import toy_recognizer

from speechrnn.nets.device import one_thread
from speechrnn.pipeline.offline import Recognizer


@pytest.fixture(scope="session")
def toy_bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return toy_recognizer.make_bundle(tmp_path_factory.mktemp("toy"))


@pytest.fixture(scope="session")
def recognizer(toy_bundle: Path) -> Iterator[Recognizer]:
    """On one thread: the network is tiny."""
    with one_thread():
        yield Recognizer.load(toy_bundle, punctuation=False, detector=toy.LoudnessDetector(), device="cpu")
