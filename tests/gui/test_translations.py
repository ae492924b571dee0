"""The interface in other languages: every text of the source, translated whole, and shown."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QSettings, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot
from test_accessibility import SMALL, without_sound

from gui.assembly import make_window
from gui.i18n import FOLDER, LANGUAGES, add_words
from gui.pages import PAGES
from gui.services import Services
from gui.settings import SettingsPage

ROOT = FOLDER.parent
SOURCES = sorted(ROOT.rglob("*.py"))
LUPDATE = Path(sys.executable).with_name("pyside6-lupdate")
REMEDY = "run `make translations`, translate what is unfinished in gui/translations/*.ts, and run it again"
TRANSLATED = [language for language in LANGUAGES if language != "en"]
# What is the same in every language: names, units, and what the user types.
SAME = re.compile(
    r"SpeechRNN|asr-en|[A-G][♭♯]?|F\d+|.*/.*|[^A-Za-z]*"
    r"|TXT|SRT|VTT|JSON|CSV|TSV|MD|DOCX|MIDI|ABC|WAV|MusicXML|" + "|".join(LANGUAGES.values())
)

Key = tuple[str, str]  # context, source


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """An entry of a .ts file; `forms` has one text, or one for each form of the plural."""

    source: str
    forms: tuple[str, ...]
    plural: bool
    state: str | None


def read(path: Path) -> dict[Key, Message]:
    """The messages of a .ts file."""
    messages = {}
    for context in ElementTree.parse(path).getroot().iter("context"):
        for entry in context.iter("message"):
            source, translation = entry.findtext("source") or "", entry.find("translation")
            assert translation is not None
            forms = tuple(form.text or "" for form in translation.iter("numerusform"))
            messages[context.findtext("name") or "", source] = Message(
                source=source,
                forms=forms or (translation.text or "",),
                plural=entry.get("numerus") == "yes",
                state=translation.get("type"),
            )
    return messages


def committed(language: str) -> dict[Key, Message]:
    """The messages of a language."""
    return read(FOLDER / f"speechrnn_{language}.ts")


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> dict[Key, Message]:
    """What lupdate finds in the source now."""
    if not LUPDATE.exists():
        pytest.skip("pyside6-lupdate is not beside this Python")
    path = tmp_path_factory.mktemp("lupdate") / "found.ts"
    subprocess.run([LUPDATE, *SOURCES, "-ts", path], check=True, capture_output=True)
    return read(path)


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every call of `tr` in the source, with the class that it is in."""

    def inside(node: ast.AST, owner: str) -> Iterator[tuple[str, ast.Call]]:
        for child in ast.iter_child_nodes(node):
            here = child.name if isinstance(child, ast.ClassDef) else owner
            if (
                isinstance(child, ast.Call)
                and isinstance(child.func, ast.Attribute)
                and child.func.attr == "tr"
            ):
                yield here, child
            yield from inside(child, here)

    for path in SOURCES:
        yield from inside(ast.parse(path.read_text("utf-8")), "")


def test_every_text_is_one_that_can_be_extracted(extracted: dict[Key, Message]) -> None:
    """lupdate passes over f-strings, variables, and calls inside f-strings, without a word."""
    for context, call in calls():
        text = call.args[0]
        assert isinstance(text, ast.Constant), f"not a plain text: {ast.unparse(call)}"
        assert (context, text.value) in extracted, f"lupdate does not find {ast.unparse(call)} in {context}"
        # Qt looks the text up by the class of the object: another object's `tr` would not find it.
        assert isinstance(call.func, ast.Attribute)
        assert ast.unparse(call.func.value) == "self", ast.unparse(call)


def test_titles_of_pages_stand_in_their_contexts() -> None:
    messages = committed("de")
    assert not [spec.id for spec in PAGES if (spec.context, spec.title) not in messages]


@pytest.mark.parametrize("name", TRANSLATED)
def test_a_language_has_the_texts_of_the_source_and_no_others(
    extracted: dict[Key, Message], name: str
) -> None:
    messages = committed(name)
    assert extracted.keys() - messages.keys() == set(), f"texts are missing: {REMEDY}"
    assert messages.keys() - extracted.keys() == set(), f"texts have gone: {REMEDY}"


def test_english_has_the_texts_with_numbers(extracted: dict[Key, Message]) -> None:
    plurals = {key for key, message in extracted.items() if message.plural}
    assert committed("en").keys() == plurals, REMEDY


@pytest.mark.parametrize("name", list(LANGUAGES))
def test_every_text_is_translated_with_all_its_parts(name: str) -> None:
    for key, message in committed(name).items():
        assert message.state is None, f"{key}: {REMEDY}"
        assert len(message.forms) == (2 if message.plural else 1), key
        for number, form in enumerate(message.forms):
            assert form.strip(), f"{key}: {REMEDY}"
            # One of something may be said without its number.
            allowed = [parts(message.source), parts(message.source, one=message.plural and number == 0)]
            assert parts(form) in allowed, key
            assert form.count("\n") == message.source.count("\n"), key
            assert (form[0].isspace(), form[-1].isspace()) == (
                message.source[0].isspace(),
                message.source[-1].isspace(),
            ), key
            assert form.endswith("…") == message.source.endswith("…"), key


def parts(text: str, *, one: bool = False) -> list[str]:
    """What is filled in: {names}, %n; without %n for `one`."""
    found = sorted(re.findall(r"\{[^}]*\}|%L?n|%\d|&(?=\w)", text))
    return [part for part in found if not (one and part in ("%n", "%Ln"))]


@pytest.mark.parametrize("name", list(LANGUAGES))
def test_the_compiled_file_says_what_the_readable_one_says(name: str) -> None:
    translator = QTranslator()
    assert translator.load(f"speechrnn_{name}", str(FOLDER)), REMEDY
    for (context, source), message in committed(name).items():
        if message.plural:
            for number, form in ((1, message.forms[0]), (2, message.forms[1])):
                said = translator.translate(context, source, None, number)
                assert said == form, f"{source}: {REMEDY}"
        else:
            assert translator.translate(context, source) == message.forms[0], f"{source}: {REMEDY}"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("1 word", "1,234 words")),
        ("de", ("1 Wort", "1.234 Wörter")),
        ("es", ("1 palabra", "12.345 palabras")),
    ],
    ids=["en", "de", "es"],
)
def test_numbers_bend_words(language: str, said: tuple[str, str]) -> None:
    from gui.files.wording import Wording

    many = int(re.sub(r"\D", "", said[1]))
    assert (Wording().words(1), Wording().words(many)) == said


@pytest.mark.parametrize("other", TRANSLATED)
def test_no_english_is_left_in_the_window(
    qtbot: QtBot, qapp: QApplication, services: Services, other: str
) -> None:
    english = texts_of_window(qtbot, qapp, services)
    # A text may be the same in both languages, and has been looked at then.
    forms = {m.source for m in committed(other).values() if m.source in m.forms}
    same = re.compile("|".join(re.sub(r"\\{.*?\\}", ".+", re.escape(form)) for form in forms))
    translators = add_words(qapp, other)
    QLocale.setDefault(QLocale(other))
    try:
        translated = texts_of_window(qtbot, qapp, services)
    finally:
        for translator in translators:
            qapp.removeTranslator(translator)
            translator.deleteLater()
    assert len(translated) > 300
    alike = english & translated
    left = {text for text in alike if not SAME.fullmatch(text) and not same.fullmatch(text)}
    assert not left, f"shown in English: {sorted(left)}"


def texts_of_window(qtbot: QtBot, qapp: QApplication, services: Services) -> set[str]:
    """Opens the window, goes through all pages and their sections, and closes it."""
    memory = QSettings(str(services.places.settings.with_name("window.ini")), QSettings.Format.IniFormat)
    window = make_window(services, qapp, [without_sound(spec) for spec in PAGES], memory)
    window.resize(*SMALL)
    with qtbot.waitExposed(window):
        window.show()
    texts: set[str] = set()
    for spec in PAGES:
        window.go(spec.id)
        page = window.page
        assert page is not None
        qtbot.waitUntil(page.isVisible)
        if isinstance(page, SettingsPage):
            for section in page.sections:
                section.entered()
    for widget in [window, *window.findChildren(QWidget)]:
        texts.update(said_by(widget))
    for action in window.findChildren(QAction):
        texts.update((action.text(), action.toolTip()))
    with qtbot.waitSignal(window.closed, timeout=60_000):
        window.close_unasked()
    window.deleteLater()
    return {text for text in texts if text.strip()}


def said_by(widget: QWidget) -> Iterator[str]:
    """Every text of a widget that somebody can see or hear."""
    yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
    if isinstance(widget, (QLabel, QAbstractButton)):
        yield widget.text()
    if isinstance(widget, (QLineEdit, QPlainTextEdit, QTextEdit)):
        yield widget.placeholderText()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(row) for row in range(widget.count()))
    elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
        model = widget.model()
        yield from (str(model.index(row, 0).data() or "") for row in range(model.rowCount()))
