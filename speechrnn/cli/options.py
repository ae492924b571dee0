"""The options that commands share, and the long ones of `transcribe`: names, ranges and help texts."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

DEFAULT_MODEL = "asr-en"


class Device(StrEnum):
    """Where the networks run."""

    AUTO = "auto"
    CPU = "cpu"
    CUDA = "cuda"
    MPS = "mps"


class FormatName(StrEnum):
    """The names of `speechrnn.transcript.formats.FORMATS`."""

    TXT = "txt"
    SRT = "srt"
    VTT = "vtt"
    JSON = "json"
    CSV = "csv"
    TSV = "tsv"
    MD = "md"
    DOCX = "docx"


ModelOption = Annotated[
    str,
    typer.Option(
        "--model",
        "-m",
        metavar="ID|DIR",
        help="The recognizer: the id of a bundle (see `speechrnn models`), or its folder.",
    ),
]
DeviceOption = Annotated[
    Device,
    typer.Option("--device", help="Where the networks run; auto takes cuda or mps where there is one."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
LimitOption = Annotated[
    int | None,
    typer.Option("--limit", min=1, metavar="N", show_default=False, help="Take the first N recordings only."),
]
ManifestOption = Annotated[
    Path | None,
    typer.Option(
        "--manifest",
        metavar="TSV",
        show_default=False,
        help="List of recordings: path (relative to the list), speaker, seconds, set, text, parted by tabs.",
    ),
]

LatencyOption = Annotated[
    float,
    typer.Option(
        "--latency",
        min=0.3,
        max=1.5,
        metavar="SECONDS",
        help="Live: how long a word may take to appear. Less is sooner, more is surer.",
    ),
]

PathsArgument = Annotated[
    list[Path],
    typer.Argument(
        metavar="PATH",
        show_default=False,
        help="Audio or video files, or folders that are searched for them.",
    ),
]
FormatOption = Annotated[FormatName, typer.Option("--format", "-f", help="What the results are written as.")]
OutputOption = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="DIR|-",
        show_default=False,
        help="Folder for one file a recording, made where missing; their names are printed. "
        "Without it, or with -, results go to stdout.",
    ),
]
OverwriteOption = Annotated[bool, typer.Option("--overwrite", help="Replace results that are there already.")]
SkipExistingOption = Annotated[
    bool, typer.Option("--skip-existing", help="Pass over recordings whose results are there already.")
]
HotWordsOption = Annotated[
    Path | None,
    typer.Option(
        "--hot-words",
        metavar="FILE",
        show_default=False,
        help="Words and names to expect: `word [strength]` a line, strength 0 to 20, without one 3.",
    ),
]
PunctuationOption = Annotated[
    bool,
    typer.Option("--punctuation/--no-punctuation", help="Write punctuation and capital letters."),
]
GreedyOption = Annotated[
    bool,
    typer.Option("--greedy", help="Best path of the network alone: no lexicon, no language model."),
]
LmWeightOption = Annotated[
    float | None,
    typer.Option(
        "--lm-weight",
        min=0,
        max=20,
        show_default=False,
        help="Weight of the language model; without it the one of the bundle.",
    ),
]
WordScoreOption = Annotated[
    float | None,
    typer.Option(
        "--word-score",
        min=-20,
        max=20,
        show_default=False,
        help="Added for every word, above 0 for more and shorter words; without it the one of the bundle.",
    ),
]
BeamSizeOption = Annotated[
    int | None,
    typer.Option(
        "--beam-size",
        min=1,
        max=5000,
        show_default=False,
        help="Hypotheses that the search keeps: more is slower; without it the number of the bundle.",
    ),
]
AdaptOption = Annotated[
    bool,
    typer.Option(
        "--adapt",
        help="Hear each recording twice: learn from the first time, write down the second. "
        "Fewer wrong words where few voices speak for some minutes; takes several times as long.",
    ),
]
DigitsOption = Annotated[bool, typer.Option("--digits", help="Write numbers as digits.")]
TrackOption = Annotated[
    int | None,
    typer.Option(
        "--track",
        min=0,
        metavar="N",
        show_default=False,
        help="Which audio track of a video, from 0; without it the one that the file marks as default.",
    ),
]
MaxLinesOption = Annotated[int, typer.Option("--max-lines", help="Subtitles: lines at a time.")]
MaxCharactersOption = Annotated[
    int, typer.Option("--max-characters", help="Subtitles: characters in a line.")
]
MinTimeOption = Annotated[float, typer.Option("--min-s", help="Subtitles: shortest time on screen.")]
MaxTimeOption = Annotated[float, typer.Option("--max-s", help="Subtitles: longest time on screen.")]
ReadingSpeedOption = Annotated[
    float, typer.Option("--max-characters-per-s", help="Subtitles: fastest reading speed.")
]
MinGapOption = Annotated[
    float, typer.Option("--min-gap-s", help="Subtitles: seconds without text between two.")
]
MaxPauseOption = Annotated[
    float, typer.Option("--max-pause-s", help="Subtitles: seconds of silence that always end one.")
]
