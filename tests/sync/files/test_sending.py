"""Files go to the platform before what names them, are read back, and are never there twice."""

from __future__ import annotations

from tests.sync.files.papers import PDF, PNG, Filing, gets, puts


def test_a_note_and_its_files_come_there_once(filing_anywhere: Filing) -> None:
    filing = filing_anywhere
    (resident,) = filing.admit("欧阳淑华")
    rid = filing.write(resident, PDF, PNG)
    done = filing.rounds_until_quiet()
    assert (done.quarantined, done.complete) == (0, True)
    assert sorted(filing.stored()) == sorted([PDF, PNG])
    assert [url.partition("/")[0] for url in filing.urls(rid)] == ["Binary", "Binary"]
    assert filing.states(rid) == [(1, "acked")]
    assert filing.platform.complaints == []
    filing.platform.requests.clear()
    filing.restart()
    assert filing.round().sent == 0
    assert not [one for one in filing.platform.requests if puts(one) or gets(one)]
