"""Text composing: the same request gives the same text, primers of any kind work, likely words come first."""

import subprocess
import sys
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from toy_composer import composing_bundle

from speechrnn.decoding.originality import FILE, build_index, text_units
from speechrnn.decoding.sampling import SamplingOptions, softmax
from speechrnn.errors import BundleError, ConfigError
from speechrnn.pipeline.compose import (
    PRIMER_LENGTH,
    Composer,
    Provenance,
    TextRequest,
    variations,
)

GREEDY = SamplingOptions(temperature=0)


@pytest.fixture(scope="module", params=["characters", "pieces"])
def bundle(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return composing_bundle(tmp_path_factory.mktemp("models"), request.param)


@pytest.fixture(scope="module")
def composer(bundle: Path) -> Composer:
    return Composer.load(bundle)


@pytest.fixture(scope="module")
def in_characters(tmp_path_factory: pytest.TempPathFactory) -> Composer:
    return Composer.load(composing_bundle(tmp_path_factory.mktemp("models"), "characters"))


@pytest.fixture(scope="module")
def in_pieces(tmp_path_factory: pytest.TempPathFactory) -> Composer:
    return Composer.load(composing_bundle(tmp_path_factory.mktemp("models"), "pieces"))


def text_of(composer: Composer, request: TextRequest) -> str:
    return "".join(token.text for token in composer.write(request))


def test_a_composer_says_what_it_is(composer: Composer, bundle: Path) -> None:
    assert (composer.kind, composer.bundle_id) == ("text", bundle.name)
    assert composer.bundle_sha256 == composer.bundle.sha256
    assert composer.bundle.path == bundle


def test_the_same_request_gives_the_same_text_and_another_seed_another(composer: Composer) -> None:
    request = TextRequest(primer="the quick", length=60, seed=7)
    first = text_of(composer, request)
    assert len(first) == 60
    assert text_of(composer, request) == first
    texts = [text_of(composer, each) for each in variations(request, 3)]
    assert texts[0] == first
    assert len(set(texts)) == 3
    assert text_of(composer, replace(request, seed=8)) == texts[1]


@pytest.mark.slow
def test_another_process_gives_the_same_bytes(composer: Composer, bundle: Path) -> None:
    request = TextRequest(primer="The lazy dog", length=300, seed=3)
    program = (
        "import sys; from speechrnn.pipeline.compose import Composer, Provenance\n"
        "made = Provenance.find(sys.stdin.buffer.read())\n"
        f"tokens = list(Composer.load({str(bundle)!r}).write(made.request))\n"
        "sys.stdout.write(repr([(t.text, t.probability, t.rank) for t in tokens]))"
    )
    made = composer.provenance(request).to_json().encode()
    other = subprocess.run([sys.executable, "-c", program], input=made, capture_output=True, check=True)
    expected = repr([(t.text, t.probability, t.rank) for t in composer.write(request)])
    assert other.stdout.decode() == expected


def test_greedy_text_is_the_networks_own_argmax_token_by_token(in_characters: Composer) -> None:
    """Oracle: the plain loop over the step network."""
    composer = in_characters
    codec, net = composer._text(), composer.network
    tokens, state = [0, *codec.encode("the ")[0]], net.initial()
    for token in tokens[:-1]:
        _, state = net.step(np.array([token]), state)
    expected, last = [], tokens[-1]
    for _ in range(30):
        logits, state = net.step(np.array([last]), state)
        last = int(logits[0].argmax())
        expected.append((codec.vocabulary[last], float(softmax(logits[0])[last])))
    written = list(composer.write(TextRequest(primer="the ", length=30, sampling=GREEDY)))
    assert [t.text for t in written] == [text for text, _ in expected]
    assert [t.rank for t in written] == [1] * 30
    # Priming by a stretch rounds its inputs together, so the last bits differ.
    np.testing.assert_allclose(
        [t.probability for t in written], [p for _, p in expected], rtol=0.05, atol=1e-3
    )


def test_only_the_end_of_a_long_primer_counts(composer: Composer) -> None:
    end = "the quick brown fox " * (PRIMER_LENGTH // 20)
    long = TextRequest(primer="o" * 1_000_000 + end, length=20)
    assert text_of(composer, long) == text_of(composer, replace(long, primer=end[-PRIMER_LENGTH:]))
    heard = composer.heard_primer(long.primer)
    assert (len(heard.text), heard.n_skipped) == (PRIMER_LENGTH, 1_000_000)
    assert len(composer.provenance(long).to_json()) < 2 * PRIMER_LENGTH


@pytest.mark.parametrize(
    ("primer", "heard", "missing"),
    [
        ("", "", ""),
        ("привет the", " the", "привет"),
        ("\u201cThe\u201d caf\u00e9", "The cafe", ""),
        ("\u4f60\u597d", "", "\u4f60\u597d"),
    ],
    ids=["empty", "cyrillic", "quotes and accents", "only foreign"],
)
def test_a_primer_in_a_foreign_script_is_told_and_still_works(
    composer: Composer, primer: str, heard: str, missing: str
) -> None:
    found = composer.heard_primer(primer)
    assert (found.text, found.missing) == (heard, missing)
    request = TextRequest(primer=primer, length=10)
    assert text_of(composer, request) == text_of(composer, replace(request, primer=heard))


def test_writing_ends_behind_a_stop_word(composer: Composer) -> None:
    request = TextRequest(length=400, seed=2)
    free = text_of(composer, request)
    word = free[50:53]
    stopped = text_of(composer, replace(request, stop=("never so", word)))
    assert stopped == free[: free.index(word) + 3]


def test_nothing_is_chosen_before_it_is_asked_for(composer: Composer) -> None:
    stream = composer.write(TextRequest(length=1_000_000))
    assert len([next(stream) for _ in range(5)]) == 5


def test_continuations_are_whole_words_by_their_true_probability(in_characters: Composer) -> None:
    """Oracle: the probability of each word, worked out character by character."""
    composer = in_characters
    codec, net = composer._text(), composer.network
    found = composer.continuations("the qui", 8)
    assert len(found) == 8
    assert [c.probability for c in found] == sorted((c.probability for c in found), reverse=True)
    for continuation in found:
        tokens = [0, *codec.encode("the qui")[0]]
        state = net.advance(np.array(tokens[:-1]), net.initial())
        last, product = tokens[-1], 1.0
        for character in continuation.text:
            logits, state = net.step(np.array([last]), state)
            last = codec.encode(character)[0][0]
            product *= softmax(logits[0])[last]
        logits, _ = net.step(np.array([last]), state)
        ends = [not (c.isalnum() or c == "'") for c in codec.vocabulary]
        product *= softmax(logits[0])[np.array(ends)].sum()
        # Streams side by side share one scale of their 8-bit inputs.
        assert continuation.probability == pytest.approx(product, rel=0.3)
        assert continuation.text.strip(" ,.:-!?\n")


def ways(composer: Composer, primer: str, begun: str) -> list[tuple[str, float]]:
    """Oracle: what each way on from a word's beginning adds to it, and how likely the way is among all.

    A way is the pieces of some first characters of `begun`, then one piece that reaches over its end.
    """
    codec, net = composer._text(), composer.network
    before = [0, *codec.encode(primer)[0]]
    found: list[tuple[str, float]] = []
    for n in range(len(begun) + 1):
        tokens, product = [*before, *codec.encode(begun[:n])[0]], 1.0
        state = net.initial()
        for place, token in enumerate(tokens, start=1):
            logits, state = net.step(np.array([token]), state)
            if len(before) <= place < len(tokens):
                product *= float(softmax(logits[0])[tokens[place]])
        found += [
            (token[len(begun) - n :], product * float(probability))
            for token, probability in zip(codec.vocabulary, softmax(logits[0]), strict=True)
            if token.startswith(begun[n:]) and len(token) > len(begun) - n
        ]
    total = sum(weight for _, weight in found)
    return [(rest, weight / total) for rest, weight in found]


def test_a_word_that_was_begun_goes_on_by_every_piece_that_agrees(in_pieces: Composer) -> None:
    expected = ways(in_pieces, "the", " qui")
    assert len({rest for rest, _ in expected}) < len(expected), "several ways give the same text"
    sampling = SamplingOptions(temperature=3, min_p=0)
    firsts = [
        next(iter(in_pieces.write(TextRequest(primer="the qui", seed=seed, sampling=sampling))))
        for seed in range(60)
    ]
    assert len({token.text for token in firsts}) > 10
    assert max(len(token.text) for token in firsts) > 1
    # A stretch that is heard at once shares one scale of its 8-bit inputs.
    for token in firsts:
        near = [p for rest, p in expected if rest == token.text]
        assert any(token.probability == pytest.approx(p, rel=0.3) for p in near)


def test_likely_words_in_pieces_add_up_all_ways_to_write_them(in_pieces: Composer) -> None:
    """Law: the words that begin with a character are together no likelier than the character is."""
    firsts: defaultdict[str, float] = defaultdict(float)
    for rest, probability in ways(in_pieces, "the", " qui"):
        firsts[rest[0]] += probability
    found = in_pieces.continuations("the qui", 20)
    assert len({c.text for c in found}) == 20
    assert [c.probability for c in found] == sorted((c.probability for c in found), reverse=True)
    together: defaultdict[str, float] = defaultdict(float)
    for word in found:
        together[word.text[0]] += word.probability
    assert all(probability <= firsts[c] * 1.1 for c, probability in together.items())


def test_pieces_say_where_a_stop_word_ends(in_pieces: Composer) -> None:
    """A stop word may end within a piece: what stands behind it there is left out."""
    codec = in_pieces._text()
    piece = next(token for token in codec.vocabulary if len(token) > 3)
    for seed in range(200):
        free = "".join(t.text for t in in_pieces.write(TextRequest(length=200, seed=seed)))
        if piece in free:
            break
    stopped = TextRequest(length=200, seed=seed, stop=(piece[:-1],))
    assert text_of(in_pieces, stopped) == free[: free.index(piece[:-1]) + len(piece) - 1]


@pytest.mark.parametrize("text", ["", "the", "the ", "\u4f60"])
def test_continuations_come_behind_any_text(composer: Composer, text: str) -> None:
    found = composer.continuations(text, 4)
    assert len({c.text for c in found}) == len(found) == 4
    assert sum(c.probability for c in found) <= 1


def test_provenance_goes_through_any_file(composer: Composer) -> None:
    request = TextRequest(
        primer='100% <of> "the" & quick\n', length=9, seed=4, stop=("%", "</x>"), sampling=GREEDY
    )
    made = composer.provenance(request)
    line = made.to_json()
    assert not set("%<>&\n") & set(line)
    assert Provenance.find(b"\0noise{" + line.encode() + b'"} trailing') == made
    assert text_of(composer, made.request) == text_of(composer, request)  # type: ignore[arg-type]
    assert composer.provenance(request, 3).request.length == 3  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"nothing here",
        b'{"made_by":"SpeechRNN 0.1.0","bundle":"x"',
        b'{"made_by":"SpeechRNN 0.1.0","bundle":"x","bundle_sha256":"","kind":"text","request":{"length":0}}',
        b'{"made_by":"SpeechRNN 0.1.0","bundle":"x","bundle_sha256":"","kind":"text","request":{"foo":1}}',
        b'{"made_by":"SpeechRNN 0.1.0","bundle":"x","bundle_sha256":"","kind":"film","request":{}}',
        b'{"made_by":"SpeechRNN 0.1.0","bundle":"","bundle_sha256":"","kind":"music","request":{"piece":0}}',
    ],
    ids=["empty", "none", "cut", "out of range", "unknown key", "another kind", "no piece"],
)
def test_a_provenance_that_is_none_is_refused(content: bytes) -> None:
    with pytest.raises(ConfigError):
        Provenance.find(content)


@pytest.mark.parametrize(
    ("kind", "tokens"), [("folk", "foo bar"), ("folk", ""), ("chorale", "K:major beat0 beat0 60 60 60")]
)
def test_a_piece_whose_tokens_are_none_is_refused(kind: str, tokens: str) -> None:
    piece = {"kind": kind, "tokens": tokens, "key": {"tonic": "C", "mode": "major"}, "shift": 0}
    table = {
        "made_by": "SpeechRNN 1",
        "bundle": "x",
        "bundle_sha256": "",
        "kind": "music",
        "request": {"action": "continue", "piece": piece},
    }
    with pytest.raises(ConfigError):
        Provenance.from_table(table)


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"length": 0}, "length is 0"), ({"seed": -1}, "seed is -1"), ({"stop": ("",)}, "stop word is empty")],
)
def test_requests_out_of_range_are_refused(changes: dict[str, object], words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        TextRequest(**changes)  # type: ignore[arg-type]


def test_what_was_copied_is_told_by_a_bundle_that_has_the_index(tmp_path: Path) -> None:
    corpus = "the quick brown fox jumps over the lazy dog and goes home to sleep"
    index = build_index([text_units(corpus)], "character").to_bytes()
    made = Composer.load(composing_bundle(tmp_path, "characters", files={FILE: index}))
    found = made.longest_copied("xyz!" + corpus[10:60] + "?")
    assert found is not None
    assert (found.start, found.end) == (4, 54)
    assert made.longest_copied("nothing of it is in there, not at all") is None


def test_a_bundle_without_the_index_says_so(composer: Composer) -> None:
    assert composer.originality is None
    with pytest.raises(ConfigError, match="nothing can be said"):
        composer.longest_copied("text")


def test_a_damaged_index_is_told(tmp_path: Path) -> None:
    made = Composer.load(composing_bundle(tmp_path, "characters", files={FILE: b"junk"}))
    with pytest.raises(BundleError, match="originality index"):
        made.longest_copied("text")


def test_music_is_not_asked_of_a_text_network(composer: Composer) -> None:
    from speechrnn.pipeline.compose import MusicRequest

    with pytest.raises(ConfigError, match="writes text, not music"):
        composer.compose(MusicRequest())
    with pytest.raises(ConfigError, match="n is 0"):
        composer.continuations("the", 0)
