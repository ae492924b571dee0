"""The language of the interface: English in the source, others from `translations/`.

Qt's own words, such as those of its file dialogs, come from Qt.
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
    of_qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name, folder in (("qtbase", of_qt), ("speechrnn", str(FOLDER))):
        translator = QTranslator(app)
        if translator.load(f"{name}_{language}", folder):
            app.installTranslator(translator)
    return language
