"""The question and the order of importing: the same reading, the same verdicts; only the order writes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from app.core.errors import Refusal
from app.core.orders import Order, Question, answers, performs
from app.core.roles import Right
from app.core.unit import Reader, Unit
from app.core.watch import Watch
from app.residents.importing.filing import Filing
from app.residents.importing.known import House
from app.residents.importing.outcome import Outcome, outcome_of
from app.residents.roster import Fate, Judge, Roster, Verdict, open_roster

_REPORT_EVERY = 50
"""Rows between two reports of progress, and between two looks whether a person has cancelled."""


@dataclass(frozen=True)
class PreviewRoster(Question[Outcome]):
    """What importing a file would do; writes nothing. `watch` for progress (total 0: not known yet) and cancel."""

    path: Path
    watch: Watch = field(default_factory=Watch, compare=False)


@dataclass(frozen=True)
class ImportRoster(Order[Outcome]):
    """Take the good rows of a file in, all or none; rejected rows come back in the outcome.

    `seen` is the preview a person looked at: a file that changed since is refused. Progress and cancel go through the
    unit's watch; after a cancel nothing has been written.
    """

    path: Path
    seen: Outcome | None = field(default=None, compare=False)


@answers(PreviewRoster)
def preview_roster(reader: Reader, question: PreviewRoster) -> Outcome:
    """Refuses files that are no roster, in words that say what they are."""
    reader.require(Right.IMPORT_RESIDENTS)
    roster, stamp = open_roster(question.path), _stamp(question.path)
    verdicts = _judged(reader, roster, question.watch, 0)
    return outcome_of(verdicts, roster.columns, roster.unread, stamp)


@performs(ImportRoster)
def import_roster(unit: Unit, order: ImportRoster) -> Outcome:
    """As the preview, and every accepted row is written with its places, stay, contact, allergies and diagnoses."""
    unit.require(Right.IMPORT_RESIDENTS)
    roster, stamp = open_roster(order.path), _stamp(order.path)
    if order.seen is not None and order.seen.stamp != stamp:
        raise Refusal("文件在预览之后又改过，请重新预览再导入。")
    total = order.seen.total if order.seen else 0
    verdicts = _filed(unit, _judged(unit, roster, unit.watch, total))
    return outcome_of(verdicts, roster.columns, roster.unread, stamp)


def _judged(reader: Reader, roster: Roster, watch: Watch, total: int) -> Iterator[Verdict]:
    judge = Judge(House(reader), roster.columns)
    for done, verdict in enumerate(judge.verdicts(roster.people(reader.today)), 1):
        if done % _REPORT_EVERY == 0:
            watch.report(done, total, verdict.row.name)
        yield verdict
    watch.check()


def _filed(unit: Unit, verdicts: Iterator[Verdict]) -> Iterator[Verdict]:
    filing, done = Filing(unit), 0
    for done, verdict in enumerate(verdicts, 1):  # noqa: B007  # the count is reported below
        if verdict.fate is Fate.NEW:
            filing.add(verdict.row)
        yield verdict
    filing.write()
    unit.watch.report(done, done, "正在保存")  # outbox and audit lines follow: about half of the time


def _stamp(path: Path) -> tuple[int, int]:
    """Size and time of change: enough to notice that somebody saved the file again."""
    stat = path.stat()
    return stat.st_size, stat.st_mtime_ns
