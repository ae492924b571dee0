"""The language of the interface: English in the source, others from `translations/`.

English has a file, too: of the words that change with a number, since "%n word(s)" is what the source says.
Qt's own words, such as those of its file dialogs, come from Qt. `make translations` makes the files.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

FOLDER = Path(__file__).with_name("translations")
LANGUAGES = {"en": "English", "de": "Deutsch", "es": "Español"}  # each in itself


def chosen_language(setting: str, system: Sequence[str]) -> str:
    """The language to show.

    Args:
        setting: `LookSettings.language`.
        system: the system's languages, best first, such as "de-AT".

    Example:
        >>> chosen_language("system", ["fr-FR", "de-AT", "en-GB"])
        'de'
    """
    if setting != "system":
        return setting
    wanted = (name.replace("_", "-").partition("-")[0].lower() for name in system)
    return next((name for name in wanted if name in LANGUAGES), "en")


def install_language(app: QCoreApplication, setting: str) -> str:
    """Makes the app speak; before its widgets are made.

    Returns:
        The language.
    """
    language = chosen_language(setting, QLocale.system().uiLanguages())
    if setting != "system":
        # Numbers and dates as the words around them.
        QLocale.setDefault(QLocale(language))
    add_words(app, language)
    return language


def add_words(app: QCoreApplication, language: str) -> tuple[QTranslator, ...]:
    """Gives the app the words of a language, Qt's and ours; widgets that are there keep theirs.

    Returns:
        What holds the words: those of Qt only where Qt has that language.
    """
    of_qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    added = []
    for name, folder in (("qtbase", of_qt), ("speechrnn", str(FOLDER))):
        translator = QTranslator(app)
        if translator.load(f"{name}_{language}", folder):
            app.installTranslator(translator)
            added.append(translator)
    return tuple(added)
