"""What order and pruning of the n-gram model are worth to the recognizer.

    python benchmarks/ngram_forms.py --recipe recipes/lm-en.toml --manifest dev.tsv --out runs/forms

Builds the recipe's language model in several forms, each in a folder of its own below --out (those that are
there already are not built again), and measures each in the bundle's search, second pass included, at a few
weights. Needs what the recipe needs, KenLM's build too.
"""

# ruff: noqa: T201 - what it prints is its result
from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from tune_decoder import from_bundle, try_options

from speechrnn.text.lexicon import Lexicon
from speechrnn.training.ngram import LEXICON, LM, REPORT, build_ngram
from speechrnn.training.recipe import load_recipe

MIB = 2**20
LM_WEIGHTS = (0.9, 1.0, 1.1)
# The cutoffs of the one by counts alone are such that its file has ten MiB.
FORMS: Mapping[str, Mapping[str, Any]] = {
    "order 4, as the recipe": {},
    "order 2": {"order": 2, "cutoffs": [0, 0]},
    "order 3": {"order": 3, "cutoffs": [0, 0, 1]},
    "order 4, 5 MiB": {"max_bytes": 5 * MIB},
    "order 4, 10 MiB": {"max_bytes": 10 * MIB},
    "order 4, by counts alone": {"cutoffs": [0, 2, 3, 3], "max_bytes": 20 * MIB},
    "order 4, not pruned": {"max_bytes": 1000 * MIB},
}


def main() -> int:
    """Builds what is missing, then decodes with each."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", default="asr-en", help="id or folder of a recognizer bundle")
    parser.add_argument("--recipe", type=Path, required=True)
    parser.add_argument("--manifest", type=Path, required=True, help="TSV: path, speaker, seconds, set, text")
    parser.add_argument("--limit", type=int, default=240, help="utterances, spread over the list")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--only", nargs="*", default=list(FORMS), choices=list(FORMS), help="these forms")
    arguments = parser.parse_args()
    recipe = load_recipe(arguments.recipe)
    folders = {name: arguments.out / name.replace(",", "").replace(" ", "-") for name in arguments.only}
    for name, folder in folders.items():
        if not (folder / REPORT).exists():
            tables = {**recipe.tables, "ngram": {**recipe.tables["ngram"], **FORMS[name]}}
            build_ngram(replace(recipe, tables=tables), folder, print)
    data = from_bundle(arguments.model, arguments.manifest, arguments.limit)
    rows = []
    for name, folder in folders.items():
        print(name, flush=True)
        lexicon = Lexicon.from_bytes((folder / LEXICON).read_bytes())
        form = replace(data, lexicon=lexicon, lm_path=str(folder / LM))
        trials = [try_options(form, replace(data.options, lm_weight=w)) for w in LM_WEIGHTS]
        report = json.loads((folder / REPORT).read_text(encoding="utf-8"))
        perplexities = report["development"]
        rows.append(
            f"| {name} | {report['bytes'] / MIB:.1f} MiB | {sum(report['ngrams']):,} | "
            f"{perplexities['before_pruning']['perplexity']:.0f} / "
            f"{perplexities['after_pruning']['perplexity']:.0f} | "
            + " | ".join(f"{trial.wer:.1%}" for trial in trials)
            + " |"
        )
    weights = " | ".join(f"WER at {w:g}" for w in LM_WEIGHTS)
    print(f"| form | file | n-grams | perplexity, before / after pruning | {weights} |")
    print("| --- | --- | --- | ---" + " | ---" * len(LM_WEIGHTS) + " |", *rows, sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
