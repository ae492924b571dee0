"""What PyInstaller packs of torch: its libraries, and the modules that are imported.

Taken instead of the hook of PyInstaller's collection, which packs all modules, their source, and the tests.
The source is for `torch.jit.script` and `torch.compile`, which nothing here calls.
"""

from pathlib import Path

from PyInstaller.utils.hooks import PY_DYLIB_PATTERNS, collect_dynamic_libs, get_package_paths

base, folder = map(Path, get_package_paths("torch"))

# A module of settings reads its own source when it is imported.
settings = [
    ".".join(path.relative_to(base).with_suffix("").parts)
    for path in folder.rglob("*.py")
    if "install_config_module(" in path.read_text("utf-8")
]
module_collection_mode = {"torch": "pyz", **dict.fromkeys(settings, "pyz+py")}
binaries = collect_dynamic_libs("torch", search_patterns=[*PY_DYLIB_PATTERNS, "*.so.*"])
# torch looks for it when it is imported, wherever it does without it later.
manager = folder / "bin" / "torch_shm_manager"
if manager.exists():
    binaries.append((str(manager), "torch/bin"))
# Imported by name only.
hiddenimports = ["torch._dynamo", "torch.jit._serialization", "torch.utils.model_zoo"]
bindepend_symlink_suppression = ["**/torch/lib/*.so*"]
