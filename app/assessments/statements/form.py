"""The form of a statement as data: what is asked for each kind, who may be meant, and what its values say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.assessments.statements.said import (
    AGREE,
    ASSESSOR,
    DOUBT,
    INFORMANT,
    LONGEST_NAME,
    LONGEST_RELATION,
    LONGEST_WORDS,
    REFUSE,
    Said,
)
from app.core.form import Choice, Field, Form, Kind, Section, Value
from app.core.strokes import Strokes
from app.residents.queries import ChartRow
from app.residents.rules.stated import CORRECTION_REASONS

SELF = "本人"
Values = Mapping[str, Value]
_HINTS = {
    INFORMANT: "要补充时写",
    DOUBT: "对哪一项、为什么有疑问",
    ASSESSOR: "对哪一项、哪个等级有不同意见",
}


@dataclass(frozen=True)
class Person:
    """Somebody who may be meant: the resident, or a contact."""

    name: str
    relation: str

    @property
    def words(self) -> str:
        return f"{self.name}（{self.relation}）" if self.relation else self.name


def people(chart: ChartRow) -> tuple[Person, ...]:
    """The resident and the contacts, in the order they are called."""
    known = (Person(one.name, one.relation) for one in chart.contacts if one.name)
    return (Person(chart.name, SELF), *known)


def statement_fields(what: str, *, correcting: bool = False) -> Form:
    """What is asked about one kind of statement; an assessor's opinion is the person's own and needs no name."""
    fields: list[Field] = []
    if what in (AGREE, REFUSE) and not correcting:
        choices = (Choice(AGREE, "同意"), Choice(REFUSE, "不同意"))
        fields.append(Field("what", "对评估结果", Kind.CHOICE, required=True, choices=choices))
    if what != ASSESSOR:
        fields.append(Field("name", "姓名", required=True, max_length=LONGEST_NAME))
        fields.append(
            Field(
                "relation",
                "与老人的关系",
                required=True,
                max_length=LONGEST_RELATION,
                placeholder="如 本人、子、代理人",
            )
        )
    needed = what in (DOUBT, ASSESSOR)
    fields.append(
        Field(
            "words", "内容" if needed else "说明", Kind.LINES, required=needed, max_length=LONGEST_WORDS,
            placeholder=_HINTS.get(what, "不同意时必填"),
        )
    )  # fmt: skip
    return Form((Section("", tuple(fields)), *(_reason() if correcting else ())))


def statement_values(said: Said) -> dict[str, Value]:
    return {"name": said.name, "relation": said.relation, "words": said.words}


def read_said(values: Values, drawn: Strokes) -> Said:
    return Said(_text(values, "name"), _text(values, "relation"), _text(values, "words"), drawn)


def read_what(values: Values, what: str) -> str:
    """Which statement it is: of consent the answer says so."""
    return _text(values, "what") or what


def read_reason(values: Values) -> str:
    """The reason of a correction as the order takes it."""
    head, words = _text(values, "reason"), _text(values, "reason_words")
    return f"{head}：{words}" if words or head == "其他" else head


def take_back_fields() -> Form:
    """What is asked when a statement is taken back."""
    why = Field("why", "为什么撤回", required=True, placeholder="如 登记错了人、家属已了解", max_length=80)
    return Form((Section("", (why,)),))


def names_alike(said: Said, known: Sequence[Person]) -> int | None:
    """Which of the people a statement names; None for somebody else."""
    found = (
        place for place, one in enumerate(known) if (one.name, one.relation) == (said.name, said.relation)
    )
    return next(found, None)


def _reason() -> tuple[Section, ...]:
    reasons = tuple(Choice(one, one) for one in CORRECTION_REASONS)
    fields = (
        Field("reason", "更正原因", Kind.CHOICE, required=True, choices=reasons),
        Field("reason_words", "原因说明", placeholder="选“其他”时必填", max_length=80),
    )
    return (Section("更正", fields),)


def _text(values: Values, key: str) -> str:
    value = values.get(key, "")
    return value if isinstance(value, str) else ""
