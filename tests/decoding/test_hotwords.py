"""Hot words: the file format, and what they do to the search."""

from __future__ import annotations

import math

import numpy as np
import pytest
from decoding_cases import LABELS, LEXICON, noise, peaks

from speechrnn.decoding.beam import BeamDecoder, BeamOptions
from speechrnn.decoding.hotwords import DEFAULT_STRENGTH, HotWord, parse_hot_words
from speechrnn.errors import ConfigError

ARPA = """\\data\\
ngram 1=7
ngram 2=1

\\1-grams:
-4.0\t<unk>
0\t<s>
-1.0\t</s>
-1.0\tCAT
-1.1\tBAT
-1.2\tAT
-3.0\tSACK

\\2-grams:
-1.0\t<s> </s>

\\end\\
"""
SOUNDS = {"TASK": [("T", "AE", "S", "K")], "BASK": [("B", "AE", "S", "K"), ("B", "AE", "K")]}


@pytest.fixture(scope="module")
def arpa(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("lm") / "unigrams.arpa"
    path.write_text(ARPA, encoding="utf-8")
    return str(path)


def decoder_with(*hot_words: HotWord, lm: str | None, options: BeamOptions | None = None) -> BeamDecoder:
    return BeamDecoder(LABELS, LEXICON, lm, options, hot_words, SOUNDS.__getitem__)


def test_lines_are_words_and_strengths() -> None:
    lines = ["# people", "", "  Nguyen   7.5 # my boss", "Acme Widget 5", "O’Brien", "infinity", "nan 3"]
    assert parse_hot_words(lines) == (
        HotWord(words=("nguyen",), strength=7.5),
        HotWord(words=("acme", "widget"), strength=5.0),
        HotWord(words=("o'brien",), strength=DEFAULT_STRENGTH),
        HotWord(words=("infinity",), strength=DEFAULT_STRENGTH),
        HotWord(words=("nan",), strength=3.0),
    )


def test_words_are_brought_to_normal_form() -> None:
    (area, cafe) = parse_hot_words(["Area 51 4", "well-known Café"])
    assert area == HotWord(words=("area", "fifty", "one"), strength=4.0)
    assert cafe.words == ("well", "known", "cafe")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        pytest.param("5", "'5' has a strength but no word", id="no word"),
        pytest.param("acme -1", "has strength -1; expected 0 to 20", id="below the range"),
        pytest.param("area 51", "has strength 51; expected 0 to 20", id="a number meant as a word"),
        pytest.param("acme,5", "'acme,5' is no word or phrase", id="not parted by a space"),
        pytest.param("?! 5", "'?!' is no word or phrase", id="no letter"),
        pytest.param("OK", "'ok' stands twice", id="twice"),
    ],
)
def test_a_line_that_is_none_is_named(line: str, told: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_hot_words(["ok", line], "names.txt")
    assert str(caught.value).startswith("names.txt, line 2: ")
    assert told in str(caught.value)


def test_a_new_word_is_found_with_the_sound_it_was_given(arpa: str) -> None:
    said = peaks("- T AE S K - B AE T -")
    assert "TASK" not in BeamDecoder(LABELS, LEXICON, arpa).decode(said)[0].text
    decoder = BeamDecoder(
        LABELS, LEXICON, arpa, hot_words=[HotWord(words=("TASK",))], pronounce=SOUNDS.__getitem__
    )
    words = decoder.decode(said)[0].words
    assert [(word.text, word.start_frame, word.end_frame) for word in words] == [
        ("TASK", 1, 5),
        ("BAT", 6, 9),
    ]
    assert words[0].labels == (3, 2, 5, 1)


def test_every_pronunciation_counts(arpa: str) -> None:
    decoder = BeamDecoder(
        LABELS, LEXICON, arpa, hot_words=[HotWord(words=("BASK",))], pronounce=SOUNDS.__getitem__
    )
    assert decoder.decode(peaks("B AE S K"))[0].text == "BASK"
    assert decoder.decode(peaks("B AE K"))[0].text == "BASK"


def test_the_bonus_is_the_strength_and_no_part_of_the_acoustic_score(arpa: str) -> None:
    said = peaks("S AE K")
    plain = BeamDecoder(LABELS, LEXICON, arpa).decode(said)[0]
    hot = decoder_with(HotWord(words=("SACK",), strength=3.0), lm=arpa).decode(said)[0]
    assert hot.text == plain.text
    assert hot.score == pytest.approx(plain.score + 3.0, abs=1e-4)
    assert hot.acoustic == pytest.approx(plain.acoustic, abs=1e-4)
    assert hot.language == pytest.approx(plain.language, abs=1e-4)


def test_strength_turns_the_scale(arpa: str) -> None:
    """Between CAT and SACK the sound is open; the language model knows CAT as 100 times likelier."""
    said = np.logaddexp(peaks("K AE T"), peaks("S AE K")) - math.log(2)
    found = {
        strength: BeamDecoder(
            LABELS, LEXICON, arpa, BeamOptions(lm_weight=1.0), [HotWord(words=("SACK",), strength=strength)]
        )
        .decode(said)[0]
        .text
        for strength in (0.0, 4.0, 6.0)
    }
    assert found == {0.0: "CAT", 4.0: "CAT", 6.0: "SACK"}


def test_a_word_new_to_the_language_model_counts_as_a_rare_one(arpa: str) -> None:
    """Its score must not hang on what the model says of unknown words."""
    options = BeamOptions(lm_weight=1.0)
    hot = [HotWord(words=("TASK",), strength=2.0)]
    found = BeamDecoder(LABELS, LEXICON, arpa, options, hot, SOUNDS.__getitem__).decode(peaks("T AE S K"))[0]
    known = np.log(10) * np.array([-1.0, -1.1, -1.2, -3.0])
    rare = np.quantile(known, 0.1)
    end = -1.0 * math.log(10)
    assert found.score == pytest.approx(found.acoustic + rare + end + 2.0, abs=0.13)  # bonuses come in steps


def test_a_phrase_comes_out_as_its_words(arpa: str) -> None:
    decoder = decoder_with(HotWord(words=("TASK", "BAT")), lm=arpa)
    words = decoder.decode(peaks("- T AE S K B AE T -"))[0].words
    assert [(word.text, word.labels) for word in words] == [("TASK", (3, 2, 5, 1)), ("BAT", (4, 2, 3))]
    assert (words[0].start_frame, words[1].end_frame) == (1, 8)
    assert words[0].end_frame == words[1].start_frame


def test_a_phrase_of_known_words_scores_like_them_plus_its_strength(arpa: str) -> None:
    said = peaks("S AE K - B AE T")
    options = BeamOptions(lm_weight=0.5, word_score=0.7)
    plain = BeamDecoder(LABELS, LEXICON, arpa, options).decode(said)[0]
    phrase = [HotWord(words=("SACK", "BAT"), strength=3.0)]
    hot = BeamDecoder(LABELS, LEXICON, arpa, options, phrase).decode(said)[0]
    assert hot.text == plain.text == "SACK BAT"
    assert hot.score == pytest.approx(plain.score + 3.0, abs=0.13)  # bonuses come in steps


def test_hot_words_work_without_a_language_model() -> None:
    decoder = decoder_with(HotWord(words=("TASK",)), lm=None)
    assert decoder.decode(peaks("T AE S K"))[0].text == "TASK"


def test_what_is_not_said_does_not_appear(arpa: str) -> None:
    """False alarms: at the default strength clear speech stays what it is."""
    hot = [HotWord(words=("TASK",)), HotWord(words=("SACK",)), HotWord(words=("BASK", "TASK"))]
    decoder = decoder_with(*hot, lm=arpa)
    for said, text in [
        ("- K AE T - B AE T -", "CAT BAT"),
        ("AE T K AE T B AE T", "AT CAT BAT"),
        ("B AE T - - AE T - K AE T", "BAT AT CAT"),
    ]:
        assert decoder.decode(peaks(said))[0].text == text
    blanks = np.full((500, len(LABELS)), 0.02 / 5)
    blanks[:, 0] = 0.98
    assert decoder.decode(np.log(blanks))[0].words == ()


def test_chunked_is_whole_with_hot_words(arpa: str) -> None:
    hot = [HotWord(words=("TASK",)), HotWord(words=("BASK", "TASK"))]
    decoder = decoder_with(*hot, lm=arpa)
    log_probs = noise(np.random.default_rng(2), 50, len(LABELS))
    stream = decoder.begin()
    for frame in log_probs:
        stream.step(frame[None])
    assert stream.finish() == decoder.decode(log_probs)


def test_a_word_without_sound_is_named() -> None:
    with pytest.raises(ConfigError, match=r"hot word 'TASK' has no pronunciation: .* no letter-to-sound"):
        BeamDecoder(LABELS, LEXICON, hot_words=[HotWord(words=("TASK",))])
    with pytest.raises(ConfigError, match="letter-to-sound gave none"):
        BeamDecoder(LABELS, LEXICON, hot_words=[HotWord(words=("TASK",))], pronounce=lambda word: [])


def test_hot_words_are_never_lost_among_homophones() -> None:
    names = [f"TA{letter}K" for letter in "ABCDEFG"]
    hot = [HotWord(words=(name,)) for name in names]

    def pronounce(word: str) -> list[tuple[str, ...]]:
        return SOUNDS["TASK"]

    with pytest.raises(ConfigError, match="7 hot words sound the same"):
        BeamDecoder(LABELS, LEXICON, hot_words=hot, pronounce=pronounce)
    texts = {
        hypothesis.text
        for hypothesis in BeamDecoder(LABELS, LEXICON, hot_words=hot[:6], pronounce=pronounce).decode(
            peaks("T AE S K")
        )
    }
    assert set(names[:6]) <= texts
