"""补打: which pages left the program before, as the audit chain tells; a page is known again by what stands on it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from uuid import UUID

from sqlalchemy import select

from app.core.clock import local
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.printing.drawn import Marks
from app.printing.page import Page
from app.printing.text import lasting
from db.models import AuditLine, Staff

ACT = "print"
_SIGNS = 16
_MARKS = " marks:"
_MOST = 900  # values in one statement

Before = Mapping[str, str]
"""Of pages that left before, by their mark: when they first did and by whom."""
NONE: Before = {}


@dataclass(frozen=True)
class PrintedBefore(Question[Before]):
    """What was printed, or saved as a file, of these residents (floors, records of no resident)."""

    whose: tuple[UUID, ...]


@dataclass(frozen=True)
class FilePrinted(Question[str]):
    """That a kept file, or pages like those in it, left before: when first and by whom; empty: none did."""

    record: UUID
    sha256: str
    marks: Marks = ()


def mark_of(page: Page) -> str:
    """A page's content in 16 signs, before the machine prints around it (time of printing, page number, watermark).

    The code is left out, and what else is passing: they change when a referral moves on, what is said does not.
    """
    return hashlib.sha256(lasting("\n".join(page.ops)).encode("ascii")).hexdigest()[:_SIGNS]


def words_of_print(sheet: str, sha256: str, marks: Marks) -> str:
    """The reason of the audit line: which sheet, the file, and each page in it."""
    kept = ",".join(dict.fromkeys(chain.from_iterable(marks)))
    return f"{sheet} sha256:{sha256}" + (f"{_MARKS}{kept}" if kept else "")


@answers(PrintedBefore)
def printed_before(reader: Reader, question: PrintedBefore) -> Before:
    reader.require(Right.PRINT_RECORDS)
    found: dict[str, str] = {}
    for at, name, reason in _lines(reader, question.whose):
        for mark in _marks_in(reason):
            found.setdefault(mark, _first(reader, at, name))
    return found


@answers(FilePrinted)
def file_printed(reader: Reader, question: FilePrinted) -> str:
    reader.require(Right.PRINT_RECORDS)
    wanted = frozenset(chain.from_iterable(question.marks))
    first, out, whole = "", set[str](), False
    for at, name, reason in _lines(reader, (question.record,)):
        same = f"sha256:{question.sha256}" in (reason or "").split()
        known = wanted & set(_marks_in(reason))
        if same or known:
            first = first or _first(reader, at, name)
            out |= known
            whole = whole or same
    if not first:
        return ""
    some = "" if whole or out == wanted else f"其中 {len(out)} 页"
    return f"{some}打印过，{first}"


def _marks_in(reason: str | None) -> list[str]:
    return re.findall(r"[0-9a-f]+", (reason or "").partition(_MARKS)[2])


def _first(reader: Reader, at: datetime, name: str | None) -> str:
    return f"首次打印：{local(reader.settings.zone, at):%Y-%m-%d %H:%M}　{name or ''}".strip()


def _lines(reader: Reader, whose: tuple[UUID, ...]) -> Iterator[tuple[datetime, str | None, str | None]]:
    """From the oldest on."""
    for first in range(0, len(whose), _MOST):
        asked = (
            select(AuditLine.at, Staff.name, AuditLine.reason)
            .outerjoin(Staff, Staff.rid == AuditLine.who)
            .where(AuditLine.record.in_(whose[first : first + _MOST]), AuditLine.act == ACT)
            .order_by(AuditLine.seq)
        )
        yield from reader.session.execute(asked)
