"""The card of a tagger's bundle: what it is, from which text, how well it does.

Pure. `training/tagger.py` writes it beside the weights.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from speechrnn.nets.tagger import TaggerOptions
from speechrnn.training.tagger_data import REGISTERS, Corpus
from speechrnn.training.tagger_scores import MEASURES, NOISY_MEASURES

_CARD = """# {bundle_id}

Puts punctuation and capital letters into the words of an English transcript. For each word it chooses
the mark behind it (none, comma, full stop, question mark, exclamation mark) and its case (lower,
capitalised, upper). It sees no sound: it cannot hear a pause, or a question that only the voice makes.

A bidirectional {cell}: {n_layers} layers of {hidden_size} units a direction, over {vocabulary_size:,} word
embeddings of {embedding_size} and {n_buckets:,} letter n-gram buckets.

The weights are SpeechRNN's own, under Apache-2.0. They were learned from the texts below, each under the
licence that is named with it, and hold none of these texts.

## Trained on ({n_training:,} words)

{sources}

A semicolon counts as a full stop, before a conjunction as a comma; colons and dashes count as commas;
quotation marks are dropped. Half of the training windows carry simulated recognition errors (words
replaced, left out, added).

## Scores

On files that were not trained on, read as one long run of words without any mark. Their first halves served
to choose the offsets of the marks ({offsets}); the scores are of their second halves. Precision, recall and
F1 of `mark` count all marks together; the case is measured where a word does not begin a sentence. `noisy`
is the same text with simulated recognition errors at {error_percent:.0f} % of the words.

| measure | conversation, {n_conversation:,} words | prose, {n_prose:,} words |
| --- | --- | --- |
{scores}

Held out:

{held_out}

Made by `{command}` at commit {commit}; `recipe.toml` in this folder is that recipe.
"""


def tagger_card(
    bundle_id: str,
    sizes: TaggerOptions,
    corpora: Sequence[Corpus],
    scores: Mapping[str, float],
    mark_offsets: Sequence[float],
    error_rate: float,
    command: str,
    commit: str,
) -> str:
    """The text of `CARD.md`.

    Args:
        bundle_id: its title.
        sizes: of the network.
        corpora: what it was trained and measured on.
        scores: by register and measure, as `TaggerTask.validate` gives them.
        mark_offsets: of the choice of marks.
        error_rate: of the `noisy` scores, 0..1.
        command: that makes the bundle again.
        commit: of the code that made it.
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
            for measure in (*MEASURES, *(f"noisy_{name}" for name in NOISY_MEASURES))
        ),
        held_out="\n".join(
            f"- {c.name}: {', '.join(c.options.held_out)} ({len(c.tuning):,} + {len(c.held_out):,} words)"
            for c in corpora
            if len(c.held_out)
        ),
        error_percent=100 * error_rate,
        command=command,
        commit=commit,
    )


def held_out_sizes(corpora: Sequence[Corpus]) -> dict[str, int]:
    """Words of each register that are measured on."""
    return {
        register: sum(len(corpus.held_out) for corpus in corpora if corpus.options.register == register)
        for register in REGISTERS
    }


def _cell(scores: Mapping[str, float], name: str) -> str:
    return f"{scores[name]:.3f}" if name in scores else "-"
