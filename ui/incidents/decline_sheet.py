"""Declining a proposed re-assessment: the sheet that asks why, for the list and for the chart."""

from __future__ import annotations

from app.assessments.proposals import Proposal
from app.incidents.form import text, why_fields
from app.incidents.service import DeclineReassessment
from ui.forms.act_sheet import ActSheet, Task
from ui.kit.view import View


def ask_to_decline(view: View, proposal: Proposal) -> ActSheet:
    """The sheet, already open; what was decided stands in the newest of the events."""
    who = f"{proposal.name}　{proposal.bed}　{proposal.number}"
    task = Task(
        "不重新评估",
        f"{who}\n{proposal.why}\n原因会记在最近一次事件里；再有事件时会重新提醒。",
        "不重新评估",
        why_fields("为什么不评估", "如 住院中，出院后再评"),
        lambda values, seen: DeclineReassessment(seen, text(values, "why")),
        proposal.newest,
        f"已记录：{proposal.name}这次不重新评估。",
    )
    sheet = ActSheet(view, task)
    sheet.kept.connect(lambda said, _result: view.bench.notice.done(said))
    sheet.finished.connect(sheet.deleteLater)
    sheet.open()
    return sheet
