"""Folding of what Chinese keyboards and table programs leave behind: full-width forms, odd spaces, invisible marks."""

from __future__ import annotations

import re

# Not NFKC: it would replace compatibility ideographs, and a name's rare character must stay the one on the ID card.
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_LETTERS_AND_DIGITS = {wide: plain for wide, plain in _FULL_WIDTH.items() if chr(plain).isalnum()}
_SPACES = dict.fromkeys([0x09, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
_CONTROLS = [*range(9), *range(14, 32), 0x7F]
_INVISIBLE = dict.fromkeys([*_CONTROLS, 0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF])
_HYPHENS = dict.fromkeys(map(ord, "‐‑‒–—―−﹣－"), "-")
_SPACES_TWICE = re.compile(" {2,}")
_TIDY = {**_SPACES, **_INVISIBLE, **_LETTERS_AND_DIGITS}
_FOLD = {**_SPACES, **_INVISIBLE, **_FULL_WIDTH, **_HYPHENS}


def tidy(text: str) -> str:
    """For sentences: no invisible marks, half-width letters and digits, single spaces; punctuation stays Chinese."""
    return _one_space(text.translate(_TIDY)) if text else ""


def fold(text: str) -> str:
    """For codes and numbers: everything with a half-width form becomes half-width, every dash a hyphen."""
    return _one_space(text.translate(_FOLD)) if text else ""


def squeeze(text: str) -> str:
    """As `fold`, with no white space at all."""
    return "".join(fold(text).split())


def _one_space(text: str) -> str:
    return (_SPACES_TWICE.sub(" ", text) if "  " in text else text).strip()
