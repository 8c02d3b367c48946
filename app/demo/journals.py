"""The journals of the demo: papers and wishes at admission, tubes, notes, turnings, wounds, results; a few slips."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from app.core.form import Value
from app.demo.days import CAREGIVER, HEAD_NURSE, NURSE, Days, Person
from app.demo.journal_words import (
    CONTACTS,
    DIETS,
    LABS,
    NOTES,
    PACKAGES,
    PLAIN_NOTES,
    WISHES,
)
from app.demo.wound import picture
from app.journals import AddEntries, AddEntry, CorrectEntry, Seen, WrongResident

BEDRIDDEN, TURNED_DAYS, MEASURED_DAYS, WOUNDS = 6, 3, 3, 2
Said = Mapping[str, Value]


def keep_journals(days: Days) -> None:
    """Plan everything; each act writes what one person wrote at that moment."""
    weak = sorted(days.people, key=lambda one: one.invented.ability)[:BEDRIDDEN]
    days.at(days.moment(days.count, 10), functools.partial(_admit, days))
    days.at(days.moment(days.count, 15), functools.partial(_tubes, days, weak))
    _plan_notes(days)
    _plan_rounds(days, weak)
    _plan_wounds(days, weak[:WOUNDS])
    for back in {max(days.count - 2, 1), min(5, days.count)}:
        days.at(days.moment(back, 16), functools.partial(_results, days, back))
    days.at(days.moment(min(3, days.count), 11), functools.partial(_isolate, days, weak[-1]))
    days.at(days.moment(1, 14), functools.partial(_slips, days))


def _write(days: Days, who: str, entries: list[AddEntry]) -> tuple[UUID, ...]:
    days.become(who)
    return days.station.desk.do_now(AddEntries(tuple(entries))) if entries else ()


def _admit(days: Days) -> None:
    """Papers and consents of everybody."""
    dice, entries = days.dice("journals admit"), []
    begun = days.today - timedelta(days=days.count)
    for index, person in enumerate(days.people):
        add = functools.partial(AddEntry, person.rid)
        kin = person.invented.cells["紧急联系人"]
        signed = begun - timedelta(days=dice.randrange(0, 330))
        agreement = {
            "number": f"KN-{signed.year}-{index + 1:03d}",
            "valid_from": signed.isoformat(),
            "valid_to": (signed + timedelta(days=364)).isoformat(),
            "package": dice.choice(PACKAGES),
        }
        entries += [add("agreement", agreement), add("diet", _diet(person, index))]
        consent = {"scope": "processing", "given": "yes", "by": kin, "on": signed.isoformat()}
        entries.append(add("consent", {**consent, "version": "2026-1"}))
        photo = {**consent, "scope": "photo", "given": "no" if index % 9 == 4 else "yes"}
        entries.append(add("consent", photo))
        insured = {"type": "1" if index % 3 else "2", "number": f"31019900{index:04d}"}
        entries.append(add("insurance", {**insured, "valid_from": signed.isoformat()}))
        entries += [add(journal, said) for journal, said in _sometimes(index, kin, begun)]
    _write(days, NURSE, entries)


def _sometimes(index: int, kin: str, begun: date) -> list[tuple[str, Said]]:
    """What only some have: entitlements, long-term care insurance, wishes, valuables, a vaccination."""
    found: list[tuple[str, Said]] = []
    if index % 7 == 2:
        found.append(("entitlement", {"type": "dibao" if index % 2 else "disability", "grade": "肢体二级"}))
    if index % 5 == 3:
        care = {"type": "ltc", "level": "3-1", "valid_from": begun.isoformat(), "insurer": "康宁区医保中心"}
        found.append(("insurance", {**care, "valid_to": (begun + timedelta(days=400)).isoformat()}))
    if index % 8 == 1:
        wish = dict(WISHES[index // 8 % len(WISHES)])
        found.append(("resuscitation", {**wish, "witness": kin, "on": begun.isoformat()}))
    if index % 10 == 6:
        found.append(("valuables", {"what": "金戒指", "count": "1", "keeper": "林晓燕"}))
    if index % 5 < 3:
        shot = {"vaccine": "flu", "dose": "yearly", "lot": "202609A21", "on": begun.isoformat()}
        following = begun + timedelta(days=365)
        found.append(("vaccination", {**shot, "place": "本院", "next_on": following.isoformat()}))
    return found


def _diet(person: Person, index: int) -> Said:
    if person.invented.ability < 0.2:
        return {"kind": ("semi",), "texture": "4", "help": "feed", "taboo": "糯米、坚果"}
    return DIETS[index % len(DIETS)]


def _tubes(days: Days, weak: list[Person]) -> None:
    placed = days.today - timedelta(days=days.count + 2)
    entries = []
    for index, person in enumerate(weak[:4]):
        gastric = index % 2 == 0
        tube = {
            "kind": "gastric" if gastric else "urinary",
            "size": "14Fr" if gastric else "16Fr",
            "placed_on": placed.isoformat(),
            "change_by": (days.today + timedelta(days=(-1, 3, 9, 0)[index])).isoformat(),
            "place": "右鼻孔，外露 55 cm" if gastric else "尿道",
            "state": "通畅，固定好",
        }
        entries.append(AddEntry(person.rid, "tube", tube))
    first = {"way": "stretcher", "mind": "clear", "walk": "bed", "eat": "feed", "skin": "red"}
    entries += [
        AddEntry(one.rid, "first-nursing", {**first, "problems": "压力性损伤风险，误吸风险"}) for one in weak
    ]
    _write(days, NURSE, entries)


def _plan_notes(days: Days) -> None:
    """Every morning and every night somebody is written about; two people every day."""
    dice = days.dice("journals notes")
    for back in range(days.count, -1, -1):
        for hour, who in ((9, NURSE), (15, HEAD_NURSE), (22, NURSE)):
            moment = days.moment(back, hour, dice.randrange(0, 40))
            people = [*dice.sample(list(days.people), min(3, len(days.people))), *days.people[:2]]
            entries = []
            for person in people:
                special = dice.random() < 0.25
                said = dict(dice.choice(NOTES if special else PLAIN_NOTES))
                at = moment - timedelta(minutes=dice.randrange(1, 50))
                entries.append(AddEntry(person.rid, "nursing-note", said, at))
            days.at(moment, functools.partial(_write, days, who, entries))
        if back % 6 == 1:
            person = dice.choice(list(days.people))
            kin = person.invented.cells["紧急联系人"]
            contact = [AddEntry(person.rid, "family-contact", {**dice.choice(CONTACTS), "who": kin})]
            days.at(days.moment(back, 17), functools.partial(_write, days, NURSE, contact))


def _plan_rounds(days: Days, weak: list[Person]) -> None:
    """Every two hours the bedridden are turned; some have what goes in and out of them measured."""
    dice = days.dice("journals rounds")
    for back in range(min(TURNED_DAYS, days.count), -1, -1):
        for hour in range(0, 24, 2):
            moment = days.moment(back, hour, 8)
            entries = []
            for person in weak:
                skin = "red" if dice.random() < 0.06 else "intact"
                position = ("left", "supine", "right")[hour // 2 % 3]
                said = {"position": position, "skin": skin, "next_by": f"{(hour + 2) % 24:02d}:00"}
                at = moment - timedelta(minutes=dice.randrange(0, 8))
                entries.append(AddEntry(person.rid, "turning", said, at))
            if back < MEASURED_DAYS:
                entries += _measured(weak[:3], hour, moment, dice.randrange(-3, 4) * 10)
            days.at(moment, functools.partial(_write, days, CAREGIVER, entries))


def _measured(people: list[Person], hour: int, moment: datetime, more: int) -> list[AddEntry]:
    entries = []
    for person in people:
        said: list[Said] = []
        if hour in (8, 12, 16, 20):
            said.append({"direction": "in", "kind_in": "tube", "amount": str(250 + more)})
        if hour in (10, 14, 18):
            said.append({"direction": "in", "kind_in": "drink", "amount": str(100 + more)})
        if hour in (6, 12, 18, 22):
            said.append({"direction": "out", "kind_out": "urine", "amount": str(300 + 2 * more)})
        entries += [AddEntry(person.rid, "intake-output", one, moment) for one in said]
    return entries


def _plan_wounds(days: Days, people: list[Person]) -> None:
    """A pressure injury that heals week by week, with its photos."""
    for place, person in enumerate(people):
        for week, back in enumerate(range(min(28, days.count), -1, -7)):
            size = max(0.5, 4.0 - 0.8 * week)
            said: dict[str, Value] = {
                "site": ("sacrum",) if place == 0 else ("heel_l",),
                "stage": "3" if week == 0 and place == 0 else "2",
                "length": f"{size:.1f}",
                "width": f"{size * 0.7:.1f}",
                "depth": f"{max(0.1, 0.5 - 0.1 * week):.1f}",
                "exudate": "some" if week < 2 else "little",
                "tissue": ("granulation", "slough") if week < 2 else ("granulation",),
                "treatment": "生理盐水清洗，泡沫敷料，2 小时翻身",
            }
            if place == 0:
                said["photos"] = (picture(size / 4.0),)
            entry = [AddEntry(person.rid, "skin", said)]
            days.at(days.moment(back, 10, 20 + place), functools.partial(_write, days, NURSE, entry))


def _results(days: Days, back: int) -> None:
    """A sheet of results for every fourth; one of them is critical, read back and told to the doctor."""
    dice = days.dice(f"journals labs {back}")
    sampled = f"{days.today - timedelta(days=back):%Y-%m-%d} 06:40"
    entries = []
    for index, person in enumerate(days.people[::4]):
        for item, low, high, digits in LABS:
            said = {"item": item, "value": f"{dice.uniform(low, high):.{digits}f}", "lab": "区中心医院检验科"}
            if index == 1 and item == "k":
                said |= {"value": "6.4", "read_back": "区中心医院刘工报，林晓燕复述，已告陈永康医生"}
            entries.append(AddEntry(person.rid, "labs", {**said, "sampled_at": sampled}))
    _write(days, NURSE, entries)


def _isolate(days: Days, person: Person) -> None:
    mitten = {"kind": "mitten", "why": "反复拔胃管", "consent_by": person.invented.cells["紧急联系人"]}
    until = days.today + timedelta(days=4)
    seen = {"state": "calm", "skin": "normal", "released": "yes"}
    entries = [
        AddEntry(person.rid, "isolation", {"kind": "contact", "why": "诺如病毒感染"}),
        AddEntry(person.rid, "restraint", {**mitten, "doctor": "陈永康", "until": until.isoformat()}),
        AddEntry(person.rid, "restraint-observation", seen),
    ]
    _write(days, NURSE, entries)


def _slips(days: Days) -> None:
    """One written late, one corrected, one written for the wrong person."""
    first, second = days.people[0].rid, days.people[1].rid
    now = days.station.clock.now()
    fever = {"kind": "special", "text": "夜间发热 38.6 ℃，伴咳嗽", "measures": "温水擦浴，多饮水"}
    meal = {"kind": "general", "text": "午餐进食半碗软饭，饮水 200 ml"}
    late, wrong = _write(
        days,
        NURSE,
        [
            AddEntry(first, "nursing-note", fever, now - timedelta(hours=11)),
            AddEntry(first, "nursing-note", meal, now - timedelta(minutes=40)),
        ],
    )
    desk = days.station.desk
    desk.do_now(CorrectEntry(Seen(late, 1), {**fever, "text": "夜间发热 38.2 ℃，伴咳嗽"}, "笔误"))
    desk.do_now(WrongResident(Seen(wrong, 1), second))
