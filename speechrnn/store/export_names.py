"""Names of result files, made from a template such as "{date} {name}".

The name that comes out is safe on all three systems: no separator, no reserved name or character, and short
enough for every file system.
"""

from __future__ import annotations

import os
import re
import string
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path

from speechrnn.errors import ConfigError

VARIABLES = ("name", "date", "time", "model", "language", "n")

_MAX_BYTES = 200  # of UTF-8: file systems take 255, and suffixes and numbers come behind
# Windows refuses these characters, and these names whatever suffix they have.
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\ud800-\udfff]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFields:
    """What a template may name.

    Attributes:
        name: of the recording, without its suffix.
        created: when it was recorded, or the file's date, in local time.
        model: id of the recognizer's bundle.
        language: such as en.
        n: number among the files of one run, from 1.
    """

    name: str
    created: datetime
    model: str = ""
    language: str = "en"
    n: int = 1


def check_template(template: str) -> None:
    """Refuses a template that cannot make names.

    Raises:
        ConfigError: empty, a brace alone, or a variable that there is not; the nearest one is named.
    """
    _parts(template)


def export_name(template: str, fields: ExportFields) -> str:
    """The name of a result without suffix: never empty, valid on every system.

    Raises:
        ConfigError: see `check_template`.

    Example:
        >>> fields = ExportFields(name="talk", created=datetime(2026, 3, 1, 9, 30))
        >>> export_name("{date} {name} ({n})", fields)
        '2026-03-01 talk (1)'
    """
    values = {
        "name": fields.name,
        "date": f"{fields.created:%Y-%m-%d}",
        "time": f"{fields.created:%H-%M-%S}",
        "model": fields.model,
        "language": fields.language,
        "n": str(fields.n),
    }
    name = "".join(literal + (values[variable] if variable else "") for literal, variable in _parts(template))
    return _safe(name)


def export_path(folder: Path, name: str, suffix: str, *, overwrite: bool = False) -> Path:
    """Where a result goes: `name` with its suffix, and with a number where that is taken.

    Args:
        folder: of the results.
        name: as `export_name` gives it.
        suffix: with the dot.
        overwrite: whether a file of that name may be replaced.
    """
    number = 1
    while True:
        path = folder / f"{name}{suffix}" if number == 1 else folder / f"{name} ({number}){suffix}"
        if overwrite or not os.path.lexists(path):
            return path
        number += 1


def _parts(template: str) -> list[tuple[str, str | None]]:
    if not template.strip():
        raise ConfigError(f"the name template is empty: use {_known()}")
    try:
        parsed = list(string.Formatter().parse(template))
    except ValueError as error:
        raise ConfigError(
            f"the name template {template!r} has a brace without its partner: use {_known()}"
        ) from error
    parts = []
    for literal, variable, form, conversion in parsed:
        if variable is not None and (variable not in VARIABLES or form or conversion):
            near = get_close_matches(variable, VARIABLES, n=1, cutoff=0.5)
            hint = f"did you mean {{{near[0]}}}?" if near else f"use {_known()}"
            raise ConfigError(f"the name template {template!r} has an unknown {{{variable}}}: {hint}")
        if bad := _FORBIDDEN.search(literal):
            raise ConfigError(
                f"the name template {template!r} has {bad[0]!r}, which no file name may hold: leave it out"
            )
        parts.append((literal, variable))
    return parts


def _known() -> str:
    return ", ".join(f"{{{name}}}" for name in VARIABLES)


def _safe(name: str) -> str:
    name = _FORBIDDEN.sub("_", name).strip()
    while len(name.encode()) > _MAX_BYTES:
        name = name[:-1]
    # Windows drops dots and spaces at the end; a dot at the start hides the file elsewhere.
    name = name.strip(". ")
    if _RESERVED.fullmatch(name):
        name = f"_{name}"
    return name or "transcript"
