"""A conflict is decided: what that means is said before it is done."""

from __future__ import annotations

from app.sync.queries import SyncRow
from app.sync.settling import Choice, SettleConflict
from ui.kit import ask_first
from ui.kit.sheet import Sheet
from ui.kit.view import View

TEXTS = {
    True: (
        "采用本站的？",
        (
            "本站登记的内容算数：能接在另一站的步骤后面就接上，不能接上的，另一站的步骤划掉。"
            "另一站同步后看到的也是这样。两份内容都留着，随时可查。"
        ),
        "采用本站的",
    ),
    False: (
        "采用区平台的？",
        (
            "区平台上另一站登记的内容算数，本站这一版不再上传。只因本站登记“已出发”才有的住院会一起撤销，"
            "老人确实不在院内请重新登记。两份内容都留着，随时可查。"
        ),
        "采用区平台的",
    ),
}
BESIDE = (
    "采用本站的？",
    (
        "本站登记的内容算数。接收机构在区平台上的答复与本站的步骤接不上，会被本站的内容改写，请先与对方说清楚。"
        "对方的答复在经过里仍可查。"
    ),
    "采用本站的",
)
DONE = {True: "已采用本站的，马上上传。", False: "已采用区平台的。"}


def ask_settling(view: View, row: SyncRow, choice: Choice, *, ours: bool) -> Sheet | None:
    """Ask first; done once, and said in the notice line. What cannot be is said instead of asked."""
    if not ours and choice.not_theirs:
        view.bench.notice.refused(choice.not_theirs)
        return None
    title, text, act = BESIDE if choice.beside else TEXTS[ours]
    sheet = ask_first(view, title, f"{row.title}\n{row.words}\n\n{text}", act)
    sheet.done_with.connect(lambda *_: settle(view, row, ours=ours))
    return sheet


def settle(view: View, row: SyncRow, *, ours: bool) -> None:
    """Start it; a refusal is shown by the view's errands."""
    if row.record is not None:
        order = SettleConflict(row.kind, row.record, ours)
        view.errands.start("settle", lambda: _settled(view, order))


async def _settled(view: View, order: SettleConflict) -> None:
    await view.errands.do(order)
    view.bench.notice.done(DONE[order.ours])
