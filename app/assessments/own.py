"""The institution's own instruments: a file is checked, its worked cases are played, then it counts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from sqlalchemy import func, select

from app.assessments.drafts import PREFIX
from app.assessments.instruments import Instrument, parse_instrument, shipped
from app.assessments.rules import score
from app.assessments.shelf import instruments
from app.core.errors import Refusal
from app.core.ids import named
from app.core.orders import Order, Question, answers, performs
from app.core.resources import resource
from app.core.revising import next_revision
from app.core.roles import Right
from app.core.unit import Reader, Unit
from db.models import Draft, OwnInstrument

KIND = "own_instrument"


@dataclass(frozen=True)
class Loaded:
    """What was loaded, and the version it replaces; empty where there was none of this code."""

    code: str
    title: str
    version: str
    replaces: str


@dataclass(frozen=True)
class LoadInstrument(Order[Loaded]):
    """Take an instrument from the text of a file; `file` is its name. Refuses with line and reason."""

    file: str
    text: str


@dataclass(frozen=True)
class WithdrawInstrument(Order[None]):
    """Take the institution's own version of an instrument out of use; a shipped one counts again."""

    code: str
    reason: str


@dataclass(frozen=True)
class InstrumentText(Question[str]):
    """The text of an instrument's file, to be kept and changed."""

    code: str


@performs(LoadInstrument)
def load_instrument(unit: Unit, order: LoadInstrument) -> Loaded:
    unit.require(Right.CHANGE_SETTINGS)
    instrument = parse_instrument(order.text, PurePath(order.file).name)
    play_cases(instrument, order.file)
    code = instrument.code
    no_drafts(unit, code)
    before = instruments(unit.session).get(code)
    if before is not None and before.version == instrument.version:
        raise Refusal(
            f"“{before.title}”已有 {before.version} 版。内容改过的量表请在文件里另写版本号（version）"
        )
    row = unit.session.scalar(select(OwnInstrument).where(OwnInstrument.code == code, OwnInstrument.current))
    _write(unit, instrument, order.text, row)
    return Loaded(code, instrument.title, instrument.version, before.version if before else "")


@performs(WithdrawInstrument)
def withdraw_instrument(unit: Unit, order: WithdrawInstrument) -> None:
    unit.require(Right.CHANGE_SETTINGS)
    if not order.reason.strip():
        raise Refusal("请写明停用的原因", field="reason")
    row = unit.session.scalar(
        select(OwnInstrument).where(OwnInstrument.code == order.code, OwnInstrument.current)
    )
    if row is None or row.state == "retracted":
        raise Refusal("这个量表没有本院版本")
    no_drafts(unit, order.code)
    next_revision(unit, row, order.reason.strip(), {"at": unit.now, "state": "retracted"})


@answers(InstrumentText)
def instrument_text(reader: Reader, question: InstrumentText) -> str:
    reader.require(Right.CHANGE_SETTINGS)
    row = reader.session.scalar(
        select(OwnInstrument.text).where(
            OwnInstrument.code == question.code, OwnInstrument.current, OwnInstrument.state != "retracted"
        )
    )
    if row is not None:
        return row
    if question.code not in shipped():
        raise Refusal(f"没有编号为“{question.code}”的量表")
    return resource("instruments", f"{question.code}.toml").read_text("utf-8")


def play_cases(instrument: Instrument, file: str) -> None:
    """Refuse an instrument whose worked cases do not come to what the file says."""
    for case in instrument.cases:
        outcome = score(instrument, case.answers, case.facts, stack_raises=case.stack_raises)
        expected = case.expected
        verdicts = {one.code: one.verdict.words for one in outcome.scales if one.code in expected.verdicts}
        found = (
            ("已评项数", outcome.answered, expected.answered),
            ("总分", outcome.total, expected.total),
            ("测得值", outcome.measured, expected.measured),
            ("初步等级", outcome.initial, expected.initial),
            ("等级", outcome.level, expected.level),
            ("变更依据", tuple(one.code for one in outcome.fired), expected.fired),
            ("判定", verdicts, dict(expected.verdicts)),
        )
        for what, got, wanted in found:
            if got != wanted:
                raise Refusal(f"量表文件 {file} 的例题“{case.name}”：{what}算得 {got}，文件写的是 {wanted}")


def no_drafts(unit: Unit, code: str) -> None:
    """Refuse to change an instrument that is being filled in."""
    number = unit.session.scalar(select(func.count()).where(Draft.form == PREFIX + code))
    if number:
        raise Refusal(f"有 {number} 份用这个量表填写中的草稿，请先签名或放弃，再换量表")


def _write(unit: Unit, instrument: Instrument, text: str, before: OwnInstrument | None) -> None:
    said: dict[str, Any] = {"version": instrument.version, "title": instrument.title, "text": text}
    if before is not None:
        changes = {"at": unit.now, "state": "corrected", **said}
        next_revision(unit, before, f"换为 {instrument.version} 版", changes)
        return
    rid = named(unit.settings.institution_id, KIND, instrument.code)
    unit.session.add(OwnInstrument(**unit.stamp(rid=rid), revision=1, code=instrument.code, **said))
