"""The list of what is in a package: complete, readable by people and by programs."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import facts
import papers
import parts
import pytest

ROOT = Path(__file__).parents[2]
COMPONENTS = [
    papers.Component(kind="package", name="torch", version="2.13.0", licence="BSD-3-Clause AND MIT",
    purl="pkg:pypi/torch@2.13.0"), papers.Component(kind="library", name="FFmpeg", version="62",
    licence="GPL-3.0-or-later", url="https://ffmpeg.org"), papers.Component(kind="model", name="asr-en",
    version="0.1.0", licence="Apache-2.0", sha256="0" * 64),
]  # fmt: skip


def test_notice_names_every_package_that_the_program_depends_on() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    notice = (ROOT / "NOTICE").read_text("utf-8").lower()
    called = {"torch": "pytorch", "pyside6-essentials": "pyside6", "av": "pyav"}
    lines = [*project["dependencies"], *project["optional-dependencies"]["train"]]
    names = [re.split(r"[^A-Za-z0-9_.-]", line)[0].lower() for line in lines]
    assert [name for name in names if called.get(name, name) not in notice] == []


def test_notice_says_what_a_frozen_program_is_under() -> None:
    notice = (ROOT / "NOTICE").read_text("utf-8")
    assert facts.LICENCE in notice
    assert "licences/" in notice
    for name in ("GPL-3.0", "LGPL-3.0", "LGPL-2.1", "GPL-2.0"):
        assert (ROOT / "packaging" / "licences" / f"{name}.txt").read_text("utf-8").strip()


def test_every_model_is_listed_with_its_licence() -> None:
    listed = {part.name: part for part in papers.models(ROOT)}
    assert listed.keys() == {path.parent.name for path in (ROOT / "models").glob("*/bundle.toml")}
    assert all(part.licence and len(part.sha256) == 64 for part in listed.values())


def test_a_library_that_nobody_knows_stops_the_build() -> None:
    with pytest.raises(SystemExit, match="libmystery"):
        list(papers.libraries(["some.libs/libmystery-1234.so.1"]))
    (found,) = papers.libraries(["av.libs/libx264-d6533a8d.so.165", "module.so", "torch/_C.so"])
    assert (found.name, found.version, found.licence) == ("x264", "165", "GPL-2.0-or-later")


def test_what_obliges_to_pass_on_the_source_says_where_it_is() -> None:
    obliging = [part for part in parts.PARTS if "GPL" in part.licence]
    assert len(obliging) > 8
    assert all(part.source.startswith("https://") for part in obliging)


def test_libraries_that_wheels_bring_without_their_licence_have_it_from_us() -> None:
    """The others are in the wheels of PyTorch, Qt for Python (which has ours) and Flashlight."""
    from_wheels = {"PyTorch", "Qt", "Qt for Python", "Flashlight Text", "KenLM", "PortAudio"}
    for part in parts.PARTS:
        file = part.pattern.rstrip("*") + ".so.1"
        (found,) = papers.libraries([f"some.libs/{file}"])
        assert found.papers or part.name in from_wheels, part.name


def test_people_can_read_the_list() -> None:
    text = papers.listing(COMPONENTS)
    assert re.search(r"^  FFmpeg +62 +GPL-3.0-or-later +https://ffmpeg.org$", text, re.MULTILINE)
    assert facts.version() in text
    assert "\nModels\n" in text


def test_programs_can_read_the_list() -> None:
    bill = json.loads(json.dumps(papers.cyclonedx(COMPONENTS)))
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.5")
    assert bill["metadata"]["component"]["version"] == facts.version()
    torch, ffmpeg, model = bill["components"]
    assert torch["licenses"] == [{"expression": "BSD-3-Clause AND MIT"}]
    assert ffmpeg["licenses"] == [{"license": {"name": "GPL-3.0-or-later"}}]
    assert model["type"] == "machine-learning-model"
    references = [part["bom-ref"] for part in bill["components"]]
    assert len(set(references)) == len(references)
    assert bill["dependencies"][0]["dependsOn"] == references
