"""A reaction that has to be reported: the offer to do so now, with what is known of it filled in."""

from __future__ import annotations

from app.incidents.kinds import catalogue
from app.rehab.queries.session_rows import SessionSheetRow
from ui.kit import ask_first
from ui.kit.view import View


def propose(view: View, sheet: SessionSheetRow, kinds: tuple[str, ...]) -> None:
    """Of several the first; none asks nothing. The record is kept whatever the person answers."""
    kind = next((one for one in kinds if one in catalogue().kinds), None)
    if kind is None:
        return
    name, words = sheet.line.name, catalogue().kind(kind).words
    text = f"{name}训练中出现“{words}”，训练记录已保存。现在上报，类别和经过已带出，核对后补全。"
    values = {"kind": kind, "happened": f"康复训练（{sheet.line.words}）中发生。"}
    params = {"resident": sheet.line.resident, "values": values, "back": ("rehab-session", {})}
    asking = ask_first(view, "需要上报不良事件", text, "现在上报")
    asking.done_with.connect(lambda: view.bench.go("incident-report", params))
