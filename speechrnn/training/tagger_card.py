"""The card of a tagger's bundle: what it is, from which text, how well it does.

Pure. `training/tagger.py` writes it beside the weights.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from speechrnn.nets.tagger import TaggerOptions
from speechrnn.training.tagger_data import REGISTERS, Corpus

MARK_NAMES = ("none", "comma", "full_stop", "question_mark", "exclamation_mark")
"""Names of `text.punctuation.MARKS` in scores."""

_MEASURES = (*(f"{name}_f1" for name in MARK_NAMES[1:]), "mark_f1", "case_accuracy", "capital_f1")

_CARD = """# {bundle_id}

Puts punctuation and capital letters into the words of an English transcript. For each word it chooses
the mark behind it (none, comma, full stop, question mark, exclamation mark) and its case (lower,
capitalised, upper). It sees no sound: it cannot hear a pause, or a question that only the voice makes.

A bidirectional {cell}: {n_layers} layers of {hidden_size} units a direction, over {vocabulary_size:,} word
embeddings of {embedding_size} and {n_buckets:,} letter n-gram buckets.

Licence of the weights: Apache-2.0.

## Trained on ({n_training:,} words)

{sources}

A semicolon counts as a full stop, before a conjunction as a comma; colons and dashes count as commas;
quotation marks are dropped. Half of the training windows carry simulated recognition errors (words
replaced, left out, added).

## Scores

On whole files that were not trained on, without recognition errors. F1 is that of precision and recall;
`mark_f1` counts all marks together; the case is measured where a word does not begin a sentence. The
offsets of the marks ({offsets}) may have been chosen with these files in view; see the recipe.

| measure | conversation, {n_conversation:,} words | prose, {n_prose:,} words |
| --- | --- | --- |
{scores}

Held out:

{held_out}

Made by `{command}`; `recipe.toml` in this folder is that recipe.
"""


def tagger_card(
    bundle_id: str,
    sizes: TaggerOptions,
    corpora: Sequence[Corpus],
    scores: Mapping[str, float],
    mark_offsets: Sequence[float],
    command: str,
) -> str:
    """The text of `CARD.md`.

    Args:
        bundle_id: its title.
        sizes: of the network.
        corpora: what it was trained and measured on.
        scores: by register and measure, as `TaggerTask.validate` gives them.
        mark_offsets: of the choice of marks.
        command: that makes the bundle again.
    """
    n_held_out = held_out_sizes(corpora)
    return _CARD.format(
        bundle_id=bundle_id,
        cell=sizes.cell.upper(),
        n_layers=sizes.n_layers,
        hidden_size=sizes.hidden_size,
        vocabulary_size=sizes.vocabulary_size,
        embedding_size=sizes.embedding_size,
        n_buckets=sizes.n_buckets,
        n_training=sum(len(corpus.training) for corpus in corpora),
        sources="\n".join(f"- {c.options.source} ({len(c.training):,} words)" for c in corpora),
        offsets=", ".join(f"{offset:g}" for offset in mark_offsets),
        n_conversation=n_held_out["conversation"],
        n_prose=n_held_out["prose"],
        scores="\n".join(
            f"| {measure} | {' | '.join(_cell(scores, f'{r}_{measure}') for r in REGISTERS)} |"
            for measure in _MEASURES
        ),
        held_out="\n".join(
            f"- {c.name}: {', '.join(c.options.held_out)} ({len(c.held_out):,} words)"
            for c in corpora
            if len(c.held_out)
        ),
        command=command,
    )


def held_out_sizes(corpora: Sequence[Corpus]) -> dict[str, int]:
    """Held-out words of each register."""
    return {
        register: sum(len(corpus.held_out) for corpus in corpora if corpus.options.register == register)
        for register in REGISTERS
    }


def _cell(scores: Mapping[str, float], name: str) -> str:
    return f"{scores[name]:.3f}" if name in scores else "-"
