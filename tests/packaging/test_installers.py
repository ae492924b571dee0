"""The installers of systems that are not this one: what can be known of them without running them."""

from __future__ import annotations

import hashlib
import os
import plistlib
import re
import shutil
import subprocess
from pathlib import Path

import facts
import make_portable
import package
import pytest

ROOT = Path(__file__).parents[2]
PACKAGING = ROOT / "packaging"
SPEC = (PACKAGING / "speechrnn.spec").read_text("utf-8")
WORKFLOW = (ROOT / ".github" / "workflows" / "release.yml").read_text("utf-8")


def test_the_app_for_macos_may_use_the_microphone() -> None:
    """Without either, macOS gives zeros and says nothing."""
    rights = plistlib.loads((PACKAGING / "macos" / "entitlements.plist").read_bytes())
    assert rights["com.apple.security.device.audio-input"] is True
    assert "NSMicrophoneUsageDescription" in SPEC
    # Signing again without them takes them away.
    script = (PACKAGING / "macos" / "make_dmg.sh").read_text("utf-8")
    signed = [line for line in script.splitlines() if line.strip().startswith("codesign --force")]
    programs = [line for line in signed if '"$image"' not in line]
    assert len(programs) == 2
    assert all('--entitlements "$rights"' in line for line in programs)


def test_the_installer_for_windows_needs_no_administrator() -> None:
    script = (PACKAGING / "windows" / "speechrnn.iss").read_text("utf-8")
    settings = dict(re.findall(r"^(\w+)=(.*)$", script.partition("[Languages]")[0], re.MULTILINE))
    assert settings["PrivilegesRequired"] == "lowest"
    assert settings["AppVersion"] == "{#Version}"
    assert re.fullmatch(r"\{\{[0-9A-F-]{36}\}", settings["AppId"])
    for name in ("LicenseFile",):
        assert (PACKAGING / "windows" / settings[name].replace("\\", "/")).resolve().exists()
    assert f"{facts.WINDOW}.exe" in settings["UninstallDisplayIcon"]


def test_the_sandbox_gives_the_microphone_and_no_network() -> None:
    manifest = (PACKAGING / "linux" / "flatpak.yml").read_text("utf-8")
    granted = re.findall(r"^  - (--\S+)$", manifest, re.MULTILINE)
    assert "--socket=pulseaudio" in granted
    assert {"--socket=wayland", "--socket=fallback-x11"} <= set(granted)
    assert "--share=network" not in granted
    assert f"id: {facts.APP_ID}\n" in manifest


@pytest.mark.skipif(shutil.which("sh") is None, reason="needs a shell")
def test_shell_scripts_can_be_read() -> None:
    for path in (PACKAGING / "macos" / "make_dmg.sh", PACKAGING / "system-packages.sh"):
        subprocess.run(["sh", "-n", path], check=True)


@pytest.mark.skipif(shutil.which("sh") is None or os.name == "nt", reason="for desktops of Linux")
@pytest.mark.parametrize("name", ["speechrnn", "José's $HOME & 50 % `more` \\"])
def test_the_portable_archive_comes_into_the_menu_and_goes_again(tmp_path: Path, name: str) -> None:
    folder, home = tmp_path / name, tmp_path / "home"
    make_portable.share(folder / "share", "1.0")
    script = folder / "add-to-menu"
    script.write_text(make_portable._MENU, "utf-8")
    environment = {"HOME": str(home), "PATH": "/usr/bin:/bin"}
    subprocess.run(["sh", script], env=environment, check=True)
    entry = home / ".local/share/applications/speechrnn.desktop"
    (exec_line,) = [line for line in entry.read_text("utf-8").splitlines() if line.startswith("Exec=")]
    # As the specification of desktop entries reads it: escapes of text, then quotes, then codes.
    quoted = re.fullmatch(r'Exec="(.*)" %F', re.sub(r"\\\\", r"\\", exec_line))
    assert quoted is not None
    assert re.sub(r"\\(.)", r"\1", quoted[1]).replace("%%", "%") == str(folder / "speechrnn-app")
    assert (home / ".local/bin/speechrnn").readlink() == folder / "speechrnn"
    subprocess.run(["sh", script, "--remove"], env=environment, check=True)
    assert not [path for path in home.rglob("*") if not path.is_dir()]


def test_the_check_sums_are_of_all_packages_and_true(tmp_path: Path) -> None:
    for name in ("b.deb", "a.tar.xz"):
        (tmp_path / name).write_bytes(name.encode())
    package.write_sums(tmp_path)
    lines = package.write_sums(tmp_path).read_text("ascii").splitlines()
    assert lines == [f"{hashlib.sha256(name.encode()).hexdigest()}  {name}" for name in ("a.tar.xz", "b.deb")]


def test_a_release_is_proved_before_it_is_made_and_has_check_sums_and_source() -> None:
    jobs = dict(
        re.findall(r"^  (\w+):\n((?:    .*\n|\n)+)", WORKFLOW.partition("\njobs:\n")[2], re.MULTILINE)
    )
    assert jobs.keys() >= {"test", "linux", "windows", "macos", "flatpak", "release"}
    assert "make package-test" in jobs["linux"]
    assert "transcribe" in jobs["windows"]
    assert "transcribe" in jobs["macos"]
    needed = re.search(r"needs: \[(.*)\]", jobs["release"])
    assert needed is not None
    assert set(needed[1].split(", ")) == jobs.keys() - {"release"}
    assert "sha256sum" in jobs["release"]
    assert "git archive" in jobs["release"]


def test_every_script_that_the_workflow_and_make_run_is_there() -> None:
    named = re.findall(
        r"packaging[/\\][\w/\\.-]+\.(?:py|sh|iss|yml)", WORKFLOW + (ROOT / "Makefile").read_text("utf-8")
    )
    assert len(named) > 4
    assert [name for name in named if not (ROOT / name.replace("\\", "/")).exists()] == []
