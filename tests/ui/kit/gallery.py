"""Every piece of the kit in one window, for looking at: `python -m tests.ui.kit.gallery [dark] [1.3]`."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.core.form import Choice, Field, Form, Kind, Section
from ui import kit
from ui.forms import FormView
from ui.kit import Mark, cells
from ui.style import Role, Tone, look


@dataclass(frozen=True)
class Person:
    """An invented resident's row."""

    number: str
    name: str
    age: str
    bed: str
    level: str
    tone: Tone
    marks: tuple[Mark, ...]
    due: str


FALL, CHOKE = Mark("跌倒", Tone.WARN), Mark("噎食", Tone.ORANGE)
PEOPLE = (
    Person(
        "01-000001",
        "李桂兰",
        "女 · 84",
        "2号楼 312-1",
        "中度失能",
        Tone.WARN,
        (FALL, CHOKE, Mark("高血压")),
        "今天",
    ),
    Person("01-000002", "叶福荣", "男 · 98", "3号楼 103-3", "轻度失能", Tone.INFO, (), "12-16"),
    Person(
        "01-000003",
        "欧阳淑华",
        "女 · 70",
        "2号楼 216-3",
        "完全失能",
        Tone.DANGER,
        (Mark("压疮", Tone.DANGER),),
        "逾期 3 天",
    ),
    Person(
        "01-000004",
        "李桂蓝",
        "女 · 79",
        "2号楼 311-2",
        "能力完好",
        Tone.OK,
        (Mark("走失", Tone.VIOLET),),
        "12-03",
    ),
    Person(
        "01-000005",
        "阿卜杜热合曼·麦麦提敏",
        "男 · 77",
        "4号楼 521-13",
        "重度失能",
        Tone.ORANGE,
        (Mark("糖尿病", Tone.INFO),),
        "27-01-04",
    ),
)

COLUMNS = (
    kit.Column[Person](
        "老人", lambda p: cells.Name(p.name, p.number, p.tone, "名字相近" if "桂" in p.name else "")
    ),
    kit.Column[Person]("年龄", lambda p: cells.Text(p.age), 80, priority=2),
    kit.Column[Person]("床位", lambda p: cells.Text(p.bed), 108),
    kit.Column[Person]("能力等级", lambda p: cells.State(p.level, p.tone), 112),
    kit.Column[Person]("风险与病史", lambda p: cells.Marks(p.marks), 160, priority=1),
    kit.Column[Person]("下次评估", lambda p: due(p.due), 84),
    kit.Column[Person](
        "收缩压", lambda _p: cells.Spark("132", (128, 134, 126, 131, 139, 132)), 104, priority=3
    ),
)

FORM = Form(
    (
        Section(
            "",
            (
                Field("name", "姓名", required=True, max_length=30),
                Field(
                    "sex", "性别", Kind.CHOICE, required=True, choices=(Choice("m", "男"), Choice("f", "女"))
                ),
                Field("birth", "出生日期", Kind.DATE, required=True, latest=date(2026, 11, 24)),
                Field("id", "身份证号", Kind.ID_NUMBER, hint="可以以后补"),
                Field(
                    "folk",
                    "民族",
                    Kind.CHOICE,
                    choices=tuple(Choice(n, n) for n in ["汉族", "回族", "满族", "藏族", "壮族", "苗族"]),
                ),
                Field("weight", "体重", Kind.NUMBER, unit="kg", decimals=1, low=20, high=200),
                Field(
                    "past",
                    "病史",
                    Kind.CHOICES,
                    choices=tuple(Choice(n, n) for n in ["高血压", "糖尿病", "冠心病", "脑卒中"]),
                ),
            ),
        ),
    )
)


def due(text: str) -> cells.Cell:
    """What is late is loud."""
    if text.startswith("逾期"):
        return cells.Text(text, "danger.text", strong=True)
    return cells.Text(text, "warn.text", strong=True) if text == "今天" else cells.Text(text)


def build() -> QWidget:
    """The gallery."""
    window = QWidget()
    window.resize(1440, 960)
    page = QGridLayout(window)
    page.setContentsMargins(24, 20, 24, 20)
    page.setSpacing(20)
    page.addWidget(_list_card(), 0, 0)
    page.addWidget(_person_card(), 0, 1)
    page.addWidget(_form_card(), 1, 0)
    page.addWidget(_score_card(), 1, 1)
    page.addWidget(_steps_card(), 0, 2)
    page.addWidget(_states_card(), 1, 2)
    page.setColumnStretch(0, 3)
    page.setColumnStretch(1, 2)
    page.setColumnStretch(2, 1)
    return window


def _list_card() -> QWidget:
    card = kit.Card(flush=True)
    head = QVBoxLayout()
    head.setContentsMargins(16, 14, 16, 8)
    head.setSpacing(12)
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(kit.SearchField("筛选老人", "姓名、拼音、床位", keys="Ctrl F"), 1)
    row.addWidget(kit.Button("导出", "quiet"))
    row.addWidget(kit.Button("新建档案", "primary", icon="plus"))
    head.addLayout(row)
    head.addWidget(
        kit.ChipRow((("all", "全部"), ("ok", "能力完好"), ("mild", "轻度失能"), ("late", "逾期 3")))
    )
    card.body.addLayout(head)
    table: kit.RowsTable[Person] = kit.RowsTable(COLUMNS, lambda p: p.number, words="老人")
    table.set_rows(PEOPLE)
    table.pick_first()
    card.body.addWidget(table, 1)
    foot = kit.Foot()
    foot.row.addWidget(kit.Words("共 386 位老人", Role.HINT))
    foot.row.addStretch(1)
    foot.row.addWidget(kit.Words("↑↓ 选择   Enter 打开", Role.HINT))
    card.body.addWidget(foot)
    return card


def _person_card() -> QWidget:
    card = kit.Card()
    row = QHBoxLayout()
    row.setSpacing(14)
    row.addWidget(kit.Avatar("李桂兰", Tone.WARN, 56))
    names = QVBoxLayout()
    names.setSpacing(4)
    names.addWidget(kit.Words("李桂兰", Role.PAGE_TITLE))
    names.addWidget(kit.Tags((FALL, CHOKE, Mark("高血压"))))
    row.addLayout(names, 1)
    card.body.addLayout(row)
    strip = kit.AllergyStrip()
    strip.show_allergies(("青霉素", "磺胺类"), "核对 陈永康")
    card.body.addWidget(strip)
    facts = QGridLayout()
    facts.addWidget(kit.Fact("床位", "2号楼 312-1"), 0, 0)
    facts.addWidget(kit.Fact("入住日期", "2023-05-18"), 0, 1)
    card.body.addLayout(facts)
    card.body.addWidget(kit.Line())
    tiles = QHBoxLayout()
    pressure, pulse = kit.FactTile("血压"), kit.FactTile("心率")
    pressure.say("148/86", "mmHg", Tone.DANGER, (1, 3, 2, 4, 5))
    pulse.say("76", "次/分")
    tiles.addWidget(pressure)
    tiles.addWidget(pulse)
    card.body.addLayout(tiles)
    card.body.addStretch(1)
    foot = QHBoxLayout()
    foot.addWidget(kit.Button("开始评估", "primary", icon="clipboard-pen"), 1)
    foot.addWidget(kit.Button("打印", icon="printer"))
    foot.addWidget(kit.Button("停用", "danger"))
    card.body.addLayout(foot)
    return card


def _form_card() -> QWidget:
    card = kit.Card("新建档案", "带 * 的必填")
    form = FormView(FORM)
    form.setObjectName("form")
    form.set_values(
        {"name": "李桂兰", "birth": "1935-02-30", "sex": "f", "weight": "300", "past": ("高血压",)}
    )
    card.body.addWidget(form)
    form.check()
    return card


def _score_card() -> QWidget:
    card = kit.Card("实时得分")
    row = QHBoxLayout()
    ring = kit.ScoreRing()
    ring.say(59 / 90, "59", "满分 90", Tone.WARN)
    row.addStretch(1)
    row.addWidget(ring)
    row.addStretch(1)
    card.body.addLayout(row)
    for label, score, most in (("自理能力", 19, 32), ("基础运动能力", 8, 16)):
        bar = kit.SubBar(label)
        bar.say(score, most)
        card.body.addWidget(bar)
    scale = kit.LevelScale(
        (
            kit.Band("完全失能", 0, Tone.DANGER),
            kit.Band("重度失能", 30, Tone.ORANGE),
            kit.Band("中度失能", 46, Tone.WARN),
            kit.Band("轻度失能", 66, Tone.INFO),
            kit.Band("能力完好", 90, Tone.OK),
        ),
        90,
    )
    scale.say(59)
    card.body.addWidget(scale)
    options = kit.OptionRow(
        tuple((str(n), f"{n}  {words}") for n, words in enumerate(("完全依赖", "部分帮助", "独立完成")))
    )
    options.choose("1")
    card.body.addWidget(options)
    card.body.addStretch(1)
    return card


def _steps_card() -> QWidget:
    steps = kit.Steps(
        (
            kit.Step("机构与站点", "康宁养护院 · 01"),
            kit.Step("人员与权限", "14 人"),
            kit.Step("导入花名册", "正在核对 312 行"),
            kit.Step("床位与楼层"),
        )
    )
    steps.show_step(2)
    return steps


def _states_card() -> QWidget:
    card = kit.Card()
    notice = kit.Notice()
    notice.done("已给 08:02", undo=lambda: None)
    refused = kit.Notice()
    refused.refused("有效期已过，不能再给。请联系陈永康医生续方。")
    progress = kit.ProgressStrip()
    progress.begin("正在导入")
    progress.reported.emit(1200, 14000, "")
    state = kit.StateView(QWidget())
    state.empty("还没有老人", "从花名册导入，或手工新建。", ("导入花名册", lambda: None))
    card.body.addWidget(notice)
    card.body.addWidget(refused)
    card.body.addWidget(progress)
    card.body.addWidget(state, 1)
    stat = kit.StatTile("pill", "今天给药")
    stat.say("47", "逾期 3 项", urgent=True)
    card.body.addWidget(stat)
    return card


def main() -> None:
    """Draw the gallery into build/screens."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from tests.support.layout import lint
    from tests.support.shots import shot

    app = QApplication(sys.argv[:1])
    dark, scale = "dark" in sys.argv, next((float(a) for a in sys.argv[1:] if a[0].isdigit()), 1.0)
    look.apply(app, dark=dark, scale=scale)
    window = build()
    window.show()
    app.processEvents()
    ratio = f"-{window.devicePixelRatio():g}x" if window.devicePixelRatio() != 1 else ""
    path = shot(
        window,
        f"gallery{'-dark' if dark else ''}{f'-{scale:g}' if scale != 1 else ''}{ratio}",
        dark=dark,
        scale=scale,
    )
    sys.stdout.write("\n".join([str(path), *lint(window)]) + "\n")


if __name__ == "__main__":
    main()
