"""Music composing: bars fill, locked bars and given melodies stay, rhythms are kept, and all of it again."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from toy_composer import composing_bundle

from speechrnn.decoding.sampling import SamplingOptions
from speechrnn.errors import BundleError, ConfigError
from speechrnn.music.abc_reader import parse_abc
from speechrnn.music.chorale_tokens import RANGES
from speechrnn.music.folk_tokens import bars_are_full
from speechrnn.music.tune import TICKS, Key, Note, Tune, Voice
from speechrnn.pipeline.compose import (
    Composer,
    MusicRequest,
    Piece,
    Provenance,
    TuneEvent,
    regenerated,
    variations,
    varied,
)

JIG = """X:1
T:Made up
M:6/8
L:1/8
K:G
D|:GAB dBG|c2A B2G|FGA D2F|1 G3 G2D:|2 G3 G2d||
efg (3dcB G|e2c d2B|(3:2:2c2A F2 G2|G3 G3|]
"""
MELODY = Tune(
    voices=(
        Voice(
            notes=(
                Note(0, 74, TICKS),
                Note(TICKS, 76, TICKS // 2),
                Note(TICKS * 3 // 2, 78, TICKS // 2),
                Note(2 * TICKS, 79, TICKS),
                Note(4 * TICKS, 74, 2 * TICKS),
            )
        ),
    ),
    key=Key("D"),
    tempo=90,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="module")
def folk(folder: Path) -> Composer:
    return Composer.load(composing_bundle(folder, "folk"))


@pytest.fixture(scope="module")
def chorale(folder: Path) -> Composer:
    return Composer.load(composing_bundle(folder, "chorale"))


def made(composer: Composer, request: MusicRequest) -> Piece:
    return composer.assemble(request, list(composer.compose(request)))


def notes_in(tune: Tune, start: int, end: int, voice: int = 0) -> list[Note]:
    return [note for note in tune.voices[voice].notes if start <= note.start < end]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(("meter", "key"), [("4/4", Key("D")), ("6/8", Key("E", "minor"))], ids=str)
def test_a_new_folk_tune_parses_and_fills_its_bars(folk: Composer, meter: str, key: Key, seed: int) -> None:
    request = MusicRequest(seed=seed, meter=meter, key=key, bars=8, title="New")
    events = list(folk.compose(request))
    piece = folk.assemble(request, events)
    written = parse_abc(piece.abc())
    assert bars_are_full(written)
    assert (str(written.meter), written.key, written.title) == (meter, key, "New")
    full = [bar for bar in piece.bars if bar.end - bar.start == piece.meter.bar]
    assert len(full) <= 8 <= len(piece.bars)
    # The events are the tune: same notes, and time goes on without gaps.
    assert [(e.start, e.pitch, e.length) for e in events if e.kind == "note"] == [
        (n.start, n.pitch, n.length) for n in piece.tune.voices[0].notes
    ]
    now = 0
    for event in events:
        assert event.start == now
        assert 0 < event.probability <= 1
        now += event.length
    assert piece.played.length >= piece.tune.length - piece.meter.bar


@pytest.mark.parametrize("bars", [1, 2, 3, 5, 32])
@pytest.mark.parametrize("seed", range(4))
def test_a_folk_tune_has_as_many_bars_as_are_asked_for(folk: Composer, bars: int, seed: int) -> None:
    piece = made(folk, MusicRequest(seed=seed, bars=bars, meter="2/4"))
    assert bars_are_full(parse_abc(piece.abc()))
    total = sum(bar.end - bar.start for bar in piece.bars)
    # A pickup may stand before; the bar it belongs to may be short in exchange.
    assert bars * piece.meter.bar - piece.meter.bar < total < (bars + 1) * piece.meter.bar


def test_a_tune_can_be_gone_on_from(folk: Composer) -> None:
    given = folk.piece(parse_abc(JIG))
    request = MusicRequest(action="continue", piece=given, bars=4, seed=2)
    events = list(folk.compose(request))
    piece = folk.assemble(request, events)
    assert piece.tokens[: len(given.tokens) - 1] == given.tokens[:-1]
    assert piece.key == Key("G")
    assert len(piece.bars) == len(given.bars) + 4
    n_given = len(given.tune.voices[0].notes)
    assert piece.tune.voices[0].notes[:n_given] == given.tune.voices[0].notes
    assert [e.given for e in events if e.kind == "note"] == [True] * n_given + [False] * (
        len(piece.tune.voices[0].notes) - n_given
    )


@pytest.mark.parametrize("seed", range(3))
def test_locked_bars_of_a_folk_tune_keep_their_notes_and_signs(folk: Composer, seed: int) -> None:
    given = folk.piece(parse_abc(JIG))
    piece = made(folk, varied(MusicRequest(seed=seed), given, 2, 3))
    assert [(b.start, b.end) for b in piece.bars] == [(b.start, b.end) for b in given.bars]
    for number, bar in enumerate(given.bars):
        before = notes_in(given.tune, bar.start, bar.end)
        after = notes_in(piece.tune, bar.start, bar.end)
        assert (before == after) == (number not in (2, 3)), number
    assert [t for t in piece.tokens if t.startswith(("|", ":"))] == [
        t for t in given.tokens if t.startswith(("|", ":"))
    ]
    assert bars_are_full(parse_abc(piece.abc()))


def test_of_several_candidates_the_one_with_the_likeliest_continuation_is_kept(folk: Composer) -> None:
    given = folk.piece(parse_abc(JIG))
    request = regenerated(MusicRequest(seed=1, candidates=8), given, locked={0, 1, 2, 5, 6, 7, 8, 9})
    events = list(folk.compose(request))
    alone = list(folk.compose(replace(request, candidates=1)))
    last = given.bars[4].end

    def likelihood(made_events: list[TuneEvent]) -> float:
        product = 1.0
        for event in made_events:
            if event.start >= last:
                product *= event.probability
        return product

    assert likelihood(events) >= likelihood(alone)


@pytest.mark.parametrize("meter", ["4/4", "6/8"])
def test_a_tapped_rhythm_is_kept(folk: Composer, meter: str) -> None:
    onsets = (1.0, 1.26, 1.5, 2.02, 2.99, 4.0, 4.5, 4.76, 6.5)
    request = MusicRequest(onsets_s=onsets, tempo=120, meter=meter, bars=6)
    piece = made(folk, request)
    expected = [0, 240, 480, 960, 1920, 2880, 3360, 3600, 5280]
    struck = [note.start for note in piece.tune.voices[0].notes]
    assert struck[: len(expected)] == expected
    assert bars_are_full(parse_abc(piece.abc()))
    other = made(folk, replace(request, seed=2))
    assert [n.start for n in other.tune.voices[0].notes][: len(expected)] == expected
    assert [n.pitch for n in other.tune.voices[0].notes[:9]] != [
        n.pitch for n in piece.tune.voices[0].notes[:9]
    ]


@pytest.mark.parametrize("key", [Key("G"), Key("C", "minor"), Key("F#", "minor")], ids=str)
def test_a_new_chorale_has_four_voices_in_range(chorale: Composer, key: Key) -> None:
    request = MusicRequest(key=key, bars=3, seed=2)
    events = list(chorale.compose(request))
    piece = chorale.assemble(request, events)
    assert (piece.key, len(piece.bars), len(piece.tune.voices)) == (key, 3, 4)
    for voice, (low, high) in zip(piece.tune.voices, RANGES, strict=True):
        assert all(low + piece.shift <= n.pitch <= high + piece.shift for n in voice.notes)
    assert piece.shift == 0
    ends = [event.start + event.length for event in events]
    assert ends == sorted(ends)


@pytest.mark.parametrize("seed", range(3))
def test_a_network_that_learned_no_tonics_is_told_the_key_by_the_first_chord(
    tmp_path: Path, seed: int
) -> None:
    composer = Composer.load(composing_bundle(tmp_path, "chorale", tonic=False))
    for request in (
        MusicRequest(key=Key("Bb"), bars=1, seed=seed),
        MusicRequest(key=Key("Bb"), onsets_s=(0, 1), seed=seed),
    ):
        first = [voice.notes[0] for voice in made(composer, request).tune.voices]
        assert first[0].start == first[3].start == 0
        assert first[0].pitch % 12 in (10, 2, 5)
        assert first[3].pitch % 12 == 10


def test_a_network_that_learned_tonics_hears_the_key(chorale: Composer) -> None:
    tunes = {made(chorale, MusicRequest(key=Key(tonic), bars=1)).tokens for tonic in ("C", "G", "Eb")}
    assert len(tunes) == 3


@pytest.mark.parametrize("seed", range(3))
def test_a_melody_that_is_harmonised_stays(chorale: Composer, seed: int) -> None:
    request = MusicRequest(action="harmonise", melody=MELODY, seed=seed)
    events = list(chorale.compose(request))
    piece = chorale.assemble(request, events)
    assert [(n.start, n.pitch, n.length) for n in piece.tune.voices[0].notes] == [
        (n.start, n.pitch, n.length) for n in MELODY.voices[0].notes
    ]
    assert (piece.key, piece.tempo) == (MELODY.key, 90)
    assert all(event.given == (event.voice == 0) for event in events)
    assert all(voice.notes for voice in piece.tune.voices)


def test_a_chorale_can_be_gone_on_from(chorale: Composer) -> None:
    given = made(chorale, MusicRequest(bars=2, seed=3))
    piece = made(chorale, MusicRequest(action="continue", piece=given, bars=1, seed=4))
    assert len(piece.bars) == 3
    n = 1 + 5 * 32
    assert piece.tokens[:n] == given.tokens[:n]


@pytest.mark.parametrize("locked", [{0, 2}, {1}, {0, 1}, set()], ids=str)
@pytest.mark.parametrize("seed", range(3))
def test_locked_bars_of_a_chorale_sound_the_same(chorale: Composer, locked: set[int], seed: int) -> None:
    given = made(chorale, MusicRequest(bars=3, seed=5))
    piece = made(chorale, regenerated(MusicRequest(seed=seed, candidates=2), given, locked))
    assert piece.tune.length == given.tune.length
    for voice in range(4):
        before, after = given.tune.voices[voice].notes, piece.tune.voices[voice].notes
        for number in locked:
            bar = given.bars[number]
            kept = [n for n in before if bar.start <= n.start < bar.end]
            # Every note that began there is there again with all of its length, but where the next locked
            # bar had to strike it again.
            for note in kept:
                same = [n for n in after if n.start == note.start]
                assert [(n.pitch, n.length) for n in same] == [(note.pitch, note.length)]
            for tick in range(bar.start, bar.end, TICKS // 4):
                assert sounding(before, tick) == sounding(after, tick)
    assert made(chorale, regenerated(MusicRequest(seed=seed, candidates=2), given, locked)) == piece


def sounding(notes: tuple[Note, ...], tick: int) -> int | None:
    return next((n.pitch for n in notes if n.start <= tick < n.end), None)


def test_a_rhythm_is_sung_by_the_soprano(chorale: Composer) -> None:
    piece = made(chorale, MusicRequest(onsets_s=(0, 0.5, 0.75, 1.0, 2.0), tempo=120, bars=2, seed=1))
    starts = [note.start for note in piece.tune.voices[0].notes]
    assert starts[:5] == [0, 480, 720, 960, 1920]


@pytest.mark.parametrize("kind", ["folk", "chorale"])
def test_a_tune_is_made_again_from_its_provenance(kind: str, folk: Composer, chorale: Composer) -> None:
    composer = folk if kind == "folk" else chorale
    first = made(composer, MusicRequest(bars=3, seed=3))
    requests = [
        MusicRequest(bars=3, seed=9, title="100% <new>"),
        MusicRequest(action="continue", piece=first, bars=1),
        varied(MusicRequest(), first, 1, 1),
        MusicRequest(onsets_s=(0.0, 0.5), bars=2, sampling=SamplingOptions(temperature=1.2, top_k=5)),
    ]
    if kind == "chorale":
        requests.append(MusicRequest(action="harmonise", melody=MELODY))
    for request in requests:
        events = list(composer.compose(request))
        line = composer.provenance(request).to_json()
        again = Provenance.find(line.encode()).request
        assert again == request
        assert list(composer.compose(again)) == events  # type: ignore[arg-type]
        stopped = composer.provenance(request, 3).request
        assert list(composer.compose(stopped)) == events[:3]  # type: ignore[arg-type]
        assert len(composer.assemble(request, events[:3]).tokens) <= len(
            composer.assemble(request, events).tokens
        )


@pytest.mark.slow
def test_another_process_gives_the_same_events(folk: Composer) -> None:
    request = MusicRequest(bars=8, seed=11)
    program = (
        "import sys; from speechrnn.pipeline.compose import Composer, Provenance\n"
        "made = Provenance.find(sys.stdin.buffer.read())\n"
        f"events = list(Composer.load({str(folk.bundle.path)!r}).compose(made.request))\n"
        "sys.stdout.write(repr(events))"
    )
    line = folk.provenance(request).to_json().encode()
    other = subprocess.run([sys.executable, "-c", program], input=line, capture_output=True, check=True)
    assert other.stdout.decode() == repr(list(folk.compose(request)))


def test_variations_are_seeds_that_follow(folk: Composer) -> None:
    requests = variations(MusicRequest(bars=4, seed=5), 3)
    assert [r.seed for r in requests] == [5, 6, 7]
    assert len({made(folk, r).tokens for r in requests}) == 3
    with pytest.raises(ConfigError, match="0 variations"):
        variations(MusicRequest(), 0)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"bars": -1}, "bars is -1"),
        ({"tempo": 9}, "tempo is 9"),
        ({"meter": "5/4"}, "the meter '5/4'"),
        ({"action": "sing"}, "the action is 'sing'"),
        ({"action": "continue"}, "nothing to continue"),
        ({"action": "harmonise"}, "nothing to harmonise"),
        ({"candidates": 0}, "candidates is 0"),
        ({"tempo": float("nan")}, "tempo is nan"),
    ],
)
def test_requests_out_of_range_are_refused(fields: dict[str, object], words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        MusicRequest(**fields)  # type: ignore[arg-type]


def test_bars_that_are_not_there_are_refused(folk: Composer) -> None:
    piece = folk.piece(parse_abc(JIG))
    with pytest.raises(ConfigError, match="there is no bar 99"):
        varied(MusicRequest(), piece, 98, 98)
    with pytest.raises(ConfigError, match="all bars are locked"):
        regenerated(MusicRequest(), piece, range(len(piece.bars)))


def test_a_network_is_not_asked_for_what_it_cannot_do(folk: Composer, chorale: Composer) -> None:
    with pytest.raises(ConfigError, match="chorale model to harmonise"):
        folk.compose(MusicRequest(action="harmonise", melody=MELODY))
    with pytest.raises(ConfigError, match="major or minor, not dorian"):
        list(chorale.compose(MusicRequest(key=Key("D", "dorian"))))
    with pytest.raises(ConfigError, match="has 1 voices"):
        chorale.piece(parse_abc(JIG))
    with pytest.raises(ConfigError, match="of folk tokens"):
        chorale.compose(MusicRequest(action="continue", piece=folk.piece(parse_abc(JIG))))
    with pytest.raises(ConfigError, match="writes music, not text"):
        folk.continuations("the")


def test_the_tokens_of_a_bundle_must_be_known(tmp_path: Path) -> None:
    path = composing_bundle(tmp_path, "folk")
    with pytest.raises(BundleError, match="folk"):
        Composer.load(composing_bundle(tmp_path, "folk", vocabulary=("<end>", "A", "B")))
    assert path.name == "tiny-folk"
