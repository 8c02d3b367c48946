"""The registry is complete: every record table stands in it, under the kind and title people read."""

from __future__ import annotations

from app.registry import RECORDS
from db.base import Base, Clinical, Register


def test_every_record_table_stands_in_the_registry_once() -> None:
    tables = {
        mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Clinical | Register)
    }
    assert {record.model for record in RECORDS.values() if record.model} == tables
    for kind, record in RECORDS.items():
        assert kind == record.kind
        assert record.title
        assert record.model is None or record.model.__kind__ == kind
