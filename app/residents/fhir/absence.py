"""A time away as Encounter and back: in hospital it is one of theirs (IMP), a leave has a class of ours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from app.core.errors import Refusal
from app.core.unit import Reader, Unit
from app.fhir import Held, House, NotYet, local
from app.fhir.carried import Whence
from app.fhir.carrying import stamp
from app.fhir.clinicals import ClinicalMapper
from app.fhir.coding import ACT_CODE, text_of, words
from app.fhir.elements import day, extension, filled, instant, referred, said_in
from app.residents.fhir.consent import records_held, resident_here
from db.models import Absence

CODES = "urn:carestation:absence"
PLANNED, KEPT, UNTIL = (
    f"urn:carestation:{name}" for name in ("planned-return", "bed-kept", "bed-kept-until")
)
TEXTS = {name: f"urn:carestation:absence-{name}" for name in ("escort", "phone", "condition")}
_CLASSES = {
    "hospital": {"system": ACT_CODE, "code": "IMP", "display": "inpatient encounter"},
    "leave": {"system": CODES, "code": "leave", "display": "请假外出"},
}
_STATUSES = ("in-progress", "finished", "entered-in-error")


class AbsenceMapper(ClinicalMapper[Absence]):
    """Encounter names who took part, not who wrote it down: the author stands in the envelope, as a stay's does.

    Coming back at one station and the bed kept at the other are different elements: both stand.
    """

    kind = "absence"
    resource = "Encounter"
    model = Absence
    owned = frozenset(
        {"status", "class", "subject", "episodeOfCare", "period", "reasonCode", "hospitalization"}
    )
    marks = frozenset({PLANNED, KEPT, UNTIL, *TEXTS.values()})
    author_element = ""
    unites = True

    def held(self, reader: Reader, rows: Iterable[Absence]) -> Mapping[Any, Held]:
        return records_held(reader, rows)

    def owns(self, row: Absence) -> frozenset[str]:
        """Of a stay in hospital they know more than we do: what we do not say is theirs."""
        said = {"reasonCode": words(row.why), "hospitalization": words(row.whither)}
        silent = {name for name, text in said.items() if not text and row.state != "corrected"}
        return self.owned - silent

    def elements(self, house: House, row: Absence) -> dict[str, Any]:
        over = "in-progress" if row.ends is None else "finished"
        return filled(
            extension=[
                *extension(PLANNED, "DateTime", stamp(house, row.planned) if row.planned else None),
                *extension(KEPT, "Boolean", row.bed_kept),
                *extension(UNTIL, "Date", row.keep_until.isoformat() if row.keep_until else None),
                *(
                    one
                    for name, url in TEXTS.items()
                    for one in extension(url, "String", words(getattr(row, name)))
                ),
            ],
            status="entered-in-error" if row.state == "retracted" else over,
            subject=local("Patient", row.resident),
            episodeOfCare=[local("EpisodeOfCare", row.stay)],
            period=filled(start=stamp(house, row.begins), end=stamp(house, row.ends) if row.ends else None),
            reasonCode=[{"text": words(row.why)}] if words(row.why) else [],
            hospitalization=filled(destination=filled(display=words(row.whither))),
            **{"class": _CLASSES[row.code]},
        )

    def read(self, house: House, body: dict[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
        status, period = body.get("status"), body.get("period") or {}
        if status not in _STATUSES:
            raise Refusal(f"区平台上的外出状态“{words(status or '空')}”本站没有，请核对。")
        ends = instant(period.get("end"), before.get("ends"))
        if status == "finished" and ends is None:
            raise Refusal("区平台上已经返回，但没有返回时间，请核对。")
        destination = (body.get("hospitalization") or {}).get("destination") or {}
        kept = said_in(body, KEPT)
        why = "、".join(filter(None, map(text_of, body.get("reasonCode") or [])))
        stays = (referred(one, "EpisodeOfCare") for one in body.get("episodeOfCare") or [])
        return {
            "resident": referred(body.get("subject"), "Patient") or before.get("resident"),
            "stay": next(filter(None, stays), before.get("stay")),
            "code": _code(body) or before.get("code", ""),
            "begins": instant(period.get("start"), before.get("begins")),
            "planned": instant(said_in(body, PLANNED), before.get("planned")),
            "ends": ends,
            "whither": words(destination.get("display") or "") or before.get("whither", ""),
            "why": why or before.get("why", ""),
            "bed_kept": kept if isinstance(kept, bool) else before.get("bed_kept", True),
            "keep_until": day(said_in(body, UNTIL), house.zone, "保留床位日期") or before.get("keep_until"),
            **{name: words(said_in(body, url) or "") or before.get(name, "") for name, url in TEXTS.items()},
        }

    def check(self, unit: Unit, said: dict[str, Any], by: Whence, *, retracted: bool) -> None:
        resident_here(unit, said["resident"])
        if said["stay"] is None:
            raise NotYet("这次外出的入住记录还没有收到。")
        if not said["code"] or said["begins"] is None:
            raise Refusal("区平台上的这次外出没有类别或开始时间，请核对。")
        if said["ends"] is not None and said["ends"] < said["begins"]:
            raise Refusal("区平台上的返回时间早于外出时间，请核对。")
        if said["ends"] is None and not retracted:
            mine = (Absence.resident == said["resident"], Absence.rid != by.rid, Absence.current)
            is_open = (Absence.ends.is_(None), Absence.state != "retracted")
            if unit.session.scalar(select(Absence.rid).where(*mine, *is_open)) is not None:
                raise NotYet("这位老人在本站还有一次外出没有登记返回，请核对。")


def _code(body: dict[str, Any]) -> str:
    """hospital or leave by the encounter's class; empty for one we do not know."""
    said = body.get("class") or {}
    known = (
        code for code, one in _CLASSES.items() if all(said.get(key) == one[key] for key in ("system", "code"))
    )
    return next(known, "")
