"""The acts on one incident as tasks of the sheet: which form each shows, and which order its values make."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from app.core.errors import Refusal
from app.core.form import Choice, Value
from app.incidents.form import (
    family_fields,
    moment_values,
    move_fields,
    read_family,
    read_reason,
    read_report,
    read_review,
    report_fields,
    report_values,
    review_fields,
    text,
    why_fields,
)
from app.incidents.kinds import catalogue
from app.incidents.queries import IncidentWhole, Somebody, find
from app.incidents.rules import Report
from app.incidents.service import CorrectIncident, ReopenIncident, ReviewIncident, TellFamily
from app.incidents.taking_out import MoveIncident, RetractIncident
from app.residents.stating import Seen
from ui.forms.act_sheet import Task
from ui.incidents.signs import about, kind_words, when


class Tasks:
    """Makes the tasks of an incident as it stands; `zone`, `now` and who is at the desk come from the view."""

    def __init__(self, whole: IncidentWhole, zone: str, now: datetime, today: date) -> None:
        self.whole, self.zone, self.now, self.today = whole, zone, now, today
        row = whole.row
        self.seen = Seen(row.rid, row.revision)
        self.which = f"{row.number}　{kind_words(row.kind)}　{about(row)}　{when(zone, row.at, now)}"

    def correct(self) -> Task:
        """Complete or correct the report: one form, since what was missing and what was wrong look alike later."""
        row = self.whole.row
        return Task(
            "补充或更正",
            self.which,
            "保存",
            report_fields(row.kind, self.today, None, correcting=True),
            lambda values, seen: CorrectIncident(
                seen, read_report(values, self.zone, row.resident), read_reason(values)
            ),
            self.seen,
            "已保存，原来的内容可在“处理经过”查看。",
            {**report_values(self.report(), self.zone), "reason": "补充"},
        )

    def tell(self, relatives: tuple[str, ...], by: str) -> Task:
        told = self.whole.content.get("family")
        values: dict[str, Value] = {**moment_values(self.zone, self.now), "by": by}
        if relatives:
            values["whom"] = relatives[0]
        if told:
            at = datetime.fromisoformat(told["at"])
            values = {
                **moment_values(self.zone, at),
                **{key: told[key] for key in ("way", "whom", "by", "answer")},
            }
        return Task(
            "告知家属",
            self.which,
            "保存",
            family_fields(self.today, relatives),
            lambda values, seen: TellFamily(seen, read_family(values, self.zone)),
            self.seen,
            "已记录告知家属。",
            values,
        )

    def review(self) -> Task:
        said = self.whole.content.get("review")
        values: dict[str, Value] = {}
        if said:
            values = {
                "causes": tuple(said["causes"]),
                "analysis": said["analysis"],
                "measures": said["measures"],
            }
        return Task(
            "审核",
            self.which,
            "完成审核",
            review_fields(),
            lambda values, seen: ReviewIncident(seen, read_review(values)),
            self.seen,
            "已审核。",
            values,
        )

    def reopen(self) -> Task:
        return Task(
            "重新打开",
            self.which,
            "重新打开",
            why_fields("为什么重新打开", "如 家属提出异议"),
            lambda values, seen: ReopenIncident(seen, text(values, "why")),
            self.seen,
            "已重新打开，状态回到待结案。",
        )

    def retract(self) -> Task:
        return Task(
            "作废这起事件",
            f"{self.which}\n作废后不再计入统计和评估，内容仍可查看。",
            "作废",
            why_fields("为什么作废", "如 重复上报、核实没有发生"),
            lambda values, seen: RetractIncident(seen, text(values, "why")),
            self.seen,
            "已作废。",
            grave=True,
        )

    def move(self, people: tuple[Somebody, ...]) -> Task:
        return Task(
            "记错人",
            f"{self.which}\n这里的作废，同样的内容报到另一位老人；告知家属和审核要重新做。",
            "改报",
            move_fields(lambda typed: offers(people, typed)),
            lambda values, seen: MoveIncident(
                seen,
                whose(people, text(values, "resident"), required=True) or seen.rid,
                text(values, "why"),
            ),
            self.seen,
            "已改报，原来的一起已作废。",
        )

    def report(self) -> Report:
        """What the report says now."""
        row, content = self.whole.row, self.whole.content
        asked = {
            key: tuple(said) if isinstance(said, list) else said for key, said in content["asked"].items()
        }
        return Report(
            row.kind,
            row.at,
            row.resident,
            row.place,
            row.happened,
            row.harm,
            tuple(content["measures"]),
            content["done"],
            asked,
        )


def offers(people: tuple[Somebody, ...], typed: str) -> tuple[Choice, ...]:
    """Residents a typed text may mean."""
    return tuple(Choice(one.label, one.label) for one in find(people, typed))


def whose(people: tuple[Somebody, ...], label: str, *, required: bool) -> UUID | None:
    """Who a label names; refuses words that are nobody's label, and none where somebody is needed."""
    if not label:
        if required:
            raise Refusal("请选择老人。", field="resident")
        return None
    found = [one for one in people if one.label == label]
    found = found or [one for one in find(people, label) if one.label.split(" ")[0] == label]
    if len(found) != 1:
        raise Refusal("请从列表选择老人：输入姓名、拼音首字母或床位，再按 ↓ 和 Enter。", field="resident")
    return found[0].rid


def person_needed(values: Mapping[str, Value]) -> bool:
    """Whether the chosen kind concerns one resident."""
    kind = catalogue().kinds.get(text(values, "kind"))
    return kind is None or kind.person
