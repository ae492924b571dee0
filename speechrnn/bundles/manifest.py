"""What `bundle.toml` says, as frozen values, and the check that it says it in full.

Pure: bytes in, values out. A manifest that is damaged, foreign or newer raises a `BundleError` that names the
place, what was found and what was expected.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from speechrnn import __version__
from speechrnn.errors import BundleError

FORMAT = 1

_TABLES = ("net", "features", "decoding")
_KEYS = (
    "sha256",
    "format",
    "id",
    "task",
    "licence",
    "trained_on",
    "min_speechrnn",
    *_TABLES,
    "scores",
    "files",
)
_SCORE_KEYS: Mapping[str, tuple[type, ...]] = {
    "name": (str,),
    "test_set": (str,),
    "value": (int, float),
    "size": (str, int),
    "command": (str,),
    "commit": (str,),
}
_CHECKSUM = re.compile(rb'sha256 = "([0-9a-f]{64})"\n')


@dataclass(frozen=True, slots=True, kw_only=True)
class FileEntry:
    """What the manifest says about one file.

    Attributes:
        bytes: length.
        sha256: 64 lower-case hexadecimal digits.
    """

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleInfo:
    """What a bundle says of itself. All mappings hold what TOML can: text, numbers, truth, lists, tables.

    Attributes:
        id: plain name, such as "asr-en".
        task: what it is for, such as "recognizer" or "tagger".
        net: class name and sizes of the network.
        features: every number that the front end needs; empty where there is none.
        decoding: the options that it was measured with; empty where there are none.
        licence: SPDX expression of the weights.
        trained_on: the sources, each with its licence.
        scores: each with `name`, `test_set`, `value`, `size`, `command` and `commit`.
        min_speechrnn: oldest version of this program that can run it.
    """

    id: str
    task: str
    net: Mapping[str, Any]
    features: Mapping[str, Any]
    decoding: Mapping[str, Any]
    licence: str
    trained_on: tuple[str, ...]
    scores: tuple[Mapping[str, Any], ...]
    min_speechrnn: str

    def __post_init__(self) -> None:
        if not is_plain_name(self.id):
            raise BundleError(f"id is {self.id!r}: expected letters, digits and . _ -, such as asr-en")
        for name in ("task", "licence"):
            if not getattr(self, name):
                raise BundleError(f"{name} of the bundle {self.id} is empty: expected a text")
        _version(self.min_speechrnn)
        for score in self.scores:
            _check_score(score, self.id)

    def to_table(self) -> dict[str, Any]:
        """The manifest without its files and its checksum, in the order in which it is written."""
        return {
            "format": FORMAT,
            "id": self.id,
            "task": self.task,
            "licence": self.licence,
            "trained_on": list(self.trained_on),
            "min_speechrnn": self.min_speechrnn,
            **{name: dict(getattr(self, name)) for name in _TABLES},
            "scores": [dict(score) for score in self.scores],
        }


def is_plain_name(name: str) -> bool:
    """Whether `name` is a file name on every system and names no other folder."""
    return re.fullmatch(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?", name) is not None


def parse_manifest(content: bytes, where: str) -> tuple[BundleInfo, dict[str, FileEntry]]:
    """Reads a manifest and checks all of it.

    Args:
        content: the bytes of `bundle.toml`.
        where: its path, for messages.

    Returns:
        What it says, and its files by name.

    Raises:
        BundleError: not TOML, newer than this program, a key too many or too few, a value of the wrong kind,
            or bytes that differ from the checksum.
    """
    try:
        table = tomllib.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BundleError(f"{where} is damaged, it is no TOML ({error}): copy the bundle again") from error
    _check_age(table, where)
    first_line = _CHECKSUM.match(content)
    if first_line is None:
        raise BundleError(f'{where} must begin with a line sha256 = "...": copy the bundle again')
    if hashlib.sha256(content[first_line.end() :]).hexdigest().encode() != first_line[1]:
        raise BundleError(
            f"{where} is damaged or was edited: it differs from the SHA-256 in its first line: "
            f"copy the bundle again"
        )
    unknown, missing = sorted(set(table) - set(_KEYS)), [key for key in _KEYS if key not in table]
    if unknown or missing:
        problem = f"has the unknown key {unknown[0]}" if unknown else f"lacks the key {missing[0]}"
        raise BundleError(f"{where} {problem}: expected {', '.join(_KEYS)}")
    for key in ("id", "task", "licence"):
        _check_kind(table[key], str, key, where)
    for key in (*_TABLES, "files"):
        _check_kind(table[key], dict, key, where)
    for key, kind in (("trained_on", str), ("scores", dict)):
        _check_kind(table[key], list, key, where)
        for index, item in enumerate(table[key]):
            _check_kind(item, kind, f"{key}[{index}]", where)
    files = {name: _parse_entry(name, entry, where) for name, entry in table["files"].items()}
    info = {key: table[key] for key in ("id", "task", "licence", "min_speechrnn", *_TABLES)}
    try:
        parsed = BundleInfo(trained_on=tuple(table["trained_on"]), scores=tuple(table["scores"]), **info)
    except BundleError as error:
        raise BundleError(f"{where}: {error}") from error
    return parsed, files


def _check_age(table: Mapping[str, Any], where: str) -> None:
    """Before all else: a newer manifest may differ in every other respect."""
    found = table.get("format")
    if type(found) is not int or found < 1:
        raise BundleError(f"{where} has format {found!r}: expected {FORMAT}; it is no bundle of SpeechRNN")
    if found > FORMAT:
        raise BundleError(
            f"{where} has format {found}, this SpeechRNN {__version__} reads up to {FORMAT}: "
            f"install a newer one"
        )
    needed = table.get("min_speechrnn")
    if not isinstance(needed, str):
        raise BundleError(f"{where} has min_speechrnn {needed!r}: expected a version such as {__version__!r}")
    if _version(needed) > _version(__version__):
        raise BundleError(
            f"{where} needs SpeechRNN {needed} or newer, this is {__version__}: install a newer one"
        )


def _version(text: str) -> tuple[int, ...]:
    """The numbers of a version; a suffix such as `.dev1` or `rc1` does not count."""
    match = re.match(r"\d+(?:\.\d+)*", text)
    if match is None:
        raise BundleError(f"min_speechrnn is {text!r}: expected a version such as {__version__!r}")
    numbers = [int(part) for part in match[0].split(".")]
    return tuple(numbers + [0] * (3 - len(numbers)))


def _check_kind(value: object, kind: type, key: str, where: str) -> None:
    if not isinstance(value, kind):
        names: dict[type, str] = {str: "text", list: "a list", dict: "a table"}
        raise BundleError(f"{where}: {key} is {value!r}: expected {names[kind]}")


def _parse_entry(name: str, entry: object, where: str) -> FileEntry:
    if not is_plain_name(name):
        raise BundleError(f"{where}: [files] names {name!r}: expected a plain file name, in this folder")
    _check_kind(entry, dict, f"files.{name}", where)
    assert isinstance(entry, dict)
    length, digest = entry.get("bytes"), entry.get("sha256")
    well_formed = type(length) is int and length >= 0 and isinstance(digest, str)
    if set(entry) != {"bytes", "sha256"} or not well_formed or not re.fullmatch("[0-9a-f]{64}", str(digest)):
        raise BundleError(
            f"{where}: files.{name} is {entry!r}: expected bytes (0 or more) and "
            f"sha256 (64 hexadecimal digits)"
        )
    return FileEntry(bytes=int(length or 0), sha256=str(digest))


def _check_score(score: Mapping[str, Any], bundle_id: str) -> None:
    if set(score) != set(_SCORE_KEYS):
        raise BundleError(
            f"a score of the bundle {bundle_id} has the keys {', '.join(sorted(score))}: "
            f"expected {', '.join(_SCORE_KEYS)}"
        )
    for key, kinds in _SCORE_KEYS.items():
        if not isinstance(score[key], kinds) or isinstance(score[key], bool):
            raise BundleError(
                f"a score of the bundle {bundle_id} has {key} {score[key]!r}: wrong kind of value"
            )
