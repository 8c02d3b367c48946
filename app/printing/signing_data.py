"""From signatures and statements of an assessment to the lines that answer for it on paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import select

from app.access.signing import Signed
from app.assessments.statements.said import AGREE, ASSESSOR, CARE, DOUBT, INFORMANT, REFUSE, TITLES
from app.core.clock import local
from app.core.strokes import strokes_of
from app.core.unit import Reader
from app.printing.sheet import Tick
from app.printing.sheets.signing import Remark, Signer, Signing, Stated
from db.models import AssessmentStatement

CONSENT = (AGREE, REFUSE, DOUBT)
"""What the resident or their agent may say of the result; each is a box on paper."""
TELLER = "信息提供者"
AGENT = "老年人或\n代理人"


def signing(
    reader: Reader,
    record: UUID | None,
    signed: Iterable[Signed],
    *,
    informant: tuple[str, str] | None = None,
    seal: bool = True,
) -> Signing:
    """Everybody's line. `record` None: a draft, nobody has said anything of it yet.

    `informant`: name and relation as the form has them; None where the form asks for none.
    """
    said = _statements(reader, record) if record is not None else ()
    others = []
    told = _latest(said, (INFORMANT,))
    if informant is not None or told is not None:
        others.append(_informant(reader, told, informant or ("", "")))
    others.append(_consent(reader, _latest(said, CONSENT)))
    assessors = tuple(_signer(reader, one) for one in signed)
    return Signing(assessors, tuple(others), tuple(_remarks(reader, said)), seal)


def decided_care(reader: Reader, record: UUID) -> tuple[str, ...]:
    """What was decided about the care an assessment proposes, oldest first."""
    zone = reader.settings.zone
    return tuple(
        f"{one.words}　{one.name} {local(zone, one.at):%Y-%m-%d}"
        for one in _statements(reader, record)
        if one.what == CARE and one.words
    )


def _statements(reader: Reader, record: UUID) -> Sequence[AssessmentStatement]:
    """Of one assessment, oldest first."""
    return reader.session.scalars(
        select(AssessmentStatement)
        .where(
            AssessmentStatement.assessment == record,
            AssessmentStatement.current,
            AssessmentStatement.state != "retracted",
        )
        .order_by(AssessmentStatement.at, AssessmentStatement.recorded_at)
    ).all()


def _latest(said: Sequence[AssessmentStatement], kinds: tuple[str, ...]) -> AssessmentStatement | None:
    return next((one for one in reversed(said) if one.what in kinds), None)


def _informant(reader: Reader, told: AssessmentStatement | None, known: tuple[str, str]) -> Stated:
    if told is None:
        return Stated(TELLER, *known)
    given = local(reader.settings.zone, told.at)
    return Stated(TELLER, told.name, told.relation, strokes=strokes_of(told.drawn), given=given)


def _consent(reader: Reader, told: AssessmentStatement | None) -> Stated:
    chosen = told.what if told is not None else ""
    choices = tuple(Tick(TITLES[what], what == chosen) for what in CONSENT)
    if told is None:
        return Stated(AGENT, choices=choices)
    given = local(reader.settings.zone, told.at)
    return Stated(AGENT, told.name, told.relation, choices, strokes_of(told.drawn), given)


def _remarks(reader: Reader, said: Sequence[AssessmentStatement]) -> Iterable[Remark]:
    """Other opinions of assessors, and the words of those who consent or do not."""
    for one in said:
        if one.what not in (ASSESSOR, *CONSENT) or not one.words:
            continue
        label = "评估员\n其他意见" if one.what == ASSESSOR else "老年人或\n代理人意见"
        who = f"{one.name}（{one.relation}）" if one.relation else one.name
        yield Remark(label, f"{one.words}　{who} {local(reader.settings.zone, one.at):%Y-%m-%d}")


def _signer(reader: Reader, one: Signed) -> Signer:
    at = local(reader.settings.zone, one.at)
    return Signer("评估员", one.name, one.number, one.title, one.certificate, at, one.profession)
