"""The kinds of incidents, the scale of harm and what the institution has set for both: read from kinds.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from app.core.resources import resource


@dataclass(frozen=True)
class Harm:
    """One step of the scale. `review_hours`: how soon it is to be reviewed; `other_reviewer`: not by the reporter."""

    code: str
    words: str
    means: str
    tone: str
    review_hours: int
    other_reviewer: bool


@dataclass(frozen=True)
class Asked:
    """Something that some kinds ask more of. `kind`: choice, choices or text."""

    key: str
    words: str
    kind: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kind:
    """One kind. `nine`: its place among the 九防, 0 for others; `counts_as`: its field of A.2.14, empty for none.

    `counts_when`: question, answer, and the field it counts for then. `person`: it concerns one resident.
    """

    code: str
    words: str
    icon: str
    asks: tuple[Asked, ...]
    measures: tuple[str, ...]
    nine: int = 0
    counts_as: str = ""
    counts_when: tuple[str, str, str] | None = None
    person: bool = True
    warning: str = ""

    def counted_as(self, asked: Mapping[str, Any]) -> str:
        """The field of A.2.14 an incident of this kind counts for, given what was answered; empty: for none."""
        if self.counts_when is not None and asked.get(self.counts_when[0]) == self.counts_when[1]:
            return self.counts_when[2]
        return self.counts_as


@dataclass(frozen=True)
class Catalogue:
    """Everything kinds.toml says."""

    version: str
    source: str
    window_days: int
    places: tuple[str, ...]
    ways: tuple[str, ...]
    no_family: str
    causes: tuple[str, ...]
    harms: Mapping[str, Harm] = field(default_factory=dict)
    kinds: Mapping[str, Kind] = field(default_factory=dict)

    def kind(self, code: str) -> Kind:
        """The kind of a code; one that was taken out of the file since is shown by its code."""
        return self.kinds.get(code) or Kind(code, code, "circle-alert", (), ())

    def harm(self, code: str) -> Harm:
        """The step of a code; as `kind`."""
        return self.harms.get(code) or Harm(code, code or "未定", "", "neutral", 24, other_reviewer=False)


@cache
def catalogue() -> Catalogue:
    """The file, read once. A kind that asks what the file does not know is a mistake of ours and raises KeyError."""
    read: dict[str, Any] = tomllib.loads(resource("incidents", "kinds.toml").read_text(encoding="utf-8"))
    asked = {
        one["key"]: Asked(one["key"], one["words"], one["kind"], tuple(one.get("choices", ())))
        for one in read["question"]
    }
    return Catalogue(
        version=read["version"],
        source=read["source"],
        window_days=read["window_days"],
        places=tuple(read["places"]),
        ways=tuple(read["family"]["ways"]),
        no_family=read["family"]["none"],
        causes=tuple(read["review"]["causes"]),
        harms={one["code"]: Harm(**one) for one in read["harm"]},
        kinds={one["code"]: _kind(one, asked) for one in read["kind"]},
    )


def _kind(read: Mapping[str, Any], asked: Mapping[str, Asked]) -> Kind:
    when = dict(read.get("counts_when", {}))
    counted = when.pop("as", "")
    return Kind(
        code=read["code"],
        words=read["words"],
        icon=read["icon"],
        asks=tuple(asked[key] for key in read["asks"]),
        measures=tuple(read["measures"]),
        nine=read.get("nine", 0),
        counts_as=read.get("counts_as", ""),
        counts_when=next(((key, answer, counted) for key, answer in when.items()), None),
        person=read.get("person", True),
        warning=read.get("warning", ""),
    )
