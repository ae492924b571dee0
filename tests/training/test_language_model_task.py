"""Language model training: what is read, that it learns, that it resumes, and what is refused."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from speechrnn.bundles.bundle import load_bundle
from speechrnn.bundles.network import load_network
from speechrnn.errors import ConfigError, DataError
from speechrnn.music.abc_reader import parse_abc, play_out
from speechrnn.music.midi import write_midi
from speechrnn.nets.language_model import LanguageModel, LanguageModelSizes
from speechrnn.text.vocabulary import read_vocabulary, write_vocabulary
from speechrnn.training.language_model import (
    LanguageModelTask,
    language_model_task,
    nats_per_token,
)
from speechrnn.training.originality import originality_index
from speechrnn.training.recipe import load_recipe
from speechrnn.training.run import run_recipe
from speechrnn.training.token_data import TokenCorpus, is_minor, read_tokens, tonic_of

TUNE = "X:{n}\nT:t\nM:2/4\nL:1/8\nK:D\nDEFG|ABcd|e2d2|d4|]\n\n"


def recipe(
    folder: Path, text: str, *, kind: str = "characters", name: str = "words.txt", **loop: object
) -> Path:
    (folder / "corpus").mkdir(exist_ok=True)
    (folder / "corpus" / name).write_text(text)
    options = "\n".join(f"{key} = {value}" for key, value in loop.items())
    path = folder / "tiny.toml"
    path.write_text(
        f'task = "language_model"\nid = "tiny"\n[net]\nhidden_size = 24\nn_layers = 1\ndropout = 0.0\n'
        f'[language_model]\ntokens = "{kind}"\nbatch = 8\nstretch = 20\nwarm_up = 4\nsample_tokens = 20\n'
        f"[loop]\nthreads = 1\nbf16 = false\nwarmup_steps = 5\naverage_decay = 0.0\n"
        f"learning_rate = 0.02\n{options}\n"
        f'[corpora.one]\narchive = "corpus"\nsource = "made here"\n'
    )
    return path


def task(folder: Path, text: str, **changes: object) -> LanguageModelTask:
    return language_model_task(load_recipe(recipe(folder, text, **changes)), 1)  # type: ignore[arg-type]


def test_a_net_learns_what_always_follows_and_its_bundle_reads_back(tmp_path: Path) -> None:
    folder = run_recipe(
        load_recipe(recipe(tmp_path, "abcdefgh" * 500, epochs=3, validate_every=10)), run_dir=tmp_path / "run"
    )
    bundle = load_bundle(folder, "language_model")
    assert bundle.info.scores[0]["value"] < 0.3
    assert read_vocabulary(bundle.lines("vocabulary.txt"))[0] == "\n"
    net = load_network(bundle, LanguageModelSizes, LanguageModel)
    assert nats_per_token(net, np.array([1, 2, 3, 4, 5, 6, 7, 8] * 30, np.int64)) < 0.4
    assert "A sample" in bundle.read("CARD.md").decode()


def test_a_net_goes_on_from_a_bundle_with_other_text_and_the_characters_of_the_bundle(tmp_path: Path) -> None:
    """What is new to the network is left out; dropout may be another, for it has no weights."""
    options = {"epochs": 2, "validate_every": 10}
    first = run_recipe(load_recipe(recipe(tmp_path, "abcdefgh" * 500, **options)), run_dir=tmp_path / "a")
    path = recipe(tmp_path, "hgfedcba!" * 500, **options)
    text = path.read_text().replace("dropout = 0.0", "dropout = 0.2")
    path.write_text(text.replace("[loop]", 'start = "a/bundle"\n[loop]'))
    made = language_model_task(load_recipe(path), 1)
    assert set(made.data.vocabulary) == set("\nabcdefgh")
    assert len(made.data.training) == 8 * 450
    assert made.sources == ("made here", "made here, by way of tiny")
    start = load_network(load_bundle(first), LanguageModelSizes, LanguageModel)
    assert all(
        torch.equal(a, b) for a, b in zip(made.network().parameters(), start.parameters(), strict=True)
    )
    path.write_text(path.read_text().replace("hidden_size = 24", "hidden_size = 32"))
    with pytest.raises(DataError, match="vocabulary or sizes differ"):
        language_model_task(load_recipe(path), 1).network()


def test_a_bundle_can_go_where_it_is_wanted(tmp_path: Path) -> None:
    loaded = load_recipe(recipe(tmp_path, "abcdefgh" * 500, epochs=1))
    wanted = tmp_path / "models" / "mine"
    assert run_recipe(loaded, run_dir=tmp_path / "run", bundle_dir=wanted) == wanted
    assert load_bundle(wanted).info.id == "tiny"
    assert not (tmp_path / "run" / "bundle").exists()


def test_the_end_of_each_text_is_held_out(tmp_path: Path) -> None:
    data = task(tmp_path, "ab" * 900 + "ba" * 90 + "aaaabbbbcc" * 2).data
    assert (len(data.training), len(data.held_out)) == (1800, 196)  # the c is new to the net
    assert [data.vocabulary[token] for token in data.held_out[-8:]] == list("aaaabbbb")


def test_plain_text_is_what_a_keyboard_writes(tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text(
        "\u201cNa\u00efve,\u201d she\u2014\u2018it\u2019s\u2026 \u2603 7\n" * 200
    )
    corpus = TokenCorpus(archive="words.txt", held_out=0.5, plain=True)
    data = read_tokens("characters", [corpus], lambda name: tmp_path / name)
    text = "".join(data.vocabulary[token] for token in data.training)
    assert text.splitlines()[0] == "\"Naive,\" she--'it's...  7"


def test_text_in_normal_form_is_words_a_sentence_a_line(tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text("\u201cIt\u2019s 7,\u201d said Mr. Bell. No one came!\n\n" * 200)
    corpus = TokenCorpus(archive="words.txt", held_out=0.5, normal_form=True)
    data = read_tokens("pieces", [corpus], lambda name: tmp_path / name, n_pieces=20)
    text = "".join(data.vocabulary[token] for token in data.training)
    assert text.splitlines()[:3] == [
        "it's seven said mister bell",
        "no one came",
        "it's seven said mister bell",
    ]


WORDS = ["alder", "birch", "cedar", "maple", "willow", "hazel", "rowan", "aspen"]


def forest(n: int) -> str:
    """Words in no order."""
    return " ".join(np.random.default_rng(2).choice(WORDS, n).tolist())


def test_a_net_of_pieces_is_measured_by_the_character_and_goes_on_with_its_pieces(tmp_path: Path) -> None:
    """Law: whole words as pieces; 3 bits choose one of eight, whatever its letters are."""
    path = recipe(tmp_path, forest(4000), kind="pieces", epochs=8, validate_every=100)
    path.write_text(path.read_text().replace("[loop]", "n_pieces = 200\n[loop]"))
    folder = run_recipe(load_recipe(path), run_dir=tmp_path / "run")
    bundle = load_bundle(folder, "language_model")
    vocabulary = read_vocabulary(bundle.lines("vocabulary.txt"))
    assert {f" {word}" for word in WORDS} <= set(vocabulary)
    assert bundle.info.features["tokens"] == "pieces"
    row = bundle.info.scores[1]
    text = forest(4000)
    assert row["name"] == "bits per character"
    assert row["size"] == f"{round(len(text) * 0.1):,} characters"
    assert row["value"] == pytest.approx(3 * 4000 / len(text), rel=0.15)
    assert "characters and pieces of words" in bundle.read("CARD.md").decode()
    path = recipe(tmp_path, forest(3000) + " x", kind="pieces", epochs=1)
    path.write_text(path.read_text().replace("[loop]", 'start = "run/bundle"\n[loop]'))
    made = language_model_task(load_recipe(path), 1)
    assert made.data.vocabulary == vocabulary
    made.network()


def test_an_index_is_as_large_as_it_may_be(tmp_path: Path) -> None:
    letters = np.random.default_rng(1).integers(97, 123, 9000)
    made = task(tmp_path, "".join(map(chr, letters)))
    index = originality_index("characters", made.data, most_bytes=500)
    assert len(index.bits) <= 500
    assert len(originality_index("characters", made.data).bits) > 500
    assert index.step > 1


def test_every_token_counts_about_once_an_epoch(tmp_path: Path) -> None:
    made = task(tmp_path, "".join(chr(97 + i % 26) for i in range(5000)))
    batches = list(made.batches(0, range(made.n_batches(0))))
    assert all(batch.shape == (8, 25) for batch in batches)
    counted = sum(batch.shape[0] * 20 for batch in batches)
    assert 0.9 * len(made.data.training) < counted <= len(made.data.training)
    again = list(made.batches(0, range(3, made.n_batches(0))))
    torch.testing.assert_close(batches[3], again[0])


def test_measuring_in_pieces_equals_measuring_at_once() -> None:
    torch.manual_seed(1)
    net = LanguageModel(LanguageModelSizes(n_tokens=7, hidden_size=12, n_layers=2)).eval()
    tokens = np.random.default_rng(1).integers(0, 7, 900)
    with torch.inference_mode():
        logits, _ = net(torch.from_numpy(tokens[None, :-1]), net.initial())
    whole = torch.nn.functional.cross_entropy(logits[0], torch.from_numpy(tokens[1:]))
    assert nats_per_token(net, tokens) == pytest.approx(float(whole), abs=1e-5)


def test_tunes_that_cannot_be_read_are_counted(tmp_path: Path) -> None:
    text = "".join(TUNE.format(n=n) for n in range(1, 80)) + "X:99\nK:C\nthis is no tune &\n"
    data = task(tmp_path, text, kind="folk", name="book.abc").data
    assert data.left_out == 1
    assert data.n_held_out == 7
    assert data.training[0] == 0  # an end before the first tune


def test_melodies_of_midi_files_are_read_beside_abc(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    for number in range(40):
        tune = play_out(parse_abc(TUNE.format(n=number)))
        (tmp_path / "corpus" / f"{number:02}.mid").write_bytes(write_midi(tune.transposed(number % 5)))
    (tmp_path / "corpus" / "broken.mid").write_bytes(b"MThd and nothing else")
    text = "".join(TUNE.format(n=n) for n in range(1, 40))
    data = task(tmp_path, text, kind="folk", name="book.abc").data
    assert data.left_out == 1
    assert data.n_training + data.n_held_out == 79
    words = [data.vocabulary[token] for token in data.training]
    # In whatever key and format: the same tune.
    tunes = {piece.strip() for piece in " ".join(words).split("<end>") if piece.strip()}
    assert len(tunes) == 1


def test_chorales_are_read_in_every_key_they_can_be_sung_in(tmp_path: Path) -> None:
    piece = [[69, 64, 57, 45]] * 24 + [[69, 64, 60, 45]] * 24
    text = json.dumps({"train": [piece], "valid": [piece], "test": []})
    data = task(tmp_path, text, kind="chorale", name="set.json").data
    assert data.n_training > 8
    assert data.n_held_out == 1
    assert is_minor(np.array(piece, np.int16))
    assert tonic_of(np.array(piece, np.int16)) == 9
    # Behind the mode stands the tonic, moved with the piece.
    words = [data.vocabulary[token] for token in data.training]
    tonics = [words[place + 1] for place, word in enumerate(words) if word == "K:minor"]
    assert len(set(tonics)) == data.n_training


@pytest.mark.parametrize(
    ("text", "changes", "error", "words"),
    [
        ("too short", {}, DataError, "too few"),
        ("x" * 5000, {"name": "README.md"}, DataError, "no file in it fits"),
        ('{"a": 1}', {"kind": "chorale", "name": "a.json"}, DataError, "keys train and valid"),
        ("x" * 5000, {"kind": "poems"}, ConfigError, "poems"),
    ],
    ids=["little text", "no file", "foreign json", "unknown kind"],
)
def test_corpora_that_cannot_be_used_say_why(
    tmp_path: Path, text: str, changes: dict[str, str], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        task(tmp_path, text, **changes)


def test_a_missing_corpus_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"nowhere\.tar"):
        read_tokens("characters", [TokenCorpus(archive="nowhere.tar")], lambda name: tmp_path / name)


def test_vocabularies_with_line_feeds_and_quotes_come_back() -> None:
    vocabulary = ("\n", '"', "\\", "é", "<end>")
    assert read_vocabulary(write_vocabulary(vocabulary).splitlines()) == vocabulary
    with pytest.raises(DataError, match="JSON"):
        read_vocabulary(["a"])
