"""Founding a station: all or nothing, every field checked, the recovery code works."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.access.founding import SetUpForm
from app.compose import Phase, compose
from app.core.clock import SetClock
from app.core.errors import Refusal, Trouble
from app.core.roles import Role
from tests.support.station import CHEAP, MORNING, PASSWORD, Founded, set_up_form


def test_a_new_home_is_empty_then_closed_then_open(tmp_path: Path) -> None:
    station = compose(tmp_path / "home", clock=SetClock(MORNING), cost=CHEAP)
    seen = [station.phase]
    station.set_up(set_up_form())
    seen.append(station.phase)
    assert station.label() == ("康宁养护院", "2号楼护理站")
    came = station.sign_in("0317", PASSWORD)
    seen.append(station.phase)
    assert seen == [Phase.EMPTY, Phase.CLOSED, Phase.OPEN]
    assert came.actor.roles == {Role.HEAD_NURSE}
    assert station.settings.station_number == "01"
    station.close()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"institution_name": " "}, "institution_name"),
        ({"institution_code": "91310000MA1FL00000"}, "institution_code"),
        ({"institution_code": ""}, "institution_code"),
        ({"institution_type": "酒店"}, "institution_type"),
        ({"station_number": "1"}, "station_number"),
        ({"station_number": "00"}, "station_number"),
        ({"administrator_password": "short1"}, "administrator.password"),
        ({"head_nurse_password": "周敏周敏12345a"}, "head_nurse.password"),
        ({"head_nurse": replace(set_up_form().head_nurse, number="0001")}, "head_nurse.number"),
        ({"head_nurse": replace(set_up_form().head_nurse, name="")}, "head_nurse.name"),
    ],
)
def test_each_bad_field_is_named_and_nothing_is_left(
    tmp_path: Path, change: dict[str, object], field: str
) -> None:
    station = compose(tmp_path / "home", clock=SetClock(MORNING), cost=CHEAP)
    form: SetUpForm = replace(set_up_form(), **change)  # type: ignore[arg-type]  # fields come from the table above
    with pytest.raises(Refusal) as refusal:
        station.set_up(form)
    assert refusal.value.field == field
    assert station.phase is Phase.EMPTY
    station.close()


def test_founding_twice_is_refused(home: Path) -> None:
    station = compose(home, clock=SetClock(MORNING), cost=CHEAP)
    with pytest.raises(Trouble, match="已经有一个站点"):
        station.set_up(set_up_form())
    station.close()


def test_half_a_pair_of_files_is_never_taken_for_a_new_station(home: Path) -> None:
    (home / "station" / "keys.json").unlink()
    station = compose(home, clock=SetClock(MORNING), cost=CHEAP)
    with pytest.raises(Trouble, match=r"keys\.json"):
        _ = station.phase
    assert (home / "station" / "station.db").exists()
    station.close()


def test_the_recovery_code_gives_one_person_a_new_password(founded: Founded, home: Path) -> None:
    station = compose(home, clock=SetClock(MORNING), cost=CHEAP)
    spoken = founded.recovery_code.lower().replace("-", " ").replace("0", "o")
    station.recover(spoken, "0317", "Fresh-pass-77")
    station.sign_out()
    with pytest.raises(Refusal):
        station.sign_in("0317", PASSWORD)
    assert station.sign_in("0317", "Fresh-pass-77").actor.name == "周敏"
    station.close()


def test_a_wrong_recovery_code_opens_nothing(home: Path) -> None:
    station = compose(home, clock=SetClock(MORNING), cost=CHEAP)
    with pytest.raises(Refusal, match="恢复码不对"):
        station.recover("0000-0000-0000-0000-0000-0000-0000-0000", "0317", "Fresh-pass-77")
    assert station.phase is Phase.CLOSED
    station.close()


def test_a_home_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with pytest.raises(Trouble, match="不能写入"):
        compose(blocked / "home")
