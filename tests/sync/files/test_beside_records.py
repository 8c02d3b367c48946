"""Files stand behind the records: they hold nobody up, and a restore or another station sends none twice."""

from __future__ import annotations

import asyncio
import shutil
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.compose import Station
from app.core.clock import SetClock
from app.journals import CorrectEntry
from app.residents.stating import Seen
from app.sync.access import Access
from app.sync.push import files, pace
from app.sync.wire import Wire
from tests.support.acts import NoteAllergy, rows
from tests.support.platform import COLUMNS, Behaviour, Fault, Platform
from tests.support.platform.binary import STORAGE
from tests.support.platform.samples import client
from tests.support.station import open_station
from tests.sync.files.papers import PDF, PNG, Filing, puts, shells
from tests.sync.pull.test_restored import mark_restored
from tests.sync.test_wire import run


def opened(home: Path, platform: Platform, minutes: int = 0) -> Filing:
    station = open_station(home)
    assert isinstance(station.clock, SetClock)
    station.clock.forward(timedelta(minutes=minutes))
    return Filing(station, platform)


def test_everything_else_goes_before_the_first_file_and_beside_it(filing: Filing) -> None:
    first, other = filing.admit("欧阳淑华", "王建国")
    note = filing.write(first, PDF)
    allergy = filing.station.desk.do_now(NoteAllergy(other, "青霉素"))
    waits, answered = threading.Event(), threading.Event()
    filing.platform.on_answer = lambda *_: answered.set()
    planned = filing.platform.faults.next(Fault.late(until=waits), puts)
    done: list[Any] = []
    going = threading.Thread(target=lambda: done.append(filing.round()))
    going.start()
    try:
        assert planned.met.wait(30)
        assert filing.states(allergy) == [(1, "acked")]
        assert filing.states(note) == [(1, "pending")]
        assert filing.words(note) == "等附件先上传。"
        later = filing.station.desk.do_now(NoteAllergy(first, "花生"))
        filing.rounds.pace.called = True  # as the engine does at every act
        for _ in range(600):
            if filing.states(later) == [(1, "acked")]:
                break
            answered.wait(0.05)
        assert filing.states(later) == [(1, "acked")]
        assert filing.states(note) == [(1, "pending")]
    finally:
        waits.set()
        going.join(20)
    assert done[0].complete
    assert filing.states(note) == [(1, "acked")]


@pytest.mark.parametrize("why", ["pressed", "due"])
@pytest.mark.parametrize("arrives", ["at once", "late"])
def test_a_slow_file_holds_up_no_pull(
    filing_anywhere: Filing, second: Station, monkeypatch: pytest.MonkeyPatch, why: str, arrives: str
) -> None:
    filing, other = filing_anywhere, Filing(second, filing_anywhere.platform)
    monkeypatch.setattr(pace, "PATIENT", 0.3)
    filing.restart()
    (resident,) = filing.admit("欧阳淑华")
    filing.rounds_until_quiet()
    other.rounds_until_quiet()
    second.desk.do_now(NoteAllergy(resident, "青霉素"))
    other.rounds_until_quiet()
    note = filing.write(resident, PDF)
    waits = threading.Event()
    planned = filing.platform.faults.next(Fault.late(until=waits, committed=arrives == "at once"), puts)
    done: list[Any] = []
    going = threading.Thread(target=lambda: done.append(filing.round()))
    going.start()
    try:
        assert planned.met.wait(30)
        assert rows(filing.station, "select count(*) from allergy") == [(1,)]  # it came before the file
        if why == "pressed":
            filing.rounds.pace.pressed = True
        else:
            filing.rounds.pace.pull_at = 0.0
        going.join(30)
        assert (done[0].error, done[0].waiting, done[0].complete) == ("", 1, False)
        assert filing.words(note) == "等附件先上传。"
        filing.rounds.pace.pressed = False
    finally:
        waits.set()
        going.join(30)
    filing.rounds_until_quiet()
    assert filing.states(note) == [(1, "acked")]
    assert filing.stored() == [PDF]


def test_a_file_that_gave_way_has_more_time_then(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "PATIENT", 0.1)
    monkeypatch.setattr(pace, "WATCH", 0.05)

    async def work() -> list[float | None]:
        due = pace.Pace()
        due.pull_at = 0.0
        return [await due.giving_way(asyncio.sleep(0.5, result=1.0)) for _ in range(5)]

    found = run(work())
    assert found[0] is None
    assert 1.0 in found


def test_the_rest_of_many_files_goes_soon(filing: Filing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LONGEST", -1.0)
    (resident,) = filing.admit("欧阳淑华")
    note = filing.write(resident, PDF)
    done = filing.round(pulls=False)
    assert (done.waiting, done.error, done.complete) == (1, "", False)
    assert done.due is not None
    monkeypatch.undo()
    filing.rounds_until_quiet()
    assert filing.states(note) == [(1, "acked")]


def test_a_corrected_note_takes_its_file_along(filing_anywhere: Filing) -> None:
    filing = filing_anywhere
    (resident,) = filing.admit("欧阳淑华")
    rid = filing.write(resident, PDF)
    filing.rounds_until_quiet()
    filing.platform.requests.clear()
    said = {"kind": "general", "text": "见两个附件。"}
    filing.station.desk.do_now(CorrectEntry(Seen(rid, 1), said, "补充"))
    filing.rounds_until_quiet()
    assert not [one for one in filing.platform.requests if puts(one)]
    before = filing.urls(rid)
    filing.write(resident, PNG)
    filing.papers.files[rid] = (PDF, PNG)
    filing.station.desk.do_now(CorrectEntry(Seen(rid, 2), said | {"text": "见附件二。"}, "补充"))
    done = filing.rounds_until_quiet()
    assert (done.conflicts, done.quarantined) == (0, 0)
    assert filing.urls(rid)[:1] == before
    assert sorted(filing.stored()) == sorted([PDF, PNG])


@pytest.mark.parametrize("column", COLUMNS)
def test_a_restored_station_sends_no_file_that_is_there(home: Path, tmp_path: Path, column: str) -> None:
    with Platform(Behaviour.named(column)) as platform:
        before = opened(home, platform)
        (resident,) = before.admit("欧阳淑华")
        before.rounds_until_quiet()
        rid = before.write(resident, PDF)
        before.station.close()
        backup = shutil.copytree(home, tmp_path / "restored")
        lost = opened(home, platform, 5)
        lost.papers.files[rid] = (PDF,)
        lost.rounds_until_quiet()
        lost.station.close()
        restored = opened(backup, platform, 10)
        restored.papers.files[rid] = (PDF,)
        mark_restored(restored)
        platform.requests.clear()
        try:
            done = restored.rounds_until_quiet()
            assert (done.conflicts, done.quarantined) == (0, 0)
            assert not [one for one in platform.requests if puts(one) or shells(one)]
            assert restored.states(rid) == [(1, "acked")]
            assert len(restored.stored()) == 1
        finally:
            restored.station.close()


def test_ours_and_theirs_of_the_same_address(station: Station) -> None:
    """Where a url leads, seen from the base; nothing of it is asked for."""
    with Platform() as platform:
        wire = Wire(Access(platform.address))
        host = platform.address.removesuffix("/fhir")
        for url, below in (
            ("Binary/7", "Binary/7"),
            (f"{platform.address}/Binary/7", "Binary/7"),
            ("/fhir/Binary/7", "Binary/7"),
            (f"{host}/fhirx/Binary/7", None),
            ("../admin", None),
            ("https://elsewhere.example/fhir/Binary/7", None),
            (platform.address.replace("http://", "http://elsewhere@"), None),
        ):
            assert wire.below(url) == below, url
        run(wire.close())
    assert rows(station, "select count(*) from remote_file") == [(0,)]


def test_signed_addresses_are_plain_ones_to_whoever_reads() -> None:
    with Platform(Behaviour.medplum()) as platform, client(platform) as http:
        file = http.post("/Binary", content=PDF, headers={"content-type": "application/pdf"}).json()["id"]
        body = platform.create({
            "resourceType": "DocumentReference", "status": "current",
            "content": [{"attachment": {"url": f"Binary/{file}"}}, {"attachment": {"url": "https://a.example/x?Signature=1"}}],
        })  # fmt: skip
        assert STORAGE in http.get(f"/DocumentReference/{body['id']}").text

        async def work() -> dict[str, Any]:
            wire = Wire(Access(platform.address))
            try:
                return (await wire.ask(f"DocumentReference/{body['id']}")).body or {}
            finally:
                await wire.close()

        urls = [one["attachment"]["url"] for one in run(work())["content"]]
    assert urls == [f"Binary/{file}", "https://a.example/x?Signature=1"]


def test_a_file_takes_its_time_and_says_nothing_of_the_latency(station: Station) -> None:
    with Platform() as platform:

        async def work() -> int | None:
            wire = Wire(Access(platform.address), timeout=httpx.Timeout(0.2))
            try:
                platform.faults.next(Fault.late(0.5), puts)
                answer = await wire.put("Binary/file-1", PDF, {"content-type": "application/pdf"})
                assert answer.status == 201
                return wire.latency_ms
            finally:
                await wire.close()

        assert run(work()) is None
