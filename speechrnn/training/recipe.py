"""Recipes: the TOML files that say what to train, on what, and how.

A recipe names its task and gives tables that fill the options of that task; every key has a default
and an unknown one is an error that offers the nearest name. Paths are relative to the recipe's folder.
"""

from __future__ import annotations

import dataclasses
import difflib
import tomllib
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from speechrnn.errors import ConfigError

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """A recipe as read.

    Attributes:
        path: the file.
        task: which trainer it is for, such as "recognizer".
        id: of the bundle that it makes.
        tables: everything else, by name.
        text: the file as it stands, copied into the bundle.
    """

    path: Path
    task: str
    id: str
    tables: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    text: str = ""

    def options(self, table: str, kind: type[T]) -> T:
        """The options dataclass `kind` filled from the table of that name.

        Raises:
            ConfigError: an unknown key, a value of a wrong type, or one out of range.
        """
        return fill_options(kind, self.tables.get(table, {}), f"{self.path}, [{table}]")

    def resolve(self, name: str) -> Path:
        """A path of the recipe, relative to its folder unless absolute; `~` is the home folder."""
        return (self.path.parent / Path(name).expanduser()).resolve()

    def check_tables(self, known: set[str]) -> None:
        """Refuses tables that the task does not know.

        Raises:
            ConfigError: a table outside `known`.
        """
        for table in self.tables:
            if table not in known:
                raise ConfigError(f"{self.path}: unknown table [{table}]{_nearest(table, known)}")


def load_recipe(path: Path) -> Recipe:
    """Reads a recipe.

    Raises:
        ConfigError: the file is missing or not TOML, or does not name its task and id.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: the recipe cannot be read ({error})") from error
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: not a TOML file: {error}") from error
    task, id_ = values.pop("task", None), values.pop("id", None)
    if not isinstance(task, str) or not isinstance(id_, str):
        raise ConfigError(f'{path}: expected `task = "..."` and `id = "..."` at the top')
    for key, value in values.items():
        if not isinstance(value, dict):
            raise ConfigError(f"{path}: {key} stands outside a table; only task and id do")
    return Recipe(path=path, task=task, id=id_, tables=values, text=text)


def fill_options(kind: type[T], values: Mapping[str, Any], where: str) -> T:
    """Builds an options dataclass from a table, checking names and types.

    Raises:
        ConfigError: an unknown key, a value of a wrong type, or one that the dataclass refuses.
    """
    hints = typing.get_type_hints(kind)
    names = {f.name for f in dataclasses.fields(kind)}  # type: ignore[arg-type]
    filled: dict[str, Any] = {}
    for key, value in values.items():
        if key not in names:
            raise ConfigError(f"{where}: unknown key {key}{_nearest(key, names)}")
        filled[key] = _convert(value, hints[key], f"{where} {key}")
    try:
        return kind(**filled)
    except TypeError as error:  # a field without a default is missing
        raise ConfigError(f"{where}: {error}") from error
    except ConfigError as error:
        raise ConfigError(f"{where}: {error}") from error


def _convert(value: Any, hint: Any, where: str) -> Any:
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        inner = [part for part in typing.get_args(hint) if part is not type(None)]
        return _convert(value, inner[0], where)
    if origin is tuple:
        if not isinstance(value, list):
            raise ConfigError(f"{where} is {value!r}; expected a list")
        return tuple(_convert(item, typing.get_args(hint)[0], where) for item in value)
    if origin is typing.Literal:
        if value not in typing.get_args(hint):
            raise ConfigError(
                f"{where} is {value!r}; expected one of {', '.join(map(str, typing.get_args(hint)))}"
            )
        return value
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if hint in (int, float, str, bool) and type(value) is not hint:
        raise ConfigError(f"{where} is {value!r}; expected {hint.__name__}")
    return value


def _nearest(name: str, known: set[str]) -> str:
    match = difflib.get_close_matches(name, known, n=1)
    return f"; did you mean {match[0]}?" if match else f"; known are {', '.join(sorted(known))}"
