"""From a referral to the papers around it: belongings, consent, the 120 script, the reply that came back."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import select

from app.core.clock import local
from app.core.errors import Refusal
from app.core.resources import resource
from app.core.strokes import strokes_of
from app.printing.referral_letter_data import escort_words, listed
from app.printing.referral_said import URGENCIES, Source
from app.printing.sheet import Tick
from app.printing.sheets.referral_call import CallPaper
from app.printing.sheets.referral_consent import CHOICES, ConsentPaper
from app.printing.sheets.referral_letter import Patient
from app.printing.sheets.referral_parts import Told
from app.printing.sheets.referral_reply import Reply
from app.printing.sheets.referral_told import Belongings
from app.referrals.around import GREEN_TIMES
from app.referrals.around.calling import GOODS
from app.referrals.around.resuscitated import Resuscitation, resuscitation_lists, resuscitation_of
from app.referrals.around.telling import ANSWERS
from app.referrals.filling.call import CallScript, call_script
from db.models import ReferralReturn

_ANSWERED = {"yes": "有", "no": "没有", "unknown": "不清楚", "": ""}


@cache
def _consent_words() -> Mapping[str, tuple[str, ...]]:
    read = tomllib.loads(resource("printing", "referral_papers.toml").read_text("utf-8"))["consent"]
    return {key: tuple(read[key]) for key in ("notices", "risks")}


def belongings(source: Source) -> Belongings:
    return Belongings(source.paper, source.said.belongings, escort_words(source))


def consent(source: Source) -> ConsentPaper:
    """With what was said and drawn; for the pen where nobody said anything yet."""
    row = source.said.row
    kept: Mapping[str, Any] = row.consent if row is not None and row.consent_at is not None else {}
    decider = source.facts.decider
    name, relation = (decider.name, decider.relation) if decider else ("", "")
    at = row.consent_at if row is not None else None
    day = "" if at is None else f"{local(source.zone, at):%Y-%m-%d %H:%M}"
    words = _consent_words()
    return ConsentPaper(
        paper=source.paper,
        about=tuple(_about(source)),
        notices=words["notices"],
        risks=words["risks"],
        chosen="" if not kept else CHOICES[0] if kept.get("agreed", True) else CHOICES[1],
        words=str(kept.get("words", "")),
        name=str(kept.get("name", name)),
        relation=str(kept.get("relation", relation)),
        phone=_phone_of(source, str(kept.get("name", name))),
        day=day.replace(" ", "\n") if kept.get("drawn") else "",
        strokes=strokes_of(kept.get("drawn") or {}),
        on_paper=bool(kept.get("on_paper")),
        teller=source.said.doctor_name,
        noted_by=str(kept.get("told_by", "")),
        told_at=day,
        owed=_owed(source),
        family=tuple(_family(source)),
    )


def call(source: Source) -> CallPaper:
    """The script as it was read out, else as the chart gives it; the hand-over as far as it was noted."""
    said = source.said
    script, handed = said.call.get("script", {}), said.call.get("hand_over", {})
    things = set(handed.get("items", ()))
    return CallPaper(
        paper=source.paper,
        script=tuple(_script(source, script)),
        cpr=tuple(_resuscitation(source, resuscitation_of(handed.get("cpr", {})))),
        times=tuple(_times(source)),
        who=(
            Told("随车医护", str(handed.get("crew", "")), pen=True),
            Told("车牌", str(handed.get("plate", "") or said.escort.get("plate", "")), pen=True),
            Told("随行人", str(handed.get("companion", "") or said.escort.get("persons", "")), pen=True),
            Told("随行人电话", "", pen=True),
            Told("送达医院", str(handed.get("whither", "")) or source.to),
        ),
        handed=(
            Told("交接体征", str(handed.get("vitals", "")), pen=True),
            Told("交接说明", str(handed.get("said", "")), pen=True),
        ),
        goods=(
            *(Tick(words, words in things) for words in GOODS),
            *(Tick(words, chosen=True) for words in sorted(things - set(GOODS))),
        ),
    )


def filled_reply(source: Source) -> Reply:
    """The reply as it came back, for the archive; refuses where nothing came back yet."""
    row = source.said.row
    back = None
    if row is not None:
        back = source.reader.session.scalars(
            select(ReferralReturn)
            .where(
                ReferralReturn.referral == row.rid,
                ReferralReturn.current,
                ReferralReturn.state != "retracted",
            )
            .order_by(ReferralReturn.at.desc())
            .limit(1)
        ).first()
    if back is None:
        raise Refusal("这份转诊还没有回转记录。")
    who = source.patient
    known = Patient(who.name, who.sex, who.age, back.record_number, who.address, who.phone)
    visit = f"复诊：{back.visit_on:%Y-%m-%d} {back.visit_department}" if back.visit_on else ""
    dangers = f"出现下列情况立即返院：{back.dangers}" if back.dangers else ""
    return Reply(
        paper=source.paper,
        patient=known,
        day=local(source.zone, back.at).date(),
        to=source.facts.sender.institution,
        diagnoses=back.diagnoses,
        record_number=back.record_number,
        findings=back.findings,
        course_and_plan="\n".join(filter(None, (back.course, back.plan, visit, dangers))),
        phone=back.doctor_phone,
        sender=" ".join(filter(None, (back.hospital, back.department))),
    )


def _about(source: Source) -> Iterator[Told]:
    who, facts = source.facts.resident, source.facts
    yield Told("患者姓名", who.name)
    yield Told("性别、年龄", f"{who.sex}　{source.age}")
    yield Told(who.id_type or "证件号码", who.id_full)
    yield Told("联系电话", source.patient.phone)
    yield Told("转出机构", facts.sender.institution)
    yield Told("转入机构", source.to)
    yield Told("方向", "上转（转出）")
    yield Told("紧急度", URGENCIES.get(source.said.urgency, ""))
    yield Told("转诊原因", source.said.history or source.said.impression)


def _owed(source: Source) -> str:
    row = source.said.row
    if row is None or row.consent_at is not None:
        return ""
    if row.consent_by is None:
        return "知情同意：待签。"
    return f"先救治，知情同意待补签，{source.when(row.consent_by)} 前完成。"


def _family(source: Source) -> Iterator[str]:
    row = source.said.row
    for one in row.family.get("all", ()) if row is not None else ():
        who = f"{one['name']}（{one['relation']}）" if one.get("relation") else one["name"]
        answer = ANSWERS.get(one.get("answer", ""), "")
        more = f"，{one['words']}" if one.get("words") else ""
        yield f"{source.when(one['at'])} 告知 {who}{one.get('phone', '')}：{answer}{more}（{one.get('by_name', '')}）"


def _phone_of(source: Source, name: str) -> str:
    return next((one.phone for one in source.facts.contacts if one.name == name), "")


def _script(source: Source, script: Mapping[str, Any]) -> Iterator[Told]:
    """In the order 120 asks."""
    facts, who = source.facts, source.facts.resident
    answered = [
        f"{words} {_ANSWERED.get(str(script.get(code, '')), '') or '有／没有／不清楚'}"
        for code, words in (("conscious", "意识"), ("breathing", "呼吸"))
    ]
    drugs = [one.words for one in facts.medicines if one.is_("anticoagulant")]
    known = (listed_diagnoses(source), f"抗凝药：{'、'.join(drugs)}" if drugs else "")
    where = call_script(source.reader, CallScript(who.rid))
    first, other = (facts.sender, where) if source.left else (where, facts.sender)
    address, phone = first.address or other.address, first.phone or other.phone
    house = "　".join(filter(None, (address, who.bed or where.bed)))
    meeting = "；".join(filter(None, (where.meeting, where.lift)))
    yield Told("地址", str(script.get("address", "")) or house)
    yield Told(
        "症状与时间",
        "　".join(
            filter(
                None,
                (
                    script.get("symptoms") or source.said.sbar.get("S") or source.said.impression,
                    script.get("since"),
                ),
            )
        ),
    )
    yield Told("老人", f"{who.name}　{who.sex}　{source.age}")
    yield Told("意识、呼吸", "　".join(answered))
    yield Told("联系电话", str(script.get("phone", "")) or phone)
    yield Told("接应与电梯", str(script.get("meeting", "")) or meeting)
    yield Told("已做急救", str(script.get("done", "")) or source.said.course)
    yield Told("基础病、抗凝", str(script.get("background", "")) or "；".join(filter(None, known)))
    yield Told("过敏", facts.allergies.words, red=facts.allergies.red)
    yield Told("传染病", str(script.get("infectious", "")) or listed(facts.isolation) or "无记录")
    yield Told("目标医院", str(script.get("whither", "")) or source.to)
    yield Told("家属随车", str(script.get("companion", "") or source.said.escort.get("persons", "")))


def _resuscitation(source: Source, done: Resuscitation | None) -> Iterator[Told]:
    """What stands of it; what nobody knew is for the pen."""
    if done is None:
        return
    words = {name: each.get(getattr(done, name), "") for name, each in resuscitation_lists().items()}
    used = done.aed != "none"
    aed = (words["aed"], source.when(done.aed_at) if used else "")
    yield Told("倒地或发现", source.when(done.collapsed), pen=True)
    yield Told("倒地时", words["witnessed"], pen=True)
    yield Told("复苏开始", source.when(done.begun), pen=True)
    yield Told("由谁开始", done.by, pen=True)
    yield Told("AED", " ".join(filter(None, aed)), pen=True)
    if used:
        yield Told("AED 波形", words["rhythm"], pen=True)
        yield Told("除颤次数", "" if done.shocks is None else f"{done.shocks} 次", pen=True)
    yield Told("自主循环恢复", source.when(done.rosc), pen=True)
    yield Told("结果", words["outcome"], pen=True)
    yield Told("复苏用药", done.drugs, pen=True)


def listed_diagnoses(source: Source) -> str:
    return "、".join(one.words for one in source.facts.diagnoses)


def _times(source: Source) -> Iterator[Told]:
    times: Mapping[str, Any] = source.said.times
    wanted = ("ambulance_called", "ambulance_here", "left", "arrived")
    for code in wanted:
        yield Told(GREEN_TIMES[code], source.when(_at(times.get(code))), pen=True)
    yield Told("交接时间", source.when(_at(times.get("handed_over"))), pen=True)
    yield Told("对方接诊", source.when(_at(times.get("taken_over"))), pen=True)


def _at(kept: Any) -> datetime | None:
    return datetime.fromisoformat(kept) if kept else None
