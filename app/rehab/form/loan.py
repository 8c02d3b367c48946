"""What the sheets of aids ask: what is lent, with which number and until when; how it came back."""

from __future__ import annotations

from datetime import date, timedelta

from app.core.form import Choice, Field, Form, Kind, Section, Value, read_date
from app.rehab.aids import LoanForm, LoanRow
from app.rehab.form.evaluation import Values, reason_fields
from app.rehab.lists.surroundings import Aid, aids, find_aids

TAUGHT, UNTAUGHT = "yes", "no"
CONDITIONS = ("完好", "有磨损，可用", "损坏，待修", "缺配件")
_LONGEST = 100
_YEAR = timedelta(days=366)


def loan_fields(today: date, *, correcting: bool = False) -> Form:
    """An aid to a resident; with the reason when a loan is put right."""
    fields = (
        Field(
            "code", "辅具", Kind.SUGGESTED, required=True, max_length=_LONGEST, suggest=_aids,
            placeholder="名称或拼音首字母，如 轮椅、ly",
        ),
        Field("tag", "资产编号", max_length=30, placeholder="没有编号可不填"),
        Field(
            "due_on", "应还日期", Kind.DATE, earliest=None if correcting else today, latest=today + _YEAR,
            hint="不填：长期借用",
        ),
        Field("condition", "借出时状况", Kind.SUGGESTED, max_length=_LONGEST, suggest=_conditions,
              placeholder="如 完好"),
        Field(
            "taught", "使用方法", Kind.CHOICE, required=True, wide=True,
            choices=(Choice(TAUGHT, "已教会使用"), Choice(UNTAUGHT, "还没有教")),
        ),
        Field("note", "备注", max_length=_LONGEST, wide=True, placeholder="可不填，如：座宽已调、夜间不用"),
    )  # fmt: skip
    loan = Section("", fields)
    return Form((loan, *reason_fields().sections) if correcting else (loan,))


def return_fields() -> Form:
    """How it came back."""
    condition = Field(
        "condition", "归还时状况", Kind.SUGGESTED, required=True, max_length=_LONGEST, suggest=_conditions,
        placeholder="如 完好；损坏的写明哪里坏了", wide=True,
    )  # fmt: skip
    return Form((Section("", (condition,)),))


def loan_values(row: LoanRow) -> dict[str, Value]:
    return {
        "code": row.words,
        "tag": row.tag,
        "due_on": row.due_on.isoformat() if row.due_on else "",
        "condition": row.condition,
        "taught": TAUGHT if row.taught else UNTAUGHT,
        "note": row.note,
    }


def read_loan(values: Values) -> LoanForm:
    """Of values that were checked; words of the list get its code."""
    said = {key: value for key, value in values.items() if isinstance(value, str)}
    known = aid_called(said["code"])
    return LoanForm(
        code=known.code if known is not None else "",
        words=said["code"],
        tag=said["tag"],
        due_on=read_date(said["due_on"]),
        condition=said["condition"],
        taught=said["taught"] == TAUGHT,
        note=said["note"],
    )


def aid_called(words: str) -> Aid | None:
    """The aid of the list with these words."""
    return next((one for one in aids().values() if words in (one.words, *one.also)), None)


def _aids(typed: str) -> tuple[Choice, ...]:
    return tuple(Choice(one.words, one.words) for one in find_aids(typed))


def _conditions(typed: str) -> tuple[Choice, ...]:
    return tuple(Choice(one, one) for one in CONDITIONS if typed.strip() in one)
