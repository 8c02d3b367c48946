"""Where a line of Chinese may break: the rules 避头尾 (禁则), as pure functions on text.

Text falls into *units*: opening marks, then one Han character, one word or one number with its measure word,
then closing marks. A line breaks between units only, so no line begins with ，。）” and none ends with （“《.
Only a unit wider than the whole line is cut inside.
Source: W3C, Requirements for Chinese Text Layout (CLREQ), 3.1.4; marks of GB/T 15834—2011.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

OPENING = frozenset("（〔【《〈「『“‘([{［｛￥$＃#№§")
CLOSING = frozenset("，。、；：！？）〕】》〉」』”’…—～·•‧,.;:!?)]}>＞％‰%℃℉°′″］｝々ー／/")
# measure words that stay with their number: 2型 30次 85岁 0.5片 10个 3级 301室
MEASURES = frozenset("岁次片粒支瓶袋斤年月日时分秒天周级期型号度个种项位名人层楼室幢栋弄元版页例条")
_JOINS = frozenset("-.,:/'’@+&×~")  # inside a word only: 2026-11-18, 10:32, 0.5, GB/T
_COMPARES = frozenset("<>＜＞≤≥≈=±+－-")  # opening before a digit: <1次, ≥2次
_RANGES = frozenset("～~－–")
_UNIT_AFTER_SPACE = re.compile(r" [A-Za-zμµ%][A-Za-zμµ/²³%]{0,7}(?![A-Za-z])")
_LIST_NUMBER = re.compile(r"[（(]?\d{1,2}[.)）]$")

Measure = Callable[[str], float]


def _in_word(char: str) -> bool:
    return char.isalnum() and (char < "\u2e80" or "\uff10" <= char <= "\uff5a")


def _word_end(text: str, at: int) -> int:
    """Where the word or number beginning at `at` ends, its measure word or unit included."""
    end, size = at, len(text)
    while True:
        while end < size and (_in_word(text[end]) or _joined(text, end)):
            end += 1
        if text[end - 1].isdigit():
            if end < size and text[end] in MEASURES:
                end += 1
            elif unit := _UNIT_AFTER_SPACE.match(text, end):
                end = unit.end()
        if not (end < size and _joined(text, end)):
            return end
        end += 1  # a dose is never torn apart: 0.25 mg×2支, 2片/次


def _joined(text: str, at: int) -> bool:
    """Whether a sign there joins what stands before it to a word behind it."""
    return text[at] in _JOINS and at + 1 < len(text) and _in_word(text[at + 1])


def _core_end(text: str, at: int) -> int:
    """Where the heart of a unit ends: a word, or one character with the marks that combine with it."""
    if _in_word(text[at]):
        return _word_end(text, at)
    end = at + 1
    while end < len(text) and unicodedata.category(text[end]).startswith("M"):
        end += 1
    return end


def _compares(text: str, at: int) -> bool:
    """Whether a sign of comparison stands before a number there."""
    return text[at] in _COMPARES and text[at + 1 : at + 2].isdigit()


def _closing_end(text: str, at: int) -> int:
    """Where the closing marks that follow end, those behind a stray space included."""
    end = at
    while end < len(text) and (text[end] == " " or (text[end] in CLOSING and not _compares(text, end))):
        end += 1
        if text[end - 1] != " ":
            at = end
    return at


def units(text: str) -> Iterator[str]:
    """The units of one paragraph, in order; a unit keeps the spaces before it, so joining them gives the text."""
    start = at = 0
    size = len(text)
    while at < size:
        while at < size and (text[at] == " " or text[at] in OPENING or _compares(text, at)):
            at += 1
        if at < size and text[at] not in CLOSING:
            at = _core_end(text, at)
        at = _closing_end(text, at)
        if at < size and text[at] == " " and _LIST_NUMBER.match(text[start:at].strip()):
            continue  # "3. 请" stays together: no line ends with a bare list number
        if at < size and text[at - 1] in _RANGES and text[at - 2 : at - 1].isalnum() and _in_word(text[at]):
            continue  # so does "20～30分"
        yield text[start:at]
        start = at


def _cut(unit: str, limit: float, measure: Measure) -> Iterator[str]:
    """Cuts a unit wider than the line into pieces that fit, each at least one character."""
    piece = ""
    for char in unit:
        if piece and measure(piece + char) > limit:
            carried = ""
            if char in CLOSING and len(piece) > 1 and piece[-1] not in CLOSING:
                piece, carried = piece[:-1], piece[-1]  # take one along rather than begin with a closing mark
            yield piece
            piece = carried
        piece += char
    if piece:
        yield piece


def paragraph_lines(text: str, limit: float, measure: Measure) -> Iterator[tuple[str, ...]]:
    """The lines of one paragraph, each as its units; without the spaces at its end none is wider than `limit`."""
    line: list[str] = []
    used = 0.0
    for unit in units(text):
        width = measure(unit)
        if line and used + width > limit:
            bare = unit.lstrip(" ")
            line[-1] += unit[: len(unit) - len(bare)]  # the space before a break ends the line, unseen
            yield tuple(line)
            line, used = [], 0.0
            unit, width = bare, measure(bare)  # noqa: PLW2901 - the unit without that space
        if width > limit:
            *whole, unit = _cut(unit, limit, measure)  # noqa: PLW2901 - goes on with what is left of it
            yield from ((piece,) for piece in whole)
            width = measure(unit)
        line.append(unit)
        used += width
    yield tuple(line)


def break_lines(text: str, limit: float, measure: Measure) -> list[tuple[tuple[str, ...], bool]]:
    """All lines of a text: (units, whether the line ends its paragraph). `limit` and `measure` share a unit."""
    lines: list[tuple[tuple[str, ...], bool]] = []
    for paragraph in text.split("\n"):
        rows = list(paragraph_lines(paragraph.rstrip(" "), limit, measure))
        lines += [(row, number == len(rows)) for number, row in enumerate(rows, 1)]
    return lines
