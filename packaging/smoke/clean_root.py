"""A clean Debian to install into, made from this machine's own package sources; and commands run inside it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

SOURCES = Path("/etc/apt/sources.list.d")
# proc for what looks at processes, dev for random numbers. Mounted where only commands inside see them: whoever
# deletes the folder afterwards must not meet this machine's devices there.
HOLD = 'mount -t proc proc "$0/proc" && mount --rbind /dev "$0/dev" && echo ready && exec sleep 86400'


class NoRoot(Exception):
    """No clean system can be made here; the sentence says why."""


@dataclass(frozen=True)
class CleanRoot:
    """A folder with a minimal Debian, and which tool made it."""

    folder: Path
    made_by: str
    holder: subprocess.Popen[str]
    clean: Mapping[str, str] = field(
        default_factory=lambda: {
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
            "LANG": "C.UTF-8",
            "DEBIAN_FRONTEND": "noninteractive",
        }
    )

    def command(self, *command: str) -> list[str]:
        """The command line that runs one inside."""
        return ["nsenter", f"--mount=/proc/{self.holder.pid}/ns/mnt", "chroot", str(self.folder), *command]

    def close(self) -> None:
        """Let go of what is mounted."""
        self.holder.kill()
        self.holder.communicate()

    def run(self, *command: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run one command inside, as its administrator; its words and exit code come back."""
        return subprocess.run(  # noqa: S603 - the commands of this smoke test
            self.command(*command),
            env={**self.clean, **variables},
            capture_output=True,
            text=True,
            check=False,
        )

    def start(self, *command: str, **variables: str) -> subprocess.Popen[str]:
        """Start a program inside and leave it running."""
        return subprocess.Popen(  # noqa: S603 - the program under test
            self.command(*command),
            env={**self.clean, **variables},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )


def make(folder: Path) -> CleanRoot:
    """By mmdebstrap, else by debootstrap; both need an administrator and this machine's own sources."""
    if os.geteuid() != 0:
        raise NoRoot("a clean root needs an administrator (run as root)")
    for tool in (_mmdebstrap, _debootstrap):
        if shutil.which(tool.__name__.strip("_")) is None:
            continue
        command = tool(folder)
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - fixed tools
        if done.returncode == 0:
            _lend_network(folder)
            return CleanRoot(folder, tool.__name__.strip("_"), _hold(folder))
        print(f"  {command[0]} failed: {done.stderr.strip().splitlines()[-1:]}")
        shutil.rmtree(folder, ignore_errors=True)
    raise NoRoot("neither mmdebstrap nor debootstrap made one")


def codename(release: str) -> str:
    """The suite of this machine, from the text of its os-release."""
    found = re.search(r"^VERSION_CODENAME=\"?(\w+)", release, re.MULTILINE)
    if found is None:
        raise NoRoot("this system does not say which release it is")
    return found[1]


def sources(suite: str, folder: Path = SOURCES) -> list[Path]:
    """Those source files of this machine that name its own suite; other vendors' are left out."""
    named = re.compile(rf"^(?:Suites:.*|deb\b.*)\s{suite}\b.*$", re.MULTILINE)
    found = [
        *sorted(folder.glob("*.sources")),
        *sorted(folder.glob("*.list")),
        folder.parent / "sources.list",
    ]
    return [file for file in found if file.is_file() and named.search(file.read_text(encoding="utf-8"))]


def mirror(text: str) -> str:
    """The first address in a source file, of either style."""
    found = re.search(r"^(?:URIs:|deb\b(?:\s+\[[^\]]*\])?)\s+(\S+)", text, re.MULTILINE)
    if found is None:
        raise NoRoot("this machine's package sources name no address")
    return found[1]


def _hold(folder: Path) -> subprocess.Popen[str]:
    """A process that keeps proc and dev mounted for commands inside, and for nobody else."""
    command = ["unshare", "--mount", "sh", "-c", HOLD, str(folder)]
    holder = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own fixed command
    if holder.stdout is None or holder.stdout.readline() != "ready\n":
        holder.kill()
        raise NoRoot("nothing can be mounted here")
    return holder


def _own_sources() -> tuple[str, list[Path]]:
    suite = codename(Path("/etc/os-release").read_text(encoding="utf-8"))
    files = sources(suite)
    if not files:
        raise NoRoot("this machine has no package sources of its own release")
    return suite, files


def _mmdebstrap(folder: Path) -> list[str]:
    suite, files = _own_sources()
    return ["mmdebstrap", "--quiet", "--mode=root", "--variant=apt", suite, str(folder), *map(str, files)]


def _debootstrap(folder: Path) -> list[str]:
    suite, files = _own_sources()
    return [
        "debootstrap",
        "--variant=minbase",
        suite,
        str(folder),
        mirror(files[0].read_text(encoding="utf-8")),
    ]


def _lend_network(folder: Path) -> None:
    """Names are resolved inside as they are outside."""
    shutil.copyfile("/etc/resolv.conf", folder / "etc" / "resolv.conf")
