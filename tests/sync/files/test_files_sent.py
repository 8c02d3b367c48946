"""Files go to the platform before what names them, are read back, and are never there twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import delete

from app.compose import Station
from app.core.roles import Role
from app.journals import AddEntry
from app.sync.acts import ForgetPlatform, SendAgain
from db.models import Blob
from tests.support.acts import Act, rows
from tests.support.platform import COLUMNS, Behaviour, Fault, Platform
from tests.support.station import become
from tests.sync.files.papers import PDF, PNG, Filing, gets, puts, shells
from tests.sync.test_consent import NO

_NO_BLOBS = delete(Blob)
FAULTS: dict[str, Callable[[], Fault]] = {
    "lost before": Fault.lost_before,
    "lost after": Fault.lost_after,
    "reset after": lambda: Fault.reset(committed=True),
    "twice": Fault.twice,
    "cut": Fault.truncated,
    "a gateway that gave up": lambda: Fault.status(504, committed=True),
    "failed after": lambda: Fault.status(500, committed=True),
    "slow down": lambda: Fault.status(429),
}


def once(filing: Filing, *contents: bytes) -> None:
    """The platform holds these files, each once, beside at most an empty Binary nobody names."""
    assert sorted(filter(None, filing.stored())) == sorted(contents)
    assert filing.platform.complaints == []


def forget(filing: Filing) -> None:
    """The administrator says that the platform is another one."""
    become(filing.station, Role.ADMINISTRATOR)
    assert filing.station.desk.do_now(ForgetPlatform())


def test_a_note_and_its_files_come_there_once(filing_anywhere: Filing) -> None:
    filing = filing_anywhere
    (resident,) = filing.admit("欧阳淑华")
    rid = filing.write(resident, PDF, PNG)
    done = filing.rounds_until_quiet()
    assert (done.quarantined, done.complete) == (0, True)
    once(filing, PDF, PNG)
    (patient,) = filing.there(resident)
    about = {one["securityContext"]["reference"] for one in filing.platform.resources("Binary")}
    assert about == {f"Patient/{patient['id']}"}
    assert {f"Binary/{one['id']}" for one in filing.platform.resources("Binary")} == set(filing.urls(rid))
    assert filing.states(rid) == [(1, "acked")]
    assert rows(filing.station, "select key from sync_mark where key like 'file/%'") == []
    filing.platform.requests.clear()
    filing.restart()
    assert filing.round().sent == 0
    assert not [one for one in filing.platform.requests if puts(one) or gets(one)]


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("which", [puts, gets], ids=["on its way", "read back"])
def test_whatever_goes_wrong_it_is_there_once(
    station: Station, column: str, which: Callable[..., bool]
) -> None:
    """Every fault after the other at one platform: each file is there once in the end."""
    with Platform(Behaviour.named(column)) as platform:
        filing = Filing(station, platform)
        (resident,) = filing.admit("欧阳淑华")
        filing.rounds_until_quiet()
        contents = []
        for number, fault in enumerate(FAULTS.values()):
            contents.append(PDF + bytes([number]))
            planned = platform.faults.next(fault(), which)
            rid = filing.write(resident, contents[-1])
            filing.rounds_until_quiet()
            assert planned.happened == 1
            assert filing.states(rid) == [(1, "acked")]
        once(filing, *contents)
        assert len(platform.resources("Binary")) == len(contents)


@pytest.mark.parametrize("fault", [Fault.lost_before, Fault.lost_after, Fault.truncated])
def test_a_server_that_gives_ids_has_its_empty_binary_found_again(
    station: Station, fault: Callable[[], Fault]
) -> None:
    with Platform(replace(Behaviour.medplum(), files_searched=True)) as platform:
        filing = Filing(station, platform)
        (resident,) = filing.admit("欧阳淑华")
        rid = filing.write(resident, PDF)
        platform.faults.next(fault(), shells)
        filing.rounds_until_quiet()
        once(filing, PDF)
        assert len(platform.resources("Binary")) == 1
        assert filing.states(rid) == [(1, "acked")]


def test_where_files_cannot_be_searched_an_empty_one_may_stay_behind(station: Station) -> None:
    with Platform(Behaviour.medplum()) as platform:
        filing = Filing(station, platform)
        (resident,) = filing.admit("欧阳淑华")
        platform.faults.next(Fault.lost_after(), shells)
        filing.write(resident, PDF)
        filing.rounds_until_quiet()
        assert sorted(filing.stored()) == [b"", PDF]


def test_how_a_server_takes_files_is_found_once(filing_anywhere: Filing) -> None:
    filing = filing_anywhere
    (resident,) = filing.admit("欧阳淑华")
    filing.write(resident, PDF)
    filing.rounds_until_quiet()
    filing.platform.requests.clear()
    filing.restart()
    filing.write(resident, PNG)
    filing.rounds_until_quiet()
    is_json = filing.platform.behaviour.name == "wso2"
    (put,) = [one for one in filing.platform.requests if puts(one)]
    assert put.headers["content-type"] == ("application/fhir+json" if is_json else "image/png")
    assert "content-encoding" not in put.headers
    forget(filing)
    assert filing.mark("files") is None


def test_what_the_server_made_something_else_of_is_put_aside(filing: Filing) -> None:
    (resident,) = filing.admit("欧阳淑华")
    filing.rounds_until_quiet()
    half = filing.platform.faults.always(Fault.truncated(says_so=True), gets)
    rid = filing.write(resident, PDF)
    done = filing.round()
    assert (done.quarantined, done.error) == (1, "")
    sizes = f"本站 {len(PDF)} 字节，区平台 {len(PDF) // 2} 字节"
    assert filing.words(rid) == f"区平台存下的附件和本站的不一样（{sizes}），不能算已收。请联系区平台。"
    half.stop()
    (line,) = rows(filing.station, "select id from outbox where state = 'quarantined'")
    filing.station.desk.do_now(SendAgain(line[0]))
    filing.platform.requests.clear()
    filing.rounds_until_quiet()
    assert not [one for one in filing.platform.requests if puts(one)]  # it stood there all the time
    once(filing, PDF)


def test_one_wrong_reading_is_no_wrong_file(filing: Filing) -> None:
    (resident,) = filing.admit("欧阳淑华")
    filing.platform.faults.next(Fault.truncated(says_so=True), gets)
    rid = filing.write(resident, PDF)
    filing.rounds_until_quiet()
    assert filing.states(rid) == [(1, "acked")]


def test_a_file_that_is_too_large_there_holds_up_nobody_else(station: Station) -> None:
    with Platform(replace(Behaviour.hapi(), file_limit=20_000)) as platform:
        filing = Filing(station, platform)
        (resident,) = filing.admit("欧阳淑华")
        large = filing.write(resident, b"%PDF-" + bytes(1_200_000))
        small = filing.write(resident, PDF)
        done = filing.round()
        assert (done.quarantined, done.waiting, done.error) == (1, 0, "")
        assert filing.words(large) == "附件太大（1.2 MB），区平台不收。"
        assert filing.states(small) == [(1, "acked")]


def test_where_files_are_not_allowed_everything_else_goes_on(filing: Filing) -> None:
    (resident,) = filing.admit("欧阳淑华")
    barred = filing.platform.faults.always(Fault.status(403), puts)
    rid = filing.write(resident, PDF)
    done = filing.round()
    assert done.error == ""
    assert filing.states(rid) == [(1, "pending")]
    assert "403" in filing.words(rid)
    assert len(filing.there(resident)) == 1
    barred.stop()
    filing.rounds_until_quiet()
    once(filing, PDF)


def test_a_file_of_who_did_not_agree_stays_here(filing: Filing) -> None:
    (resident,) = filing.admit("不同意的人")
    filing.station.desk.do_now(AddEntry(resident, "consent", NO))
    rid = filing.write(resident, PDF)
    assert filing.round().complete
    assert filing.words(rid) == "不上传（未同意）"
    assert filing.stored() == []


def test_a_file_that_is_not_here_is_waited_for(filing: Filing) -> None:
    (resident,) = filing.admit("欧阳淑华")
    rid = filing.write(resident, PDF)
    filing.station.desk.do_now(Act(lambda unit: unit.session.execute(_NO_BLOBS)))
    for _ in range(2):
        done = filing.round()
        assert (done.error, done.due) == ("", None)
    assert filing.words(rid) == "附件不在本机，要等它从区平台取来。"
    filing.write(resident, PDF)
    filing.rounds_until_quiet()
    assert filing.states(rid) == [(1, "acked")]
    once(filing, PDF)


def test_the_cable_is_cut_and_the_program_ends_in_between(filing_anywhere: Filing) -> None:
    filing = filing_anywhere
    (resident,) = filing.admit("欧阳淑华")
    filing.rounds_until_quiet()
    for which in (puts, gets):
        content = PDF + which.__name__.encode()
        filing.platform.faults.next(Fault.lost_after(), which)
        rid = filing.write(resident, content)
        filing.round()
        filing.platform.stop()
        assert filing.round().error
        filing.platform.start()
        filing.restart()
        filing.rounds_until_quiet()
        assert filing.states(rid) == [(1, "acked")]
    assert len(filing.platform.resources("Binary")) == 2


def test_a_platform_that_is_another_one_gets_its_files_anew(filing_anywhere: Filing) -> None:
    filing = filing_anywhere
    (resident,) = filing.admit("欧阳淑华")
    rid = filing.write(resident, PDF)
    filing.rounds_until_quiet()
    filing.platform.empty()
    forget(filing)
    filing.rounds_until_quiet()
    once(filing, PDF)
    assert filing.states(rid) == [(1, "acked")]


def test_to_forget_a_platform_that_has_them_after_all_doubles_nothing(filing_anywhere: Filing) -> None:
    filing = filing_anywhere
    (resident,) = filing.admit("欧阳淑华")
    filing.write(resident, PDF)
    filing.rounds_until_quiet()
    forget(filing)
    filing.platform.requests.clear()
    filing.rounds_until_quiet()
    once(filing, PDF)
    assert not [one for one in filing.platform.requests if puts(one)]
