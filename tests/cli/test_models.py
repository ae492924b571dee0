"""Someone looks which models there are and whether they are whole."""

from pathlib import Path

import pytest
from cli_program import Program

from speechrnn.bundles.bundle import BundleInfo, save_bundle


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one bundle, which is the first that is searched."""
    info = BundleInfo(
        id="asr-xx",
        task="recognizer",
        net={"class": "Recognizer", "hidden_size": 8},
        features={"n_mels": 80},
        decoding={"lm_weight": 1.5},
        licence="CC-BY-4.0",
        trained_on=("LibriSpeech (CC BY 4.0)",),
        scores=(
            {
                "name": "WER",
                "test_set": "dev",
                "value": 0.25,
                "size": "3 utterances",
                "command": "speechrnn evaluate",
                "commit": "0123abc",
            },
        ),
        min_speechrnn="0.1.0",
    )
    save_bundle(tmp_path / "models" / "asr-xx", info, files={"labels.txt": "a\nb\n"}, card="# Tiny\n")
    monkeypatch.setenv("SPEECHRNN_MODELS", str(tmp_path / "models"))
    return tmp_path / "models"


@pytest.mark.parametrize("arguments", [["models"], ["models", "list"]])
def test_the_list_names_each_bundle(program: Program, models: Path, arguments: list[str]) -> None:
    lines = program(*arguments).out.decode().splitlines()
    (line,) = [line for line in lines if str(models) in line]
    assert line.split()[:2] == ["asr-xx", "recognizer"]


def test_the_list_tells_a_refused_bundle_with_its_reason(program: Program, models: Path) -> None:
    (models / "asr-xx" / "labels.txt").unlink()
    result = program("models")
    assert result.code == 1
    assert "labels.txt of the bundle asr-xx is missing" in result.err
    assert str(models) not in result.out.decode()


def test_info_prints_what_the_bundle_says(program: Program, models: Path) -> None:
    text = program("models", "info", "asr-xx").out.decode()
    for part in (
        "CC-BY-4.0",
        "LibriSpeech",
        "features.n_mels",
        "WER 0.25 on dev (3 utterances)",
        "labels.txt",
    ):
        assert part in text


def test_verify_reads_every_byte(program: Program, models: Path) -> None:
    whole = program("models", "verify", "asr-xx")
    assert (whole.code, whole.err) == (0, "")
    assert whole.out.decode().startswith("asr-xx is whole: 2 files, 11 bytes, ")
    (models / "asr-xx" / "labels.txt").write_bytes(b"a\nc\n")
    damaged = program("models", "verify", models / "asr-xx", "asr-xx")
    assert (damaged.code, len(damaged.complaints), damaged.out) == (1, 2, b"")
    assert "labels.txt of the bundle asr-xx is damaged" in damaged.err


@pytest.mark.parametrize("command", ["info", "verify"])
def test_an_unknown_bundle_is_told(program: Program, models: Path, command: str) -> None:
    result = program("models", command, "asr-yy")
    assert (result.code, len(result.complaints)) == (1, 1)
    assert "there is no bundle asr-yy" in result.err
    assert "asr-xx" in result.err
