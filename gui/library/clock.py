"""Times as they stand beside a text. Free of Qt."""

from __future__ import annotations

from speechrnn.transcript.prose import clock
from speechrnn.types import Seconds


def short_clock(time: Seconds) -> str:
    """`time` as M:SS, or H:MM:SS from an hour on.

    Example:
        >>> short_clock(65.2), short_clock(3661), short_clock(36000)
        ('1:05', '1:01:01', '10:00:00')
    """
    seconds = round(time, 3)
    text = clock(seconds - seconds % 1)
    return text.removeprefix("00:").removeprefix("0") if seconds < 3600 else text.removeprefix("0")
