"""What records of a resident do alike that other programs must not change: nothing is taken in; a person is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from app.core.errors import Refusal
from app.core.unit import Reader, Unit
from app.fhir import Held, House, envelope_of, local
from app.fhir.carried import Hand, Whence
from app.fhir.clinicals import ClinicalMapper
from app.fhir.coding import words
from app.fhir.columns import heard, keys_of, said_fields, told
from app.fhir.elements import referred
from app.fhir.fields import fields
from app.fhir.likeness import alike
from app.fhir.part import Taken
from app.residents.fhir.consent import records_held, resident_here
from db.base import Clinical

C = TypeVar("C", bound=Clinical)
ERROR = "entered-in-error"


class GuardedMapper(ClinicalMapper[C]):
    """A kind of a resident. Its columns stand field by field beside FHIR's own elements; only those are read.

    `called` names it for a person, `field` is the url of its fields, `standing` the element that says whether it
    stands. `safe` are the elements that another program must not change unnoticed.
    """

    called: ClassVar[str]
    field: ClassVar[str]
    subject: ClassVar[str] = "subject"
    standing: ClassVar[str] = "status"
    safe: ClassVar[tuple[str, ...]] = ("status",)

    def held(self, reader: Reader, rows: Iterable[C]) -> Mapping[UUID, Held]:
        return records_held(reader, rows)

    def retracts(self, body: dict[str, Any]) -> bool:
        return body.get(self.standing) == ERROR

    @property
    def keys(self) -> tuple[str, ...]:
        return keys_of(self.model, "resident")

    def fields_of(self, row: Any) -> list[dict[str, Any]]:
        """The extensions that hold the columns."""
        return fields(self.field, told(row, self.keys))

    def elements(self, house: House, row: C) -> dict[str, Any]:
        said, dated = self.said(house, row), self.dated(house, row)
        beside = (*said.pop("extension", ()), *dated.pop("extension", ()))
        found = {**said, **dated, **self.whose(row), "extension": [*self.fields_of(row), *beside]}
        return self.erred(found) if row.state == "retracted" else found

    def whose(self, row: Any) -> dict[str, Any]:
        """The element that names the resident."""
        return {self.subject: local("Patient", row.resident)}

    def owner(self, body: dict[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
        """The resident again, as a column."""
        return {"resident": referred(body.get(self.subject), "Patient") or before.get("resident")}

    def erred(self, found: dict[str, Any]) -> dict[str, Any]:
        """The elements of a row that was retracted."""
        return {**found, self.standing: ERROR}

    def said(self, house: House, row: Any) -> dict[str, Any]:
        """FHIR's own elements of a row, for whoever reads no fields; of the envelope `row` has what `written` gives."""
        raise NotImplementedError

    def dated(self, house: House, row: C) -> dict[str, Any]:
        """Elements made of the envelope, which are not compared with what comes back."""
        return {}

    def read(self, house: House, body: dict[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
        content = heard(self.model, self.keys, said_fields(body, self.field))
        content |= self.owner(body, before)
        self.refuse_changed(house, body, content)
        return content

    def refuse_changed(self, house: House, body: dict[str, Any], content: Mapping[str, Any]) -> None:
        """Refuse a body of which another program changed an element that we answer for."""
        ours = self.said(house, Columns({**written(body), **content}))
        for key in self.safe:
            if key == self.standing and self.retracts(body):
                continue
            if not alike(ours.get(key), body.get(key)) and not self.may_be(key, ours.get(key), body.get(key)):
                shown = f"状态改成了“{words(body.get(key) or '空')}”" if key == self.standing else "内容改了"
                raise Refusal(
                    f"别的程序在区平台上把这份{self.called}的{shown}，没有采用；请核对后在本站更正。"
                )

    def may_be(self, key: str, ours: Any, theirs: Any) -> bool:
        """Whether an element may differ from what the columns alone make of it."""
        return False

    def check(self, unit: Unit, said: dict[str, Any], by: Whence, *, retracted: bool) -> None:
        if not by.ours:
            raise Refusal(f"这份{self.called}在区平台上被别的程序改动过，没有采用；请核对后在本站更正。")
        if "resident" in said:
            resident_here(unit, said["resident"])

    def _stands(self, unit: Unit, current: C, hand: Hand, *, changed: bool, retracted: bool) -> Taken | None:
        if retracted and current.state != "retracted":
            raise Refusal(f"别的程序在区平台上把这份{self.called}作废了，没有采用；请核对后在本站处理。")
        return super()._stands(unit, current, hand, changed=changed, retracted=retracted)


class Columns:
    """Columns read, where elements ask for a row."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self.__dict__.update(content)


def written(body: dict[str, Any]) -> dict[str, Any]:
    """What of the envelope elements are made of: when it was, when it was written, by whom."""
    said = envelope_of(body)
    return {} if said is None else {key: getattr(said, key) for key in ("at", "recorded_at", "author")}
