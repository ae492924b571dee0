"""A connection to PulseAudio, or to PipeWire in its place: calls with a time limit, and no threads.

The connection is used by one thread, which also runs the library's main loop: nothing of the library ever
calls into another thread. `pulse.py` makes devices and streams of it.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from ctypes import c_void_p

from speechrnn.audio import pulse_library as pa
from speechrnn.errors import AudioDeviceError
from speechrnn.types import Seconds

ANSWER_S = 3.0  # a server that is slower than that hangs


class Connection:
    """One client of the server."""

    def __init__(self) -> None:
        """Connects.

        Raises:
            AudioDeviceError: no library, no server, or it does not answer.
        """
        library = pa.libpulse() if sys.platform == "linux" else None
        if library is None:
            raise AudioDeviceError("there is no sound server: install PulseAudio or PipeWire, or start it")
        self.library = library
        self._loop = c_void_p(library.pa_mainloop_new())
        self.context = c_void_p(library.pa_context_new(library.pa_mainloop_get_api(self._loop), b"SpeechRNN"))
        try:
            started = library.pa_context_connect(self.context, None, pa.NO_AUTOSPAWN, None) >= 0
            if not started or not self.run(lambda: self._state() >= pa.CONTEXT_READY, ANSWER_S):
                raise AudioDeviceError(f"the sound server does not answer ({self.reason()}): start it again")
            self.check()
        except AudioDeviceError:
            self.close()
            raise

    def run(self, done: Callable[[], bool], timeout_s: Seconds) -> bool:
        """Lets the library work until `done`, or the connection breaks, or time is up.

        Returns:
            Whether it is done.
        """
        deadline = time.monotonic() + timeout_s
        while not done():
            left_s = max(0.0, deadline - time.monotonic())
            if self.library.pa_mainloop_prepare(self._loop, round(left_s * 1e6)) < 0:
                return False
            self.library.pa_mainloop_poll(self._loop)
            self.library.pa_mainloop_dispatch(self._loop)
            if not left_s or self._state() in (pa.CONTEXT_FAILED, pa.CONTEXT_TERMINATED):
                return done()
        return True

    def check(self) -> None:
        """Sees that the server is there.

        Raises:
            AudioDeviceError: it has gone.
        """
        if self._state() != pa.CONTEXT_READY:
            raise AudioDeviceError(f"the sound server has gone ({self.reason()}): start it again, then go on")

    def reason(self) -> str:
        """What the library says of the last failure."""
        text: bytes = self.library.pa_strerror(self.library.pa_context_errno(self.context))
        return text.decode(errors="replace")

    def finish(self, operation: int | None) -> None:
        """Waits for an operation.

        Raises:
            AudioDeviceError: the server does not answer.
        """
        if not operation:
            raise AudioDeviceError(f"the sound server refuses ({self.reason()}): start it again")
        handle = c_void_p(operation)
        state = self.library.pa_operation_get_state
        answered = self.run(lambda: state(handle) != pa.OPERATION_RUNNING, ANSWER_S)
        if not answered:
            self.library.pa_operation_cancel(handle)
        self.library.pa_operation_unref(handle)
        self.check()
        if not answered:
            raise AudioDeviceError("the sound server does not answer: start it again")

    def close(self) -> None:
        """Ends it; once only."""
        self.library.pa_context_disconnect(self.context)
        self.library.pa_context_unref(self.context)
        self.library.pa_mainloop_free(self._loop)

    def _state(self) -> int:
        state: int = self.library.pa_context_get_state(self.context)
        return state
