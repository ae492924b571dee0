"""KenLM's `build_binary`, built once from its source package and kept in the user's cache folder.

The PyPI package of KenLM builds only its Python part; the tools come out of the same sources by CMake.
Needs a C++ compiler, CMake, Boost and Eigen; used in training only.
"""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from pathlib import Path

import platformdirs

from speechrnn.errors import ConfigError, DataError, OutputError

logger = logging.getLogger(__name__)

VERSION = "0.3.0"
MAX_ORDER = 6  # flashlight-text's wheel reads no more
_INSTALL = "sudo apt-get install cmake g++ libboost-all-dev libeigen3-dev zlib1g-dev"


def tool(name: str, folder: Path | None = None) -> Path:
    """The path of a KenLM program; builds KenLM where that was not done before.

    Args:
        name: such as "build_binary".
        folder: where KenLM is kept; None for the user's cache folder.

    Raises:
        ConfigError: KenLM cannot be fetched or built here; the message names what to install.
    """
    folder = folder or Path(platformdirs.user_cache_dir("speechrnn")) / f"kenlm-{VERSION}"
    path = folder / "bin" / name
    if not path.is_file():
        _build(folder)
    if not path.is_file():
        raise ConfigError(
            f"KenLM {VERSION} has no program {name} ({folder}); remove the folder and try again"
        )
    return path


def write_binary(
    arpa: Path, target: Path, *, probability_bits: int, backoff_bits: int, pointer_bits: int
) -> int:
    """Packs an ARPA file into KenLM's quantized trie.

    Args:
        arpa: the model.
        target: file to write.
        probability_bits: of each probability, 2..25.
        backoff_bits: of each back-off weight, 2..25.
        pointer_bits: most bits of a pointer that are stored apart, after Bhiksha Raj; 0..64.

    Returns:
        Bytes of the file.

    Raises:
        ConfigError: KenLM is not here and cannot be built.
        DataError: KenLM refuses the model.
    """
    bits = ["-q", str(probability_bits), "-b", str(backoff_bits), "-a", str(pointer_bits)]
    command = [str(tool("build_binary")), *bits, "-T", str(target.parent), "trie", str(arpa), str(target)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode or not target.is_file():
        reason = done.stderr.strip().splitlines()[-1:] or ["no message"]
        raise DataError(f"build_binary refuses {arpa}: {reason[0]}")
    return target.stat().st_size


def _build(folder: Path) -> None:
    if shutil.which("cmake") is None:
        raise ConfigError(f"KenLM is built with CMake, which is not installed: {_INSTALL}")
    folder.parent.mkdir(parents=True, exist_ok=True)
    logger.info("building KenLM %s in %s; this takes a minute or two", VERSION, folder)
    with tempfile.TemporaryDirectory(prefix="kenlm-", dir=folder.parent) as name:
        scratch = Path(name)
        # Only KenLM itself from source: without the name, pip would compile CMake too.
        fetch = [
            sys.executable,
            "-m",
            "pip",
            "download",
            f"kenlm=={VERSION}",
            "--no-deps",
            "--no-binary",
            "kenlm",
        ]
        _run([*fetch, "--dest", str(scratch)], "fetched: check the network, and that pip is there")
        archive = next(scratch.glob("kenlm-*.tar.gz"))
        with tarfile.open(archive) as tar:
            tar.extractall(scratch, filter="data")
        source, build = scratch / archive.name.removesuffix(".tar.gz"), scratch / "build"
        options = ["-DCMAKE_BUILD_TYPE=Release", f"-DKENLM_MAX_ORDER={MAX_ORDER}"]
        # The sources ask for a CMake so old that new ones refuse.
        options.append("-DCMAKE_POLICY_VERSION_MINIMUM=3.5")
        _run(["cmake", "-S", str(source), "-B", str(build), *options], f"configured: {_INSTALL}")
        jobs = str(os.cpu_count() or 1)
        _run(
            ["cmake", "--build", str(build), "--parallel", jobs, "--target", "build_binary", "query"],
            f"compiled: {_INSTALL}",
        )
        programs = scratch / "kenlm"
        shutil.copytree(build / "bin", programs / "bin")
        try:
            if folder.exists():
                shutil.rmtree(folder)
            programs.rename(folder)
        except OSError as error:
            raise OutputError(f"KenLM cannot be kept in {folder}: {error.strerror}") from error


def _run(command: Sequence[str], remedy: str) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        raise ConfigError(f"KenLM {VERSION} could not be {remedy} ({error})") from error
    if done.returncode:
        logger.info("%s\n%s", " ".join(command), done.stdout + done.stderr)
        lines = [line for line in (done.stdout + done.stderr).splitlines() if "rror" in line]
        raise ConfigError(f"KenLM {VERSION} could not be {remedy} ({(lines or ['no message'])[0].strip()})")
