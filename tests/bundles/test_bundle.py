"""What a bundle promises: it comes back as it was saved, or it is refused with the reason."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from speechrnn import __version__
from speechrnn.bundles.bundle import Bundle, BundleInfo, load_bundle, save_bundle
from speechrnn.errors import BundleError, OutputError

INFO = BundleInfo(
    id="asr-tiny",
    task="recognizer",
    net={"class": "Recognizer", "hidden_size": 8},
    features={"n_mels": 80, "preemphasis": 0.97},
    decoding={"lm_weight": 1.5},
    licence="CC-BY-4.0",
    trained_on=("LibriSpeech train-clean (CC BY 4.0)",),
    scores=(
        {
            "name": "WER",
            "test_set": "dev",
            "value": 0.25,
            "size": "3 utterances",
            "command": "evaluate",
            "commit": "0123abc",
        },
    ),
    min_speechrnn="0.1.0",
)


def save(folder: Path, **changes: object) -> Bundle:
    generator = torch.Generator().manual_seed(7)
    options = {
        "tensors": {"w": torch.randn(3, 4, generator=generator), "order": torch.arange(5)},
        "files": {"labels.txt": "<blank>\n \n'\na\n", "lm.bin": b"\x00\x01\xff"},
        "card": "# A tiny net\n",
    } | changes
    return save_bundle(folder, INFO, **options)  # type: ignore[arg-type]


def test_a_saved_bundle_comes_back_as_it_was(tmp_path: Path) -> None:
    save(tmp_path / "asr-tiny")
    bundle = load_bundle(tmp_path / "asr-tiny", "recognizer")
    assert bundle.info == INFO
    assert bundle.lines("labels.txt") == ["<blank>", " ", "'", "a"]
    assert bundle.file("lm.bin").read_bytes() == b"\x00\x01\xff"
    assert bundle.file("CARD.md").read_text() == "# A tiny net\n"
    assert bundle.verify() == sum(p.stat().st_size for p in bundle.path.iterdir() if p.name != "bundle.toml")


def test_weights_are_stored_in_half_and_loaded_in_single_precision(tmp_path: Path) -> None:
    w = torch.linspace(-1.0, 1.0, 7)
    bundle = save(tmp_path / "b", tensors={"w": w, "exact": w, "n": torch.tensor(3)}, keep_float32=["exact"])
    loaded = bundle.tensors()
    assert loaded["w"].dtype == torch.float32
    assert torch.equal(loaded["w"], w.half().float())
    assert torch.equal(loaded["exact"], w)
    assert loaded["n"].dtype == torch.int64
    assert loaded["n"] == 3


def test_tied_weights_can_be_saved(tmp_path: Path) -> None:
    w = torch.ones(2, 2)
    loaded = save(tmp_path / "b", tensors={"embedding": w, "output": w.T}).tensors()
    assert torch.equal(loaded["embedding"], loaded["output"])


def test_the_same_content_gives_the_same_bundle(tmp_path: Path) -> None:
    assert save(tmp_path / "a").sha256 == save(tmp_path / "b").sha256
    assert save(tmp_path / "c", card="another card").sha256 != save(tmp_path / "b").sha256


def test_a_newer_bundle_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    save(tmp_path / "b")
    bundle = save(tmp_path / "b", files={"words.txt": "a\n"})
    assert bundle.lines("words.txt") == ["a"]
    assert not (tmp_path / "b" / "labels.txt").exists()
    assert [p.name for p in tmp_path.iterdir()] == ["b"]


def test_a_file_of_the_user_is_not_replaced_with_the_bundle(tmp_path: Path) -> None:
    save(tmp_path / "b")
    (tmp_path / "b" / "notes.txt").write_text("mine")
    with pytest.raises(OutputError, match=r"notes\.txt, which is no part of a bundle"):
        save(tmp_path / "b")
    assert (tmp_path / "b" / "notes.txt").read_text() == "mine"


def test_a_bundle_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    before = save(tmp_path / "b")
    with pytest.raises(OutputError, match="could not be written"):
        save(tmp_path / "b", files={"lm.bin": tmp_path / "missing.bin"})
    assert load_bundle(tmp_path / "b").sha256 == before.sha256
    assert [p.name for p in tmp_path.iterdir()] == ["b"]


def test_the_old_bundle_is_back_when_the_new_one_cannot_take_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, rename = save(tmp_path / "b"), Path.rename

    def fail_on_the_new(path: Path, target: Path) -> Path:
        if path.parent == tmp_path and path.name.startswith("."):
            raise PermissionError(13, "Permission denied")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fail_on_the_new)
    with pytest.raises(OutputError, match=r"could not be written to .*: Permission denied"):
        save(tmp_path / "b", card="new")
    assert load_bundle(tmp_path / "b").sha256 == before.sha256
    assert [p.name for p in tmp_path.iterdir()] == ["b"]


@pytest.mark.parametrize(
    ("weight", "problem"),
    [(float("nan"), "not finite"), (float("inf"), "not finite"), (1e5, "above 65504")],
    ids=["nan", "infinity", "too large for float16"],
)
def test_weights_that_half_precision_cannot_hold_are_refused(
    tmp_path: Path, weight: float, problem: str
) -> None:
    with pytest.raises(BundleError, match=f"the tensor w .*{problem}"):
        save(tmp_path / "b", tensors={"w": torch.tensor([weight])})
    assert not (tmp_path / "b").exists()


@pytest.mark.parametrize("name", ["../up.txt", "a/b.txt", "", ".hidden", "bundle.toml", "C:x", "end."])
def test_file_names_that_leave_the_folder_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(BundleError, match="no name for a file of a bundle"):
        save(tmp_path / "b", files={name: "x"})


def seal(folder: Path, old: str, new: str) -> None:
    """Changes the manifest and makes its checksum right again, as a foreign tool would."""
    body = (folder / "bundle.toml").read_text().split("\n", 1)[1]
    assert old in body
    body = body.replace(old, new, 1)
    digest = hashlib.sha256(body.encode()).hexdigest()
    (folder / "bundle.toml").write_text(f'sha256 = "{digest}"\n{body}')


def edit(old: str, new: str) -> Callable[[Path], None]:
    return lambda folder: seal(folder, old, new)


def truncate(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).write_bytes((folder / name).read_bytes()[:-1]) and None


def remove(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


DAMAGES = {
    "no manifest": (remove("bundle.toml"), r"holds no bundle\.toml, so it is no bundle of SpeechRNN"),
    "manifest cut short": (truncate("bundle.toml"), r"bundle\.toml is damaged"),
    "manifest is binary": (lambda f: (f / "bundle.toml").write_bytes(b"\x89PNG\xff"), "it is no TOML"),
    "manifest of another program": (
        lambda f: (f / "bundle.toml").write_text('name = "x"\n'),
        "has format None: expected 1; it is no bundle",
    ),
    "edited without its checksum": (
        lambda f: (f / "bundle.toml").write_text((f / "bundle.toml").read_text().replace("80", "40")),
        "differs from the SHA-256 in its first line",
    ),
    "no checksum": (
        lambda f: (f / "bundle.toml").write_text((f / "bundle.toml").read_text().split("\n", 1)[1]),
        "must begin with a line sha256",
    ),
    "newer format": (edit("format = 1", "format = 2"), "has format 2, this SpeechRNN .* install a newer one"),
    "needs a newer program": (
        edit('min_speechrnn = "0.1.0"', 'min_speechrnn = "99.0"'),
        rf"needs SpeechRNN 99\.0 or newer, this is {re.escape(__version__)}: install",
    ),
    "minimum version is no version": (edit('"0.1.0"', '"new"'), "min_speechrnn is 'new'"),
    "unknown key": (edit("format = 1", "format = 1\ncolour = 2"), "has the unknown key colour"),
    "missing key": (edit('licence = "CC-BY-4.0"\n', ""), "lacks the key licence"),
    "key of the wrong kind": (edit('licence = "CC-BY-4.0"', "licence = 4"), "licence is 4: expected text"),
    "score without a test set": (edit('test_set = "dev"\n', ""), "a score of the bundle .* has the keys"),
    "path out of the folder": (edit('[files."lm.bin"]', '[files."../lm.bin"]'), r"names '\.\./lm\.bin'"),
    "absolute path": (edit('[files."lm.bin"]', '[files."/etc/passwd"]'), r"names '/etc/passwd'"),
    "hash of the wrong length": (edit('sha256 = "', 'sha256 = "0'), "64 hexadecimal digits"),
    "file missing": (remove("lm.bin"), r"lm\.bin of the bundle asr-tiny is missing: copy the bundle again"),
    "file cut short": (truncate("lm.bin"), r"lm\.bin .* has 2 bytes, bundle\.toml says 3"),
    "weights cut short": (truncate("weights.safetensors"), r"weights\.safetensors .* bytes"),
    "file is a folder": (
        lambda f: (f / "lm.bin").rename(f / "was.bin").parent.joinpath("lm.bin").mkdir(),
        r"lm\.bin .* is missing",
    ),
}


@pytest.mark.parametrize(("damage", "message"), DAMAGES.values(), ids=DAMAGES.keys())
def test_a_damaged_foreign_or_newer_bundle_is_refused_with_the_reason(
    tmp_path: Path, damage: Callable[[Path], None], message: str
) -> None:
    save(tmp_path / "b")
    damage(tmp_path / "b")
    with pytest.raises(BundleError, match=message) as caught:
        load_bundle(tmp_path / "b")
    assert "\n" not in str(caught.value)


def test_a_bundle_for_another_task_is_refused(tmp_path: Path) -> None:
    save(tmp_path / "b")
    with pytest.raises(BundleError, match="the bundle asr-tiny is a recognizer, but a tagger is needed"):
        load_bundle(tmp_path / "b", "tagger")


@pytest.mark.parametrize("name", ["file.txt", "nowhere"])
def test_a_path_that_is_no_folder_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "file.txt").write_text("x")
    with pytest.raises(BundleError, match="give the folder of a bundle"):
        load_bundle(tmp_path / name)


def test_a_file_changed_without_its_length_is_found_when_it_is_used(tmp_path: Path) -> None:
    bundle = save(tmp_path / "b")
    (tmp_path / "b" / "lm.bin").write_bytes(b"\x00\x01\xfe")
    for use in (lambda: bundle.file("lm.bin"), bundle.verify):
        with pytest.raises(BundleError, match=r"lm\.bin of the bundle asr-tiny is damaged: its SHA-256"):
            use()
    assert bundle.lines("labels.txt")[0] == "<blank>"


def test_a_file_that_the_bundle_lacks_is_named_with_those_it_has(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match=r"has no file words\.txt \(it has CARD\.md, labels\.txt"):
        save(tmp_path / "b").file("words.txt")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(data=st.data())
def test_one_flipped_bit_anywhere_is_found(tmp_path: Path, data: st.DataObject) -> None:
    folder = tmp_path / "b"
    if not folder.exists():
        save(folder)
    path = data.draw(st.sampled_from(sorted(folder.iterdir())))
    whole = path.read_bytes()
    bit = data.draw(st.integers(0, 8 * len(whole) - 1))
    flipped = bytearray(whole)
    flipped[bit // 8] ^= 1 << bit % 8
    path.write_bytes(flipped)
    try:
        with pytest.raises(BundleError):
            load_bundle(folder).verify()
    finally:
        path.write_bytes(whole)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"id": "a b"}, "id is 'a b'"),
        ({"id": ""}, "id is ''"),
        ({"task": ""}, "task of the bundle asr-tiny is empty"),
        ({"min_speechrnn": "x"}, "min_speechrnn is 'x'"),
        ({"scores": ({**INFO.scores[0], "value": "low"},)}, "has value 'low'"),
    ],
    ids=["id with a space", "no id", "no task", "no version", "score is text"],
)
def test_a_description_out_of_range_is_refused(changes: dict[str, object], message: str) -> None:
    with pytest.raises(BundleError, match=message):
        replace(INFO, **changes)


def test_a_value_that_toml_cannot_hold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="does not fit TOML"):
        save_bundle(tmp_path / "b", replace(INFO, net={"size": None}), card="")
    assert list(tmp_path.iterdir()) == []
