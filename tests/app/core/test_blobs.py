"""Files in the encrypted file: what is taken is known by its bytes, has a limit by what it is, and is kept once."""

from __future__ import annotations

import base64

import pytest

from app.compose import Station
from app.core.blobs import MOST, MOST_FILE, PDF, BlobOf, keep_blob, keep_file, keep_photo, media_of
from app.core.errors import Refusal
from app.core.unit import Unit
from tests.support.acts import Act, count

PNG_BYTES = b"\x89PNG\r\n\x1a\n" + b"0" * 40
PDF_BYTES = b"%PDF-1.7\n" + b"1" * 400_000


def test_a_pdf_and_a_picture_are_kept_once_each(station: Station) -> None:
    names: list[str] = []

    def keep(unit: Unit) -> None:
        names.extend(keep_file(unit, content, "paper") for content in (PDF_BYTES, PNG_BYTES, PDF_BYTES))

    station.desk.do_now(Act(keep))
    station.desk.do_now(Act(keep))
    assert names[0] == names[2] != names[1]
    assert count(station, "blob") == 2
    assert station.desk.ask_now(BlobOf(names[0])) == PDF_BYTES


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<html><body>%PDF-", "只能添加 PDF 文件，或 JPEG、PNG 图片。"),
        (b"", "只能添加 PDF 文件，或 JPEG、PNG 图片。"),
        (PNG_BYTES + b"0" * MOST, "图片太大，最多 300 kB。"),
        (b"%PDF-" + b"0" * MOST_FILE, "PDF 文件太大，最多 8 MB。"),
    ],
)
def test_what_is_no_file_or_too_large_is_refused_beside_its_field(
    station: Station, content: bytes, words: str
) -> None:
    with pytest.raises(Refusal, match=words) as refused:
        station.desk.do_now(Act(lambda unit: keep_file(unit, content, "paper")))
    assert refused.value.field == "paper"


def test_a_pdf_is_no_photo(station: Station) -> None:
    assert media_of(PDF_BYTES) == PDF
    with pytest.raises(Refusal, match="只能保存 JPEG 或 PNG 图片"):
        station.desk.do_now(Act(lambda unit: keep_blob(unit, PDF_BYTES, media_of(PDF_BYTES))))
    said = f"data:{PDF};base64,{base64.b64encode(PDF_BYTES).decode()}"
    with pytest.raises(Refusal, match="只能保存 JPEG 或 PNG 图片") as refused:
        station.desk.do_now(Act(lambda unit: keep_photo(unit, said, "wound")))
    assert refused.value.field == "wound"
