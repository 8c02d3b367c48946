"""Taking a list of medicines in: look first (`PreviewDrugs`), then one act; the same file again changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

from app.core.errors import Refusal
from app.core.orders import Order, Question, answers, performs
from app.core.roles import Right
from app.core.unit import Reader, Unit
from app.medication.drugs.catalogue import DrugList, drug_list
from app.medication.drugs.entry import WORDS
from app.medication.drugs.own import KIND, check, own_content, write
from app.medication.drugs.search import folded
from app.medication.drugs.table import DrugRow, bare_name, open_drug_table
from app.medication.drugs.writing import content_of
from app.medication.rules.amounts import amount_words, in_unit
from app.medication.rules.drug import Drug

_PENDING = "own-new"
REASON = "导入药品表"


class Fate(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"

    @property
    def words(self) -> str:
        return {"new": "新增", "changed": "更新", "unchanged": "未变", "rejected": "退回"}[self.value]


@dataclass(frozen=True)
class DrugLine:
    """One row of the file: what it was read as, what becomes of it, and why."""

    row: int
    shown: str
    title: str
    size: str
    fate: Fate
    words: str = ""


@dataclass(frozen=True)
class DrugsOutcome:
    """`stamp` is the file as it was read, to notice that somebody saved it again."""

    lines: tuple[DrugLine, ...]
    stamp: tuple[int, int]

    def count(self, fate: Fate) -> int:
        return sum(line.fate is fate for line in self.lines)


@dataclass(frozen=True)
class PreviewDrugs(Question[DrugsOutcome]):
    """What importing a list of medicines would do; writes nothing."""

    path: Path


@dataclass(frozen=True)
class ImportDrugs(Order[DrugsOutcome]):
    """Take the good rows in, all or none. `seen` is the preview a person looked at: a file that changed is refused."""

    path: Path
    seen: DrugsOutcome | None = field(default=None, compare=False)


@answers(PreviewDrugs)
def preview_drugs(reader: Reader, question: PreviewDrugs) -> DrugsOutcome:
    """Refuses files that are no list of medicines, in words that say what they are."""
    reader.require(Right.MANAGE_DRUGS)
    lines = tuple(line for line, _ in _Judge(drug_list(reader.session)).judged(question.path))
    return DrugsOutcome(lines, _stamp(question.path))


@performs(ImportDrugs)
def import_drugs(unit: Unit, order: ImportDrugs) -> DrugsOutcome:
    unit.require(Right.MANAGE_DRUGS)
    stamp = _stamp(order.path)
    if order.seen is not None and order.seen.stamp != stamp:
        raise Refusal("文件在预览之后又改过，请重新预览再导入。")
    lines = []
    groups: dict[str, str] = {}
    for line, drug in _Judge(drug_list(unit.session)).judged(order.path):
        lines.append(line)
        if drug is not None:
            write(unit, _coded(unit, drug, groups), REASON, "import")
    return DrugsOutcome(tuple(lines), stamp)


class _Judge:
    """Each row against the list, and against the rows above it."""

    def __init__(self, known: DrugList) -> None:
        self._known = known
        self._names: dict[str, list[Drug]] = {}
        self._before: dict[tuple[object, ...], int] = {}
        self._codes: dict[str, int] = {}
        for drug in known.by_code.values():
            for name in {drug.name, drug.title, *drug.also, bare_name(drug.name)}:
                self._names.setdefault(folded(name), []).append(drug)

    def judged(self, path: Path) -> Iterator[tuple[DrugLine, Drug | None]]:
        for row in open_drug_table(path).rows():
            try:
                yield self._judge(row)
            except Refusal as refusal:
                yield _line(row, None, Fate.REJECTED, refusal.text), None

    def _judge(self, row: DrugRow) -> tuple[DrugLine, Drug | None]:
        if row.wrong:
            raise Refusal(row.wrong)
        named = self._named(row)
        if row.form is None and not named:
            raise Refusal("名称里看不出剂型，请加一列“剂型”")
        same = next((one for one in named if _is(one, row)), None)
        self._refuse_twice(row, same)
        if same is not None:
            drug = own_content(content_of(same) | _over(row, same), same.code)
            if content_of(drug) == content_of(same):
                return _line(row, same, Fate.UNCHANGED, "目录里已有"), None
            check(self._known, drug)
            return _line(row, drug, Fate.CHANGED, "；".join(_changes(same, drug))), drug
        drug = self._new(row, named)
        check(self._known, drug)
        words = "" if named else "目录里没有这个品种，请补全成分和类别"
        return _line(row, drug, Fate.NEW, words), drug

    def _named(self, row: DrugRow) -> list[Drug]:
        """The medicines that are called so, with or without salt and form."""
        words = row.form.words if row.form is not None else ""
        for name in (f"{row.name}{words}", row.name, bare_name(row.name)):
            if found := self._names.get(folded(name)):
                return found
        return []

    def _new(self, row: DrugRow, named: list[Drug]) -> Drug:
        """A product nobody has: what is common to its group is taken from there."""
        like = next((one for one in named if row.form is None or one.form == row.form.words), None)
        base = content_of(like or named[0]) if named else {"name": row.name}
        for key in (
            "strength",
            "strength_unit",
            "strength_words",
            "pack",
            "pack_unit",
            "trade",
            "barcodes",
            "note",
        ):
            base.pop(key, None)
        form = row.form
        if form is not None and (like is None or like.form != form.words):
            if named:
                base = {
                    key: value
                    for key, value in base.items()
                    if key not in ("limit", "whole", "holds", "contains")
                }
            base |= {"form": form.words, "unit": row.size.unit or form.unit, "routes": list(form.routes)}
        return own_content(base | _size_of(row, str(base["unit"])) | dict(row.said), _PENDING)

    def _refuse_twice(self, row: DrugRow, same: Drug | None) -> None:
        key = (same.code,) if same else (row.name, row.form, row.size, str(row.said.get("trade")))
        if key in self._before:
            raise Refusal(f"和第 {self._before[key]} 行是同一个药品")
        for code in row.said.get("barcodes", ()):
            if code in self._codes:
                raise Refusal(f"条码 {code} 和第 {self._codes[code]} 行相同")
        self._before[key] = row.number
        self._codes.update(dict.fromkeys(row.said.get("barcodes", ()), row.number))


def _is(drug: Drug, row: DrugRow) -> bool:
    """Whether a row means this product: the form and the strength are the same."""
    if row.form is not None and row.form.words != drug.form:
        return False
    size = _size_of(row, drug.unit)
    strength = Decimal(size["strength"]) if "strength" in size else None
    if drug.strength is None or strength is None:
        said = size.get("strength_words", "")
        return folded(said) == folded(drug.strength_words) or (not said and drug.strength == strength)
    same = in_unit(strength, size["strength_unit"], drug.strength_unit)
    return same == drug.strength and (drug.unit != "mL" or size.get("pack", drug.pack) == drug.pack)


def _over(row: DrugRow, drug: Drug) -> dict[str, Any]:
    """What a row says over a known product: flags only where it says yes, lists and pack as it says them."""
    said = {key: value for key, value in row.said.items() if value and key not in ("inn", "note")}
    pack = (
        {"pack": row.size.pack, "pack_unit": row.size.pack_unit}
        if row.size.pack and drug.unit != "mL"
        else {}
    )
    return {**said, **pack}


def _size_of(row: DrugRow, unit: str) -> dict[str, Any]:
    """What the row says of strength and pack, for a medicine counted in `unit`."""
    size = row.size
    if row.form is not None and not row.form.reckoned:
        return {"strength_words": size.words or _strength_words(row), **_pack(size.pack, size.pack_unit)}
    words = {"strength_words": size.words} if size.words else {}
    if unit == "mL":
        volume = size.strength if size.strength_unit == "mL" else size.volume
        strength = size.strength if volume and size.strength_unit != "mL" else None
        whole = int(volume) if volume is not None and volume == int(volume) else 0
        each = {} if strength is None or volume is None else _strength(strength / volume, size.strength_unit)
        return {**words, **each, **_pack(whole, "支" if whole < 30 else "瓶")}
    return {**words, **_strength(size.strength, size.strength_unit), **_pack(size.pack, size.pack_unit)}


def _strength(amount: Decimal | None, unit: str) -> dict[str, Any]:
    return {} if amount is None else {"strength": amount_words(round(amount, 4)), "strength_unit": unit}


def _pack(number: int, unit: str) -> dict[str, Any]:
    return {"pack": number, "pack_unit": unit} if number else {}


def _strength_words(row: DrugRow) -> str:
    if row.size.strength is None:
        return ""
    return f"{amount_words(row.size.strength)} {row.size.strength_unit}"


def _changes(before: Drug, after: Drug) -> Iterator[str]:
    """What differs, in words."""
    old, new = content_of(before), content_of(after)
    flags = {"high_alert": "标为高警示", "essential": "标为基本药物", "skin_test": "标为需皮试"}
    for key in new:
        if new.get(key) != old.get(key):
            yield flags.get(key) or f"{WORDS.get(key, key)}改为 {_said(new[key])}"


def _said(value: Any) -> str:
    return "、".join(str(one) for one in value) if isinstance(value, list) else str(value)


def _coded(unit: Unit, drug: Drug, groups: dict[str, str]) -> Drug:
    """A new medicine under its code; new products of one name are one group."""
    if drug.code != _PENDING:
        return drug
    code = f"own-{unit.next_number(KIND)}"
    group = drug.group if drug.group != _PENDING else groups.setdefault(folded(drug.name), code)
    return replace(drug, code=code, group=group)


def _line(row: DrugRow, drug: Drug | None, fate: Fate, words: str) -> DrugLine:
    size = "" if drug is None else drug.size
    return DrugLine(row.number, row.shown, drug.title if drug else "", size, fate, words)


def _stamp(path: Path) -> tuple[int, int]:
    stat = path.stat()
    return stat.st_size, stat.st_mtime_ns
