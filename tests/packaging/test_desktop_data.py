"""What desktops read about the program, and what its pictures hold."""

from __future__ import annotations

import shutil
import struct
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ElementTree
from configparser import ConfigParser
from pathlib import Path

import facts
import icons
import make_deb
import pytest

from gui.icons import _APP
from speechrnn import __version__

ROOT = Path(__file__).parents[2]
DESKTOP = ROOT / "packaging" / "linux" / "speechrnn.desktop"


@pytest.fixture(scope="module")
def metainfo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The AppStream file with the facts in it."""
    path = tmp_path_factory.mktemp("metainfo") / f"{facts.APP_ID}.metainfo.xml"
    template = ROOT / "packaging" / "linux" / "metainfo.xml.in"
    path.write_text(make_deb.fill(template.read_text("utf-8"), facts.version()), "utf-8")
    return path


def desktop() -> dict[str, str]:
    parser = ConfigParser(interpolation=None, strict=True)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(DESKTOP, "utf-8")
    return dict(parser["Desktop Entry"])


def test_one_version_stands_everywhere(metainfo: Path) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert facts.version() == __version__ == project["version"]
    release = ElementTree.parse(metainfo).find("releases/release")
    assert release is not None
    assert release.get("version") == __version__


def test_the_window_and_the_menu_have_one_name() -> None:
    """Otherwise a dock shows the running app beside its own entry."""
    assert 'setDesktopFileName("speechrnn")' in (ROOT / "gui" / "app.py").read_text("utf-8")
    assert facts.PACKAGE == DESKTOP.stem == desktop()["Icon"] == desktop()["StartupWMClass"]
    assert desktop()["Exec"] == f"{facts.WINDOW} %F"


def test_the_kinds_of_files_are_those_that_can_be_read() -> None:
    """Each stands once, in order, so that a change is seen."""
    kinds = desktop()["MimeType"].rstrip(";").split(";")
    assert kinds == sorted(kinds)
    assert {kind.partition("/")[0] for kind in kinds} == {"audio", "video"}


@pytest.mark.skipif(shutil.which("desktop-file-validate") is None, reason="needs desktop-file-utils")
def test_the_desktop_file_is_valid() -> None:
    done = subprocess.run(["desktop-file-validate", DESKTOP], capture_output=True, text=True, check=False)
    assert done.stdout == ""
    assert done.returncode == 0


@pytest.mark.skipif(shutil.which("appstreamcli") is None, reason="needs appstream")
def test_the_description_for_software_centres_is_valid(metainfo: Path) -> None:
    command = ["appstreamcli", "validate", "--no-net", str(metainfo)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_icon_of_the_menu_is_the_icon_of_the_window() -> None:
    assert (ROOT / "packaging" / "speechrnn.svg").read_text("utf-8").strip() == _APP


def test_icons_are_drawn_in_their_size(tmp_path: Path) -> None:
    code = f"import sys, icons, pathlib; icons.make(pathlib.Path({str(tmp_path)!r}))"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT / "packaging", check=True)
    for side in icons.SIZES:
        picture = (tmp_path / f"{side}.png").read_bytes()
        assert picture.startswith(b"\x89PNG\r\n\x1a\n")
        assert struct.unpack(">II", picture[16:24]) == (side, side)


def test_what_is_packed_into_an_ico_lies_where_its_directory_says() -> None:
    pictures = {16: b"sixteen", 256: b"two hundred and fifty-six"}
    packed = icons.ico(pictures)
    assert struct.unpack("<HHH", packed[:6]) == (0, 1, 2)
    found = {}
    for place in (6, 22):
        side, _, _, _, _, _, size, offset = struct.unpack("<BBBBHHII", packed[place : place + 16])
        found[side or 256] = packed[offset : offset + size]
    assert found == pictures


def test_what_is_packed_into_an_icns_is_found_by_its_lengths() -> None:
    pictures = {22: b"no type", 16: b"sixteen", 256: b"two hundred and fifty-six"}
    packed = icons.icns(pictures)
    assert packed[:4] == b"icns"
    assert struct.unpack(">I", packed[4:8]) == (len(packed),)
    place, found = 8, []
    while place < len(packed):
        (size,) = struct.unpack(">I", packed[place + 4 : place + 8])
        found.append(packed[place + 8 : place + size])
        place += size
    assert found == [pictures[16], pictures[256]]
