"""Files come behind the documents that name them: from another station, from the hospital, or with words why not."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote_from_bytes

import pytest

from app.compose import Station
from app.core.blobs import MOST_FILE, BlobOf
from app.fhir.attached import file_of, sha1, url_of
from app.fhir.identity import House
from app.referrals.moving import SubmitReferral
from app.sync.acts import SyncNow
from app.sync.marks import KeepMarks
from app.sync.pull.fetching import MOST, TRIES
from app.sync.pull.inventory import MARK, noted
from tests.app.referrals.house import Desk, desk_of
from tests.support.acts import rows
from tests.support.platform import Fault, Platform
from tests.sync.files.papers import HTML, PDF, PNG, Filing, gets, name_of, puts

HOSPITAL = {"system": "urn:oid:1.2.3", "value": "R1"}


@pytest.fixture
def desk(station: Station) -> Iterator[Desk]:
    yield from desk_of(station)


@pytest.fixture
def at(desk: Desk) -> Iterator[Filing]:
    """A station with a referral the platform has."""
    with Platform() as platform:
        filing = Filing(desk.station, platform)
        desk.do(SubmitReferral(desk.begun()))
        filing.rounds_until_quiet()
        yield filing


def binary(at: Filing, content: bytes, media: str = "application/pdf") -> str:
    """A file the hospital has put there; its url."""
    data = base64.b64encode(content).decode()
    made = at.platform.create({"resourceType": "Binary", "contentType": media, "data": data})
    return f"Binary/{made['id']}"


def document(at: Filing, desk: Desk, *attachments: dict[str, Any]) -> str:
    """A document the hospital wrote of the resident; its id."""
    (patient,) = at.there(desk.li, "Patient")
    usual = {"contentType": "application/pdf", "title": "出院小结"}
    made = at.platform.create({
        "resourceType": "DocumentReference", "status": "current", "identifier": [HOSPITAL],
        "subject": {"reference": f"Patient/{patient['id']}"}, "description": "出院小结",
        "content": [{"attachment": {**usual, **one}} for one in attachments],
    })  # fmt: skip
    return str(made["id"])


def words(at: Filing, url: str) -> str:
    at.platform.requests.clear()
    assert at.round().complete
    found = at.here(url)[url]
    assert found.sha256 is None
    return found.words


# of another station


def test_files_come_to_the_other_station_and_are_not_sent_again(
    filing_anywhere: Filing, second: Station
) -> None:
    filing = filing_anywhere
    (resident,) = filing.admit("欧阳淑华")
    rid = filing.write(resident, PDF, PNG)
    filing.rounds_until_quiet()
    there = Filing(second, filing.platform)
    there.rounds_until_quiet()
    house = House.of(second.settings)
    for content, there_url in zip((PDF, PNG), filing.urls(rid), strict=True):
        here_url = url_of(file_of(house, name_of(content), "").rid)
        for url in (here_url, there_url):
            found = there.here(url)[url]
            assert (found.sha256, found.size, found.words) == (name_of(content), len(content), "")
            assert (found.title, found.media) == (
                "转院小结",
                "application/pdf" if content is PDF else "image/png",
            )
        assert second.desk.ask_now(BlobOf(name_of(content))) == content
        assert filing.here(here_url, there_url).keys() == {here_url, there_url}
    filing.platform.requests.clear()
    there.restart()
    there.write(resident, PDF)  # the same file with a note of its own
    there.rounds_until_quiet()
    assert not [one for one in filing.platform.requests if puts(one) or gets(one)]
    assert len(filing.platform.resources("Binary")) == 2
    assert rows(second, "select words from remote where words is not null") == []


@pytest.mark.parametrize(
    "fault",
    [
        Fault.lost_before, Fault.truncated, lambda: Fault.truncated(says_so=True), Fault.reset,
        lambda: Fault.status(503), lambda: Fault.status(403), lambda: Fault.status(429), lambda: Fault.html(200),
        lambda: Fault.redirect("https://storage.example/x"),
    ],
    ids=["lost", "cut", "half", "reset", "503", "403", "429", "a page", "sent elsewhere"],
)  # fmt: skip
def test_whatever_goes_wrong_with_a_file_the_records_come(
    filing: Filing, second: Station, fault: Callable[[], Fault]
) -> None:
    (resident,) = filing.admit("欧阳淑华")
    rid = filing.write(resident, PDF)
    filing.rounds_until_quiet()
    there = Filing(second, filing.platform)
    planned = filing.platform.faults.next(fault(), gets)
    done = there.round()
    assert (done.error, done.complete, planned.happened) == ("", True, 1)
    (url,) = filing.urls(rid)
    assert there.content(url) is None
    second.desk.do_now(SyncNow())
    there.round()
    assert there.content(url) == PDF
    assert there.here(url)[url].words == ""


def test_another_file_under_our_identity_is_not_taken(filing: Filing, second: Station) -> None:
    (resident,) = filing.admit("欧阳淑华")
    rid = filing.write(resident, PDF)
    filing.rounds_until_quiet()
    (url,) = filing.urls(rid)
    forged = PDF[:-1] + b"\x00"
    filing.platform.edit("Binary", url.partition("/")[2], {"data": base64.b64encode(forged).decode()})
    there = Filing(second, filing.platform)
    assert words(there, url) == "文件内容和校验值不符，没有采用。"


# of the hospital


@pytest.mark.parametrize("way", ["relative", "a version", "absolute"])
def test_a_file_of_the_hospital_comes(at: Filing, desk: Desk, way: str) -> None:
    url = binary(at, PDF, "application/octet-stream")
    said = {"relative": url, "a version": f"{url}/_history/1", "absolute": f"{at.platform.address}/{url}"}[
        way
    ]
    document(at, desk, {"url": said, "size": len(PDF), "hash": sha1(PDF)})
    assert at.round().complete
    assert at.content(said) == PDF
    assert at.here(said)[said].media == "application/pdf"
    at.platform.requests.clear()
    at.round()
    assert not [one for one in at.platform.requests if gets(one)]


def test_a_file_within_the_document_is_kept_as_a_file(at: Filing, desk: Desk) -> None:
    data = base64.b64encode(PNG).decode()
    id_ = document(at, desk, {"data": data, "contentType": "image/png"}, {"data": data + "!"})
    assert at.round().complete
    (body,) = rows(at.station, "select body from remote where server_id = :id", id=id_)[0]
    assert data not in body
    urls = rows(at.station, "select url from remote_file where url like 'urn:sha256:%'")
    found = at.here(*(url for (url,) in urls))
    assert sorted((one.sha256 or "", one.words) for one in found.values()) == [
        ("", "文件读不出来，没有采用。"), (name_of(PNG), ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "said", "reason"),
    [
        (PDF, {"size": 7}, f"文件大小不对（说是 7 字节，来了 {len(PDF)} 字节），没有采用。"),
        (PDF, {"hash": sha1(PNG)}, "文件内容和校验值不符，没有采用。"),
        (HTML, {}, "文件不是 PDF、JPEG 或 PNG，没有采用。"),
        (PDF, {"contentType": "text/html"}, "这种文件（text/html）本站不取。"),
        (PDF, {"size": 12_300_000}, "文件太大（12.3 MB），没有取。"),
        (b"%PDF-" + bytes(MOST_FILE), {}, "文件太大（超过 8 MB），没有取。"),
    ],
    ids=[
        "another size",
        "another hash",
        "a page",
        "a page as it says itself",
        "too large",
        "larger than it says",
    ],
)
def test_why_a_file_is_not_here(
    at: Filing, desk: Desk, content: bytes, said: dict[str, Any], reason: str
) -> None:
    url = binary(at, content)
    document(at, desk, {"url": url, **said})
    assert words(at, url) == reason


def test_another_host_is_never_asked(at: Filing, desk: Desk) -> None:
    for url in (
        "https://elsewhere.example/fhir/Binary/1",
        "//elsewhere.example/Binary/1",
        "ftp://a/Binary/1",
    ):
        document(at, desk, {"url": url})
        assert words(at, url) == "文件在别的地址，没有去取。"
    port = at.platform.address.replace("/fhir", "/other/Binary/1")
    document(at, desk, {"url": port})
    assert words(at, port) == "文件在别的地址，没有去取。"


@pytest.mark.parametrize(
    "url", ["http://10.0.0.8:port/Binary/1", "Binary/1\n", "http://xn--/Binary/1", "Binary/" + "1" * 70_000],
    ids=["a port", "a line feed", "a host", "too long"],
)  # fmt: skip
def test_an_address_that_is_none_holds_up_nobody_else(at: Filing, desk: Desk, url: str) -> None:
    good = binary(at, PDF)
    document(at, desk, {"url": url}, {"url": good})
    assert at.round().complete
    assert at.content(good) == PDF
    assert at.here(url)[url].words == "文件在别的地址，没有去取。"


def test_where_nobody_can_read_we_are_sent_holds_up_nobody_else(at: Filing, desk: Desk) -> None:
    bad, good = binary(at, PDF), binary(at, PNG, "image/png")
    document(at, desk, {"url": bad}, {"url": good, "contentType": "image/png"})
    at.platform.faults.next(Fault.redirect("http://xn--/x"), lambda asked: asked.path == bad)
    assert at.round().complete
    assert at.content(good) == PNG


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("data:application/pdf;base64," + base64.b64encode(PDF * 10).decode(), PDF * 10),
        ("DATA:;base64," + base64.encodebytes(PNG).decode(), PNG),
        ("data:application/pdf," + quote_from_bytes(PDF), PDF),
        ("data:application/pdf;base64,JVBER!", None),
        ("data:", None),
    ],
    ids=["long", "broken into lines", "percent", "no base64", "nothing"],
)
def test_a_file_within_its_address_is_kept_as_a_file(
    at: Filing, desk: Desk, url: str, name: bytes | None
) -> None:
    id_ = document(at, desk, {"url": url})
    assert at.round().complete
    (body,) = rows(at.station, "select body from remote where server_id = :id", id=id_)[0]
    ((named,),) = rows(at.station, "select url from remote_file where url like 'urn:sha256:%'")
    assert named in body
    assert "data:" not in body.lower()
    found = at.here(named)[named]
    assert found.sha256 == (name_of(name) if name else None)
    assert bool(found.words) is (name is None)


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (Fault.status(500), "区平台没有给出这个文件（500）。"),
        (Fault.status(503, retry_after="60"), "区平台没有给出这个文件（503）。"),
        (Fault.html(), "区平台给的是网页，不是文件，没有采用。"),
    ],
    ids=["500", "503", "a page"],
)
def test_files_that_never_come_hold_up_no_other(at: Filing, desk: Desk, fault: Fault, said: str) -> None:
    bad = [binary(at, PDF + bytes([number])) for number in range(2)]
    good = binary(at, PNG)
    document(at, desk, *({"url": url} for url in [*bad, good]))
    at.platform.faults.always(fault, lambda asked: asked.path in bad)
    for _ in range(2):
        assert at.round().complete
    assert at.content(good) == PNG
    tried = rows(at.station, "select tries, words from remote_file where sha256 is null")
    assert tried == [(2, said)] * 2


def test_what_is_not_there_is_asked_for_five_times_and_then_by_hand(at: Filing, desk: Desk) -> None:
    document(at, desk, {"url": "Binary/77"})
    at.platform.requests.clear()
    for _ in range(TRIES + 2):
        assert at.round().complete
    assert len([one for one in at.platform.requests if gets(one)]) == TRIES
    assert at.here("Binary/77")["Binary/77"].words == "区平台上没有这个文件（404）。"
    desk.do(SyncNow())
    at.platform.requests.clear()
    at.round()
    assert len([one for one in at.platform.requests if gets(one)]) == 1


def test_by_hand_nothing_is_asked_for_that_is_decided(at: Filing, desk: Desk) -> None:
    data = base64.b64encode(HTML).decode()
    urls = [binary(at, PDF), binary(at, b"%PDF-" + bytes(MOST_FILE))]
    others = (
        {"url": urls[0], "contentType": "application/zip"},
        {"url": urls[1]},
        {"url": "https://a.example/x"},
    )
    document(at, desk, {"data": data}, *others)
    at.round()
    said = "select url, tries, words from remote_file order by url"
    before = rows(at.station, said)
    assert len(before) == 4
    desk.do(SyncNow())
    at.platform.requests.clear()
    at.round()
    assert rows(at.station, said) == before
    assert not [one for one in at.platform.requests if gets(one)]


def test_a_few_come_in_a_round_and_the_rest_in_the_next(at: Filing, desk: Desk) -> None:
    urls = [binary(at, PDF + bytes([number])) for number in range(MOST + 3)]
    document(at, desk, *({"url": url} for url in urls))
    at.round()
    assert sum(one.sha256 is not None for one in at.here(*urls).values()) == MOST
    at.round()
    assert all(one.sha256 for one in at.here(*urls).values())


def test_a_document_that_says_another_hash_has_its_file_fetched_anew(at: Filing, desk: Desk) -> None:
    url = binary(at, PDF)
    id_ = document(at, desk, {"url": url, "hash": sha1(PDF)})
    at.round()
    at.platform.edit("Binary", url.partition("/")[2], {"data": base64.b64encode(PNG).decode()})
    attached = {"contentType": "image/png", "url": url, "hash": sha1(PNG)}
    at.platform.edit("DocumentReference", id_, {"content": [{"attachment": attached}]})
    at.round()
    assert at.content(url) == PNG


# lost there


def test_a_file_the_platform_lost_is_sent_again(filing_anywhere: Filing) -> None:
    filing = filing_anywhere
    (resident,) = filing.admit("欧阳淑华")
    rid = filing.write(resident, PDF)
    filing.rounds_until_quiet()
    (url,) = filing.urls(rid)
    filing.platform.retire("Binary", url.partition("/")[2])
    now = filing.station.clock.now()
    filing.station.desk.do_now(KeepMarks({MARK: noted(now, doubt=True)}))
    assert filing.round().conflicts == 0
    filing.rounds_until_quiet()
    assert filing.stored() == [PDF]
    assert filing.urls(rid) == (f"Binary/{filing.platform.resources('Binary')[0]['id']}",)
    assert filing.states(rid) == [(1, "acked")]
    filing.station.desk.do_now(KeepMarks({MARK: noted(now, doubt=True)}))
    filing.platform.requests.clear()
    filing.round()
    assert not [one for one in filing.platform.requests if puts(one)]


def test_a_file_that_gets_no_answer_keeps_no_other_from_being_sent_again(filing: Filing) -> None:
    (resident,) = filing.admit("欧阳淑华")
    urls: list[str] = []
    for content in (PDF, PNG):
        rid = filing.write(resident, content)
        filing.rounds_until_quiet()
        urls += filing.urls(rid)
    filing.platform.faults.always(Fault.status(500), lambda asked: gets(asked) and asked.path == urls[0])
    filing.platform.retire("Binary", urls[1].partition("/")[2])
    now = filing.station.clock.now()
    filing.station.desk.do_now(KeepMarks({MARK: noted(now, doubt=True)}))
    filing.rounds_until_quiet()
    assert sorted(filing.stored()) == sorted([PDF, PNG])
