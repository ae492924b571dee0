"""The sections that are plain rows: live captions, subtitles, the look."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QPushButton

from gui.i18n import LANGUAGES
from gui.live.inputs import Audio
from gui.services import Services
from gui.settings.fields import Choice, Row
from gui.settings.jobs import find_inputs
from gui.settings.presenter import SettingsPresenter
from gui.settings.section import Section
from speechrnn.audio.streams import InputDevice


class LiveSection(Section):
    """Live captions."""

    name = "live"

    def __init__(self, services: Services, presenter: SettingsPresenter, audio: Audio) -> None:
        super().__init__(services, presenter)
        self._audio = audio
        self.set_title(self.tr("Live captions"))
        self._input = self._add_inputs()
        self.add_number(
            "latency_s",
            self.tr("Longest wait for a word"),
            self.tr(
                "Longer waits make fewer mistakes in the text that is shown first. From 0.3 to 1.5 seconds."
            ),
            self.tr("seconds"),
        )
        self.add_number(
            "font_pt", self.tr("Size of the captions"), self.tr("From 8 to 120 points."), self.tr("points")
        )
        self.add_number(
            "overlay_lines",
            self.tr("Lines of the caption window"),
            self.tr("Of the window that stays on top of all others."),
        )
        self.add_number(
            "overlay_opacity",
            self.tr("Background of the caption window"),
            self.tr("0 is clear, 1 is solid. The text itself stays solid."),
        )
        self._add_place()
        self.add_toggle(
            "show_heard",
            self.tr("Show what the network hears"),
            self.tr(
                "A picture of the sound and of the letters that the network finds in it, while you speak."
            ),
        )
        self.add_toggle(
            "save_recordings",
            self.tr("Keep recordings"),
            self.tr("The sound of a session stays beside its text. Without it only the text is kept."),
        )

    def entered(self) -> None:
        """Looks for inputs: they come and go."""
        self.services.workers.start(
            find_inputs(self._audio), on_item=self._show_inputs, on_failed=self._on_no_inputs
        )

    def _add_inputs(self) -> Row:
        box = Choice()
        box.addItem(self.tr("As the system"), "")
        box.activated.connect(lambda _index: self.presenter.set("live", "input", box.currentData()))
        about = self.tr("What is heard. Inputs that are plugged in later appear here.")

        def show() -> None:
            chosen = self.presenter.value("live", "input")
            if box.findData(chosen) < 0:
                box.addItem(self.tr("{name} (not there now)").format(name=chosen), chosen)
            box.setCurrentIndex(box.findData(chosen))

        return self.add(Row(self.tr("Microphone"), box, about), show)

    def _show_inputs(self, found: Sequence[InputDevice]) -> None:
        box = self._input.control
        assert isinstance(box, Choice)
        while box.count() > 1:
            box.removeItem(1)
        for device in found:
            box.addItem(device.name, device.id)
        self._input.show_problem("")
        self.show_settings()

    def _on_no_inputs(self, error: Exception) -> None:
        self._input.show_problem(str(error))

    def _add_place(self) -> None:
        button = QPushButton(self.tr("Put it back"))

        def put_back() -> None:
            for name in ("overlay_x", "overlay_y", "overlay_width"):
                self.presenter.set("live", name, None)

        def show() -> None:
            places = ("overlay_x", "overlay_y", "overlay_width")
            button.setEnabled(any(self.presenter.value("live", name) is not None for name in places))

        button.clicked.connect(put_back)
        about = self.tr("Shows the caption window at the bottom of the screen again, in its first width.")
        self.add(Row(self.tr("Place of the caption window"), button, about), show)


class SubtitlesSection(Section):
    """The shape of subtitles."""

    name = "subtitles"

    def __init__(self, services: Services, presenter: SettingsPresenter) -> None:
        super().__init__(services, presenter)
        self.set_title(self.tr("Subtitles"))
        seconds = self.tr("seconds")
        self.add_number("max_lines", self.tr("Most lines at a time"), "")
        self.add_number("max_characters", self.tr("Most characters in a line"), "")
        self.add_number("min_s", self.tr("Shortest time on the screen"), "", seconds)
        self.add_number("max_s", self.tr("Longest time on the screen"), "", seconds)
        self.add_number(
            "max_characters_per_s",
            self.tr("Reading speed"),
            self.tr("Where speech is faster, text stays on the screen as long as it can."),
            self.tr("characters a second"),
        )
        self.add_number(
            "min_gap_s",
            self.tr("Gap between two subtitles"),
            self.tr("So that the eye sees that the text has changed."),
            seconds,
        )
        self.add_number(
            "max_pause_s",
            self.tr("Pause that ends a subtitle"),
            self.tr("Silence longer than this."),
            seconds,
        )


class LookSection(Section):
    """The look of the window."""

    name = "look"

    def __init__(self, services: Services, presenter: SettingsPresenter) -> None:
        super().__init__(services, presenter)
        self.set_title(self.tr("Look and language"))
        self.add_choice(
            "theme",
            self.tr("Colours"),
            "",
            [("system", self.tr("As the system")), ("light", self.tr("Light")), ("dark", self.tr("Dark"))],
        )
        self.add_number(
            "size_pt",
            self.tr("Size of the text"),
            self.tr("All of the window grows with it."),
            self.tr("points"),
        )
        language = self.add_choice(
            "language",
            self.tr("Language"),
            self.tr("Of the window; in force at the next start. What is recognized does not depend on it."),
            [("system", self.tr("As the system")), *LANGUAGES.items()],
        )
        language.activated.connect(self._tell_restart)

    def _tell_restart(self) -> None:
        self.services.messages.show(
            "info", self.tr("The window speaks the other language from its next start on.")
        )
