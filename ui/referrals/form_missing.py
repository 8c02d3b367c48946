"""What the pack is made of, and what is still missing of a referral: words for the right side of its form."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.core.clock import date_in
from app.printing.sheets.referral_pack import PARTS
from app.referrals.drafted import ReferralDraft, key_of
from app.referrals.filling import Filled
from app.referrals.times import times
from ui.referrals.form_clock import wall
from ui.referrals.form_pack import PartFace
from ui.referrals.form_texts import too_long

_OLD = timedelta(minutes=30)
_OLD_LATER = timedelta(hours=8)


def parts_of(filled: Filled, said: ReferralDraft) -> dict[str, PartFace]:
    """Every part and attachment, with what it waits for."""
    waiting = {
        "belongings": "" if said.belongings else "未填",
        "vitals": "" if filled.vitals else "无体征",
        "ability": "" if filled.baseline.source else "无评估",
        "consent": "" if said.consent.how in ("paper", "drawn") else "待签",
    }
    faces = {
        one.code: PartFace(one.words, waiting.get(one.code, ""), bool(waiting.get(one.code)))
        for one in PARTS.values()
    }
    return faces | {key_of(one): PartFace(one.words, "附件", attached=True) for one in filled.attachments}


def missing(filled: Filled, said: ReferralDraft, now: datetime, zone: str) -> tuple[list[str], bool]:
    """What is missing in sentences; True where it stops the referral from being sent."""
    stops = [
        words
        for wanted, words in (
            (said.partner or said.partner_words, "还没有选接收医院"),
            (said.texts.get("impression", "").strip(), "还没有写初步印象"),
            (said.texts.get("history", "").strip(), "还没有写主要现病史"),
        )
        if not wanted
    ]
    if stops:
        return stops, True
    found = []
    if said.consent.how not in ("paper", "drawn"):
        hours = int(times().consent.total_seconds() // 3600)
        later = f"急诊可先救治，同意书 {hours} 小时内补签，提交后列入待办"
        found.append(later if said.urgent else "同意书还没有签，审核后、提交前要签")
    if old := _old_vitals(filled, said, now, zone):
        found.append(old)
    return found, False


def _old_vitals(filled: Filled, said: ReferralDraft, now: datetime, zone: str) -> str:
    if not filled.vitals:
        return "病历里没有近期体征"
    at = max(one.at for one in filled.vitals)
    if now - at <= (_OLD if said.urgency == "emergency" else _OLD_LATER):
        return ""
    return f"最近的体征是 {wall(zone, at, date_in(zone, now))} 测的"


def first_fault(said: ReferralDraft, *, sent: bool) -> tuple[str, str] | None:
    """The first field with something wrong, and what; `sent`: it has to be whole."""
    texts = said.texts
    wrong = ((field, too_long(field, words)) for field, words in texts.items())
    found = [one for one in wrong if one[1]]
    if sent:
        found += [("partner", "请选择接收医院。")] if not said.partner_words else []
        found += [("impression", "请填写初步印象。")] if not texts.get("impression", "").strip() else []
        found += (
            [("history", "请填写主要现病史（转出原因）。")] if not texts.get("history", "").strip() else []
        )
    return next(iter(found), None)
