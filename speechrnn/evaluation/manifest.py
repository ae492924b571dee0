"""Lists of utterances: a TSV, or a tree in LibriSpeech's form.

A TSV line is path, speaker, seconds, set, text; the path is relative to the TSV. Used by training and
by evaluation.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from speechrnn.errors import DataError
from speechrnn.types import Seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """One recording and what is said in it.

    Attributes:
        path: the audio file.
        speaker: an id, the same for all recordings of one voice.
        duration: seconds as listed; 0 where the list does not say.
        corpus: the set that it is from.
        text: as published.
    """

    path: Path
    speaker: str
    duration: Seconds
    corpus: str
    text: str


def read_manifest(path: Path) -> list[Utterance]:
    """The utterances of a TSV, in its order.

    Raises:
        DataError: the file cannot be read, is empty, or a line is not path, speaker, seconds, set, text.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: cannot be read as a manifest ({error}); expected a UTF-8 TSV") from error
    utterances = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        fields = line.split("\t")
        if len(fields) != 5:
            raise DataError(
                f"{path}, line {number}: {len(fields)} columns; expected path, speaker, seconds, set, text"
            )
        try:
            duration = float(fields[2])
        except ValueError as error:
            if number == 1:
                continue  # a line of column names
            raise DataError(f"{path}, line {number}: {fields[2]!r} is no number of seconds") from error
        utterances.append(
            Utterance(
                path=path.parent / fields[0],
                speaker=fields[1],
                duration=duration,
                corpus=fields[3],
                text=fields[4],
            )
        )
    if not utterances:
        raise DataError(f"{path}: no utterance in it; expected lines of path, speaker, seconds, set, text")
    return utterances


def read_utterances(path: Path) -> list[Utterance]:
    """The utterances of a TSV, or of a folder in LibriSpeech's form, such as `torchaudio.datasets` unpacks.

    Raises:
        DataError: see `read_manifest` and `read_librispeech`.
    """
    return read_librispeech(path) if path.is_dir() else read_manifest(path)


def read_librispeech(folder: Path) -> list[Utterance]:
    """The utterances of a tree `SPEAKER/CHAPTER/*.flac` with a `*.trans.txt` a chapter, sorted by id.

    Raises:
        DataError: no transcript is in the tree, or a transcript names a recording that is not there.
    """
    utterances = []
    for transcript in sorted(folder.rglob("*.trans.txt")):
        for number, line in enumerate(transcript.read_text(encoding="utf-8").splitlines(), start=1):
            if not line.strip():
                continue
            name, _, text = line.partition(" ")
            audio = transcript.parent / f"{name}.flac"
            if not audio.is_file():
                raise DataError(f"{transcript}, line {number}: {audio.name} is not beside it")
            utterances.append(
                Utterance(path=audio, speaker=name.split("-")[0], duration=0.0, corpus=folder.name, text=text)
            )
    if not utterances:
        raise DataError(f"{folder}: no *.trans.txt in it; expected SPEAKER/CHAPTER/*.flac with *.trans.txt")
    return utterances
