"""A referral's document through a platform: the very bytes, once, and to the other station; the hospital's PDF here."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.compose import Station
from app.core.blobs import BlobOf
from app.core.roles import Role
from app.printing.referral_keeping import PackToKeep, drawn_document
from app.referrals.coming_back import FromPlatform
from app.referrals.documents import DocumentOf, DocumentRow, OwedDocuments
from app.referrals.moving import Depart, StrikeMove, SubmitReferral
from app.referrals.revising import Seen
from tests.app.fhir.test_valid import validate
from tests.app.referrals.house import Desk, desk_of
from tests.support.acts import rows
from tests.support.exchange import second_station
from tests.support.platform import COLUMNS, Behaviour, Platform
from tests.support.platform.binary import content_of
from tests.sync.joined import Joined
from tests.sync.test_daily_record import aside

LETTER = b"%PDF-1.7\n" + bytes(range(256)) * 30


@pytest.fixture
def desk(station: Station) -> Iterator[Desk]:
    for desk in desk_of(station):
        desk.become(Role.NURSE)
        yield desk


@pytest.fixture(params=COLUMNS)
def anywhere(request: pytest.FixtureRequest, desk: Desk) -> Iterator[Joined]:
    with Platform(Behaviour.named(request.param)) as platform:
        yield Joined(desk.station, platform)


@pytest.fixture
def at(desk: Desk) -> Iterator[Joined]:
    with Platform() as platform:
        yield Joined(desk.station, platform)


@pytest.fixture
def second(tmp_path: Path) -> Iterator[Station]:
    with second_station(tmp_path / "second") as opened:
        yield opened


def keep(desk: Desk) -> None:
    """What is owed is drawn and kept, as the window does it."""
    for rid in desk.ask(OwedDocuments()):
        desk.do(drawn_document(desk.ask(PackToKeep(rid))))


def kept(station: Station, seen: Seen) -> DocumentRow:
    found = station.desk.ask_now(DocumentOf(seen.rid))
    assert found is not None
    return found


def there(at: Joined, seen: Seen) -> dict[str, Any]:
    """The document at the platform."""
    (body,) = at.there(kept(at.station, seen).rid, "DocumentReference")
    return body


def files(at: Joined) -> list[bytes]:
    return [content_of(one) for one in at.platform.resources("Binary")]


def test_the_very_bytes_are_there_once_and_come_to_the_other_station(
    desk: Desk, anywhere: Joined, second: Station
) -> None:
    seen = desk.do(SubmitReferral(desk.begun()))
    keep(desk)
    row = kept(desk.station, seen)
    content = desk.ask(BlobOf(row.sha256))
    done = anywhere.rounds_until_quiet()
    assert (done.conflicts, done.quarantined) == (0, 0)
    assert files(anywhere) == [content]
    body = there(anywhere, seen)
    validate(body)
    assert body["content"][0]["attachment"]["size"] == len(content)
    assert body["type"]["coding"][0]["code"] == "57133-1"
    (request,) = anywhere.there(seen.rid, "ServiceRequest")
    assert body["context"]["related"] == [{"reference": f"ServiceRequest/{request['id']}"}]
    assert request["supportingInfo"][0]["identifier"]["value"] == str(row.rid)
    assert kept(desk.station, seen).sent == "平台已收到"
    anywhere.restart()
    assert anywhere.round().sent == 0
    other = Joined(second, anywhere.platform)
    other.rounds_until_quiet()
    other.round()
    assert aside(second) == []
    query = "select sha256, size, pages, title, covers, referral from referral_document where current"
    assert rows(second, query) == rows(desk.station, query)
    came = kept(second, seen)
    assert came.here, came.words
    assert second.desk.ask_now(BlobOf(came.sha256)) == content
    assert second.desk.ask_now(OwedDocuments()) == ()
    assert other.round().sent == 0
    assert files(anywhere) == [content]
    assert anywhere.platform.complaints == []


def test_a_later_one_is_the_same_document_with_another_file(desk: Desk, at: Joined) -> None:
    seen = desk.do(SubmitReferral(desk.begun()))
    keep(desk)
    at.rounds_until_quiet()
    first = there(at, seen)
    seen = desk.do(Depart(seen))
    keep(desk)
    at.rounds_until_quiet()
    second = there(at, seen)
    assert second["id"] == first["id"]
    assert second["content"][0]["attachment"]["url"] != first["content"][0]["attachment"]["url"]
    assert len(files(at)) == 2, "what was read before stays to be read"


def test_what_was_not_sent_after_all_is_an_error_there(desk: Desk, at: Joined) -> None:
    seen = desk.do(SubmitReferral(desk.begun()))
    keep(desk)
    at.rounds_until_quiet()
    rid = kept(desk.station, seen).rid
    desk.do(StrikeMove(seen, "点错了"))
    at.rounds_until_quiet()
    (body,) = at.there(rid, "DocumentReference")
    assert body["status"] == "entered-in-error"


def test_nothing_leaves_of_somebody_who_refused(desk: Desk, at: Joined) -> None:
    at.edit(desk.li, upload_refused=True)
    seen = desk.do(SubmitReferral(desk.begun()))
    keep(desk)
    at.round()
    at.round()
    assert kept(desk.station, seen).sent == "不上传（未同意）"
    assert files(at) == []
    assert at.platform.resources("DocumentReference") == []


def test_the_pdf_of_the_hospital_is_read_with_the_cable_out(desk: Desk, anywhere: Joined) -> None:
    seen = desk.do(Depart(desk.do(SubmitReferral(desk.begun()))))
    anywhere.rounds_until_quiet()
    (patient,) = anywhere.there(desk.li, "Patient")
    data = base64.b64encode(LETTER).decode()
    binary = anywhere.platform.create(
        {"resourceType": "Binary", "contentType": "application/pdf", "data": data}
    )
    anywhere.platform.create(
        {
            "resourceType": "DocumentReference", "status": "current", "description": "出院小结",
            "subject": {"reference": f"Patient/{patient['id']}"},
            "content": [
                {"attachment": {"contentType": "application/pdf", "url": f"Binary/{binary['id']}", "title": "小结"}},
                {"attachment": {"contentType": "application/pdf", "url": "https://elsewhere.example/1.pdf"}},
            ],
        }
    )  # fmt: skip
    for _ in range(3):
        anywhere.round()
    anywhere.platform.stop()
    (paper,) = [one for one in desk.ask(FromPlatform(seen.rid)).papers if one.kind == "文书"]
    here, away = paper.files
    assert (here.here, here.size, here.media) == (True, len(LETTER), "application/pdf")
    assert desk.ask(BlobOf(here.sha256)) == LETTER
    assert not away.here
    assert away.words.startswith("文件在别的地址")
