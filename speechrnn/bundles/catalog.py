"""Where bundles are looked for, and what is there.

Reads the environment variables SPEECHRNN_MODELS and SPEECHRNN_HOME, and folders; loads nothing but manifests.
The command line and the pipeline ask here for a bundle by its id.
"""

from __future__ import annotations

import logging
import os
import sysconfig
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from speechrnn.bundles.bundle import MANIFEST, Bundle, load_bundle
from speechrnn.bundles.manifest import is_plain_name
from speechrnn.errors import BundleError

_log = logging.getLogger(__name__)

VARIABLE = "SPEECHRNN_MODELS"
HOME_VARIABLE = "SPEECHRNN_HOME"  # one folder for all that is the user's


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogEntry:
    """A folder that holds a manifest.

    Attributes:
        path: the folder.
        bundle: the bundle, or None where it was refused.
        problem: why it was refused, or empty.
    """

    path: Path
    bundle: Bundle | None
    problem: str = ""


def bundle_roots() -> tuple[Path, ...]:
    """The folders whose subfolders are bundles, in order of preference.

    SPEECHRNN_MODELS (several folders, separated as in PATH); `models/` beside the package, as in the source
    tree or a frozen program; the data of an installed package; the user's data folder, or SPEECHRNN_HOME.
    """
    named = [Path(part) for part in os.environ.get(VARIABLE, "").split(os.pathsep) if part]
    beside = Path(__file__).resolve().parents[2] / "models"
    installed = Path(sysconfig.get_path("data")) / "share" / "speechrnn" / "models"
    return tuple(dict.fromkeys([*named, beside, installed, user_root()]))


def user_root() -> Path:
    """The folder of the user's own bundles, made or not."""
    home = os.environ.get(HOME_VARIABLE, "")
    if home:
        return Path(home).expanduser().absolute() / "models"
    # platformdirs is not needed to print a help text.
    import platformdirs

    return Path(platformdirs.user_data_dir("speechrnn", appauthor=False)) / "models"


def find_bundle(
    id_or_path: str | Path, task: str | None = None, roots: Sequence[Path] | None = None
) -> Bundle:
    """Loads a bundle by its id or by its folder.

    A plain name is an id and the first root that has it counts, even if the bundle there is damaged: a model
    is never replaced by another one unasked. A name that no root has may be a folder here.

    Args:
        id_or_path: such as "asr-en", or a folder.
        task: what the bundle must be for; None takes any.
        roots: folders of bundles; None takes `bundle_roots()`.

    Raises:
        BundleError: not found, or refused by `load_bundle`.
    """
    if isinstance(id_or_path, Path) or not is_plain_name(id_or_path):
        return load_bundle(id_or_path, task)
    roots = bundle_roots() if roots is None else roots
    for folder in (*(root / id_or_path for root in roots), Path(id_or_path)):
        if _holds_manifest(folder):
            return load_bundle(folder, task)
    known = sorted({entry.path.name for entry in list_bundles(roots)})
    raise BundleError(
        f"there is no bundle {id_or_path} in {', '.join(map(str, roots))} "
        f"(found: {', '.join(known) or 'none'}): name one of these, give a folder, or set {VARIABLE}"
    )


def list_bundles(roots: Sequence[Path] | None = None) -> list[CatalogEntry]:
    """All bundles of all roots, the refused ones with the reason, by root and then by name.

    Args:
        roots: folders of bundles; None takes `bundle_roots()`.
    """
    entries = []
    for root in bundle_roots() if roots is None else roots:
        try:
            folders = sorted(root.iterdir())
        except OSError as error:
            _log.info("%s is not searched for bundles: %s", root, error.strerror)
            continue
        for folder in folders:
            # A hidden folder is one that is being written.
            if folder.name.startswith(".") or not _holds_manifest(folder):
                continue
            try:
                entries.append(CatalogEntry(path=folder, bundle=load_bundle(folder)))
            except BundleError as error:
                entries.append(CatalogEntry(path=folder, bundle=None, problem=str(error)))
    return entries


def _holds_manifest(folder: Path) -> bool:
    # Not Path.is_file: it raises for a name too long or a folder that may not be searched.
    return os.path.isfile(folder / MANIFEST)  # noqa: PTH113
