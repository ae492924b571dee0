"""The script that compares output units: a journey over a toy bundle."""

import re
from pathlib import Path

import output_units
import pytest
import toy
import toy_recognizer


def test_each_unit_is_learned_on_the_same_hearing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    model = toy_recognizer.make_bundle(tmp_path, 8)
    learned, said = toy.write_corpus(tmp_path, "learned", 12, 1), toy.write_corpus(tmp_path, "said", 4, 2)
    given = ["--model", str(model), "--train", str(learned), "--manifest", str(said), "--every", "1"]
    monkeypatch.setattr("sys.argv", ["output_units.py", *given, "--steps", "80", "--pieces", "10"])
    output_units.main()
    told = capsys.readouterr().out
    rows = re.findall(r"^\| (\w[\w ]+) \| (\d+) \| (\S+) \| ([\d.]+)% ", told, re.MULTILINE)
    assert [row[0] for row in rows] == ["phonemes", "characters", "10 pieces"]
    assert rows[0][2] == "-"
    # The toy's tones are soon learned, whatever they are written in.
    assert all(float(row[3]) < 30 for row in rows), told
