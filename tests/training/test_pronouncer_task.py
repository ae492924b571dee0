"""The pronouncer's training, from a dictionary to a bundle."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
import torch

from speechrnn.bundles.bundle import load_bundle
from speechrnn.errors import ConfigError, DataError
from speechrnn.nets.pronouncer import PronouncerSizes
from speechrnn.text.lexicon import Lexicon
from speechrnn.training.dictionary import load_pronouncer
from speechrnn.training.loop import LoopOptions, train
from speechrnn.training.pronouncer import PronouncerOptions, PronouncerTask, split_dictionary

SOUNDS = {"b": "B", "d": "D", "k": "K", "m": "M", "a": "AE", "e": "EH", "i": "IH", "o": "AA"}


def dictionary() -> Lexicon:
    """Words in which each letter has one sound."""
    spelled = (letters for n in (2, 3) for letters in itertools.product(SOUNDS, repeat=n))
    words = ["".join(letters) for letters in spelled]
    return Lexicon({word: [[SOUNDS[letter] for letter in word]] for word in words})


def task(**options: float) -> PronouncerTask:
    return PronouncerTask(
        bundle_id="g2p-tiny",
        sizes=PronouncerSizes(embedding_size=12, hidden_size=12, n_layers=1, dropout=0.0),
        options=PronouncerOptions(batch_words=64, **options),  # type: ignore[arg-type]
        dictionary=dictionary(),
        seed=1,
        recipe_text="task = 'pronouncer'\n",
    )


def test_held_out_words_are_the_same_in_every_run_and_never_trained_on() -> None:
    training, held_out = split_dictionary(dictionary(), 0.2)
    assert (training, held_out) == split_dictionary(dictionary(), 0.2)
    assert not {word for word, _ in training} & {word for word, _ in held_out}
    assert 0.1 < len(held_out) / len(dictionary()) < 0.3


def test_a_word_and_its_possessive_fall_on_the_same_side() -> None:
    words = {word: p for word, p in dictionary().items() if len(word) == 3}
    both = Lexicon({**words, **{f"{word}'s": [(*p[0], "Z")] for word, p in words.items()}})
    _, held_out = split_dictionary(both, 0.2)
    names = {word for word, _ in held_out}
    assert names and all((word in names) == (f"{word}'s" in names) for word in words)


def test_an_epoch_has_every_pronunciation_once_and_is_the_same_again() -> None:
    t = task()
    batches = list(t.batches(0, range(t.n_batches(0))))
    assert sum(len(batch.lengths) for batch in batches) == len(t.pairs)
    again = next(iter(t.batches(0, range(2, 3))))
    assert torch.equal(again.letters, batches[2].letters)
    other = next(iter(t.batches(1, range(2, 3))))
    assert other.letters.shape != again.letters.shape or not torch.equal(other.letters, again.letters)


def test_an_abbreviation_with_more_sounds_than_frames_is_left_out() -> None:
    words = dict(dictionary())
    words["aa"] = (("AE", "AE", "AE"),)  # 5 frames with the blanks between, of 4
    t = PronouncerTask(
        bundle_id="g2p-tiny",
        sizes=PronouncerSizes(),
        options=PronouncerOptions(),
        dictionary=Lexicon(words),
        seed=1,
    )
    assert "aa" not in {word for word, _ in t.pairs}


def test_training_learns_the_sounds_and_the_bundle_says_them(tmp_path: Path) -> None:
    t = task()
    options = LoopOptions(
        epochs=8,
        learning_rate=3e-2,
        warmup_steps=10,
        average_decay=0.9,
        validate_every=1000,
        device="cpu",
        bf16=False,
        threads=1,
    )
    net, scores = train(t, options, tmp_path / "run")
    assert next(iter(scores)) == "phoneme_error"
    assert scores["phoneme_error"] < 0.05
    assert scores["word_error_of_two"] <= scores["word_error"]
    t.save(net, scores, tmp_path / "bundle")
    info = load_bundle(tmp_path / "bundle", "pronouncer").info
    assert info.scores[0]["size"] == f"{len(t.held_out)} words"
    assert load_pronouncer(tmp_path / "bundle").pronounce(["kamido"], n_best=1) == [
        (("K", "AE", "M", "IH", "D", "AA"),)
    ]


def test_a_dictionary_too_small_to_hold_words_out_is_refused() -> None:
    with pytest.raises(
        DataError, match="1 words of a dictionary leave 1 pronunciations to train on and 0 words"
    ):
        PronouncerTask(
            bundle_id="g2p-tiny",
            sizes=PronouncerSizes(),
            options=PronouncerOptions(),
            dictionary=Lexicon({"cat": [("K", "AE", "T")]}),
            seed=1,
        )


@pytest.mark.parametrize(
    ("field", "value"), [("batch_words", 0), ("held_out", 0.0), ("validation_limit", -1)]
)
def test_options_out_of_range_are_refused(field: str, value: float) -> None:
    with pytest.raises(ConfigError, match=f"{field} is {value}; expected"):
        PronouncerOptions(**{field: value})  # type: ignore[arg-type]
