"""Evaluations between their table and the rules: what the lists ask, a row as what it says, and what is kept of it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from app.rehab.lists.contraindications import ALL, Contraindication, asked_at, natures
from app.rehab.lists.disciplines import disciplines
from app.rehab.lists.joints import joints
from app.rehab.lists.phases import occasions, phases
from app.rehab.rules.evaluation import TEXTS, Evaluated, Known, Motion, Problem
from db.models import RehabEvaluation


def asked() -> tuple[Contraindication, ...]:
    """The contraindications that are asked one by one when somebody is evaluated."""
    return tuple(one for one in asked_at("plan") if one.question)


def known_to(today: date) -> Known:
    """What the rules hold an evaluation against."""
    return Known(
        phases=tuple(phases()),
        occasions=tuple(occasions()),
        asked={one.code: one.words for one in asked()},
        joints={one.code: (one.words, one.most) for one in joints().values()},
        today=today,
    )


def columns_of(said: Evaluated) -> dict[str, Any]:
    """As the table keeps it."""
    ranges = [
        {"joint": one.joint, "side": one.side, "active": one.active, "passive": one.passive}
        for one in said.ranges
        if one.active is not None or one.passive is not None
    ]
    texts = {key: words.strip() for key in TEXTS if (words := said.texts.get(key, "")).strip()}
    problems = [
        {"code": one.code, "words": one.words, "kind": one.kind, "note": one.note.strip()}
        for one in said.problems
    ]
    return {
        "stage": said.stage,
        "cause": said.cause,
        "phase": said.phase,
        "evaluated_on": said.evaluated_on,
        "diagnosis": said.diagnosis.strip(),
        "content": {**texts, "condition": said.condition, "ranges": ranges, "denied": sorted(said.denied)},
        "problems": {"all": problems},
        "contraindications": {code: note.strip() for code, note in said.contraindications.items()},
        "measures": {code: str(rid) for code, rid in said.measures.items()},
        "vitals": dict(said.vitals),
    }


def said_in(row: RehabEvaluation) -> Evaluated:
    """What a row says."""
    content = row.content
    return Evaluated(
        stage=row.stage,
        cause=row.cause,
        phase=row.phase,
        evaluated_on=row.evaluated_on,
        diagnosis=row.diagnosis,
        condition=content.get("condition", ""),
        texts={key: content[key] for key in TEXTS if content.get(key)},
        ranges=tuple(
            Motion(one["joint"], one["side"], one["active"], one["passive"])
            for one in content.get("ranges", ())
        ),
        problems=problems_in(row.problems),
        contraindications=dict(row.contraindications),
        denied=tuple(content.get("denied", ())),
        measures={code: UUID(rid) for code, rid in row.measures.items()},
        vitals=dict(row.vitals),
    )


def problems_in(kept: dict[str, Any]) -> tuple[Problem, ...]:
    """Problems as a table keeps them."""
    return tuple(Problem(one["code"], one["words"], one.get("note", "")) for one in kept.get("all", ()))


def effect_words(one: Contraindication) -> str:
    """What it does at a session, as it is said beside the question: `禁：温热、按摩；注意：全部治疗`."""
    parts = [f"{head}：{'、'.join(_marks(of))}" for head, of in (("禁", one.block), ("注意", one.warn)) if of]
    return "；".join((*parts, *((one.advice,) if one.advice else ())))


def _marks(of: frozenset[str]) -> list[str]:
    if ALL in of:
        return ["全部治疗"]
    known = {code: nature.words for code, nature in natures().items()}
    known |= {code: one.words for code, one in disciplines().items()}
    return [words for code, words in known.items() if code in of]
