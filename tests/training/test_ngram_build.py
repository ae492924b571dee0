"""From a recipe to the files of a language model."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import platformdirs
import pytest

from speechrnn.decoding.beam import BeamDecoder
from speechrnn.errors import ConfigError, DataError
from speechrnn.text.labels import BLANK, PHONEMES
from speechrnn.text.lexicon import Lexicon
from speechrnn.training.kenlm import VERSION, tool, write_binary
from speechrnn.training.ngram import (
    LEXICON,
    LM,
    REPORT,
    NgramOptions,
    build_ngram,
    perplexity,
)
from speechrnn.training.ngram_model import SPECIAL_WORDS, encode_sentences, estimate
from speechrnn.training.recipe import load_recipe

BUILT = Path(platformdirs.user_cache_dir("speechrnn")) / f"kenlm-{VERSION}" / "bin" / "build_binary"
needs_kenlm = pytest.mark.skipif(not BUILT.is_file(), reason="KenLM is not built on this machine")


def test_perplexity_is_that_of_known_words_and_sentence_ends() -> None:
    words = (*SPECIAL_WORDS, "cat", "dog")
    text = [["cat", "dog"], ["dog", "elk"], ["cat"]] * 20
    model = estimate(encode_sentences(text, words), words, (0, 0), continuation=True)
    found = perplexity(model, [["cat", "elk"]])
    logs = model.score(encode_sentences([["cat", "elk"]], words))
    assert found["perplexity"] == pytest.approx(np.exp(-(logs[1] + logs[3]) / 2), abs=0.01)
    assert (found["unknown"], found["words"]) == (0.5, 2)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"order": 1}, "order is 1; expected 2 to 6"),
        ({"order": 3}, "cutoffs is"),
        ({"cutoffs": (0, 1, 0, 0)}, "expected 4 ascending numbers from 0 on"),
        ({"probability_bits": 1}, "probability_bits is 1; expected 2 to 25"),
    ],
)
def test_options_out_of_range_are_refused(values: dict[str, object], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        NgramOptions(**values)  # type: ignore[arg-type]


def write_recipe(folder: Path, weight: float = 0.8) -> Path:
    rng = np.random.default_rng(3)
    for name, names in (("prose", ["cat", "dog", "fox"]), ("talk", ["fox", "fox", "rare", "yes"])):
        (folder / name).mkdir()
        lines = [" ".join(rng.choice(names, size=rng.integers(1, 7))) + ".\n" for _ in range(300)]
        (folder / name / "text.txt").write_text("".join(lines), encoding="utf-8")
    (folder / "dev.tsv").write_text("a.wav\tann\t1.0\tset\tTHE CAT'S DOG\n", encoding="utf-8")
    recipe = folder / "lm.toml"
    recipe.write_text(
        f"""
        task = "ngram"
        id = "lm-tiny"
        [ngram]
        order = 3
        cutoffs = [0, 0, 0]
        vocabulary_size = 50
        max_bytes = 100000
        development = "dev.tsv"
        [corpora.prose]
        archive = "prose"
        weight = {weight}
        [corpora.talk]
        archive = "talk"
        weight = 0.2
        """,
        encoding="utf-8",
    )
    return recipe


@needs_kenlm
def test_a_recipe_gives_a_model_and_a_lexicon_that_decode(tmp_path: Path) -> None:
    folder = build_ngram(load_recipe(write_recipe(tmp_path)), tmp_path / "run", lambda line: None)
    assert sorted(path.name for path in folder.iterdir()) == sorted([LM, LEXICON, REPORT])
    lexicon = Lexicon.from_bytes((folder / LEXICON).read_bytes())
    assert {"cat", "dog", "fox", "rare", "yes"} == set(lexicon)
    report = json.loads((folder / REPORT).read_text("utf-8"))
    assert report["words"] == 5
    assert report["bytes"] == (folder / LM).stat().st_size
    assert report["development"]["after_pruning"]["unknown"] == pytest.approx(2 / 3, abs=1e-4)
    decoder = BeamDecoder((BLANK, *PHONEMES), lexicon, str(folder / LM))
    assert decoder.dropped == ()
    symbols = [*lexicon["cat"][0], *lexicon["dog"][0]]
    log_probs = np.full((2 * len(symbols), len(PHONEMES) + 1), -12.0, np.float32)
    for i, symbol in enumerate(symbols):
        log_probs[2 * i, PHONEMES.index(symbol) + 1] = log_probs[2 * i + 1, 0] = 0.0
    assert [word.text for word in decoder.decode(log_probs)[0].words] == ["cat", "dog"]


def test_weights_that_do_not_sum_to_one_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"weights of the corpora sum to 0\.7; expected 1"):
        build_ngram(load_recipe(write_recipe(tmp_path, weight=0.5)), tmp_path / "run")


@needs_kenlm
def test_what_kenlm_refuses_is_an_error(tmp_path: Path) -> None:
    arpa = tmp_path / "lm.arpa"
    arpa.write_text("no model\n", encoding="ascii")
    with pytest.raises(DataError, match=r"build_binary refuses .*lm\.arpa: "):
        write_binary(arpa, tmp_path / "lm.bin", probability_bits=5, backoff_bits=4, pointer_bits=22)


def test_without_cmake_the_message_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ConfigError, match="apt-get install cmake"):
        tool("build_binary", tmp_path / "kenlm")
