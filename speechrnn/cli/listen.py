"""`speechrnn listen`: captions in the terminal while somebody speaks."""

from __future__ import annotations

import signal
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from speechrnn.cli import options as opt
from speechrnn.cli.captions import Captions, JsonCaptions, PlainCaptions, terminal_captions
from speechrnn.cli.console import say
from speechrnn.cli.recognizer import Loader, RecognizerChoice, loader_of, read_hot_words
from speechrnn.types import DEFAULT_LATENCY_S

if TYPE_CHECKING:
    from speechrnn.audio.capture import CaptureInput, CaptureSession
    from speechrnn.pipeline.live_events import ArrivalClock, LiveEvent, LiveOptions

WATCH_S = 0.2  # how often it is seen whether the recording should end


def listen(
    context: typer.Context,
    input_name: Annotated[
        str | None,
        typer.Option(
            "--input",
            "-i",
            metavar="NAME",
            show_default=False,
            help="The input, by its name or a part of it (see `speechrnn devices`); without it the system's.",
        ),
    ] = None,
    save: Annotated[
        Path | None,
        typer.Option(
            "--save",
            metavar="WAV",
            show_default=False,
            help="Keep the recording, 16 kHz mono. It can be read at any moment, whatever happens.",
        ),
    ] = None,
    latency: opt.LatencyOption = DEFAULT_LATENCY_S,
    model: opt.ModelOption = opt.DEFAULT_MODEL,
    device: opt.DeviceOption = opt.Device.AUTO,
    hot_words: opt.HotWordsOption = None,
    punctuation: opt.PunctuationOption = True,
    digits: opt.DigitsOption = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print each event as a line of JSON.")] = False,
) -> int:
    """Caption what a microphone hears.

    Words appear while they are spoken: first those that may still change, dim; when a pause ends the
    utterance its final text takes their place, as `speechrnn transcribe` would write it. Where stdout is no
    terminal, only final text is printed, a line each.

    Ctrl-C ends it: what was said until then is still written. A second one breaks off.

    With --json each line is an object with an "event": "partial" (the utterance so far: "committed" words
    stay until it is final, those of "tail" may change), "final" (segments as in the JSON of `transcribe`) or
    "progress" (how far it has heard, how far it is behind, how late words are, how busy the machine is).
    """
    # PortAudio and torch are not needed for a help text.
    from speechrnn.pipeline.live_events import LiveOptions

    choice = RecognizerChoice(
        model=model,
        device=device,
        hot_words=read_hot_words(hot_words) if hot_words else (),
        punctuation=punctuation,
    )
    captions = JsonCaptions() if as_json else terminal_captions() or PlainCaptions()
    options = LiveOptions.for_latency(latency, digits=digits)
    microphone = open_microphone(input_name)
    if save is not None:
        return _listen(microphone, save, loader_of(context), choice, options, captions)
    with tempfile.TemporaryDirectory(prefix="speechrnn-") as folder:
        # On disk all the same: a machine that is too slow for its speaker does not lose a word.
        path = Path(folder) / "listening.wav"
        return _listen(microphone, path, loader_of(context), choice, options, captions)


def open_microphone(name: str | None) -> CaptureInput:
    """The input to listen to; None is the system's own choice.

    Raises:
        AudioDeviceError: there is none of that name, or no sound system.
    """
    from speechrnn.audio.devices import find_input
    from speechrnn.audio.microphone import Microphone

    return Microphone(None if name is None else find_input(name))


def _listen(
    microphone: CaptureInput,
    path: Path,
    load: Loader,
    choice: RecognizerChoice,
    options: LiveOptions,
    captions: Captions,
) -> int:
    from speechrnn.audio.capture import CaptureSession
    from speechrnn.audio.recorder import Recorder
    from speechrnn.pipeline.live_events import ArrivalClock

    clock = ArrivalClock()
    session = CaptureSession(microphone, Recorder(path), on_recorded=clock.mark)
    try:
        # From the first block on: a Ctrl-C before would end the program without what was said.
        with _ended_by_ctrl_c(session), captions:
            # Before the models are loaded: who speaks at once is heard.
            session.start()
            say("listening; Ctrl-C ends it")
            for event in _events(session, load, choice, options, clock):
                captions.show(event)
    finally:
        session.stop(timeout_s=None)
    if session.warning:
        say(session.warning)
    if session.error is not None:
        say(str(session.error))
    return 1 if session.error is not None else 0


def _events(
    session: CaptureSession, load: Loader, choice: RecognizerChoice, options: LiveOptions, clock: ArrivalClock
) -> Iterator[LiveEvent]:
    from speechrnn.audio.recorder import RecordingReader
    from speechrnn.pipeline.live import LiveRecognizer
    from speechrnn.pipeline.offline import Recognizer

    # What stands behind the measuring commands' protocol is the whole recognizer.
    recognizer = cast(Recognizer, load(choice))
    yield from LiveRecognizer(recognizer, options).run(
        RecordingReader(session.recorder).blocks(), clock=clock
    )


@contextmanager
def _ended_by_ctrl_c(session: CaptureSession) -> Iterator[None]:
    """Ends the recording on Ctrl-C, and where it pauses by itself since the device or the disk failed."""
    asked, done = threading.Event(), threading.Event()

    def ask(_signal: int, _frame: object) -> None:
        signal.signal(signal.SIGINT, before)
        asked.set()

    def watch() -> None:
        while not done.is_set():
            if asked.wait(WATCH_S) or session.state == "paused":
                session.stop(timeout_s=0)
                return

    watcher = threading.Thread(target=watch, name="watch", daemon=True)
    before = signal.signal(signal.SIGINT, ask)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()
        signal.signal(signal.SIGINT, before)
