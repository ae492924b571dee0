"""The fields of the music tab: key, meter, tempo, instrument, bars, seed, temperature."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gui.compose.fields import METERS, TONICS
from gui.compose.music_presenter import MusicPresenter
from gui.compose.panel import FieldPanel
from gui.settings.fields import Choice, Row
from speechrnn.music.synthesizer import INSTRUMENTS


class MusicPanel(FieldPanel):
    """Works on the presenter itself."""

    def __init__(self, presenter: MusicPresenter, parent: QWidget | None = None) -> None:
        super().__init__(presenter.fields, parent)
        self._presenter = presenter
        self.tonic = Choice()
        for name in TONICS:
            self.tonic.addItem(name.replace("b", "♭").replace("#", "♯"), name)
        self.mode = Choice()
        self.meter = Choice()
        for meter in METERS:
            self.meter.addItem(meter, meter)
        self.program = Choice()
        self.add_row("tonic", Row(self.tr("Key"), self.tonic, ""))
        self.add_row("mode", Row(self.tr("Mode"), self.mode, ""))
        self.add_row("meter", Row(self.tr("Meter"), self.meter, ""))
        self.add_number("bars", self.tr("Bars"), self.tr("Of a new tune, or how many it goes on."))
        self.add_number("tempo", self.tr("Tempo"), "", self.tr("quarters a minute"))
        self.add_row("program", Row(self.tr("Instrument"), self.program, ""))
        self.add_number("temperature", self.tr("Temperature"), self.tr("Lower is safer, higher is bolder."))
        self.add_number("seed", self.tr("Seed"), self.tr("The same seed gives the same tune."))
        self.program.addItem(self.tr("As the piece asks"), None)
        for one in INSTRUMENTS:
            self.program.addItem(self._instrument(one.name), one.program)
        self._modes = {
            "major": self.tr("major"),
            "minor": self.tr("minor"),
            "dorian": self.tr("dorian"),
            "mixolydian": self.tr("mixolydian"),
        }
        self.set_kind("folk")
        for box in (self.tonic, self.mode, self.meter, self.program):
            box.activated.connect(lambda _index: self._on_chosen())
        self.show_all()
        self.fit()

    def set_kind(self, kind: str) -> None:
        """Offers the modes that a network knows."""
        known = ("major", "minor") if kind == "chorale" else tuple(self._modes)
        if [self.mode.itemData(i) for i in range(self.mode.count())] == list(known):
            return
        self.mode.clear()
        for name in known:
            self.mode.addItem(self._modes[name], name)
        if self._presenter.mode not in known:
            self._presenter.mode = "minor" if self._presenter.mode == "dorian" else "major"
        self.show_all()

    def show_all(self) -> None:
        """Shows what the presenter has."""
        presenter = self._presenter
        for box, value in (
            (self.tonic, presenter.tonic),
            (self.mode, presenter.mode),
            (self.meter, presenter.meter),
            (self.program, presenter.program),
        ):
            box.setCurrentIndex(max(box.findData(value), 0))
        self.show_values()

    def _on_chosen(self) -> None:
        presenter = self._presenter
        presenter.tonic = str(self.tonic.currentData())
        presenter.mode = str(self.mode.currentData())
        presenter.meter = str(self.meter.currentData())
        presenter.program = self.program.currentData()
        self.changed.emit()

    def _instrument(self, name: str) -> str:
        return {
            "Piano": self.tr("Piano"),
            "Harp": self.tr("Harp"),
            "Flute": self.tr("Flute"),
            "Fiddle": self.tr("Fiddle"),
            "Organ": self.tr("Organ"),
            "Choir": self.tr("Choir"),
        }.get(name, name)
