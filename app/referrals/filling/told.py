"""All texts of a referral at once, each with the records its words come from; told again when something is ticked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.referrals.filling.filled import Criterion, Filled
from app.referrals.filling.handover import assessment, background, identity, request, situation
from app.referrals.filling.telling import SIGNS, Teller, course, history, impression, past

TEXTS = {"impression": impression, "history": history, "past": past, "course": course}
SBAR = {"I": identity, "S": situation, "B": background, "A": assessment, "R": request}


@dataclass(frozen=True)
class Told:
    """`texts` by column of the referral, `sbar` by letter, `sources` by both: 13:46 体征 · 护理记录."""

    texts: Mapping[str, str]
    sbar: Mapping[str, str]
    sources: Mapping[str, str]


def tell(filled: Filled, ticked: Iterable[Criterion] | None = None) -> Told:
    """The words for what is ticked; as the chart offers it where nobody said otherwise."""
    chosen = tuple(filled.criteria if ticked is None else ticked)
    teller = Teller(filled, tuple(one for one in chosen if one.ticked))
    return Told(
        {name: write(teller) for name, write in TEXTS.items()},
        {name: write(teller) for name, write in SBAR.items()},
        _sources(teller),
    )


def _sources(teller: Teller) -> dict[str, str]:
    filled = teller.filled
    notes = any(one.kind == "note" for one in filled.recent)
    incident = any(one.kind == "incident" for one in filled.recent)
    signs = [one.at for one in filled.vitals if one.code in SIGNS]
    measured = f"{teller.moment(max(signs))} 体征" if signs else ""
    return {
        "impression": _said("指征" if teller.ticked else "", "诊断" if filled.diagnoses else ""),
        "history": _said(measured, "护理记录" if notes else "", "不良事件" if incident else ""),
        "past": _said("诊断", "过敏", "用药", "评估" if filled.baseline.source else ""),
        "course": _said(
            "给药" if filled.doses else "",
            "体征" if measured else "",
            "护理记录" if notes else "",
            "检验" if filled.labs else "",
        ),
        "I": "档案",
        "S": measured or "没有体征",
        "B": _said("诊断", "用药", filled.baseline.source),
        "A": "趋势"
        if filled.news2 is not None and filled.news2.trend
        else _said("指征" if teller.ticked else "手工"),
        "R": "模板",
    }


def _said(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
