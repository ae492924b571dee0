"""`speechrnn adapt`: a recognizer that knows a voice, a room, a recording."""

from __future__ import annotations

import dataclasses
import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from speechrnn.cli import options as opt
from speechrnn.cli.console import adaptation_bar, say
from speechrnn.cli.recognizer import RecognizerChoice, loader_of
from speechrnn.errors import AudioFormatError, ConfigError, DataError, OutputError
from speechrnn.store.recordings import find_recordings

if TYPE_CHECKING:
    from speechrnn.evaluation.manifest import Utterance
    from speechrnn.training.adaptation import Adaptation
    from speechrnn.training.adaptation_data import Ear


def adapt(
    context: typer.Context,
    name: Annotated[
        str, typer.Option("--name", metavar="NAME", help="Of the new recognizer: letters, digits, . _ -")
    ],
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[PATH]...",
            show_default=False,
            help="Recordings, or folders that are searched for them.",
        ),
    ] = None,
    manifest: opt.ManifestOption = None,
    texts: Annotated[
        bool,
        typer.Option("--texts", help="What is said in talk.wav stands in talk.txt beside it."),
    ] = False,
    model: opt.ModelOption = opt.DEFAULT_MODEL,
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace an own recognizer of that name.")
    ] = False,
    device: opt.DeviceOption = opt.Device.AUTO,
    as_json: opt.JsonOption = False,
) -> int:
    """Adapt a recognizer to a voice, a room, a recording.

    It goes on learning, for a minute or two, from recordings like those that it shall transcribe, and is
    written as a recognizer of your own. From twenty seconds of speech on it helps, some minutes are good.

    What is said is taken from a text, by --manifest or --texts, or else from what the recognizer hears
    itself, which helps nearly as much. A corrected transcript will do; a long recording is cut in pieces
    where what is heard fits its text. Every fourth piece is not learned from, and tells how many words were
    wrong before and are wrong now. Where these are not fewer nothing is written, and the exit code is 1.
    Nothing leaves this computer.
    """
    if not paths and manifest is None:
        raise typer.BadParameter("name recordings or folders, or give --manifest TSV")
    if texts and not paths:
        raise typer.BadParameter("--texts is for recordings that are named; a manifest has its texts")
    # Neither a help text nor a wrong name needs what takes seconds to import.
    from speechrnn.bundles.catalog import find_bundle, user_root

    folder = _free(name, user_root(), replace=replace)
    recordings, problems = _recordings(paths or [], manifest, texts=texts)
    for problem in problems:
        say(problem)
    if not recordings:
        raise DataError("no recording is left to learn from")
    base = find_bundle(model, "recognizer")
    ear = loader_of(context)(RecognizerChoice(model=model, device=device, punctuation=False))
    from speechrnn.training.adaptation import adapt, save_adapted

    with (
        tempfile.TemporaryDirectory(prefix="speechrnn-adapt-", ignore_cleanup_errors=True) as work_dir,
        adaptation_bar("adapt") as told,
    ):
        adaptation = adapt(
            base, cast("Ear", ear), recordings, work_dir=Path(work_dir), device=device.value, told=told
        )
    for out in adaptation.left_out:
        say(out.reason if str(out.path) in out.reason else f"{out.path}: left out: {out.reason}")
    if adaptation.better:
        save_adapted(base, adaptation, name, folder)
    if as_json:
        typer.echo(json.dumps(_fields(adaptation, folder)))
    else:
        typer.echo("\n".join(_lines(adaptation, base.info.id, name, folder)))
    return 1 if problems or adaptation.left_out or not adaptation.better else 0


def _free(name: str, root: Path, *, replace: bool) -> Path:
    """The folder of the new recognizer.

    Raises:
        ConfigError: the name is none, or belongs to a model that came with the program.
        OutputError: an own model has it, and `replace` is false.
    """
    from speechrnn.bundles.catalog import bundle_roots
    from speechrnn.bundles.manifest import is_plain_name

    if not is_plain_name(name):
        raise ConfigError(f"{name!r} is no name for a recognizer: take letters, digits and . _ -")
    folder = root / name
    for other in bundle_roots():
        if other != root and os.path.lexists(other / name):
            raise ConfigError(f"{name} is the name of a model that is there already ({other}): take another")
    if os.path.lexists(folder) and not replace:
        raise OutputError(f"{folder} exists: take another --name, or add --replace")
    return folder


def _recordings(
    paths: Sequence[Path], manifest: Path | None, *, texts: bool
) -> tuple[list[Utterance], list[str]]:
    """What to learn from, and one line for each path that cannot be used."""
    from speechrnn.audio.file import FileSource
    from speechrnn.evaluation.manifest import Utterance, read_manifest

    utterances = read_manifest(manifest) if manifest is not None else []
    found, problems = find_recordings(paths)
    for recording in found:
        try:
            with FileSource(recording.path) as source:
                duration = source.duration or 0.0
            text = _text_beside(recording.path) if texts else ""
        except (AudioFormatError, DataError) as error:
            problems.append(str(error))
            continue
        utterances.append(
            Utterance(path=recording.path, speaker="", duration=duration, corpus="own", text=text)
        )
    return utterances, problems


def _text_beside(path: Path) -> str:
    beside = path.with_suffix(".txt")
    try:
        text = beside.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(f"{beside} is not UTF-8 text at byte {error.start}: save it as UTF-8") from error
    except OSError as error:
        raise DataError(
            f"{beside} cannot be read ({error.strerror}): --texts expects what is said in {path.name} there"
        ) from error
    if not text.strip():
        raise DataError(f"{beside} is empty: expected what is said in {path.name}")
    return text


def _fields(adaptation: Adaptation, folder: Path) -> dict[str, Any]:
    fields: dict[str, Any] = {
        f.name: getattr(adaptation, f.name)
        for f in dataclasses.fields(adaptation)
        if f.name not in ("network", "before", "after", "left_out")
    }
    for name, counts in (("wer_before", adaptation.before), ("wer_after", adaptation.after)):
        fields[name] = None if counts is None else counts.rate
    fields["left_out"] = [{"path": str(out.path), "reason": out.reason} for out in adaptation.left_out]
    fields["bundle"] = str(folder) if adaptation.better else None
    return fields


def _lines(adaptation: Adaptation, base: str, name: str, folder: Path) -> Iterator[str]:
    yield (
        f"learned from {adaptation.learned_s / 60:.1f} minutes of speech (recordings: "
        f"{adaptation.n_recordings}), in {adaptation.n_steps} steps and {adaptation.wall_s:.0f} s"
    )
    if adaptation.before is None or adaptation.after is None:
        yield "not measured: for that eight pieces or more need a text"
    else:
        yield (
            f"words wrong in {adaptation.n_held_out} pieces that it did not learn from "
            f"({adaptation.after.reference} words): {base} {adaptation.before.rate:.1%}, "
            f"adapted {adaptation.after.rate:.1%}"
        )
    if adaptation.better:
        yield f"{folder}"
        yield f"use it: speechrnn transcribe --model {name}, or in the app's settings"
    else:
        yield "no gain: nothing was written"
