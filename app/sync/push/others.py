"""Whether what stands there is another station's: a number as high as ours is no receipt of ours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.core.ids import NAMED
from app.fhir import Part, Ref, Revision, envelope_of
from app.registry import MAPPERS, RECORDS
from app.sync.pull.elements import differing
from app.sync.push.bodies import ours_over
from db.base import Clinical

ANOTHERS = "另一站也写了这份记录，取回那一份再定。"


def is_of_another(asked: Revision, station: str) -> bool:
    """Whether a revision of this clinical record is another station's, where stations do not keep apart."""
    record = RECORDS.get(asked.kind)
    is_clinical = record is not None and record.model is not None and issubclass(record.model, Clinical)
    return is_clinical and not MAPPERS[asked.kind].apart and station != asked.station


def is_anothers(
    asked: Revision, part: Part, body: dict[str, Any], id_of: Callable[[Ref], str | None]
) -> bool:
    """Whether another station wrote it apart from this revision, and says something else.

    Where only this station can have begun the record (its name is made of nothing), a later revision followed ours.
    """
    said = envelope_of(body)
    if said is None or not is_of_another(asked, said.station):
        return False
    if said.revision > asked.revision and asked.record.version != NAMED:
        return False
    over = ours_over(part, body, id_of)
    return over is None or bool(differing(part, body, over))


def is_written_over(asked: Revision, body: dict[str, Any]) -> bool:
    """Whether what stands there is another station's revision that ours, no later than it, does not follow."""
    said = envelope_of(body)
    return said is not None and is_of_another(asked, said.station) and said.revision >= asked.revision
