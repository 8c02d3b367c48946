"""The institution's own instruments as Questionnaire with their file, and back: the file counts and is checked."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from app.assessments.fhir.links import FILE, INSTRUMENT
from app.assessments.fhir.questionnaire import OWNED, questionnaire
from app.assessments.instruments.read import LARGEST
from app.assessments.own import no_drafts, play_cases
from app.assessments.shelf import own_instrument
from app.core.errors import Refusal
from app.core.unit import Unit
from app.fhir import House, NotYet
from app.fhir.carried import Whence
from app.fhir.clinicals import ClinicalMapper
from app.fhir.coding import words
from app.fhir.elements import extension, filled, said_in
from db.models import OwnInstrument

STATE = "urn:carestation:instrument-state"
ERROR = "entered-in-error"
TOML = "application/toml"
"""What the file is; it has no registered type yet."""


class OwnInstrumentMapper(ClinicalMapper[OwnInstrument]):
    """The status of a Questionnaire knows no error: what was taken back is retired, and an extension says so.

    Questionnaire has no element for its author: the envelope names the author.
    """

    kind = "own_instrument"
    resource = "Questionnaire"
    model = OwnInstrument
    owned = OWNED
    marks = frozenset({FILE, STATE})
    author_element = ""

    def claims(self, body: dict[str, Any]) -> bool:
        """Of the two kinds that make Questionnaires, this one carries a file."""
        return said_in(body, FILE) is not None

    def retracts(self, body: dict[str, Any]) -> bool:
        return bool(said_in(body, STATE) == ERROR)

    def elements(self, house: House, row: OwnInstrument) -> dict[str, Any]:
        gone = row.state == "retracted"
        data = base64.b64encode(row.text.encode()).decode()
        attached = {"contentType": TOML, "data": data, "title": f"{words(row.code)}.toml"}
        return {
            **_elements(house, row),
            "extension": [
                {"url": FILE, "valueAttachment": attached},
                *extension(STATE, "Code", ERROR if gone else None),
            ],
            "status": "retired" if gone else "active",
        }

    def read(self, house: House, body: dict[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
        status, gone = body.get("status"), self.retracts(body)
        if status not in (None, "active") and not gone:
            raise Refusal(
                f"区平台把这份本院量表的状态改成了“{words(status)}”，请核对后在本站停用或重新载入。"
            )
        text = _text(body)
        if text is None:
            text = before.get("text")
        if text is None:
            raise Refusal("区平台上的这份本院量表没有附量表文件，请核对。")
        code = words(body.get("url") or "").removeprefix(INSTRUMENT) or before.get("code", "")
        if gone:
            said = {"version": words(body.get("version") or ""), "title": words(body.get("title") or "")}
            return {
                "code": code,
                "text": text,
                **{key: one or before.get(key, "") for key, one in said.items()},
            }
        found = own_instrument(code, text)
        return {"code": found.code, "version": found.version, "title": found.title, "text": text}

    def check(self, unit: Unit, said: dict[str, Any], by: Whence, *, retracted: bool) -> None:
        if not by.ours:
            raise Refusal("这份本院量表被别的程序改动过，没有采用；请核对后在本站重新载入。")
        _no_drafts(unit, said["code"])
        if retracted:
            return
        play_cases(own_instrument(said["code"], said["text"]), f"{said['code']}.toml")
        others = select(OwnInstrument.version).where(
            OwnInstrument.code == said["code"],
            OwnInstrument.rid != by.rid,
            OwnInstrument.current,
            OwnInstrument.state != "retracted",
        )
        if (other := unit.session.scalars(others).first()) is not None:
            raise Refusal(
                f"本站已有编号为“{said['code']}”的本院量表（版本{other}），两份只能留一份，请先停用其中一份。"
            )


def _no_drafts(unit: Unit, code: str) -> None:
    """It waits until what is being filled in by it is signed or given up."""
    try:
        no_drafts(unit, code)
    except Refusal as refusal:
        raise NotYet(refusal.text) from None


def _elements(house: House, row: OwnInstrument) -> dict[str, Any]:
    """Of a file that this version of the program no longer reads, only what the row says."""
    try:
        return questionnaire(house, own_instrument(row.code, row.text))
    except Refusal:
        url = INSTRUMENT + row.code
        return filled(url=url, version=words(row.version), title=words(row.title), subjectType=["Patient"])


def _text(body: dict[str, Any]) -> str | None:
    """The file; None where it is not attached any more."""
    attached = said_in(body, FILE)
    data = attached.get("data") if isinstance(attached, dict) else None
    if data is None:
        return None
    file = base64.b64decode(str(data), validate=True)
    if len(file) > LARGEST:
        raise Refusal("区平台上的这份本院量表文件过大，请核对。")
    return file.decode()
