"""Sessions nobody has ended wait in the list of work: going on since an earlier day, stopped without their form."""

from __future__ import annotations

from datetime import timedelta

from app.rehab.queries.work import OPEN, RehabWork, WorkRow
from app.rehab.training import Before, BeginSession, EndSession, SessionForm, StopSession
from tests.app.rehab.house import DAY, Gym


def waiting(gym: Gym) -> list[WorkRow]:
    return [one for one in gym.ask(RehabWork()).rows if one.what == OPEN]


def begun(gym: Gym) -> None:
    gym.plan()
    gym.put(9)
    gym.do(BeginSession(gym.key(), Before(despite="血压计坏了，老人无不适")))


def test_one_that_goes_on_since_yesterday_waits(gym: Gym) -> None:
    begun(gym)
    key = gym.key()
    assert waiting(gym) == []
    gym.put(8, day=DAY + timedelta(days=1))
    (row,) = waiting(gym)
    assert (row.name, row.told, row.on, row.session) == ("李桂兰", "09:00 开始，还没有结束", DAY, key)


def test_one_that_was_stopped_waits_for_its_form(gym: Gym) -> None:
    begun(gym)
    key = gym.key()
    gym.put(9, 20)
    gym.do(StopSession(key, words="头晕"))
    (row,) = waiting(gym)
    assert row.told == "09:20 中止，记录还没有填写"
    gym.do(EndSession(key, SessionForm()))
    assert waiting(gym) == []
