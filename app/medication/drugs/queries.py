"""Questions about the drug list, which says nothing of anybody: finding while typing, one medicine in full."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.orders import Question, answers
from app.core.unit import Reader
from app.medication.drugs.catalogue import drug_known, drug_list, drugs
from app.medication.drugs.search import MOST
from app.medication.rules.drug import Drug


@dataclass(frozen=True)
class FindDrugs(Question[tuple[Drug, ...]]):
    """What may be meant by what is typed or scanned, the likeliest first; the head of the list for nothing."""

    text: str
    most: int = MOST


@dataclass(frozen=True)
class DrugKnown:
    """A medicine with those it is mistaken for. `offered` False: withdrawn, it can be ordered no more; `shipped`: what
    the program says of it, where the institution says it otherwise."""

    drug: Drug
    alike: tuple[Drug, ...]
    offered: bool
    shipped: Drug | None = None


@dataclass(frozen=True)
class DrugCalled(Question[DrugKnown]):
    """The medicine of a code, also a withdrawn one; refuses an unknown code."""

    code: str


@answers(FindDrugs)
def find_drugs(reader: Reader, question: FindDrugs) -> tuple[Drug, ...]:
    return drug_list(reader.session).search.find(question.text, question.most)


@answers(DrugCalled)
def drug_of_code(reader: Reader, question: DrugCalled) -> DrugKnown:
    known = drug_list(reader.session)
    drug = drug_known(reader.session, question.code)
    shipped = drugs().get(drug.code) if drug.own else None
    return DrugKnown(drug, known.look_alikes(drug), known.get(drug.code) is not None, shipped)
