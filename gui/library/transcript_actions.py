"""The actions of an open transcript: their names, keys and icons, in one table."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gui.library.actions import ActionPlan, ActionTable


class TranscriptActions(ActionTable):
    """What can be done with an open transcript by key, button or menu."""

    def make(self, handlers: Mapping[str, Callable[[], object]]) -> None:
        """Makes all actions.

        Args:
            handlers: what each does, by its id.
        """
        for plan in (*self._of_sound(), *self._of_text(), *self._of_page()):
            self.add(plan, handlers[plan.id])

    def _of_sound(self) -> tuple[ActionPlan, ...]:
        return (
            ActionPlan(id="play", text=self.tr("Play or pause"), key="Ctrl+Space", icon="play"),
            ActionPlan(id="play_from", text=self.tr("Play from here"), key="Ctrl+Shift+Space"),
            ActionPlan(id="back", text=self.tr("Five seconds back"), key="Alt+Left", icon="rewind"),
            ActionPlan(id="forward", text=self.tr("Five seconds on"), key="Alt+Right", icon="forward"),
            ActionPlan(id="slower", text=self.tr("Slower"), key="F4"),
            ActionPlan(id="faster", text=self.tr("Faster"), key="F5"),
            ActionPlan(
                id="loop",
                text=self.tr("Loop the line or the choice"),
                key="Ctrl+L",
                icon="loop",
                checkable=True,
            ),
            ActionPlan(id="zoom_in", text=self.tr("Waveform closer"), key="Ctrl++", icon="zoom_in"),
            ActionPlan(id="zoom_out", text=self.tr("Waveform further"), key="Ctrl+-", icon="zoom_out"),
            ActionPlan(id="marker", text=self.tr("Next marked moment"), key="Ctrl+M", icon="marker"),
            ActionPlan(id="clip", text=self.tr("Save the sound of the choice…")),
        )

    def _of_text(self) -> tuple[ActionPlan, ...]:
        return (
            ActionPlan(id="undo", text=self.tr("Undo"), key="Ctrl+Z", icon="undo"),
            ActionPlan(id="redo", text=self.tr("Redo"), key="Ctrl+Shift+Z", icon="redo"),
            ActionPlan(id="edit", text=self.tr("Edit the line"), key="F2"),
            ActionPlan(id="split", text=self.tr("Split the line before the word"), key="Ctrl+Shift+J"),
            ActionPlan(id="merge", text=self.tr("Join with the next line"), key="Ctrl+J"),
            ActionPlan(id="remove", text=self.tr("Delete the line"), key="Ctrl+Shift+Delete"),
            ActionPlan(id="start_earlier", text=self.tr("Line begins 0.1 s earlier"), key="F9"),
            ActionPlan(id="start_later", text=self.tr("Line begins 0.1 s later"), key="F10"),
            ActionPlan(id="end_earlier", text=self.tr("Line ends 0.1 s earlier"), key="Ctrl+F9"),
            ActionPlan(id="end_later", text=self.tr("Line ends 0.1 s later"), key="Ctrl+F10"),
            ActionPlan(id="speaker", text=self.tr("Name the speaker"), key="Ctrl+Shift+S"),
            ActionPlan(id="alternatives", text=self.tr("Other words for this one"), key="Alt+Down"),
            ActionPlan(
                id="doubt_previous", text=self.tr("Doubtful word before"), key="Shift+F8", icon="left"
            ),
            ActionPlan(id="doubt_next", text=self.tr("Next doubtful word"), key="F8", icon="right"),
            ActionPlan(
                id="confirm", text=self.tr("This word is right, next one"), key="Ctrl+Return", icon="tick"
            ),
        )

    def _of_page(self) -> tuple[ActionPlan, ...]:
        return (
            ActionPlan(id="close", text=self.tr("Back to the library"), key="Alt+Up", icon="back"),
            ActionPlan(id="find", text=self.tr("Find"), key="Ctrl+F", icon="search"),
            ActionPlan(id="replace", text=self.tr("Find and replace"), key="Ctrl+H"),
            ActionPlan(id="find_next", text=self.tr("Next find"), key="F3", icon="down"),
            ActionPlan(id="find_previous", text=self.tr("Find before"), key="Shift+F3", icon="up"),
            ActionPlan(id="find_close", text=self.tr("Close the search"), icon="close"),
            ActionPlan(id="copy", text=self.tr("Copy"), key="Ctrl+C"),
            ActionPlan(id="copy_all", text=self.tr("Copy all text"), key="Ctrl+Shift+C", icon="copy"),
            ActionPlan(id="export", text=self.tr("Export"), key="Ctrl+E", icon="export"),
            ActionPlan(id="print", text=self.tr("Print…"), key="Ctrl+P"),
        )
