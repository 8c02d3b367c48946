"""The printed report against the instrument file: every word a reader needs stands on paper."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2

from app.assessments.content import occasions
from app.compose import Station
from app.core.roles import Role
from app.printing.assessment_data import AssessmentReportOf
from app.printing.service import draw
from tests.app.assessments.people import GB, Admit, filled, first, save, signed


def on_paper(pdf: bytes) -> str:
    """All text of a PDF without any white space, since lines break anywhere."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [document[number].get_textpage().get_text_bounded() for number in range(len(document))]
    document.close()
    return "".join("".join(pages).split())


def test_every_word_of_the_instrument_that_belongs_on_the_report_is_printed(station: Station) -> None:
    resident = station.desk.do_now(Admit())
    signed(station, resident, filled(station, 62, {"A.4.1": ("痴呆F00～F03",), "A.5.1": "Ⅱ期"}))
    drawn = draw(station.desk, "ability-assessment", AssessmentReportOf(resident), resident)
    text = on_paper(drawn.pdf)
    answers = filled(station, 62).answers
    wanted = [item.name for item in GB.items.values()]
    wanted += [option.text for code, item in GB.items.items() if (option := item.option(answers[code]))]
    wanted += [dimension.name for dimension in GB.dimensions]
    wanted += [level.name for level in GB.levels] + [level.short for level in GB.levels]
    wanted += [change.words for change in GB.changes]
    wanted += [*occasions(GB), "痴呆F00～F03"]
    for code, field in GB.fields.items():
        if code.startswith(("A.2.14.", "A.5.")):
            wanted += [field.name, *(choice.words for choice in field.choices)]
    assert [words for words in wanted if "".join(words.split()) not in text] == []
    assert drawn.missing_glyphs == ()


def test_a_half_signed_assessment_prints_as_a_draft(station: Station) -> None:
    resident = station.desk.do_now(Admit())
    save(station, resident, replace(filled(station), conclusion="待第二位评估人员确认。"))
    first(station, resident, Role.NURSE)
    drawn = draw(station.desk, "ability-assessment", AssessmentReportOf(resident, draft=True), resident)
    text = on_paper(drawn.pdf)
    assert "待第二位评估人员确认。" in text
    assert "01-000001" in text
    assert "签名确认2026" not in text  # nothing half signed claims a signature
