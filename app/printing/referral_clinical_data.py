"""From a referral to its clinical papers: medicines with last doses, vital signs of 72 hours, history, ability."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from app.core.clock import local
from app.printing.referral_letter_data import is_grave, listed, special
from app.printing.referral_said import Source
from app.printing.sheets.referral_medicines import Drug, Medicines
from app.printing.sheets.referral_parts import Told
from app.printing.sheets.referral_told import Ability, History
from app.printing.sheets.referral_vitals import Latest, Vitals
from app.printing.sheets.vitals_lanes import Lane, Lanes, Point
from app.referrals.filling import UNRECORDED, Medicine
from app.vitals.catalogue import is_sign, sign_of
from app.vitals.queries.record import VitalLine, VitalRecord, VitalRecordRow, vital_record
from app.vitals.rules import News2

HOURS = 72
_LANES = ("temperature", "pulse", "respiration", "blood_pressure", "spo2")
_SEVERE = 7  # NEWS2 from which it is printed in red: 2.1 of the facts of referral


def medicines(source: Source) -> Medicines:
    """Every running order; the doses of the last day that were not as ordered."""
    facts = source.facts
    return Medicines(
        paper=source.paper,
        allergies=Told("药物过敏", facts.allergies.words, red=facts.allergies.red),
        taken=source.when(facts.taken_at),
        drugs=tuple(_drug(source, one) for one in facts.medicines),
        doses=tuple((source.when(one.at), one.said) for one in facts.doses),
    )


def vitals(source: Source) -> Vitals:
    """The latest values, and the hours before them drawn from what the chart said in that minute."""
    facts = source.facts
    score = facts.news2
    words = "" if score is None else f"NEWS2 {score.total} 分　{score.words}　{source.when(score.at)}"
    single = "；".join(score.single) if score else ""
    more = "　".join(filter(None, (score.trend if score else "", f"单项 3 分：{single}" if single else "")))
    return Vitals(
        paper=source.paper,
        latest=tuple(
            Latest(
                sign_of(one.code).words if is_sign(one.code) else one.title,
                f"{one.text} {one.unit}".strip(),
                source.when(one.at),
                "　".join(filter(None, (one.judged, one.how))),
                one.tone == "danger",
            )
            for one in facts.vitals
        ),
        news2="　".join(filter(None, (words, more))),
        news2_red=score is not None and score.total >= _SEVERE,
        lanes=_lanes(source),
        taken=source.when(facts.taken_at),
    )


def history(source: Source) -> History:
    facts = source.facts
    diagnoses = (*facts.diagnoses, *facts.past_diagnoses)
    return History(
        paper=source.paper,
        asked=Told("", facts.allergies.words, red=facts.allergies.red),
        allergies=tuple((one.substance, one.reaction, one.severity) for one in facts.allergies.items),
        diagnoses=tuple((one.words, one.code, one.onset) for one in diagnoses),
        past=source.said.past,
        facts=(
            Told("主要现病史", source.said.history),
            Told("治疗经过", source.said.course),
            Told("近期情况", listed(facts.recent)),
            Told("近 90 天跌倒", listed(facts.falls)),
            Told("血型", facts.resident.blood),
            Told("末次进食", source.dated(facts.last_meal)),
            Told("末次正常\n时间", source.dated(facts.last_seen_well)),
        ),
    )


def ability(source: Source) -> Ability:
    usual, who = source.facts.baseline, source.facts.resident
    return Ability(
        paper=source.paper,
        usual=(
            Told("能力等级", usual.ability),
            Told("护理等级", who.nursing_grade or UNRECORDED),
            Told("意识", usual.consciousness),
            Told("认知", usual.cognition),
            Told("言语交流", usual.speech),
            Told("行走与转移", usual.walking),
            Told("吞咽", usual.swallow),
        ),
        special=special(source),
        source=usual.source,
    )


def _drug(source: Source, one: Medicine) -> Drug:
    states = (
        ("＃未经医师签名", one.unsigned),
        ("待重整", one.unsettled),
        ("已暂停", one.paused),
        ("必要时", one.prn),
        ("自备药", one.own_supply),
    )
    more = [words for words, holds in states if holds]
    more += [source.dated(one.after)] if one.after else []
    more += [f"用于：{one.indication}"] if one.indication else []
    often = " ".join(filter(None, (one.frequency, "、".join(one.times))))
    amount = one.last_amount if one.last_given and one.last_amount not in one.last else ""
    return Drug(
        words=one.words,
        dose=" ".join(filter(None, (one.dose, one.route))),
        often=often,
        last=" ".join(filter(None, (source.dated(one.last), amount))) or UNRECORDED,
        more="；".join(more),
        marks=tuple(flag.words for flag in one.flags),
        grave=is_grave(one),
    )


def _lanes(source: Source) -> Lanes:
    until = source.facts.taken_at
    asked = VitalRecord(source.facts.resident.rid, until - timedelta(hours=HOURS), until)
    record = vital_record(source.reader, asked)
    lanes = [_lane(source, record, code) for code in _LANES]
    lanes.append(Lane("NEWS2", "分", tuple(_scores(source, record))))
    last = lanes[-1].points
    if last:
        lanes[-1] = Lane("NEWS2", "分", last, f"{last[-1].value:g} 分")
    return Lanes(tuple(lanes), local(source.zone, until).replace(tzinfo=None), HOURS)


def _lane(source: Source, record: VitalRecordRow, code: str) -> Lane:
    sign = sign_of(code)
    points, words = [], ""
    for line in record.lines:
        said = _said_then(line, source.facts.taken_at) if line.code == code else None
        if said is not None and (values := _values(said[1])):
            points.append(Point(local(source.zone, said[0]).replace(tzinfo=None), *values))
            words = said[1]
    return Lane(sign.words, sign.unit, tuple(points), words)


def _said_then(line: VitalLine, known: datetime) -> tuple[datetime, str] | None:
    """When and what a value was as it was known then: what was written, corrected or retracted later is not."""
    if line.taken.recorded_at <= known:
        return None if line.retracted else (line.at, line.words)
    former = [one for one in line.former if one.recorded_at <= known]
    return (former[-1].at, former[-1].words) if former else None


def _values(words: str) -> tuple[float, ...]:
    """`36.5` and `142/78` as figures; empty for LO, or why there is none."""
    try:
        return tuple(float(one) for one in words.split("/"))
    except ValueError:
        return ()


def _scores(source: Source, record: VitalRecordRow) -> Iterator[Point]:
    """Complete scores by the time of their visit, of visits nobody touched since."""
    later = {line.taken.set_id for line in record.lines if line.taken.recorded_at > source.facts.taken_at}
    seen = set(later)
    for line in record.standing():
        visit = line.taken.set_id
        score = record.scores.get(visit)
        if isinstance(score, News2) and visit not in seen:
            seen.add(visit)
            yield Point(local(source.zone, line.at).replace(tzinfo=None), float(score.total))
