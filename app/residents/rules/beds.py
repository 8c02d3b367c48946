"""What a bed is: its types, which of them count as nursing beds, and bed names as people type them: 1-3, 1、2."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from app.residents.rules.folding import squeeze
from app.residents.rules.wrong import Wrong

NURSING_TYPES: Final = frozenset({"nursing", "medical", "observation"})
"""Types that count as 护理型床位: 护理型, 医养 and 专护. A bed whose type is not set does not count."""
MOST_BEDS: Final = 60
"""Beds one act may add to a room; more is a slip of the keyboard."""
MOVE_REASONS: Final = ("护理需要", "老人或家属要求", "同住不合", "房间维修", "其他")
"""Why a resident changes beds; 其他 asks for words."""
_RANGE = re.compile(r"(\d{1,3})(?:-|~|～|至|到)(\d{1,3})")
_DIGITS = re.compile(r"(\d+)")


def nursing_share(by_type: Mapping[str, int]) -> float:
    """护理型床位占比: nursing, medical and observation beds over all beds, 0.0 to 1.0; 0.0 for a house without beds."""
    beds = sum(by_type.values())
    return sum(by_type.get(one, 0) for one in NURSING_TYPES) / beds if beds else 0.0


def read_bed_names(said: str) -> tuple[str, ...]:
    """`1-3` is 1, 2, 3; `1、2，靠窗` is as it says. Refuses nothing, a backward range, one name twice."""
    names: list[str] = []
    for part in re.split(r"[、,;]", squeeze(said).replace("，", ",").replace("；", ";")):
        if found := _RANGE.fullmatch(part):
            first, last = int(found[1]), int(found[2])
            if last < first or last - first >= MOST_BEDS:
                raise Wrong(f"“{part}”不是床号范围")
            names += [str(number) for number in range(first, last + 1)]
        elif part:
            names.append(re.sub(r"(?:号床位?|床位?|号)$", "", part) or part)
    if not names:
        raise Wrong("请填写床号，如 1-3")
    if len(names) > MOST_BEDS:
        raise Wrong(f"一次最多添加 {MOST_BEDS} 张床")
    if twice := next((name for name in names if names.count(name) > 1), ""):
        raise Wrong(f"床号 {twice} 写了两次")
    return tuple(names)


def check_move_reason(reason: str) -> str:
    """One of `MOVE_REASONS`, or 其他：and words; the reason as it is kept."""
    head, _, words = reason.strip().partition("：")
    if head not in MOVE_REASONS:
        raise Wrong("请选择换床的原因")
    if head == "其他" and not words.strip():
        raise Wrong("选“其他”时请写明原因")
    return f"{head}：{words.strip()}" if words.strip() else head


@lru_cache(maxsize=4096)
def in_order(name: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key by which 2层 comes before 10层, and -1层 before 1层."""
    below = -1 if re.match(r"-\d", name) else 1
    parts = _DIGITS.split(name.removeprefix("-"))
    return tuple((0, below * int(part), "") if part.isdigit() else (1, 0, part) for part in parts if part)
