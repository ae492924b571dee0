"""What is shipped, used as a user would: the bundles in `models/` and the sample recording."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import numpy as np
import pytest
import soundfile
from make_sample import SENTENCES
from sounds import hum, music

from speechrnn.audio.source import ArraySource
from speechrnn.bundles.bundle import load_bundle
from speechrnn.evaluation.error_rates import word_errors
from speechrnn.pipeline.offline import Recognizer

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "benchmarks" / "sample.flac"
BUNDLES = sorted(path.parent for path in (ROOT / "models").glob("*/bundle.toml"))
MIB = 2**20


def run(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("SPEECHRNN_")}
    command = [sys.executable, "-m", "speechrnn", *arguments]
    return subprocess.run(command, capture_output=True, env=environment, cwd=ROOT, check=False)


@pytest.fixture(scope="module")
def recognizer() -> Recognizer:
    return Recognizer.load(ROOT / "models" / "asr-en")


@pytest.fixture(scope="module")
def transcript() -> bytes:
    done = run("transcribe", str(SAMPLE), "--format", "json")
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


@pytest.mark.parametrize("folder", BUNDLES, ids=lambda folder: folder.name)
def test_each_bundle_is_whole_and_small_enough_to_ship(folder: Path) -> None:
    bundle = load_bundle(folder)
    assert bundle.verify() > 0
    assert all(entry.bytes < 16 * MIB for entry in bundle.files.values())


def test_all_bundles_together_stay_small() -> None:
    assert {"asr-en", "g2p-en", "punct-en"} <= {folder.name for folder in BUNDLES}
    assert sum(file.stat().st_size for folder in BUNDLES for file in folder.iterdir()) < 48 * MIB


def test_the_sample_is_understood(transcript: bytes) -> None:
    """Synthesized speech, which the recognizer was not trained on: most words, not all."""
    text = " ".join(segment["text"] for segment in json.loads(transcript)["segments"])
    assert word_errors([" ".join(SENTENCES)], [text]).rate < 0.4
    assert text[0].isupper()
    assert text[-1] in ".?!"


def test_the_json_is_as_the_schema_says(transcript: bytes) -> None:
    schema = json.loads((ROOT / "speechrnn" / "transcript" / "schema.json").read_text("utf-8"))
    jsonschema.validate(json.loads(transcript), schema)


def test_the_same_file_gives_the_same_bytes(transcript: bytes) -> None:
    assert run("transcribe", str(SAMPLE), "--format", "json").stdout == transcript


def test_words_lie_in_the_recording_one_after_the_other(transcript: bytes) -> None:
    document = json.loads(transcript)
    words = [word for segment in document["segments"] for word in segment["words"]]
    times = [time for word in words for time in (word["start_s"], word["end_s"])]
    assert times == sorted(times)
    assert times[0] > 0
    assert times[-1] <= document["duration_s"]


def test_the_level_of_a_recording_does_not_decide(recognizer: Recognizer) -> None:
    waveform, rate = soundfile.read(SAMPLE, dtype="float32")
    quiet = recognizer.transcribe(ArraySource(waveform / 30, rate))  # about -50 dBFS
    text = " ".join(segment.text for segment in quiet)
    assert word_errors([" ".join(SENTENCES)], [text]).rate < 0.5


@pytest.mark.parametrize("name", ["silence", "noise", "hum", "music"])
def test_no_words_where_nobody_speaks(recognizer: Recognizer, name: str) -> None:
    """Half a minute each; `benchmarks/no_words.py` takes an hour of each."""
    n_samples = 30 * 16_000
    rng = np.random.default_rng(0)
    sounds = {
        "silence": lambda: np.zeros(n_samples, np.float32),
        "noise": lambda: (0.1 * rng.standard_normal(n_samples)).astype(np.float32),
        "hum": lambda: hum(30.0),
        "music": lambda: music(30.0, rng),
    }
    assert list(recognizer.transcribe(ArraySource(sounds[name](), 16_000))) == []


def test_a_hot_word_that_no_dictionary_has_is_spelled_by_its_letters(tmp_path: Path) -> None:
    """It need not be heard; the recording must come out all the same, and the setting be told."""
    hot = tmp_path / "hot.txt"
    hot.write_text("zyxwian 2\n", encoding="utf-8")
    done = run("transcribe", str(SAMPLE), "--format", "json", "--hot-words", str(hot))
    assert done.returncode == 0, done.stderr.decode()
    document = json.loads(done.stdout)
    assert document["settings"]["hot_words"] == "zyxwian 2"
    words = [word["text"].lower() for segment in document["segments"] for word in segment["words"]]
    assert "zyxwian" not in words  # nobody says it
