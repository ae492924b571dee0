"""Decoded audio to an output, at a speed, with word of what is heard; used by the thread of `player.py`.

Times are seconds of the recording. What has been written to an output is not yet heard: the output says how
much is on its way.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator

import numpy as np

from speechrnn.audio.resample import RawBlock, Samples
from speechrnn.audio.streams import OutputStream
from speechrnn.audio.tempo import Tempo
from speechrnn.errors import AudioDeviceError
from speechrnn.types import Seconds

PIECE_S = 0.1  # converted at a time
WRITE_S = 0.02  # how soon it is heeded that nothing more is wanted
STUCK_S = 2.0  # an output that takes nothing for so long has gone


class Loudspeaker:
    """An output that is opened when there is something to play, and stays open in between."""

    def __init__(
        self, open_stream: Callable[[int], OutputStream], now: Callable[[], Seconds] = time.monotonic
    ) -> None:
        """Takes what opens an output at a sample rate."""
        self._open_stream, self._now = open_stream, now
        self._stream: OutputStream | None = None

    @property
    def is_open(self) -> bool:
        """Whether it holds a device."""
        return self._stream is not None

    def play(
        self,
        blocks: Iterable[RawBlock],
        start: Seconds,
        speed: float,
        *,
        unwanted: Callable[[Seconds], bool],
        tell: Callable[[Seconds, Seconds], None],
    ) -> bool:
        """Plays blocks until all has been heard or nothing more is wanted; then it is silent.

        Args:
            blocks: decoded audio from `start` on.
            start: place of the first sample in the recording.
            speed: 0.5 to 2.
            unwanted: waits for so many seconds, or less, and says whether something else is wanted.
            tell: is given the place that is heard now (before `start` as long as it is still silent), and
                the place up to which all is on its way.

        Returns:
            Whether it was played to the end.

        Raises:
            AudioDeviceError: the output cannot be opened or has gone.
        """
        written = start
        silent_at = self._now()
        for stream, samples in self._converted(blocks, speed):
            stuck_at = self._now() + STUCK_S
            while len(samples):
                if unwanted(0.0):
                    stream.drop()
                    return False
                n = stream.write(samples, WRITE_S)
                samples = samples[n:]
                written += n / stream.sample_rate * speed
                pending_s = stream.pending_s()
                silent_at = self._now() + pending_s
                tell(written - pending_s * speed, written)
                if n:
                    stuck_at = self._now() + STUCK_S
                elif self._now() > stuck_at:
                    raise AudioDeviceError(
                        f"the output has taken no sound for {STUCK_S:g} s: see that it is plugged in and "
                        f"switched on, or choose another one"
                    )
        return self._wait_until(silent_at, unwanted)

    def close(self) -> None:
        """Lets go of the device; may be called again."""
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.close()

    def _converted(self, blocks: Iterable[RawBlock], speed: float) -> Iterator[tuple[OutputStream, Samples]]:
        """Small pieces as the output takes them; a new shape in the middle starts a new conversion."""
        tempo: Tempo | None = None
        shape = (0, 0)
        stream = self._stream
        for block in blocks:
            block_shape = (block.sample_rate, block.samples.shape[1])
            if stream is None:
                stream = self._stream = self._open_stream(block.sample_rate)
            if tempo is None or block_shape != shape:
                if tempo is not None:
                    yield stream, tempo.flush()
                tempo, shape = (
                    Tempo(block_shape, (stream.sample_rate, stream.n_channels), speed=speed),
                    block_shape,
                )
            n_piece = round(block.sample_rate * PIECE_S)
            for at in range(0, len(block.samples), n_piece):
                yield stream, tempo.step(_playable(block.samples[at : at + n_piece]))
        if stream is not None and tempo is not None:
            yield stream, tempo.flush()

    def _wait_until(self, silent_at: Seconds, unwanted: Callable[[Seconds], bool]) -> bool:
        """Waits until all is heard; false where something else is wanted before."""
        while (left_s := silent_at - self._now()) > 0:
            if unwanted(min(left_s, WRITE_S)):
                if self._stream is not None:
                    self._stream.drop()
                return False
            if self._stream is not None:
                self._stream.pending_s()  # sees whether it is still there
        return True


def _playable(samples: Samples) -> Samples:
    """In range, whatever the file holds."""
    return np.clip(np.nan_to_num(samples), np.float32(-1), np.float32(1))
