"""From resources/rehab/templates/*.toml to templates; a code that points at nothing is refused with file and line."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from app.care.lists import OWN, task_kinds
from app.core.errors import Refusal
from app.core.resources import resource
from app.core.roles import Role
from app.rehab.lists.contraindications import contraindications
from app.rehab.lists.entry import ListEntry, read_list
from app.rehab.lists.items import items, read_often
from app.rehab.lists.measures import measures
from app.rehab.lists.phases import phases
from app.rehab.lists.stops import conditions, stop_rules
from app.rehab.lists.surroundings import aids, places, problems
from app.rehab.lists.template import (
    BY,
    GROUPS,
    Exercise,
    Precaution,
    Template,
    TemplateGoal,
    TemplateItem,
)
from app.rehab.rules.smart import LONG, SHORT
from app.residents.codes import code_list


@cache
def templates() -> Mapping[str, Template]:
    """Every template by code: the elderly's, the children's, palliative care's, each in the order of their numbers."""
    found = [
        read_list(f"templates/{path.stem}", build_template)
        for path in sorted(resource("rehab", "templates").glob("*.toml"))
    ]
    found.sort(key=lambda one: (GROUPS.index(one[1].group), one[0]))
    made = {template.code: template for _, template in found}
    if len(made) < len(found):
        raise Refusal("康复清单 templates：有两个模板的编号相同")
    return made


def templates_for(diagnoses: tuple[str, ...]) -> tuple[Template, ...]:
    """Those that fit diagnoses (ICD-10 codes), in their order."""
    return tuple(
        one for one in templates().values() if one.icd10 and any(d.startswith(one.icd10) for d in diagnoses)
    )


def build_template(top: ListEntry) -> tuple[int, Template]:
    """Its place in the list and the template."""
    named = top.some_of("problems", tuple(problems()))
    template = Template(
        code=top.text("code"),
        words=top.text("words"),
        group=top.one_of("group", GROUPS),
        icd10=top.texts_or_none("icd10"),
        conditions=top.some_of("conditions", tuple(conditions())),
        phase=top.one_of("phase", tuple(phases())),
        problems=named,
        goals=tuple(_goal(entry, named) for entry in top.tables("goal")),
        items=tuple(_item(entry) for entry in top.tables("item")),
        precautions=tuple(_precaution(entry) for entry in top.tables("precaution")),
        exercises=tuple(_exercise(entry) for entry in top.tables("exercise")),
        aids=top.some_of("aids", tuple(aids())),
        measures=top.some_of("measures", tuple(measures())),
        asks=top.some_of("asks", tuple(contraindications())),
        team=top.some_of("team", tuple(role.value for role in Role)),
        education=top.texts("education"),
        limits=_limits(top),
        progress=top.flag("progress", usual=True),
        notice=top.text("notice", ""),
        stages=top.some_of("stages", tuple(one.code for one in code_list("care_stage").entries)),
    )
    _check(top, template)
    return top.number("order", 1, 999), template


def _goal(entry: ListEntry, named: tuple[str, ...]) -> TemplateGoal:
    measure = measures()[entry.one_of("measure", tuple(measures()))]
    read = TemplateGoal(
        term=entry.one_of("term", (LONG, SHORT)),
        problem=entry.one_of("problem", named),
        condition=entry.text("condition"),
        action=entry.text("action"),
        measure=measure.code,
        part=entry.text("part", ""),
        start=entry.decimal_or_none("start"),
        target=entry.decimal_or_none("target"),
        weeks=entry.number("weeks", 1, 52),
    )
    for key, value in (("start", read.start), ("target", read.target)):
        if value is not None and not measure.low <= value <= measure.high:
            entry.refuse(key, f"{measure.words}应在 {measure.low:g}～{measure.high:g} 之间")
    entry.end()
    return read


def _item(entry: ListEntry) -> TemplateItem:
    item = items()[entry.one_of("item", tuple(items()))]
    own = entry.raw("dose") if entry.has("dose") else {}
    if not isinstance(own, Mapping):
        entry.refuse("dose", "应是一个表")
    for field, wrong in item.wrong_dose(own):
        entry.refuse(f"dose.{field}", wrong)
    read = TemplateItem(
        item.code,
        entry.number_or_none("minutes", 1, 240) or item.minutes,
        read_often(entry) if entry.has("often") else item.often,
        entry.text_of("place", places()) or item.place,
        {**item.usual, **own},
        entry.text("note", ""),
        entry.flag("offered"),
    )
    entry.end()
    return read


def _precaution(entry: ListEntry) -> Precaution:
    task = entry.text_of("task", [code for code in task_kinds() if code != OWN])
    read = Precaution(entry.text("words"), entry.flag("nursing") or bool(task), task)
    entry.end()
    return read


def _exercise(entry: ListEntry) -> Exercise:
    read = Exercise(
        entry.text("words"), read_often(entry), entry.some_of("by", tuple(BY)), entry.text("how", "")
    )
    entry.end()
    return read


def _limits(top: ListEntry) -> dict[str, float]:
    """`[limits]`: own limits of stop rules, each one a doctor may choose."""
    if not top.has("limits"):
        return {}
    told = top.table("limits")
    read = {}
    for code in told:
        rule = stop_rules().get(code)
        if rule is None or not rule.choices:
            told.refuse(code, f"没有“{code}”这条可改的停止规则")
        read[code] = told.decimal(code)
        if read[code] not in rule.choices:
            told.refuse(code, f"应是 {'、'.join(f'{one:g}' for one in rule.choices)} 之一")
    return read


def _check(top: ListEntry, template: Template) -> None:
    """Refuse what does not hold together."""
    for key, codes in (
        ("problems", template.problems),
        ("measures", template.measures),
        ("team", template.team),
    ):
        if not codes:
            top.refuse(key, "至少写一项")
    chosen = [one.item for one in template.items]
    if len(set(chosen)) < len(chosen):
        top.refuse("item", "同一个项目写了两次")
    if not (template.goals_of(LONG) and template.goals_of(SHORT)):
        top.refuse("goal", "长期目标和短期目标至少各写一条")
