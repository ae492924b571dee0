"""Tunes as values, and their notations: ABC, MIDI, MusicXML, sound. Pure: text and bytes, no files."""
