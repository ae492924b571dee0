"""Signals and files that the audio tests make for themselves."""

from __future__ import annotations

import shutil
import subprocess
from fractions import Fraction
from pathlib import Path

import av
import av.codec
import numpy as np
import pytest
from numpy.typing import NDArray

from speechrnn.audio.file import FileSource

Samples = NDArray[np.float32]


def tones(length_s: float, sample_rate: int, n_channels: int = 1) -> Samples:
    """(n, channels) float32: a sweep of level and pitch below 1.7 kHz, the same in all channels."""
    t = np.arange(round(length_s * sample_rate)) / sample_rate
    wave = 0.3 * np.sin(2 * np.pi * (300 * t + 40 * np.sin(3 * t))) + 0.2 * np.sin(2 * np.pi * 1100 * t)
    return np.repeat(wave.astype(np.float32)[:, None], n_channels, axis=1)


def encode(
    path: Path,
    tracks: list[Samples],
    sample_rate: int,
    codec: str,
    *,
    options: dict[str, str] | None = None,
    titles: tuple[str, ...] = (),
    default: int | None = None,
    with_picture: bool = False,
    delay_s: float = 0.0,
) -> Path:
    """Write audio tracks, and a black picture if asked, with FFmpeg; skips where the encoder is missing."""
    if codec not in av.codec.codecs_available:
        pytest.skip(f"this build of FFmpeg has no encoder for {codec}")
    with av.open(str(path), "w", container_options=options or {}) as container:
        streams = []
        for index, samples in enumerate(tracks):
            layout = {1: "mono", 2: "stereo"}[samples.shape[1]]
            stream = container.add_stream(codec, rate=sample_rate, layout=layout)
            if codec == "wmav2":
                stream.bit_rate = 96_000  # it has no default that it accepts
            if titles:
                stream.metadata["title"] = titles[index]
                stream.metadata["language"] = "eng"
            if default is not None:
                stream.disposition = av.stream.Disposition.default if index == default else 0
            streams.append(stream)
        if with_picture:
            picture = container.add_stream("mpeg4", rate=5)
            picture.width = picture.height = 32
            picture.pix_fmt = "yuv420p"
            length_s = max((len(samples) / sample_rate for samples in tracks), default=1.0)
            for index in range(int(5 * (length_s + delay_s)) + 1):
                image = av.VideoFrame.from_ndarray(np.zeros((32, 32, 3), np.uint8), format="rgb24")
                image.pts = index
                container.mux(picture.encode(image))
            container.mux(picture.encode(None))
        # In turns, as a real file has them: a cut-off file then holds the start of every track.
        for at in range(0, max(map(len, tracks), default=0), sample_rate // 10):
            for samples, stream in zip(tracks, streams, strict=True):
                part = samples[at : at + sample_rate // 10]
                if not len(part):
                    continue
                frame = av.AudioFrame.from_ndarray(
                    np.ascontiguousarray(part.T), format="fltp", layout=stream.layout.name
                )
                frame.sample_rate = sample_rate
                frame.time_base = Fraction(1, sample_rate)
                frame.pts = at + round(delay_s * sample_rate)
                resampled = frame if stream.format.name == "fltp" else _as_format(frame, stream.format.name)
                container.mux(stream.encode(resampled))
        for stream in streams:
            container.mux(stream.encode(None))
    return path


def _as_format(frame: av.AudioFrame, name: str) -> av.AudioFrame:
    resampler = av.AudioResampler(format=name, layout=frame.layout, rate=frame.sample_rate)
    return resampler.resample(frame)[0]


def cut_short(path: Path, share: float = 0.5) -> Path:
    """Keep the first part of a file only."""
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    return path


def spoken(text: str, folder: Path) -> Samples:
    """(n,) float32 at 16 kHz: a sentence by this machine's synthesizer; skips where there is none."""
    path = folder / "spoken.wav"
    if shutil.which("espeak-ng"):
        command = ["espeak-ng", "-w", str(path), text]
    elif shutil.which("flite"):
        command = ["flite", "-t", text, "-o", str(path)]
    else:
        pytest.skip("needs espeak-ng or flite on the path")
    subprocess.run(command, check=True, capture_output=True)
    with FileSource(path) as source:
        return np.concatenate(list(source.blocks()))
