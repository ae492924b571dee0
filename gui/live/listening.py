"""The job that captions a microphone and keeps nothing: for a first try, and for dictation. Without Qt."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from speechrnn.errors import AudioDeviceError
from speechrnn.pipeline.live_events import LiveEvent, LiveOptions

if TYPE_CHECKING:
    from speechrnn.audio.capture import CaptureInput
    from speechrnn.audio.resample import Samples
    from speechrnn.pipeline.offline import Recognizer

Borrow = Callable[[threading.Event], "AbstractContextManager[Recognizer]"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listens:
    """The recognizer is there and the microphone open: what is said from now on is heard."""


def listen_job(
    microphone: CaptureInput, borrow: Borrow, options: LiveOptions
) -> Callable[[threading.Event], Iterator[Listens | LiveEvent]]:
    """A job that captions a microphone until it is closed.

    Args:
        microphone: opened here once the recognizer is there; whoever closes it ends the job, which still
            tells what was said before.
        borrow: lends a recognizer.
        options: of the captions.

    Raises, when it runs:
        AudioDeviceError: the microphone cannot be opened, or has gone; what was said before has been told.
    """

    def job(stop: threading.Event) -> Iterator[Listens | LiveEvent]:
        gone: list[AudioDeviceError] = []

        def heard() -> Iterator[Samples]:
            try:
                for block in microphone.blocks():
                    if stop.is_set():
                        return
                    yield block
            except AudioDeviceError as error:
                gone.append(error)

        with borrow(stop) as recognizer:
            # torch takes seconds to import, and the window is there before it.
            from speechrnn.pipeline.live import LiveRecognizer

            live = LiveRecognizer(recognizer, options)
            try:
                yield Listens()
                yield from live.run(heard())
            finally:
                microphone.close()
        if gone:
            raise gone[0]

    return job
