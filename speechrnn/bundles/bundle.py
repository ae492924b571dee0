"""One model bundle on disk: write it, read it, prove that it is whole.

A bundle is a folder `{bundle.toml, weights.safetensors, labels or vocabulary, lm, CARD.md}`. `bundle.toml`
names every file with its bytes and SHA-256, and its own first line holds the SHA-256 of the rest, so that one
flipped bit anywhere is found. Weights are stored as float16 and read as float32. No pickle.
Training writes bundles here; the pipeline, the evaluation and the command line read them.
"""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import tempfile
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tomli_w

from speechrnn.bundles.manifest import BundleInfo, FileEntry, is_plain_name, parse_manifest
from speechrnn.errors import BundleError, OutputError

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["CARD", "MANIFEST", "WEIGHTS", "Bundle", "BundleInfo", "load_bundle", "save_bundle"]

_log = logging.getLogger(__name__)

MANIFEST = "bundle.toml"
WEIGHTS = "weights.safetensors"
CARD = "CARD.md"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A bundle whose manifest was read and whose files are there with the right number of bytes.

    The bytes of a file are compared with its SHA-256 when it is first asked for.

    Attributes:
        path: the folder.
        info: what the manifest says.
        sha256: hash of `bundle.toml`, which holds the hashes of all other files: one name for all the bytes.
        files: name -> bytes and hash.
    """

    path: Path
    info: BundleInfo
    sha256: str
    files: Mapping[str, FileEntry]
    _proved: set[str] = field(default_factory=set, repr=False, compare=False)

    def file(self, name: str) -> Path:
        """The path of a file of the bundle, once its bytes were compared with the manifest.

        Raises:
            BundleError: no such file in the manifest, or its bytes differ.
        """
        if name not in self._proved:
            self.read(name)
        return self.path / name

    def read(self, name: str) -> bytes:
        """The bytes of a file, compared with the manifest.

        Raises:
            BundleError: no such file in the manifest, it cannot be read, or its bytes differ.
        """
        entry = self.files.get(name)
        if entry is None:
            raise BundleError(
                f"the bundle {self.info.id} has no file {name} (it has {', '.join(sorted(self.files))}): "
                f"take a bundle that was made for this ({self.path})"
            )
        try:
            content = (self.path / name).read_bytes()
        except OSError as error:
            raise BundleError(
                f"{name} of the bundle {self.info.id} cannot be read: {error.strerror} ({self.path})"
            ) from error
        digest = hashlib.sha256(content).hexdigest()
        if digest != entry.sha256:
            raise BundleError(
                f"{name} of the bundle {self.info.id} is damaged: its SHA-256 begins with {digest[:12]}, "
                f"{MANIFEST} says {entry.sha256[:12]}: copy the bundle again ({self.path})"
            )
        self._proved.add(name)
        return content

    def lines(self, name: str) -> list[str]:
        """The lines of a UTF-8 text file without their line feeds; a line may be one space.

        Raises:
            BundleError: as `read`, or the file is not UTF-8.
        """
        try:
            text = self.read(name).decode("utf-8")
        except UnicodeDecodeError as error:
            raise BundleError(
                f"{name} of the bundle {self.info.id} is not UTF-8 text at byte {error.start}: "
                f"make the bundle again ({self.path})"
            ) from error
        # Not splitlines(): U+2028 and the like are data here.
        return text.removesuffix("\n").split("\n") if text else []

    def tensors(self) -> dict[str, Tensor]:
        """All weights by name: floating ones as float32, whole numbers and truth values as stored.

        Raises:
            BundleError: as `read`, or the file is not safetensors.
        """
        # torch takes seconds to import, and `speechrnn models` does without.
        import safetensors
        import safetensors.torch

        content = self.read(WEIGHTS)
        try:
            stored = safetensors.torch.load(content)
        except safetensors.SafetensorError as error:
            raise BundleError(
                f"{WEIGHTS} of the bundle {self.info.id} is not a safetensors file ({error}): "
                f"make the bundle again ({self.path})"
            ) from error
        return {name: t.float() if t.is_floating_point() else t for name, t in stored.items()}

    def verify(self) -> int:
        """Compares every file with the manifest.

        Returns:
            The number of bytes that were read.

        Raises:
            BundleError: the first file that differs.
        """
        return sum(len(self.read(name)) for name in sorted(self.files))


def load_bundle(path: str | Path, task: str | None = None) -> Bundle:
    """Reads the manifest of a bundle and checks that its files are there in full length.

    Args:
        path: the folder.
        task: what the bundle must be for, such as "recognizer"; None takes any.

    Raises:
        BundleError: no bundle there, damaged, foreign (no manifest, another task) or newer than this program.

    Example:
        >>> load_bundle("no-such-folder")
        Traceback (most recent call last):
        speechrnn.errors.BundleError: there is no folder no-such-folder: give the folder of a bundle
    """
    path = Path(path)
    manifest = path / MANIFEST
    try:
        if not path.is_dir():
            problem = f"{path} is a file" if path.exists() else f"there is no folder {path}"
            raise BundleError(f"{problem}: give the folder of a bundle")
        if not manifest.is_file():
            raise BundleError(
                f"{path} holds no {MANIFEST}, so it is no bundle of SpeechRNN: give the folder of a bundle"
            )
        content = manifest.read_bytes()
    except OSError as error:
        raise BundleError(f"{manifest} cannot be read: {error.strerror}") from error
    info, files = parse_manifest(content, str(manifest))
    if task is not None and info.task != task:
        raise BundleError(
            f"the bundle {info.id} is a {info.task}, but a {task} is needed: choose another one with "
            f"`speechrnn models` ({path})"
        )
    for name, entry in files.items():
        _check_length(path / name, entry, info.id)
    return Bundle(path=path, info=info, sha256=hashlib.sha256(content).hexdigest(), files=files)


def _check_length(path: Path, entry: FileEntry, bundle_id: str) -> None:
    if not path.is_file():
        raise BundleError(
            f"{path.name} of the bundle {bundle_id} is missing: copy the bundle again ({path.parent})"
        )
    found = path.stat().st_size
    if found != entry.bytes:
        raise BundleError(
            f"{path.name} of the bundle {bundle_id} has {found} bytes, {MANIFEST} says {entry.bytes}: "
            f"copy the bundle again ({path.parent})"
        )


def save_bundle(
    path: str | Path,
    info: BundleInfo,
    *,
    tensors: Mapping[str, Tensor] | None = None,
    files: Mapping[str, bytes | str | Path] | None = None,
    card: str,
    keep_float32: Collection[str] = (),
) -> Bundle:
    """Writes a bundle whole or not at all; an older bundle in its place is replaced.

    Args:
        path: the folder to make; one that exists must be an older bundle and hold nothing else, or be empty.
        tensors: the weights, stored as float16; whole numbers and truth values as they are. None writes none.
        files: name -> content as bytes, text (UTF-8) or a path to copy from.
        card: text of `CARD.md`: what the model is, from which data, how well it does.
        keep_float32: names of tensors that are stored as float32.

    Returns:
        The bundle as loaded from its new place.

    Raises:
        BundleError: a weight that is not finite in its stored form, or a value that TOML cannot hold.
        OutputError: the folder cannot be written, or something that is no bundle is in the way.
    """
    path = Path(path).absolute()
    contents: dict[str, bytes | str | Path] = dict(files or {})
    for name in contents:
        if not is_plain_name(name) or name in (MANIFEST, WEIGHTS, CARD):
            raise BundleError(f"{name!r} is no name for a file of a bundle: take letters, digits and . _ -")
    contents[CARD] = card
    if tensors is not None:
        contents[WEIGHTS] = _safetensors(tensors, keep_float32)
    scratch: Path | None = None
    try:
        _check_replaceable(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix=f".{path.name}.", dir=path.parent))
        entries = {name: _write(scratch / name, content) for name, content in sorted(contents.items())}
        _write(scratch / MANIFEST, _manifest(info, entries))
        # mkdtemp makes folders that only their owner may enter.
        scratch.chmod(0o755)
        _swap_in(scratch, path)
    except OSError as error:
        raise OutputError(
            f"the bundle {info.id} could not be written to {path}: {error.strerror or error}"
        ) from error
    finally:
        if scratch is not None and scratch.exists():
            shutil.rmtree(scratch, ignore_errors=True)
    return load_bundle(path)


def _safetensors(tensors: Mapping[str, Tensor], keep_float32: Collection[str]) -> bytes:
    # torch takes seconds to import, and reading a manifest does without.
    import safetensors.torch
    import torch

    unknown = sorted(set(keep_float32) - set(tensors))
    if unknown:
        raise BundleError(f"keep_float32 names {unknown[0]}, which is none of the {len(tensors)} tensors")
    stored = {}
    for name, tensor in tensors.items():
        tensor = tensor.detach().cpu()
        if tensor.is_floating_point():
            tensor = tensor.to(torch.float32 if name in keep_float32 else torch.float16)
            if not bool(torch.isfinite(tensor).all()):
                raise BundleError(
                    f"the tensor {name} is not finite as {tensor.dtype}: a diverged training, or a value "
                    f"above 65504 that has to be named in keep_float32"
                )
        # A copy, since safetensors refuses tensors that share memory (tied weights).
        stored[name] = tensor.clone(memory_format=torch.contiguous_format)
    return bytes(safetensors.torch.save(stored))


def _manifest(info: BundleInfo, entries: Mapping[str, FileEntry]) -> bytes:
    table: dict[str, Any] = info.to_table()
    table["files"] = {name: {"bytes": entry.bytes, "sha256": entry.sha256} for name, entry in entries.items()}
    try:
        body = tomli_w.dumps(table).encode("utf-8")
    except (TypeError, ValueError) as error:
        raise BundleError(f"the description of the bundle {info.id} does not fit TOML: {error}") from error
    content = f'sha256 = "{hashlib.sha256(body).hexdigest()}"\n'.encode() + body
    # What we cannot read back must not be written.
    parse_manifest(content, f"the description of the bundle {info.id}")
    return content


def _write(path: Path, content: bytes | str | Path) -> FileEntry:
    if isinstance(content, Path):
        content = content.read_bytes()
    elif isinstance(content, str):
        content = content.encode("utf-8")
    with path.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    return FileEntry(bytes=len(content), sha256=hashlib.sha256(content).hexdigest())


def _check_replaceable(path: Path) -> None:
    """Refuses to take the place of anything but an older bundle, so that no file of the user is lost."""
    if not path.exists():
        return
    if not path.is_dir():
        raise OutputError(f"{path} is a file: name a folder for the bundle, or move the file away")
    present = {item.name for item in path.iterdir()}
    if not present:
        return
    ours = {MANIFEST}
    try:
        ours |= set(tomllib.loads((path / MANIFEST).read_text("utf-8"))["files"])
    except (OSError, ValueError, KeyError, TypeError):
        _log.info("%s holds no readable %s", path, MANIFEST)
    strange = sorted(present - ours)
    if strange:
        raise OutputError(
            f"{path} holds {strange[0]}, which is no part of a bundle: move it away, or name another folder"
        )


def _swap_in(scratch: Path, path: Path) -> None:
    """Puts `scratch` in the place of `path`; on failure the old folder is back."""
    if not path.exists():
        scratch.rename(path)
        return
    # A folder that is not empty cannot be renamed over, so the old one steps aside first.
    old = Path(tempfile.mkdtemp(prefix=f".{path.name}.", dir=path.parent)) / path.name
    path.rename(old)
    try:
        scratch.rename(path)
    except OSError:
        old.rename(path)
        old.parent.rmdir()
        raise
    shutil.rmtree(old.parent, ignore_errors=True)
