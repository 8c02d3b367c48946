"""The lists of rehab: every file is read, what it says holds together, and a bad one is refused with file and line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import FrozenInstanceError

import pytest

from app.assessments.instruments.read import shipped
from app.core.errors import Refusal
from app.core.resources import resource
from app.core.roles import Role
from app.incidents.kinds import catalogue
from app.rehab.lists import (
    about,
    aids,
    asked_at,
    attendances,
    contraindications,
    disciplines,
    dose_fields,
    dose_words,
    find_aids,
    find_items,
    find_problems,
    instrument_codes,
    items,
    items_of,
    measures,
    natures,
    occasion_of_incident,
    occasions,
    phases,
    phrases,
    places,
    problems,
    reactions,
    reasons_of,
    scales,
    stop_rules,
    templates,
)
from app.rehab.lists.attendance import build_attendance
from app.rehab.lists.contraindications import build_contraindications
from app.rehab.lists.disciplines import build_disciplines
from app.rehab.lists.dose import build_dose_fields, build_scales
from app.rehab.lists.entry import ListEntry, parse_list
from app.rehab.lists.items import build_items
from app.rehab.lists.measures import build_measures
from app.rehab.lists.phases import build_phases
from app.rehab.lists.stops import build_stops
from app.rehab.lists.surroundings import build_aids, build_places, build_problems
from app.rehab.lists.templates import build_template

OTHERS = {"day", "joints", "plain", "skin"}
"""Files with readers and tests of their own."""
BUILDERS: dict[str, Callable[[ListEntry], object]] = {
    "disciplines": build_disciplines,
    "dose": build_dose_fields,
    "stages": build_scales,
    "items": build_items,
    "contraindications": build_contraindications,
    "stop_rules": build_stops,
    "attendance": build_attendance,
    "phases": build_phases,
    "problems": build_problems,
    "aids": build_aids,
    "places": build_places,
    "measures": build_measures,
    "templates/stroke": build_template,
}


def text_of(name: str) -> str:
    return resource("rehab", f"{name}.toml").read_text(encoding="utf-8")


def refused(name: str, old: str, new: str) -> str:
    """What is said of a file in which one text stands instead of another."""
    text = text_of(name)
    assert old in text, old
    with pytest.raises(Refusal) as told:
        parse_list(f"{name}.toml", text.replace(old, new, 1), BUILDERS[name])
    return told.value.text


def test_every_file_is_read_and_says_where_it_is_from() -> None:
    files = {path.stem for path in resource("rehab").glob("*.toml")}
    assert files - OTHERS == {name for name in BUILDERS if "/" not in name}
    for name in (*files, *(f"templates/{code}" for code in templates())):
        told = about(name)
        assert told.title, name
        assert told.source, name
    assert any("120–130" in one for one in about("stop_rules").uncertain)


def test_disciplines_have_the_four_colours_of_the_week() -> None:
    assert list(disciplines()) == [
        "pt", "ot", "st", "swallow", "tcm", "adl", "cognitive", "respiratory", "child", "parent", "group",
    ]  # fmt: skip
    tones = {one.code: one.tone for one in disciplines().values()}
    assert (tones["pt"], tones["ot"], tones["st"], tones["tcm"]) == ("info", "violet", "warn", "ok")
    legends: dict[str, set[str]] = {}
    for one in disciplines().values():
        legends.setdefault(one.legend, set()).add(one.tone)
    assert all(len(found) == 1 for found in legends.values())
    assert disciplines()["tcm"].held_by(frozenset({Role.DOCTOR}), "医师")
    assert not disciplines()["pt"].held_by(frozenset({Role.NURSE}), "护士")
    assert not disciplines()["pt"].held_by(frozenset({Role.THERAPIST}), "社工")
    with pytest.raises(FrozenInstanceError):
        disciplines()["pt"].words = "别的"  # type: ignore[misc]  # it is frozen, which is the point


def test_every_discipline_has_items_and_every_item_its_words() -> None:
    assert len(items()) >= 90
    for discipline in disciplines():
        assert items_of(discipline), discipline
    for one in items().values():
        assert one.purpose, one.code
        assert one.phrases, one.code
        assert not one.wrong_dose(one.usual), one.code
        assert len(one.words) <= 20, one.words
    words = [one.words for one in items().values()]
    assert len(set(words)) == len(words)


def test_items_are_found_by_chinese_pinyin_initials_and_other_names() -> None:
    for typed, code in (
        ("坐站", "sit_stand"),
        ("zuozhan", "sit_stand"),
        ("zzzy", "sit_stand"),
        ("万能袖带", "cuff_feeding"),
        ("bdj", "baduanjin"),
        ("FES", "fes"),
        ("斜床", "tilt_table"),
        ("tuina", "tuina"),
        ("ROM", "passive_rom"),
    ):
        assert code in [one.code for one in find_items(typed)], typed
    assert find_items("坐站转移训练")[0].code == "sit_stand"
    assert [one.code for one in find_problems("d420")] == ["d420"]
    assert "b510" in [one.code for one in find_problems("吞咽")]
    assert [one.code for one in find_aids("wnxt")] == ["cuff"]
    assert find_items("没有的项目") == ()


def test_heat_is_refused_without_feeling_and_looked_after() -> None:
    heat = [one for one in items().values() if "heat" in one.natures]
    assert {"moxa", "fumigation", "warm_needling", "hot_pack", "wax", "herbal_compress", "infrared"} == {
        one.code for one in heat
    }
    for one in heat:
        assert one.skin_check, one.code
        assert one.below_level[0] == "block", one.code
        assert one.below_level[1], one.code
        assert ("sensory_loss", "block") in {(found.code, effect) for found, effect in one.contraindicated}, (
            one.code
        )
    assert items()["acupuncture"].below_level[0] == "warn"
    assert items()["cupping"].below_level[0] == "block"
    assert items()["orientation"].below_level == ("", "")


def test_a_temperature_stands_within_its_limits() -> None:
    moxa = items()["moxa"]
    assert moxa.temperature == (38, 45)
    assert moxa.wrong_dose({"temperature_c": 45, "method": "温和灸", "points": ["足三里"]}) == ()
    assert moxa.wrong_dose({"temperature_c": 45.5}) == (("temperature_c", "“艾灸”的温度应在 38～45 ℃"),)
    assert dict(moxa.wrong_dose({"method": "烧山火"})) == {"method": "手法没有“烧山火”这一项"}
    assert dict(moxa.wrong_dose({"points": ["足三里", "天上"]})) == {"points": "穴位没有“天上”这一项"}
    assert dict(moxa.wrong_dose({"sets": 3})) == {"sets": "“艾灸”不记这一项"}


def test_a_dose_is_bounded_and_said_in_one_line() -> None:
    field = dose_fields()["angle_deg"]
    assert field.wrong(180) == ""
    assert field.wrong(181) == "角度应在 0～180 °之间"
    assert field.wrong("30") == "角度应是数字"
    assert dose_fields()["assist"].wrong("min") == ""
    assert dose_fields()["assist"].wrong("少量") == "辅助量没有“少量”这一项"
    assert dose_fields()["texture"].wrong("4") == ""
    assert dose_words({"assist": "min", "reps": 5, "sets": 3}) == "3 组 × 5 次 · 轻扶"
    assert dose_words({"points": ["肩髃", "曲池"], "method": "补法"}) == "肩髃、曲池 · 补法"
    assert dose_words({"angle_deg": 30, "hold_s": 600}) == "保持 600 秒 · 30°"


@pytest.mark.parametrize(
    ("held", "blocked", "warned", "free"),
    [
        ("dvt", ("pneumatic", "tuina"), ("sit_stand", "orientation", "drainage"), ()),
        (
            "pacemaker",
            ("shortwave", "interferential", "fes", "electro_acupuncture"),
            ("acupuncture",),
            ("cycling",),
        ),
        ("metal", ("shortwave", "interferential"), ("fes",), ("acupuncture",)),
        ("unstable_angina", ("resist_training", "lung_walk", "stairs"), ("orientation",), ()),
        ("fracture", ("gait_aid", "resist_training", "drainage"), ("passive_rom",), ("orientation",)),
        ("spine_unstable", ("tilt_table", "shaker", "bridging"), ("dressing",), ("pursed_lip",)),
        ("fragility", ("cupping", "drainage"), ("resist_training",), ("orientation",)),
        ("epilepsy", ("fes", "hydro"), ("cycling",), ("aphasia",)),
        ("bleeding", ("moxa", "tuina", "drainage"), ("aphasia",), ()),
        ("tumour", ("shortwave", "tuina"), ("acupuncture",), ("gait_aid",)),
        ("sensory_loss", ("moxa", "fumigation"), ("acupuncture",), ("gait_aid",)),
        ("skin_broken", ("patch", "acupuncture", "hydro"), (), ("gait_aid",)),
        ("tb", ("group_exercise", "moxa"), ("sit_stand",), ()),
        ("fever", ("sit_stand", "orientation", "acupuncture"), (), ()),
        ("not_alert", ("direct_feeding", "ice"), ("tilt_table",), ("passive_rom",)),
    ],
)
def test_what_a_contraindication_does(
    held: str, blocked: tuple[str, ...], warned: tuple[str, ...], free: tuple[str, ...]
) -> None:
    one = contraindications()[held]
    for codes, effect in ((blocked, "block"), (warned, "warn"), (free, "")):
        for code in codes:
            assert items()[code].effect_of(one) == effect, code


def test_how_a_contraindication_is_known() -> None:
    by_rule = {one.code: stop_rules()[one.rule] for one in contraindications().values() if one.rule}
    assert {code: (rule.op, rule.value) for code, rule in by_rule.items()} == {
        "fever": (">=", 38.0),
        "bp_high": (">", 180),
        "bp_low": ("<", 90),
        "tachycardia": (">", 120),
        "hypoxia": ("<", 88),
    }
    assert all(rule.before == "refuse" for rule in by_rule.values())
    assert {"dvt", "unstable_angina", "epilepsy", "bleeding"} <= {one.code for one in asked_at("session")}
    assert "pacemaker" in {one.code for one in asked_at("plan")}
    assert all(one.question.endswith("？") for one in contraindications().values() if one.question)
    assert all(one.words for one in natures().values())


def test_attendance_has_digits_reasons_and_tasks() -> None:
    assert [(one.number, one.words) for one in attendances().values()] == [
        (1, "完成"),
        (2, "部分"),
        (3, "拒绝"),
        (4, "缺席"),
        (5, "因病暂停"),
    ]
    assert {one.code for one in attendances().values() if one.held} == {"done", "partly"}
    assert {one.code for one in attendances().values() if one.task} == {"refused", "absent", "sick"}
    for one in attendances().values():
        assert bool(reasons_of(one.code)) is one.why, one.code
    assert phrases("pt", "o")[0] == "坐位平衡 2 级"
    assert phrases("group", "p")[-1] == "下次复评"
    assert all(phrases(code, part) for code in disciplines() for part in "soap")


def test_reactions_name_the_incident_they_are() -> None:
    proposed = {one.code: one.incident for one in reactions().values() if one.incident}
    assert proposed["fall"] == "fall"
    assert proposed["burn"] == "scald"
    assert set(proposed.values()) <= set(catalogue().kinds)
    assert not reactions()["dizzy"].incident


def test_phases_say_when_a_plan_is_reviewed() -> None:
    days = {one.code: (one.least_days, one.review_days, one.most_days) for one in phases().values()}
    assert days == {
        "acute": (7, 7, 14),
        "subacute": (7, 7, 14),
        "recovery": (14, 14, 28),
        "maintenance": (28, 28, 84),
    }
    assert set(occasions()) == {"fall", "hospital_return", "transfer", "change"}
    assert occasions()["change"].percent == 20
    found = occasion_of_incident("bed_fall")
    assert found is not None
    assert found.code == "fall"
    assert occasion_of_incident("complaint") is None


def test_surroundings_and_scales_are_there() -> None:
    assert len(problems()) >= 80
    assert {one.component for one in problems().values()} == {"b", "s", "d", "e"}
    assert {"hall", "bedside", "dining", "outdoor"} <= set(places())
    assert {"wheelchair", "walker", "cuff", "afo"} <= set(aids())
    assert scales()["weight_bearing"].step_words("ttwb") == "足尖点地（TTWB）"
    assert [code for code, _ in scales()["goal"].steps] == ["-2", "-1", "0", "1", "2"]


def test_every_measure_points_at_an_instrument() -> None:
    shelf = shipped()
    for code in instrument_codes():
        assert code in shelf, code
        mine, its = measures()[code], shelf[code]
        assert mine.direction == its.direction, code
        if its.measured is not None:
            quantity = its.measured.quantity
            said = (mine.unit, mine.low, mine.high, mine.decimals)
            assert said == (quantity.unit, quantity.least, quantity.most, quantity.decimals), code


def test_measures_that_are_instruments_already_agree_with_them() -> None:
    known = [code for code in instrument_codes() if code in shipped()]
    assert {"barthel", "nrs", "kubota", "morse", "braden", "mmse", "frail", "painad", "gds15"} <= set(known)
    for code in known:
        assert measures()[code].direction == shipped()[code].direction, code


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("items", 'discipline = "pt"', 'discipline = "xx"', "item[1].discipline"),
        ("items", 'place = "bedside"', 'place = "moon"', "item[1].place"),
        ("items", "often = { day = 2 }", "often = { day = 2, week = 3 }", "item[1].often"),
        ("items", 'usual = { side = "both" }', 'usual = { side = "up" }', "item[1].usual"),
        ("items", 'natures = ["stretch"]', 'natures = ["magic"]', "natures"),
        ("items", 'code = "passive_rom"', 'code = "positioning"', "重复"),
        ("items", "temperature = [38, 45]", "temperature = [45, 38]", "temperature"),
        ("items", "purpose =", "purpous =", "purpose"),
        ("contraindications", 'rule = "temp_high"', 'rule = "nothing"', "contraindication[1].rule"),
        ("contraindications", 'block = ["all"]', 'block = ["everything"]', "contraindication[1].block"),
        ("contraindications", 'block = ["all"]\n', "", "block 和 warn 至少写一项"),
        ("contraindications", 'rule = "temp_high"\n', "", "写且只写一项"),
        ("stop_rules", 'measure = "sbp"', 'measure = "map"', "rule[1].measure"),
        ("stop_rules", "value = 180", "value = 175", "choices"),
        ("stop_rules", 'symptoms = ["breathless"]', 'symptoms = ["hungry"]', "symptoms"),
        ("stop_rules", 'conditions = ["cardiac"]', 'conditions = ["heart"]', "conditions"),
        ("attendance", 'of = ["partly", "refused"]', 'of = ["partly", "gone"]', "reason[1].of"),
        ("attendance", 'incident = "critical"', 'incident = "boom"', "reaction[1].incident"),
        ("attendance", "[soap.pt]", "[soap.xx]", "soap.xx"),
        ("phases", "review_days = 7", "review_days = 20", "phase[1].review_days"),
        ("problems", 'code = "b110"', 'code = "x110"', "problem[1].code"),
        ("places", "title =", "titel =", "title"),
        ("dose", 'scale = "side"', 'scale = "colour"', "scale"),
        ("measures", "high = 100", "high = 0", "instrument[1].high"),
        ("templates/stroke", 'item = "bridging"', 'item = "flying"', "item[3].item"),
        ("templates/stroke", 'measure = "barthel"', 'measure = "wings"', "goal[1].measure"),
        ("templates/stroke", 'problem = "d420"', 'problem = "b110"', "goal[1].problem"),
        ("templates/stroke", "target = 60", "target = 600", "goal[1].target"),
        ("templates/stroke", 'task = "turning"', 'task = "spinning"', "precaution[2].task"),
        ("templates/stroke", 'item = "bridging"', 'item = "positioning"', "写了两次"),
    ],
)
def test_a_bad_file_is_refused_with_its_line(name: str, old: str, new: str, says: str) -> None:
    said = refused(name, old, new)
    assert said.startswith(f"康复清单 {name}.toml")
    assert says in said
    if says != "title":  # what is not there has no line
        assert "行）" in said
