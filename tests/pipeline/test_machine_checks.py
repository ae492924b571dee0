"""The checks of this machine that need the real pipeline, with the toy language."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile
import toy

from speechrnn.evaluation.self_check import run_checks
from speechrnn.evaluation.speech_check import SpeechTest
from speechrnn.pipeline.machine_checks import check_live_captions, machine_checks
from speechrnn.pipeline.offline import Recognizer
from speechrnn.types import SAMPLE_RATE


@pytest.fixture
def check_set(tmp_path: Path) -> Path:
    rng = np.random.default_rng(1)
    lines = []
    for number, words in enumerate(toy.sentences(3, seed=5, n_words=(4, 6))):
        waveform = toy.speak(words, rng)
        soundfile.write(tmp_path / f"{number}.wav", waveform, SAMPLE_RATE, subtype="FLOAT")
        lines.append(f"{number}.wav\ttoy\t{len(waveform) / SAMPLE_RATE}\ttoy\t{' '.join(words)}\n")
    (tmp_path / "list.tsv").write_text("".join(lines), encoding="utf-8")
    return tmp_path / "list.tsv"


def test_a_recognizer_is_measured_in_all_that_it_does(recognizer: Recognizer, check_set: Path) -> None:
    test = SpeechTest(lambda: recognizer, check_set=check_set)
    assert test.check_accuracy().values["n_words"] == sum(
        len(line.split("\t")[4].split()) for line in check_set.read_text(encoding="utf-8").splitlines()
    )
    speed = test.check_speed().values["times_real_time"]
    assert isinstance(speed, float)
    assert speed > 0
    assert test.check_silence().values == {"n_words": 0}


def test_the_latency_of_live_captions_is_that_of_the_options_and_the_work(
    recognizer: Recognizer, check_set: Path
) -> None:
    finding = check_live_captions(SpeechTest(lambda: recognizer, check_set=check_set), 0.6)
    latency_s = finding.values["latency_s"]
    assert isinstance(latency_s, float)
    assert latency_s > 0.1, "no word is shown before its chunk and the look-ahead were heard"
    assert finding.values["promised_s"] == pytest.approx(0.6, abs=0.05)


def test_the_quick_checks_come_first_and_need_no_recognizer(tmp_path: Path) -> None:
    def load() -> Recognizer:
        raise AssertionError("loaded too early")

    checks = machine_checks(load=load, folders={"exports": tmp_path}, latency_s=0.96)
    assert len({check.name for check in checks}) == len(checks) == len({check.title for check in checks})
    quick = [check for check in checks if check.name in ("models", "folders", "memory")]
    assert checks[:3] == tuple(quick)
    assert [finding.name for finding in run_checks(quick)] == ["models", "folders", "memory"]
