"""What is kept with a job of the queue: the audio track that the user chose. Pure, free of Qt."""

from __future__ import annotations

import json


def track_of(options: str) -> int | None:
    """The audio track that the options of a job name; None for the one that the file marks."""
    if not options:
        return None
    try:
        track = json.loads(options)["track"]
    except (ValueError, KeyError, TypeError):
        return None
    return track if isinstance(track, int) else None


def options_of(track: int) -> str:
    """The options of a job with this audio track."""
    return json.dumps({"track": track})
