"""What the pages share: settings that are saved, recognizers that are lent, the language, the build."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from gui.build_info import commit, notice
from gui.i18n import LANGUAGES, chosen_language
from gui.recognizers import LoadingStoppedError, RecognizerCache
from gui.services import Services
from gui.settings_store import SettingsStore
from gui.worker import Workers
from speechrnn.errors import BundleError, ConfigError
from speechrnn.store.settings import RecognitionSettings, Settings
from speechrnn.store.settings_file import load_settings

WANTED = RecognitionSettings()
NEVER = threading.Event()


def test_a_change_is_told_at_once_and_saved_soon(qtbot: QtBot, services: Services) -> None:
    with qtbot.waitSignal(services.settings.changed) as told:
        services.settings.change("live", font_pt=40)
    assert told.args == [services.settings.current]
    path = services.places.settings
    qtbot.waitUntil(lambda: load_settings(path)[0].live.font_pt == 40)


def test_a_value_out_of_range_changes_nothing(qtbot: QtBot, services: Services) -> None:
    with qtbot.assertNotEmitted(services.settings.changed), pytest.raises(ConfigError, match="font_pt"):
        services.settings.change("live", font_pt=4000)
    assert services.settings.current == Settings()


def test_the_last_of_many_changes_is_saved(qtbot: QtBot, services: Services) -> None:
    for size in range(10, 60):
        services.settings.change("live", font_pt=size)
    services.settings.flush()
    assert load_settings(services.places.settings)[0].live.font_pt == 59


def test_settings_that_cannot_be_saved_are_told_and_stay_in_force(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    workers = Workers()
    store = SettingsStore(tmp_path / "file" / "settings.toml", Settings(), workers)
    with qtbot.waitSignal(store.failed) as told:
        store.change("live", font_pt=40)
    assert "cannot be written" in str(told.args[0])
    assert store.current.live.font_pt == 40
    assert workers.wait(10_000)


def test_look_and_keys_follow_the_settings(qtbot: QtBot, services: Services) -> None:
    services.settings.change("look", theme="dark")
    assert services.theme.current.is_dark
    services.settings.change("look", theme="light")
    assert not services.theme.current.is_dark


class Loader:
    """Makes recognizers, and counts them."""

    def __init__(self) -> None:
        self.n_made = 0
        self.wait = threading.Event()
        self.wait.set()
        self.error: BundleError | None = None

    def __call__(self, _wanted: RecognitionSettings) -> Any:
        assert self.wait.wait(30)
        if self.error:
            raise self.error
        self.n_made += 1
        return f"recognizer {self.n_made}"


@pytest.fixture
def loader() -> Loader:
    return Loader()


@pytest.fixture
def cache(qtbot: QtBot, loader: Loader) -> Iterator[RecognizerCache]:
    """Lends what `loader` makes; its workers outlive what they still have to say."""
    workers = Workers()
    yield RecognizerCache(workers, loader)
    assert workers.wait(10_000)
    QCoreApplication.processEvents()


def test_a_recognizer_is_loaded_once_and_lent_again(cache: RecognizerCache, loader: Loader) -> None:
    for _ in range(3):
        with cache.borrow(WANTED, NEVER) as lent:
            assert str(lent) == "recognizer 1"
    with cache.borrow(replace(WANTED, digits=True), NEVER):
        assert loader.n_made == 1, "digits are written later"


def test_two_at_a_time_get_two_and_one_is_kept(cache: RecognizerCache, loader: Loader) -> None:
    with cache.borrow(WANTED, NEVER) as first, cache.borrow(WANTED, NEVER) as second:
        assert first != second
        assert not cache.has(WANTED)
    assert cache.has(WANTED)
    with cache.borrow(WANTED, NEVER):
        assert loader.n_made == 2


def test_another_model_takes_the_place_of_the_first(cache: RecognizerCache, loader: Loader) -> None:
    other = replace(WANTED, punctuation=False)
    with cache.borrow(WANTED, NEVER), cache.borrow(other, NEVER):
        pass
    assert cache.has(other)
    assert not cache.has(WANTED)


def test_warming_loads_what_the_next_one_borrows(
    qtbot: QtBot, cache: RecognizerCache, loader: Loader
) -> None:
    loader.wait.clear()
    with qtbot.waitSignal(cache.ready) as told:
        cache.warm(WANTED)
        loader.wait.set()
    assert told.args == [WANTED]
    with cache.borrow(WANTED, NEVER):
        assert loader.n_made == 1


def test_a_model_that_is_missing_is_told(qtbot: QtBot, cache: RecognizerCache, loader: Loader) -> None:
    loader.error = BundleError("there is no bundle asr-en")
    with qtbot.waitSignal(cache.failed) as told:
        cache.warm(WANTED)
    assert str(told.args[0]) == "there is no bundle asr-en"
    with pytest.raises(BundleError), cache.borrow(WANTED, NEVER):
        pass
    loader.error = None
    with cache.borrow(WANTED, NEVER):
        assert loader.n_made == 1, "the next one tries again"


def test_who_is_stopped_does_not_wait_for_a_model(cache: RecognizerCache) -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(LoadingStoppedError), cache.borrow(WANTED, stop):
        pass


@pytest.mark.parametrize(
    ("setting", "system", "language"),
    [
        ("system", ["de-AT", "en-GB"], "de"),
        ("system", ["fr-FR", "es_MX"], "es"),
        ("system", ["fr-FR"], "en"),
        ("system", [], "en"),
        ("es", ["de-DE"], "es"),
    ],
)
def test_the_language_is_the_chosen_or_the_first_that_there_is(
    setting: str, system: list[str], language: str
) -> None:
    assert chosen_language(setting, system) == language
    assert language in LANGUAGES


COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.mark.parametrize(
    "files",
    [
        {"gui/commit.txt": f"{COMMIT}\n"},
        {".git/HEAD": f"{COMMIT}\n"},
        {".git/HEAD": "ref: refs/heads/main\n", ".git/refs/heads/main": f"{COMMIT}\n"},
        {".git/HEAD": "ref: refs/heads/main\n", ".git/packed-refs": f"# pack\n{COMMIT} refs/heads/main\n"},
    ],
    ids=["package", "detached", "branch", "packed"],
)
def test_the_commit_is_found_where_it_is_written(tmp_path: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    assert commit(tmp_path) == COMMIT[:12]


@pytest.mark.parametrize("head", [None, "ref: refs/heads/gone\n", "nonsense\n"])
def test_where_nobody_knows_the_commit_there_is_none(tmp_path: Path, head: str | None) -> None:
    if head:
        (tmp_path / ".git").mkdir()
        (tmp_path / ".git" / "HEAD").write_text(head)
    assert commit(tmp_path) == ""


def test_the_licences_are_there() -> None:
    assert "Apache License" in notice()
    assert "Apache License" in notice(Path("/nowhere"))
