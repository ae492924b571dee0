"""What keeps the app alive and alone: crashes told, one instance, signals, garbage, a watchdog."""

from __future__ import annotations

import gc
import logging
import os
import signal
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.collector import Collector
from gui.crash import CrashReporter, log_folder, start_log
from gui.single import SingleInstance
from gui.system_signals import SystemSignals
from gui.watchdog import LIMIT_S, Watchdog
from speechrnn.store.places import Places

pytestmark = pytest.mark.alone


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """A log that is being written."""
    end = start_log(tmp_path)
    yield tmp_path / "speechrnn.log"
    end()


@pytest.fixture
def reporter(log: Path) -> Iterator[CrashReporter]:
    """Catches what nobody catches."""
    made = CrashReporter()
    made.start()
    yield made
    made.stop()


def test_an_error_that_nobody_caught_is_told_and_logged_with_its_place(
    qtbot: QtBot, reporter: CrashReporter, log: Path, caplog: pytest.LogCaptureFixture
) -> None:
    try:
        raise ValueError("a bad\nvalue")
    except ValueError as error:
        with qtbot.waitSignal(reporter.crashed) as told:
            sys.excepthook(ValueError, error, error.__traceback__)
    assert told.args == ["ValueError: a bad value"]
    assert "test_guards.py" in log.read_text("utf-8")
    caplog.clear()


def test_an_error_in_a_thread_is_told_in_the_gui_thread(
    qtbot: QtBot, reporter: CrashReporter, caplog: pytest.LogCaptureFixture
) -> None:
    threads = []

    class Receiver(QObject):
        def take(self, _line: str) -> None:
            threads.append(threading.get_ident())

    receiver = Receiver()
    reporter.crashed.connect(receiver.take)

    def fail() -> None:
        raise KeyError("x")

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: threads == [threading.get_ident()])
    caplog.clear()


def test_ctrl_c_is_no_crash(qtbot: QtBot, reporter: CrashReporter) -> None:
    with qtbot.assertNotEmitted(reporter.crashed):
        sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)


def test_what_the_library_says_is_in_the_log(log: Path) -> None:
    logging.getLogger("speechrnn.audio").info("a device has gone")
    assert "speechrnn.audio: a device has gone" in log.read_text("utf-8")


def test_without_a_place_for_the_log_the_app_runs(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").touch()
    start_log(tmp_path / "file")()
    assert "there is no log" in caplog.text
    caplog.clear()


def test_the_log_of_a_program_on_a_stick_lies_with_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SPEECHRNN_HOME", str(tmp_path))
    assert log_folder() == tmp_path / "logs"


def test_a_second_start_calls_the_first_one(qtbot: QtBot, places: Places) -> None:
    first, second = SingleInstance(places), SingleInstance(places)
    assert first.claim()
    with qtbot.waitSignal(first.called):
        assert not second.claim()
    first.close()
    assert second.claim(), "the first one has gone"
    second.close()


@pytest.mark.parametrize(
    "names",
    [(), ("grabación 1.flac", "two\nlines.wav"), ("no text \udcff.mp3",)],
    ids=["none", "two", "no text"],
)
def test_a_second_start_hands_its_files_over(
    qtbot: QtBot, places: Places, tmp_path: Path, names: tuple[str, ...]
) -> None:
    files = tuple(tmp_path / name for name in names)
    first, second = SingleInstance(places), SingleInstance(places)
    assert first.claim()
    with qtbot.waitSignal(first.called) as call:
        assert not second.claim(files)
    assert call.args == [files]
    first.close()


def test_apps_over_other_files_do_not_meet(qtbot: QtBot, places: Places, tmp_path: Path) -> None:
    elsewhere = Places(settings=tmp_path / "b.toml", library=tmp_path, recordings=tmp_path, exports=tmp_path)
    first, second = SingleInstance(places), SingleInstance(elsewhere)
    assert first.claim()
    assert second.claim()
    first.close()
    second.close()


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot send itself these signals there")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["int", "term"])
def test_a_signal_reaches_a_sleeping_event_loop(qtbot: QtBot, number: signal.Signals) -> None:
    before = signal.getsignal(number)
    signals = SystemSignals()
    signals.start()
    try:
        with qtbot.waitSignal(signals.quit_wanted):
            os.kill(os.getpid(), number)
    finally:
        signals.stop()
    assert signal.getsignal(number) is before


class Cycle:
    """Refers to itself, so that only a collection frees it."""

    def __init__(self, freed: list[int]) -> None:
        self.itself = self
        weakref.finalize(self, lambda: freed.append(threading.get_ident()))


def test_garbage_of_a_thread_is_collected_in_the_gui_thread(qtbot: QtBot) -> None:
    """Else a job that allocates would destroy widgets in its own thread."""
    freed: list[int] = []
    collector = Collector()
    collector.start()
    try:

        def work() -> None:
            for _ in range(3000):
                Cycle(freed)

        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        assert freed == [], "collected where it was made"
        qtbot.waitUntil(lambda: len(freed) > 1000)
    finally:
        collector.stop()
    assert set(freed) == {threading.get_ident()}
    assert gc.isenabled()


def test_the_watchdog_finds_what_blocks_and_where(qtbot: QtBot) -> None:
    watchdog = Watchdog()
    watchdog.start()

    def block() -> None:
        end = time.thread_time() + 4 * LIMIT_S
        while time.thread_time() < end:
            pass

    QTimer.singleShot(0, watchdog, block)
    qtbot.waitUntil(lambda: watchdog.longest_s > 3 * LIMIT_S)
    watchdog.stop()
    longest = max(watchdog.stalls, key=lambda stall: stall.blocked_s)
    assert "in block" in longest.where


def test_the_watchdog_finds_nothing_in_a_quiet_window(qtbot: QtBot, qapp: QApplication) -> None:
    watchdog = Watchdog()
    beats = []
    timer = QTimer(interval=20)
    timer.timeout.connect(lambda: beats.append(1))
    watchdog.start()
    timer.start()
    qtbot.waitUntil(lambda: len(beats) > 10)
    timer.stop()
    watchdog.stop()
    # A busy machine stops any thread for a while: what the GUI thread worked on is what is ours.
    assert not [stall for stall in watchdog.stalls if stall.worked_s > LIMIT_S]


def test_libraries_of_torch_are_loaded_without_torch() -> None:
    """In a process of its own, since torch stays in one."""
    code = (
        "import sys; from gui.early import before_qt, load_torch_libraries; before_qt(); "
        "load_torch_libraries(); assert 'torch' not in sys.modules; import torch; print(torch.zeros(2).sum())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout == "tensor(0.)\n", done.stderr
