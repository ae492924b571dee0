"""Makes `sample.flac`, the recording that `make run` transcribes: synthesized speech, a text of our own.

Needs the program flite (Debian package flite). Its voice slt is free to use and to share.

    python benchmarks/make_sample.py
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import numpy as np
import soundfile

SENTENCES = (
    "good morning and welcome to the first recording.",
    "the old house stood near the river, and nobody had lived in it for twenty years.",
    "in the evening we walked along the road and talked about the things we had seen.",
    "do you remember what he said?",
)
PAUSE_S = 0.9
SAMPLE_RATE = 16_000


def main() -> None:
    rng = np.random.default_rng(0)
    pause = np.zeros(int(PAUSE_S * SAMPLE_RATE))
    parts = [pause]
    with tempfile.TemporaryDirectory() as folder:
        for sentence in SENTENCES:
            path = Path(folder) / "sentence.wav"
            subprocess.run(["flite", "-voice", "slt", "-t", sentence, "-o", str(path)], check=True)
            waveform, rate = soundfile.read(path)
            if rate != SAMPLE_RATE:
                raise SystemExit(f"flite gave {rate} Hz; expected {SAMPLE_RATE}")
            parts += [waveform, pause]
    waveform = np.concatenate(parts)
    waveform = 0.5 * waveform / np.abs(waveform).max() + 0.0005 * rng.standard_normal(len(waveform))
    soundfile.write(Path(__file__).with_name("sample.flac"), waveform, SAMPLE_RATE, subtype="PCM_16")


if __name__ == "__main__":
    main()
