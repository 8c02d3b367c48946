"""The form of a resident as data: from a resident to texts and back, two edits merged; its fields: `form_fields`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.core.errors import Refusal
from app.core.form import Form, Kind, Value, read_date
from app.residents.carers import TITLES
from app.residents.codes import code_list
from app.residents.form_checks import Live
from app.residents.form_fields import NONE, SOME, UNKNOWN, sections
from app.residents.forms import CITIZEN_ID, CODED, ContactForm, ResidentForm
from app.residents.rules import (
    GUARDIAN,
    AllergyEntry,
    AllergyStatement,
    guards,
    read_allergies,
    read_diagnoses,
    read_place,
)

Values = Mapping[str, Value]


def resident_form(live: Live, base: ResidentForm | None = None) -> Form:
    """The form of a new resident, or of `base`: codes and words of its own that no list knows are offered too."""
    return Form(sections(live, base))


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
        "archive_number": form.archive_number,
        "household_address": form.household_address,
        "nurse": str(form.nurse or ""),
        "doctor": str(form.doctor or ""),
        "bed": form.place.label if form.place else "",
        "allergy": NONE if stated.none_known else SOME if stated.entries else UNKNOWN,
        "allergies": "\n".join(_entry_words(entry) for entry in stated.entries),
        "diagnoses": "\n".join(form.diagnoses),
    }
    for name in CODED:
        values[name] = _key(name, getattr(form, name))
    for number, contact in enumerate(form.contacts, 1):
        values[f"contact{number}_name"] = contact.name
        values[f"contact{number}_relation"] = _key("relation", contact.relation)
        values[f"contact{number}_phone"] = contact.phone
        unsaid = contact.guardian and not guards(contact.powers)
        values[f"contact{number}_powers"] = (*contact.powers, GUARDIAN) if unsaid else contact.powers
        values[f"contact{number}_second_phone"] = contact.second_phone
        values[f"contact{number}_address"] = contact.address
        values[f"contact{number}_note"] = contact.note
    return values


def read_values(values: Values, base: ResidentForm | None = None) -> ResidentForm:
    """The form's texts as a resident; what the form does not ask for is taken from `base`.

    Refuses 有过敏 without a substance, which would be kept as unknown; everything else `check_form` looks at.
    """

    def text(key: str) -> str:
        said = values.get(key, "")
        return said.strip() if isinstance(said, str) else ""

    insurance = values.get("insurance", ())
    codes: dict[str, Any] = {name: text(name) for name in CODED}
    bed = text("bed")
    return ResidentForm(
        name=text("name"),
        sex=text("sex"),
        birth_date=read_date(text("birth_date")),
        id_type=text("id_type") or CITIZEN_ID,
        id_number=text("id_number"),
        **codes,
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
        archive_number=text("archive_number"),
        household_address=text("household_address"),
        nurse=_carer(values, "nurse", base),
        doctor=_carer(values, "doctor", base),
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
    """A value as a person reads it: the labels of its choices, of files what they are; nothing is 空."""
    field = next(field for field in form.fields if field.key == key)
    if field.kind is Kind.PHOTOS:
        return files_words(value)
    labels = {choice.key: choice.label for choice in field.choices}
    parts = value if isinstance(value, tuple) else (value,)
    return "、".join(labels.get(part, part.replace("\n", "；")) for part in parts if part) or "空"


def files_words(value: Value) -> str:
    """Pictures and PDFs in words: those just added, those that were kept before."""
    files = [one for one in (value if isinstance(value, tuple) else (value,)) if one]
    said = [_file_words(one) for one in files]
    many = {words: said.count(words) for words in said}
    return (
        "、".join(words if number == 1 else f"{words} {number} 份" for words, number in many.items()) or "空"
    )


def _file_words(file: str) -> str:
    """One that was added is there as itself, one that was kept by its name only."""
    if not file.startswith("data:"):
        return "原来存的"
    return "新的 PDF" if file.startswith("data:application/pdf") else "新的照片"


def merge_words(form: Form, merged: Merged) -> str:
    """What two edits put together came to, in a sentence for whose form it is."""
    labels = {field.key: field.label for field in form.fields}
    parts = [f"{labels[key]}已换成新的" for key in merged.taken if key in labels]
    parts += [
        f"{labels[key]}别人改成了“{words_of(form, key, value)}”，您填的还在"
        for key, value in merged.clashes.items()
        if key in labels
    ]
    return f"这份档案刚被别人改过：{'；'.join(parts) or '内容相同'}。请核对后再保存。"


def _plain(value: Value) -> str:
    return "\n".join(value) if isinstance(value, tuple) else value.strip()


def _key(name: str, said: str) -> str:
    return (code_list(name).find(said) or said) if said else ""


def _entry_words(entry: AllergyEntry) -> str:
    return f"{entry.substance}（{entry.reaction}）" if entry.reaction else entry.substance


def contacts_in(values: Values) -> tuple[ContactForm, ...]:
    """The contacts as typed so far."""

    def text(key: str) -> str:
        said = values.get(key, "")
        return said.strip() if isinstance(said, str) else ""

    return _read_contacts(values, text)


def _carer(values: Values, column: str, base: ResidentForm | None) -> UUID | None:
    """Who was chosen; where nothing was asked, who was named before. Refuses a text that names nobody."""
    said = values.get(column)
    if said is None:
        return getattr(base, column) if base else None
    try:
        return UUID(str(said)) if said else None
    except ValueError:
        raise Refusal(f"没有这位{TITLES[column]}，请从列表中选择。", field=column) from None


def _read_contacts(values: Values, text: Callable[[str], str]) -> tuple[ContactForm, ...]:
    """Contacts by their place in the form; empty ones between others stay, so that a refusal finds its field."""
    found: list[ContactForm] = []
    number = 1
    while f"contact{number}_name" in values:
        start = f"contact{number}_"
        powers = values.get(f"{start}powers", ())
        chosen = powers if isinstance(powers, tuple) else ()
        found.append(
            ContactForm(
                name=text(f"{start}name"),
                relation=text(f"{start}relation"),
                phone=text(f"{start}phone"),
                guardian=guards(chosen),
                powers=chosen,
                second_phone=text(f"{start}second_phone"),
                address=text(f"{start}address"),
                note=text(f"{start}note"),
            )
        )
        number += 1
    while found and found[-1].empty:
        found.pop()
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
