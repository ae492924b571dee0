"""Writes the golden transcript in every text format: `python tests/golden/make_transcript_golden.py`.

The text is invented, the times follow from the letters. Look at the difference before you commit it: it is
what users of the next version will see.
"""

from __future__ import annotations

from pathlib import Path

from speechrnn.text.numbers import digits_text
from speechrnn.transcript.document import Transcript
from speechrnn.transcript.formats import FORMATS
from speechrnn.types import Alternative, Segment, Word

FOLDER = Path(__file__).parent / "transcript"

# Seconds of silence before, and what is said.
PROSE = (
    (0.4, "The harbour office opens at eight; the first ferry to the island leaves twenty minutes later."),
    (0.6, "In nineteen eighty four a return ticket was two point five dollars; today it costs twelve."),
    (3.1, "Passengers with bicycles should board before the cars, because the lower deck fills quickly."),
    (0.5, "Quiet please!"),
    (2.6, "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamter <is> a word & more."),
    (0.4, "= five percent, some say, of all the words that anybody would ever need on such a crossing."),
)  # fmt: skip

SECONDS_PER_LETTER = 0.06
WORD_GAP_S = 0.04
CLAUSE_GAP_S = 0.25


def example() -> Transcript:
    """The transcript, with all times on whole milliseconds."""
    time = 0.0
    segments = []
    for silence, spoken in PROSE:
        time += silence
        words = []
        for number, text in enumerate(spoken.split()):
            end = round(time + SECONDS_PER_LETTER * len(text), 3)
            others = (Alternative(text="PIER", probability=0.25),) if text == "ferry" else ()
            confidence = round(0.99 - 0.01 * (number % 7), 3)
            words.append(Word(text=text, start=time, end=end, confidence=confidence, alternatives=others))
            time = round(end + (CLAUSE_GAP_S if text[-1] in ",;.!" else WORD_GAP_S), 3)
        prose = digits_text([word.text for word in words])
        segments.append(Segment(start=words[0].start, end=words[-1].end, text=prose, words=tuple(words)))
        time = words[-1].end
    return Transcript(
        audio="crossing & back.flac",
        duration=round(time + 1.0, 3),
        model_id="asr-en",
        model_sha256="0" * 64,
        settings={"punctuation": True, "digits": True, "beam": 50, "lm_weight": 1.5, "hot_words": None},
        segments=tuple(segments),
    )


def main() -> None:
    """Writes one file a format; docx is left out, as its compression depends on the machine's zlib."""
    FOLDER.mkdir(exist_ok=True)
    transcript = example()
    for format_ in FORMATS.values():
        if not format_.binary:
            (FOLDER / f"crossing{format_.suffix}").write_bytes(format_.to_bytes(transcript))


if __name__ == "__main__":
    main()
