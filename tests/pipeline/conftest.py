"""A recognizer of the toy language, made once."""

from collections.abc import Iterator

import pytest
import toy_recognizer

from speechrnn.nets.device import one_thread
from speechrnn.pipeline.offline import Recognizer


@pytest.fixture(scope="session")
def recognizer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recognizer]:
    """On one thread: the network is tiny."""
    with one_thread():
        yield toy_recognizer.make_recognizer(tmp_path_factory.mktemp("toy"))
