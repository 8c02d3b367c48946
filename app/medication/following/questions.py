"""What follows doses, as the view and the workbench need it: one list, the gravest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.access.names import author_names
from app.core.clock import local
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.medication.derived import DoseFact
from app.medication.following.matters import WORDS, Matter, open_matters
from app.medication.following.waiting import COUNTERSIGN, EFFECT, INFUSION, Waits, waiting
from app.medication.lists import reason_words
from app.medication.rules.slots import DoseState
from app.medication.seen_dose import SeenDose
from app.residents.queries.who import Named, named_residents
from app.residents.stating import Seen

TITLES = {EFFECT: "评价效果", INFUSION: "输液中", COUNTERSIGN: "待补签"} | WORDS
"""What each row is called; those of `WORDS` are matters."""


@dataclass(frozen=True)
class FollowRow:
    """One line. `seen`: the dose it is about (None for a matter about an order); `told`: what happened, in words."""

    what: str
    title: str
    resident: UUID
    name: str
    bed: str
    medicine: str
    told: tuple[str, ...]
    due: datetime
    late: bool
    seen: Seen | None
    about: UUID
    since: datetime

    @property
    def key(self) -> tuple[str, UUID]:
        return (self.what, self.about)

    @property
    def matter(self) -> bool:
        """Whether the program raised it, and a person is to decide."""
        return self.what in WORDS

    @property
    def urgent(self) -> bool:
        return self.late or self.matter


@dataclass(frozen=True)
class Followed:
    """All of it, matters first, then by the time something is due."""

    rows: tuple[FollowRow, ...]


@dataclass(frozen=True)
class Following(Question[Followed]):
    """What follows the doses of the house, or of one resident."""

    resident: UUID | None = None


@dataclass(frozen=True)
class CountFollowing(Question[int]):
    """How many of them need somebody now: matters, and what is overdue."""


@answers(Following)
def following(reader: Reader, question: Following) -> Followed:
    reader.require(Right.READ_RESIDENTS)
    matters, waits = open_matters(reader, question.resident), waiting(reader, question.resident)
    whose = {one.resident for one in matters} | {one.resident for one in waits}
    told = _Telling(reader, author_names(reader), named_residents(reader, whose))
    rows = [told.matter(one) for one in matters] + [told.wait(one) for one in waits]
    return Followed(tuple(rows))


@answers(CountFollowing)
def count_following(reader: Reader, _question: CountFollowing) -> int:
    late = sum(one.late <= reader.now for one in waiting(reader))
    return late + len(open_matters(reader))


@dataclass(frozen=True)
class _Telling:
    """Says rows in words."""

    reader: Reader
    names: Mapping[UUID, str]
    people: Mapping[UUID, Named]

    def matter(self, one: Matter) -> FollowRow:
        return FollowRow(
            what=one.what,
            title=TITLES[one.what],
            resident=one.resident,
            name=self.people[one.resident].name,
            bed=self.people[one.resident].bed,
            medicine=one.words,
            told=tuple(self.dose(dose) for dose in one.doses),
            due=one.since,
            late=True,
            seen=None,
            about=one.about,
            since=one.since,
        )

    def wait(self, one: Waits) -> FollowRow:
        why = str(one.dose.prn.get("why", ""))
        return FollowRow(
            what=one.what,
            title=TITLES[one.what],
            resident=one.resident,
            name=self.people[one.resident].name,
            bed=self.people[one.resident].bed,
            medicine=f"{one.medicine} {one.dose.amount} {one.dose.unit}",
            told=(self.dose(one.dose), *((f"指征：{why}",) if why else ())),
            due=one.due,
            late=one.late <= self.reader.now,
            seen=SeenDose.of(one.dose),
            about=one.dose.rid,
            since=one.dose.at,
        )

    def dose(self, dose: DoseFact) -> str:
        """`01 站 林晓燕 11-24 08:10 已给药`."""
        at = local(self.reader.settings.zone, dose.at)
        state = DoseState(dose.outcome)
        why = reason_words(dose.reason_code, dose.note)
        said = state.words if state.taken or not why else why
        return f"{dose.station} 站 {self.names.get(dose.author, '别的人')} {at:%m-%d %H:%M} {said}"
