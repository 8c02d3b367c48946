"""Finding a medicine while its name is typed: Chinese, pinyin, initials, trade name, INN, strength, barcode; ranked.

For each medicine four short texts, best first (name, trade names, other names, INN); parts stand between `|`, which no
query contains. What a part begins with ranks before what it holds inside. A thousand medicines take less than a
millisecond; nothing is cleverer than `in`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from heapq import nsmallest

from app.core.resources import resource
from app.medication.rules.amounts import amount_words
from app.medication.rules.drug import Drug
from app.residents.rules import squeeze

MOST = 40
_INSIDE = 8
"""The rank of a medicine that holds the query only inside a part."""


@dataclass(frozen=True)
class _Row:
    """What one medicine is found by. `levels`: texts, the best first; `every`: all of them; `sizes`: its strength."""

    order: int
    drug: Drug
    levels: tuple[str, ...]
    every: str
    sizes: str


class Index:
    """The texts of a list, made once for it."""

    def __init__(self, drugs: Iterable[Drug]) -> None:
        self._rows = [_row(order, drug) for order, drug in enumerate(drugs)]
        self._barcodes = {code: row.drug for row in self._rows for code in row.drug.barcodes}

    @cached_property
    def _in_order(self) -> tuple[Drug, ...]:
        """As a dictionary has them."""
        return tuple(
            row.drug for row in sorted(self._rows, key=lambda row: (spoken(row.drug.name)[0], row.order))
        )

    def find(self, typed: str, most: int = MOST) -> tuple[Drug, ...]:
        """The best of what may be meant, the likeliest first; the whole list for nothing typed.

        Words apart narrow it down: `氨氯 10`, `mtls 缓释`.
        """
        words = [folded(word) for word in typed.split()]
        words = [word for word in words if word]
        if not words:
            return self._in_order[:most]
        if len(words) == 1 and (scanned := self._barcodes.get(words[0])) is not None:
            return (scanned,)
        ranked = []
        for row in self._rows:
            rank = _rank(row, words)
            if rank is not None:
                ranked.append((rank, len(row.drug.name), row.order, row.drug))
        return tuple(found[-1] for found in nsmallest(most, ranked, key=lambda one: one[:3]))


def folded(text: str) -> str:
    """As the texts are kept: half-width, no spaces, small letters, µ as u."""
    return squeeze(text).lower().replace("µ", "u").replace("μ", "u").replace("ü", "v").replace("|", "")


@lru_cache(maxsize=20_000)
def spoken(words: str) -> tuple[str, ...]:
    """Pinyin and initials as the words are said, as each character is read alone, and as it is in names of medicines
    (`resources/drugs/readings.toml`)."""
    from pypinyin import lazy_pinyin

    together = lazy_pinyin(words)
    alone = ["".join(lazy_pinyin(mark)) for mark in words]
    known = [_readings().get(mark, said) for mark, said in zip(words, alone, strict=True)]
    ways = (together, alone, known)
    said = ("".join(way) for way in ways)
    heads = ("".join(part[:1] for part in way) for way in ways)
    return tuple(dict.fromkeys(folded(one) for one in (*said, *heads)))


@cache
def _readings() -> dict[str, str]:
    read = tomllib.loads(resource("drugs", "readings.toml").read_text(encoding="utf-8"))
    return dict(read["readings"])


def _row(order: int, drug: Drug) -> _Row:
    levels = (
        _level(drug.title, drug.name),
        _level(*drug.trade),
        _level(*drug.also),
        f"|{folded(drug.inn).replace('+', '|')}|{drug.atc.lower()}|",
    )
    sizes = [drug.strength_words, drug.form]
    if drug.strength is not None:
        sizes.append(f"{amount_words(drug.strength)}{drug.strength_unit}")
    return _Row(order, drug, levels, "".join(levels), f"|{'|'.join(folded(one) for one in sizes)}|")


def _level(*names: str) -> str:
    parts = [part for name in names for part in (folded(name), *spoken(_only_words(name)))]
    return f"|{'|'.join(dict.fromkeys(part for part in parts if part))}|"


def _only_words(name: str) -> str:
    """Without brackets, which nobody says."""
    return re.sub(r"[()（）【】、·]", "", name)


def _rank(row: _Row, words: list[str]) -> int | None:
    """How well a medicine fits, 0 best; None where a word is not in it."""
    first, *others = words
    rank = _rank_of(row, first)
    if rank is None or not all(word in row.every or _is_size(row, word) for word in others):
        return None
    return rank


def _rank_of(row: _Row, word: str) -> int | None:
    if word not in row.every:
        return None
    whole, begins = f"|{word}|", f"|{word}"
    for level, text in enumerate(row.levels):
        if whole in text:
            return level * 2
        if begins in text:
            return level * 2 + 1
    return _INSIDE


def _is_size(row: _Row, word: str) -> bool:
    """Whether the strength or the form begins so: `10`, `47.5mg`, `缓释`."""
    return f"|{word}" in row.sizes
