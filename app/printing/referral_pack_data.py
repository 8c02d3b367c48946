"""The papers of a referral as questions: one of them, or the whole pack with what is attached from the chart.

What was sent is printed from the facts kept with it; attached sheets are those records as they stand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from app.core.blobs import BlobOf, blob_of
from app.core.errors import Refusal
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.printing import referral_around_data as around
from app.printing import referral_clinical_data as clinical
from app.printing import referral_letter_data as lettered
from app.printing.certificate import Certificate
from app.printing.referral_said import Source, source_of_form, source_of_row
from app.printing.sheets.photo_page import Photo
from app.printing.sheets.referral_pack import PARTS, PackPapers
from app.referrals.filling import Attachable, Filled
from app.referrals.rules.states import Status
from app.referrals.writing import ReferralForm

BUILDS: dict[str, Callable[[Source], Any]] = {
    "letter": lettered.letter,
    "sbar": lettered.sbar,
    "medicines": clinical.medicines,
    "history": clinical.history,
    "vitals": clinical.vitals,
    "ability": clinical.ability,
    "belongings": around.belongings,
    "consent": around.consent,
    "call": around.call,
    "reply": lettered.blank_reply,
}
_CAME_BACK = frozenset({Status.RETURNED, Status.ASSESSED, Status.ARCHIVED})
_OWN = "referral-"


@dataclass(frozen=True)
class ReferralPaperOf(Question[Any]):
    """One paper of a referral: `part` of PARTS. `record`: which one, the newest without; `draft`: a form that is still
    being written, with the `facts` it was filled from where they are at hand."""

    resident: UUID
    part: str = "letter"
    record: UUID | None = None
    draft: ReferralForm | None = None
    facts: Filled | None = None


@dataclass(frozen=True)
class ReferralPackOf(Question[PackPapers]):
    """The pack; `parts`: codes of PARTS that are wanted, None: all of them."""

    resident: UUID
    record: UUID | None = None
    draft: ReferralForm | None = None
    facts: Filled | None = None
    parts: tuple[str, ...] | None = None


@answers(ReferralPaperOf)
def referral_paper_of(reader: Reader, question: ReferralPaperOf) -> Any:
    """Refuses a part there is none of."""
    if question.part not in BUILDS:
        raise Refusal(f"转诊包里没有“{question.part}”。")
    source = _source(reader, question)
    if question.part == "reply" and source.status in _CAME_BACK:
        return around.filled_reply(source)
    return BUILDS[question.part](source)


@answers(ReferralPackOf)
def referral_pack_of(reader: Reader, question: ReferralPackOf) -> PackPapers:
    """Refuses a part there is none of, and a pack of none; a sheet that cannot be made is named on the last page."""
    wanted = tuple(PARTS) if question.parts is None else question.parts
    if not wanted:
        raise Refusal("没有选要打印的文书，请至少选一份。", field="parts")
    if unknown := [code for code in wanted if code not in BUILDS]:
        raise Refusal(f"转诊包里没有“{'、'.join(unknown)}”。")
    source = _source(reader, question)
    attached, photos, missing = _attached(source)
    return PackPapers(
        paper=source.paper,
        papers=tuple((code, BUILDS[code](source)) for code in PARTS if code in wanted),
        attached=attached,
        photos=photos,
        missing=missing,
        certificate=_certificate(reader),
    )


def _certificate(reader: Reader) -> Certificate | None:
    settings = reader.settings
    if not settings.signing_certificate:
        return None
    return Certificate(
        settings.signing_certificate, reader.now, settings.institution_name, settings.signing_password
    )


def _source(reader: Reader, question: ReferralPaperOf | ReferralPackOf) -> Source:
    reader.require(Right.PRINT_RECORDS)
    if question.draft is not None:
        return source_of_form(reader, question.resident, question.draft, question.facts)
    return source_of_row(reader, question.resident, question.record)


Attached = tuple[tuple[tuple[str, Any], ...], tuple[Photo, ...], tuple[tuple[str, str], ...]]


def _attached(source: Source) -> Attached:
    """Sheets of the chart with their data, photos, and what could not be had."""
    sheets: list[tuple[str, Any]] = []
    photos: list[Photo] = []
    missing: list[tuple[str, str]] = []
    for words, one in _chosen(source):
        if one is None:
            missing.append((words, "病历里已经找不到这份资料。"))
        elif one.blob:
            content = blob_of(source.reader, BlobOf(one.blob))
            photos.append(Photo(source.paper, words, content))
        elif one.sheet and not one.sheet.startswith(_OWN):
            try:
                sheets.append((one.sheet, _data(source, one)))
            except Refusal as refusal:
                missing.append((words, refusal.text))
    return tuple(sheets), tuple(photos), tuple(missing)


def _chosen(source: Source) -> Iterator[tuple[str, Attachable | None]]:
    """What was ticked, as filling offered it."""
    offered = {(one.what, str(one.rid or ""), one.words): one for one in source.facts.attachments}
    loose = {(what, rid): one for (what, rid, _words), one in offered.items()}
    for kept in source.said.attachments:
        key = (str(kept.get("what", "")), str(kept.get("rid", "")))
        words = str(kept.get("words", ""))
        yield words, offered.get((*key, words)) or loose.get(key)


def _data(source: Source, one: Attachable) -> Any:
    """The data of a sheet of the chart; the registry knows its question."""
    from app.printing.registry import SHEETS  # it lists this module's sheets as well

    question = SHEETS[one.sheet].question(source.facts.resident.rid, **_params(one.params))
    return type(question).answer(source.reader, question)


def _params(params: Mapping[str, Any]) -> dict[str, Any]:
    """As the question takes them: facts that were kept as JSON name records and days in words."""
    read: dict[str, Callable[[str], Any]] = {
        "record": UUID, "other": UUID, "first": date.fromisoformat, "last": date.fromisoformat,
    }  # fmt: skip
    return {
        key: read[key](value) if key in read and isinstance(value, str) else value
        for key, value in params.items()
    }
