"""The page of all settings."""

from gui.settings.view import SettingsPage

__all__ = ["SettingsPage"]
