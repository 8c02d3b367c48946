"""The story of one record between here and the platform: written, waiting, on its way, received, or why not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.orders import Question, answers
from app.core.unit import Reader
from app.registry import RECORDS
from app.sync.queries.differences import Difference, differences
from app.sync.queries.overview import standing
from app.sync.queries.receipts import Receipt, receipts
from app.sync.queries.related import Related, related
from app.sync.queries.titles import Title, authors, titles
from app.sync.words import Line, Standing, again, exactly, reason, state_of, version
from db.base import Clinical
from db.models import Outbox, RegisterVersion

__all__ = ["Related", "Step", "Trace", "TraceOf", "Version"]


@dataclass(frozen=True)
class Step:
    """One thing that happened, or is awaited. `state` as in `words.STATES`, or written, sent, came.

    `at` is None for what has not happened yet. `receipts`: ids at the platform, to be read out or copied.
    """

    state: str
    words: str
    at: datetime | None = None
    detail: str = ""
    receipts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Version:
    """The story of one revision; `state` is how it stands now. `outbox`: its row, 0 if it was never queued here."""

    revision: int
    station: str
    state: str
    steps: tuple[Step, ...]
    outbox: int = 0


@dataclass(frozen=True)
class Trace:
    """Versions newest first; `related`: the same resident's other records; `differences`: those of a conflict."""

    kind: str
    record: UUID
    title: str
    place: str
    target: UUID | None
    versions: tuple[Version, ...]
    differences: tuple[Difference, ...] = ()
    related: tuple[Related, ...] = ()


@dataclass(frozen=True)
class TraceOf(Question[Trace]):
    """The sync story of a record, whether or not it ever left."""

    kind: str
    record: UUID


@dataclass(frozen=True)
class _Written:
    """A revision as it lies here."""

    revision: int
    station: str
    recorded_at: datetime
    source: str
    reason: str | None
    state: str = ""


@answers(TraceOf)
def trace_of(reader: Reader, question: TraceOf) -> Trace:
    key = (question.kind, question.record)
    now = standing(reader)
    title = titles(reader, {key})[key]
    statement = select(Outbox).where(Outbox.kind == key[0], Outbox.record == key[1])
    queued = {(row.revision, row.station): row for row in reader.session.scalars(statement)}
    written = {(one.revision, one.station): one for one in _written(reader, *key)}
    numbers = sorted({*queued, *written}, reverse=True)
    wrote = authors(reader, {(*key, *number) for number in numbers})
    held = receipts(reader, {key}).get(key, [])
    versions: list[Version] = []
    for number in numbers:
        row, lies = queued.get(number), written.get(number)
        if row is not None or _shown_alone(reader, lies, bool(versions)):
            versions.append(_version(now, number, (lies, row, wrote[*key, *number]), held))
    conflict = any(one.state == "conflict" for one in versions)
    return Trace(
        kind=title.kind,
        record=question.record,
        title=title.words,
        place=title.place,
        target=title.record,
        versions=tuple(versions) or (_never(title),),
        differences=differences(reader, *key) if conflict else (),
        related=related(reader, question.record) if question.kind == "resident" else (),
    )


def _shown_alone(reader: Reader, lies: _Written | None, later: bool) -> bool:  # noqa: FBT001  # read in one place
    """A revision without an outbox row: it came from elsewhere, or nothing later of it was queued either."""
    if lies is None:
        return False
    return lies.source == "platform" or lies.station != reader.settings.station_number or not later


def _never(title: Title) -> Version:
    return Version(0, "", "pending", (Step("pending", f"{title.kind}还没有排队上传"),))


def _written(reader: Reader, kind: str, record: UUID) -> list[_Written]:
    """Every revision kept here."""
    known = RECORDS.get(kind)
    model: Any = getattr(known, "model", None)
    if model is None:
        return []
    rows = list(reader.session.scalars(select(model).where(model.rid == record)))
    found = [
        _Written(
            row.revision,
            row.station,
            row.recorded_at,
            row.source,
            row.reason,
            row.state if isinstance(row, Clinical) else "",
        )
        for row in rows
    ]
    if not issubclass(model, Clinical):
        older = select(RegisterVersion).where(RegisterVersion.kind == kind, RegisterVersion.record == record)
        for version_ in reader.session.scalars(older):
            said = version_.content
            at = datetime.fromisoformat(said["recorded_at"])
            found.append(
                _Written(version_.revision, version_.station, at, said["source"], said.get("reason"))
            )
    return [one for one in found if one.state != "draft"]


def _version(
    now: Standing,
    number: tuple[int, str],
    known: tuple[_Written | None, Outbox | None, str],
    held: list[Receipt],
) -> Version:
    lies, row, who = known
    here = [one for one in held if (one.revision, one.station) == number]
    steps = [_first(number, lies, who)] if lies is not None else []
    if row is None:
        came = Step("came", "本站收到", here[0].received_at, "从区平台取回", _named(here)) if here else None
        elsewhere = Step("came", "本站收到", None, "从区平台取回")
        local = Step("pending", "没有排队上传", None, "这类记录只留在本机，或随别的记录一起上传")
        foreign = lies is not None and (lies.source == "platform" or bool(here))
        end = came or (elsewhere if foreign else local)
        return Version(*number, "acked" if foreign else "local", (*steps, end))
    steps += _sent(row)
    steps.append(_now(now, row, here, held))
    return Version(*number, state_of(row.state, row.words), tuple(steps), row.id)


def _first(number: tuple[int, str], lies: _Written, who: str) -> Step:
    sources = {"platform": "在区平台上改的", "import": "名册导入", "transcribed": "补录"}
    said = [sources.get(lies.source, ""), f"原因：{lies.reason}" if lies.reason else "", f"{number[1]} 站"]
    verb = "作废" if lies.state == "retracted" else "写下"
    return Step("written", f"{who or '不知是谁'} {verb}", lies.recorded_at, " · ".join(filter(None, said)))


def _sent(row: Outbox) -> list[Step]:
    """When it was last on its way."""
    if row.tried_at is None or row.state == "sending":
        return []
    times = f"第 {row.attempt} 次" if row.attempt > 1 else ""
    return [Step("sent", f"{times}发往区平台", row.tried_at)]


def _now(now: Standing, row: Outbox, here: list[Receipt], held: list[Receipt]) -> Step:
    """How it stands."""
    state, line = (
        state_of(row.state, row.words),
        Line(row.state, row.words, row.next_at, row.tried_at, row.acked_at),
    )
    if state == "replaced":
        return Step(state, "没有单独上传", row.acked_at, reason(line, now))
    if state == "acked":
        later = "那里现在是后来的版本" if held and not here else ""
        none = "" if held else "没有留下回执号"
        return Step("acked", "区平台已收", row.acked_at, later or none, _named(here or held))
    if state == "sending":
        return Step(state, "在路上", row.tried_at, reason(line, now))
    if state == "unknown":
        looked = f"已查过 {row.looked} 次，还没查到" if row.looked else "下一步到区平台查"
        return Step(
            state, "没等到回答", None, f"正在核对是否已收，不会重发。{looked}{again(now, row.next_at)}"
        )
    titles_ = {"pending": "等上传", "held": "不上传", "conflict": "两边都改了", "quarantined": "已搁置"}
    since = f"从 {exactly(now, row.created_at)[:-3]} 起" if state == "pending" else ""
    return Step(state, f"{titles_[state]}", None, " · ".join(filter(None, (since, reason(line, now)))))


def _named(some: list[Receipt]) -> tuple[str, ...]:
    return tuple(f"{one.address} · {version(one.version)}" for one in some)
