"""The one thread pattern: order of the signals, the thread of the slots, stopping, and never flooding."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from gui.worker import MAX_WAITING, Job, Worker, Workers
from speechrnn.errors import DataError


def counting(n: int, error: Exception | None = None) -> Job:
    """A job that yields 0 .. n-1 and then fails or ends."""

    def job(_stop: threading.Event) -> Iterator[int]:
        yield from range(n)
        if error is not None:
            raise error

    return job


def until_stopped(stop: threading.Event) -> Iterator[str]:
    """Works until it is asked to stop, then says what it still has."""
    yield "begun"
    assert stop.wait(30)
    yield "drained"


def run(qtbot: QtBot, job: Job) -> list[Any]:
    """What a worker says, in order."""
    said: list[Any] = []
    worker = Worker(job)
    worker.item.connect(lambda item: said.append(("item", item)))
    worker.failed.connect(lambda error: said.append(("failed", str(error))))
    worker.ended.connect(lambda: said.append("ended"))
    with qtbot.waitSignal(worker.ended):
        worker.start()
    assert not worker.isRunning()
    return said


def test_items_come_in_order_and_then_the_end(qtbot: QtBot) -> None:
    assert run(qtbot, counting(3)) == [("item", 0), ("item", 1), ("item", 2), "ended"]


def test_an_error_comes_once_after_the_items_and_before_the_end(qtbot: QtBot) -> None:
    said = run(qtbot, counting(1, DataError("list.tsv is empty")))
    assert said == [("item", 0), ("failed", "list.tsv is empty"), "ended"]


def test_an_error_before_the_first_item_is_told_too(qtbot: QtBot) -> None:
    def job(_stop: threading.Event) -> Iterator[int]:
        raise DataError("no such list")

    assert run(qtbot, job) == [("failed", "no such list"), "ended"]


def test_a_bug_in_a_job_is_logged_with_its_place(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    assert run(qtbot, counting(0, ZeroDivisionError("oops"))) == [("failed", "oops"), "ended"]
    record = caplog.records[0]
    assert record.exc_info is not None
    caplog.clear()


def test_every_kind_of_slot_runs_in_the_gui_thread(qtbot: QtBot) -> None:
    """A slot in the worker's thread would touch widgets from there."""
    threads: dict[str, object] = {}

    class Receiver(QObject):
        def take(self, _item: object) -> None:
            threads["method"] = threading.get_ident()

    def note(kind: str, _item: object) -> None:
        threads[kind] = threading.get_ident()

    receiver = Receiver()
    worker = Worker(counting(1))
    worker.item.connect(receiver.take)
    worker.item.connect(lambda item: note("lambda", item))
    worker.item.connect(partial(note, "partial"))
    with qtbot.waitSignal(worker.ended):
        worker.start()
    assert threads == dict.fromkeys(("method", "lambda", "partial"), threading.get_ident())


def test_a_job_that_is_asked_to_stop_still_says_what_it_has(qtbot: QtBot) -> None:
    said: list[str] = []
    worker = Worker(until_stopped)
    worker.item.connect(said.append)
    with qtbot.waitSignal(worker.item):
        worker.start()
    with qtbot.waitSignal(worker.ended):
        worker.stop()
    assert said == ["begun", "drained"]


def test_what_a_job_holds_open_is_closed_in_its_own_thread(qtbot: QtBot) -> None:
    closed: list[int] = []

    def job(_stop: threading.Event) -> Iterator[int]:
        try:
            yield threading.get_ident()
        finally:
            closed.append(threading.get_ident())

    said = run(qtbot, job)
    assert said[0] == ("item", closed[0])
    assert closed[0] != threading.get_ident()


def test_a_quick_job_waits_for_a_slow_gui(qtbot: QtBot) -> None:
    """Else an hour of results would pile up in the event queue."""
    made: list[int] = []
    full = threading.Event()

    def job(_stop: threading.Event) -> Iterator[int]:
        for number in range(MAX_WAITING * 3):
            if number == MAX_WAITING:
                full.set()
            made.append(number)
            yield number

    taken: list[int] = []
    worker = Worker(job)
    worker.item.connect(taken.append)
    worker.start()
    assert full.wait(10)
    assert len(made) <= MAX_WAITING + 1
    assert taken == []
    qtbot.waitUntil(worker.isFinished)
    qtbot.waitUntil(lambda: len(taken) == MAX_WAITING * 3)


def test_workers_are_kept_until_they_end_and_then_let_go(qtbot: QtBot) -> None:
    workers = Workers()
    said: list[Any] = []
    with qtbot.waitSignal(workers.idle):
        workers.start(counting(2), on_item=said.append, on_ended=lambda: said.append("ended"))
        workers.start(counting(1, DataError("bad")), on_failed=lambda error: said.append(str(error)))
        assert workers.n_running == 2
    assert sorted(map(str, said)) == ["0", "1", "bad", "ended"]
    assert workers.n_running == 0


def test_stopping_all_ends_all_and_whatever_begins_later(qtbot: QtBot) -> None:
    workers = Workers()
    said: list[str] = []
    workers.start(until_stopped, on_item=said.append)
    workers.stop_all()
    workers.start(until_stopped, on_item=said.append)
    assert workers.wait(10_000)
    assert sorted(said) == ["begun", "begun", "drained", "drained"]
    assert workers.n_running == 0


def test_waiting_for_a_job_that_does_not_stop_comes_back(qtbot: QtBot) -> None:
    go_on = threading.Event()

    def deaf(_stop: threading.Event) -> Iterator[int]:
        assert go_on.wait(30)
        yield 1

    workers = Workers()
    workers.start(deaf)
    workers.stop_all()
    assert not workers.wait(50)
    go_on.set()
    assert workers.wait(10_000)
