"""A clean Debian in a folder: nothing is in it but what the package's own dependencies brought.

Made by debootstrap, entered by chroot in namespaces of its own, so that its mounts and processes end with
each call. Needs root.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import facts

SUITE = "bookworm"
USER = "josé"
UID = 1001
HOME = "/home/José Ángel Núñez"
_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


class CleanRoot:
    """The folder, and how commands are run in it.

    Attributes:
        folder: of the root.
        home: of its ordinary user, as seen from outside.
        shared: folders of the outside that are seen inside.
    """

    def __init__(self, work: Path) -> None:
        self.folder = work / "root"
        self.home = self.folder / HOME.lstrip("/")
        self._base = work / f"{SUITE}.tar"
        self.shared: list[Path] = []

    def make(self) -> None:
        """Makes it anew; the base system is kept as an archive between runs."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        if not self._base.exists():
            facts.tell("debootstrap: takes minutes")
            mirror = _mirror()
            facts.run(
                "debootstrap", "--variant=minbase", SUITE, self.folder, mirror, stdout=subprocess.DEVNULL
            )
            facts.run("tar", "-C", self.folder, "-cf", self._base, ".")
        else:
            facts.run("tar", "-C", self.folder, "-xf", self._base)
        for name in ("resolv.conf", "hosts"):
            shutil.copy(Path("/etc") / name, self.folder / "etc" / name)
        # No service is to be started, and no documentation skipped.
        policy = self.folder / "usr/sbin/policy-rc.d"
        policy.write_text("#!/bin/sh\nexit 101\n")
        policy.chmod(0o755)
        # useradd takes no such names; people coming from other systems have them.
        with (self.folder / "etc/passwd").open("a", encoding="utf-8") as file:
            file.write(f"{USER}:x:{UID}:{UID}:José Ángel Núñez:{HOME}:/bin/sh\n")
        with (self.folder / "etc/group").open("a", encoding="utf-8") as file:
            file.write(f"{USER}:x:{UID}:\n")
        self.home.mkdir(parents=True)
        os.chown(self.home, UID, UID)

    def share(self, folder: Path) -> None:
        """Shows a folder of the outside at the same place inside."""
        self.shared.append(folder)

    def command(
        self, *words: str, root: bool = False, environment: Mapping[str, str] | None = None
    ) -> list[str]:
        """The command that runs a command inside.

        Args:
            words: the command.
            root: as root; else as the ordinary user, who sees the program on a read-only file system.
            environment: what it sees; nothing of ours goes in by itself.
        """
        at = shlex.quote(str(self.folder))
        home = "/root" if root else HOME
        seen = {"PATH": _PATH, "HOME": home, "LANG": "C.UTF-8", "LOGNAME": "root" if root else USER}
        seen |= {"USER": seen["LOGNAME"], **(environment or {})}
        mounts = [
            f"mount -t proc proc {at}/proc",
            f"mount --rbind /dev {at}/dev",
            f"mount -t tmpfs tmpfs {at}/run",
            *(f"mkdir -p {at}{f} && mount --bind {f} {at}{f}" for f in map(_quoted, self.shared)),
        ]
        place = f"{at}/usr/lib/speechrnn"
        if not root:
            mounts.append(f"mount --bind {place} {place} && mount -o remount,bind,ro {place}")
        who = "0:0" if root else f"{UID}:{UID}"
        inner = shlex.join(
            ["chroot", f"--userspec={who}", str(self.folder), "env", "-i", f"--chdir={home}"]
            + [f"{name}={value}" for name, value in seen.items()]
            + list(words)
        )
        script = "set -e\n" + "\n".join(mounts) + f"\nexec {inner}"
        return ["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", script]

    def run(
        self,
        *words: str,
        root: bool = False,
        environment: Mapping[str, str] | None = None,
        expect: int | None = 0,
        timeout_s: float = 900.0,
    ) -> subprocess.CompletedProcess[str]:
        """Runs a command inside until it ends.

        Raises:
            AssertionError: another exit code than the expected one; None takes any.
        """
        command = self.command(*words, root=root, environment=environment)
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=timeout_s)
        if expect is not None and done.returncode != expect:
            raise AssertionError(
                f"{' '.join(words)}: {done.returncode}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
            )
        return done

    def install(self, *packages: str) -> str:
        """Installs packages by apt, without what they only recommend."""
        self.run("apt-get", "update", "-qq", root=True)
        command = "DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends"
        return self.run("sh", "-c", f"{command} {shlex.join(packages)}", root=True).stdout

    def files(self) -> dict[str, tuple[int, int]]:
        """All files of the root but the user's: path -> size and time of change (ns)."""
        found = {}
        for folder, folders, names in os.walk(self.folder):
            at = Path(folder)
            folders[:] = [
                name
                for name in folders
                if str((at / name).relative_to(self.folder)) not in ("proc", "dev", "run")
            ]
            if at == self.home.parent:
                folders[:] = []
            for name in names:
                state = (at / name).lstat()
                found[str((at / name).relative_to(self.folder))] = (state.st_size, state.st_mtime_ns)
        return found

    def homes_files(self) -> list[str]:
        """All files of the user, relative to the home."""
        return sorted(str(p.relative_to(self.home)) for p in self.home.rglob("*") if not p.is_dir())


def _quoted(path: Path) -> str:
    return shlex.quote(str(path))


def _mirror() -> str:
    """The mirror that this system takes its own packages from."""
    places = Path("/etc/apt/sources.list.d")
    for path in (*places.glob("*.sources"), *places.glob("*.list"), Path("/etc/apt/sources.list")):
        for line in path.read_text("utf-8").splitlines() if path.exists() else ():
            words = line.split()
            if words[:1] == ["URIs:"] and words[1].rstrip("/").endswith("/debian"):
                return words[1]
            if words[:1] == ["deb"] and SUITE in words:
                return next(word for word in words if "://" in word)
    raise SystemExit("no mirror of Debian in /etc/apt: name one there")
