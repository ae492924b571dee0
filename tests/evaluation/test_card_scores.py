"""The script that measures a bundle: what the others print comes into the card and the manifest."""

from pathlib import Path

import card_scores
import pytest
import toy
import toy_recognizer

from speechrnn.bundles.bundle import load_bundle

CARD = "# toy\n\nBy hand.\n\n## Scores\n\nold\n\n## Weak spots\n\nRooms.\n"


def test_a_bundle_is_measured_and_keeps_everything_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Journey: every script runs on a toy, and what it prints is found again."""
    monkeypatch.setattr(card_scores, "LIMITS", dict.fromkeys(card_scores.LIMITS, 4))
    model = toy_recognizer.make_bundle(tmp_path)
    before = load_bundle(model)
    manifest = toy.write_corpus(tmp_path, "said", 4, seed=3)
    # The toy mishears nothing; so each of the texts ends with another word than was said.
    lines = [line.rsplit(maxsplit=1) for line in manifest.read_text().splitlines()]
    others = [min(set(toy.LEXICON) - {last.lower()}) for _, last in lines]
    manifest.write_text("".join(f"{most} {o}\n" for (most, _), o in zip(lines, others, strict=True)))
    how = card_scores.commands(str(manifest))
    found = {name: card_scores.measured(line, model, tmp_path / f"{name}.txt") for name, line in how.items()}
    scores = card_scores.score_rows(found, how, "tones", "0123456")
    part = card_scores.section(found, how, scores)
    after = card_scores.write_scores(before, scores, card_scores.with_section(CARD, part))
    assert [score["name"][:3] for score in after.info.scores] == ["WER", "CER", "WER"]
    kept = set(before.files) - {"CARD.md"}
    assert {name: after.files[name] for name in kept} == {name: before.files[name] for name in kept}
    card = after.read("CARD.md").decode()
    assert card.startswith("# toy\n\nBy hand.\n\n## Scores\n")
    assert card.endswith("## Weak spots\n\nRooms.\n")
    assert "old" not in card
    assert card.count("| 1.28 s | 0.64 s | 0.64 s |") == 1
    assert "at commit 0123456" in card
    assert "| tones, 4 utterances, " in card


def test_measurements_are_kept_by_what_they_depend_on(tmp_path: Path) -> None:
    how = card_scores.commands("dev.tsv")
    before = load_bundle(toy_recognizer.make_bundle(tmp_path))
    first = card_scores.fingerprint(before, how)
    assert card_scores.fingerprint(before, card_scores.commands("other.tsv")) != first
    score = {"name": "WER", "test_set": "tones", "value": 0.5, "size": 4, "command": "x", "commit": "0123456"}
    assert card_scores.fingerprint(card_scores.write_scores(before, [score], "# other\n"), how) == first
    other = toy_recognizer.make_bundle(tmp_path, lm_weight=0.4)
    assert card_scores.fingerprint(load_bundle(other), how) != first


def test_what_was_measured_is_not_measured_again(tmp_path: Path) -> None:
    kept = tmp_path / "beam.txt"
    kept.write_text("measured before")
    assert card_scores.measured("speechrnn nonsense", tmp_path, kept) == "measured before"


def test_weak_spots_stay_behind_the_scores() -> None:
    card = "# toy\n\nBy hand.\n\n## Weak spots\n\nRooms.\n"
    assert card_scores.with_section(card, "## Scores\n\nnew\n\n") == (
        "# toy\n\nBy hand.\n\n## Scores\n\nnew\n\n## Weak spots\n\nRooms.\n"
    )


def test_a_card_without_scores_gets_them_at_its_end() -> None:
    assert card_scores.with_section("# toy\n\nBy hand.\n", "## Scores\n\nnew\n\n") == (
        "# toy\n\nBy hand.\n\n## Scores\n\nnew\n"
    )
