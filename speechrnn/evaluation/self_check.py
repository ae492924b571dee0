"""Tests of this machine in plain words: is all there, does it work, how well, and what to do if not.

A `Check` runs one test and gives a `Finding`. What it touches (folders, models, devices, clocks) comes in as
arguments. Here are the checks of files and devices; `speech_check.py` has those that recognize speech, and
`pipeline.machine_checks` joins all of them for the command line and the app.
"""

from __future__ import annotations

import math
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import numpy as np

from speechrnn.audio.source import AudioSource
from speechrnn.audio.streams import OutputDevice, OutputStream
from speechrnn.bundles.catalog import CatalogEntry
from speechrnn.errors import AudioDeviceError, BundleError, SpeechRnnError
from speechrnn.types import SAMPLE_RATE

Outcome = Literal["ok", "warn", "fail"]
Value = str | int | float | bool | None

BYTES_PER_HOUR = SAMPLE_RATE * 2 * 3600  # of a recording
LITTLE_SPACE, NO_SPACE = 2_000_000_000, 200_000_000  # bytes: 17 hours of recordings, 2 hours
NEEDED_MEMORY = 1_300_000_000  # bytes; more than benchmarks/live_endurance.py saw held at any moment
_MICROPHONE_S = 1.0
_OUTPUT_S = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one check found.

    Attributes:
        name: of the check; stays the same in all languages.
        outcome: "ok"; "warn" where it works with a loss; "fail" where something does not work.
        text: what was found, one or two sentences.
        advice: what to do; empty where there is nothing to do.
        values: the numbers behind the text, by name with the unit in it.
    """

    name: str
    outcome: Outcome
    text: str
    advice: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One test.

    Attributes:
        name: as in its finding.
        title: what is tested, for people.
        run: does it; may take seconds, and may raise `SpeechRnnError`.
    """

    name: str
    title: str
    run: Callable[[], Finding]


def run_checks(checks: Iterable[Check]) -> Iterator[Finding]:
    """The findings of checks, one after another; an error of a check is its finding.

    Nothing runs before the first is asked for, so that whoever asks can stop between two.
    """
    for check in checks:
        try:
            yield check.run()
        except SpeechRnnError as error:
            yield Finding(name=check.name, outcome="fail", text=_sentence(str(error)))


def check_models(entries: Sequence[CatalogEntry], wanted: Sequence[str]) -> Finding:
    """Are the models there, and are all their bytes what they were?

    Args:
        entries: the bundles of all folders that are searched; the first with an id counts.
        wanted: ids.
    """
    problems = []
    n_bytes = 0
    for id_ in wanted:
        found = next((entry for entry in entries if entry.path.name == id_), None)
        if found is None:
            problems.append(f"{id_} is not there")
        elif found.bundle is None:
            problems.append(found.problem)
        else:
            try:
                n_bytes += found.bundle.verify()
            except BundleError as error:
                problems.append(str(error))
    values = {"n_wanted": len(wanted), "n_bad": len(problems), "bytes": n_bytes}
    if problems:
        return Finding(
            name="models",
            outcome="fail",
            text=_sentence("; ".join(problems)),
            advice="Install the program again, or copy its folder models again.",
            values=values,
        )
    return Finding(
        name="models",
        outcome="ok",
        text=f"All {len(wanted)} models are there and whole: {', '.join(wanted)} ({n_bytes / 1e6:.0f} MB).",
        values=values,
    )


def check_folders(
    folders: Mapping[str, Path], free_bytes: Callable[[Path], int] = lambda path: shutil.disk_usage(path).free
) -> Finding:
    """Can the folders be written, and is there room?

    Args:
        folders: what they are for -> folder; one that is not there yet is judged by the folder it will be in.
        free_bytes: space that is left on the disk of a folder.
    """
    barred, free = [], {}
    for use, folder in folders.items():
        there = next((one for one in (folder, *folder.parents) if one.is_dir()), folder)
        problem = _cannot_write(there)
        if problem:
            barred.append(f"the folder for {use}, {folder}, cannot be written ({problem})")
        else:
            free[use] = free_bytes(there)
    least = min(free.values(), default=0)
    values: dict[str, Value] = {"n_barred": len(barred), "free_bytes": least}
    if barred:
        return Finding(
            name="folders",
            outcome="fail",
            text=_sentence("; ".join(barred)),
            advice="Choose another folder in the settings, or change its permissions.",
            values=values,
        )
    hours = least / BYTES_PER_HOUR
    outcome: Outcome = "fail" if least < NO_SPACE else "warn" if least < LITTLE_SPACE else "ok"
    return Finding(
        name="folders",
        outcome=outcome,
        text=f"The folders for {_listed(folders)} can be written. {least / 1e9:.1f} GB are free: room for "
        f"{hours:.0f} hours of recordings.",
        advice="" if outcome == "ok" else "Free space, or choose a folder on another disk in the settings.",
        values=values,
    )


def check_memory(available_bytes: int | None, total_bytes: int | None) -> Finding:
    """Is there enough memory?

    Args:
        available_bytes: what programs can still get; None where the system does not tell.
        total_bytes: of the machine; None likewise.
    """
    values: dict[str, Value] = {"available_bytes": available_bytes, "total_bytes": total_bytes}
    if available_bytes is None:
        text = f"The machine has {total_bytes / 1e9:.1f} GB of memory" if total_bytes else "Memory is unknown"
        return Finding(
            name="memory",
            outcome="ok",
            text=f"{text}; recognition takes about {NEEDED_MEMORY / 1e9:.1f} GB.",
            values=values,
        )
    of_total = f" of {total_bytes / 1e9:.1f} GB" if total_bytes else ""
    text = (
        f"{available_bytes / 1e9:.1f} GB{of_total} of memory are free; recognition takes about "
        f"{NEEDED_MEMORY / 1e9:.1f} GB."
    )
    if available_bytes >= NEEDED_MEMORY:
        return Finding(name="memory", outcome="ok", text=text, values=values)
    advice = "Close other programs: with too little memory recognition becomes slow, or the system ends it."
    return Finding(name="memory", outcome="warn", text=text, advice=advice, values=values)


def check_microphone(
    open_source: Callable[[], AudioSource], *, has_input: bool, silence_advice: str
) -> Finding:
    """Does the microphone give sound?

    Args:
        open_source: the chosen microphone, which records from its first block on; it is closed here.
        has_input: whether the system lists any.
        silence_advice: what to do where it gives zeros.
    """
    if not has_input:
        return Finding(
            name="microphone",
            outcome="warn",
            text="There is no microphone. Recordings can be transcribed, but live captions need one.",
            advice="Plug one in, and see the sound settings of the system.",
        )
    source = open_source()
    n_samples, peak = 0, 0.0
    blocks = source.blocks()
    try:
        for block in blocks:
            n_samples += len(block)
            peak = max(peak, float(np.abs(block).max(initial=0.0)))
            if n_samples >= _MICROPHONE_S * SAMPLE_RATE:
                break
    except AudioDeviceError as error:
        return Finding(name="microphone", outcome="fail", text=_sentence(str(error)))
    finally:
        source.close()
    values: dict[str, Value] = {"recorded_s": n_samples / SAMPLE_RATE, "peak": peak}
    if not peak:
        text = "The microphone gives nothing but silence."
        return Finding(
            name="microphone", outcome="fail", text=text, advice=_sentence(silence_advice), values=values
        )
    text = f"The microphone gives sound, {-20 * math.log10(peak):.0f} dB below the loudest that it can give."
    return Finding(name="microphone", outcome="ok", text=text, values=values)


def check_output(
    devices: Sequence[OutputDevice], open_output: Callable[[OutputDevice | None, int, int], OutputStream]
) -> Finding:
    """Can recordings be heard? Plays a moment of silence.

    Args:
        devices: what the system lists.
        open_output: opens a device (None is the default) at a rate with a number of channels.
    """
    values = {"n_devices": len(devices)}
    if not devices:
        return Finding(
            name="output",
            outcome="warn",
            text="There is no sound output. Recordings can be transcribed, but not played.",
            advice="Plug one in, and see the sound settings of the system.",
            values=values,
        )
    stream = open_output(None, 48_000, 2)
    try:
        n_frames = round(_OUTPUT_S * stream.sample_rate)
        n_taken = stream.write(np.zeros((n_frames, stream.n_channels), dtype=np.float32), 1.0)
    except AudioDeviceError as error:
        return Finding(name="output", outcome="warn", text=_sentence(str(error)), values=values)
    finally:
        stream.close()
    name = next((device.name for device in devices if device.is_default), devices[0].name)
    if not n_taken:
        return Finding(
            name="output",
            outcome="warn",
            text=f"{name} does not take any sound.",
            advice="See that no other program holds it, or choose another output in the sound settings.",
            values=values,
        )
    return Finding(name="output", outcome="ok", text=f"{name} takes sound.", values=values)


def _cannot_write(folder: Path) -> str:
    """Why nothing can be written there; empty where it can."""
    try:
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"\0")
    except OSError as error:
        return error.strerror or str(error)
    return ""


def _sentence(text: str) -> str:
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")


def _listed(names: Iterable[str]) -> str:
    *rest, last = names
    return f"{', '.join(rest)} and {last}" if rest else last
