"""Settings: what is saved comes back, and no file can keep the program from starting."""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechrnn.errors import ConfigError
from speechrnn.store.places import VARIABLE, places
from speechrnn.store.settings import (
    FileSettings,
    FolderSettings,
    LiveSettings,
    LookSettings,
    RecognitionSettings,
    Settings,
)
from speechrnn.store.settings_file import (
    SCHEMA,
    load_settings,
    parse_settings,
    read_settings,
    save_settings,
    settings_text,
)
from speechrnn.transcript.subtitles import SubtitleOptions

_CHANGED = Settings(
    live=LiveSettings(input="Mikrofon #1", latency_s=0.3, overlay_x=-1200, overlay_y=0, overlay_width=900),
    files=FileSettings(
        formats=(),
        beside=False,
        name_template="{date} {name}",
        watch_folders=(Path("C:/Über uns"), Path("b")),
    ),
    recognition=RecognitionSettings(lm_weight=1.5, beam=50, hot_words='Zoë 2\n"quoted"\\', device="cpu"),
    subtitles=SubtitleOptions(max_lines=1, min_s=8.0, max_s=9.0),
    look=LookSettings(theme="dark", language="de"),
    keys=MappingProxyType({"live.start": "Ctrl+R", "a b": "F5"}),
    folders=FolderSettings(recordings=Path("/media/disk")),
)


@pytest.mark.parametrize("settings", [Settings(), _CHANGED], ids=["defaults", "changed"])
def test_what_is_saved_comes_back(tmp_path: Path, settings: Settings) -> None:
    path = tmp_path / "new folder" / "settings.toml"
    save_settings(settings, path)
    assert load_settings(path) == (settings, ())


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "settings.toml") == (Settings(), ())
    assert list(tmp_path.iterdir()) == []


def test_a_setting_that_is_not_named_has_its_default() -> None:
    assert parse_settings("schema = 1\n[look]\nsize_pt = 14\n") == Settings(look=LookSettings(size_pt=14))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "schema = 1\n[live]\nlatncy_s = 1.0",
            r"x: live\.latncy_s is no setting \(did you mean latency_s\?\)",
        ),
        ("schema = 1\n[lok]", r"x: there is no section \[lok\] \(did you mean look\?\)"),
        ("schema = 1\nlook = 3", r"x: look is 3; expected a section \[look\]"),
        ("schema = 1\n[live]\nlatency_s = 9", r"x: live: latency_s is 9\.0; expected 0\.3 to 1\.5"),
        ("schema = 1\n[live]\nfont_pt = 12.5", r"x: live\.font_pt is 12\.5; expected a whole number"),
        ("schema = 1\n[live]\nfont_pt = true", r"x: live\.font_pt is True; expected a whole number"),
        ("schema = 1\n[live]\nlatency_s = nan", r"x: live: latency_s is nan; expected"),
        ("schema = 1\n[live]\nshow_heard = 1", r"x: live\.show_heard is 1; expected true or false"),
        ("schema = 1\n[look]\ntheme = 'blue'", r"x: look\.theme is 'blue'; expected system, light, dark"),
        ("schema = 1\n[files]\nformats = 'txt'", r"x: files\.formats is 'txt'; expected a list"),
        ("schema = 1\n[files]\nformats = ['pdf']", r"x: files: formats has 'pdf'; expected txt, srt"),
        ("schema = 1\n[files]\nname_template = '{nam}'", r"unknown \{nam\}: did you mean \{name\}\?"),
        (
            "schema = 1\n[subtitles]\nmin_s = 9.0",
            r"x: subtitles: max_s is 7\.0; expected min_s \(9\.0\) or more",
        ),
        ("schema = 1\n[keys]\nstart = 5", r"x: keys\.start is 5; expected text such as"),
        ("schema = 1\n[folders]\nexports = ''", r"x: folders\.exports is ''; expected a path"),
        ("schema = 1\n[recognition]\nmodel = ' '", r"x: recognition: model is empty"),
        ("[look]", r"x: schema is None; expected a number from 1 to \d+"),
        ("schema = 99", r"x is of a newer program \(schema 99, this one knows \d+\)"),
        ("schema = [", r"x is no settings file \(.*at end of document"),
    ],
)
def test_a_fault_is_named_with_what_would_be_right(text: str, problem: str) -> None:
    with pytest.raises(ConfigError, match=problem):
        parse_settings(text, name="x")


def test_settings_that_are_right_only_together_are_taken_together() -> None:
    assert parse_settings("schema = 1\n[subtitles]\nmin_s = 8.0\nmax_s = 9.0").subtitles.min_s == 8.0


def test_what_is_good_in_a_bad_file_is_kept_and_the_file_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    text = "schema = 1\n[live]\nfont_pt = 30\nlatency_s = 99\n[look]\ntheme = 'dark'\n"
    path.write_text(text, encoding="utf-8")
    settings, messages = load_settings(path)
    assert settings == Settings(live=LiveSettings(font_pt=30), look=LookSettings(theme="dark"))
    (kept,) = tmp_path.glob("settings.damaged-????-??-??.toml")
    assert kept.read_text(encoding="utf-8") == text
    assert messages == (
        f"{path}: live: latency_s is 99.0; expected 0.3 to 1.5: the default is used",
        f"the settings as they were are kept in {kept}",
    )
    assert load_settings(path) == (settings, ())


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"not toml at all", b"\x00" * 1000, b"schema = 'x'"]
)
def test_a_file_of_nonsense_gives_the_defaults_and_a_message(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(content)
    settings, messages = load_settings(path)
    assert settings == Settings()
    assert len(messages) == 2
    assert [one.read_bytes() for one in tmp_path.glob("settings.damaged-*.toml")] == [content]


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode(errors="ignore")))
def test_no_content_is_too_much(content: bytes) -> None:
    settings, problems = read_settings(content, "x")
    assert problems or settings_text(settings)


def test_a_folder_in_its_place_is_said_and_harms_nothing(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").mkdir()
    settings, (message,) = load_settings(tmp_path / "settings.toml")
    assert settings == Settings()
    assert "settings.toml cannot be read" in message


def test_a_file_of_an_older_form_goes_through_every_step_behind_its_own() -> None:
    def rename(table: dict[str, object]) -> dict[str, object]:
        return {"look": {"size_pt": table["font"]}}

    def double(table: dict[str, dict[str, int]]) -> dict[str, object]:
        return {"look": {"size_pt": 2 * table["look"]["size_pt"]}}

    steps = [rename, double]
    assert read_settings(b"schema = 1\nfont = 9", "x", steps)[0].look.size_pt == 18  # type: ignore[arg-type]
    assert read_settings(b"schema = 2\n[look]\nsize_pt = 9", "x", steps)[0].look.size_pt == 18  # type: ignore[arg-type]
    assert read_settings(b"schema = 3\n[look]\nsize_pt = 9", "x", steps)[0].look.size_pt == 9  # type: ignore[arg-type]


def test_a_path_that_toml_cannot_hold_is_refused(tmp_path: Path) -> None:
    settings = Settings(folders=FolderSettings(exports=Path("bad-\udcff")))
    with pytest.raises(ConfigError, match=r"folders\.exports is .* which the settings file cannot hold"):
        save_settings(settings, tmp_path / "settings.toml")


def test_the_form_is_written_into_the_file() -> None:
    assert settings_text(Settings()).startswith(f"schema = {SCHEMA}\n")


def test_a_value_out_of_range_cannot_be_made() -> None:
    with pytest.raises(ConfigError, match=r"latency_s is 2; expected 0\.3 to 1\.5"):
        dataclasses.replace(Settings().live, latency_s=2)


def test_one_variable_puts_everything_into_one_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    found = places()
    assert found.settings == tmp_path / "settings.toml"
    assert {path.parent for path in (found.library, found.recordings, found.exports)} == {tmp_path}


def test_each_user_has_places_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    found = places()
    assert found.settings.name == "settings.toml"
    assert "speechrnn" in found.settings.parts
    assert found.library.is_absolute()
    assert found.recordings != found.exports
    assert not os.path.commonpath([found.library, found.recordings]).endswith("speechrnn")
