"""The transcript: what a recording says, when, how surely, and what made it; and its JSON form.

Times are seconds from the start of the recording, confidences and probabilities 0..1. Pure. The
pipeline builds a `Transcript`, `formats.py` renders it, and the JSON form is read back by `from_json`.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from speechrnn.errors import ConfigError, DataError
from speechrnn.types import Alternative, Seconds, Segment, Word

Setting = str | int | float | bool | None

_TIME_DIGITS = 3  # milliseconds: finer than the recognizer's frames of 30 or 40 ms
_SHARE_DIGITS = 3
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """All that one run of the recognizer says about one recording.

    Attributes:
        audio: the file name as it was given; shown, never opened.
        duration: seconds of audio, 0 or more.
        model_id: id of the bundle that recognized it.
        model_sha256: hash of that bundle, 64 lower-case hexadecimal digits.
        settings: options that changed the result, by name.
        segments: in order of time.
        speakers: who speaks in each segment, None where nobody was named; empty where that is so everywhere.

    Example:
        >>> segment = Segment(start=0.0, end=1.0, text="Good morning.", words=())
        >>> Transcript(
        ...     audio="a.wav", duration=1.0, model_id="m", model_sha256="", settings={}, segments=(segment,)
        ... ).text
        'Good morning.'
    """

    audio: str
    duration: Seconds
    model_id: str
    model_sha256: str
    settings: Mapping[str, Setting]
    segments: tuple[Segment, ...]
    speakers: tuple[str | None, ...] = ()

    def __post_init__(self) -> None:
        if self.speakers and len(self.speakers) != len(self.segments):
            raise ConfigError(
                f"there are {len(self.speakers)} speakers for {len(self.segments)} segments: give one each"
            )
        if not (math.isfinite(self.duration) and self.duration >= 0):
            raise ConfigError(f"duration is {self.duration}; it must be finite and 0 s or more")

    @property
    def text(self) -> str:
        """All segments' prose, one line each; segments without text are left out."""
        return "\n".join(segment.text for segment in self.segments if segment.text)


def to_json(transcript: Transcript) -> str:
    """The JSON form; equal transcripts give equal text.

    Times are rounded to milliseconds, confidences and probabilities to three decimals; keys stand in
    a fixed order, settings by name. A file name that is no valid Unicode (possible on Linux) keeps its
    stray bytes as JSON escapes, so the text can always be written as UTF-8.

    Raises:
        DataError: a time or confidence that is not a finite number, or a setting that JSON cannot hold.
    """
    document = {
        "audio": transcript.audio,
        "duration_s": _rounded(transcript.duration, _TIME_DIGITS),
        "model": {"id": transcript.model_id, "sha256": transcript.model_sha256},
        "settings": dict(sorted(transcript.settings.items())),
        "segments": [
            segment_object(segment, transcript.speakers[number] if transcript.speakers else None)
            for number, segment in enumerate(transcript.segments)
        ],
    }
    try:
        text = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1)
    except (ValueError, TypeError) as error:
        raise DataError(
            f"the transcript of {transcript.audio!r} cannot be written as JSON ({error}): "
            "times, confidences and settings must be finite numbers, text or yes/no"
        ) from error
    return _SURROGATES.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"


def from_json(text: str, *, name: str = "the JSON text") -> Transcript:
    """The transcript that `to_json` wrote.

    `to_json(from_json(text)) == text` for every text that `to_json` gave.

    Args:
        text: a whole JSON document.
        name: what messages call it, such as its file name.

    Raises:
        DataError: not JSON, or not a transcript; the message names the place.
    """
    try:
        document = json.loads(text)
    except ValueError as error:
        raise _foreign(name, f"it is no JSON: {error}") from error
    fields = _object(document, ("audio", "duration_s", "model", "settings", "segments"), name, "")
    model = _object(fields["model"], ("id", "sha256"), name, "model")
    settings = fields["settings"]
    if not isinstance(settings, dict) or not all(
        value is None or isinstance(value, str | int | float) for value in settings.values()
    ):
        raise _foreign(name, "settings is no object of plain values")
    duration = _number(fields["duration_s"], name, "duration_s")
    if duration < 0:
        raise _foreign(name, f"duration_s is {duration}, less than 0")
    segments = _list(fields["segments"], name, "segments")
    read = [_read_segment(item, name, f"segments[{index}]") for index, item in enumerate(segments)]
    speakers = tuple(speaker for _, speaker in read)
    return Transcript(
        audio=_string(fields["audio"], name, "audio"),
        duration=duration,
        model_id=_string(model["id"], name, "model.id"),
        model_sha256=_string(model["sha256"], name, "model.sha256"),
        settings=settings,
        segments=tuple(segment for segment, _ in read),
        speakers=speakers if any(speakers) else (),
    )


def _rounded(value: float, digits: int) -> float:
    # Adding zero turns -0.0 into 0.0, which would otherwise print differently from an equal value.
    return round(float(value), digits) + 0.0


def segment_object(segment: Segment, speaker: str | None = None) -> dict[str, Any]:
    """A segment as it stands in the JSON of a transcript."""
    fields: dict[str, Any] = {
        "start_s": _rounded(segment.start, _TIME_DIGITS),
        "end_s": _rounded(segment.end, _TIME_DIGITS),
        "text": segment.text,
        "words": [_word_object(word) for word in segment.words],
    }
    if speaker:
        fields["speaker"] = speaker
    return fields


def _word_object(word: Word) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "text": word.text,
        "start_s": _rounded(word.start, _TIME_DIGITS),
        "end_s": _rounded(word.end, _TIME_DIGITS),
        "confidence": _rounded(word.confidence, _SHARE_DIGITS),
    }
    if word.alternatives:
        fields["alternatives"] = [
            {"text": other.text, "probability": _rounded(other.probability, _SHARE_DIGITS)}
            for other in word.alternatives
        ]
    return fields


def _read_segment(value: object, name: str, where: str) -> tuple[Segment, str | None]:
    fields = _object(value, ("start_s", "end_s", "text", "words"), name, where, ("speaker",))
    start, end = _span(fields, name, where)
    speaker = _string(fields["speaker"], name, f"{where}.speaker") if "speaker" in fields else None
    segment = Segment(
        start=start,
        end=end,
        text=_string(fields["text"], name, f"{where}.text"),
        words=tuple(
            _read_word(item, name, f"{where}.words[{index}]")
            for index, item in enumerate(_list(fields["words"], name, f"{where}.words"))
        ),
    )
    return segment, speaker or None


def _read_word(value: object, name: str, where: str) -> Word:
    fields = _object(value, ("text", "start_s", "end_s", "confidence"), name, where, ("alternatives",))
    start, end = _span(fields, name, where)
    others = _list(fields.get("alternatives", []), name, f"{where}.alternatives")
    return Word(
        text=_string(fields["text"], name, f"{where}.text"),
        start=start,
        end=end,
        confidence=_share(fields["confidence"], name, f"{where}.confidence"),
        alternatives=tuple(
            _read_alternative(item, name, f"{where}.alternatives[{index}]")
            for index, item in enumerate(others)
        ),
    )


def _read_alternative(value: object, name: str, where: str) -> Alternative:
    fields = _object(value, ("text", "probability"), name, where)
    return Alternative(
        text=_string(fields["text"], name, f"{where}.text"),
        probability=_share(fields["probability"], name, f"{where}.probability"),
    )


def _span(fields: Mapping[str, Any], name: str, where: str) -> tuple[Seconds, Seconds]:
    start = _number(fields["start_s"], name, f"{where}.start_s")
    end = _number(fields["end_s"], name, f"{where}.end_s")
    if end < start:
        raise _foreign(name, f"{where} ends at {end} s, before its start at {start} s")
    return start, end


def _object(
    value: object, keys: Sequence[str], name: str, where: str, optional: Sequence[str] = ()
) -> Mapping[str, Any]:
    place = where or "the document"
    if not isinstance(value, dict):
        raise _foreign(name, f"{place} is no object")
    missing = [key for key in keys if key not in value]
    if missing:
        raise _foreign(name, f"{place} has no {missing[0]!r}")
    # A key that is not known would be lost by reading and writing again, in silence.
    unknown = [key for key in value if key not in keys and key not in optional]
    if unknown:
        raise _foreign(name, f"{place} has an unknown {unknown[0]!r}")
    return value


def _list(value: object, name: str, where: str) -> Sequence[object]:
    if not isinstance(value, list):
        raise _foreign(name, f"{where} is no list")
    return value


def _string(value: object, name: str, where: str) -> str:
    if not isinstance(value, str):
        raise _foreign(name, f"{where} is no text")
    return value


def _number(value: object, name: str, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise _foreign(name, f"{where} is no finite number")
    return float(value)


def _share(value: object, name: str, where: str) -> float:
    share = _number(value, name, where)
    if not 0 <= share <= 1:
        raise _foreign(name, f"{where} is {share}, outside 0..1")
    return share


def _foreign(name: str, reason: str) -> DataError:
    return DataError(
        f"{name} is not a transcript of this program: {reason}; "
        "give a file that `speechrnn transcribe --format json` wrote"
    )
