"""What a revision of an incident reads like: each thing it says under its name, codes as their words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.core.clock import local
from app.incidents.kinds import catalogue
from app.incidents.rules import STATUSES
from db.models import Incident


def stated(row: Incident, zone: str, resident: str = "") -> dict[str, str]:
    """Everything a revision says, in the order of the report; what is not said is left out."""
    known = catalogue()
    kind, content = known.kind(row.code), row.content
    said = {
        "老人": resident,
        "事件类别": kind.words,
        "发生时间": when(zone, row.at),
        "地点": row.place,
        "经过": row.happened,
        "伤害程度": known.harm(row.harm).words if row.harm else "",
        "当时处理": done_words(content),
    }
    said |= {one.words: joined(content.get("asked", {}).get(one.key, "")) for one in kind.asks}
    said |= {"告知家属": family_words(content, zone), **review_words(content)}
    said["处理状态"] = STATUSES[row.status]
    declined = content.get("reassessment")
    said["不重新评估"] = f"{declined['why']}（{declined['by']}）" if declined else ""
    return {name: words for name, words in said.items() if words}


def done_words(content: Mapping[str, Any]) -> str:
    """通知医生、冰敷；扶回床上休息."""
    ticked = "、".join(content.get("measures", ()))
    return "；".join(part for part in (ticked, content.get("done", "")) if part)


def family_words(content: Mapping[str, Any], zone: str) -> str:
    """11-20 15:40 电话告知王建国（儿子），林晓燕告知：……"""
    told = content.get("family")
    if not told:
        return ""
    moment = when(zone, datetime.fromisoformat(told["at"]))
    whom = told["way"] if not told["whom"] else f"{told['way']}告知{told['whom']}"
    return f"{moment} {whom}，告知人{told['by']}。答复：{told['answer']}"


def review_words(content: Mapping[str, Any]) -> dict[str, str]:
    """原因分析 and 整改措施, each in one text."""
    review = content.get("review")
    if not review:
        return {}
    causes = "、".join(review["causes"])
    return {
        "原因分析": "；".join(part for part in (causes, review["analysis"]) if part),
        "整改措施": review["measures"],
    }


def when(zone: str, moment: datetime) -> str:
    """2026-11-20 15:40 by the institution's clock."""
    return f"{local(zone, moment):%Y-%m-%d %H:%M}"


def joined(said: Any) -> str:
    """One answer or several, in one line."""
    return said if isinstance(said, str) else "、".join(said)
