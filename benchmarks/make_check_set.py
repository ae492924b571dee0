"""Makes the test set of `speechrnn check`: sentences of our own, synthesized speech, with their text.

Needs the program flite (Debian package flite). Its voices slt and rms are free to use and to share.

    python benchmarks/make_check_set.py
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import numpy as np
import soundfile

SENTENCES = (
    ("slt", "the train leaves from the second platform at seven in the morning"),
    ("rms", "she opened the window and looked down at the empty street"),
    ("slt", "please send me the letter before the end of the week"),
    ("rms", "nobody had told him that the bridge was closed"),
    ("slt", "we need more time to answer all of these questions"),
    ("rms", "the children were playing in the garden behind the house"),
    ("slt", "it was raining when they came back from the market"),
    ("rms", "he put the old book on the table and began to read"),
    ("slt", "there is nothing better than a cup of tea in the afternoon"),
    ("rms", "the doctor said that she would be well again in a few days"),
)
FOLDER = Path(__file__).resolve().parents[1] / "speechrnn" / "evaluation" / "check_set"
PAUSE_S = 0.5
SAMPLE_RATE = 16_000


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    lines = ["path\tspeaker\tseconds\tset\ttext"]
    pause = np.zeros(int(PAUSE_S * SAMPLE_RATE))
    for number, (voice, sentence) in enumerate(SENTENCES, start=1):
        with tempfile.TemporaryDirectory() as scratch:
            path = Path(scratch) / "sentence.wav"
            subprocess.run(["flite", "-voice", voice, "-t", f"{sentence}.", "-o", str(path)], check=True)
            waveform, rate = soundfile.read(path)
        if rate != SAMPLE_RATE:
            raise SystemExit(f"flite gave {rate} Hz; expected {SAMPLE_RATE}")
        waveform = np.concatenate([pause, 0.5 * waveform / np.abs(waveform).max(), pause])
        name = f"{number:02}.flac"
        soundfile.write(FOLDER / name, waveform, SAMPLE_RATE, subtype="PCM_16")
        lines.append(f"{name}\t{voice}\t{len(waveform) / SAMPLE_RATE:.2f}\tsynthesized\t{sentence}")
    (FOLDER / "list.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
