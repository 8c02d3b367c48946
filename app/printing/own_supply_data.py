"""From the agreement that stands and what the family brought to the 自备药协议; its clauses are configuration."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.names import author_names
from app.core.clock import date_in, local
from app.core.orders import Question, answers
from app.core.resources import resource
from app.core.roles import Right
from app.core.strokes import strokes_of
from app.core.unit import Reader
from app.medication.drugs.catalogue import drug_list
from app.medication.rules.amounts import pieces_words
from app.printing.amounts_said import exact, product_words
from app.printing.journal_sheet_data import whose
from app.printing.sheets.own_supply import Brought, OwnSupply
from app.residents.queries import Chart
from app.residents.queries.chart import chart
from db.models import MedStatement, StockMove


@dataclass(frozen=True)
class OwnSupplyOf(Question[OwnSupply]):
    """The agreement of a resident (`record`: that one); before there is one, a form to be signed by hand."""

    resident: UUID
    record: UUID | None = None


@answers(OwnSupplyOf)
def own_supply_of(reader: Reader, question: OwnSupplyOf) -> OwnSupply:
    reader.require(Right.PRINT_RECORDS)
    person, names = chart(reader, Chart(question.resident)), author_names(reader)
    statement = select(MedStatement).where(
        MedStatement.resident == question.resident,
        MedStatement.what == "own_supply",
        MedStatement.current,
        MedStatement.state != "retracted",
    )
    if question.record is not None:
        statement = statement.where(MedStatement.rid == question.record)
    row = reader.session.scalar(statement.order_by(MedStatement.at.desc()).limit(1))
    clauses = _clauses()
    return OwnSupply(
        whose=whose(reader, person),
        number=f"ZBY-{person.number}",
        intro=clauses["intro"],
        clauses=tuple(clauses["clauses"]),
        foot=clauses["foot"],
        brought=tuple(_brought(reader, question.resident)),
        name=row.name if row else "",
        relation=row.relation if row else "",
        words=row.words if row else "",
        strokes=strokes_of(row.drawn) if row else (),
        agreed=local(reader.settings.zone, row.at) if row else None,
        keeper=names.get(row.author, "") if row else "",
        printed_at=local(reader.settings.zone, reader.now),
        printed_by=reader.actor.name,
    )


def _brought(reader: Reader, resident: UUID) -> list[Brought]:
    """Every receipt that stands, the earliest first."""
    known, names = drug_list(reader.session), author_names(reader)
    rows = reader.session.scalars(
        select(StockMove)
        .where(
            StockMove.owner == resident,
            StockMove.what == "receipt",
            StockMove.current,
            StockMove.state != "retracted",
        )
        .order_by(StockMove.at)
    )
    found = []
    for row in rows:
        drug = known.get(row.drug)
        unit = drug.unit if drug is not None else ""
        quantity = f"{pieces_words(exact(row.quantity))} {unit}".strip()
        on = date_in(reader.settings.zone, row.at)
        words = product_words(known, row.drug, row.words)
        found.append(Brought(on, words, quantity, row.lot, row.expires, names.get(row.author, "")))
    return found


@cache
def _clauses() -> dict[str, Any]:
    return tomllib.loads(resource("printing", "own_supply.toml").read_text(encoding="utf-8"))
