"""A printed code: genuine, corrected, retracted, forged, or of something else."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from app.assessments.service import Correct, Retract
from app.compose import Station
from app.core.roles import Role
from app.printing.assessment_data import AssessmentReportOf
from app.printing.sealing import SheetVerdict, VerifySheet, is_code
from tests.app.assessments.people import Admit, filled, first, save, second, signed


@pytest.fixture
def resident(station: Station) -> UUID:
    return station.desk.do_now(Admit(name="欧阳淑华"))


def code(station: Station, resident: UUID, record: UUID) -> str:
    found = station.desk.ask_now(AssessmentReportOf(resident, record))
    return getattr(found, "qr", "") or getattr(found, "code", "")


def verdict(station: Station, text: str) -> SheetVerdict:
    return station.desk.ask_now(VerifySheet(text))


def test_the_code_says_number_revision_day_and_level(station: Station, resident: UUID) -> None:
    record = signed(station, resident, filled(station, 62))
    text = code(station, resident, record)
    assert text.startswith("CS2:01-000001:1:20261124:2:")
    assert len(text.rpartition(":")[2]) == 16
    found = verdict(station, text)
    assert (found.standing, found.genuine, found.record, found.resident) == ("valid", True, record, resident)
    assert found.sentence == "报告有效，与本站记录一致。"
    assert found.facts == (
        "欧阳淑华　1941-03-12 出生",
        "老年人能力评估",
        "编号 01-000001，第 1 版，2026-11-24 评估",
        "结果：中度失能，总分 62 分",
    )


@pytest.mark.parametrize(
    "spoil", [str.lower, lambda text: f" {text} \n", lambda text: text.replace(":", "：")]
)
def test_a_scanner_or_an_input_method_may_spoil_it(station: Station, resident: UUID, spoil: object) -> None:
    text = code(station, resident, signed(station, resident, filled(station)))
    assert callable(spoil)
    assert is_code(spoil(text))
    assert verdict(station, spoil(text)).standing == "valid"


def test_a_corrected_report_is_genuine_and_says_what_is_true_now(station: Station, resident: UUID) -> None:
    record = signed(station, resident, filled(station, 62))
    old = code(station, resident, record)
    station.desk.do_now(Correct(record, "笔误"))
    save(station, resident, filled(station, 40))
    first(station, resident, Role.NURSE)
    second(station, resident, Role.ASSESSOR)
    found = verdict(station, old)
    assert found.standing == "corrected"
    assert found.genuine
    assert (
        found.sentence
        == "报告属实，但已被更正：第 2 版 2026-11-24，原因：笔误，现为“重度失能”。请以新版为准。"
    )
    assert "结果：中度失能，总分 62 分" in found.facts  # what the old paper says
    assert verdict(station, code(station, resident, record)).standing == "valid"


def test_a_retracted_report_says_so(station: Station, resident: UUID) -> None:
    record = signed(station, resident, filled(station))
    text = code(station, resident, record)
    station.desk.do_now(Retract(record, "其他：记错人"))
    found = verdict(station, text)
    assert found.standing == "retracted"
    assert found.sentence == "报告属实，但这份评估已作废（2026-11-24，原因：其他：记错人）。"


@pytest.mark.parametrize("part", [3, 4, 5])
def test_a_changed_code_does_not_fit(station: Station, resident: UUID, part: int) -> None:
    parts = code(station, resident, signed(station, resident, filled(station, 62))).split(":")
    parts[part] = {3: "20261123", 4: "1", 5: "0" * 16}[part]
    found = verdict(station, ":".join(parts))
    assert (found.standing, found.genuine, found.record) == ("false", False, None)
    assert "校验码不符" in found.sentence


def test_the_seal_of_one_report_fits_no_other(station: Station, resident: UUID) -> None:
    text = code(station, resident, signed(station, resident, filled(station, 62)))
    other = signed(station, resident, replace(filled(station, 62), conclusion="另一份"))
    mixed = ":".join([*code(station, resident, other).split(":")[:5], text.rpartition(":")[2]])
    assert verdict(station, mixed).standing == "false"


@pytest.mark.parametrize(
    "text", ["", "王桂芳", "CS2:", "CS2:01-000009:1:20261124:2:5F1C2AB84E77D0C3", "CS2:01-000001:x:1:1:1"]
)
def test_anything_else_is_no_report(station: Station, text: str) -> None:
    found = verdict(station, text)
    assert found.standing == "unknown"
    assert found.sentence
