"""Has the invented incidents of the demo happen: reported, told, reviewed, closed, each on its day."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app.core.resources import resource
from app.demo.days import CAREGIVER, HEAD_NURSE, NURSE, Days
from app.incidents.queries import IncidentOf
from app.incidents.rules import Family, Report, Review
from app.incidents.service import CloseIncident, ReportIncident, ReviewIncident, TellFamily
from app.incidents.taking_out import RetractIncident
from app.residents.queries import Chart
from app.residents.stating import Seen

STEPS = ("reported", "told", "reviewed", "closed")
"""How far a story may come; a retracted one is taken out instead."""
Story = dict[str, Any]


@dataclass
class _Case:
    """One story as it is lived: planned as a whole, so the record is known only once it was reported."""

    days: Days
    story: Story
    at: datetime
    rid: UUID | None = None

    def report(self) -> None:
        story = self.story
        self.days.become(CAREGIVER if story["harm"] == "none" else NURSE)
        said = Report(
            kind=story["kind"],
            at=self.at,
            resident=self._whom,
            place=story["place"],
            happened=story["happened"],
            harm=story["harm"],
            measures=tuple(story["measures"]),
            asked={key: tuple(x) if isinstance(x, list) else x for key, x in story.get("asked", {}).items()},
        )
        self.rid = self.days.station.desk.do_now(ReportIncident(said))

    def tell(self) -> None:
        if self._whom is None:
            return
        self.days.become(NURSE)
        desk = self.days.station.desk
        contacts = desk.ask_now(Chart(self._whom)).contacts
        first = f"{contacts[0].name}（{contacts[0].relation}）" if contacts else "家属"
        told = Family(desk.clock.now(), "电话", first, "林晓燕", "已知晓，表示理解，要求加强看护。")
        desk.do_now(TellFamily(self._seen(), told))

    def review(self) -> None:
        self.days.become(HEAD_NURSE)
        story = self.story
        said = Review(tuple(story["causes"]), story["analysis"], story["remedy"])
        self.days.station.desk.do_now(ReviewIncident(self._seen(), said))

    def close(self) -> None:
        self.days.become(HEAD_NURSE)
        self.days.station.desk.do_now(CloseIncident(self._seen()))

    def retract(self) -> None:
        self.days.become(HEAD_NURSE)
        self.days.station.desk.do_now(RetractIncident(self._seen(), "核实没有发生跌倒"))

    @property
    def _whom(self) -> UUID | None:
        whom: int | None = self.story.get("whom")
        return None if whom is None else self.days.people[whom].rid

    def _seen(self) -> Seen:
        if self.rid is None:
            raise LookupError(self.story["happened"])
        return Seen(self.rid, self.days.station.desk.ask_now(IncidentOf(self.rid)).row.revision)


def mishap(days: Days) -> None:
    """Put every story on its day; it is told the same hour, reviewed the next day and closed the day after."""
    stories = tomllib.loads(resource("demo", "incidents.toml").read_text("utf-8"))["story"]
    for place, story in enumerate(stories):
        if story.get("whom", 0) >= len(days.people):
            continue
        back = max(1, round(story["share"] * days.count))
        moment = days.moment(back, story["hour"], (place * 17) % 60)
        case = _Case(days, story, moment)
        days.at(moment + timedelta(minutes=25), case.report)
        if story["until"] == "retracted":
            days.at(moment + timedelta(hours=3), case.retract)
            continue
        steps = (
            (moment + timedelta(minutes=45), case.tell),
            (days.moment(back - 1, 10, place), case.review),
            (days.moment(back - 2, 15, 30 + place), case.close),
        )
        for when, step in steps[: STEPS.index(story["until"])]:
            days.at(when, step)
