"""Someone measures live captions on recordings whose text is known."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import toy
import toy_recognizer

from speechrnn.cli.main import run
from speechrnn.nets.device import one_thread
from speechrnn.pipeline.offline import Recognizer


@pytest.fixture(scope="module")
def recognizer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recognizer]:
    with one_thread():
        yield toy_recognizer.make_recognizer(tmp_path_factory.mktemp("toy"))


@pytest.fixture(scope="module")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return toy.write_corpus(tmp_path_factory.mktemp("corpus"), "dev", 6, seed=8)


def evaluate(
    recognizer: Recognizer, capture: pytest.CaptureFixture[str], *arguments: str | Path
) -> tuple[int, str]:
    capture.readouterr()
    code = run(["evaluate", *map(str, arguments)], loader=lambda _choice: recognizer)
    return code, capture.readouterr().out


def test_the_keys_of_live_stand_beside_the_others(
    recognizer: Recognizer, manifest: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, plain = evaluate(recognizer, capsys, "--manifest", manifest, "--json")
    code, out = evaluate(recognizer, capsys, "--manifest", manifest, "--live", "--json")
    report = json.loads(out)
    assert code == 0
    assert list(report)[: len(json.loads(plain))] == list(json.loads(plain))
    assert report["wer"] == json.loads(plain)["wer"] == 0
    assert report["first_wer"] < 0.1
    assert 0 <= report["revised"] < 0.2
    assert (report["chunk_s"], report["look_ahead_s"]) == (0.56, 0.28)
    assert 0.2 < report["latency_median_s"] < report["latency_p95_s"] < 2
    assert 0 < report["final_latency_median_s"] <= report["final_latency_p95_s"] < 2


def test_a_shorter_latency_shows_words_sooner(
    recognizer: Recognizer, manifest: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    medians = []
    for seconds in ("0.4", "1.4"):
        arguments = ("--manifest", manifest, "--live", "--latency", seconds, "--json")
        medians.append(json.loads(evaluate(recognizer, capsys, *arguments)[1])["latency_median_s"])
    assert medians[0] < medians[1]


def test_the_text_form_says_the_same(
    recognizer: Recognizer, manifest: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out = evaluate(recognizer, capsys, "--manifest", manifest, "--live", "--limit", "2")
    lines = out.splitlines()
    assert lines[-2].startswith("shown first: WER 0.00 %")
    assert lines[-1].endswith("chunks of 0.56 s and 0.28 s ahead")
