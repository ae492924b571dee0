"""The compose page: a tab for text and one for music, and what is said where neither can be had."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QPushButton, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from gui.compose.composers import Composers, Model, find_models
from gui.compose.drafts import draft_path, load_job, save_job
from gui.compose.music_tab import MusicTab
from gui.compose.text_tab import TextTab
from gui.compose.tune_player import OpenOutput
from gui.live.inputs import Audio, SystemAudio
from gui.messages import error_text
from gui.page import Page
from gui.services import Services
from gui.widgets.empty_state import EmptyState
from speechrnn.audio.streams import OutputDevice, OutputStream

_SAVE_AFTER_MS = 1000


def open_system_output(device: OutputDevice | None, sample_rate: int, n_channels: int) -> OutputStream:
    """The system's output."""
    # The sound system takes long to import.
    from speechrnn.audio.devices import open_output

    return open_output(device, sample_rate, n_channels)


class ComposePage(Page):
    """Text and music by networks.

    Attributes:
        text: the tab for text.
        music: the tab for music.
    """

    id = "compose"
    icon = "compose"

    def __init__(
        self,
        services: Services,
        parent: QWidget | None = None,
        *,
        open_stream: OpenOutput = open_system_output,
        audio: Audio | None = None,
    ) -> None:
        """Makes the page.

        Args:
            services: what the pages share.
            parent: the stack of pages.
            open_stream: opens what tunes are heard from.
            audio: the inputs; None for the computer's own.
        """
        super().__init__(services, parent)
        self._composers = Composers()
        self._path = draft_path(services.places)
        self._found: tuple[Model, ...] | None = None
        self._looking = self._restored = self._saving = self._dirty = False
        self._wanted = {"text": "", "music": ""}
        self._asked: dict[str, str] = {}  # networks that another page wants to see chosen
        self.text = TextTab(services, self._composers, audio or SystemAudio())
        self.music = MusicTab(services, self._composers, open_stream)
        self._save_soon = QTimer(self, singleShot=True, interval=_SAVE_AFTER_MS)
        self._make_widgets()
        self._add_keys()
        self._save_soon.timeout.connect(self._save)
        self.text.changed.connect(self._on_changed)
        self.music.changed.connect(self._on_changed)
        self._show_state()

    def title(self) -> str:
        """Its name."""
        return self.tr("Compose")

    def entered(self) -> None:
        """Looks for networks; the first time it takes what was kept, too."""
        if not self._restored:
            self._restored = True
            self.services.workers.start(
                load_job(self._path),
                on_item=self._on_draft,
                on_failed=self.services.messages.show_error,
                on_ended=self._look,
            )
        else:
            self._look()

    def left(self) -> None:
        """What is being composed goes on; a page that is not in sight neither sounds nor listens."""
        self.music.work.stop_playing()
        self.text.leave()

    def open(self, target: object) -> None:
        """`Navigation.go("compose", "music")` shows a tab, `("music", id)` with that network chosen."""
        tab, model = target if isinstance(target, tuple) else (target, None)
        if isinstance(tab, str) and tab in self._stacks:
            self._tabs.setCurrentWidget(self._stacks[tab])
            if isinstance(model, str):
                self._asked[tab] = model  # taken when `entered` has looked for networks

    def busy(self) -> str | None:
        """A tune or text that is being made is kept as far as it is: nothing is lost."""
        return None

    def stop(self) -> None:
        """Keeps what there is."""
        self._save_soon.stop()
        self.text.stop()
        self.music.stop()
        if self._dirty:
            self.services.workers.start(
                save_job(self._path, self._draft(self.text.table())),
                on_failed=self.services.messages.show_error,
            )
            self._dirty = False

    def _make_widgets(self) -> None:
        theme = self.services.theme
        self._tabs = QTabWidget()
        self._tabs.tabBar().setAccessibleName(self.tr("Text or music"))
        self._tabs.tabBar().setExpanding(False)
        self._empty = {name: EmptyState(theme, "compose", "", "") for name in ("text", "music")}
        self._stacks: dict[str, QStackedWidget] = {}
        for name, tab, label in (
            ("text", self.text, self.tr("Text")),
            ("music", self.music, self.tr("Music")),
        ):
            stack = QStackedWidget()
            stack.addWidget(self._empty[name])
            stack.addWidget(tab)
            again = QPushButton(self.tr("Look again"))
            again.clicked.connect(self._look)
            self._empty[name].add_button(again)
            self._stacks[name] = stack
            self._tabs.addTab(stack, label)
        self._error = QLabel(wordWrap=True)
        self._error.setProperty("role", "error")
        self._error.hide()
        line = self.fontMetrics().height()
        column = QVBoxLayout(self)
        column.setContentsMargins(line, line // 2, line, line // 2)
        column.addWidget(self._error)
        column.addWidget(self._tabs, 1)
        self._tabs.currentChanged.connect(self._on_tab)

    def _add_keys(self) -> None:
        keys = self.services.keys
        keys.add(self, "compose.text", self.tr("Write text"), "Alt+1", partial(self._go_to, 0))
        keys.add(self, "compose.music", self.tr("Compose music"), "Alt+2", partial(self._go_to, 1))

    def _go_to(self, place: int) -> None:
        self._tabs.setCurrentIndex(place)
        if self._stacks["text" if place == 0 else "music"].currentIndex() == 1:
            (self.text if place == 0 else self.music).take_focus()

    def _on_tab(self, place: int) -> None:
        if place == 0:
            self.music.work.stop_playing()
        else:
            self.text.leave()

    def _look(self) -> None:
        if not self._looking:
            self._looking = True
            self.services.workers.start(
                find_models, on_item=self._on_models, on_failed=self._on_failed, on_ended=self._on_looked
            )

    def _on_looked(self) -> None:
        self._looking = False

    def _on_failed(self, error: BaseException) -> None:
        self._error.setText(error_text(error))
        self._error.show()

    def _on_models(self, models: tuple[Model, ...]) -> None:
        self._error.hide()
        if models == self._found and not self._asked:
            return
        if self._found is not None:
            # Networks come and go, and the user's choice stays.
            chosen = {"text": self.text.presenter.model, "music": self.music.presenter.model}
            self._wanted = {name: model.id if model else "" for name, model in chosen.items()}
        self._wanted |= self._asked
        self._asked = {}
        self._found = models
        self.text.set_models(tuple(m for m in models if m.kind == "text"), self._wanted["text"])
        self.music.set_models(tuple(m for m in models if m.kind != "text"), self._wanted["music"])
        self._show_state()

    def _show_state(self) -> None:
        for name, kinds in (("text", ("text",)), ("music", ("folk", "chorale"))):
            there = self._found is not None and any(m.kind in kinds for m in self._found)
            had_focus = self._stacks[name].isAncestorOf(self.focusWidget() or self)
            self._stacks[name].setCurrentIndex(1 if there else 0)
            if there and had_focus:
                (self.text if name == "text" else self.music).take_focus()
        if self._found is None:
            for empty in self._empty.values():
                empty.set_text(self.tr("Looking for models…"), "")
            return
        heading = {
            "text": self.tr("No model that writes text is installed"),
            "music": self.tr("No model that composes music is installed"),
        }
        for name, empty in self._empty.items():
            text = self.tr(
                "Train one on the page Train, from texts or tunes of your own. Or copy one that somebody "
                "gave you into the folder of models, under a name of its own."
            )
            empty.set_text(heading[name], text)

    def _on_draft(self, table: dict[str, Any]) -> None:
        for name, tab in (("text", self.text), ("music", self.music)):
            kept = table.get(name)
            if isinstance(kept, dict):
                self._wanted[name] = tab.restore(kept)

    def _on_changed(self) -> None:
        if self._found is not None:
            self._dirty = True
            self._save_soon.start()

    def _draft(self, text: dict[str, Any]) -> Callable[[], dict[str, Any]]:
        music = self.music.presenter.draft()
        return lambda: {"text": text, "music": music()}

    def _save(self) -> None:
        if self._saving:
            self._save_soon.start()
            return
        self._saving = True
        self.text.read(self._write)

    def _write(self, text: dict[str, Any]) -> None:
        self._dirty = False
        self.services.workers.start(
            save_job(self._path, self._draft(text)),
            on_failed=self.services.messages.show_error,
            on_ended=self._on_saved,
        )

    def _on_saved(self) -> None:
        self._saving = False
