"""The tagger's corpora, windows, simulated errors, measures, and a whole small training."""

from __future__ import annotations

import dataclasses
import io
import tarfile
from pathlib import Path

import numpy as np
import pytest
import torch

from speechrnn.bundles.bundle import load_bundle
from speechrnn.errors import ConfigError, DataError
from speechrnn.nets.tagger import TaggerOptions
from speechrnn.text.punctuation import CAPITALISED, COMMA, FULL_STOP, LOWER, NO_MARK
from speechrnn.training.loop import LoopOptions, train
from speechrnn.training.recipe import load_recipe
from speechrnn.training.tagger import TaggerTask, TaggerTrainingOptions, tagger_task
from speechrnn.training.tagger_data import (
    IGNORED,
    CorpusOptions,
    LabelledText,
    WindowOptions,
    WordList,
    add_errors,
    batch_windows,
    cut_windows,
    label_lines,
    most_frequent,
    read_corpus,
)
from speechrnn.training.tagger_scores import fit_mark_offsets, measure_tags

LINES = [
    "Where is Ann? She is at home, and the dog is with her.",
    "I saw Bob. He was late, and the train was late.",
    "Did Bob see the dog? No, Bob saw Ann.",
]

RECIPE = """
task = "tagger"
id = "punct-tiny"
[loop]
epochs = 40
learning_rate = 2e-2
warmup_steps = 5
average_decay = 0.0
validate_every = 1000
device = "cpu"
bf16 = false
[net]
vocabulary_size = 30
n_buckets = 64
embedding_size = 12
hidden_size = 12
n_layers = 1
dropout = 0.0
[windows]
shortest = 4
longest = 16
batch_words = 128
noisy = 0.0
[tagger]
word_dropout = 0.0
[corpora.talk]
archive = "talk.tar"
members = ["talk/*.txt"]
held_out = ["talk/b.txt"]
register = "conversation"
source = "Made up (CC0-1.0)"
"""


def write_archive(path: Path, files: dict[str, str]) -> None:
    with tarfile.open(path, "w") as tar:
        for name, text in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(text.encode())
            tar.addfile(info, io.BytesIO(text.encode()))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_archive(
        tmp_path / "talk.tar",
        {"talk/a.txt": "\n".join(LINES * 8), "talk/b.txt": "\n".join(LINES * 2), "talk/note.md": "Not text."},
    )
    (tmp_path / "punct-tiny.toml").write_text(RECIPE, encoding="utf-8")
    return tmp_path


def labelled(words: list[int], marks: list[int], cases: list[int]) -> LabelledText:
    return LabelledText(
        words=np.array(words, np.int32), marks=np.array(marks, np.uint8), cases=np.array(cases, np.uint8)
    )


def test_lines_become_words_with_labels() -> None:
    words = WordList()
    text = label_lines(["CHAPTER ONE", "Ann left, <i>did n't</i> she", "Bob did."], words)
    assert [words.words[n] for n in text.words] == ["ann", "left", "didn't", "she", "bob", "did"]
    assert text.marks.tolist() == [NO_MARK, COMMA, NO_MARK, IGNORED, NO_MARK, FULL_STOP]
    assert text.cases.tolist() == [IGNORED, LOWER, LOWER, LOWER, IGNORED, LOWER]


def test_lines_of_a_wrapped_book_are_read_as_paragraphs() -> None:
    """Else the first word of a line would be taken for a sentence's, and a comma at its end be lost."""
    wrapped = [
        "There were no others in the room at that time of the day, and when",
        "he saw that Ann had come alone, he did not ask for anything more,",
        "because he knew.",
    ]
    words = WordList()
    text, plain = label_lines(wrapped, words), label_lines([" ".join(wrapped)], words)
    assert len(text) == 32
    for part in ("words", "marks", "cases"):
        np.testing.assert_array_equal(getattr(text, part), getattr(plain, part))


def test_a_corpus_keeps_tuning_and_held_out_text_apart(folder: Path) -> None:
    options = CorpusOptions(archive="talk.tar", members=("talk/*.txt",), held_out=("talk/b.txt",))
    corpus = read_corpus("talk", options, folder / "talk.tar", WordList())
    assert len(corpus.held_out) == len(corpus.tuning)
    assert len(corpus.held_out) * 8 == len(corpus.training)
    some = dataclasses.replace(options, words_per_file=10, held_out_words=3)
    corpus = read_corpus("talk", some, folder / "talk.tar", WordList())
    assert (len(corpus.training), len(corpus.tuning), len(corpus.held_out)) == (10, 1, 2)


def test_shuffled_lines_are_the_same_lines(folder: Path) -> None:
    options = CorpusOptions(archive="talk.tar", members=("talk/a.txt",))
    words = WordList()
    texts = [
        read_corpus("talk", dataclasses.replace(options, shuffled=s), folder / "talk.tar", words).training
        for s in (False, True, True)
    ]
    assert sorted(texts[0].words) == sorted(texts[1].words)
    assert (texts[0].words != texts[1].words).any()
    np.testing.assert_array_equal(texts[1].words, texts[2].words)


def test_a_corpus_that_is_not_there_is_named(folder: Path) -> None:
    options = CorpusOptions(archive="talk.tar", members=("novels/*",))
    with pytest.raises(DataError, match=r"no file matches novels/\* of the corpus talk"):
        read_corpus("talk", options, folder / "talk.tar", WordList())
    with pytest.raises(DataError, match=r"other\.tar: the corpus talk cannot be read"):
        read_corpus("talk", options, folder / "other.tar", WordList())


def test_the_vocabulary_is_the_most_frequent_words() -> None:
    words = WordList()
    text = label_lines(["a b c b c c d d d d b"], words)
    assert most_frequent([text], words, 10) == ("d", "b", "c")
    assert most_frequent([text], words, 1) == ("d",)


def test_windows_follow_on_one_another_and_keep_to_their_lengths() -> None:
    text = label_lines(LINES * 50, WordList())
    options = WindowOptions(shortest=4, longest=20, sentence_end=0.5, batch_words=100)
    windows = cut_windows(text, options, 1.0, np.random.default_rng(3))
    lengths = windows[:, 1] - windows[:, 0]
    assert (windows[1:, 0] == windows[:-1, 1]).all()
    assert lengths.min() >= 4
    assert lengths.max() <= 20
    at_end = np.isin(text.marks[windows[:, 1] - 1], [FULL_STOP, 3, 4]).mean()
    assert at_end > 0.5  # half by choice, some by chance


def test_a_share_of_the_windows_is_drawn() -> None:
    text = label_lines(LINES * 200, WordList())
    options = WindowOptions(shortest=4, longest=20, batch_words=100)
    whole = cut_windows(text, options, 1.0, np.random.default_rng(3))
    part = cut_windows(text, options, 0.25, np.random.default_rng(3))
    assert 0.15 < len(part) / len(whole) < 0.35


def test_batches_hold_each_window_once_and_fit() -> None:
    rng = np.random.default_rng(4)
    starts = rng.integers(1000, size=200)
    windows = np.column_stack([np.zeros(200, int), starts, starts + rng.integers(1, 30, size=200)])
    batches = batch_windows(windows, 90, rng)
    assert sorted(map(tuple, np.concatenate(batches))) == sorted(map(tuple, windows))
    assert all(len(batch) * (batch[:, 2] - batch[:, 1]).max() <= 90 for batch in batches)


def test_no_errors_leave_the_text_as_it_is() -> None:
    text = labelled([1, 2, 3], [0, 1, 2], [0, 1, 0])
    assert add_errors(text, 0.0, np.array([7], np.int32), np.random.default_rng(1)) is text


def test_errors_are_of_three_kinds_and_keep_sentence_ends() -> None:
    """A wrong word has the mark of the right one; a full stop outlives the word before it."""
    n = 4000
    text = labelled(
        list(range(n)), [FULL_STOP if i % 8 == 7 else NO_MARK for i in range(n)], [CAPITALISED] * n
    )
    wrong = add_errors(text, 0.3, np.array([n + 1], np.int32), np.random.default_rng(2))
    strange = wrong.words == n + 1
    left = len(np.intersect1d(wrong.words, text.words))
    assert left / n == pytest.approx(1 - 0.3 * 0.88, abs=0.03)  # the rest are replaced or left out
    assert len(wrong) / n == pytest.approx(1 + 0.3 * (0.12 - 0.18), abs=0.02)
    assert (wrong.cases[strange] == IGNORED).all()
    assert (wrong.cases[~strange] == CAPITALISED).all()
    # Lost only where a whole sentence was left out, which is rarer than one in a thousand.
    assert (wrong.marks == FULL_STOP).sum() >= 0.995 * n / 8


def test_measures_by_hand() -> None:
    marks = np.array([0, COMMA, FULL_STOP, 0, COMMA, IGNORED])
    found = np.array([0, COMMA, COMMA, FULL_STOP, 0, COMMA])
    cases = np.array([0, 1, 1, 0, IGNORED, 2])
    scores = measure_tags(marks, found, cases, np.array([0, 1, 0, 0, 1, 2]))
    assert scores["comma_f1"] == pytest.approx(2 * 1 / (2 + 2))
    assert scores["mark_precision"] == pytest.approx(1 / 3)
    assert scores["mark_recall"] == pytest.approx(1 / 3)
    assert scores["full_stop_f1"] == 0
    assert scores["question_mark_f1"] == 0
    assert scores["mark_f1"] == pytest.approx(2 * 1 / (3 + 3))
    assert scores["case_accuracy"] == pytest.approx(4 / 5)
    assert scores["capital_f1"] == pytest.approx(2 * 2 / (3 + 2))


def test_offsets_let_in_the_marks_that_are_nearly_as_likely_as_none() -> None:
    """Commas at probability 0.3 or more are right here, and never the likeliest label."""
    comma = np.linspace(0.01, 0.49, 200)
    probabilities = np.column_stack([1 - comma - 0.003, comma, *[np.full(200, 0.001)] * 3])
    marks = np.where(comma >= 0.3, COMMA, NO_MARK)
    offsets = fit_mark_offsets([(np.log(probabilities).astype(np.float32), marks)])
    assert offsets[0] == 0
    assert offsets[1] == pytest.approx(np.log(0.7 / 0.3), abs=0.1)
    assert offsets[2:] == (0, 0, 0)  # where nothing is gained, nothing is changed


def test_offsets_heed_every_text_alike() -> None:
    """A long text without commas must not outvote a short one that needs them."""
    log_probs = np.log(np.tile(np.array([[0.55, 0.42, 0.01, 0.01, 0.01]], np.float32), (1000, 1)))
    some = np.array([COMMA, NO_MARK, FULL_STOP] * 3)
    texts = [(log_probs[:9], some), (log_probs, np.full(1000, IGNORED))]
    assert fit_mark_offsets(texts)[1] > 0
    assert fit_mark_offsets([]) == (0,) * 5


def test_the_same_seed_and_epoch_give_the_same_batches(folder: Path) -> None:
    task, again = (tagger_task(load_recipe(folder / "punct-tiny.toml"), seed=3) for _ in range(2))
    noisy = dataclasses.replace(task.windows, noisy=1.0)
    task.windows = again.windows = noisy
    n = task.n_batches(1)
    last = list(task.batches(1, range(n)))[-1]
    (alone,) = again.batches(1, range(n - 1, n))
    assert torch.equal(last.tokens, alone.tokens)
    assert torch.equal(last.table.ids, alone.table.ids)
    assert torch.equal(last.marks, alone.marks)
    (other,) = task.batches(2, range(1))
    first = next(task.batches(1, range(1)))
    assert other.tokens.shape != first.tokens.shape or not torch.equal(other.tokens, first.tokens)


def test_labels_behind_the_end_do_not_count(folder: Path) -> None:
    task = tagger_task(load_recipe(folder / "punct-tiny.toml"), seed=3)
    net = task.network()
    batch = next(b for b in task.batches(0, range(task.n_batches(0))) if b.lengths.min() < b.lengths.max())
    padding = torch.arange(batch.tokens.shape[1]) >= batch.lengths[:, None]
    assert (batch.marks[padding] == IGNORED).all()
    assert (batch.cases[padding] == IGNORED).all()
    changed = dataclasses.replace(batch, tokens=batch.tokens.masked_fill(padding, 1))
    torch.testing.assert_close(task.loss(net, batch)[0], task.loss(net, changed)[0])


def test_word_dropout_takes_embeddings_of_rare_words_only(folder: Path) -> None:
    task = tagger_task(load_recipe(folder / "punct-tiny.toml"), seed=3)
    task.options = dataclasses.replace(task.options, word_dropout=1.0)
    half = task.sizes.vocabulary_size // 2
    ids = torch.cat([batch.table.ids for batch in task.batches(0, range(task.n_batches(0)))])
    assert set(range(1, half + 1)) <= set(ids.tolist()) <= set(range(half + 1))


def test_a_small_tagger_learns_and_is_written(folder: Path) -> None:
    """From the recipe to a bundle that says what it was trained on and how well it does."""
    recipe = load_recipe(folder / "punct-tiny.toml")
    options = recipe.options("loop", LoopOptions)
    task = tagger_task(recipe, options.seed)
    before = task.validate(task.network().eval())
    net, scores = train(task, options, folder / "run")
    assert next(iter(scores)) == "loss"
    assert scores["loss"] < 0.2 * before["loss"]
    assert scores["conversation_mark_f1"] > 0.9
    assert scores["conversation_capital_f1"] > 0.9
    assert task.samples(net)[0].startswith("talk: Where is Ann? She is at home, and the dog")
    task.save(net, scores, folder / "punct-tiny")
    bundle = load_bundle(folder / "punct-tiny", "tagger")
    assert bundle.info.trained_on == ("Made up (CC0-1.0)",)
    assert {s["name"]: s["value"] for s in bundle.info.scores}["mark_f1"] == round(
        scores["conversation_mark_f1"], 4
    )
    assert bundle.info.decoding == {"mark_offsets": [0.0] * 5}  # with nothing to gain
    assert tuple(bundle.lines("vocabulary.txt")) == task.encoder.vocabulary
    assert bundle.file("recipe.toml").read_text("utf-8") == RECIPE
    card = bundle.file("CARD.md").read_text("utf-8")
    assert f"| mark_f1 | {scores['conversation_mark_f1']:.3f} | - |" in card
    n_words = len(task.corpora[0].held_out)
    assert f"talk/b.txt ({n_words} + {n_words} words)" in card
    assert "offsets of the marks (0, 0, 0, 0, 0)" in card
    assert f"| noisy_mark_f1 | {scores['conversation_noisy_mark_f1']:.3f} | - |" in card


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[tagger]", "[taggers]", "did you mean tagger"),
        ("held_out =", "heldout =", "unknown key heldout; did you mean held_out"),
        ("word_dropout = 0.0", "word_dropout = 2.0", "word_dropout is 2.0"),
        ("word_dropout = 0.0", "case_weight = -1.0", "case_weight is -1"),
        ('"conversation"', '"poetry"', "register is 'poetry'; expected conversation or prose"),
        ("longest = 16", "longest = 2", "shortest 4, longest 2"),
    ],
)
def test_a_recipe_with_a_mistake_is_refused(folder: Path, old: str, new: str, message: str) -> None:
    path = folder / "punct-tiny.toml"
    path.write_text(RECIPE.replace(old, new), encoding="utf-8")
    with pytest.raises(ConfigError, match=message):
        tagger_task(load_recipe(path), seed=1)


def test_a_recipe_without_held_out_text_is_refused(folder: Path) -> None:
    path = folder / "punct-tiny.toml"
    path.write_text(RECIPE.replace('held_out = ["talk/b.txt"]', ""), encoding="utf-8")
    with pytest.raises(DataError, match="no held-out text"):
        tagger_task(load_recipe(path), seed=1)


def test_without_text_there_is_nothing_to_train() -> None:
    with pytest.raises(DataError, match="no text to train on"):
        TaggerTask(
            sizes=TaggerOptions(),
            windows=WindowOptions(),
            options=TaggerTrainingOptions(),
            corpora=[],
            word_list=WordList(),
            seed=1,
        )
