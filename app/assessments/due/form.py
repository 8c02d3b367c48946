"""The forms of a decision about what is due, as data: until when and why, only why, and why it is withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from app.assessments.due.rules import LONGEST_REASON, until_wrong
from app.core.form import Choice, Field, Form, Kind, Section, read_date
from app.residents.codes import code_list
from app.residents.search_text import pinyin_of


def defer_fields(due_on: date, today: date) -> Form:
    """Until when, and why."""

    def wrong(said: str) -> str | None:
        return until_wrong(read_date(said), due_on, today)

    until = Field("until", "延到", Kind.DATE, required=True, placeholder="如 2026-12-01", check=wrong)
    return Form((Section("", (until, _reason("assessment_deferral", "如 住院中，返院后评"))),))


def waive_fields() -> Form:
    """Why it is not called for."""
    return Form((Section("", (_reason("assessment_waiver", "如 已用其他量表代替"),)),))


def withdraw_fields() -> Form:
    """Why the decision holds no longer."""
    why = Field("why", "为什么恢复", required=True, placeholder="如 已返院、记错人", max_length=80)
    return Form((Section("", (why,)),))


def _reason(codes: str, example: str) -> Field:
    return Field(
        "reason",
        "原因",
        Kind.SUGGESTED,
        required=True,
        placeholder=example,
        max_length=LONGEST_REASON,
        suggest=_offers(codes),
    )


def _offers(codes: str) -> Callable[[str], tuple[Choice, ...]]:
    """The usual words, by a part of them, pinyin or initials."""
    entries = code_list(codes).entries

    def offers(typed: str) -> tuple[Choice, ...]:
        wanted = typed.strip().lower()
        return tuple(
            Choice(entry.words, entry.words)
            for entry in entries
            if wanted and any(wanted in said for said in (entry.words, *pinyin_of(entry.words)[:2]))
        )

    return offers
