"""Taking a list of beds in: look first (`PreviewPlaces`), then one act (`ImportPlaces`).

The same file again changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from sqlalchemy import insert, select

from app.core.errors import Refusal
from app.core.orders import Order, Question, answers, performs
from app.core.roles import Right
from app.core.unit import Reader, Unit
from app.residents.codes import code_list
from app.residents.importing.places import Places
from app.residents.places.plan import Plan, PlanRow, open_plan
from app.residents.rules import PlacePath
from db.models import Place


class Fate(StrEnum):
    """What becomes of a bed of the file."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class BedLine:
    """One bed of the file (or a row that names none). `row` as in the file; `words` say why or what changes."""

    row: int
    label: str
    bed_type: str
    fate: Fate
    words: str = ""


@dataclass(frozen=True)
class PlacesOutcome:
    """`stamp` is the file as it was read, to notice that somebody saved it again."""

    lines: tuple[BedLine, ...]
    stamp: tuple[int, int]

    def count(self, fate: Fate) -> int:
        return sum(line.fate is fate for line in self.lines)


@dataclass(frozen=True)
class PreviewPlaces(Question[PlacesOutcome]):
    """What importing a list of beds would do; writes nothing."""

    path: Path


@dataclass(frozen=True)
class ImportPlaces(Order[PlacesOutcome]):
    """Take the good rows in, all or none. A bed that is here keeps its name and gets the type the file says.

    `seen` is the preview a person looked at: a file that changed since is refused.
    """

    path: Path
    seen: PlacesOutcome | None = field(default=None, compare=False)


@dataclass(frozen=True)
class _Judged:
    line: BedLine
    path: PlacePath | None = None


@answers(PreviewPlaces)
def preview_places(reader: Reader, question: PreviewPlaces) -> PlacesOutcome:
    """Refuses files that are no list of beds, in words that say what they are."""
    reader.require(Right.MANAGE_PLACES)
    plan, stamp = open_plan(question.path), _stamp(question.path)
    return PlacesOutcome(tuple(judged.line for judged in _judge(reader, plan)), stamp)


@performs(ImportPlaces)
def import_places(unit: Unit, order: ImportPlaces) -> PlacesOutcome:
    """As the preview; new beds are written with the rooms, floors and buildings they lie in."""
    unit.require(Right.MANAGE_PLACES)
    plan, stamp = open_plan(order.path), _stamp(order.path)
    if order.seen is not None and order.seen.stamp != stamp:
        raise Refusal("文件在预览之后又改过，请重新预览再导入。")
    judged = list(_judge(unit, plan))
    places = Places(unit)
    for one in judged:
        if one.path is not None and one.line.fate is Fate.NEW:
            places.bed(one.path, one.line.bed_type)
    if places.made:
        unit.session.execute(insert(Place), places.made)
        unit.announce(Place, [made["rid"] for made in places.made])
    changed = {one.line.label: one.line.bed_type for one in judged if one.line.fate is Fate.CHANGED}
    for bed in unit.session.scalars(select(Place).where(Place.kind == "bed", Place.label.in_(changed))):
        bed.bed_type = changed[bed.label]
    return PlacesOutcome(tuple(one.line for one in judged), stamp)


def _judge(reader: Reader, plan: Plan) -> Iterator[_Judged]:
    """Each bed against the house and against the rows above it."""
    beds = reader.session.execute(select(Place.label, Place.bed_type).where(Place.kind == "bed"))
    here: dict[str, str] = dict(beds.all())
    before: dict[str, int] = {}
    for row in plan.rows():
        if row.wrong:
            yield _Judged(BedLine(row.number, row.said, "", Fate.REJECTED, row.wrong))
        for path in row.paths:
            yield _Judged(_line(row, path.label, here, before), path)
            before.setdefault(path.label, row.number)


def _line(row: PlanRow, label: str, here: dict[str, str], before: dict[str, int]) -> BedLine:
    if label in before:
        words = f"和第 {before[label]} 行是同一张床"
        return BedLine(row.number, label, row.bed_type, Fate.REJECTED, words)
    if label not in here:
        return BedLine(row.number, label, row.bed_type, Fate.NEW)
    if not row.bed_type or row.bed_type == here[label]:
        return BedLine(row.number, label, here[label], Fate.UNCHANGED)
    new, old = (code_list("bed_type").words(code) if code else "未定" for code in (row.bed_type, here[label]))
    return BedLine(row.number, label, row.bed_type, Fate.CHANGED, f"类型由{old}改为{new}")


def _stamp(path: Path) -> tuple[int, int]:
    stat = path.stat()
    return stat.st_size, stat.st_mtime_ns
