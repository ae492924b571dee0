"""The bundles that are shipped: a small download, whole, each with a card and scores that can be remade."""

from __future__ import annotations

from pathlib import Path

import pytest

from speechrnn.bundles.bundle import load_bundle

MODELS = Path(__file__).parents[2] / "models"
MIB = 2**20
BUNDLES = sorted(path.parent for path in MODELS.glob("*/bundle.toml"))


def test_they_are_a_small_download() -> None:
    sizes = [path.stat().st_size for path in MODELS.rglob("*") if path.is_file()]
    assert BUNDLES
    assert sum(sizes) < 48 * MIB
    assert max(sizes) <= 16 * MIB


@pytest.mark.parametrize("folder", BUNDLES, ids=lambda folder: folder.name)
def test_each_is_whole_and_says_what_it_is(folder: Path) -> None:
    bundle = load_bundle(folder)
    bundle.verify()
    assert bundle.info.id == folder.name
    assert bundle.info.trained_on
    assert bundle.info.licence
    assert bundle.info.scores
    for score in bundle.info.scores:
        assert score["commit"] not in ("", "unknown"), score["name"]
        assert not str(score["commit"]).endswith("+"), "measured with changes that nobody else has"
    assert f"# {folder.name}" in bundle.read("CARD.md").decode()
