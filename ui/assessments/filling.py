"""One form as it stands: the instrument, what is filled in, what that comes to. Frozen: an answer makes the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from app.assessments.content import Content
from app.assessments.explanation import explain, finding
from app.assessments.information_rules import blocked, unexplained, unfilled
from app.assessments.instruments import Fact, Instrument, Item
from app.assessments.record import check_complete
from app.assessments.rules import Outcome, missing_items, score

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
    def value_words(self) -> str:
        """The total or what was measured, with its unit; empty while there is none."""
        value = self.outcome.total if self.outcome.measured is None else self.outcome.measured
        return "" if value is None else self.instrument.value_words(value)

    @property
    def finding_words(self) -> str:
        """What it comes to where that is no level: verdicts, or why nothing is totalled, or not done at all."""
        if self.content.undone:
            return f"未评：{self.content.undone}"
        return "" if self.outcome.level is not None else finding(self.instrument, self.outcome).words

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
        return missing_items(self.instrument, self.content.answers)

    @property
    def gaps(self) -> tuple[tuple[str, str], ...]:
        """What a signature still waits for: code and words, in the order of the form."""
        if self.content.undone:
            return ()
        found = [] if self.content.assessed_on else [("assessed_on", "评估日期")]
        if not self.content.occasion or self.content.occasion in ("其他", "其他："):
            found.append(("occasion", "评估原因"))
        fields = self.instrument.fields
        found += [(code, f"{code} {fields[code].label}") for code in self.missing_facts]
        if not self.outcome.set_directly:
            found += [(item.code, item.label) for item in self.missing_items]
        return (*found, *unexplained(self.instrument, self.content.answers, self.content.information))

    @property
    def stops(self) -> tuple[str, ...]:
        """Sentences saying why the test must not be done."""
        return () if self.content.undone else blocked(self.instrument, self.content.information)

    @property
    def first_step(self) -> str:
        """Where the work goes on: the first step with something missing."""
        if not self.gaps:
            return CONCLUSION
        code = self.gaps[0][0]
        return self.dimension_of(code) if code in self.instrument.items else INFORMATION

    def answered(self, code: str, digit: int) -> Filling:
        """With one item answered by hand; its rivals give way, and the text another option asked for."""
        gone = {*self.instrument.rivals.get(code, ())}
        answers = {key: said for key, said in self.content.answers.items() if key not in gone}
        sources = {key: said for key, said in self.content.sources.items() if key not in {*gone, code}}
        item = self.instrument.items[code]
        unasked = {item.supplement(option.digit) for option in item.options if option.digit != digit}
        unasked |= {f"{key}/{option.digit}" for key in gone for option in self.instrument.items[key].options}
        facts = {key: said for key, said in self.content.information.items() if key not in unasked}
        return self.filled(
            replace(
                self.content,
                answers={**answers, code: digit},
                sources=sources,
                information=facts,
                undone="",
            )
        )

    def explained(self, code: str, digit: int, text: str) -> Filling:
        """With the text an option asks for."""
        key = self.instrument.items[code].supplement(digit)
        facts = {one: said for one, said in self.content.information.items() if one != key}
        return self.informed({**facts, key: text} if text.strip() else facts)

    def carried(self, answers: Mapping[str, int], source: str) -> Filling:
        """With every item nobody has answered yet answered as last time, and marked as that."""
        open_items = {item.code for item in self.missing_items}
        taken = {code: digit for code, digit in answers.items() if code in open_items}
        return self.filled(
            replace(
                self.content,
                answers={**self.content.answers, **taken},
                sources={**self.content.sources, **dict.fromkeys(taken, source)},
            )
        )

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
        codes = self._walked(code)
        place = codes.index(code) + 1
        return codes[place] if place < len(codes) else None

    def before(self, code: str) -> str | None:
        """The item that comes before; None before the first."""
        codes = self._walked(code)
        place = codes.index(code) - 1
        return codes[place] if place >= 0 else None

    def _walked(self, here: str) -> tuple[str, ...]:
        """Items in the order of the form without those whose rival is answered."""
        rivals, answers = self.instrument.rivals, self.content.answers
        return tuple(
            code
            for code in self.instrument.items
            if code == here or not any(rival in answers for rival in rivals.get(code, ()))
        )

    def check(self) -> None:
        """Refuse, beside its field, what cannot be signed yet."""
        check_complete(self.instrument, self.content, self.outcome)
