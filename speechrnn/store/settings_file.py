"""The settings file: TOML in, `Settings` out, and back.

`schema` is the form of the file. A file of an older form goes through the steps in `STEPS`, a function each.
The form changes only when a key is renamed or changes its meaning: a new key with a default needs no step.
"""

from __future__ import annotations

import dataclasses
import tomllib
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

import tomli_w

from speechrnn.errors import ConfigError, OutputError
from speechrnn.store.atomic import set_aside, write_whole
from speechrnn.store.settings import Settings

Table = dict[str, Any]
Step = Callable[[Table], Table]

# STEPS[0] makes a table of schema 2 of one of schema 1, and so on.
STEPS: tuple[Step, ...] = ()
SCHEMA = len(STEPS) + 1
_FREE = "keys"  # the section whose keys are the user's
_KINDS = {str: "text", int: "a whole number", float: "a number", bool: "true or false", Path: "a path"}


def load_settings(path: Path) -> tuple[Settings, tuple[str, ...]]:
    """The settings of a file; defaults where there is no file, or it cannot be used.

    Nothing is lost: a file with a fault is set aside as `settings.damaged-DATE.toml`, and what was good in it
    goes into a new one.

    Returns:
        The settings, and one line for each thing that the user should know: none where all is well.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return Settings(), ()
    except OSError as error:
        return Settings(), (
            f"{path} cannot be read ({error.strerror}): the default settings are used; check its permissions",
        )
    settings, problems = read_settings(content, str(path))
    if not problems:
        return settings, ()
    try:
        kept = set_aside(path)
        save_settings(settings, path)
    except OutputError as error:
        return settings, (*problems, str(error))
    return settings, (*problems, f"the settings as they were are kept in {kept}")


def save_settings(settings: Settings, path: Path) -> None:
    """Writes the settings so that the file is there whole or as it was.

    Raises:
        OutputError: the folder is read-only or full.
        ConfigError: see `settings_text`.
    """
    write_whole(path, settings_text(settings).encode())


def settings_text(settings: Settings) -> str:
    """The settings as TOML; equal settings give equal text.

    Raises:
        ConfigError: a path that is no text, as some names on Linux are.
    """
    table: Table = {"schema": SCHEMA}
    for section in dataclasses.fields(settings):
        value = getattr(settings, section.name)
        if section.name == _FREE:
            table[section.name] = dict(sorted(value.items()))
        else:
            # TOML has no null: a setting without a value is left out.
            table[section.name] = {
                f.name: _plain(getattr(value, f.name), f"{section.name}.{f.name}")
                for f in dataclasses.fields(value)
                if getattr(value, f.name) is not None
            }
    return tomli_w.dumps(table)


def parse_settings(text: str, *, name: str = "the settings") -> Settings:
    """The settings that a text holds.

    Raises:
        ConfigError: the first fault: no TOML, an unknown key (the nearest is named), a value that fits not.
    """
    settings, problems = read_settings(text.encode(), name)
    if problems:
        raise ConfigError(problems[0])
    return settings


def read_settings(
    content: bytes, name: str, steps: Sequence[Step] = STEPS
) -> tuple[Settings, tuple[str, ...]]:
    """The settings that a file holds, as far as they can be used, and one line for each fault.

    Args:
        content: of the file.
        name: what the lines call it.
        steps: from each schema to the next.
    """
    try:
        table = tomllib.loads(content.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return Settings(), (f"{name} is no settings file ({error}): the default settings are used",)
    problems: list[str] = []
    table = _upgraded(table, name, steps, problems)
    sections = {f.name: getattr(Settings(), f.name) for f in dataclasses.fields(Settings)}
    for key, values in table.items():
        if key not in sections:
            problems.append(f"{name}: there is no section [{key}]{_nearest(key, sections)}: it is left out")
        elif not isinstance(values, dict):
            problems.append(f"{name}: {key} is {values!r}; expected a section [{key}]: it is left out")
        elif key == _FREE:
            sections[key] = _read_keys(values, name, problems)
        else:
            sections[key] = _read_section(sections[key], values, f"{name}: {key}.", problems)
    return Settings(**sections), tuple(problems)


def _upgraded(table: Table, name: str, steps: Sequence[Step], problems: list[str]) -> Table:
    table = dict(table)
    schema, newest = table.pop("schema", None), len(steps) + 1
    if not isinstance(schema, int) or isinstance(schema, bool) or schema < 1:
        problems.append(f"{name}: schema is {schema!r}; expected a number from 1 to {newest}")
        return table
    if schema > newest:
        problems.append(
            f"{name} is of a newer program (schema {schema}, this one knows {newest}): what this program "
            "knows of it is used"
        )
        return table
    for step in steps[schema - 1 :]:
        table = step(table)
    return table


def _read_keys(values: Table, name: str, problems: list[str]) -> Mapping[str, str]:
    good = {key: value for key, value in values.items() if isinstance(value, str)}
    problems += [
        f'{name}: keys.{key} is {value!r}; expected text such as "Ctrl+R": it is left out'
        for key, value in values.items()
        if key not in good
    ]
    return types.MappingProxyType(good)


def _read_section(default: Any, values: Table, prefix: str, problems: list[str]) -> Any:
    hints = typing.get_type_hints(type(default))
    good: Table = {}
    for key, value in values.items():
        if key not in hints:
            problems.append(f"{prefix}{key} is no setting{_nearest(key, hints)}: it is left out")
            continue
        try:
            good[key] = _converted(value, hints[key])
        except ConfigError as error:
            problems.append(f"{prefix}{key} is {value!r}; expected {error}: the default is used")
    try:
        # All at once, since two settings may be right only together.
        return dataclasses.replace(default, **good)
    except ConfigError:
        pass
    section = default
    for key, value in good.items():
        try:
            section = dataclasses.replace(section, **{key: value})
        except ConfigError as error:
            problems.append(f"{prefix.removesuffix('.')}: {error}: the default is used")
    return section


def _converted(value: object, hint: Any) -> Any:
    """`value` of TOML as the type that a setting has.

    Raises:
        ConfigError: it does not fit; the text says what would.
    """
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is types.UnionType:  # X | None: what TOML leaves out is None
        return _converted(value, arguments[0])
    if origin is Literal:
        if value not in arguments:
            raise ConfigError(", ".join(map(str, arguments)))
        return value
    if origin is tuple:
        if not isinstance(value, list):
            raise ConfigError("a list")
        return tuple(_converted(item, arguments[0]) for item in value)
    if hint is Path and isinstance(value, str) and value:
        return Path(value)
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if type(value) is not hint:
        raise ConfigError(_KINDS[hint])
    return value


def _plain(value: Any, name: str) -> Any:
    if isinstance(value, tuple):
        return [_plain(item, name) for item in value]
    if isinstance(value, Path | str):
        value = str(value)
        if any("\ud800" <= character <= "\udfff" for character in value):
            raise ConfigError(f"{name} is {value!r}, which the settings file cannot hold: choose another one")
    return value


def _nearest(key: str, known: Mapping[str, object]) -> str:
    near = get_close_matches(key, known, n=1, cutoff=0.5)
    return f" (did you mean {near[0]}?)" if near else f" (there are {', '.join(known)})"
