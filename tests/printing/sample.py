"""Invented assessments to print: an ordinary one and one in which everything is as long as it can be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from app.printing.sheet import Tick
from app.printing.sheets.ability_report import (
    AbilityReport,
    Dimension,
    Drug,
    Level,
    Outcome,
    Question,
    ScoredItem,
    Subject,
)
from app.printing.sheets.signing import Remark, Signer, Signing, Stated

# name, highest score, text of the answer, by dimension; the sheet must take whatever the instrument says
_ITEMS = {
    "自理能力": (
        ("进食", 4, 3, "在他人指导或提示下完成，或独立使用辅具，没有呛咳"),
        ("修饰", 4, 3, "在他人指导或提示下完成"),
        ("洗澡", 4, 1, "主要依靠他人协助，自身能给予配合"),
        ("穿/脱上衣", 4, 3, "在他人指导或提示下完成"),
        ("穿/脱裤子和鞋袜", 4, 2, "需要他人协助，但以自身完成为主"),
        ("小便控制", 4, 2, ("白天大部分时间可自行控制排尿，偶出现（每天<1次，但每周>1次）尿失禁，夜间控制排尿较差，"
         "或他人少量协助使用尿布、尿垫等辅助用物")),
        ("大便控制", 4, 4, "可正常自行控制大便排出"),
        ("如厕", 4, 3, "在他人指导或提示下完成"),
    ),
    "基础运动能力": (
        ("床上体位转移", 4, 3, "在他人指导或提示下完成"),
        ("床椅转移", 4, 2, "需要他人协助，但以自身完成为主"),
        ("平地行走", 4, 3, "能平地步行50m左右，存在摔倒风险，需要他人监护或指导，或使用拐杖、助行器等辅助工具"),
        ("上下楼梯", 3, 1, "需要他人协助，但以自身完成为主"),
    ),
    "精神状态": (
        ("时间定向", 4, 3, "时间观念有些下降，年、月、日（或星期几）不能全部分清（相差两天或以上）"),
        ("空间定向", 4, 3, "不能单独外出，但能准确知道自己日常生活所在地的地址信息"),
        ("人物定向", 4, 3, "能认识大部分共同生活居住的人，能称呼或知道关系"),
        ("记忆", 4, 3, "出现轻度的记忆紊乱或回忆不能（不能回忆即时信息，3个词语经过5分钟后仅能回忆0个～1个）"),
        ("理解能力", 4, 3, "能理解他人的话，但需要增加时间"),
        ("表达能力", 4, 3, "能表达自己的需要，但需要增加时间"),
        ("攻击行为", 1, 1, "未出现"),
        ("抑郁症状", 1, 0, "近一个月内出现过负性情绪"),
        ("意识水平", 2, 2, "神志清醒，对周围环境能做出正确反应"),
    ),
    "感知觉与社会参与": (
        ("视力", 2, 1, "能看清楚大字体，但看不清书报上的标准字体；视力有限，看不清报纸大标题，但能辨认物体"),
        ("听力", 2, 1, "在轻声说话或说话距离超过2m时听不清；正常交流有些困难，需在安静的环境或大声说话才能听到"),
        ("执行日常事务", 4, 1, "在计划、安排和完成日常事务时需要大量协助"),
        ("使用交通工具外出", 3, 1, "当有人协助或陪伴，可搭乘公共交通工具外出"),
        ("社会交往能力", 4, 2, "脱离社会，可被动接触，不会主动待他人，谈话中很多不适词句，容易上当受骗"),
    ),
}  # fmt: skip

LEVELS = (
    Level(0, "能力完好", "能力完好", 90, 90),
    Level(1, "轻度失能", "能力轻度受损（轻度失能）", 66, 89),
    Level(2, "中度失能", "能力中度受损（中度失能）", 46, 65),
    Level(3, "重度失能", "能力重度受损（重度失能）", 30, 45),
    Level(4, "完全失能", "能力完全丧失（完全失能）", 0, 29),
)


def ticks(words: str, *chosen: str) -> tuple[Tick, ...]:
    """Choices from words parted by spaces."""
    return tuple(Tick(word, word in chosen) for word in words.split())


def dimensions() -> tuple[Dimension, ...]:
    """The four dimensions with their answers."""
    out, number = [], 0
    for name, rows in _ITEMS.items():
        items = []
        for item, highest, score, text in rows:
            number += 1
            items.append(ScoredItem(str(number), item, tuple(range(highest, -1, -1)), score, text))
        out.append(Dimension(name, sum(r[1] for r in rows), sum(r[2] for r in rows), tuple(items)))
    return tuple(out)


_TIMES = "无 发生过1次 发生过2次 发生过3次及以上"
_HEALTH = (
    ("A.5.1 压力性损伤", "无 Ⅰ期 Ⅱ期 Ⅲ期 Ⅳ期 不可分期", ("无",), ""),
    ("A.5.2 关节活动度", "无 是，影响日常生活功能 无法判断", ("是，影响日常生活功能",), "部位：左肩、左肘"),
    ("A.5.3 伤口情况", "无 擦伤 烧烫伤 术后伤口 糖尿病足溃疡 血管性溃疡 其他伤口", ("无",), ""),
    ("A.5.4 特殊护理情况", "无 胃管 尿管 气管切开 胃/肠/膀胱造瘘 无创呼吸机 透析 其他", ("无",), ""),
    ("A.5.5 疼痛感", "无 轻度 中度 重度 不知道或无法判断", ("轻度",), ""),
    ("A.5.6 牙齿缺失", "无缺失 牙体缺损 牙列缺损 牙列缺失", ("牙列缺损",), "单侧对位"),
    ("A.5.7 义齿", "无义齿 固定义齿 可摘局部义齿 可摘全/半口义齿", ("可摘局部义齿",), ""),
    (
        "A.5.8 吞咽困难",
        (
            "无 抱怨吞咽困难或吞咽时会疼痛 吃东西或喝水时出现咳嗽或呛咳 用餐后嘴中仍含着食物或留有残余食物 "
            "当喝或吃流质或固体的食物时，食物会从嘴角边流失 有流口水的情况"
        ),
        ("吃东西或喝水时出现咳嗽或呛咳",),
        "",
    ),
    ("A.5.9 营养不良", "无 有", ("无",), ""),
    ("A.5.10 清理呼吸道无效", "无 有", ("无",), ""),
    ("A.5.11 昏迷", "无 有", ("无",), ""),
    ("A.5.12 其他", "无 有", ("无",), ""),
)


def subject() -> Subject:
    """The ordinary resident."""
    return Subject(
        name="李𬱖", sex="女", born=date(1941, 3, 12), age=85, id_number="330203194103122846", ethnicity="汉族",
        religion="无", education="小学", marriage="丧偶", living="养老机构",
        payment="城镇职工基本医疗保险", income="退休金/养老金", height_cm="156", weight_kg="52.5",
        address="安和市北湖区梧桐街道文昌路128弄6号301室", informant="王建国", informant_relation="子女",
        contact="王建国", contact_phone="138 0000 4412",
        diagnoses=("高血压病（I10～I15）", "糖尿病（E10～E14）", "脑梗塞（I63）", "骨质疏松症（M80～M82）"),
        drugs=(
            Drug("硝苯地平控释片", "口服", "30 mg", "每日1次"),
            Drug("二甲双胍缓释片", "口服", "0.5 g", "每日2次"),
            Drug("碳酸钙D₃片", "口服", "600 mg", "每晚1次"),
        ),
    )  # fmt: skip


def outcome(dims: tuple[Dimension, ...]) -> Outcome:
    """What the scores come to."""
    return Outcome(
        sum(int(each.score or 0) for each in dims),
        sum(each.maximum for each in dims),
        LEVELS,
        2,
        (
            Tick("处于昏迷状态者，直接评定为能力完全丧失（完全失能）", chosen=False),
            Tick("确诊为痴呆、精神科专科医生诊断的其他精神和行为障碍疾病，提高一个等级", chosen=False),
            Tick("近30天内发生过2次及以上照护风险事件，提高一个等级", chosen=False),
            Tick("无上述情形", chosen=True),
        ),
        2,
    )


CONSENT = "同意评估结果 不同意评估结果 有疑问，申请复评"
WAVE = (
    tuple((60 + 8 * n, 150 + (n * 37) % 90) for n in range(40)),
    tuple((420 + 9 * n, 90 + (n * 53) % 150) for n in range(50)),
    ((960, 240),),
)
"""A drawn signature."""


def signing(day: datetime) -> Signing:
    """Two assessors, the informant who drew a signature, the daughter who agrees."""
    return Signing(
        (
            Signer("评估员", "陈思远", "0012", "主管护师", "PG33000126", day, "护士"),
            Signer("评估员", "周明慧", "0035", "社会工作师", "PG33000358", day, "社工"),
        ),
        (
            Stated("信息提供者", "王建国", "子女", strokes=WAVE, given=day),
            Stated("老年人或\n代理人", "王建国", "子女", ticks(CONSENT, "同意评估结果"), given=day),
        ),
        (Remark("评估员\n其他意见", "夜间行走宜按2分计，已说明。　周明慧 2026-11-18"),),
    )


def report() -> AbilityReport:
    """The ordinary report."""
    dims = dimensions()
    day = datetime(2026, 11, 18, 15, 20)  # noqa: DTZ001 - local time as printed
    return AbilityReport(
        institution="安和市松鹤颐养中心",
        standard="GB/T 42195—2022《老年人能力评估规范》",
        number="SH-PG-2026-001327",
        qr="CS1:SH-PG-2026-001327:0199a0d2-7c1e-7f52-9c44-0c7a5f2f8d11:1:5f1c2ab84e77d0c3",
        reference_date=date(2026, 11, 18),
        reasons=ticks("首次评估 常规评估 即时评估 因对评估结果有疑问进行的复评 其他", "首次评估"),
        subject=subject(),
        events=tuple(
            Question(kind, ticks(_TIMES, "发生过1次" if kind == "跌倒" else "无"))
            for kind in ("跌倒", "走失", "噎食", "自杀、自伤", "其他")
        ),
        health=tuple(Question(name, ticks(words, *chosen), note) for name, words, chosen, note in _HEALTH),
        dimensions=dims,
        outcome=outcome(dims),
        conclusion="该老年人左侧肢体肌力下降，转移、行走与上下楼梯需他人协助；近期记忆减退，存在轻度情绪低落；视力、"
        "听力下降影响社会参与。建议：1. 按中度失能等级提供照护，重点落实防跌倒、防误吸措施，床椅转移时1人协助并使用"
        "转移腰带；2. 每日认知训练与平衡训练各1次，每次20～30分钟；3. 请心理咨询师于2周内完成GDS-15筛查；4. 6个月后"
        "复评，期间发生特殊事件或能力明显变化时即时评估。",
        signing=signing(day),
        place="2号楼护理站",
        printed_at=datetime(2026, 11, 21, 10, 32),  # noqa: DTZ001 - local time as printed
        printed_by="陈思远",
        note="本报告一式两份，由评估机构与评估对象各执一份；对结果有异议的，可按当地规定申请复评。",
    )


def extreme() -> AbilityReport:
    """Everything as long as life makes it."""
    long = "阿卜杜热依木·买买提吐尔逊"
    base = report()
    who = replace(
        base.subject, name=f"{long}·艾合买提江", ethnicity="维吾尔族", religion="伊斯兰教",
        living="与子女居住、养老机构",
        education="高中/技校/中专", marriage="未说明", height_cm="170.5", weight_kg="102.5",
        payment="城镇职工基本医疗保险、公务员补助、企业补充保险、大病保险、医疗救助",
        income="退休金/养老金、子女补贴、个人储蓄",
        address="新疆维吾尔自治区巴音郭楞蒙古自治州若羌县吾塔木乡尤勒滚艾日克村三组一百二十八号院内东侧平房",
        informant=long, informant_relation="村（居）民委员会工作人员",
        contact=long, contact_phone="0996-12345678转80012",
        diagnoses=tuple(f"“{name}”（Ⅲ级，极高危）A&B <b>" for name in ("高血压病", "慢性阻塞性肺疾病", "糖尿病") * 4),
        drugs=tuple(
            Drug(f"注射用复方门冬维甘滴眼缓释胶囊{n}号", "皮下注射", "0.25 mg×2支", "每日3次，餐前30分钟")
            for n in range(1, 26)
        ),
    )  # fmt: skip
    answering = extreme_signing(base.signing, long)
    items = tuple(
        replace(each, items=tuple(replace(item, text=(item.text * 9)[:150]) for item in each.items))
        for each in base.dimensions
    )
    return replace(
        base, institution="新疆维吾尔自治区巴音郭楞蒙古自治州若羌县社会福利中心综合养护服务指导中心第一养护院",
        number="XJ-BYGL-PG-2026-0000001327-更正-02", subject=who, dimensions=items,
        conclusion=("经评估，（该老年人）“生活不能自理”，需要他人全程照护；建议：3. 每2小时翻身1次，" * 20)[:600],
        signing=answering, place="新疆维吾尔自治区若羌县社会福利中心综合养护楼二层东侧第三护理站评估室",
        printed_by=long, revision=2,
        correction="原报告“洗澡”一项录入有误，经两名评估员复核后更正，老年人及家属已知晓。",
    )  # fmt: skip


def extreme_signing(base: Signing, long: str) -> Signing:
    """Long names, titles and certificates; opinions that fill lines."""
    signer = replace(
        base.assessors[0], name=long, title="副主任护师、养老护理员高级技师", certificate="PG330001262026118"
    )
    return replace(
        base,
        assessors=(signer, signer),
        others=tuple(replace(one, name=long, relation="村（居）民委员会工作人员") for one in base.others),
        remarks=tuple(
            Remark(label, f"对“{label[:3]}”一项有不同意见，夜间需要他人协助，建议一个月后再评。" * 4)
            for label in ("评估员\n其他意见", "老年人或\n代理人意见")
        ),
    )
