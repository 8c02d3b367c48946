"""补打: the first copy is not marked, every later one is, whichever way they left; what changed is no copy."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pypdfium2
import pytest

from app.compose import Station
from app.core.orders import Question
from app.core.watch import Watch
from app.printing.again import FilePrinted, PrintedBefore
from app.printing.batch import Wanted, WhoIsHere, draw_batch
from app.printing.drawn import Drawn
from app.printing.referral_keeping import PackToKeep, drawn_document
from app.printing.referral_pack_data import ReferralPackOf, ReferralPaperOf
from app.printing.registry import SHEETS
from app.printing.service import NoteAllPrinted, NotePrinted, draw, save, sheet_called
from app.printing.vitals_record_data import VitalsRecordOf
from app.referrals.documents import DocumentOf
from app.referrals.moving import AcceptReferral
from app.vitals.service import RecordSets
from tests.app.referrals.house import Desk, desk_of
from tests.printing.referral_sample import FORM, filled
from tests.printing.test_layout import problems
from tests.printing.test_referral_sent import sent
from tests.printing.test_report import pages
from tests.printing.vitals_sample import moment, visit
from tests.ui.residents.stage import people

DAY = date(2026, 11, 24)


@pytest.fixture
def desk(station: Station) -> Iterator[Desk]:
    yield from desk_of(station)


def made(desk: Desk, name: str, question: Question[Any]) -> Drawn:
    found = draw(desk.station.desk, name, question, desk.li)
    assert problems(found) == []
    return found


def left(desk: Desk, name: str, question: Question[Any]) -> Drawn:
    """Drawn and out of the house."""
    found = made(desk, name, question)
    desk.do(NotePrinted(name, desk.li, found.sha256, marks=found.marks))
    return found


def reprints(drawn: Drawn) -> list[int]:
    """The pages that say 补打, from 1."""
    found = [at for at, text in enumerate(pages(drawn), 1) if "补打首次打印" in text]
    assert found == [at for at, text in enumerate(pages(drawn), 1) if "页补打：" in text]
    return found


def values(desk: Desk, hour: int) -> None:
    desk.put(hour)
    desk.do(RecordSets((visit(desk.li, moment(DAY, hour - 1, 30), temperature="36.8", pulse="80"),)))


def test_a_second_copy_says_when_the_first_was_printed_and_by_whom(desk: Desk) -> None:
    values(desk, 14)
    question = VitalsRecordOf(desk.li, DAY, DAY)
    assert reprints(left(desk, "vitals-record", question)) == []
    desk.put(16, 20)
    again = left(desk, "vitals-record", question)
    assert reprints(again) == [1]
    actor = desk.station.desk.actor
    assert actor is not None
    assert f"首次打印：2026-11-2414:00{actor.name}" in pages(again)[0]
    assert f"补打：2026-11-2416:20{actor.name}" in pages(again)[0]
    desk.put(17)
    assert "首次打印：2026-11-2414:00" in pages(made(desk, "vitals-record", question))[0]


def test_what_was_only_looked_at_was_not_printed(desk: Desk) -> None:
    values(desk, 14)
    question = VitalsRecordOf(desk.li, DAY, DAY)
    made(desk, "vitals-record", question)
    assert reprints(made(desk, "vitals-record", question)) == []


def test_a_sheet_that_says_more_now_is_no_copy(desk: Desk) -> None:
    values(desk, 14)
    question = VitalsRecordOf(desk.li, DAY, DAY)
    left(desk, "vitals-record", question)
    values(desk, 18)
    assert reprints(made(desk, "vitals-record", question)) == []


def test_another_residents_same_sheet_is_no_copy(desk: Desk) -> None:
    left(desk, "admission-form", SHEETS["admission-form"].question(desk.li))
    assert desk.ask(PrintedBefore((UUID(int=9),))) == {}
    assert len(desk.ask(PrintedBefore((desk.li,)))) == 1


def test_a_paper_of_the_pack_printed_alone_is_a_copy_and_its_code_goes_on(desk: Desk) -> None:
    """The referral moved on meanwhile: another code, the same words."""
    seen = sent(desk)
    pack = left(desk, "referral-pack", ReferralPackOf(desk.li, seen.rid))
    assert reprints(pack) == []
    desk.put(14, 10)
    seen = desk.do(AcceptReferral(seen))
    assert desk.ask(ReferralPaperOf(desk.li, "medicines", seen.rid)).taken == "11-24 14:10"
    alone = made(desk, "referral-letter", ReferralPaperOf(desk.li, "letter", seen.rid))
    assert set(alone.marks) <= set(pack.marks)
    assert reprints(alone) == list(range(1, alone.pages + 1))
    again = made(desk, "referral-pack", ReferralPackOf(desk.li, seen.rid, parts=("letter", "reply")))
    assert reprints(again) == list(range(1, again.pages + 1))


def test_a_kept_document_is_a_copy_and_is_copied_like_any_sheet(desk: Desk) -> None:
    """It leaves as it was kept, without 补打: that it left before is said beside it."""
    seen = sent(desk)
    desk.do(drawn_document(desk.ask(PackToKeep(seen.rid))))
    document = desk.ask(DocumentOf(seen.rid))
    before = FilePrinted(desk.li, document.sha256, document.marks)
    question = ReferralPackOf(desk.li, seen.rid)
    assert desk.ask(before) == ""
    assert reprints(made(desk, "referral-pack", question)) == []
    desk.do(NotePrinted("referral-pack", desk.li, document.sha256, marks=document.marks))
    actor = desk.station.desk.actor
    assert actor is not None
    assert desk.ask(before) == f"打印过，首次打印：2026-11-24 13:58　{actor.name}"
    again = made(desk, "referral-pack", question)
    assert reprints(again) == list(range(1, again.pages + 1))


def test_of_a_kept_document_single_papers_left_before(desk: Desk) -> None:
    seen = sent(desk)
    desk.do(drawn_document(desk.ask(PackToKeep(seen.rid))))
    document = desk.ask(DocumentOf(seen.rid))
    alone = left(desk, "referral-letter", ReferralPaperOf(desk.li, "letter", seen.rid))
    told = desk.ask(FilePrinted(desk.li, document.sha256, document.marks))
    assert told.startswith(f"其中 {alone.pages} 页打印过，首次打印：")


def test_a_file_without_marks_is_known_by_its_bytes(desk: Desk) -> None:
    desk.do(NotePrinted("document", desk.li, "ab" * 32))
    assert desk.ask(FilePrinted(desk.li, "ab" * 32)).startswith("打印过，首次打印：")
    assert desk.ask(FilePrinted(desk.li, "cd" * 32)) == ""


def test_a_draft_is_never_a_copy_and_counts_as_none(desk: Desk) -> None:
    desk.put(13, 52)
    question = ReferralPackOf(desk.li, draft=FORM, facts=filled(desk.li))
    assert not any(left(desk, "referral-pack", question).marks)
    assert reprints(made(desk, "referral-pack", question)) == []
    assert desk.ask(PrintedBefore((desk.li,))) == {}


def test_the_national_form_is_not_written_into(desk: Desk) -> None:
    """A copy differs from the first in the margins alone."""
    seen = sent(desk)
    question = ReferralPaperOf(desk.li, "letter", seen.rid)
    first, again = (left(desk, "referral-letter", question) for _ in range(2))
    assert inside(first) == inside(again)
    assert reprints(again)


def inside(drawn: Drawn) -> list[str]:
    """The words between the margins above and below."""
    document = pypdfium2.PdfDocument(drawn.pdf)
    try:
        return [
            page.get_textpage().get_text_bounded(0, 40, page.get_width(), page.get_height() - 36)
            for page in document
        ]
    finally:
        document.close()


def test_each_of_a_whole_floor_is_told_alone(station: Station, tmp_path: Any) -> None:
    rids = people(station, 4)
    wanted = Wanted(SHEETS["admission-form"], station.desk.ask_now(WhoIsHere()).people, DAY, "全部楼层")
    one = draw(station.desk, "admission-form", wanted.kind.question(rids[1]), rids[1])
    save(one, tmp_path / "one.pdf")
    station.desk.do_now(NotePrinted("admission-form", rids[1], one.sha256, marks=one.marks))
    batch = draw_batch(station.desk, wanted, Watch())
    assert batch.drawn is not None
    told = [rid for rid, marks in zip(batch.residents, batch.marks, strict=True) if marks == one.marks]
    assert told == [rids[1]]
    assert len(reprints(batch.drawn)) == one.pages
    noted = NoteAllPrinted("admission-form", batch.residents, batch.drawn.sha256, marks=batch.marks)
    station.desk.do_now(noted)
    again = draw_batch(station.desk, wanted, Watch())
    assert again.drawn is not None
    assert len(reprints(again.drawn)) == again.drawn.pages


def test_a_sheet_is_called_with_either_stroke() -> None:
    assert sheet_called("referral_pack") is sheet_called("referral-pack")
