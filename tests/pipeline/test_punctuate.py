"""Recognized words in, readable words out: on tiny nets, and with the bundle that is in the tree."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
import torch

from speechrnn.bundles.bundle import Bundle, BundleInfo, load_bundle, save_bundle
from speechrnn.errors import BundleError
from speechrnn.nets.tagger import Tagger, TaggerOptions, WordEncoder
from speechrnn.pipeline.punctuate import Punctuator
from speechrnn.text.punctuation import CAPITALISED, COMMA, FULL_STOP, LOWER, NO_MARK, QUESTION
from speechrnn.types import Alternative, Word

VOCABULARY = ("where", "is", "ann", "so", "i", "left")
SIZES = TaggerOptions(
    vocabulary_size=len(VOCABULARY), n_buckets=20, embedding_size=6, hidden_size=4, n_layers=1, dropout=0.0
)
MODELS = Path(__file__).resolve().parents[2] / "models"


def words_of(text: str, start: float = 0.0) -> tuple[Word, ...]:
    return tuple(
        Word(
            text=word,
            start=start + 0.3 * i,
            end=start + 0.3 * i + 0.2,
            confidence=0.5 + 0.01 * i,
            alternatives=(Alternative(text="OTHER", probability=0.1),),
        )
        for i, word in enumerate(text.split())
    )


def text_of(words: tuple[Word, ...]) -> str:
    return " ".join(word.text for word in words)


def seeded_net() -> Tagger:
    with torch.random.fork_rng():
        torch.manual_seed(7)
        return Tagger(SIZES).eval()


def biased(mark: int, case: int) -> Punctuator:
    """A punctuator whose heads ignore the words: every word gets this mark and this case."""
    net = seeded_net()
    with torch.no_grad():
        for head, label in ((net.mark_head, mark), (net.case_head, case)):
            head.weight.zero_()
            head.bias.copy_(torch.arange(len(head.bias)).eq(label) * 5.0)
    return Punctuator(net, WordEncoder(VOCABULARY, SIZES.n_buckets))


@pytest.fixture
def punctuator() -> Punctuator:
    return Punctuator(seeded_net(), WordEncoder(VOCABULARY, SIZES.n_buckets))


@pytest.fixture
def bundle(tmp_path: Path) -> Bundle:
    return save_tagger(tmp_path / "punct-tiny")


def save_tagger(
    folder: Path,
    *,
    task: str = "tagger",
    net: dict[str, object] | None = None,
    vocabulary: str | None = None,
    offsets: tuple[float, ...] = (0.0, 0.5, 0.0, 0.0, -1.0),
) -> Bundle:
    info = BundleInfo(
        id="punct-tiny",
        task=task,
        net={"class": "Tagger", **dataclasses.asdict(SIZES)} if net is None else net,
        features={},
        decoding={"mark_offsets": list(offsets)},
        licence="Apache-2.0",
        trained_on=(),
        scores=(),
        min_speechrnn="0.1.0",
    )
    lines = "\n".join(VOCABULARY) if vocabulary is None else vocabulary
    tensors = seeded_net().state_dict()
    return save_bundle(folder, info, tensors=tensors, files={"vocabulary.txt": lines}, card="Tiny.")


def test_only_the_text_of_a_word_changes(punctuator: Punctuator) -> None:
    words = words_of("where is ann so i left")
    written = punctuator.punctuate(words)
    assert [dataclasses.replace(w, text="") for w in written] == [
        dataclasses.replace(w, text="") for w in words
    ]
    assert [w.text.lower().rstrip(",.?!") for w in written] == [w.text for w in words]


def test_no_words_stay_no_words(punctuator: Punctuator) -> None:
    assert punctuator.punctuate(()) == ()


def test_the_same_words_give_the_same_text(punctuator: Punctuator) -> None:
    words, before = words_of("where is ann so i left"), words_of("so ann left")
    assert punctuator.punctuate(words, before) == punctuator.punctuate(words, before)


@pytest.mark.parametrize(
    ("mark", "case", "expected"),
    [
        (NO_MARK, LOWER, "Where is ann so I left."),
        (NO_MARK, CAPITALISED, "Where Is Ann So I Left."),
        (COMMA, LOWER, "Where, is, ann, so, I, left."),
        (FULL_STOP, LOWER, "Where. Is. Ann. So. I. Left."),
        (QUESTION, LOWER, "Where? Is? Ann? So? I? Left?"),
    ],
)
def test_a_segment_is_a_whole_number_of_sentences(mark: int, case: int, expected: str) -> None:
    """Whatever the net says: a capital first, the pronoun I, and a mark that ends a sentence last."""
    written = biased(mark, case).punctuate(words_of("where is ann so i left"))
    assert text_of(written) == expected


def test_the_likeliest_sentence_end_is_taken_where_one_must_stand() -> None:
    asking = biased(COMMA, LOWER)
    with torch.no_grad():
        asking.net.mark_head.bias[QUESTION] = 4.0
    assert text_of(asking.punctuate(words_of("where is ann"))) == "Where, is, ann?"


def test_an_offset_lets_a_mark_in() -> None:
    punctuator = biased(NO_MARK, LOWER)
    assert text_of(punctuator.punctuate(words_of("so ann left"))) == "So ann left."
    punctuator.mark_offsets = (0.0, 6.0, 0.0, 0.0, 0.0)
    assert text_of(punctuator.punctuate(words_of("so ann left"))) == "So, ann, left."


def test_words_before_the_segment_are_context(punctuator: Punctuator) -> None:
    """They move what the net says, with or without the marks they were given, and only the last ones."""
    words = words_of("is ann so")

    def sharpened(before: tuple[Word, ...]) -> str:
        return text_of(punctuator.punctuate(words, before))

    contexts = [
        words_of(text) for text in ("where where where", "so i left", "ann", "left left so", "i i is")
    ]
    assert len({sharpened(before) for before in contexts}) > 1
    for before in contexts:
        marked = tuple(dataclasses.replace(w, text=w.text.title() + ",") for w in before)
        assert sharpened(marked) == sharpened(before)
        assert sharpened(words_of("left is " * 40) + before * 40) == sharpened(before * 40)


def test_a_hot_word_keeps_its_own_spelling() -> None:
    assert text_of(biased(COMMA, LOWER).punctuate(words_of("so GitHub left"))) == "So, GitHub, left."


def test_a_bundle_makes_the_same_punctuator(bundle: Bundle) -> None:
    """Weights travel as float16, so the net that was saved is rounded for the comparison."""
    loaded = Punctuator.load(bundle)
    assert loaded.model_sha256 == bundle.sha256
    net = seeded_net().half().float()
    words = words_of("where is ann so i left " * 30)
    built = Punctuator(net, WordEncoder(VOCABULARY, SIZES.n_buckets), (0.0, 0.5, 0.0, 0.0, -1.0))
    assert loaded.punctuate(words) == built.punctuate(words)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"task": "recognizer"}, "is a recognizer, but punctuation needs a tagger"),
        ({"vocabulary": "where\nis"}, "has 2 words but the net has 6"),
        ({"offsets": (0.0, 1.0)}, r"mark_offsets \[0\.0, 1\.0\]; expected 5 numbers"),
        (
            {"net": {"class": "Tagger", "hidden": 3}},
            r"\[net\] of the bundle punct-tiny does not fit this program",
        ),
        (
            {"net": {"class": "Tagger", **dataclasses.asdict(SIZES), "hidden_size": 8}},
            r"do not fit its \[net\]",
        ),
    ],
    ids=["task", "vocabulary", "offsets", "net", "weights"],
)
def test_a_bundle_that_does_not_fit_is_refused(
    tmp_path: Path, changes: dict[str, object], message: str
) -> None:
    bundle = save_tagger(tmp_path / "punct-tiny", **changes)  # type: ignore[arg-type]
    with pytest.raises(BundleError, match=message):
        Punctuator.load(bundle)


@pytest.fixture(scope="module")
def english() -> Punctuator:
    return Punctuator.load(load_bundle(MODELS / "punct-en", "tagger"))


@pytest.mark.parametrize(
    "expected",
    [
        "I think we should go home now.",
        "What is your name?",
        "Where do you live? I live in Germany.",
        "My name is John Smith, and I live in New York.",
        "Thank you very much. I'm really sorry about that.",
        "Can you tell me what time it is? Yes, it is half past nine.",
        "Mister Quilter is the apostle of the middle classes, and we are glad to welcome his gospel.",
    ],
)
def test_the_bundle_in_the_tree_writes_english(english: Punctuator, expected: str) -> None:
    """Golden: what a recognizer would give of each sentence comes back as it is written."""
    spoken = "".join(c for c in expected.lower() if c not in ",.?")
    assert text_of(english.punctuate(words_of(spoken))) == expected


def test_a_long_recording_reads_as_sentences(english: Punctuator) -> None:
    """Segment after segment with the words before it as context: capitals, ends, and nothing lost."""
    before: tuple[Word, ...] = ()
    spoken = ["i went to london on monday", "it was raining so i stayed at home", "do you like the rain"] * 20
    for number, segment in enumerate(spoken):
        words = words_of(segment, start=4.0 * number)
        written = english.punctuate(words, before)
        before = written
        assert written[0].text[0].isupper()
        assert written[-1].text[-1] in ".?!"
        assert [w.text.lower().rstrip(",.?!") for w in written] == segment.split()
        assert all(w.text.rstrip(",.?!") == "I" for w, heard in zip(written, words) if heard.text == "i")


def test_a_segment_that_goes_on_ends_no_sentence_and_the_next_begins_none() -> None:
    punctuator = biased(NO_MARK, LOWER)
    first = punctuator.punctuate(words_of("this goes"), closes=False)
    second = punctuator.punctuate(words_of("on here"), first)
    assert text_of(first) == "This goes"
    assert text_of(second) == "on here."
