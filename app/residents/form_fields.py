"""The fields of a resident's form, section by section: what an admission needs first, the rest folded behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

from app.core.form import Choice, Field, Kind, Section
from app.residents.carers import TITLES, Carer
from app.residents.codes import code_list
from app.residents.form_checks import Live, checks
from app.residents.forms import CARE_LEVELS, SEXES, ContactForm, ResidentForm

CONTACTS = 3
"""Contacts a form asks for; a resident with more keeps them all."""
UNKNOWN, NONE, SOME = "unknown", "none", "some"
"""The three things that can be said of allergies; unknown is never none."""
Checks = Mapping[str, Callable[[str], str | None]]


def sections(live: Live, base: ResidentForm | None) -> tuple[Section, ...]:
    """All of them in order. `base`: whose form it is, or None for a new resident."""
    known, said = checks(live), base or ResidentForm("", "")
    count = max(CONTACTS, len(said.contacts))
    return (
        _identity(known, live.today, said),
        _admission(known, live.today),
        _illness(known),
        Section(_FIRST, _contact(known, 1, said)),
        Section("个人信息", _person(said), folded=True),
        Section("联系与住址", _living(known, said), folded=True),
        Section("健康档案", _record(known, said), folded=True),
        *_carers(live, said),
        Section("医保", (_many("insurance", "医保类型", said.insurance),), folded=True),
        Section("联系人 1 的更多资料", _aside(known, 1), folded=True),
        *(
            Section(f"联系人 {number}", (*_contact(known, number, said), *_aside(known, number)), folded=True)
            for number in range(2, count + 1)
        ),
    )


_FIRST = "联系人 1 与监护人"


def _identity(known: Checks, today: date, said: ResidentForm) -> Section:
    sexes = tuple(Choice(key, words) for key, words in SEXES.items())
    return Section(
        "身份",
        (
            Field("name", "姓名", required=True, check=known["name"]),
            Field("sex", "性别", Kind.CHOICE, required=True, choices=sexes, check=known["sex"]),
            _one("id_type", "证件类型", said.id_type),
            Field("id_number", "证件号码", Kind.TEXT, check=known["id_number"], max_length=40),
            Field(
                "birth_date",
                "出生日期",
                Kind.DATE,
                check=known["birth_date"],
                latest=today,
                hint="填了身份证号会自动填",
            ),
        ),
    )


def _admission(known: Checks, today: date) -> Section:
    levels = tuple(Choice(key, words) for key, words in CARE_LEVELS.items())
    return Section(
        "入住",
        (
            Field("bed", "床位", placeholder="如 2号楼 312-1", check=known["bed"]),
            Field("admitted_on", "入住日期", Kind.DATE, latest=today, check=known["admitted_on"]),
            Field("care_level", "护理等级", Kind.CHOICE, choices=levels),
            Field("upload_refused", "区平台", Kind.CHOICES, choices=(Choice("yes", "不同意上传"),)),
        ),
    )


def _illness(known: Checks) -> Section:
    states = (Choice(UNKNOWN, "不详"), Choice(NONE, "无已知过敏"), Choice(SOME, "有过敏"))
    return Section(
        "过敏与诊断",
        (
            Field(
                "allergy",
                "过敏史",
                Kind.CHOICE,
                required=True,
                choices=states,
                check=known["allergy"],
                wide=True,
                hint="没有问过就选“不详”",
            ),
            Field(
                "allergies",
                "过敏物",
                Kind.LINES,
                placeholder="一行一种，反应写在括号里：青霉素（皮疹）",
                check=known["allergies"],
            ),
            Field("diagnoses", "诊断", Kind.LINES, placeholder="一行一个，最主要的写在前面"),
        ),
    )


def _person(said: ResidentForm) -> tuple[Field, ...]:
    return (
        _one("ethnicity", "民族", said.ethnicity),
        _one("education", "文化程度", said.education),
        _one("marital_status", "婚姻状况", said.marital_status),
        _one("occupation", "职业", said.occupation, hint="退休的写退休前的"),
    )


def _living(known: Checks, said: ResidentForm) -> tuple[Field, ...]:
    return (
        Field("phone", "电话", check=known["phone"]),
        _one("residence", "常住类型", said.residence),
        Field("address", "现住址", wide=True, max_length=200, hint="入住前住哪里"),
        Field("household_address", "户籍地址", wide=True, max_length=200),
        _one("living", "入住前居住情况", said.living),
    )


def _record(known: Checks, said: ResidentForm) -> tuple[Field, ...]:
    return (
        Field("archive_number", "健康档案编号", check=known["archive_number"], max_length=40, wide=True),
        _one("blood_type", "血型", said.blood_type),
        _one("rhesus", "RH 血型", said.rhesus),
    )


def _carers(live: Live, said: ResidentForm) -> tuple[Section, ...]:
    """Nobody to choose among: nothing is asked, and who was named stays."""
    fields = []
    for column, title in TITLES.items():
        people: tuple[Carer, ...] = getattr(live.carers, column)
        chosen: UUID | None = getattr(said, column)
        choices = [Choice(str(one.rid), _carer_words(one, people)) for one in people]
        if chosen is not None and chosen not in {one.rid for one in people}:
            choices.append(Choice(str(chosen), f"{live.names.get(chosen, '')}（不在岗）"))
        if choices:
            fields.append(Field(column, title, Kind.CHOICE, choices=tuple(choices)))
    return (Section("责任人", tuple(fields), folded=True),) if fields else ()


def _carer_words(one: Carer, people: tuple[Carer, ...]) -> str:
    """The name; with the staff number where two have the same."""
    twice = sum(other.name == one.name for other in people) > 1
    return f"{one.name}（{one.number}）" if twice else one.name


def _contact(known: Checks, number: int, base: ResidentForm) -> tuple[Field, ...]:
    here = base.contacts[number - 1] if number <= len(base.contacts) else ContactForm("")
    start = f"contact{number}_"
    return (
        Field(f"{start}name", "姓名", check=known["contact"], max_length=50),
        _one("relation", "与老人的关系", here.relation, key=f"{start}relation"),
        Field(f"{start}phone", "电话", check=known["phone"]),
        _many("powers", "身份", here.powers, key=f"{start}powers"),
    )


def _aside(known: Checks, number: int) -> tuple[Field, ...]:
    start = f"contact{number}_"
    return (
        Field(f"{start}second_phone", "备用电话", check=known["phone"]),
        Field(f"{start}note", "备注", max_length=100, placeholder="如 夜里打座机，白天上班"),
        Field(f"{start}address", "住址", wide=True, max_length=200),
    )


def _one(name: str, label: str, said: str, *, key: str = "", hint: str = "") -> Field:
    """One entry of a code list."""
    return Field(key or name, label, Kind.CHOICE, choices=_choices(name, said), hint=hint)


def _many(name: str, label: str, said: tuple[str, ...], *, key: str = "") -> Field:
    """Several entries of a code list."""
    return Field(key or name, label, Kind.CHOICES, choices=_choices(name, *said))


def _choices(name: str, *said: str) -> tuple[Choice, ...]:
    """A code list as choices, and words of this resident that it does not know."""
    entries = code_list(name).entries
    extra = [one for one in said if one and code_list(name).find(one) is None]
    return (
        *(Choice(entry.code, entry.words) for entry in entries),
        *(Choice(one, one) for one in dict.fromkeys(extra)),
    )
