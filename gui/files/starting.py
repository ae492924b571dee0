"""How the modules that know no Qt start jobs; in the app, `gui.worker.Workers.start` is the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from speechrnn.errors import SpeechRnnError


def reason_of(error: BaseException) -> str:
    """Why a job broke off, as a sentence; one that was not raised on purpose names its kind."""
    return str(error) if isinstance(error, SpeechRnnError) else f"{type(error).__name__}: {error}"


class Stoppable(Protocol):
    """A job that was started; `gui.worker.Worker` is one."""

    def stop(self) -> None:
        """Asks it to stop."""


class Start(Protocol):
    """Starts jobs; the functions are called in the GUI thread, and `on_ended` always and last."""

    def __call__(
        self,
        job: Any,
        *,
        on_item: Callable[[Any], object] | None = None,
        on_failed: Callable[[Any], object] | None = None,
        on_ended: Callable[[], object] | None = None,
    ) -> Stoppable: ...
