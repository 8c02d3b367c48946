"""What the bundle needs of the system: shared libraries it names and does not bring, as Debian packages.

The list is kept by hand and checked by machine: a library that is needed and not listed stops the build. Names are
Debian 12's; later releases provide them too (`libglib2.0-0` is provided by `libglib2.0-0t64`, and so on).
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

PACKAGES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libbrotlicommon.so.1": "libbrotli1",
    "libbrotlidec.so.1": "libbrotli1",
    "libbz2.so.1.0": "libbz2-1.0",
    "libcom_err.so.2": "libcom-err2",
    "libcrypto.so.3": "libssl3",
    "libcups.so.2": "libcups2",
    "libdbus-1.so.3": "libdbus-1-3",
    "libexpat.so.1": "libexpat1",
    "libffi.so.8": "libffi8",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libgcc_s.so.1": "libgcc-s1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "liblzma.so.5": "liblzma5",
    "libncursesw.so.6": "libncursesw6",
    "libreadline.so.8": "libreadline8",
    "libssl.so.3": "libssl3",
    "libstdc++.so.6": "libstdc++6",
    "libtinfo.so.6": "libtinfo6",
    "libuuid.so.1": "libuuid1",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
OF_LIBC = re.compile(r"(?:lib(?:c|m|dl|rt|pthread|util|resolv)\.so\.\d+|ld-linux.*\.so\.\d+)")
LOADED_LATER = ("libdbus-1-3",)  # Qt opens it by name, so no file says that it needs it
MAGIC = b"\x7fELF"


class Unlisted(Exception):
    """A library nobody has given a package yet; the sentence names it and the file that needs it."""


@dataclass(frozen=True)
class Headers:
    """What one program or library asks for: libraries by name, and the newest glibc among its symbols."""

    libraries: tuple[str, ...]
    glibc: tuple[int, ...]


def read_headers(text: str) -> Headers:
    """From what `objdump -p` prints."""
    libraries = re.findall(r"^\s+NEEDED\s+(\S+)$", text, re.MULTILINE)
    versions = [tuple(map(int, one.split("."))) for one in re.findall(r"\bGLIBC_(\d+(?:\.\d+)+)\b", text)]
    return Headers(tuple(libraries), max(versions, default=()))


def binaries(folder: Path) -> Iterator[Path]:
    """Every ELF file of a folder."""
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not file.is_symlink():
            with file.open("rb") as opened:
                if opened.read(4) == MAGIC:
                    yield file


def depends(folder: Path) -> list[str]:
    """The packages a bundle depends on, sorted, with the least glibc its files were linked against."""
    brought = {file.name for file in folder.rglob("*") if ".so" in file.name}
    return packages({str(file): _headers(file) for file in binaries(folder)}, brought)


def packages(asked: dict[str, Headers], brought: Iterable[str]) -> list[str]:
    """Packages for what is asked and not brought; a library without one is refused by name."""
    own, found, glibc = (
        set(brought),
        set(LOADED_LATER),
        max((one.glibc for one in asked.values()), default=()),
    )
    for file, headers in asked.items():
        for library in headers.libraries:
            if library in own or OF_LIBC.fullmatch(library):
                continue
            if library not in PACKAGES:
                raise Unlisted(
                    f"{file} needs {library}: name its package in packaging/needs.py, or leave it out"
                )
            found.add(PACKAGES[library])
    least = f" (>= {'.'.join(map(str, glibc))})" if glibc else ""
    return sorted([f"libc6{least}", *found])


def _headers(file: Path) -> Headers:
    said = subprocess.run(  # noqa: S603 - one fixed command on a file of our own bundle
        ["objdump", "-p", str(file)],  # noqa: S607 - binutils of whoever builds
        capture_output=True,
        text=True,
        check=True,
    )
    return read_headers(said.stdout)
