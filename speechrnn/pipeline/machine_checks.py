"""All checks of this machine, joined with its models, folders and devices.

`speechrnn check` and the app's page show what `evaluation.self_check.run_checks` makes of them. Importing
this module is quick: what is heavy is imported by the check that needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from speechrnn.evaluation.self_check import (
    Check,
    Finding,
    check_folders,
    check_memory,
    check_microphone,
    check_models,
    check_output,
)
from speechrnn.types import Seconds

if TYPE_CHECKING:
    from speechrnn.audio.resample import Samples
    from speechrnn.evaluation.recognition import SpeechRecognizer
    from speechrnn.evaluation.speech_check import LiveMeasure, SimulatedClock, SpeechTest

SHIPPED = ("asr-en", "punct-en", "g2p-en")


def machine_checks(
    *,
    load: Callable[[], SpeechRecognizer],
    folders: Mapping[str, Path],
    latency_s: Seconds,
    input_id: str = "",
) -> tuple[Check, ...]:
    """The checks, in the order in which they are run and shown: the quick ones first.

    Args:
        load: gives the recognizer; called at most once, in the thread that runs the checks.
        folders: what they are for -> folder.
        latency_s: longest wait for a word of live captions.
        input_id: the microphone that is chosen; empty for the default.
    """
    speech = _Once(load)
    return (
        Check(name="models", title="Models", run=_models),
        Check(name="folders", title="Folders", run=lambda: check_folders(folders)),
        Check(name="memory", title="Memory", run=_memory),
        Check(name="microphone", title="Microphone", run=lambda: _microphone(input_id)),
        Check(name="output", title="Sound output", run=_output),
        Check(name="speed", title="Speed", run=lambda: speech.test().check_speed()),
        Check(name="accuracy", title="Accuracy", run=lambda: speech.test().check_accuracy()),
        Check(name="silence", title="Silence", run=lambda: speech.test().check_silence()),
        Check(name="live", title="Live captions", run=lambda: check_live_captions(speech.test(), latency_s)),
    )


class _Once:
    """The test of speech, made when a check first needs it."""

    def __init__(self, load: Callable[[], SpeechRecognizer]) -> None:
        self._load = load
        self._test: SpeechTest | None = None

    def test(self) -> SpeechTest:
        if self._test is None:
            from speechrnn.evaluation.speech_check import SpeechTest

            self._test = SpeechTest(self._load)
        return self._test


def _models() -> Finding:
    from speechrnn.bundles.catalog import list_bundles

    return check_models(list_bundles(), SHIPPED)


def _memory() -> Finding:
    from speechrnn.evaluation.memory import machine_memory_bytes

    return check_memory(*machine_memory_bytes())


def _microphone(input_id: str) -> Finding:
    from speechrnn.audio.devices import find_input, input_devices
    from speechrnn.audio.microphone import Microphone, silence_advice

    return check_microphone(
        lambda: Microphone(find_input(input_id) if input_id else None),
        has_input=any(device.kind == "microphone" for device in input_devices()),
        silence_advice=silence_advice(),
    )


def _output() -> Finding:
    from speechrnn.audio.devices import open_output, output_devices

    return check_output(output_devices(), open_output)


def check_live_captions(test: SpeechTest, latency_s: Seconds) -> Finding:
    """How soon live captions come, with the options for `latency_s`.

    Raises:
        ConfigError: the recognizer cannot caption speech.
    """
    from speechrnn.errors import ConfigError
    from speechrnn.pipeline.live import LiveOptions, LiveRecognizer, Progress
    from speechrnn.pipeline.offline import Recognizer

    recognizer = test.recognizer()
    if not isinstance(recognizer, Recognizer):
        raise ConfigError(f"{recognizer.model_id} cannot caption speech: choose another model")
    live = LiveRecognizer(recognizer, LiveOptions.for_latency(latency_s))

    def caption(blocks: Iterator[Samples], clock: SimulatedClock) -> LiveMeasure:
        told = [event for event in live.run(blocks, clock=clock) if isinstance(event, Progress)]
        # The last one, since the first chunks take kernels and memory that the others find there.
        return told[-1].latency_s, told[-1].load, live.options.latency_s

    return test.check_live(caption)
