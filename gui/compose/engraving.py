"""A tune as engraved music: MusicXML in, one SVG for each line of music out. Free of Qt; runs in jobs.

Verovio keeps Python's lock while it lays out: a few bars at a time take less than the window may stand
still, so each line of music is a score of its own. QtSvg reads a plainer SVG than it writes: see `plain_svg`.
"""

from __future__ import annotations

import copy
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from speechrnn.errors import ConfigError
from speechrnn.music.musicxml import write_musicxml
from speechrnn.music.tune import TICKS, Tune

_NOTES_A_LINE = 44  # about as many as fit side by side
_MOST_LINES = 200
_OPTIONS = {
    "adjustPageHeight": True,
    "adjustPageWidth": True,
    "breaks": "none",
    "pageWidth": 60_000,
    "scale": 40,
    "svgViewBox": True,
    "header": "none",
    "footer": "none",
    "pageMarginTop": 40,
    "pageMarginBottom": 40,
    "pageMarginLeft": 30,
    "pageMarginRight": 30,
}
_BEAMED = {"eighth": 1, "16th": 2, "32nd": 3, "64th": 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreLine:
    """One line of music.

    Attributes:
        svg: a document that QtSvg reads, its ink in `COLOUR`.
        width, height: of its view box.
        first_bar: number of its first bar, from 0.
    """

    svg: str
    width: float
    height: float
    first_bar: int


COLOUR = "#010203"  # stands for the colour of the text


def engrave_job(tune: Tune) -> Callable[[threading.Event], Iterator[ScoreLine]]:
    """The lines of a tune, one after the other.

    Raises, when it runs:
        ConfigError: it has a length that no notation has.
    """

    def job(stop: threading.Event) -> Iterator[ScoreLine]:
        for first_bar, document in music_lines(write_musicxml(tune), tune.meter.beat):
            if stop.is_set():
                return
            yield engraved(document, first_bar)

    return job


def music_lines(musicxml: bytes, beat: int) -> Iterator[tuple[int, str]]:
    """Parts of a score that fit side by side, each a score, with the number of its first bar."""
    # ElementTree would keep the DOCTYPE out anyway.
    root = ElementTree.fromstring(musicxml)
    parts = root.findall("part")
    bars = [part.findall("measure") for part in parts]
    n_bars = max((len(part) for part in bars), default=0)
    heads = [copy.deepcopy(part[0].find("attributes")) for part in bars if part]
    for number, (first, last) in enumerate(_cuts(bars, n_bars)):
        if number == _MOST_LINES:
            return
        score = ElementTree.Element("score-partwise", version="4.0")
        names = ElementTree.SubElement(score, "part-list")
        for place, measures in enumerate(bars):
            name = ElementTree.SubElement(names, "score-part", id=f"P{place}")
            ElementTree.SubElement(name, "part-name").text = ""
            part = ElementTree.SubElement(score, "part", id=f"P{place}")
            for measure in measures[first:last]:
                part.append(_shown(measure, beat))
            if first and len(part):
                part[0].insert(0, _without_time(heads[place]))
        yield first, ElementTree.tostring(score, encoding="unicode")


def _cuts(bars: list[list[ElementTree.Element]], n_bars: int) -> Iterator[tuple[int, int]]:
    """First bar of each line and the one behind its last."""
    first, full = 0, 0
    for bar in range(n_bars):
        crowd = max(len(part[bar].findall("note")) for part in bars if bar < len(part)) + 2
        if bar > first and full + crowd > _NOTES_A_LINE // (1 if len(bars) == 1 else 2):
            yield first, bar
            first, full = bar, 0
        full += crowd
    if n_bars > first:
        yield first, n_bars


def _shown(measure: ElementTree.Element, beat: int) -> ElementTree.Element:
    """A bar without words, its short notes beamed by the beat."""
    shown = copy.deepcopy(measure)
    for direction in shown.findall("direction"):
        shown.remove(direction)
    _beam(shown, beat)
    return shown


def _without_time(head: Any) -> ElementTree.Element:
    """The attributes of a first bar for a line that goes on: clef and key, no meter."""
    made: ElementTree.Element = copy.deepcopy(head)
    time = made.find("time")
    if time is not None:
        made.remove(time)
    return made


def _beam(measure: ElementTree.Element, beat: int) -> None:
    groups: list[list[tuple[ElementTree.Element, int]]] = [[]]
    now, last_beat = 0, -1
    for note in measure.findall("note"):
        levels = _BEAMED.get(note.findtext("type", ""), 0)
        if note.find("chord") is not None:
            continue
        number = now // max(beat, TICKS // 2)
        if not levels or note.find("rest") is not None or number != last_beat:
            groups.append([])
        if levels and note.find("rest") is None:
            groups[-1].append((note, levels))
        last_beat = number
        now += int(note.findtext("duration", "0"))
    for group in groups:
        if len(group) > 1:
            _beam_group(group)


def _beam_group(group: list[tuple[ElementTree.Element, int]]) -> None:
    for place, (note, levels) in enumerate(group):
        for level in range(1, levels + 1):
            before = place > 0 and group[place - 1][1] >= level
            behind = place + 1 < len(group) and group[place + 1][1] >= level
            word = {
                (True, True): "continue",
                (True, False): "end",
                (False, True): "begin",
                (False, False): "backward hook" if place else "forward hook",
            }[before, behind]
            beam = ElementTree.Element("beam", number=str(level))
            beam.text = word
            note.insert(_beam_place(note), beam)


def _beam_place(note: ElementTree.Element) -> int:
    """Before what must stand behind a beam."""
    later = ("notations", "lyric")
    return next((i for i, child in enumerate(note) if child.tag in later), len(note))


def engraved(document: str, first_bar: int) -> ScoreLine:
    """A score of few bars as one line.

    Raises:
        ConfigError: it is none that verovio reads.
    """
    toolkit = _toolkit()
    if not toolkit.loadData(document):
        raise ConfigError("this tune cannot be written as notes: save it as MIDI or ABC instead")
    return plain_svg(toolkit.renderToSVG(1), first_bar)


@lru_cache(maxsize=1)
def _toolkit() -> Any:
    # Its fonts take a fifth of a second to read.
    import verovio

    verovio.enableLog(verovio.LOG_OFF)
    # WORKAROUND verovio 6.4: the folder of its fonts is known only to the thread that imported it first.
    verovio.setDefaultResourcePath(str(Path(verovio.__file__).with_name("data")))
    toolkit = verovio.toolkit()
    toolkit.setOptions(_OPTIONS)
    return toolkit


def plain_svg(svg: str, first_bar: int) -> ScoreLine:
    """What QtSvg can read: one svg element, no text, no style sheet, ink in `COLOUR`."""
    inner = re.search(r'<svg class="definition-scale"[^>]*viewBox="0 0 ([\d.]+) ([\d.]+)"[^>]*>', svg)
    if inner is None:
        raise ConfigError("verovio writes another kind of SVG than is known: report it")
    width, height = float(inner.group(1)), float(inner.group(2))
    body = svg[inner.end() : svg.rindex("</svg>", 0, svg.rindex("</svg>"))]
    defs = re.search(r"<defs>.*?</defs>", svg, re.DOTALL)
    body = re.sub(r"<text\b.*?</text>", "", body, flags=re.DOTALL)
    body = re.sub(r"<(title|desc)\b.*?</\1>", "", body, flags=re.DOTALL)
    # Of signs that nobody would print: where a part begins.
    body = re.sub(r"<g [^>]*placeholder[^>]*>\s*<ellipse[^>]*/>\s*</g>", "", body)
    body = re.sub(r' font-(size|family|style|weight)="[^"]*"', "", body)
    head = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}">'
    )
    ink = f'<g fill="{COLOUR}" stroke="{COLOUR}" stroke-width="0" color="{COLOUR}">'
    whole = f"{head}{defs.group(0) if defs else ''}{ink}{body}</g></svg>"
    return ScoreLine(
        svg=whole.replace("currentColor", COLOUR), width=width, height=height, first_bar=first_bar
    )
