"""A referral of the file as its form takes it up, and how what was typed meets what somebody else saved meanwhile."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC
from typing import Any

from app.referrals.around import GREEN_TIMES
from app.referrals.around.telling import ANSWERS
from app.referrals.drafted import (
    ESCORTS,
    FIELDS,
    KEPT,
    SBAR_FIELDS,
    TRANSPORTS,
    Given,
    ReferralDraft,
    key_of,
    texts_of,
    ticked_of,
)
from app.referrals.filling import Filled, tell
from app.referrals.queries.one import ReferralRow
from app.referrals.queries.one_rows import ConsentLine, ToldLine
from app.referrals.writing.forms import SBAR, TEXTS

_ANSWERS = {words: code for code, words in ANSWERS.items()}
_PARTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "urgency": ("紧急度", ("urgency",)),
    "cause": ("", ("cause",)),
    "partner": ("接收医院", ("partner", "partner_words", "department", "receiver")),
    "doctor": ("转诊医生", ("doctor", "doctor_name")),
    "green": ("绿色通道", ("green",)),
    "attachments": ("附件", ("attachments",)),
    "belongings": ("随身物品", ("belongings",)),
    "escorts": ("陪同", ("escorts", "escort_words")),
    "transport": ("交通", ("transport", "plate")),
    "consent": ("知情同意", ("consent",)),
}
"""What is taken as a whole from one side or the other: what it is called (not at all: it follows), its fields."""
_TABLES = ("texts", "ticked", "times")


@dataclass(frozen=True)
class Joined:
    """`said`: both together; where both changed the same, what was typed here. `taken`: parts somebody else changed,
    `both`: parts that both did."""

    said: ReferralDraft
    taken: frozenset[str]
    both: frozenset[str]


def of_record(row: ReferralRow, filled: Filled) -> ReferralDraft:
    """One that stands in the file: its words are a person's; its times, lines and consent are in it already."""
    form = row.form
    texts = {name: getattr(form, name) for name in TEXTS}
    texts |= {name: form.sbar.get(key, "") for name, key in SBAR_FIELDS.items()}
    fresh = texts_of(tell(filled, ()))
    kept = {(one["what"], one["rid"]) for one in form.attachments}
    persons = [one for one in str(form.escort.get("persons", "")).split("、") if one]
    return ReferralDraft(
        urgency=form.urgency,
        cause=form.cause,
        texts=texts,
        by_hand=frozenset(name for name in FIELDS if texts[name] and texts[name] != fresh[name]),
        ticked=ticked_of(form),
        partner=form.partner,
        partner_words=form.partner_words,
        department=form.department,
        receiver=form.receiver,
        doctor=form.doctor,
        doctor_name=form.doctor_name,
        green=form.green,
        times={
            one.code: (one.at.astimezone(UTC).isoformat(), one.whom)
            for one in row.times
            if one.at is not None
        },
        attachments=tuple(
            key_of(one) for one in filled.attachments if (one.kept()["what"], one.kept()["rid"]) in kept
        ),
        belongings=form.belongings,
        escorts=tuple(code for code, words in ESCORTS.items() if words in persons),
        escort_words="、".join(one for one in persons if one not in ESCORTS.values()),
        transport=next((k for k, words in TRANSPORTS.items() if words == form.escort.get("transport")), ""),
        plate=str(form.escort.get("plate", "")),
        told=tuple(_line(one) for one in row.family),
        consent=_given(row.consent, owed=row.consent_by is not None),
    )


def join(base: ReferralDraft, typed: ReferralDraft, stands: ReferralDraft) -> Joined:
    """`base`: what stood when it was typed; `stands`: what stands now."""
    was, mine, theirs = _parts(base), _parts(typed), _parts(stands)
    ours = {
        part
        for part in was | mine | theirs
        if mine.get(part) != was.get(part) and (not part.startswith("texts.") or part[6:] in typed.by_hand)
    }
    others = {part for part in was | theirs if theirs.get(part) != was.get(part)}
    both = {part for part in ours & others if mine.get(part) != theirs.get(part)}
    said = _with(stands, typed, ours)
    told = (*stands.told, *(line for line in typed.told if not line.get(KEPT)))
    urgent = frozenset({"urgency"}) & typed.by_hand
    said = replace(said, told=told, left_out=typed.left_out, by_hand=said.by_hand | urgent)
    return Joined(said, frozenset(others - ours), frozenset(both))


def settled(typed: ReferralDraft, stands: ReferralDraft, parts: Collection[str]) -> ReferralDraft:
    """What was typed, but of `parts` what stands."""
    return _with(typed, stands, parts)


def differing(typed: ReferralDraft, stands: ReferralDraft, parts: Collection[str]) -> frozenset[str]:
    """Those of `parts` in which they differ."""
    mine, theirs = _parts(typed), _parts(stands)
    return frozenset(part for part in parts if mine.get(part) != theirs.get(part))


def words_only(typed: ReferralDraft, base: ReferralDraft) -> ReferralDraft:
    """What a person wrote; of anything else, which was so only then, what stands."""
    hand = typed.by_hand & frozenset(FIELDS)
    texts = {name: typed.texts.get(name, "") for name in hand}
    return replace(base, texts={**base.texts, **texts}, by_hand=base.by_hand | hand)


def part_words(parts: Collection[str]) -> str:
    """What parts are called: `治疗经过、接收医院`."""
    order = [*(f"texts.{name}" for name in FIELDS), *_PARTS, *(f"times.{code}" for code in GREEN_TIMES)]
    known = [part for part in order if part in parts]
    named = [words for part in known if (words := _name(part))]
    return "、".join([*named, *(["转诊原因"] if any(one.startswith("ticked.") for one in parts) else [])])


def text_of(part: str, draft: ReferralDraft) -> str:
    """The words of a part that is a text; of another nothing."""
    return draft.texts.get(part[6:], "") if part.startswith("texts.") else ""


def _name(part: str) -> str:
    table, _, key = part.partition(".")
    if table == "texts":
        return TEXTS[key][0] if key in TEXTS else f"SBAR {SBAR[SBAR_FIELDS[key]]}"
    return GREEN_TIMES[key] if table == "times" else _PARTS[part][0]


def _parts(draft: ReferralDraft) -> dict[str, Any]:
    said: dict[str, Any] = {
        part: tuple(getattr(draft, name) for name in fields) for part, (_words, fields) in _PARTS.items()
    }
    for table in _TABLES:
        said |= {f"{table}.{key}": value for key, value in getattr(draft, table).items()}
    return said


def _with(draft: ReferralDraft, other: ReferralDraft, parts: Collection[str]) -> ReferralDraft:
    """`draft`, but `parts` as `other` has them."""
    single: dict[str, Any] = {
        name: getattr(other, name) for part in parts if part in _PARTS for name in _PARTS[part][1]
    }
    tables: dict[str, Any] = {name: _table(name, draft, other, parts) for name in _TABLES}
    texts = frozenset(part[6:] for part in parts if part.startswith("texts."))
    hand = (draft.by_hand - texts) | (other.by_hand & texts)
    return replace(draft, **single, **tables, by_hand=hand)


def _table(
    name: str, draft: ReferralDraft, other: ReferralDraft, parts: Collection[str]
) -> Mapping[str, Any]:
    keys = {part.removeprefix(f"{name}.") for part in parts if part.startswith(f"{name}.")}
    rest = {key: value for key, value in getattr(draft, name).items() if key not in keys}
    return rest | {key: value for key, value in getattr(other, name).items() if key in keys}


def _line(one: ToldLine) -> dict[str, str]:
    return {
        "name": one.name, "relation": one.relation, "phone": one.phone, "words": one.words,
        "answer": _ANSWERS.get(one.answer, "other"), "at": one.at.astimezone(UTC).isoformat(), KEPT: "yes",
    }  # fmt: skip


def _given(said: ConsentLine | None, *, owed: bool) -> Given:
    """A refusal is no consent: it is asked again."""
    if said is None or not said.agreed:
        return Given("later" if owed and said is None else "")
    return Given("drawn" if said.drawn else "paper", said.name, said.relation, dict(said.drawn))
