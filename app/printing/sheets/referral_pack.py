"""The transfer pack 转诊包: its papers in their order, what was attached behind them, and what could not be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from app.printing.certificate import Certificate
from app.printing.pack import Pack
from app.printing.sheet import Sheet
from app.printing.sheets import (
    photo_page,
    referral_call,
    referral_consent,
    referral_letter,
    referral_medicines,
    referral_reply,
    referral_sbar,
    referral_told,
    referral_vitals,
)
from app.printing.sheets.referral_parts import Paper, Told, framed, head, told

TITLE = "转诊包"
MISSING = "未能附上的资料"


@dataclass(frozen=True, slots=True)
class Part:
    """One paper of the pack: its code, what screens call it, its title on paper, and how it is set."""

    code: str
    words: str
    title: str
    sheet: Callable[[Any], Sheet]


PARTS: dict[str, Part] = {
    part.code: part
    for part in (
        Part("letter", "转出单与存根", referral_letter.TITLE, referral_letter.sheet),
        Part("sbar", "SBAR 交接单", referral_sbar.TITLE, referral_sbar.sheet),
        Part("medicines", "用药与末次时间", referral_medicines.TITLE, referral_medicines.sheet),
        Part("history", "过敏与既往史", referral_told.HISTORY, referral_told.history),
        Part("vitals", "72 小时体征图", referral_vitals.TITLE, referral_vitals.sheet),
        Part("ability", "能力评估摘要", referral_told.ABILITY, referral_told.ability),
        Part("belongings", "携带物品清单", referral_told.BELONGINGS, referral_told.belongings),
        Part("consent", "知情同意书", referral_consent.TITLE, referral_consent.sheet),
        Part("call", "120 呼叫与交接", referral_call.TITLE, referral_call.sheet),
        Part("reply", "回转单（空白）", referral_reply.TITLE, referral_reply.sheet),
    )
}
"""The papers in the order they lie."""


@dataclass(frozen=True, slots=True)
class PackPapers:
    """The data of each paper by its code, what is attached, and what could not be, with the reason."""

    paper: Paper
    papers: tuple[tuple[str, Any], ...]
    attached: tuple[tuple[str, Any], ...] = ()
    photos: tuple[photo_page.Photo, ...] = ()
    missing: tuple[tuple[str, str], ...] = ()
    certificate: Certificate | None = None


def pack(data: PackPapers, kinds: Mapping[str, Callable[[Any], Sheet | Pack]]) -> Pack:
    """One document; `kinds`: how sheets of the chart are set, by name."""
    sheets = [PARTS[code].sheet(one) for code, one in data.papers]
    for name, one in data.attached:
        made = kinds[name](one)
        sheets += made.sheets if isinstance(made, Pack) else (made,)
    sheets += [photo_page.sheet(one) for one in data.photos]
    if data.missing:
        facts = told(Told(name, why) for name, why in data.missing)
        sheets.append(framed(data.paper, MISSING, (*head(data.paper, MISSING), facts)))
    paper = data.paper
    return Pack(
        title=" ".join(filter(None, (TITLE, paper.whose.name, paper.number))),
        number=paper.number,
        printed=paper.printed,
        sheets=tuple(sheets),
        draft=paper.draft,
        watermark=paper.watermark,
        certificate=None if paper.draft else data.certificate,
    )
