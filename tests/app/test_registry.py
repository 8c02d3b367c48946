"""What waits for the platform is told by kind, in people's words."""

from __future__ import annotations

from app.compose import Station
from app.registry import Waiting
from app.residents.service import CreateResident
from tests.app.residents.test_chart import OUYANG


def test_a_new_resident_waits_with_place_stay_and_statements(station: Station) -> None:
    before = {one.title: one.count for one in station.desk.ask_now(Waiting())}
    station.desk.do_now(CreateResident(OUYANG))
    after = {one.title: one.count for one in station.desk.ask_now(Waiting())}
    new = {title: count - before.get(title, 0) for title, count in after.items()}
    assert new == {"人员": 0, "床位与房间": 4, "老人档案": 1, "入住": 1, "联系人": 1, "过敏": 1, "诊断": 2}
