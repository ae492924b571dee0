"""Colours that can be read, sizes that grow together, and icons for all."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui import icons
from gui.stylesheet import stylesheet
from gui.theme import DARK, LIGHT, PAIRS, Theme, ThemeSource, contrast, palette
from speechrnn.store.settings import LookSettings

THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
ASSETS = Path(icons.__file__).with_name("assets")


class FakeSystem(QObject):
    """A desktop that is light or dark, and lets an app overrule that for itself."""

    colorSchemeChanged = Signal(object)  # noqa: N815 - Qt's name

    def __init__(self) -> None:
        super().__init__()
        self._own = Qt.ColorScheme.Light
        self._asked: Qt.ColorScheme | None = None

    def turn(self, scheme: Qt.ColorScheme) -> None:
        self._own = scheme
        self.colorSchemeChanged.emit(scheme)

    def colorScheme(self) -> Qt.ColorScheme:
        return self._asked or self._own

    def setColorScheme(self, scheme: Qt.ColorScheme, /) -> None:
        self._asked = scheme

    def unsetColorScheme(self) -> None:
        self._asked = None


def test_contrast_is_that_of_the_guidelines() -> None:
    """The greys that the guidelines' own understanding documents name."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert contrast("#ffffff", "#949494") == pytest.approx(3.03, abs=0.01)


@THEMES
@pytest.mark.parametrize(("over", "ground", "least"), PAIRS, ids=str)
def test_what_stands_on_something_can_be_read(theme: Theme, over: str, ground: str, least: float) -> None:
    assert contrast(getattr(theme, over), getattr(theme, ground)) >= least


def test_every_colour_that_text_has_is_held_to_a_contrast() -> None:
    """A token that nobody compares could be illegible."""
    compared = {name for over, ground, _ in PAIRS for name in (over, ground)}
    decoration = {"is_dark", "border"}
    assert {field.name for field in fields(Theme)} - decoration == compared


@THEMES
def test_the_style_sheet_is_complete(theme: Theme) -> None:
    sheet = stylesheet(theme, 11)
    assert "@" not in sheet
    colours = {getattr(theme, field.name) for field in fields(Theme)}
    assert set(re.findall(r"#[0-9a-f]{6}", sheet)) <= colours


def test_sizes_grow_with_the_text() -> None:
    small = [int(size) for size in re.findall(r"(\d+)px", stylesheet(LIGHT, 8))]
    large = [int(size) for size in re.findall(r"(\d+)px", stylesheet(LIGHT, 28))]
    assert len(small) == len(large)
    assert all(one <= other for one, other in zip(small, large, strict=True))
    assert sum(large) > 2.5 * sum(small)


@THEMES
def test_files_of_the_style_sheet_are_there_in_colours_that_show(theme: Theme) -> None:
    files = re.findall(r'url\("(.+?)"\)', stylesheet(theme, 11))
    for name in files:
        colour = re.findall(r'(?:stroke|fill)="(#\w+)"', Path(name).read_text())[0]
        ground = theme.accent if "arrow" not in name else theme.surface
        assert contrast(colour, ground) >= 3
    assert len(files) == 5


def test_the_theme_follows_settings_and_system(qtbot: QtBot) -> None:
    system = FakeSystem()
    source = ThemeSource(LookSettings(theme="system"), system=system)
    assert source.current is LIGHT
    with qtbot.waitSignal(source.changed) as told:
        system.turn(Qt.ColorScheme.Dark)
    assert told.args == [DARK]
    with qtbot.waitSignal(source.changed):
        source.set_look(LookSettings(theme="light"))
    assert source.current is LIGHT
    assert system.colorScheme() == Qt.ColorScheme.Light, "title bars stay dark"
    with qtbot.assertNotEmitted(source.changed):
        system.turn(Qt.ColorScheme.Light)
        system.turn(Qt.ColorScheme.Dark)
    with qtbot.waitSignal(source.changed):
        source.set_look(LookSettings(theme="system"))
    assert source.current is DARK


def test_another_size_of_text_is_told(qtbot: QtBot) -> None:
    source = ThemeSource(LookSettings())
    with qtbot.waitSignal(source.changed):
        source.set_look(replace(LookSettings(), size_pt=20))
    assert source.size_pt == 20


@THEMES
def test_the_palette_has_the_colours_of_the_theme(theme: Theme) -> None:
    made = palette(theme)
    assert made.window().color().name() == theme.window
    assert made.text().color().name() == theme.text
    assert made.highlight().color().name() == theme.selection


@pytest.mark.parametrize("name", icons.NAMES)
def test_an_icon_is_drawn(qapp: QApplication, name: str) -> None:
    image = icons.pixmap(name, "#ff0000", 24, 2.0).toImage()
    assert image.width() == 48
    reds = sum(image.pixelColor(x, y).red() > 200 for x in range(48) for y in range(48))
    assert reds > 20
    edge = [image.pixelColor(x, y).alpha() for x in (0, 47) for y in range(48)]
    assert not any(edge), "it touches the border"


def test_icons_are_dim_where_they_are_out_of_use(qapp: QApplication) -> None:
    image = icons.icon("play", LIGHT).pixmap(32, 32, QIcon.Mode.Disabled).toImage()
    solid = {
        image.pixelColor(x, y).name()
        for x in range(32)
        for y in range(32)
        if image.pixelColor(x, y).alpha() == 255
    }
    assert solid == {LIGHT.text_off}
