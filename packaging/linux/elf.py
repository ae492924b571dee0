"""Which libraries of the system a folder of programs needs, read from the files themselves.

What is asked of them is what the dynamic linker will ask: names, and versions of symbols.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# Version of libstdc++'s symbols -> of GCC whose library has it first. Source: GCC's "ABI Policy and
# Guidelines".
_GCC = {
    (3, 4, 19): "4.8.1",
    (3, 4, 20): "4.9",
    (3, 4, 21): "5",
    (3, 4, 22): "6",
    (3, 4, 23): "7",
    (3, 4, 24): "7",
    (3, 4, 25): "8",
    (3, 4, 26): "9",
    (3, 4, 27): "9",
    (3, 4, 28): "9",
    (3, 4, 29): "11",
    (3, 4, 30): "12",
    (3, 4, 31): "13",
    (3, 4, 32): "13",
    (3, 4, 33): "14",
}


@dataclass(frozen=True, slots=True)
class Elf:
    """What one file asks for.

    Attributes:
        path: the file.
        needed: names of libraries.
        symbols: versions of symbols, such as GLIBC_2.34.
    """

    path: Path
    needed: tuple[str, ...]
    symbols: tuple[str, ...]


def read(folder: Path) -> Iterator[Elf]:
    """All programs and libraries of a folder."""
    files = sorted(p for p in folder.rglob("*") if p.is_file() and not p.is_symlink() and _is_elf(p))
    for path in files:
        done = subprocess.run(["objdump", "-p", path], capture_output=True, text=True, check=True)
        yield parse(path, done.stdout)


def parse(path: Path, said: str) -> Elf:
    """What `objdump -p` said of a file."""
    return Elf(
        path,
        tuple(re.findall(r"^\s+NEEDED\s+(\S+)$", said, re.MULTILINE)),
        tuple(re.findall(r"\b((?:GLIBC|GLIBCXX|CXXABI)_[0-9.]+)$", said, re.MULTILINE)),
    )


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def outside(files: list[Elf]) -> set[str]:
    """Names of the libraries that are asked for and not in the folder."""
    there = {file.path.name for file in files}
    return {name for file in files for name in file.needed} - there


def newest(files: list[Elf], kind: str) -> tuple[int, ...]:
    """The newest version of a kind of symbols, such as (2, 34) of GLIBC; () where none is asked for."""
    found = [
        tuple(map(int, symbol.partition("_")[2].split(".")))
        for file in files
        for symbol in file.symbols
        if symbol.startswith(f"{kind}_")
    ]
    return max(found, default=())


def gcc_of(glibcxx: tuple[int, ...]) -> str:
    """The version of the package libstdc++6 that has these symbols first."""
    if glibcxx not in _GCC and glibcxx > max(_GCC):
        raise SystemExit(f"which GCC has GLIBCXX_{'.'.join(map(str, glibcxx))}? Add it to elf.py")
    return _GCC.get(glibcxx, "4.8.1")
