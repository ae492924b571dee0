"""Journeys through the list of the library: look, search, hear, rename, delete, recover."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from library_cases import AddEntry, FakePlayer, player, text_line
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QInputDialog, QMessageBox

from gui.library import LibraryPage
from gui.library.list_model import EntryRow, HitRow, day_and_time
from gui.library.listing import Filter, as_typed, found
from gui.services import Services
from speechrnn.store.entries import EntryChange, NewEntry
from speechrnn.store.jobs import JobQueue


def shown(page: LibraryPage) -> list[str]:
    """Titles, and what was found below them, as they stand in the list."""
    model = page.list.model
    rows = [model.row(model.index(number)) for number in range(model.rowCount())]
    return [row.hit.match if isinstance(row, HitRow) else row.entry.title for row in rows if row]


def wait_for(qtbot: Any, page: LibraryPage, rows: list[str]) -> None:
    qtbot.waitUntil(lambda: shown(page) == rows, timeout=4000)


def click_button(page: LibraryPage, kind: QMessageBox.ButtonRole) -> None:
    """Clicks a button of the question that is open."""
    box = next(box for box in page.findChildren(QMessageBox) if box.isVisible())
    next(button for button in box.buttons() if box.buttonRole(button) == kind).click()


def test_an_empty_library_says_what_will_be_here(qtbot: Any, page: LibraryPage) -> None:
    page.entered()
    qtbot.waitUntil(lambda: page.list._middle.currentWidget() is page.list._empty)
    assert page.list._empty._heading.text() == "Nothing here yet"


def test_the_newest_comes_first_and_filters_hold(qtbot: Any, page: LibraryPage, add_entry: AddEntry) -> None:
    add_entry("Old", created="2026-01-01T08:00:00+00:00")
    add_entry("New", created="2026-02-01T08:00:00+00:00", state="failed")
    page.entered()
    wait_for(qtbot, page, ["New", "Old"])
    page.list.filters.state.setCurrentIndex(page.list.filters.state.findData("failed"))
    wait_for(qtbot, page, ["New"])
    page.list.filters.state.setCurrentIndex(0)
    page.list.filters.order.setCurrentIndex(page.list.filters.order.findData("oldest"))
    wait_for(qtbot, page, ["Old", "New"])
    page.list.filters.kind.setCurrentIndex(page.list.filters.kind.findData("live"))
    wait_for(qtbot, page, [])


def test_words_are_found_as_they_are_typed_and_each_is_one_clip(
    qtbot: Any, page: LibraryPage, add_entry: AddEntry
) -> None:
    add_entry("First", created="2026-01-01T08:00:00+00:00")
    second = (text_line("A low budget. Budgets are low.", 0.0),)
    add_entry("Second", second, created="2026-01-02T08:00:00+00:00")
    QTest.keyClicks(page.list.filters.search, "budg")
    wait_for(qtbot, page, ["Second", "budget.", "Budgets", "First", "budget"])
    page.list.rows.setCurrentIndex(page.list.model.index(4))
    QTest.keyClick(page.list.rows, Qt.Key.Key_Space)
    playing = player(qtbot)
    assert playing.calls == [("play", 10.4, 1.0)]
    row = page.list.model.row(page.list.model.index(4))
    assert isinstance(row, HitRow)
    assert row.playing
    playing.position = 11.5
    qtbot.waitUntil(lambda: playing.state == "paused")
    row = page.list.model.row(page.list.model.index(4))
    assert isinstance(row, HitRow)
    assert not row.playing


def test_the_play_button_of_a_find_is_clicked(qtbot: Any, page: LibraryPage, add_entry: AddEntry) -> None:
    add_entry()
    page.list.filters.search.setText("morning")
    wait_for(qtbot, page, ["Talk", "morning"])
    area = page.list.rows.visualRect(page.list.model.index(1))
    button = page.list._delegate.play_area(area).center()
    QTest.mouseClick(page.list.rows.viewport(), Qt.MouseButton.LeftButton, pos=button)
    assert player(qtbot).calls == [("play", 0.4, 1.0)]
    QTest.mouseClick(page.list.rows.viewport(), Qt.MouseButton.LeftButton, pos=area.center() + QPoint(60, 0))
    assert len(player(qtbot).calls) == 1


def test_a_find_opens_its_transcript_there(qtbot: Any, page: LibraryPage, add_entry: AddEntry) -> None:
    add_entry()
    page.list.filters.search.setText("budget")
    wait_for(qtbot, page, ["Talk", "budget"])
    page.list.rows.setCurrentIndex(page.list.model.index(1))
    QTest.keyClick(page.list.rows, Qt.Key.Key_Return)
    qtbot.waitUntil(page.transcript.isVisible)
    assert page.transcript.text.marks.caret == (2, 5)
    page.transcript._actions["close"].trigger()
    assert page.list.isVisible()
    wait_for(qtbot, page, ["Talk", "budget"])


def test_titles_are_found_too(qtbot: Any, page: LibraryPage, add_entry: AddEntry) -> None:
    add_entry("Interview with the mayor")
    page.list.filters.search.setText("mayor")
    wait_for(qtbot, page, ["Interview with the mayor"])


def test_renaming(qtbot: Any, page: LibraryPage, add_entry: AddEntry) -> None:
    add_entry()
    page.entered()
    wait_for(qtbot, page, ["Talk"])
    page.list._actions["rename"].trigger()
    dialog = page.findChild(QInputDialog)
    dialog.setTextValue("Monday")
    dialog.accept()
    wait_for(qtbot, page, ["Monday"])


@pytest.mark.parametrize("with_media", [False, True])
def test_deleting_asks_and_takes_the_recording_only_if_told(
    qtbot: Any,
    page: LibraryPage,
    add_entry: AddEntry,
    recording: Path,
    monkeypatch: pytest.MonkeyPatch,
    with_media: bool,
) -> None:
    # The bin of the desktop is the rim: a test must not fill it.
    monkeypatch.setattr("gui.library.catalogue.to_bin", Path.unlink)
    add_entry()
    page.entered()
    wait_for(qtbot, page, ["Talk"])
    page.list._actions["delete"].trigger()
    click_button(page, QMessageBox.ButtonRole.RejectRole)
    assert shown(page) == ["Talk"]
    page.list._actions["delete"].trigger()
    box = next(box for box in page.findChildren(QMessageBox) if box.isVisible())
    box.findChild(QCheckBox).setChecked(with_media)
    click_button(page, QMessageBox.ButtonRole.DestructiveRole)
    wait_for(qtbot, page, [])
    assert recording.exists() != with_media


def test_a_recovered_recording_is_offered_and_goes_to_the_queue(
    qtbot: Any, page: LibraryPage, add_entry: AddEntry, services: Services
) -> None:
    old = add_entry("Lost and found", lines=(), state="recovered")
    went: list[str] = []
    services.navigation.wanted.connect(lambda where, target: went.append(where))
    page.entered()
    qtbot.waitUntil(page.list.notice.isVisible)
    page.list.notice.button.click()
    qtbot.waitUntil(lambda: went == ["files"])
    with services.library() as library:
        jobs = JobQueue(library).jobs()
        assert [(job.title, job.state) for job in jobs] == [("Lost and found", "queued")]
        assert jobs[0].id != old
        assert len(library.entries()) == 1


def test_a_recording_whose_text_grows_is_looked_at_again(
    qtbot: Any, page: LibraryPage, add_entry: AddEntry, services: Services
) -> None:
    entry_id = add_entry(state="running")
    page.entered()
    wait_for(qtbot, page, ["Talk"])
    with services.library() as library:
        library.change_entry(entry_id, EntryChange(title="Talk, done", state="done"))
    wait_for(qtbot, page, ["Talk, done"])


def test_a_long_list_is_read_page_by_page(
    qtbot: Any, page: LibraryPage, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.library.catalogue.PAGE", 20)
    with services.library() as library:
        for number in range(45):
            library.add_entry(NewEntry(title=f"{number:03}", kind="file"))
    page.entered()
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 20)
    page.list.rows.scrollToBottom()
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 45)
    assert shown(page)[-1] == "000"


def test_a_missing_recording_is_told_when_a_find_is_played(
    qtbot: Any, page: LibraryPage, add_entry: AddEntry, services: Services, tmp_path: Path
) -> None:
    add_entry(media=tmp_path / "gone.wav")
    told: list[Any] = []
    services.messages.shown.connect(told.append)
    page.list.filters.search.setText("budget")
    wait_for(qtbot, page, ["Talk", "budget"])
    page.list.rows.setCurrentIndex(page.list.model.index(1))
    QTest.keyClick(page.list.rows, Qt.Key.Key_Space)
    assert told[0].kind == "warning"
    assert not FakePlayer.made


@pytest.mark.parametrize(
    ("typed", "query"),
    [("net", "net*"), ("net ", "net "), ('"neural net"', '"neural net"'), ('"neur', '"neur')],
)
def test_the_last_word_may_still_be_typed(typed: str, query: str) -> None:
    assert as_typed(typed) == query


def test_days_are_told_as_one_says_them() -> None:
    assert day_and_time("2026-01-05T12:00:00+00:00", "Today", "Yesterday").startswith("5 Jan 2026")
    assert day_and_time("nonsense", "Today", "Yesterday") == "nonsense"


def test_a_search_without_hits_has_no_groups() -> None:
    assert found(Filter(text="x"), (), ()).groups == ()


def test_rows_are_told_in_words(qtbot: Any, page: LibraryPage, add_entry: AddEntry) -> None:
    add_entry(state="failed")
    page.entered()
    wait_for(qtbot, page, ["Talk"])
    row = page.list.model.row(page.list.model.index(0))
    assert isinstance(row, EntryRow)
    text = page.list.model.text(row)
    assert text.startswith("Talk, ")
    assert text.endswith("Failed")
