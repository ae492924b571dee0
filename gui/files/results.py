"""The files that a finished transcription leaves: in chosen formats, named by a template.

No result takes the place of another file unless the settings say so, and never that of another's result.
Every file is there whole or not at all. Free of Qt; called in the job's thread.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from speechrnn.store.atomic import write_whole
from speechrnn.store.export_names import ExportFields, export_name
from speechrnn.store.recordings import MEDIA_SUFFIXES
from speechrnn.transcript.document import Transcript
from speechrnn.transcript.formats import FORMATS, Format
from speechrnn.transcript.subtitles import SubtitleOptions


class Claims:
    """Which results were written for which recording since the start, so that files done side by side, or one
    after the other with `overwrite`, never take each other's names."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._owners: dict[str, Path] = {}

    def claim(self, targets: Sequence[Path], recording: Path, *, overwrite: bool) -> bool:
        """Takes all names for a recording, or none.

        Returns:
            False where one of them is the recording itself, another's, or there while `overwrite` is false.
        """
        # Windows and macOS take names that differ in case alone for the same.
        names = [str(target).casefold() for target in targets]
        with self._lock:
            for name, target in zip(names, targets, strict=True):
                if self._owners.get(name, recording) != recording or _same_file(target, recording):
                    return False
                if os.path.lexists(target) and not overwrite:
                    return False
            self._owners.update(dict.fromkeys(names, recording))
            return True


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultRules:
    """What is written, where and how it is called.

    Attributes:
        formats: names of `transcript.formats.FORMATS`; may be empty.
        folder: for the results; None for beside the recording.
        template: see `store.export_names`.
        overwrite: replace results that exist; else they get a number.
        subtitles: shape of the subtitles.
        n: number of the file since the start of the app, from 1; for the template.
        claims: names that are taken.
    """

    formats: tuple[str, ...] = ()
    folder: Path | None = None
    template: str = "{name}"
    overwrite: bool = False
    subtitles: SubtitleOptions = field(default_factory=SubtitleOptions)
    n: int = 1
    claims: Claims = field(default_factory=Claims)


def write_results(transcript: Transcript, recording: Path, rules: ResultRules) -> tuple[Path, ...]:
    """Writes a transcript in all chosen formats.

    All get the same name; where one of them would be in the way of another file, all get a number behind it.

    Args:
        transcript: what to write.
        recording: what it was made of; gives name and date.
        rules: what, where and how.

    Returns:
        The files.

    Raises:
        OutputError: the folder is read-only, gone or full; files before the fault are there.
        ConfigError: the template cannot make names.
    """
    formats = [FORMATS[name] for name in rules.formats]
    if not formats:
        return ()
    folder = rules.folder or recording.parent
    name = export_name(rules.template, _fields(recording, transcript.model_id, rules.n))
    targets = _free_targets(folder, name, formats, recording, rules)
    for format_, target in zip(formats, targets, strict=True):
        write_whole(target, format_.to_bytes(transcript, rules.subtitles))
    return targets


def _free_targets(
    folder: Path, name: str, formats: Sequence[Format], recording: Path, rules: ResultRules
) -> tuple[Path, ...]:
    number = 1
    while True:
        numbered = name if number == 1 else f"{name} ({number})"
        targets = tuple(folder / f"{numbered}{format_.suffix}" for format_ in formats)
        if rules.claims.claim(targets, recording, overwrite=rules.overwrite):
            return targets
        number += 1


def _fields(recording: Path, model: str, n: int) -> ExportFields:
    try:
        created = datetime.fromtimestamp(recording.stat().st_mtime)
    except OSError:
        created = datetime.now()
    # A talk in two forms, talk.mp4 and talk.wav, gives talk.mp4.txt and talk.wav.txt.
    name = recording.name if _has_twin(recording) else recording.stem
    return ExportFields(name=name, created=created, model=model, n=n)


def _has_twin(recording: Path) -> bool:
    """Whether a recording that differs in its suffix alone lies beside this one."""
    stem = recording.stem.casefold()
    try:
        return any(
            other.stem.casefold() == stem
            and other.name != recording.name
            and other.suffix.lower() in MEDIA_SUFFIXES
            for other in recording.parent.iterdir()
        )
    except OSError:
        return False


def _same_file(target: Path, recording: Path) -> bool:
    try:
        return target.samefile(recording)
    except OSError:
        return False
