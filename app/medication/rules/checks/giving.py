"""How a medicine is given: whole ones and a tube, controlled ones and their days, skin tests, unknown kidneys."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.medication.rules.checks.book import Book, Control
from app.medication.rules.checks.finding import INGREDIENT, Finding, Severity
from app.medication.rules.checks.medicine import Medicine, named
from app.medication.rules.checks.patient import Patient
from app.medication.rules.checks.rule import Ward, kidney_waits

TUBE = "ng"
BY_MOUTH = ("po", "")


def ways(book: Book, patient: Patient, medicines: Sequence[Medicine]) -> Iterator[Finding]:
    for one in medicines:
        if one.runs:
            yield from _whole(book, patient, one)
            yield from _days(book, one)
            yield from _tested(book, patient, one)


def unknown_kidneys(book: Book, here: Ward) -> Iterator[Finding]:
    """One line for a medicine whose rules wait for a kidney value."""
    said: dict[str, tuple[Medicine, Severity]] = {}
    for rule in book.rules:
        for one in kidney_waits(rule, here):
            grave = Severity.MODERATE if rule.severity >= Severity.SEVERE else Severity.MINOR
            _, before = said.get(one.key, (one, grave))
            said[one.key] = (one, max(before, grave))
    for one, severity in said.values():
        title, words = f"{one.name} · 肾功能不详", "本药按肾功能调整，请查肌酐或 eGFR"
        about = named((one,))
        yield Finding(
            "kidney-unknown", "kidney", severity, title, words, *about, book.kidney_unknown, INGREDIENT
        )


def _whole(book: Book, patient: Patient, one: Medicine) -> Iterator[Finding]:
    """A tablet that must not be crushed, and a way or a person it cannot go down whole."""
    if not one.drug.whole:
        return
    rules = book.swallowing
    if one.route == TUBE:
        said, severity = ("鼻饲", "本剂型须整片吞服，不可研碎，请换剂型"), rules.tube
    elif one.route not in BY_MOUTH:
        return
    elif patient.tube:
        said, severity = ("有鼻饲管", "本剂型不可研碎，请确认能否口服，或换剂型"), rules.fed
    elif patient.texture in rules.textures or patient.risks & rules.risks:
        said, severity = ("吞咽困难", "本剂型须整片吞服，请确认能否吞下"), rules.texture
    else:
        return
    title = f"{one.name} · {said[0]}"
    yield Finding(
        "whole", "contraindication", severity, title, said[1], *named((one,)), rules.source, topic="whole"
    )


def _days(book: Book, one: Medicine) -> Iterator[Finding]:
    """A controlled medicine ordered for longer than a prescription of it may be."""
    rule = next((control for control in book.controls if _fits(control, one)), None)
    if rule is None or (not one.open_end and (one.course_days or 0) <= rule.days):
        return
    said = "未写疗程" if one.open_end else f"{one.course_days} 天"
    title = f"{one.name} · {said}"
    most = "只用一次常用量" if rule.days == 1 else f"一般不超过 {rule.days} 日用量"
    words = f"{_CONTROLS.get(rule.control, rule.control)}{most}，延长须写明理由"
    yield Finding(
        f"control-{rule.control}", "control", rule.severity, title, words, *named((one,)), rule.source
    )


def _fits(rule: Control, one: Medicine) -> bool:
    if one.drug.control != rule.control or (rule.injectable and not one.drug.injectable):
        return False
    return not rule.forms or any(form in one.drug.form for form in rule.forms)


def _tested(book: Book, patient: Patient, one: Medicine) -> Iterator[Finding]:
    """A skin test that is still to be made; a positive one counts as an allergy."""
    result = patient.tested.get(one.drug.code, "none")
    if not one.drug.skin_test or result in ("negative", "positive"):
        return
    severity, source = book.skin_test
    words = "皮试结果还没有判读" if result == "" else "用前做皮试，阴性方可用；停药后再用、换批号重做"
    yield Finding("skin-test", "skin-test", severity, f"{one.name} · 皮试", words, *named((one,)), source)


_CONTROLS = {"麻": "麻醉药品", "精一": "第一类精神药品", "精二": "第二类精神药品", "毒": "毒性药品"}
