"""Scores name the code that made them."""

from __future__ import annotations

import re
import subprocess

import pytest

from speechrnn import __version__
from speechrnn.training import provenance


def test_a_source_tree_names_its_commit_or_the_version() -> None:
    found = provenance.code_version()
    assert found == __version__ or re.fullmatch(r"[0-9a-f]{7,40}\+?", found)


@pytest.mark.parametrize("problem", [FileNotFoundError("git"), subprocess.CalledProcessError(128, "git")])
def test_without_git_it_is_the_version(monkeypatch: pytest.MonkeyPatch, problem: Exception) -> None:
    def fail(*_: object, **__: object) -> None:
        raise problem

    monkeypatch.setattr(subprocess, "run", fail)
    assert provenance.code_version() == __version__
