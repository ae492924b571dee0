"""Someone composes on the command line, and makes the same again from the file."""

import io
import json
import signal
from pathlib import Path

import mido
import pytest
from cli_program import Program
from toy_composer import composing_bundle

from speechrnn.cli.console import write_result
from speechrnn.music.abc_reader import parse_abc, split_tunes
from speechrnn.music.folk_tokens import bars_are_full
from speechrnn.music.midi import read_midi

TUNE = "X:1\nM:4/4\nL:1/8\nK:G\nGABc d2B2|c2A2 G4|\n"


@pytest.fixture(autouse=True)
def models(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only bundles that are searched: one of each kind."""
    folder = tmp_path_factory.getbasetemp() / "composing-models"
    for kind in ("characters", "folk", "chorale"):
        if not (folder / f"tiny-{kind}").exists():
            composing_bundle(folder, kind)
    monkeypatch.setattr("speechrnn.bundles.catalog.bundle_roots", lambda: (folder,))
    return folder


def midi_bytes(*messages: mido.Message) -> bytes:
    file = mido.MidiFile(type=0)
    file.tracks.append(mido.MidiTrack(messages))
    out = io.BytesIO()
    file.save(file=out)
    return out.getvalue()


def test_text_goes_to_stdout_and_what_made_it_to_stderr(program: Program) -> None:
    result = program("compose", "text", "--length", 50, "--seed", 3, "--primer", "the ")
    assert (result.code, len(result.out.decode())) == (0, 51)
    (line,) = result.complaints
    made = json.loads(line.removeprefix("speechrnn: "))
    assert made["bundle"] == "tiny-characters"
    assert made["request"] == {"primer": "the ", "length": 50, "seed": 3}
    assert program("compose", "text", "--length", 50, "--seed", 3, "--primer", "the ").out == result.out


def test_text_is_made_again_from_the_line_on_stderr(program: Program, tmp_path: Path) -> None:
    options = ("--temperature", 1.3, "--top-k", 9, "--min-p", 0, "--top-p", 0.9, "--repetition-guard", 2)
    first = program("compose", "text", "--length", 80, "--stop", "zzz", *options)
    (tmp_path / "log.txt").write_text(first.err)
    again = program("compose", "text", "--again", tmp_path / "log.txt")
    assert (again.code, again.out) == (0, first.out)


def test_what_there_is_when_ctrl_c_comes_can_be_made_again(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = program("compose", "text", "--length", 60).out

    def write(content: bytes) -> None:
        write_result(content)
        if content == whole[24:25] and len(written) == 24:
            signal.raise_signal(signal.SIGINT)
        written.append(content)

    written: list[bytes] = []
    with monkeypatch.context() as patch:
        patch.setattr("speechrnn.cli.compose.write_result", write)  # the rim: where characters leave
        stopped = program("compose", "text", "--length", 60)
    assert (stopped.code, stopped.out) == (130, whole[:25] + b"\n")
    (tmp_path / "log.txt").write_text(stopped.err)
    assert program("compose", "text", "--again", tmp_path / "log.txt").out == stopped.out


def test_variations_are_seeds_in_a_row(program: Program, tmp_path: Path) -> None:
    result = program("compose", "text", "--length", 20, "--variations", 3, "--seed", 5)
    assert [json.loads(line[11:])["request"]["seed"] for line in result.complaints] == [5, 6, 7]
    program("compose", "text", "--length", 20, "--variations", 3, "--seed", 5, "-o", tmp_path / "a.txt")
    texts = [(tmp_path / f"a-{n}.txt").read_text() for n in (1, 2, 3)]
    assert result.out.decode() == "\n\n\n".join(texts) + "\n"


def test_json_on_stdout_has_every_probability(program: Program) -> None:
    table = json.loads(program("compose", "text", "--length", 5, "--format", "json").out)
    assert [set(token) for token in table["tokens"]] == [{"text", "probability", "rank"}] * 5
    tables = json.loads(program("compose", "music", "--bars", 2, "--format", "json", "--variations", 2).out)
    assert [len(t["events"]) > 2 for t in tables] == [True, True]


def test_a_tune_goes_to_stdout_as_abc(program: Program) -> None:
    result = program("compose", "music", "--key", "Em", "--meter", "6/8", "--bars", 8, "--tempo", 90)
    assert (result.code, result.err) == (0, "")
    written = parse_abc(result.out.decode())
    assert bars_are_full(written)
    assert (written.key.tonic, written.key.mode, str(written.meter), written.tempo) == (
        "E",
        "minor",
        "6/8",
        90,
    )
    several = program("compose", "music", "--bars", 4, "--variations", 3).out.decode()
    assert [parse_abc(tune).number for tune in split_tunes(several)] == [1, 2, 3]


@pytest.mark.parametrize("name", ["a.abc", "a.mid", "a.musicxml", "a.wav", "a.json"])
def test_a_tune_is_made_again_byte_for_byte(program: Program, tmp_path: Path, name: str) -> None:
    first = tmp_path / name
    assert program("compose", "music", "--bars", 4, "--seed", 9, "--output", first).code == 0
    second = tmp_path / "again" / name
    assert program("compose", "music", "--again", first, "--output", second).code == 0
    assert second.read_bytes() == first.read_bytes()
    assert program("compose", "music", "--again", first).out == first.read_bytes()
    as_midi = program("compose", "music", "--again", first, "--format", "midi")
    assert read_midi(as_midi.out).voices


@pytest.mark.parametrize("kind", ["abc", "midi"])
def test_a_tune_is_gone_on_from(program: Program, tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"given.{kind}"
    if kind == "abc":
        path.write_text(TUNE)
    else:
        path.write_bytes(
            midi_bytes(
                *(
                    mido.Message(word, note=67 + n, time=480 * (word == "note_off"))
                    for n in range(8)
                    for word in ("note_on", "note_off")
                )
            )
        )
    result = program("compose", "music", "--primer-file", path, "--bars", 2)
    assert result.code == 0, result.err
    assert len([t for t in result.out.decode().split("|") if t.strip(" ]\n:")]) >= 4


def test_a_primer_on_the_command_line_may_be_abc(program: Program) -> None:
    result = program("compose", "music", "--primer", "K:A\nA2c2 e2c2|", "--bars", 1)
    assert "A2 c2 e2 c2 |" in result.out.decode()


def test_a_melody_is_harmonised(program: Program, tmp_path: Path) -> None:
    (tmp_path / "m.abc").write_text(TUNE)
    result = program("compose", "music", "--harmonise", tmp_path / "m.abc", "--format", "midi")
    tune = read_midi(result.out)
    assert [n.pitch for n in tune.voices[0].notes] == [67, 69, 71, 72, 74, 71, 72, 69, 67]
    assert [voice.name for voice in tune.voices] == ["Soprano", "Alto", "Tenor", "Bass"]


def test_a_foreign_primer_is_told_and_the_text_still_comes(program: Program, tmp_path: Path) -> None:
    result = program("compose", "text", "--primer", "привет", "--length", 10)
    assert (result.code, len(result.out)) == (0, 11)
    assert (
        result.complaints[0] == "speechrnn: tiny-characters cannot write п р и в е т: left out of the primer"
    )
    (tmp_path / "big.txt").write_text("the quick " * 100_000)
    assert program("compose", "text", "--primer-file", tmp_path / "big.txt", "--length", 5).code == 0
    assert program("compose", "text", "--primer", "", "--length", 5).code == 0


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.mid", b"MThd junk", "not a whole MIDI file"),
        ("a.mid", midi_bytes(), "no notes"),
        (
            "a.mid",
            midi_bytes(
                mido.Message("note_on", channel=9, note=40),
                mido.Message("note_off", channel=9, note=40, time=99),
            ),
            "drums only",
        ),
        (
            "a.mid",
            midi_bytes(
                mido.Message("note_on", note=60), mido.Message("note_off", note=60, time=480 * 2 * 36_000)
            ),
            "lasts 600 minutes",
        ),
        ("a.abc", b"X:1\nK:G\nGA&c|d4|\n", "line 3, column 3"),
        ("a.abc", b"", "no notes"),
        ("a.abc", b"X:1\nM:5/4\nK:G\nG2A2B2c2d2|\n", "the meter 5/4 is not known"),
        ("none.abc", None, "cannot be read"),
    ],
    ids=["damaged", "empty", "drums", "ten hours", "abc", "empty abc", "meter", "missing"],
)
def test_a_primer_that_is_no_tune_is_one_line(
    program: Program, tmp_path: Path, name: str, content: bytes | None, words: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    for option in ("--primer-file", "--harmonise"):
        if option == "--harmonise" and "meter" in words:
            continue
        result = program("compose", "music", option, path)
        assert (result.code, result.out, len(result.complaints)) == (1, b"", 1)
        assert words in result.err
        assert str(path) in result.err


def test_a_text_primer_of_other_bytes_is_one_line(program: Program, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"abc\xff\xfe")
    result = program("compose", "text", "--primer-file", tmp_path / "a.txt")
    assert (result.code, len(result.complaints)) == (1, 1)
    assert "not UTF-8 text at byte 3" in result.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["text", "--temperature", "9"], "temperature is 9"),
        (["text", "--top-p", "0"], "top_p is 0"),
        (["text", "--length", "0"], "length is 0"),
        (["text", "--seed", "-1"], "seed is -1"),
        (["text", "--variations", "0"], "variations is 0"),
        (["text", "--stop", ""], "stop word is empty"),
        (["text", "--format", "midi"], "text is not written as midi"),
        (["music", "--format", "txt"], "music is not written as txt"),
        (["music", "--key", "H"], "the key is 'H'"),
        (["music", "--key", "G foo"], "the key is 'G foo'"),
        (["music", "--meter", "5/4"], "the meter '5/4'"),
        (["music", "--bars", "-2"], "bars is -2"),
        (["music", "--tempo", "1"], "tempo is 1"),
        (["music", "--length", "0"], "length is 0"),
        (["music", "--primer", "x", "--primer-file", "y"], "exclude each other"),
        (["music", "--primer", "x", "--harmonise", "y"], "exclude each other"),
        (["music", "--variations", "2", "--format", "midi"], "do not fit one midi"),
        (["film"], "film"),
    ],
)
def test_wrong_usage_is_told(program: Program, arguments: list[str], words: str) -> None:
    result = program("compose", *arguments)
    assert (result.code, result.out) == (2, b"")
    assert words in result.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["text", "--model", "no-such"], "there is no bundle no-such"),
        (["text", "--model", "tiny-folk"], "makes music"),
        (["music", "--model", "tiny-characters"], "makes text"),
        (["music", "--harmonise", "m.abc", "--model", "tiny-folk"], "chorale model to harmonise"),
        (["music", "--key", "D dorian", "--model", "tiny-chorale"], "major or minor"),
        (["music", "--key", "D lydian"], "mode 'lydian'"),
    ],
)
def test_what_no_model_can_do_is_one_line(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "m.abc").write_text(TUNE)
    result = program("compose", *arguments)
    assert (result.code, result.out, len(result.complaints)) == (1, b"", 1)
    assert words in result.err


def test_without_models_the_way_to_one_is_told(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("speechrnn.bundles.catalog.bundle_roots", lambda: (tmp_path,))
    result = program("compose", "text")
    assert (result.code, len(result.complaints)) == (1, 1)
    assert "recipes/text-prose.toml" in result.err


def test_a_result_is_not_replaced_unasked(program: Program, tmp_path: Path) -> None:
    target = tmp_path / "a.abc"
    assert program("compose", "music", "--bars", 2, "-o", target).code == 0
    before = target.read_bytes()
    refused = program("compose", "music", "--bars", 2, "--seed", 2, "-o", target)
    assert (refused.code, len(refused.complaints)) == (1, 1)
    assert target.read_bytes() == before
    assert program("compose", "music", "--bars", 2, "--seed", 2, "-o", target, "--overwrite").code == 0
    assert target.read_bytes() != before


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"just a text", "does not say how it was made"), (b'{"made_by":"SpeechRNN 1","x', "is damaged")],
)
def test_what_cannot_be_made_again_says_why(
    program: Program, tmp_path: Path, content: bytes, words: str
) -> None:
    (tmp_path / "a.abc").write_bytes(content)
    result = program("compose", "music", "--again", tmp_path / "a.abc")
    assert (result.code, result.out, len(result.complaints)) == (1, b"", 1)
    assert words in result.err


def test_another_bundle_of_the_same_name_is_refused(program: Program, tmp_path: Path) -> None:
    program("compose", "music", "--bars", 2, "-o", tmp_path / "a.abc")
    other = composing_bundle(tmp_path / "other", "folk", hidden_size=16)
    result = program("compose", "music", "--again", tmp_path / "a.abc", "--model", other)
    assert (result.code, result.out, len(result.complaints)) == (1, b"", 1)
    assert "was made by the bundle tiny-folk" in result.err
    wrong = program("compose", "text", "--again", tmp_path / "a.abc")
    assert "was made as music" in wrong.err


def test_bench_tells_how_quickly_each_model_composes(program: Program) -> None:
    lines = program("bench").out.decode().splitlines()
    assert [line.split(":")[0] for line in lines[-3:]] == ["tiny-characters", "tiny-chorale", "tiny-folk"]
    report = json.loads(program("bench", "--json").out)
    assert [c["unit"] for c in report["composers"]] == ["character", "event", "event"]
    assert [c["units"] for c in report["composers"]] == [2000, 400, 800]
    for composer in report["composers"]:
        assert composer["units_per_s"] > 0
        assert composer["first_s"] > 0
