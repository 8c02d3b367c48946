"""What the chart offers for a person to tick: reasons to refer, and what can go along on paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from app.referrals.rules.criteria import Window


@dataclass(frozen=True)
class Criterion:
    """One reason to refer. `met`: the chart says so, offered ticked if `ticked`; the others a person ticks.

    `kind`: emergency, h48, elective. `since`: when its clock started, `until`: when the window closes (None where it
    has none or nobody knows since when); `asks`: what the person who ticks it says: since, symptom, or empty.
    """

    code: str
    words: str
    title: str  # the short one of a tile: NEWS2, 血氧, 意识
    value: str  # the big one of a tile: 16 分, 88 %; empty where nothing was measured
    detail: str  # ≥ 7 · 13:46
    kind: str
    red: bool
    cause: str
    met: bool = False
    ticked: bool = False
    at: datetime | None = None
    since: datetime | None = None
    until: datetime | None = None
    clock: str = ""  # 溶栓时间窗 4.5 小时
    asks: str = ""
    record: UUID | None = None
    source: str = ""
    windows: tuple[Window, ...] = ()
    thinks: str = ""  # of 初步印象: 低氧血症（呼吸衰竭）
    alone: bool = False  # … said only where nothing else is thought
    asks_for: str = ""  # of the request: 血气、胸部 CT
    department: str = ""
    symptom: str = ""
    told: str = ""  # what a text adds to the value: 新出现, 吸氧 3 L/min

    def said(self, since: datetime | None = None, symptom: str = "") -> Criterion:
        """As the person who ticks it says it: since when, with which symptom."""
        return replace(self, ticked=True, since=since or self.since, symptom=symptom.strip())

    def kept(self) -> dict[str, Any]:
        """As `Referral.criteria` holds one that was ticked."""
        return {
            "code": self.code,
            "words": self.words,
            "value": self.value,
            "at": self.at.isoformat() if self.at else None,
            "red": self.red,
            "since": self.since.isoformat() if self.since else None,
            "symptom": self.symptom,
        }


@dataclass(frozen=True)
class Attachable:
    """Something of the chart that can go with the referral: a `sheet` of app.printing with its `params`, or a blob.

    `what`: assessment, vitals, mar, incident, photo, rehab_plan, consent … `offered`: ticked at first.
    """

    what: str
    rid: UUID | None
    words: str
    at: datetime | None = None
    sheet: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    blob: str = ""
    pages: int | None = None
    offered: bool = False

    def kept(self) -> dict[str, Any]:
        """As `Referral.attachments` holds one."""
        return {"what": self.what, "rid": str(self.rid) if self.rid else "", "words": self.words}
