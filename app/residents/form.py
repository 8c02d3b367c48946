"""The form of a resident as data: fields with their checks, from a resident to texts and back, two edits merged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from app.core.errors import Refusal
from app.core.form import Choice, Field, Form, Kind, Section, Value, read_date
from app.residents.codes import code_list
from app.residents.form_checks import Live, checks
from app.residents.forms import CARE_LEVELS, CITIZEN_ID, SEXES, ContactForm, ResidentForm
from app.residents.rules import (
    AllergyEntry,
    AllergyStatement,
    read_allergies,
    read_diagnoses,
    read_place,
)

CONTACTS = 3
"""Contacts a form asks for; a resident with more keeps them all."""
UNKNOWN, NONE, SOME = "unknown", "none", "some"
"""The three things that can be said of allergies; unknown is never none."""
Values = Mapping[str, Value]


def resident_form(live: Live, base: ResidentForm | None = None) -> Form:
    """The form of a new resident, or of `base`: codes and words of its own that no list knows are offered too."""
    known = checks(live)
    count = max(CONTACTS, len(base.contacts) if base else 0)
    sections = (
        _basics(known, live.today, base),
        _living(known, live.today, base),
        *(_contact(known, number, base) for number in range(1, count + 1)),
        _illness(known),
    )
    return Form(sections)


def blank_values() -> dict[str, Value]:
    """What a new form begins with."""
    return {"id_type": CITIZEN_ID, "allergy": UNKNOWN}


def values_of(form: ResidentForm) -> dict[str, Value]:
    """A resident as the form's texts."""
    stated = form.allergies or AllergyStatement()
    values: dict[str, Value] = {
        "name": form.name,
        "sex": form.sex,
        "birth_date": form.birth_date.isoformat() if form.birth_date else "",
        "id_type": form.id_type,
        "id_number": form.id_number,
        "phone": form.phone,
        "address": form.address,
        "insurance": tuple(_key("insurance", said) for said in form.insurance),
        "care_level": form.care_level,
        "upload_refused": ("yes",) if form.upload_refused else (),
        "admitted_on": form.admitted_on.isoformat() if form.admitted_on else "",
        "bed": form.place.label if form.place else "",
        "allergy": NONE if stated.none_known else SOME if stated.entries else UNKNOWN,
        "allergies": "\n".join(_entry_words(entry) for entry in stated.entries),
        "diagnoses": "\n".join(form.diagnoses),
    }
    for name in ("ethnicity", "education", "marital_status"):
        values[name] = _key(name, getattr(form, name))
    for number, contact in enumerate(form.contacts, 1):
        values[f"contact{number}_name"] = contact.name
        values[f"contact{number}_relation"] = _key("relation", contact.relation)
        values[f"contact{number}_phone"] = contact.phone
        values[f"contact{number}_guardian"] = ("yes",) if contact.guardian else ()
    return values


def read_values(values: Values, base: ResidentForm | None = None) -> ResidentForm:
    """The form's texts as a resident; what the form does not ask for is taken from `base`.

    Refuses 有过敏 without a substance, which would be kept as unknown; everything else `check_form` looks at.
    """

    def text(key: str) -> str:
        said = values.get(key, "")
        return said.strip() if isinstance(said, str) else ""

    insurance = values.get("insurance", ())
    bed = text("bed")
    return ResidentForm(
        name=text("name"),
        sex=text("sex"),
        birth_date=read_date(text("birth_date")),
        id_type=text("id_type") or CITIZEN_ID,
        id_number=text("id_number"),
        ethnicity=text("ethnicity"),
        education=text("education"),
        marital_status=text("marital_status"),
        phone=text("phone"),
        address=text("address"),
        insurance=insurance if isinstance(insurance, tuple) else (),
        care_level=text("care_level"),
        upload_refused=bool(values.get("upload_refused")),
        admitted_on=read_date(text("admitted_on")),
        place=read_place(bed=bed) if bed else None,
        contacts=_read_contacts(values, text),
        allergies=_read_allergies(text("allergy"), text("allergies")),
        diagnoses=read_diagnoses(text("diagnoses")),
        remarks=dict(base.remarks) if base else {},
    )


@dataclass(frozen=True)
class Merged:
    """Two edits of one resident put together. `clashes`: fields both changed, with the other person's value."""

    values: dict[str, Value]
    taken: tuple[str, ...]
    clashes: dict[str, Value]


def merge(base: Values, mine: Values, theirs: Values) -> Merged:
    """What I changed stays, what only the others changed is taken; where both did, mine stays and is named."""
    values: dict[str, Value] = {}
    taken: list[str] = []
    clashes: dict[str, Value] = {}
    for key in dict.fromkeys([*mine, *theirs]):
        was, here, there = (_plain(side.get(key, "")) for side in (base, mine, theirs))
        changed_by_others = there != was
        values[key] = mine.get(key, "") if here != was else theirs.get(key, mine.get(key, ""))
        if changed_by_others and here == was:
            taken.append(key)
        elif changed_by_others and here != there:
            clashes[key] = theirs.get(key, "")
    return Merged(values, tuple(taken), clashes)


def words_of(form: Form, key: str, value: Value) -> str:
    """A value as a person reads it: the labels of its choices; nothing is 空."""
    field = next(field for field in form.fields if field.key == key)
    labels = {choice.key: choice.label for choice in field.choices}
    parts = value if isinstance(value, tuple) else (value,)
    return "、".join(labels.get(part, part.replace("\n", "；")) for part in parts if part) or "空"


def _plain(value: Value) -> str:
    return "\n".join(value) if isinstance(value, tuple) else value.strip()


def _key(name: str, said: str) -> str:
    return (code_list(name).find(said) or said) if said else ""


def _entry_words(entry: AllergyEntry) -> str:
    return f"{entry.substance}（{entry.reaction}）" if entry.reaction else entry.substance


def _read_contacts(values: Values, text: Callable[[str], str]) -> tuple[ContactForm, ...]:
    found: list[ContactForm] = []
    number = 1
    while f"contact{number}_name" in values:
        start = f"contact{number}_"
        if text(f"{start}name") or text(f"{start}phone"):
            guardian = bool(values.get(f"{start}guardian"))
            found.append(
                ContactForm(
                    text(f"{start}name"), text(f"{start}relation"), text(f"{start}phone"), guardian=guardian
                )
            )
        number += 1
    return tuple(found)


def _read_allergies(state: str, said: str) -> AllergyStatement:
    if state == NONE:
        return AllergyStatement(none_known=True)
    if state != SOME:
        return AllergyStatement()
    entries = read_allergies(said).entries
    if not entries:
        raise Refusal("选了“有过敏”，请写出过敏物。", field="allergies")
    return AllergyStatement(entries=entries)


# fields -----------------------------------------------------------------------------------------------------------

Checks = Mapping[str, Callable[[str], str | None]]


def _choices(name: str, *said: str) -> tuple[Choice, ...]:
    """A code list as choices, and words of this resident that it does not know."""
    entries = code_list(name).entries
    extra = [one for one in said if one and code_list(name).find(one) is None]
    return (
        *(Choice(entry.code, entry.words) for entry in entries),
        *(Choice(one, one) for one in dict.fromkeys(extra)),
    )


def _basics(known: Checks, today: date, base: ResidentForm | None) -> Section:
    ask = base or ResidentForm("", "")
    return Section(
        "基本信息",
        (
            Field("name", "姓名", required=True, check=known["name"]),
            Field(
                "sex",
                "性别",
                Kind.CHOICE,
                required=True,
                choices=tuple(Choice(k, w) for k, w in SEXES.items()),
                check=known["sex"],
            ),
            Field("id_type", "证件类型", Kind.CHOICE, choices=_choices("id_type", ask.id_type)),
            Field("id_number", "证件号码", Kind.TEXT, check=known["id_number"], max_length=40),
            Field(
                "birth_date",
                "出生日期",
                Kind.DATE,
                check=known["birth_date"],
                latest=today,
                hint="填了身份证号会自动填",
            ),
            Field("ethnicity", "民族", Kind.CHOICE, choices=_choices("ethnicity", ask.ethnicity)),
            Field("education", "文化程度", Kind.CHOICE, choices=_choices("education", ask.education)),
            Field(
                "marital_status",
                "婚姻状况",
                Kind.CHOICE,
                choices=_choices("marital_status", ask.marital_status),
            ),
        ),
    )


def _living(known: Checks, today: date, base: ResidentForm | None) -> Section:
    insurance = base.insurance if base else ()
    levels = tuple(Choice(key, words) for key, words in CARE_LEVELS.items())
    return Section(
        "住址与入住",
        (
            Field("address", "住址", wide=True, max_length=200),
            Field("phone", "电话", check=known["phone"]),
            Field("bed", "床位", placeholder="如 2号楼 312-1", check=known["bed"]),
            Field("admitted_on", "入住日期", Kind.DATE, latest=today, check=known["admitted_on"]),
            Field("care_level", "护理等级", Kind.CHOICE, choices=levels),
            Field("upload_refused", "区平台", Kind.CHOICES, choices=(Choice("yes", "不同意上传"),)),
            Field("insurance", "医保类型", Kind.CHOICES, choices=_choices("insurance", *insurance)),
        ),
    )


def _contact(known: Checks, number: int, base: ResidentForm | None) -> Section:
    said = base.contacts[number - 1].relation if base and number <= len(base.contacts) else ""
    start = f"contact{number}_"
    return Section(
        "联系人 1（紧急时先找）" if number == 1 else f"联系人 {number}",
        (
            Field(f"{start}name", "姓名", check=known["contact"], max_length=50),
            Field(f"{start}relation", "与老人的关系", Kind.CHOICE, choices=_choices("relation", said)),
            Field(f"{start}phone", "电话", check=known["phone"]),
            Field(f"{start}guardian", "身份", Kind.CHOICES, choices=(Choice("yes", "是监护人"),)),
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
