"""The options of `compose`: names, ranges and help texts."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class What(StrEnum):
    """What is composed."""

    TEXT = "text"
    MUSIC = "music"


class ComposedFormat(StrEnum):
    """The names of `compose_export.TEXT_FORMATS` and `MUSIC_FORMATS`."""

    TXT = "txt"
    ABC = "abc"
    MIDI = "midi"
    MUSICXML = "musicxml"
    WAV = "wav"
    JSON = "json"


WhatArgument = Annotated[What, typer.Argument(help="What to compose.", show_default=False)]
ModelOption = Annotated[
    str | None,
    typer.Option(
        "--model",
        "-m",
        metavar="ID|DIR",
        show_default=False,
        help="The id of a bundle (see `speechrnn models`), or its folder; without it the first that fits.",
    ),
]
PrimerOption = Annotated[
    str | None,
    typer.Option(
        "--primer",
        metavar="TEXT",
        show_default=False,
        help="What to go on from: text, or a tune in ABC. Of a text the last 1,500 characters count.",
    ),
]
PrimerFileOption = Annotated[
    Path | None,
    typer.Option(
        "--primer-file",
        metavar="FILE",
        show_default=False,
        help="What to go on from: a text file, or a tune as .abc or .mid.",
    ),
]
HarmoniseOption = Annotated[
    Path | None,
    typer.Option(
        "--harmonise",
        metavar="FILE",
        show_default=False,
        help="Music: a melody (.abc or .mid, its first voice) that gets three more voices.",
    ),
]
AgainOption = Annotated[
    Path | None,
    typer.Option(
        "--again",
        metavar="FILE",
        show_default=False,
        help="Make again what this file was made as: any file that `compose` wrote but plain text, for that "
        "the line it said on stderr. Only --model, --format and --output count besides.",
    ),
]
SeedOption = Annotated[
    int, typer.Option("--seed", metavar="N", help="The same seed and settings give the same result.")
]
TemperatureOption = Annotated[
    float,
    typer.Option(
        "--temperature", metavar="T", help="0 always takes the likeliest, 1 as learned, above bolder."
    ),
]
TopKOption = Annotated[
    int, typer.Option("--top-k", metavar="K", help="Choose among the K likeliest; 0 among all.")
]
TopPOption = Annotated[
    float,
    typer.Option(
        "--top-p", metavar="P", help="Choose among the likeliest that have this probability in all."
    ),
]
MinPOption = Annotated[
    float,
    typer.Option("--min-p", metavar="P", help="Choose among those at least P as likely as the likeliest."),
]
GuardOption = Annotated[
    float,
    typer.Option(
        "--repetition-guard",
        metavar="G",
        help="Hold loops back: 1 makes what would repeat 24 tokens ten times less likely; up to 5.",
    ),
]
LengthOption = Annotated[
    int | None,
    typer.Option(
        "--length",
        metavar="N",
        show_default=False,
        help="Text: characters at most, without it 400. Music: notes, rests and bar lines at most.",
    ),
]
StopOption = Annotated[
    list[str] | None,
    typer.Option(
        "--stop",
        metavar="WORD",
        show_default=False,
        help="Text: end behind this; may be given several times.",
    ),
]
VariationsOption = Annotated[
    int,
    typer.Option("--variations", metavar="N", help="Make N, with the seed and the ones that follow it."),
]
KeyOption = Annotated[
    str,
    typer.Option("--key", metavar="K", help="Music: key of a new tune, such as G, Bb, Em or 'D dorian'."),
]
MeterOption = Annotated[
    str, typer.Option("--meter", metavar="M", help="Music: meter of a new tune, such as 4/4 or 6/8.")
]
BarsOption = Annotated[
    int,
    typer.Option(
        "--bars", metavar="N", help="Music: bars to compose, behind those of a primer; 0: it ends by itself."
    ),
]
TempoOption = Annotated[
    float | None,
    typer.Option(
        "--tempo",
        metavar="T",
        show_default=False,
        help="Music: quarter notes a minute; without it those of the primer, else 120.",
    ),
]
TitleOption = Annotated[str, typer.Option("--title", metavar="TEXT", help="Music: title of the tune.")]
FormatOption = Annotated[
    ComposedFormat | None,
    typer.Option(
        "--format",
        "-f",
        show_default=False,
        help="Without it what the suffix of --output says, else txt and abc.",
    ),
]
OutputOption = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        show_default=False,
        help="File for the result; with --variations NAME-1, NAME-2 and so on. Without it to stdout.",
    ),
]
