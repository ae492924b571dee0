"""Where a bundle is found, and that a damaged one is shown and never passed over."""

import os
from pathlib import Path

import pytest

from speechrnn.bundles.bundle import BundleInfo, save_bundle
from speechrnn.bundles.catalog import bundle_roots, find_bundle, list_bundles
from speechrnn.errors import BundleError


def put(folder: Path, task: str = "recognizer", card: str = "") -> Path:
    info = BundleInfo(
        id=folder.name,
        task=task,
        net={},
        features={},
        decoding={},
        licence="CC0-1.0",
        trained_on=(),
        scores=(),
        min_speechrnn="0.1.0",
    )
    return save_bundle(folder, info, card=card).path


def test_the_first_root_that_has_the_id_counts(tmp_path: Path) -> None:
    put(tmp_path / "b" / "asr-xx", card="second")
    put(tmp_path / "a" / "asr-xx", card="first")
    bundle = find_bundle("asr-xx", "recognizer", [tmp_path / "none", tmp_path / "a", tmp_path / "b"])
    assert bundle.lines("CARD.md") == ["first"]


def test_a_damaged_bundle_is_not_passed_over_for_one_of_the_same_name(tmp_path: Path) -> None:
    damaged = put(tmp_path / "a" / "asr-xx")
    (damaged / "CARD.md").unlink()
    put(tmp_path / "b" / "asr-xx")
    with pytest.raises(BundleError, match=r"CARD\.md of the bundle asr-xx is missing"):
        find_bundle("asr-xx", None, [tmp_path / "a", tmp_path / "b"])


def test_a_folder_can_be_named_in_place_of_an_id(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = put(tmp_path / "runs" / "last")
    assert find_bundle(folder, None, []).path == folder
    assert find_bundle(str(folder), None, []).path == folder
    monkeypatch.chdir(folder.parent)
    assert find_bundle("last", None, []).info.id == "last"


def test_an_unknown_id_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    put(tmp_path / "asr-xx")
    with pytest.raises(BundleError, match=r"there is no bundle asr-yy in .*\(found: asr-xx\): name one of"):
        find_bundle("asr-yy", None, [tmp_path])


def test_a_bundle_for_another_task_is_refused(tmp_path: Path) -> None:
    put(tmp_path / "punct-xx", task="tagger")
    with pytest.raises(BundleError, match="punct-xx is a tagger, but a recognizer is needed"):
        find_bundle("punct-xx", "recognizer", [tmp_path])


def test_the_list_shows_refused_bundles_with_the_reason(tmp_path: Path) -> None:
    put(tmp_path / "asr-xx")
    (put(tmp_path / "asr-yy") / "CARD.md").write_text("longer than before")
    (tmp_path / "no bundle").mkdir()
    first, second = list_bundles([tmp_path, tmp_path / "missing"])
    assert first.bundle is not None
    assert first.bundle.info.id == "asr-xx"
    assert second.bundle is None
    assert "CARD.md of the bundle asr-yy has 18 bytes" in second.problem


def test_folders_of_the_environment_come_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPEECHRNN_MODELS", os.pathsep.join([str(tmp_path / "a"), str(tmp_path / "b")]))
    roots = bundle_roots()
    assert roots[:2] == (tmp_path / "a", tmp_path / "b")
    assert roots[2].name == "models"
    assert len(roots) == len(set(roots)) == 5


def test_a_name_that_is_too_long_is_no_bundle(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match=r"there is no bundle a+ in"):
        find_bundle("a" * 300, None, [tmp_path])
