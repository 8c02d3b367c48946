"""From a referral to the words of its letter, the reply that is enclosed, and the SBAR sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.printing.referral_said import URGENCIES, Source, moved_on
from app.printing.sheets.referral_extra import Extra
from app.printing.sheets.referral_letter import Letter, Patient
from app.printing.sheets.referral_parts import Told
from app.printing.sheets.referral_reply import Reply
from app.printing.sheets.referral_sbar import Said, Sbar
from app.referrals.around import GREEN_TIMES
from app.referrals.filling import UNRECORDED, Fact, Medicine
from app.referrals.moving.move import standing_moves
from app.referrals.rules.states import Status
from app.referrals.writing.forms import SBAR

NONE_RECORDED = "无记录"


def letter(source: Source) -> Letter:
    """The national form, and page 2."""
    said, sender = source.said, source.facts.sender
    day = source.day
    return Letter(
        paper=source.paper,
        patient=source.patient,
        day=day.date() if day else None,
        to=said.partner_words,
        department=said.department,
        receiver=said.receiver,
        texts=(said.impression, said.history, said.past, said.course),
        phone=sender.doctor_phone or sender.phone,
        sender=sender.institution,
        extra=_extra(source),
    )


def blank_reply(source: Source) -> Reply:
    """Enclosed for the hospital: who it is and where they come back to stand in it already."""
    who = source.patient
    known = Patient(who.name, who.sex, who.age, "", who.address, who.phone)
    return Reply(source.paper, known, to=source.facts.sender.institution)


def sbar(source: Source) -> Sbar:
    """The five letters as they were sent."""
    facts, said = source.facts, source.said
    about = (
        Told("接收机构", source.to or "未定"),
        Told("紧急度", _urgency(source)),
        Told("转诊医生", said.doctor_name or facts.sender.doctor_name),
        Told("联系电话", facts.sender.doctor_phone or facts.sender.phone),
        Told("家属", "；".join(one.words for one in facts.contacts[:2]) or UNRECORDED),
    )
    return Sbar(
        paper=source.paper,
        about=about,
        alarms=(Told("过敏", facts.allergies.words, red=facts.allergies.red), *_grave(source)),
        said=tuple(
            Said(key, word, said.sbar.get(key, ""), facts.sources.get(key, "")) for key, word in SBAR.items()
        ),
        times=times_of(source),
        giver=_giver(source),
    )


def _giver(source: Source) -> str:
    """Who handed over to the crew, else who let the resident go; nobody did before."""
    handed = str(source.said.call.get("hand_over", {}).get("by_name", ""))
    row = source.said.row
    left = [one for one in standing_moves(row) if one["to"] == Status.DEPARTED] if row is not None else []
    return handed or (str(left[-1]["by_name"]) if left else "")


def times_of(source: Source) -> tuple[tuple[str, str], ...]:
    """The times of the green channel as far as they are known, with whom they concern."""
    times = source.said.times
    return tuple(
        (words, "　".join(filter(None, (source.when(times.get(code)), str(times.get(f"{code}_whom", ""))))))
        for code, words in GREEN_TIMES.items()
        if times.get(code)
    )


def last_words(source: Source, one: Medicine) -> str:
    """华法林钠片 3 mg qd，末次 11-13 18:00 已服（抗凝）."""
    flags = f"（{'、'.join(flag.words for flag in one.flags)}）" if one.flags else ""
    dose = " ".join(filter(None, (one.dose, one.route, one.frequency)))
    return f"{one.words} {dose}，末次 {source.dated(one.last) or UNRECORDED}{flags}"


def listed(facts: Iterable[Fact]) -> str:
    """Facts of one kind, one after the other."""
    return "；".join(one.words for one in facts)


def reasons(source: Source) -> str:
    """What in the chart asked for it: NEWS2 16 分（11-14 13:46）."""
    return "；".join(
        " ".join(filter(None, (str(one.get("words", "")), str(one.get("value") or ""))))
        + (f"（{source.when(one['at'])}）" if one.get("at") else "")
        for one in source.said.criteria
    )


def vitals_line(source: Source) -> str:
    """The latest of every sign in a line, NEWS2 behind."""
    by_time: dict[str, list[str]] = {}
    for one in source.facts.vitals:
        by_time.setdefault(source.when(one.at), []).append(
            f"{one.words}{f'（{one.how}）' if one.how else ''}"
        )
    parts = [f"{when} {'，'.join(words)}" for when, words in by_time.items()]
    if source.facts.news2 is not None:
        score = source.facts.news2
        parts.append(f"NEWS2 {score.total} 分（{source.when(score.at)}）{score.trend}")
    return "；".join(parts) or UNRECORDED


def special(source: Source) -> tuple[Told, ...]:
    """What a ward has to know beside the illness."""
    facts = source.facts
    return (
        Told("管路", listed(facts.lines) or NONE_RECORDED),
        Told("伤口与皮肤", listed(facts.wounds) or NONE_RECORDED),
        Told(
            "感染与隔离",
            listed(facts.isolation) or NONE_RECORDED,
            red=any(one.red for one in facts.isolation),
        ),
        Told("饮食与吞咽", listed(facts.diet) or facts.baseline.swallow),
        Told("跌倒与走失", listed((*facts.falls, *facts.risks)) or NONE_RECORDED),
        Told("约束使用", listed(facts.restraint) or NONE_RECORDED),
        Told("抢救意愿", listed(facts.wishes) or UNRECORDED, red=bool(facts.wishes)),
    )


def _shortened(facts: tuple[Told, ...]) -> tuple[Told, ...]:
    """What nobody recorded in one line."""
    empty = [one.name for one in facts if one.words == NONE_RECORDED]
    if len(empty) < 2:
        return facts
    rest = (one for one in facts if one.words != NONE_RECORDED)
    return (*rest, Told(NONE_RECORDED, "、".join(empty)))


def escort_words(source: Source) -> str:
    """护士、家属 120 救护车 闽D12345."""
    return " ".join(str(source.said.escort.get(key, "")) for key in ("persons", "transport", "plate")).strip()


def _extra(source: Source) -> Extra:
    facts, who = source.facts, source.facts.resident
    known = (
        Told(who.id_type or "证件号码", who.id_full or UNRECORDED),
        Told("医保", "、".join(who.insurance) or UNRECORDED),
        Told("出生日期", f"{who.birth_date:%Y-%m-%d}" if who.birth_date else UNRECORDED),
        Told("能力等级", facts.baseline.ability),
        Told("护理等级", "，".join(filter(None, (who.care_level, who.nursing_grade))) or UNRECORDED),
        Told("血型", who.blood or UNRECORDED),
        Told("紧急度", _urgency(source)),
        Told("接诊联系", _there(source)),
        Told("家属", "；".join(one.words for one in facts.contacts) or UNRECORDED),
    )
    attached = "、".join(str(one.get("words", "")) for one in source.said.attachments)
    return Extra(
        known=known,
        allergies=Told("过敏史", facts.allergies.words, red=facts.allergies.red),
        reasons=reasons(source),
        medicines=tuple(last_words(source, one) for one in facts.medicines),
        vitals=vitals_line(source),
        special=_shortened(special(source)),
        way=(
            Told("陪同与交通", escort_words(source) or UNRECORDED),
            Told("随附资料", attached or "见转诊包各页"),
            *_green(source),
            *_onward(source),
        ),
        sender=facts.sender.institution,
        taken=source.when(facts.taken_at),
    )


def _urgency(source: Source) -> str:
    words = URGENCIES.get(source.said.urgency, "")
    return f"{words} · 绿色通道" if source.said.green else words


def _there(source: Source) -> str:
    """Whom to ask for: department's or house's telephone, booking."""
    partner, phone = source.partner, ""
    if partner is not None:
        rooms = partner.departments.get("all", ())
        phone = next(
            (one.get("phone", "") for one in rooms if one.get("words") == source.said.department), ""
        )
        phone = phone or partner.phone
    return "　".join(filter(None, (source.said.receiver, source.said.booking, phone))) or UNRECORDED


def _green(source: Source) -> Iterator[Told]:
    told = times_of(source)
    if told:
        yield Told("绿色通道\n时间", "；".join(f"{words} {when}" for words, when in told))


def _onward(source: Source) -> Iterator[Told]:
    """Where the resident was moved on to: the letter keeps the hospital it went to."""
    row = source.said.row
    moves = moved_on(row) if row is not None else ()
    if moves:
        yield Told("转往他院", "；".join(f"{source.when(one['at'])} {one['reason']}" for one in moves))


def _grave(source: Source) -> Iterator[Told]:
    """Anticoagulant, insulin, opioid with the last minute; isolation; wishes."""
    facts = source.facts
    grave = [one for one in facts.medicines if is_grave(one)]
    if grave:
        yield Told("高危用药\n末次", "\n".join(last_words(source, one) for one in grave), red=True)
    if facts.isolation:
        yield Told("感染隔离", listed(facts.isolation), red=True)
    if facts.wishes:
        yield Told("抢救意愿", listed(facts.wishes), red=True)


GRAVE = ("anticoagulant", "insulin", "opioid")
"""What a hospital has to know to the minute."""


def is_grave(one: Medicine) -> bool:
    return any(one.is_(flag) for flag in GRAVE)
