"""The first bytes of a recording: a WAV header that may grow past 4 GB without moving what follows.

Mono, 16 bit, 16 kHz. A WAV file counts its bytes in 32 bits and ends after 37 hours; RF64 counts in 64. A
chunk that readers skip keeps the room for that count, so that the one becomes the other by writing the header
again.
Source: EBU Tech 3306, "RF64: An Extended File Format for Audio", version 1.1 (2018).
"""

from __future__ import annotations

import struct

from speechrnn.types import SAMPLE_RATE

SAMPLE_BYTES = 2
HEADER_BYTES = 80  # RIFF 12 + JUNK or ds64 36 + fmt 24 + data 8
_FORMAT = struct.pack(
    "<4sIHHIIHH", b"fmt ", 16, 1, 1, SAMPLE_RATE, SAMPLE_RATE * SAMPLE_BYTES, SAMPLE_BYTES, 16
)
_LARGEST = 0xFFFF_FFFF
_ROOM = 28  # bytes of what ds64 holds


def wav_header(n_samples: int) -> bytes:
    """The header of a recording that has `n_samples` samples behind it.

    Example:
        >>> len(wav_header(0)), wav_header(0)[:4], wav_header(3_000_000_000)[:4]
        (80, b'RIFF', b'RF64')
    """
    n_data = n_samples * SAMPLE_BYTES
    n_riff = HEADER_BYTES - 8 + n_data
    if n_riff <= _LARGEST:
        start = struct.pack("<4sI4s4sI28x", b"RIFF", n_riff, b"WAVE", b"JUNK", _ROOM)
        return start + _FORMAT + struct.pack("<4sI", b"data", n_data)
    start = struct.pack(
        "<4sI4s4sIQQQI", b"RF64", _LARGEST, b"WAVE", b"ds64", _ROOM, n_riff, n_data, n_samples, 0
    )
    return start + _FORMAT + struct.pack("<4sI", b"data", _LARGEST)
