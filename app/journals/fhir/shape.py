"""What a shape is: how the entries of a journal look as one type of resource, for whoever reads no fields of ours."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from app.fhir import House


@dataclass(frozen=True)
class Said:
    """What an entry says: its fields, and from when to when it holds."""

    journal: str
    resident: UUID | None
    content: Mapping[str, Any]
    begins: date | None = None
    ends: date | None = None
    corrected: bool = False

    def text(self, key: str) -> str:
        """A field as text without anything around it; empty where it is not filled in."""
        value = self.content.get(key)
        return "" if value is None else str(value).strip()

    def day(self, key: str) -> str:
        """A field that is a date, as FHIR has it; empty for anything else."""
        try:
            return date.fromisoformat(self.text(key)[:10]).isoformat()
        except ValueError:
            return ""


@dataclass(frozen=True)
class Heard:
    """What a resource says of fields in elements of FHIR's own; `ends` only where the type has it."""

    content: dict[str, Any] = field(default_factory=dict)
    ends: date | None = None


class Shape(ABC):
    """One type of resource. Every field travels as an extension, too, so that nothing gets lost; what is read here
    counts where another program has changed it.

    `keeps`: the field that stands in an element of FHIR's own only. `timed`: the element with the entry's time.
    `holds`: the status says whether it still holds.
    """

    resource: ClassVar[str]
    owned: ClassVar[frozenset[str]]
    subject: ClassVar[str] = "subject"
    author: ClassVar[str] = ""
    author_repeats: ClassVar[bool] = False
    timed: ClassVar[str] = ""
    keeps: ClassVar[str] = ""
    holds: ClassVar[bool] = False

    @abstractmethod
    def status(self, said: Said) -> str:
        """The status of an entry that was not taken back."""

    @abstractmethod
    def elements(self, house: House, said: Said) -> dict[str, Any]:
        """Everything but subject, status, author and time."""

    @abstractmethod
    def hear(self, house: House, body: dict[str, Any]) -> Heard:
        """The fields that `elements` put into FHIR's own elements, as they stand there now."""


def period(begins: str, ends: str) -> dict[str, str]:
    """A Period, or nothing; one that ends before it begins is no Period, and only its begin is said."""
    found = {"start": begins} if begins else {}
    if ends and ends >= begins:
        found["end"] = ends
    return found


def heard(**fields: Any) -> dict[str, Any]:
    """The fields that are said."""
    return {key.rstrip("_"): value for key, value in fields.items() if value not in (None, "")}
