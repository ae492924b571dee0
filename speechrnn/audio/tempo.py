"""Slower or faster at the same pitch, in the shape that a loudspeaker takes; a stream with explicit end.

FFmpeg does it (atempo: overlap and add of similar waveforms). Samples are (n, channels) float32. Sits between
a reader and a loudspeaker in `player.py`.
"""

from __future__ import annotations

from fractions import Fraction

import av
import av.error
import av.filter
import numpy as np
from av.audio.frame import AudioFrame

from speechrnn.audio.resample import Samples

SLOWEST, FASTEST = 0.5, 2.0
_TAIL_S = 0.05  # FFmpeg does not give the last piece, which it has nothing to overlap with
# How FFmpeg takes n channels to be arranged where nothing says it.
_LAYOUTS = {1: "mono", 2: "stereo", 3: "2.1", 4: "4.0", 5: "5.0", 6: "5.1", 7: "6.1", 8: "7.1"}


class Tempo:
    """Changes speed, rate and channels of a stream of one shape.

    Example:
        >>> tempo = Tempo((48_000, 1), (48_000, 2), speed=2.0)
        >>> out = [tempo.step(np.zeros((48_000, 1), np.float32)), tempo.flush()]
        >>> round(sum(map(len, out)) / 48_000, 1), out[0].shape[1]
        (0.5, 2)
    """

    def __init__(self, source: tuple[int, int], target: tuple[int, int], *, speed: float) -> None:
        """Starts a stream.

        Args:
            source: sample rate in Hz and number of channels of what goes in.
            target: the same of what comes out.
            speed: 0.5 to 2.
        """
        self._same = speed == 1 and source == target
        self._rate, n_channels = source
        self._tail = np.zeros((0 if speed == 1 else round(self._rate * _TAIL_S), n_channels), np.float32)
        # More channels than anybody has loudspeakers for are mixed here.
        self._mix = n_channels not in _LAYOUTS
        self._layout = "mono" if self._mix else _LAYOUTS[n_channels]
        self._n_in = 0
        self._n_out = target[1]
        # FFmpeg makes one channel quieter where it becomes two: that is done in `_pull`.
        self._n_made = 1 if self._layout == "mono" else self._n_out
        graph = av.filter.Graph()
        self._source = graph.add_abuffer(
            sample_rate=self._rate, format="flt", layout=self._layout, time_base=Fraction(1, self._rate)
        )
        shape = f"sample_fmts=flt:sample_rates={target[0]}:channel_layouts={_LAYOUTS[self._n_made]}"
        self._sink = graph.add("abuffersink")
        steps = [graph.add("atempo", f"{speed:.6f}")] if speed != 1 else []
        graph.link_nodes(self._source, *steps, graph.add("aformat", shape), self._sink).configure()
        self._graph = graph  # the filters live as long as it does

    def step(self, samples: Samples) -> Samples:
        """Takes (n, channels) samples, gives (m, channels) of the new shape; some stay inside."""
        if self._same or not len(samples):
            return samples if self._same else self._pull()
        self._push(samples)
        return self._pull()

    def flush(self) -> Samples:
        """Gives what is still inside; the stream has ended."""
        if self._n_in:
            if len(self._tail):
                self._push(self._tail)
            self._source.push(None)
        return self._pull()

    def _push(self, samples: Samples) -> None:
        if self._mix:
            samples = samples.mean(axis=1, keepdims=True, dtype=np.float32)
        packed = np.ascontiguousarray(samples, dtype=np.float32).reshape(1, -1)
        frame = AudioFrame.from_ndarray(packed, format="flt", layout=self._layout)
        frame.sample_rate = self._rate
        frame.time_base = Fraction(1, self._rate)
        frame.pts = self._n_in
        self._n_in += len(samples)
        self._source.push(frame)

    def _pull(self) -> Samples:
        pieces = [np.zeros((0, self._n_made), dtype=np.float32)]
        while True:
            try:
                frame = self._sink.pull()
            except (av.error.BlockingIOError, av.error.EOFError):
                break
            assert isinstance(frame, AudioFrame)
            pieces.append(frame.to_ndarray().reshape(-1, self._n_made).astype(np.float32, copy=False))
        samples = np.concatenate(pieces)
        return samples if self._n_made == self._n_out else np.repeat(samples, self._n_out, axis=1)
