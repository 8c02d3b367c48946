"""What a check says: how grave, of which kind, about which orders; the lesser of one matter is swallowed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum


class Severity(IntEnum):
    """How grave a finding is, and so what becomes of the order."""

    MINOR = 1
    MODERATE = 2
    SEVERE = 3
    CONTRAINDICATED = 4

    @property
    def words(self) -> str:
        return _WORDS[self]

    @property
    def needs_reason(self) -> bool:
        """Written only with a reason."""
        return self >= Severity.SEVERE

    @property
    def needs_second(self) -> bool:
        """Refused unless a second person signs too."""
        return self is Severity.CONTRAINDICATED


_WORDS = {
    Severity.CONTRAINDICATED: "禁忌",
    Severity.SEVERE: "严重",
    Severity.MODERATE: "中度",
    Severity.MINOR: "轻度",
}
SEVERITIES = {
    "contraindicated": Severity.CONTRAINDICATED,
    "severe": Severity.SEVERE,
    "moderate": Severity.MODERATE,
    "minor": Severity.MINOR,
}
"""Severities as data files write them."""
KINDS = {
    "allergy": "过敏",
    "contraindication": "禁忌证",
    "interaction": "相互作用",
    "duplicate": "重复用药",
    "limit": "剂量",
    "kidney": "肾功能",
    "beers": "老年人慎用",
    "control": "特殊管理药品",
    "skin-test": "皮试",
    "absorption": "影响吸收",
}
"""Kinds of findings in words, in the order lines of the same gravity stand in."""
_ORDER = {kind: place for place, kind in enumerate(KINDS)}
CLASS, INGREDIENT, TABLE = 0, 1, 2
"""How special a finding is: any two of a class, the same substance, a line of the table about just these."""


@dataclass(frozen=True)
class Finding:
    """One line of the checks. `rule` names it in answers; `about` are the orders it stands between ("" the new one),
    `groups` the groups of their medicines. `reason`: why it was ordered all the same."""

    rule: str
    kind: str
    severity: Severity
    title: str  # 华法林 + 阿司匹林; 二甲双胍 · eGFR 28
    words: str
    about: tuple[str, ...]
    groups: tuple[str, ...]
    source: tuple[str, ...] = ()
    special: int = TABLE
    topic: str = ""
    reason: str = ""

    @property
    def line(self) -> str:
        return f"{self.title}：{self.words}"

    @property
    def rank(self) -> tuple[object, ...]:
        """The gravest first, then by kind; the same findings always stand in the same order."""
        return (-self.severity, _ORDER[self.kind], self.title, self.rule, self.about)


def ranked(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda one: one.rank))


def swallowed(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Without what a graver or more special finding about the same orders says better, ranked.

    About one order alone there are several matters (its dose, the kidneys, an allergy): each keeps its own gravest.
    """
    matters: dict[tuple[object, ...], dict[tuple[object, ...], Finding]] = defaultdict(dict)
    for one in findings:
        several = len(one.about) > 1 and one.kind != "limit"
        matter = (one.about, "" if several else one.topic or one.kind)
        matters[matter].setdefault((one.rule, one.title), one)
    kept: list[Finding] = []
    for said in matters.values():
        kept += _gravest(_special(list(said.values())))
    return ranked(kept)


def gathered(findings: Iterable[Finding], key: str) -> tuple[Finding, ...]:
    """What concerns one order, one line a rule: `华法林 + 阿司匹林、氯吡格雷`, so that one reason answers it."""
    found: dict[tuple[object, ...], Finding] = {}
    for one in findings:
        if key not in one.about:
            continue
        name = (one.rule, one.severity)
        found[name] = _with(found[name], one) if name in found else one
    return ranked(found.values())


def _special(said: list[Finding]) -> list[Finding]:
    """A duplication the table knows stands for the general ones, the same substance for the same class."""
    best = max((one.special for one in said if one.kind == "duplicate"), default=CLASS)
    return [one for one in said if one.kind != "duplicate" or one.special == best]


def _gravest(said: list[Finding]) -> list[Finding]:
    worst = max(one.severity for one in said)
    grave = [one for one in said if one.severity == worst]
    special = max(one.special for one in grave)
    return [one for one in grave if one.special == special]


def _with(one: Finding, other: Finding) -> Finding:
    """Both in one line: what their titles differ in is listed."""
    titles = list(dict.fromkeys(one.title.split(" + ") + other.title.split(" + ")))
    title = (
        " + ".join([titles[0], "、".join(titles[1:])])
        if " + " in one.title
        else "；".join(dict.fromkeys([one.title, other.title]))
    )
    return replace(
        one,
        title=title,
        words="；".join(dict.fromkeys([one.words, other.words])),
        about=tuple(sorted({*one.about, *other.about})),
        groups=tuple(sorted({*one.groups, *other.groups})),
    )
