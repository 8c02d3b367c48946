"""One sheet for many residents in one file: a floor, or everybody, in the order staff walk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import and_, select

from app.care.floors import NO_BED, FloorName, floor_of_each, floors_of
from app.core.desk import Desk
from app.core.errors import Refusal
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.core.watch import Watch
from app.printing.again import Marks, PrintedBefore
from app.printing.pack import Pack
from app.printing.pdf import draw_all
from app.printing.registry import SheetKind
from app.printing.sheet import Drawn, Sheet
from db.models import Place, Resident, ResidentSearch, Stay


@dataclass(frozen=True)
class Somebody:
    """A resident to print for."""

    rid: UUID
    name: str
    bed: str
    floor: UUID


@dataclass(frozen=True)
class House:
    """The floors as choices, and everybody in the house by bed."""

    floors: tuple[FloorName, ...]
    people: tuple[Somebody, ...]


@dataclass(frozen=True)
class WhoIsHere(Question[House]):
    """Whom sheets can be printed for at once."""


@dataclass(frozen=True)
class Skipped:
    """Somebody whose sheet could not be made, and why."""

    name: str
    bed: str
    why: str


@dataclass(frozen=True)
class Batch:
    """The file (None where nobody had anything to print), whose sheets are in it, and who was left out.

    A sheet of a floor has the floor's identity among `residents`. `marks`: of each of them what `Drawn` says.
    """

    drawn: Drawn | None
    residents: tuple[UUID, ...]
    skipped: tuple[Skipped, ...]
    marks: tuple[Marks, ...] = ()


@dataclass(frozen=True)
class Wanted:
    """What is to be printed: the kind of sheet, for whom, and a day of the stretch of time it covers.

    A sheet of a floor is printed for `floors`; `more` is what else its question takes: `group`, `round`, `instrument`.
    """

    kind: SheetKind
    people: Sequence[Somebody]
    day: date
    title: str
    floors: Sequence[FloorName] = ()
    more: Mapping[str, str] = field(default_factory=dict)

    @property
    def each(self) -> Iterator[tuple[UUID, str, str, Question[Any]]]:
        """Of each sheet whose it is, in words, the bed, and the question that is its data."""
        if self.kind.floor:
            for floor in self.floors:
                question = self.kind.question(floor.rid, **self.kind.days(self.day), **self.more)
                yield floor.rid, floor.words, "", question
            return
        for one in self.people:
            question = self.kind.question(one.rid, **self.kind.days(self.day), **self.more)
            yield one.rid, one.name, one.bed, question

    def __len__(self) -> int:
        return len(self.floors if self.kind.floor else self.people)


@answers(WhoIsHere)
def who_is_here(reader: Reader, _question: WhoIsHere) -> House:
    reader.require(Right.PRINT_RECORDS)
    floor_of = floor_of_each(reader)
    rows = reader.session.execute(
        select(Resident.rid, Resident.name, Place.label)
        .join(ResidentSearch, ResidentSearch.rid == Resident.rid)
        .outerjoin(
            Stay,
            and_(
                Stay.resident == Resident.rid,
                Stay.current,
                Stay.ends.is_(None),
                Stay.status == "in",
                Stay.state != "retracted",
            ),
        )
        .outerjoin(Place, Place.rid == Stay.bed)
        .where(ResidentSearch.status == "in")
        .order_by(ResidentSearch.sort)
    )
    people = tuple(Somebody(rid, name, bed or "", floor_of.get(rid, NO_BED)) for rid, name, bed in rows)
    return House(floors_of(reader), people)


def draw_batch(desk: Desk, wanted: Wanted, watch: Watch) -> Batch:
    """Ask and set one after the other; call it off the screen's thread. A cancel leaves nothing behind.

    Whom there is nothing to print for (no assessment yet) is left out and named.
    """
    skipped: list[Skipped] = []
    done: list[UUID] = []
    many: list[int] = []

    def sheets() -> Iterator[Sheet]:
        for number, (rid, name, bed, question) in enumerate(wanted.each):
            watch.report(number, len(wanted), f"{bed} {name}".strip())
            try:
                data = desk.ask_now(question)
            except Refusal as refusal:
                skipped.append(Skipped(name, bed, refusal.text))
                continue
            done.append(rid)
            made = wanted.kind.sheet(data)
            own = made.sheets if isinstance(made, Pack) else (made,)
            many.append(len(own))
            yield from own
        watch.report(len(wanted), len(wanted), "正在写成文件")

    before = desk.ask_now(PrintedBefore(tuple(rid for rid, *_rest in wanted.each)))
    drawn = draw_all(sheets(), wanted.title, before)
    marks = iter(drawn.marks)
    each = tuple(tuple(islice(marks, count)) for count in many)
    return Batch(drawn if done else None, tuple(done), tuple(skipped), each)
