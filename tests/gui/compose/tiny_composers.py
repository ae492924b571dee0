"""Bundles of composing networks that nobody trained, the same each time."""

from __future__ import annotations

from pathlib import Path

from toy_composer import composing_bundle

from speechrnn.decoding.originality import FILE, build_index, text_units


def make_bundles(folder: Path) -> Path:
    """One of each kind: `tiny-characters` with an index of what it copied, `tiny-folk`, `tiny-chorale`."""
    index = build_index([text_units("the quick brown fox jumps over the lazy dog again")], "character")
    composing_bundle(folder, "characters", files={FILE: index.to_bytes()})
    composing_bundle(folder, "folk")
    composing_bundle(folder, "chorale")
    return folder
