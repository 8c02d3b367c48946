"""The drug list of a station: what the program ships, and the institution's own over it, by code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, lru_cache
from types import MappingProxyType

import orjson
from sqlalchemy import Text, select, type_coerce
from sqlalchemy.orm import Session

from app.core.errors import Refusal
from app.core.resources import resource
from app.medication.drugs.reading import parse_drug, read_drugs
from app.medication.drugs.search import Index
from app.medication.rules.drug import Drug
from db.models import OwnDrug

_NO_LISTS = ("classes.toml", "forms.toml", "readings.toml")


@dataclass(frozen=True)
class DrugList:
    """Every medicine that can be ordered, by code, in the order of lists; `search` finds in it."""

    by_code: Mapping[str, Drug]
    _groups: dict[str, list[Drug]] = field(init=False, default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        for drug in self.by_code.values():
            self._groups.setdefault(drug.group, []).append(drug)

    def get(self, code: str) -> Drug | None:
        return self.by_code.get(code)

    def group(self, group: str) -> tuple[Drug, ...]:
        """The products with the same active substances."""
        return tuple(self._groups.get(group, ()))

    def look_alikes(self, drug: Drug) -> tuple[Drug, ...]:
        """One product of each group it is mistaken for, of the same strength where there is one."""
        found: list[Drug] = []
        for group in drug.look_alike:
            products = self.group(group)
            same = [one for one in products if one.form == drug.form and one.strength == drug.strength]
            found += same[:1] or products[:1]
        return tuple(found)

    def called(self, barcode: str) -> Drug | None:
        """The product with this barcode."""
        return next((one for one in self.by_code.values() if barcode in one.barcodes), None)

    @cached_property
    def search(self) -> Index:
        return Index(self.by_code.values())


@cache
def drugs() -> Mapping[str, Drug]:
    """What the program ships, by code. Read once."""
    found: dict[str, Drug] = {}
    for path in sorted(resource("drugs").glob("*.toml")):
        if path.name in _NO_LISTS:
            continue
        for drug in read_drugs(path):
            if drug.code in found:
                raise Refusal(f"药品文件 {path.name}：编号“{drug.code}”在别的文件里已有")
            found[drug.code] = drug
    groups = {drug.group for drug in found.values()}
    for drug in found.values():
        if unknown := set(drug.look_alike) - groups:
            raise Refusal(f"药品“{drug.code}”的易混淆药品没有“{'、'.join(sorted(unknown))}”")
    return MappingProxyType(found)


def drug_list(session: Session) -> DrugList:
    """The list of this station now: an own medicine stands in for a shipped one of the same code."""
    statement = (
        select(OwnDrug.code, type_coerce(OwnDrug.content, Text))
        .where(OwnDrug.current, OwnDrug.state != "retracted")
        .order_by(OwnDrug.code)
    )
    return _combined(tuple((code, content) for code, content in session.execute(statement)))


def drug_called(session: Session, code: str) -> Drug:
    """The medicine of a code, to be ordered; refuses one that is not in the list, or no more."""
    if (found := drug_list(session).get(code)) is None:
        raise Refusal("药品目录里没有这个药，请从列表中选。", field="drug")
    return found


def drug_known(session: Session, code: str) -> Drug:
    """As `drug_called`, also a medicine that was withdrawn since."""
    if (found := drug_list(session).get(code)) is not None:
        return found
    content = session.scalar(
        select(type_coerce(OwnDrug.content, Text))
        .where(OwnDrug.code == code)
        .order_by(OwnDrug.current.desc(), OwnDrug.revision.desc())
        .limit(1)
    )
    known = own_drug(code, content) if content is not None else None
    return known or drug_called(session, code)


@lru_cache(maxsize=2048)
def own_drug(code: str, content: str) -> Drug | None:
    """An own medicine from its content as JSON; None for one a newer program no longer reads (it must not take every
    other medicine with it)."""
    try:
        return replace(parse_drug({**orjson.loads(content), "code": code}), own=True)
    except Refusal:
        return None


@lru_cache(maxsize=8)
def _combined(own: tuple[tuple[str, str], ...]) -> DrugList:
    read = {code: found for code, content in own if (found := own_drug(code, content)) is not None}
    return DrugList(MappingProxyType({**drugs(), **read}))
