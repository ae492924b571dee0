"""The page of settings: what is typed is in force or refused with a reason, and everything can be found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
)
from pytestqt.qtbot import QtBot

from gui.services import Services
from gui.settings import SettingsPage
from gui.settings.fields import NumberField, Row
from gui.settings.files import FolderList
from gui.settings.jobs import ModelChoice
from gui.settings.presenter import NUMBERS
from gui.settings.recognition import HotWordsField, RecognitionSection
from gui.settings.section import Section
from gui.settings.sections import LiveSection
from speechrnn.audio.streams import InputDevice
from speechrnn.store.settings import Settings


@pytest.fixture
def page(qtbot: QtBot, services: Services) -> SettingsPage:
    """The page, in sight."""
    made = SettingsPage(services)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def section_of(page: SettingsPage, name: str) -> Section:
    """A section, in sight."""
    page.open(name)
    return next(section for section in page.sections if section.name == name)


def row_of(page: SettingsPage, name: str, label: str) -> Row:
    """The row of a section with that label."""
    section = section_of(page, name)
    for row in section.rows:
        names = [part.text() for part in row.findChildren(QLabel)] + [row.control.accessibleName()]
        names += [box.text() for box in row.findChildren(QCheckBox)]
        if label in names:
            return row
    raise AssertionError(f"no row {label}")


def number_fields(page: SettingsPage) -> Sequence[tuple[Section, Row, NumberField]]:
    """All fields for numbers."""
    return [
        (section, row, row.control)
        for section in page.sections
        for row in section.rows
        if isinstance(row.control, NumberField)
    ]


def type_into(qtbot: QtBot, field: QLineEdit, text: str) -> None:
    """Replaces what is in a field and presses Return."""
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_there_is_a_field_for_every_number(page: SettingsPage) -> None:
    assert len(number_fields(page)) == len(NUMBERS)


def test_every_section_of_the_settings_is_there(page: SettingsPage) -> None:
    names = {section.name for section in page.sections}
    assert names == {"live", "recognition", "files", "subtitles", "look", "keys", "folders"}


def test_nonsense_in_any_number_says_what_is_expected_and_changes_nothing(
    qtbot: QtBot, page: SettingsPage, services: Services
) -> None:
    for section, row, field in number_fields(page):
        page.open(section.name)
        before = field.text()
        type_into(qtbot, field, "many")
        assert "number" in row.problem, row.control.accessibleName()
        assert field.property("wrong") is True
        qtbot.keyClick(field, Qt.Key.Key_Escape)
        assert field.text() == before
        assert row.problem == ""
    assert services.settings.current == Settings()


def test_a_number_is_in_force_at_once(qtbot: QtBot, page: SettingsPage, services: Services) -> None:
    row = row_of(page, "live", "Size of the captions")
    assert isinstance(row.control, NumberField)
    type_into(qtbot, row.control, "40")
    assert services.settings.current.live.font_pt == 40
    qtbot.keyClick(row.control, Qt.Key.Key_Up)
    assert services.settings.current.live.font_pt == 42
    assert row.control.text() == "42"
    qtbot.keyClick(row.control, Qt.Key.Key_PageDown)
    assert services.settings.current.live.font_pt == 22


def test_a_number_may_be_emptied_where_the_model_knows_better(
    qtbot: QtBot, page: SettingsPage, services: Services
) -> None:
    row = row_of(page, "recognition", "Breadth of the search")
    assert isinstance(row.control, NumberField)
    type_into(qtbot, row.control, "100")
    assert services.settings.current.recognition.beam == 100
    row.control.clear()
    qtbot.keyClick(row.control, Qt.Key.Key_Return)
    assert services.settings.current.recognition.beam is None


def test_a_change_elsewhere_is_shown(page: SettingsPage, services: Services) -> None:
    row = row_of(page, "live", "Size of the captions")
    services.settings.change("live", font_pt=50)
    assert isinstance(row.control, NumberField)
    assert row.control.text() == "50"


def test_a_box_is_in_force_at_once(qtbot: QtBot, page: SettingsPage, services: Services) -> None:
    box = row_of(page, "recognition", "Numbers as digits").control
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert services.settings.current.recognition.digits


def test_a_choice_is_in_force_at_once(qtbot: QtBot, page: SettingsPage, services: Services) -> None:
    box = row_of(page, "look", "Colours").control
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_End)
    assert services.settings.current.look.theme == "dark"
    assert services.theme.current.is_dark


def test_the_wheel_does_not_change_a_choice_that_is_scrolled_over(page: SettingsPage) -> None:
    from PySide6.QtCore import QPoint, QPointF
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QApplication

    box = row_of(page, "look", "Colours").control
    assert isinstance(box, QComboBox)
    down = QWheelEvent(
        QPointF(5, 5),
        box.mapToGlobal(QPointF(5, 5)),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, down)
    assert box.currentIndex() == 0


def test_a_section_is_reset_by_its_button(qtbot: QtBot, page: SettingsPage, services: Services) -> None:
    section = section_of(page, "live")
    button = next(b for b in section.findChildren(QPushButton) if b.text() == "Reset to defaults")
    assert not button.isVisible()
    services.settings.change("live", font_pt=50, latency_s=0.5)
    services.settings.change("look", size_pt=12)
    assert button.isVisible()
    button.click()
    assert services.settings.current.live == Settings().live
    assert services.settings.current.look.size_pt == 12
    assert not button.isVisible()


def test_a_wrong_template_is_told_while_it_is_typed(
    qtbot: QtBot, page: SettingsPage, services: Services
) -> None:
    row = row_of(page, "files", "Name of results")
    assert isinstance(row.control, QLineEdit)
    row.control.selectAll()
    qtbot.keyClicks(row.control, "{dat} {name}")
    assert "did you mean {date}" in row.problem
    assert services.settings.current.files.name_template != "{dat} {name}"
    row.control.selectAll()
    qtbot.keyClicks(row.control, "{date} {name}")
    assert row.problem == ""
    assert services.settings.current.files.name_template == "{date} {name}"


def test_formats_are_chosen_by_boxes(page: SettingsPage, services: Services) -> None:
    row = row_of(page, "files", "Formats")
    boxes = {box.text(): box for box in row.findChildren(QCheckBox)}
    boxes["SRT"].click()
    boxes["DOCX"].click()
    assert services.settings.current.files.formats == ("txt", "docx")


def test_watched_folders_come_and_go(page: SettingsPage, services: Services, tmp_path: Path) -> None:
    row = row_of(page, "files", "Watched folders")
    folders = row.control
    assert isinstance(folders, FolderList)
    folders.add_folder(tmp_path / "a")
    folders.add_folder(tmp_path / "b")
    folders.add_folder(tmp_path / "a")
    assert services.settings.current.files.watch_folders == (tmp_path / "a", tmp_path / "b")
    held = folders.findChild(QListWidget)
    assert held is not None
    held.setCurrentRow(0)
    remove = next(b for b in folders.findChildren(QPushButton) if b.text() == "Remove")
    remove.click()
    assert services.settings.current.files.watch_folders == (tmp_path / "b",)


def test_hot_words_are_checked_line_by_line(qtbot: QtBot, page: SettingsPage, services: Services) -> None:
    row = row_of(page, "recognition", "Words to expect")
    field = row.control
    assert isinstance(field, HotWordsField)
    field.setPlainText("Nguyen 5\nacme 99\n7")
    qtbot.waitUntil(lambda: bool(row.problem))
    assert "Line 2" in row.problem
    assert "Line 3" in row.problem
    assert services.settings.current.recognition.hot_words == ""
    field.setPlainText("Nguyen 5\nacme 9")
    qtbot.waitUntil(lambda: not row.problem)
    assert services.settings.current.recognition.hot_words == "Nguyen 5\nacme 9"


def test_a_model_shows_what_is_known_of_it(page: SettingsPage, services: Services, tmp_path: Path) -> None:
    section = section_of(page, "recognition")
    assert isinstance(section, RecognitionSection)
    good = ModelChoice(
        id="asr-en", path=tmp_path, size_mb=25, licence="Apache-2.0", scores=("WER: 32.0% (dev)",), card="# c"
    )
    bad = ModelChoice(id="asr-xx", path=tmp_path, problem="asr-xx is damaged: copy it again")
    section._show_models((good, bad))
    row = row_of(page, "recognition", "Model")
    shown = "\n".join(label.text() for label in row.findChildren(QLabel))
    assert "25 MB, licence Apache-2.0." in shown
    assert "WER: 32.0% (dev)" in shown
    services.settings.change("recognition", model="asr-xx")
    assert row.problem == "asr-xx is damaged: copy it again"


def test_an_input_that_is_not_plugged_in_stays_chosen(page: SettingsPage, services: Services) -> None:
    section = section_of(page, "live")
    assert isinstance(section, LiveSection)
    services.settings.change("live", input="headset")
    desk = InputDevice(
        id="desk", name="Desk", kind="microphone", n_channels=1, sample_rate=48_000, is_default=True
    )
    section._show_inputs((desk,))
    box = row_of(page, "live", "Microphone").control
    assert isinstance(box, QComboBox)
    assert box.currentText() == "headset (not there now)"
    assert services.settings.current.live.input == "headset"
    section._show_inputs((desk, replace(desk, id="headset", name="Headset")))
    assert box.currentText() == "Headset"


def test_a_key_is_changed_by_pressing_it_unless_it_is_taken(
    qtbot: QtBot, page: SettingsPage, services: Services
) -> None:
    services.keys.add(page, "settings.undo", "Undo", "Ctrl+Z")
    row = row_of(page, "keys", "Undo")
    field = row.findChild(QKeySequenceEdit)
    assert field is not None
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    field.editingFinished.emit()
    assert row.problem == "“Search settings” has this key already."
    assert services.settings.current.keys == {}
    qtbot.keyClick(field, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    field.editingFinished.emit()
    assert row.problem == ""
    assert services.settings.current.keys == {"settings.undo": "Ctrl+J"}
    default = next(b for b in row.findChildren(QPushButton) if b.text() == "Default")
    default.click()
    assert services.settings.current.keys == {}


@pytest.mark.parametrize(
    ("typed", "section"),
    [
        ("opacity clear", "live"),
        ("hot word", "recognition"),
        ("xylophone", None),
        ("seconds silence", "subtitles"),
        ("folder exports", "folders"),
    ],
)
def test_settings_are_found_by_their_words(
    qtbot: QtBot, page: SettingsPage, typed: str, section: str | None
) -> None:
    page._search.setText(typed)
    qtbot.waitUntil(lambda: page._search.text() == typed and page._search._told == typed)
    visible = {found.name for found in page.sections if found.isVisible()}
    if section is None:
        assert visible == set()
        assert page._nothing.isVisible()
    else:
        assert section in visible


def test_an_empty_search_shows_the_section_again(qtbot: QtBot, page: SettingsPage) -> None:
    page.open("look")
    page._search.setText("folder")
    qtbot.waitUntil(lambda: page._search._told == "folder")
    qtbot.keyClick(page._search, Qt.Key.Key_Escape)
    assert [found.name for found in page.sections if found.isVisible()] == ["look"]
