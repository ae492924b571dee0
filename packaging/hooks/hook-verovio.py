"""The fonts that verovio draws notes with; packed where a module imports it."""

from PyInstaller.utils.hooks import collect_data_files

datas = collect_data_files("verovio")
