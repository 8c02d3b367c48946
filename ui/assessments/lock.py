"""Why a form cannot be typed into now, in words, and the act that leads out."""

from __future__ import annotations

from dataclasses import dataclass

from app.assessments.record_queries import AssessmentForm
from app.core.roles import Right
from ui.assessments.phrases import missing_words


@dataclass(frozen=True)
class Lock:
    """Empty words: the form is open. An act without a name: there is no way out."""

    words: str = ""
    act: str = ""


def lock_of(form: AssessmentForm | None, first_signer: str, *, may: bool) -> Lock:
    """Who lacks the right only reads; somebody else's draft can be taken over; a first signature would be voided."""
    if not may:
        return Lock(missing_words(Right.ASSESS))
    if form is not None and form.held_by and not form.mine:
        return Lock(f"草稿由{form.held_by}持有，现在只能看。", "接手")
    if first_signer:
        words = f"{first_signer}已签名，等待第二位评估人员签名。修改内容会使这次签名作废。"
        return Lock(words, "修改内容")
    return Lock()
