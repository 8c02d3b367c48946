"""The package's dependencies: read from what objdump prints, refused when nobody has named a package."""

from __future__ import annotations

import re

import needs
import pytest
from needs import Headers

PRINTED = """
libx.so:     file format elf64-x86-64

Dynamic Section:
  NEEDED               libxcb-cursor.so.0
  NEEDED               libc.so.6
  SONAME               libx.so

Version References:
  required from libc.so.6:
    0x09691a75 0x00 04 GLIBC_2.2.5
    0x069691b5 0x00 02 GLIBC_2.35
    0x06969197 0x00 03 GLIBC_2.17
"""


def test_headers_are_read() -> None:
    """Libraries in their order; versions compared as numbers."""
    assert needs.read_headers(PRINTED) == Headers(("libxcb-cursor.so.0", "libc.so.6"), (2, 35))
    assert needs.read_headers("") == Headers((), ())


def test_what_is_not_brought_becomes_a_package() -> None:
    """Once each, with the newest glibc anybody asks for; what the bundle brings is no dependency."""
    asked = {
        "a": Headers(("libz.so.1", "libQt6Core.so.6", "libm.so.6"), (2, 9)),
        "b": Headers(("libz.so.1", "libxcb-cursor.so.0"), (2, 17)),
    }
    found = needs.packages(asked, {"libQt6Core.so.6"})
    assert found == ["libc6 (>= 2.17)", "libdbus-1-3", "libxcb-cursor0", "zlib1g"]


def test_an_unknown_library_stops_the_build() -> None:
    """With the file and the library by name."""
    with pytest.raises(needs.Unlisted, match=r"plugin\.so needs libnowhere\.so\.9"):
        needs.packages({"plugin.so": Headers(("libnowhere.so.9",), ())}, set())


def test_the_list_is_sound() -> None:
    """Names of libraries and of packages as Debian writes them."""
    for library, package in needs.PACKAGES.items():
        assert re.fullmatch(r"lib[\w+.-]+\.so\.[\d.]+", library)
        assert re.fullmatch(r"[a-z0-9][a-z0-9+.-]+", package)
