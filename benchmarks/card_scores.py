"""Measures a recognizer's bundle by the scripts here that tell of errors; writes scores into it and its card.

    python benchmarks/card_scores.py --manifest data/speech/dev.tsv --test-set "half of dev-clean" --jobs 2

Takes 25 minutes on two cores. What each script printed is kept in a folder of the bundle's, the list's and
the code's version, so that a second call goes on where the first was stopped.
In `CARD.md` what stands from "## Scores" up to "## Weak spots" is replaced; the rest is written by hand.
"""

# ruff: noqa: T201 - what it prints is its result
from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import safetensors.torch
import torch

from speechrnn.bundles.bundle import CARD, WEIGHTS, Bundle, load_bundle, save_bundle
from speechrnn.errors import DataError
from speechrnn.training.provenance import code_version

BEGIN, END = "## Scores", "## Weak spots"
LIMITS = {"conditions": 130, "latency": 80, "classes": 300, "times": 60, "confidence": 240}

SECTION = """\
{begin}

Development data: the weights of the search and the confidence were tuned on it, so expect a little worse
elsewhere. Measured at commit {commit} by `python benchmarks/card_scores.py`, which runs all commands below.

{scores}

Of {edits[words]:,} words {edits[substitutions]:,} are replaced, {edits[deletions]:,} left out,
{edits[insertions]:,} added.

On {n_conditions} utterances spread over the list, cut as published, without the segmentation of the pipeline
(`{how[conditions]}`); two points are noise here.

{conditions}

Live captions as they first stand on the screen, against the longest that a word waits (`{how[latency]}`, and
with `--pairs 0.64,0.64`); the final text of the same {final[2]} recordings has {final[1]}% word errors.

{latency}

Speaker by speaker, all of the list (`{how[beam]}`): from {rates[0]} to {rates[1]}.

{speakers}

Which words are wrong (`{how[classes]}`; a word counts in the first class that fits): {total}.

{classes}

The words that it finds rightly are where they were said, against a forced alignment of the reference
(`{how[times]}`):

{times}

Confidence, fitted on one half of the utterances and measured on the other, by turns (`{how[confidence]}`):
expected calibration error {error}; a right word has a higher confidence than a wrong one with a probability
of {area}.

{reliability}

"""


def commands(manifest: str) -> dict[str, str]:
    """What is run, by name, as it is written into the card; the bundle is told beside it."""
    on = f"--manifest {manifest}"
    latency = f"python benchmarks/latency_curve.py {on} --limit {LIMITS['latency']}"
    return {
        "beam": f"speechrnn evaluate --by-speaker {on}",
        "greedy": f"speechrnn evaluate --greedy {on}",
        "conditions": f"python benchmarks/conditions.py {on} --limit {LIMITS['conditions']}",
        "latency": latency,
        "ahead": f"{latency} --pairs 0.64,0.64",
        "classes": f"python benchmarks/error_classes.py {on} --limit {LIMITS['classes']}",
        "times": f"python benchmarks/word_times.py {on} --limit {LIMITS['times']}",
        "confidence": f"python benchmarks/tune_decoder.py {on} --limit {LIMITS['confidence']} --calibrate",
    }


def measured(command: str, model: Path, kept: Path, environment: Mapping[str, str] | None = None) -> str:
    """What a command prints of a bundle; from the file `kept` where it has run before."""
    if not kept.is_file():
        print(f"$ {command}", flush=True)
        program, *rest = shlex.split(command)
        interpreter = [sys.executable] if program == "python" else [sys.executable, "-m", program]
        whole = [*interpreter, *rest, "--model", str(model), *(["--json"] if program != "python" else [])]
        done = subprocess.run(whole, stdout=subprocess.PIPE, check=True, text=True, env=environment)
        kept.write_text(done.stdout, encoding="utf-8")
    return kept.read_text(encoding="utf-8")


def fingerprint(bundle: Bundle, how: Mapping[str, str]) -> str:
    """A name for what a measurement depends on beside the code; card and scores do not count."""
    files = {name: entry.sha256 for name, entry in bundle.files.items() if name != CARD}
    what = json.dumps([files, bundle.info.net, bundle.info.decoding, how], sort_keys=True)
    return hashlib.sha256(what.encode()).hexdigest()[:12]


def rows_of(text: str) -> list[list[str]]:
    """The cells of a table's rows, without its two lines of head."""
    lines = [line.strip("| ").split("|") for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line] for line in lines][2:]


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table in Markdown."""
    head = list(head)
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows))


def score_rows(
    found: Mapping[str, str], how: Mapping[str, str], test_set: str, commit: str
) -> list[dict[str, Any]]:
    """The scores of `bundle.toml`."""
    beam, greedy = json.loads(found["beam"]), json.loads(found["greedy"])
    entries = (
        ("WER, beam with language model", beam, "wer", "beam"),
        ("CER, beam with language model", beam, "cer", "beam"),
        ("WER, greedy characters", greedy, "wer", "greedy"),
    )
    return [
        {
            "name": name,
            "test_set": test_set,
            "value": round(report[key], 4),
            "size": f"{report['utterances']:,} utterances, {report['words']:,} words",
            "command": how[which],
            "commit": commit,
        }
        for name, report, key, which in entries
    ]


def section(found: Mapping[str, str], how: Mapping[str, str], scores: list[dict[str, Any]]) -> str:
    """The part of the card that is measured."""
    conditions, beam = rows_of(found["conditions"]), json.loads(found["beam"])
    rates = sorted(s["wer"] for s in beam["speakers"])
    speakers = [
        (s["speaker"], f"{s['utterances']}", f"{s['words']}", f"{s['wer']:.1%}") for s in beam["speakers"]
    ]
    latency = sorted(rows_of(found["latency"]) + rows_of(found["ahead"]), key=lambda row: float(row[0]))
    final = re.search(r"final text: WER ([\d.]+) %, (\d+) recordings", found["latency"])
    scales = re.findall(r"cross entropy (\S+) .*?error (\S+) .*?under curve (\S+)", found["confidence"])
    if final is None or not scales:
        raise DataError("the scripts print other tables than this one reads: mend the patterns here")
    _, error, area = max(scales, key=lambda scale: float(scale[0]))
    total, classes = found["classes"].split("\n", 1)
    head = ("measure", "on", "value", "made by")
    made = [
        (s["name"], f"{s['test_set']}, {s['size']}", f"{s['value']:.1%}", f"`{s['command']}`") for s in scores
    ]
    return SECTION.format(
        begin=BEGIN,
        commit=scores[0]["commit"],
        how=how,
        edits=beam,
        scores=table(head, made),
        n_conditions=conditions[0][1],
        conditions=table(("condition", "word errors"), [(row[0], row[2]) for row in conditions]),
        final=final,
        latency=table(
            ("latency", "chunk", "look-ahead", "word errors, first shown", "of it revised"),
            [(f"{row[0]} s", f"{row[1]} s", f"{row[2]} s", row[3], row[4]) for row in latency],
        ),
        rates=(f"{rates[0]:.1%}", f"{rates[-1]:.1%}"),
        speakers=table(("speaker", "utterances", "words", "word errors"), speakers),
        total=total,
        classes=classes.strip(),
        times=found["times"].strip(),
        error=error,
        area=area,
        reliability=found["confidence"][found["confidence"].index("| words |") :].split("\n\n")[0].strip(),
    )


def with_section(card: str, measured_part: str) -> str:
    """The card with its measured part replaced, or added behind what is written by hand, weak spots last."""
    rest, mark, by_hand = card.partition(END)
    before = rest.partition(BEGIN)[0]
    return f"{before.rstrip()}\n\n{measured_part}{mark}{by_hand}".rstrip() + "\n"


def write_scores(bundle: Bundle, scores: list[dict[str, Any]], card: str) -> Bundle:
    """The bundle anew with these scores and this card, all else as it is."""
    stored = safetensors.torch.load(bundle.read(WEIGHTS))
    others = {name: bundle.read(name) for name in bundle.files if name not in (WEIGHTS, CARD)}
    return save_bundle(
        bundle.path,
        replace(bundle.info, scores=tuple(scores)),
        tensors=bundle.tensors(),
        files=others,
        card=card,
        keep_float32=[name for name, tensor in stored.items() if tensor.dtype == torch.float32],
    )


def main() -> int:
    """Reads the command line, measures what was not measured yet, writes."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, default=Path("models/asr-en"), help="folder of the bundle")
    parser.add_argument("--manifest", required=True, help="TSV: path, speaker, seconds, set, text")
    parser.add_argument("--test-set", required=True, help="what the list is called in the card")
    parser.add_argument("--folder", type=Path, default=Path("runs/scores"), help="keeps what was measured")
    parser.add_argument("--jobs", type=int, default=1, help="scripts at a time; no time is measured")
    arguments = parser.parse_args()
    bundle, commit = load_bundle(arguments.model, "recognizer"), code_version()
    if commit.endswith("+"):
        print(
            f"files differ from commit {commit[:-1]}: commit first, or nobody can measure it again",
            file=sys.stderr,
        )
        return 1
    how = commands(arguments.manifest)
    folder = arguments.folder / f"{fingerprint(bundle, how)}-{commit}"
    folder.mkdir(parents=True, exist_ok=True)
    # Threads of OpenMP that outnumber the cores wait for each other, ten times as long as the work takes.
    environment = None if arguments.jobs == 1 else {**os.environ, "OMP_NUM_THREADS": "1"}

    def printed(name: str) -> str:
        return measured(how[name], arguments.model, folder / f"{name}.txt", environment)

    with ThreadPoolExecutor(arguments.jobs) as pool:  # each runs a process
        found = dict(zip(how, pool.map(printed, how), strict=True))
    scores = score_rows(found, how, arguments.test_set, commit)
    card = with_section(bundle.read(CARD).decode(), section(found, how, scores))
    write_scores(bundle, scores, card)
    print(card)
    return 0


if __name__ == "__main__":
    sys.exit(main())
