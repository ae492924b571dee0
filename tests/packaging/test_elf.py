"""What a package for Debian depends on is read from the files that are in it."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import elf
import make_deb
import pytest

SAID = """
/build/libone.so:     file format elf64-x86-64

Dynamic Section:
  NEEDED               libtwo.so.2
  NEEDED               libc.so.6
  SONAME               libone.so

Version definitions:
1 0x01 0x08a4a1f1 libone.so

Version References:
  required from libc.so.6:
    0x069691b4 0x00 05 GLIBC_2.34
    0x09691a75 0x00 04 GLIBC_2.2.5
  required from libstdc++.so.6:
    0x08922974 0x00 03 GLIBCXX_3.4.29
    0x056bafd3 0x00 02 CXXABI_1.3
"""


def test_names_and_versions_are_read() -> None:
    found = elf.parse(Path("/build/libone.so"), SAID)
    assert found.needed == ("libtwo.so.2", "libc.so.6")
    assert found.symbols == ("GLIBC_2.34", "GLIBC_2.2.5", "GLIBCXX_3.4.29", "CXXABI_1.3")


def test_a_library_in_the_folder_is_none_of_the_systems() -> None:
    one = elf.parse(Path("/build/libone.so"), SAID)
    two = elf.Elf(Path("/build/sub/libtwo.so.2"), ("libc.so.6", "libm.so.6"), ())
    assert elf.outside([one, two]) == {"libc.so.6", "libm.so.6"}


def test_versions_are_compared_as_numbers() -> None:
    files = [elf.Elf(Path("a"), (), ("GLIBC_2.9", "GLIBC_2.34")), elf.Elf(Path("b"), (), ("GLIBC_2.17",))]
    assert elf.newest(files, "GLIBC") == (2, 34)
    assert elf.newest(files, "GLIBCXX") == ()


def test_symbols_of_a_library_name_the_compiler_that_has_them_first() -> None:
    assert elf.gcc_of((3, 4, 30)) == "12"
    assert elf.gcc_of((3, 4, 11)) == "4.8.1"
    with pytest.raises(SystemExit, match=r"3\.4\.99"):
        elf.gcc_of((3, 4, 99))


@pytest.mark.skipif(shutil.which("objdump") is None or sys.platform != "linux", reason="needs objdump")
def test_a_real_program_needs_the_c_library(tmp_path: Path) -> None:
    shutil.copy("/bin/ls", tmp_path / "ls")
    (tmp_path / "text").write_text("no program")
    (found,) = elf.read(tmp_path)
    assert "libc.so.6" in elf.outside([found])
    assert elf.newest([found], "GLIBC") >= (2, 2)


def test_what_is_loaded_by_name_is_depended_on() -> None:
    """No file names them, so that no tool finds them: without the first, Qt ends the process at the start."""
    packages = {package for package, _ in make_deb.LOADED_BY_NAME.values()}
    assert {"libxcb-cursor0", "libportaudio2", "libpulse0", "libegl1"} <= packages
    text = make_deb.control("1.0", 12, ["libc6 (>= 2.34)", "libxcb-cursor0"])
    assert "\nDepends: libc6 (>= 2.34), libxcb-cursor0\n" in text
    assert "libcups2" in text.partition("\nRecommends: ")[2].partition("\n")[0]
    assert text.endswith("\n") and "\n\n" not in text
