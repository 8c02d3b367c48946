"""One verdict a row: new, unchanged or rejected, against the file itself and against the people already here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from app.residents.roster.columns import Columns
from app.residents.roster.rows import Problem, RosterRow

NameKey = tuple[str, date | None]
IdKey = tuple[str, str]


class Fate(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"

    @property
    def words(self) -> str:
        return {"new": "新增", "unchanged": "未变", "rejected": "退回"}[self.value]


@dataclass(frozen=True)
class Person:
    """Someone with a file here, as far as a roster can mean them; `here` False after discharge."""

    rid: UUID
    number: str
    name: str
    id_number: str | None
    here: bool = True


class Known(Protocol):
    """The people and beds already here."""

    def by_id(self, key: IdKey) -> Person | None:
        """Who has this kind of paper with this number."""

    def by_name(self, key: NameKey) -> tuple[Person, ...]:
        """Everyone of this name and birth date."""

    def holder(self, bed: str) -> str | None:
        """The name of who holds the bed with this label now."""

    def carer(self, column: str, name: str) -> UUID | None:
        """Who of this name works here as `nurse` or `doctor`; None for nobody, and where two have the name."""

    def by_archive(self, number: str) -> str | None:
        """Who has the health record of this number."""


class Nobody:
    """An empty house: for a preview before there is anyone."""

    def by_id(self, key: IdKey) -> Person | None:
        return None

    def by_name(self, key: NameKey) -> tuple[Person, ...]:
        return ()

    def holder(self, bed: str) -> str | None:
        return None

    def carer(self, column: str, name: str) -> UUID | None:
        return None

    def by_archive(self, number: str) -> str | None:
        return None


@dataclass(frozen=True)
class Verdict:
    """A row with what becomes of it; `known` is who it already was. The row's place is empty where the bed is taken."""

    row: RosterRow
    fate: Fate
    known: Person | None = None

    @property
    def words(self) -> str:
        """Why, in one line, for the preview."""
        said = self.row.problems or self.row.doubts
        here_already = f"档案中已有（{self.known.number}），不改动" if self.known else ""
        return "；".join(problem.reason for problem in said) or here_already


@dataclass
class Judge:
    """Judges rows in the file's order; only rows that go in are remembered, so a bad row never blocks a good one."""

    known: Known
    columns: Columns
    _ids: dict[IdKey, RosterRow] = field(default_factory=dict)
    _names: dict[NameKey, RosterRow] = field(default_factory=dict)
    _beds: dict[str, str] = field(default_factory=dict)
    _archives: dict[str, str] = field(default_factory=dict)

    def verdicts(self, rows: Iterable[RosterRow]) -> Iterator[Verdict]:
        for row in rows:
            yield self.judge(row)

    def judge(self, row: RosterRow) -> Verdict:
        """The verdict on the next row."""
        if row.problems:
            return Verdict(row, Fate.REJECTED)
        if problem := self._twice_in_file(row) or self._anothers_number(row):
            return Verdict(replace(row, problems=(problem,)), Fate.REJECTED)
        person = self._person(row)
        if person is None:
            row = self._doubt_namesake(self._settle_bed(self._settle_archive(self._settle_carers(row))))
        elif not person.here:
            doubt = self._problem(row, "name", f"档案{person.number}已退住，没有改动；重新入住请在档案中办理")
            row = replace(row, doubts=(*row.doubts, doubt))
        self._remember(row)
        return Verdict(row, Fate.UNCHANGED if person else Fate.NEW, person)

    def _twice_in_file(self, row: RosterRow) -> Problem | None:
        if row.id_number and (first := self._ids.get((row.id_type, row.id_number))):
            if first.name != row.name:
                return self._problem(
                    row,
                    "id_number",
                    f"身份证号与第{first.number}行“{first.name}”相同，本行是“{row.name}”，请核对",
                )
            return self._problem(
                row, "id_number", f"与第{first.number}行“{first.name}”是同一人，重复的一行不再导入"
            )
        namesake = self._names.get((row.name, row.birth_date))
        if namesake is None or (row.id_number and namesake.id_number):
            return None
        what = "姓名和出生日期" if row.birth_date else "姓名"
        more = "" if row.birth_date else "，又都没有出生日期和身份证号，分不清是不是同一人"
        return self._problem(row, "name", f"{what}与第{namesake.number}行相同{more}，重复的一行不再导入")

    def _anothers_number(self, row: RosterRow) -> Problem | None:
        person = self.known.by_id((row.id_type, row.id_number)) if row.id_number else None
        if person is None or person.name == row.name:
            return None
        return self._problem(
            row,
            "id_number",
            f"身份证号已登记在“{person.name}”（{person.number}）名下，本行是“{row.name}”，请核对",
        )

    def _person(self, row: RosterRow) -> Person | None:
        if row.id_number and (person := self.known.by_id((row.id_type, row.id_number))):
            return person
        namesakes = self.known.by_name((row.name, row.birth_date))
        return next((one for one in namesakes if not (row.id_number and one.id_number)), None)

    def _settle_bed(self, row: RosterRow) -> RosterRow:
        """An occupied bed costs the row its bed, not its place in the house."""
        if row.place is None:
            return row
        label = row.place.label
        holder = self._beds.get(label) or self.known.holder(label)
        if holder is None:
            self._beds[label] = row.name
            return row
        doubt = self._problem(row, "bed", f"床位{label}已由“{holder}”使用，本行先不安排床位", label)
        return replace(row, place=None, doubts=(*row.doubts, doubt))

    def _settle_carers(self, row: RosterRow) -> RosterRow:
        """A nurse or doctor nobody here is called is kept as a remark."""
        found: list[tuple[str, UUID]] = []
        for column, name in (("nurse", row.nurse), ("doctor", row.doctor)):
            carer = self.known.carer(column, name) if name else None
            if carer is not None:
                found.append((column, carer))
            elif name:
                row = self._left_out(row, column, f"没有叫“{name}”的在职人员，已记入备注", name)
        return replace(row, carers=tuple(found))

    def _settle_archive(self, row: RosterRow) -> RosterRow:
        """The number of a health record is one person's: the second one goes without."""
        number = row.archive_number
        holder = (self._archives.get(number) or self.known.by_archive(number)) if number else None
        if holder is not None:
            row = self._left_out(row, "archive_number", f"这个档案编号已登记为“{holder}”，已记入备注", number)
            return replace(row, archive_number="")
        if number:
            self._archives[number] = row.name
        return row

    def _left_out(self, row: RosterRow, field_name: str, reason: str, said: str) -> RosterRow:
        doubt = self._problem(row, field_name, reason, said)
        remark = (self.columns.heading(field_name), said)
        return replace(row, doubts=(*row.doubts, doubt), remarks=(*row.remarks, remark))

    def _doubt_namesake(self, row: RosterRow) -> RosterRow:
        first = self._names.get((row.name, row.birth_date))
        namesakes = self.known.by_name((row.name, row.birth_date))
        if first is None and not namesakes:
            return row
        who = f"第{first.number}行" if first else f"档案中的{namesakes[0].number}"
        doubt = self._problem(row, "name", f"与{who}同名同生日，身份证号不同，按两位老人登记")
        return replace(row, doubts=(*row.doubts, doubt))

    def _remember(self, row: RosterRow) -> None:
        if row.id_number:
            self._ids[row.id_type, row.id_number] = row
        self._names.setdefault((row.name, row.birth_date), row)

    def _problem(self, row: RosterRow, field_name: str, reason: str, value: str = "") -> Problem:
        shown = value or (row.name if field_name == "name" else row.id_number or "")
        return Problem(row.number, self.columns.heading(field_name), shown, reason)
