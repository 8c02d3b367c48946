"""A return as a screen gets it: papers and what is owed of them, the assessment ticked by the chart, deadlines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.core.clock import date_in
from app.core.unit import Reader
from app.referrals.coming_back.around import Around, around
from app.referrals.coming_back.forms import ReturnForm, form_of
from app.referrals.coming_back.lists import Item, Paper, lists
from app.referrals.coming_back.proofs import Proof, Span, proofs
from app.referrals.coming_back.reconciled import NONE
from app.referrals.rules.returning import HERE, OWED, Chasing, is_late, next_chase, paper_state
from app.referrals.times import times
from db.models import MedReconciliation, ReferralReturn


@dataclass(frozen=True)
class PaperRow:
    """One paper. `by_itself`: here because it stands in the form, nobody had to say so."""

    code: str
    label: str
    hint: str
    state: str
    at: datetime | None = None
    by: str = ""
    note: str = ""
    by_itself: bool = False

    @property
    def owed(self) -> bool:
        return self.state in OWED


@dataclass(frozen=True)
class ItemRow:
    """One part of the return assessment. `kind` and `record` name what proves it; `said`: words say it instead.

    `missing`: what its record still lacks. `place`, `tab`, `instrument`: where it is done. `sayable`: words will do.
    """

    code: str
    label: str
    due: datetime
    first: bool
    done: bool
    late: bool
    words: str = ""
    at: datetime | None = None
    by: str = ""
    kind: str = ""
    record: UUID | None = None
    said: bool = False
    missing: str = ""
    says: tuple[str, ...] = ()
    sayable: bool = True
    place: str = ""
    tab: str = ""
    instrument: str = ""


@dataclass(frozen=True)
class ChasedRow:
    """Somebody was asked for papers."""

    at: datetime
    by: str
    how: str
    whom: str
    answer: str


@dataclass(frozen=True)
class FileRow:
    """A photographed paper."""

    sha256: str
    words: str


@dataclass(frozen=True)
class ReturnRow:
    """The revision that stands. `at`: when they came back; `reconciled`: none, open or done."""

    rid: UUID
    revision: int
    resident: UUID
    at: datetime
    form: ReturnForm
    referral: UUID | None
    absence: UUID | None
    papers: tuple[PaperRow, ...]
    items: tuple[ItemRow, ...]
    chased: tuple[ChasedRow, ...]
    files: tuple[FileRow, ...]
    first_by: datetime
    assess_by: datetime
    assessed_at: datetime | None
    chase: Chasing | None
    reconciled: str

    @property
    def owed(self) -> tuple[PaperRow, ...]:
        """Papers that did not come."""
        return tuple(one for one in self.papers if one.owed)

    @property
    def waiting(self) -> tuple[ItemRow, ...]:
        """Parts of the assessment that are not done."""
        return () if self.assessed_at is not None else tuple(one for one in self.items if not one.done)

    @property
    def late(self) -> bool:
        """Whether a part of the assessment is past its time."""
        return any(one.late for one in self.waiting)

    @property
    def due(self) -> datetime | None:
        """When the next part of the assessment has to be done."""
        return min(
            (one.due for one in self.waiting), default=self.assess_by if self.assessed_at is None else None
        )

    @property
    def over(self) -> bool:
        """Assessed, and every paper here."""
        return self.assessed_at is not None and not self.owed


def return_row(
    reader: Reader, row: ReferralReturn, *, whole: bool = True, known: Around | None = None
) -> ReturnRow:
    """A record as it stands. `whole`: with the proofs of an assessment that is finished already; `known`: what was
    asked for many."""
    known = known or around(reader, [row])
    at = known.returned(row)
    first, last = at + times().assess_first, at + (row.assess_by - row.at)
    state, reconciled = known.reconciliation(row)
    papers = tuple(
        _paper(one, row.papers.get(one.code, {}), row, reconciled) for one in lists().papers.values()
    )
    items: tuple[ItemRow, ...] = ()
    if row.assessed_at is None or whole:
        items = _items(reader, row, known)
    asked = tuple(_chased(one) for one in row.chased.get("all", ()))
    zone = reader.settings.zone
    chase = None
    if any(one.owed for one in papers):
        days = [date_in(zone, one.at) for one in asked]
        chase = next_chase(date_in(zone, at), days, times().chase, lists().every, reader.today)
    return ReturnRow(
        rid=row.rid,
        revision=row.revision,
        resident=row.resident,
        at=at,
        form=form_of(row),
        referral=row.referral,
        absence=row.absence,
        papers=papers,
        items=items,
        chased=asked,
        files=tuple(FileRow(one["sha256"], one["words"]) for one in row.files.get("all", ())),
        first_by=first,
        assess_by=last,
        assessed_at=row.assessed_at,
        chase=chase,
        reconciled=state,
    )


def items_of(reader: Reader, row: ReferralReturn) -> tuple[ItemRow, ...]:
    """The parts of the assessment as they stand now."""
    return _items(reader, row, around(reader, [row]))


def _items(reader: Reader, row: ReferralReturn, known: Around) -> tuple[ItemRow, ...]:
    at = known.returned(row)
    first, last = at + times().assess_first, at + (row.assess_by - row.at)
    since = at - lists().before
    if row.absence is not None:
        since = max(since, known.began.get(row.absence, since))
    span = Span(row.resident, since, at, known.lay.get(row.rid), known.reconciliation(row))
    found: Mapping[str, Proof] = proofs(reader, span) if row.assessed_at is None else {}
    settled = known.reconciliation(row)[0] != NONE
    return tuple(
        _item(reader, one, row, found.get(one.code), (first if one.first else last, settled))
        for one in lists().items.values()
    )


def _item(
    reader: Reader, item: Item, row: ReferralReturn, proof: Proof | None, asked: tuple[datetime, bool]
) -> ItemRow:
    """What somebody said stands before what the chart proves; what is finished is as it was when it was.

    `asked`: until when, and whether there are medicines to be reconciled.
    """
    due, settled = asked
    said: Mapping[str, Any] = row.assessed.get(item.code, {})
    done = bool(said) or (proof is not None and not proof.missing)
    record = said.get("record")
    sayable = not (item.reconciliation and settled)
    if said:
        proof = Proof(
            said["words"],
            _instant(said),
            said["by_name"],
            said.get("kind", ""),
            UUID(record) if record else None,
        )
    return ItemRow(
        code=item.code,
        label=item.label,
        due=due,
        first=item.first,
        done=done,
        late=is_late(due, reader.now if done else row.assessed_at, reader.now),
        words=proof.words if proof else "",
        at=proof.at if proof else None,
        by=proof.by if proof else "",
        kind=proof.kind if proof else "",
        record=proof.record if proof else None,
        said=bool(said) and not record,
        missing=proof.missing if proof else "",
        says=item.says if sayable else (),
        sayable=sayable,
        place=item.place,
        tab=item.tab,
        instrument=item.instruments[0] if item.instruments else "",
    )


def _paper(
    paper: Paper, said: Mapping[str, Any], row: ReferralReturn, reconciled: MedReconciliation | None
) -> PaperRow:
    if paper.field == "medicines":
        filled = reconciled is not None and reconciled.came_with != "missing"
    else:
        filled = bool(paper.field and getattr(row, paper.field))
    state = paper_state(said.get("state", ""), filled)
    return PaperRow(
        code=paper.code,
        label=paper.label,
        hint=paper.hint,
        state=state,
        at=_instant(said) if said else None,
        by=said.get("by_name", ""),
        note=said.get("note", ""),
        by_itself=state == HERE and not said,
    )


def _chased(one: Mapping[str, Any]) -> ChasedRow:
    how = lists().ways.get(one["how"], one["how"])
    return ChasedRow(datetime.fromisoformat(one["at"]), one["by_name"], how, one["whom"], one["answer"])


def _instant(said: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(said["at"])
