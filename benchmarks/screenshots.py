"""Takes the pictures of the README: the real app over a demo library, the sample as its microphone.

QT_QPA_PLATFORM=offscreen python benchmarks/screenshots.py docs/pictures
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from gui.assembly import make_services, make_window
from gui.compose import ComposePage
from gui.early import before_qt
from gui.live import LivePage
from gui.page import Page
from gui.page_stack import PageFactory, PageSpec
from gui.pages import PAGES
from gui.services import Services
from gui.train import TrainPage
from speechrnn.audio.file import FileSource
from speechrnn.audio.streams import InputDevice
from speechrnn.store.places import Places
from speechrnn.store.settings import LiveSettings, LookSettings, Settings
from speechrnn.types import SAMPLE_RATE

SAMPLE = Path(__file__).with_name("sample.flac")
SIZE = (1120, 700)
BLOCK = 800
LIVE_S, READ_S, TRAIN_S = 17.0, 6.0, 60.0  # from start to the picture
COMPOSE_S = 8.0
PRIMER = "It was late in the evening when the boat came in, and "
TEXTS = Path(__file__).parents[1] / "docs"  # what the network of the train page learns from


class SampleMicrophone:
    """Plays the sample in real time, then silence."""

    def __init__(self) -> None:
        self.level, self.n_lost, self.warning = 0.0, 0, None
        self._closed = threading.Event()

    def blocks(self) -> Iterator[NDArray[np.float32]]:
        with FileSource(SAMPLE) as source:
            sound = np.concatenate(list(source.blocks()))
        began = time.monotonic()
        for first in range(0, len(sound), BLOCK):
            late = began + (first + BLOCK) / SAMPLE_RATE - time.monotonic()
            if self._closed.wait(max(late, 0.0)):
                return
            block = sound[first : first + BLOCK]
            self.level = float(np.abs(block).max())
            yield block
        while not self._closed.wait(BLOCK / SAMPLE_RATE):
            yield np.zeros(BLOCK, np.float32)

    def close(self) -> None:
        self._closed.set()


class SampleAudio:
    """A computer with one headset."""

    def inputs(self) -> tuple[InputDevice, ...]:
        headset = InputDevice(
            id="headset", name="Headset", kind="microphone", n_channels=1, sample_rate=48_000, is_default=True
        )
        return (headset,)

    def hint(self) -> None:
        return None

    def fingerprint(self) -> str:
        return "headset"

    def microphone(self, device: InputDevice | None) -> SampleMicrophone:
        return SampleMicrophone()


def main(folder: Path) -> None:
    """Takes all pictures, in light and in dark."""
    folder.mkdir(parents=True, exist_ok=True)
    before_qt()
    app = QApplication(["screenshots"])
    app.setQuitOnLastWindowClosed(False)
    for theme in ("light", "dark"):
        home = Path(tempfile.mkdtemp())
        _take(app, folder, theme, home)
        shutil.rmtree(home, ignore_errors=True)


def _take(app: QApplication, folder: Path, theme: str, home: Path) -> None:
    where = Places(
        settings=home / "settings.toml",
        library=home / "library",
        recordings=home / "recordings",
        exports=home / "exports",
    )
    settings = replace(
        Settings(),
        live=LiveSettings(show_heard=True),
        look=LookSettings(theme=theme),  # type: ignore[arg-type]
    )
    owner = QObject()
    services = make_services(where, settings, owner)

    def train(services: Services) -> Page:
        return TrainPage(services, models=home / "models")

    own: dict[str, PageFactory] = {"live": _live, "train": train}
    specs = [_made_by(spec, own.get(spec.id)) for spec in PAGES]
    window = make_window(
        services, app, specs, QSettings(str(home / "window.ini"), QSettings.Format.IniFormat)
    )
    window.resize(*SIZE)
    window.show()
    live = window.stack.page("live")
    assert isinstance(live, LivePage)
    learning = window.stack.page("train")
    assert isinstance(learning, TrainPage)

    composing = window.stack.page("compose")
    assert isinstance(composing, ComposePage)

    def write() -> None:
        editor = composing.text.editor
        editor.insert(PRIMER)
        composing.text.tint_action.trigger()
        composing.text.write_action.trigger()

    def play() -> None:
        composing.music.work.set_heard(False)  # there is no sound card
        composing.music.actions_["compose"].trigger()

    def picture(name: str) -> Callable[[], None]:
        return lambda: _save(window, folder / f"{name}-{theme}.png")

    steps: list[tuple[float, Callable[[], object]]] = [
        (1.0, live.controller.start),
        (LIVE_S, picture("live")),
        (4.0, live.controller.finish),
        (8.0, lambda: window.go("library")),
        (3.0, picture("library")),
        (0.1, lambda: services.navigation.go("library", live.controller.presenter.entry_id)),
        (READ_S, picture("transcript")),
        (0.1, lambda: window.go("files")),
        (2.0, picture("files")),
        (0.1, lambda: window.go("compose", "text")),
        (COMPOSE_S, write),
        (COMPOSE_S, picture("compose-text")),
        (0.1, lambda: window.go("compose", "music")),
        (COMPOSE_S, play),
        (COMPOSE_S, picture("compose-music")),
        (0.1, lambda: window.go("train", Path(shutil.copytree(TEXTS, home / "Notes")))),
        (3.0, picture("train-new")),
        (0.1, learning.presenter.start),
        (TRAIN_S, picture("train")),
        (0.1, learning.presenter.stop),
        (0.1, lambda: window.go("settings")),
        (2.0, picture("settings")),
        (0.1, lambda: window.go("check")),
        (2.0, picture("check")),
        (0.1, window.close),
    ]
    window.closed.connect(app.quit)
    _run(steps)
    app.exec()
    window.deleteLater()
    owner.deleteLater()
    app.processEvents()


def _made_by(spec: PageSpec, factory: PageFactory | None) -> PageSpec:
    return replace(spec, load=lambda: factory) if factory is not None else spec


def _live(services: Services) -> Page:
    return LivePage(services, audio=SampleAudio())


def _run(steps: list[tuple[float, Callable[[], object]]]) -> None:
    if steps:
        wait_s, action = steps[0]

        def next_step() -> None:
            action()
            _run(steps[1:])

        QTimer.singleShot(round(wait_s * 1000), next_step)


def _save(window: object, path: Path) -> None:
    window.grab().toImage().save(str(path))  # type: ignore[attr-defined]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
