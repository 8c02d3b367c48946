"""What the whole form says besides the register row: contacts, allergies and diagnoses, against what stood before."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.errors import Refusal
from app.core.unit import Unit
from app.residents.forms import ContactForm, ResidentForm
from app.residents.rules import AllergyStatement
from app.residents.rules.stated import NONE_KNOWN
from app.residents.stating.revising import retract, revise, stated
from db.models import Allergy, Contact, Diagnosis


def taken_out(before: ResidentForm, form: ResidentForm) -> tuple[str, ...]:
    """Allergies and diagnoses of `before` that `form` does not say any more: taking them out asks a reason.

    That none is known gives way by itself to an allergy that was found.
    """
    gone: list[str] = []
    old, new = before.allergies, form.allergies
    if old is not None and new is not None:
        kept = {entry.substance for entry in new.entries}
        gone += [entry.substance for entry in old.entries if entry.substance not in kept]
        if old.none_known and not new.none_known and not new.entries:
            gone.append(NONE_KNOWN)
    gone += [words for words in before.diagnoses if words not in form.diagnoses]
    return tuple(gone)


def restate(unit: Unit, resident: UUID, form: ResidentForm, why: str) -> None:
    """Bring what is stated to what the form says; refuses to take anything out without a reason."""
    keep_contacts(unit, resident, form.contacts)
    _restate_allergies(unit, resident, form.allergies, why)
    _restate_diagnoses(unit, resident, form.diagnoses, why)


def add_allergies(unit: Unit, resident: UUID, said: AllergyStatement, source: str = "manual") -> None:
    """Entries of a statement; silence writes nothing, since nothing means unknown."""
    told_by = "名册" if source == "import" else "登记"
    common: dict[str, Any] = {"revision": 1, "resident": resident, "told_by": told_by}
    if said.none_known:
        unit.session.add(Allergy(**unit.stamp(source=source), **common, none_known=True))
    for entry in said.entries:
        row = Allergy(
            **unit.stamp(source=source), **common, substance=entry.substance, reaction=entry.reaction
        )
        unit.session.add(row)


def add_diagnoses(
    unit: Unit, resident: UUID, words: tuple[str, ...], source: str = "manual", first: int = 1
) -> None:
    """Diagnoses in the order they were said, the most important first."""
    for ordinal, said in enumerate(words, first):
        stamp = unit.stamp(source=source)
        unit.session.add(Diagnosis(**stamp, revision=1, resident=resident, words=said, ordinal=ordinal))


def keep_contacts(unit: Unit, resident: UUID, contacts: tuple[ContactForm, ...]) -> None:
    """Contacts by their place in the list: changed where they differ, added at the end, emptied where taken out."""
    kept = list(
        unit.session.scalars(select(Contact).where(Contact.resident == resident).order_by(Contact.ordinal))
    )
    for ordinal, contact in enumerate(contacts, 1):
        if ordinal > len(kept):
            unit.session.add(Contact(**unit.stamp(), resident=resident, ordinal=ordinal, **_columns(contact)))
        else:
            _set(kept[ordinal - 1], _columns(contact))
    for row in kept[len(contacts) :]:
        _set(row, _columns(ContactForm("")))


def _columns(contact: ContactForm) -> dict[str, Any]:
    return {
        "name": contact.name,
        "relation": contact.relation,
        "phone": contact.phone,
        "guardian": contact.guardian,
        "powers": list(contact.powers),
        "address": contact.address,
        "second_phone": contact.second_phone,
        "note": contact.note,
    }


def _set(row: Contact, values: dict[str, Any]) -> None:
    for column, value in values.items():
        if getattr(row, column) != value:
            setattr(row, column, value)


def _restate_allergies(unit: Unit, resident: UUID, said: AllergyStatement | None, why: str) -> None:
    if said is None:
        return
    rows = stated(unit, Allergy, resident)
    wanted = {entry.substance: entry.reaction for entry in said.entries}
    here = {row.substance for row in rows if not row.none_known}
    for row in rows:
        if row.none_known:
            if not said.none_known:
                _take_out(unit, row, f"登记了{said.entries[0].substance}过敏" if said.entries else why)
        elif row.substance not in wanted:
            _take_out(unit, row, why)
        elif row.reaction != wanted[row.substance]:  # what else is known of it stays
            revise(unit, row, "补充", {"reaction": wanted[row.substance]})
    fresh = tuple(entry for entry in said.entries if entry.substance not in here)
    none_known = said.none_known and not any(row.none_known for row in rows)
    add_allergies(unit, resident, AllergyStatement(none_known=none_known, entries=fresh))


def _restate_diagnoses(unit: Unit, resident: UUID, words: tuple[str, ...], why: str) -> None:
    rows = stated(unit, Diagnosis, resident)
    for row in rows:
        if row.words not in words:
            _take_out(unit, row, why)
    here = {row.words for row in rows}
    last = max((row.ordinal for row in rows), default=0)
    add_diagnoses(unit, resident, tuple(said for said in words if said not in here), first=last + 1)


def _take_out(unit: Unit, row: Allergy | Diagnosis, why: str) -> None:
    if not why.strip():
        said = row.words if isinstance(row, Diagnosis) else row.substance or NONE_KNOWN
        raise Refusal(f"去掉了“{said}”，请写明为什么作废。", field="why")
    retract(unit, row, why)
