"""What waiting is worth: errors of the captions as they first stand on the screen, against their latency.

    python benchmarks/latency_curve.py --manifest data/speech/dev.tsv --limit 100

Captions recordings as though they were being spoken, once for each setting, and prints a table: chunk and
look-ahead, word error rate of the first-shown text, share of it that was revised on the screen, time from
the end of a word to its showing on this machine, and the share of one processor core that all of it took.
The last line is the final text, which does not depend on the setting. Measure on an idle machine.
"""

# ruff: noqa: T201 - what it prints is its result
from __future__ import annotations

import argparse
import time
from pathlib import Path

from gui.live.latency import PRESETS
from speechrnn.evaluation.manifest import Utterance, read_manifest
from speechrnn.evaluation.recognition import recognize_all, report_errors
from speechrnn.pipeline.live_events import LiveOptions
from speechrnn.pipeline.live_trial import LiveTranscriber, report_live
from speechrnn.pipeline.offline import Recognizer

HEADER = "| latency s | chunk s | look-ahead s | first WER | revised | median s | 95 % s | core |"


def spread(listed: list[Utterance], limit: int | None) -> list[Utterance]:
    """So many of the list, from all over it: neighbours are of one speaker."""
    return listed[:: max(1, len(listed) // limit)][:limit] if limit else listed


def _seconds(value: float | None) -> str:
    return "none" if value is None else f"{value:.2f}"  # no word was shown before its final text


def measure(recognizer: Recognizer, utterances: list[Utterance], options: LiveOptions) -> float:
    """Prints one line of the table; gives the word error rate of the final text."""
    transcriber = LiveTranscriber(recognizer, options)
    start = time.process_time()
    recognized = list(recognize_all(transcriber, utterances))
    spent = time.process_time() - start
    live = report_live(recognized, transcriber)
    final = report_errors(recognized, transcriber, decoder="beam")
    print(
        f"| {options.latency_s:.2f} | {live.chunk_s:.2f} | {live.look_ahead_s:.2f} "
        f"| {100 * live.first_wer:.1f} % | {100 * live.revised:.1f} % | {_seconds(live.latency_median_s)} "
        f"| {_seconds(live.latency_p95_s)} | {100 * spent / final.audio_s:.0f} % |",
        flush=True,
    )
    return final.wer


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", default="asr-en", help="id or folder of a recognizer bundle")
    parser.add_argument("--manifest", type=Path, required=True, help="TSV: path, speaker, seconds, set, text")
    parser.add_argument("--limit", type=int, help="recordings, spread over the list")
    parser.add_argument(
        "--pairs",
        nargs="*",
        default=[],
        metavar="CHUNK,AHEAD",
        help="seconds of chunk and look-ahead, such as 0.64,0.32; without any the presets",
    )
    arguments = parser.parse_args()
    recognizer = Recognizer.load(arguments.model, punctuation=False)
    utterances = spread(read_manifest(arguments.manifest), arguments.limit)
    pairs = [tuple(map(float, pair.split(","))) for pair in arguments.pairs]
    settings = [LiveOptions(chunk_s=chunk, look_ahead_s=ahead) for chunk, ahead in pairs]
    print(HEADER, "| --- " * (HEADER.count("|") - 1) + "|", sep="\n")
    wers = [
        measure(recognizer, utterances, options)
        for options in settings or [LiveOptions.for_latency(seconds) for seconds in PRESETS]
    ]
    print(f"\nfinal text: WER {100 * wers[-1]:.1f} %, {len(utterances)} recordings, {recognizer.model_id}")


if __name__ == "__main__":
    main()
