"""One form as it stands: the instrument, what is filled in, what that comes to. Frozen: an answer makes the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from app.assessments.content import Content
from app.assessments.explanation import explain
from app.assessments.information_rules import unfilled
from app.assessments.instruments import Fact, Instrument, Item
from app.assessments.record import check_complete
from app.assessments.rules import Outcome, score

INFORMATION, CONCLUSION = "information", "conclusion"
"""The first and the last step; those between are the dimensions, by their codes."""


@dataclass(frozen=True)
class Filling:
    """`wrong` are fields whose typed value cannot be kept: it stays on the screen, and out of `content`."""

    instrument: Instrument
    content: Content = field(default_factory=Content)
    stack_raises: bool = False
    wrong: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def outcome(self) -> Outcome:
        stacked = self.instrument.stack_raises or self.stack_raises
        return score(self.instrument, self.content.answers, self.content.information, stack_raises=stacked)

    @cached_property
    def why(self) -> tuple[str, ...]:
        return explain(self.instrument, self.outcome)

    @property
    def steps(self) -> tuple[str, ...]:
        return (INFORMATION, *(one.code for one in self.instrument.dimensions), CONCLUSION)

    @property
    def missing_facts(self) -> tuple[str, ...]:
        """Codes of required fields nobody has answered."""
        return unfilled(self.instrument, self.content.information)

    @property
    def required_facts(self) -> int:
        return sum(one.required for one in self.instrument.fields.values())

    @property
    def missing_items(self) -> tuple[Item, ...]:
        return tuple(item for code, item in self.instrument.items.items() if code not in self.content.answers)

    @property
    def gaps(self) -> tuple[tuple[str, str], ...]:
        """What a signature still waits for: code and words, in the order of the form."""
        found = [] if self.content.assessed_on else [("assessed_on", "评估日期")]
        if not self.content.occasion or self.content.occasion in ("其他", "其他："):
            found.append(("occasion", "评估原因"))
        fields = self.instrument.fields
        found += [(code, f"{code} {fields[code].label}") for code in self.missing_facts]
        if self.outcome.level is None:
            found += [(item.code, f"{item.code} {item.name}") for item in self.missing_items]
        return tuple(found)

    def answered(self, code: str, digit: int) -> Filling:
        """With one item answered."""
        return self.filled(replace(self.content, answers={**self.content.answers, code: digit}))

    def filled(self, content: Content, wrong: Mapping[str, str] | None = None) -> Filling:
        """With other content."""
        return replace(self, content=content, wrong=self.wrong if wrong is None else wrong)

    def informed(self, facts: Mapping[str, Fact]) -> Filling:
        """With other information."""
        return self.filled(replace(self.content, information=dict(facts)))

    def dimension_of(self, code: str) -> str:
        """The step an item stands in."""
        return next(
            one.code for one in self.instrument.dimensions if any(item.code == code for item in one.items)
        )

    def after(self, code: str) -> str | None:
        """The item that follows in the order of the form; None after the last."""
        codes = tuple(self.instrument.items)
        place = codes.index(code) + 1
        return codes[place] if place < len(codes) else None

    def before(self, code: str) -> str | None:
        """The item that comes before; None before the first."""
        codes = tuple(self.instrument.items)
        place = codes.index(code) - 1
        return codes[place] if place >= 0 else None

    def check(self) -> None:
        """Refuse, beside its field, what cannot be signed yet."""
        check_complete(self.instrument, self.content, self.outcome)
