"""The versions of one record, the newest first: who wrote it when, what differs from the one before, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import inspect, select

from app.access.names import author_names
from app.core.errors import Refusal
from app.core.orders import Question, answers
from app.core.roles import Right, Role
from app.core.unit import Reader
from app.history.readings import reading
from app.registry import RECORDS
from db.base import Clinical, from_text
from db.models import RegisterVersion

SOURCES = {"import": "名册导入", "platform": "区平台", "transcribed": "补录", "device": "设备"}
STATES = {"signed": "", "corrected": "更正", "retracted": "作废", "draft": "草稿"}
LATE_SECONDS = 3600
"""From when on an entry counts as written later than it happened."""


@dataclass(frozen=True)
class Difference:
    """One field: empty `old` was not there before, empty `new` is not there any more."""

    field: str
    old: str
    new: str


@dataclass(frozen=True)
class Version:
    """One version. `state` in words (更正, 作废 …), `source` likewise; `late`: over an hour after it happened."""

    revision: int
    station: str
    at: datetime
    recorded_at: datetime
    by: str
    role: str
    state: str
    source: str
    reason: str
    late: bool
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class RecordStory:
    """A record's title and its versions, the newest first."""

    title: str
    versions: tuple[Version, ...]


@dataclass(frozen=True)
class RecordHistory(Question[RecordStory]):
    """The history of any record kind that has a table."""

    kind: str
    rid: UUID


@answers(RecordHistory)
def record_history(reader: Reader, question: RecordHistory) -> RecordStory:
    """Refuses a kind without a table, and a record that is not here."""
    reader.require(Right.MANAGE_STAFF if question.kind == "staff" else Right.READ_RESIDENTS)
    record = RECORDS.get(question.kind)
    if record is None or record.model is None:
        raise Refusal("这种记录没有变更历史。")
    older = _clinical if issubclass(record.model, Clinical) else _register
    contents = list(older(reader, record.model, question.rid))
    if not contents:
        raise Refusal("没有找到这条记录。")
    return RecordStory(record.title, tuple(reversed(list(_versions(reader, question.kind, contents)))))


def _clinical(reader: Reader, model: Any, rid: UUID) -> Iterator[dict[str, Any]]:
    rows = reader.session.scalars(
        select(model).where(model.rid == rid).order_by(model.revision, model.recorded_at)
    )
    for row in rows:
        yield {column.key: getattr(row, column.key) for column in inspect(model).column_attrs}


def _register(reader: Reader, model: Any, rid: UUID) -> Iterator[dict[str, Any]]:
    columns = inspect(model).columns
    kept = reader.session.scalars(
        select(RegisterVersion)
        .where(RegisterVersion.kind == model.__kind__, RegisterVersion.record == rid)
        .order_by(RegisterVersion.replaced_at, RegisterVersion.revision)
    )
    for version in kept:
        yield {
            key: from_text(columns[key], value) for key, value in version.content.items() if key in columns
        }
    row = reader.session.get(model, rid)
    if row is not None:
        yield {column.key: getattr(row, column.key) for column in inspect(model).column_attrs}


def _versions(reader: Reader, kind: str, contents: list[dict[str, Any]]) -> Iterator[Version]:
    names = author_names(reader)
    said: dict[str, str] = {}
    for content in contents:
        fresh = reading(reader, kind, content)
        fields = dict.fromkeys([*said, *fresh])
        differing = tuple(
            Difference(field, said.get(field, ""), fresh.get(field, ""))
            for field in fields
            if said.get(field, "") != fresh.get(field, "")
        )
        yield _version(content, differing, names)
        said = fresh


def _version(
    content: Mapping[str, Any], differing: tuple[Difference, ...], names: Mapping[UUID, str]
) -> Version:
    role = content["author_role"]
    apart = (content["recorded_at"] - content["at"]).total_seconds()
    return Version(
        revision=content["revision"],
        station=content["station"],
        at=content["at"],
        recorded_at=content["recorded_at"],
        by=names.get(content["author"], "本站"),
        role=Role(role).words if role in set(Role) else "",
        state=STATES.get(content.get("state", "signed"), ""),
        source=SOURCES.get(content["source"], ""),
        reason=content["reason"] or "",
        late=apart > LATE_SECONDS and content["revision"] == 1,
        differences=differing,
    )
