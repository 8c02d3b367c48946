"""What a person says in a step of a stay, as values; `check_…` gives them back in their proper shape."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from app.core.errors import Refusal
from app.residents.rules import Wrong, read_phones, tidy
from app.residents.rules.stays import ABSENCES, OUTCOMES
from app.residents.rules.windows import When

LONGEST = 100


@dataclass(frozen=True)
class AwayForm:
    """Going away. `planned`: when they are expected back; the bed is kept until `keep_until`, if that was agreed.

    `named`: the identity of the absence, where two stations may write the same one apart.
    """

    whither: str = ""
    why: str = ""
    escort: str = ""
    phone: str = ""
    planned: When | None = None
    bed_kept: bool = True
    keep_until: date | None = None
    named: UUID | None = None


@dataclass(frozen=True)
class AbsenceForm:
    """A whole absence as it should read. `code`: leave or hospital; `ends` empty while away."""

    code: str
    begins: When
    ends: When | None = None
    away: AwayForm = AwayForm()
    condition: str = ""


@dataclass(frozen=True)
class EndForm:
    """How a stay ended. `outcome`: a key of OUTCOMES; `whither` where to; `confirmed_by` of a death."""

    outcome: str
    whither: str = ""
    confirmed_by: str = ""
    note: str = ""


@dataclass(frozen=True)
class StayForm:
    """The days of a stay as they should read; `ends` and `outcome` only of one that ended."""

    begins: date | None
    ends: date | None = None
    outcome: str = ""
    expected: date | None = None
    note: str = ""


def words(said: str, field: str, title: str, *, required: bool = False, longest: int = LONGEST) -> str:
    """One line of text, tidy; refuses one that is missing or too long."""
    text = tidy(said)
    if required and not text:
        raise Refusal(f"请填写{title}。", field=field)
    if len(text) > longest:
        raise Refusal(f"{title}最多 {longest} 个字，现在 {len(text)} 个。", field=field)
    return text


def check_away(form: AwayForm, code: str) -> AwayForm:
    """Refuses a hospital without its name, a leave with nobody and nowhere said, and a bad phone."""
    try:
        phone = read_phones(form.phone) if form.phone.strip() else ""
    except Wrong as wrong:
        raise Refusal(f"{wrong.text}。", field="phone") from wrong
    hospital = code == "hospital"
    if not hospital and (not form.bed_kept or form.keep_until):
        form = replace(form, bed_kept=True, keep_until=None)
    return replace(
        form,
        whither=words(form.whither, "whither", "医院" if hospital else "去向", required=True),
        why=words(form.why, "why", "原因", required=True),
        escort=words(form.escort, "escort", "陪同人"),
        phone=phone,
        keep_until=form.keep_until if form.bed_kept else None,
    )


def check_code(code: str) -> str:
    if code not in ABSENCES:
        raise Refusal("请选择请假外出或住院。", field="code")
    return code


def check_end(form: EndForm) -> EndForm:
    """Refuses no outcome, a death nobody confirmed, and another house or hospital without its name."""
    if form.outcome not in OUTCOMES:
        raise Refusal("请选择退住去向。", field="outcome")
    moved = form.outcome in {"institution", "hospital"}
    return replace(
        form,
        whither=words(form.whither, "whither", "去往的单位", required=moved),
        confirmed_by=words(form.confirmed_by, "confirmed_by", "死亡确认人", required=form.outcome == "death"),
        note=words(form.note, "note", "说明", required=form.outcome == "other"),
    )


def end_words(form: EndForm) -> str:
    """What is kept of an ending besides its kind: 去往市一院；由陈永康医师确认；…"""
    parts = (
        f"去往{form.whither}" if form.whither else "",
        f"由{form.confirmed_by}确认死亡" if form.confirmed_by else "",
        form.note,
    )
    return "；".join(part for part in parts if part)
