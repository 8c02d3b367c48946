"""The base of every table: column types, names of constraints, and the envelope every record carries."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID

import orjson
from sqlalchemy import (
    BigInteger,
    Boolean,
    Date,
    Dialect,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
    TypeDecorator,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


_MILLISECOND = timedelta(milliseconds=1)


def to_number(moment: datetime) -> int:
    """An aware instant as UTC milliseconds, the way it is kept; one without a zone is refused."""
    if moment.tzinfo is None:
        raise ValueError("an instant without a zone")
    return (moment - _EPOCH) // _MILLISECOND


def from_number(number: int) -> datetime:
    """The aware instant that is kept as so many UTC milliseconds."""
    return _EPOCH + timedelta(milliseconds=number)


class Rid(TypeDecorator[UUID]):
    """A UUID as 16 bytes (as text it would double the file)."""

    impl = LargeBinary(16)
    cache_ok = True

    def process_bind_param(self, value: UUID | None, dialect: Dialect) -> bytes | None:
        return None if value is None else value.bytes

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> UUID | None:
        return None if value is None else UUID(bytes=value)


class Instant(TypeDecorator[datetime]):
    """An aware instant as UTC milliseconds; one without a zone is refused."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else to_number(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else from_number(value)


class Json(TypeDecorator[Any]):
    """A value as JSON text, keys sorted, so that equal values are equal texts."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else orjson.loads(value)


def from_text(column: Any, value: Any) -> Any:
    """A value that was kept as JSON (ids, instants, dates and bytes as text), back in the column's own type."""
    kind = column.type
    if value is None:
        return None
    if isinstance(kind, Rid):
        return UUID(value)
    if isinstance(kind, Instant):
        return datetime.fromisoformat(value)
    python = getattr(kind, "python_type", None)
    if python is date:
        return date.fromisoformat(value)
    return bytes.fromhex(value) if python is bytes else value


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True, eq=False, repr=False):
    """A forgotten required column is a type error; `repr=False` keeps people's names out of logs."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        UUID: Rid,
        datetime: Instant,
        date: Date,
        str: String,
        int: Integer,
        float: Float,
        bool: Boolean,
        bytes: LargeBinary,
        dict[str, Any]: Json,
        list[str]: Json,
    }

    __kind__: ClassVar[str] = ""
    """The record kind (`app.registry`); empty for tables that are no records."""
    __syncs__: ClassVar[bool] = False
    """Whether records of this kind go to the district platform."""


class Origin(MappedAsDataclass, kw_only=True, eq=False, repr=False):
    """Who wrote a row, where, when, and why: the part of the envelope every record has."""

    __kind__: ClassVar[str]
    __syncs__: ClassVar[bool]

    author: Mapped[UUID]
    author_role: Mapped[str]
    at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    clock_offset_ms: Mapped[int | None] = mapped_column(default=None)
    source: Mapped[str] = mapped_column(default="manual")  # manual, import, device, platform, transcribed
    reason: Mapped[str | None] = mapped_column(default=None)

    @property
    def goes(self) -> bool:
        """Whether this row goes to the district platform: a kind of which only some rows go says which."""
        return self.__syncs__


class Clinical(Origin, kw_only=True, eq=False, repr=False):
    """A clinical record: one row a revision, never overwritten. Two stations' same revision are siblings.

    Only `current` and `state` of a row ever change (a newer revision came, or it was retracted).
    """

    rid: Mapped[UUID] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    station: Mapped[str] = mapped_column(primary_key=True)
    current: Mapped[bool] = mapped_column(default=True)
    state: Mapped[str] = mapped_column(default="signed")  # draft, signed, corrected, retracted


class Register(Origin, kw_only=True, eq=False, repr=False):
    """A register row (a person, a place): one row with the latest content; older ones lie in `register_version`."""

    rid: Mapped[UUID] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(default=1)
    station: Mapped[str]
