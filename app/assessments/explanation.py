"""Why this level: an outcome told in sentences, as the screen, the record and the report show it."""

from __future__ import annotations

from app.assessments.instrument import Instrument
from app.assessments.rules import Outcome


def explain(instrument: Instrument, outcome: Outcome) -> tuple[str, ...]:
    """Sentences from total to final level; empty while there is neither."""
    sentences: list[str] = []
    if outcome.total is not None and outcome.initial is not None:
        initial = instrument.level(outcome.initial)
        sentences.append(f"总分{outcome.total}分（{initial.band}分），初步等级为{initial.words}")
    elif outcome.level is not None:
        sentences.append(f"已评{outcome.answered}/{outcome.items}项，不计总分")
    if outcome.total is not None or outcome.level is not None:
        sentences += [f"{fired.words}；依据：{fired.because}" for fired in outcome.fired]
        sentences += _result(instrument, outcome)
    return tuple(sentences)


def _result(instrument: Instrument, outcome: Outcome) -> list[str]:
    if outcome.level is None:
        fields = "、".join(instrument.fields[code].label for code in outcome.open_fields)
        return [f"最终等级还须填写：{fields}"]
    final = instrument.level(outcome.level)
    raising = [change for change in instrument.changes if change.raises and _fired(outcome, change.code)]
    said: list[str] = []
    if not outcome.set_directly and outcome.initial is not None:
        if len(raising) > 1 and outcome.raised < sum(change.raises for change in raising):
            said.append("以上依据同时成立，只提高一个等级")
        if outcome.raised and outcome.initial + outcome.raised > instrument.levels[-1].number:
            said.append("已是最重的等级，不再提高")
        if not outcome.fired:
            said.append("没有等级变更的依据")
    return [*said, f"最终等级为{final.words}"]


def _fired(outcome: Outcome, code: str) -> bool:
    return any(fired.code == code for fired in outcome.fired)
