"""Invented facts of a referral: an old man with pneumonia, and the same with everything as long as it can be."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from app.referrals.filling import (
    Allergies,
    AllergyLine,
    Baseline,
    ContactLine,
    Criterion,
    DiagnosisLine,
    DoseLine,
    Fact,
    Filled,
    Flag,
    Medicine,
    Person,
    Reading,
    Score,
    Sender,
)
from app.referrals.writing import ReferralForm

NOW = datetime(2026, 11, 24, 5, 52, tzinfo=UTC)
"""13:52 by the institution's clock."""
LONG = "阿卜杜热依木·买买提吐尔逊·艾合买提江"
ADDRESS = "新疆维吾尔自治区巴音郭楞蒙古自治州若羌县吾塔木乡尤勒滚艾日克村三组一百二十八号院"
TEXT = "咳嗽、咳黄痰 2 天，13:10 起嗜睡；血氧 88 %（吸氧 3 L/min），“呼吸费力”伴喘鸣，NEWS2 由 3 升到 16。"
SOME = UUID(int=7)


def ago(hours: float) -> datetime:
    return NOW - timedelta(hours=hours)


def reading(code: str, title: str, text: str, unit: str, judged: str = "") -> Reading:
    return Reading(code, title, text, unit, ago(0.1), tone="danger" if judged else "neutral", judged=judged)


def people() -> dict[str, Any]:
    """Who sends, whom to call."""
    return {
        "sender": Sender(
            "安和市松鹤颐养中心", "医务室", "0592-5550188", "安和市北湖区松鹤路 8 号", SOME, "李娜", "护士", SOME,
            "陈永康", "13900001234", "李娜",
        ),
        "contacts": (
            ContactLine("王建国", "子", "13800135520", guardian=True, decides=True, first=True),
            ContactLine("王建华", "女", "13800135521"),
        ),
    }  # fmt: skip


def measured() -> dict[str, Any]:
    """Signs and their score."""
    return {
        "vitals": (
            reading("temperature", "体温", "38.9", "℃", "高热"),
            reading("pulse", "脉搏", "112", "次/分", "偏快"),
            reading("respiration", "呼吸", "26", "次/分", "危急"),
            reading("blood_pressure", "血压", "98/56", "mmHg"),
            replace(reading("spo2", "血氧", "88", "%", "危急"), how="吸氧 3 L/min"),
            reading("consciousness", "意识", "V", ""),
            reading("glucose", "血糖", "8.9", "mmol/L"),
        ),
        "news2": Score(
            16, ago(0.1), "高", "高风险", "danger", ("呼吸", "血氧", "意识"), 3, ago(6), "由 3 升到 16（6 小时）"
        ),
    }  # fmt: skip


def known() -> dict[str, Any]:
    """Diagnoses, allergies, medicines."""
    return {
        "diagnoses": (
            DiagnosisLine(SOME, "高血压病 3 级（极高危）", "I10.x05", "2006"),
            DiagnosisLine(SOME, "心房颤动", "I48.x01", "2019"),
            DiagnosisLine(SOME, "2 型糖尿病", "E11.900", "2014"),
        ),
        "past_diagnoses": (DiagnosisLine(SOME, "左股骨颈骨折术后", "S72.000", "2023"),),
        "allergies": Allergies(
            "some", (AllergyLine(SOME, "青霉素", "皮疹", "中度"), AllergyLine(SOME, "磺胺类", "", ""))
        ),
        "medicines": (
            medicine("华法林钠片", ("3 mg", "口服", "qd"), "11-23 18:00 已服", Flag("anticoagulant", "抗凝")),
            medicine("门冬胰岛素注射液", ("6 U", "皮下", "tid 餐前"), "11-24 06:55 已注射", Flag("insulin", "胰岛素")),
            medicine("硝苯地平控释片", ("30 mg", "口服", "qd"), "11-24 08:02 已服"),
            replace(medicine("阿托伐他汀钙片", ("20 mg", "口服", "qn"), "11-23 20:10 已服"), unsigned=True),
            replace(
                medicine("布洛芬混悬液", ("10 ml", "口服", "prn"), "11-24 12:20 已服"), prn=True, indication="发热"
            ),
        ),
        "doses": (
            DoseLine(SOME, SOME, "布洛芬混悬液", ago(1.5), "prn", "布洛芬混悬液 10 ml（发热 38.6 ℃）"),
            DoseLine(SOME, SOME, "二甲双胍片", ago(5.8), "refused", "二甲双胍片 0.5 g 拒服：恶心"),
        ),
    }  # fmt: skip


def standing() -> dict[str, Any]:
    """What holds for her."""
    return {
        "lines": (Fact("tube", "左前臂外周静脉留置针（11-24 13:20 置）"),),
        "wounds": (Fact("wound", "骶尾部压力性损伤 2 期 2×3 cm（11-22 换药）"),),
        "isolation": (Fact("isolation", "痰 MRSA 阳性（接触隔离）", red=True),),
        "diet": (Fact("diet", "软食、增稠液体；洼田饮水 3 级"),),
        "risks": (Fact("fall", "Morse 跌倒评分 65，高风险"),),
        "falls": (Fact("fall", "11-02 浴室滑倒，无骨折"),),
        "restraint": (),
        "wishes": (Fact("wish", "要求积极抢救；不愿气管切开（2026-05-12 本人签字）"),),
        "recent": (Fact("note", "昨夜咳嗽不能平卧，痰黄稠"),),
        "baseline": Baseline(
            "中度失能（52 分）", "对答切题", "扶行 20 米", "轻度下降（MMSE 22）", "清醒", "3 级，易呛", "能力评估"
        ),
    }  # fmt: skip


def offered() -> dict[str, Any]:
    """What a referral is offered."""
    return {
        "criteria": (
            Criterion("news2", "NEWS2 ≥7", "NEWS2", "16 分", "≥7", "emergency", True, "news2", True, True, ago(0.1)),
        ),
        "sources": {"S": "13:46 体征", "B": "诊断 · 用药 · 能力评估", "A": "NEWS2 趋势", "R": "模板"},
    }  # fmt: skip


def filled(resident: UUID) -> Filled:
    """Everything a full chart gives."""
    return Filled(
        resident=Person(
            resident, "李桂兰", "女", 84, date(1942, 3, 12), "01-000001", "330203-008-0041-07", "居民身份证",
            "330203********0041", "330203194203120041", ("职工医保 A0012345",), "2号楼 3层 312-1",
            "安和市北湖区梧桐街道文昌路 128 弄 6 号 301 室", "13800004412", "半护理", "一级护理", "A 型",
        ),
        taken_at=NOW,
        last_meal="11-24 11:40 软食半份",
        last_seen_well="11-24 12:50",
        belongings=(),
        urgency="emergency",
        cause="news2",
        texts={},
        sbar={},
        attachments=(),
        **people(),
        **measured(),
        **known(),
        **standing(),
        **offered(),
    )  # fmt: skip


def medicine(words: str, how: tuple[str, str, str], last: str, *flags: Flag) -> Medicine:
    """`how`: dose, way, how often."""
    dose, route, often = how
    return Medicine(SOME, "", words, dose, route, often, "long", last, ago(4), dose, flags=flags)


FORM = ReferralForm(
    urgency="emergency",
    impression="1. 肺炎（J18.9）；2. Ⅰ型呼吸衰竭？3. 心房颤动；4. 2 型糖尿病",
    history="咳嗽发热 2 天，13:10 起嗜睡；血氧 88 %，吸氧 3 L/min 30 分钟无改善；NEWS2 16 分。"
    "无呕吐、抽搐，末次正常时间 12:50。",
    past="高血压 3 级（极高危）、2 型糖尿病 12 年、心房颤动（华法林抗凝）；2023 年左股骨颈骨折内固定术后。"
    "青霉素、磺胺类过敏。",
    course="平卧、吸氧 3 L/min、心电监护；13:20 开放左前臂静脉通路；布洛芬 10 ml 口服（12:20）；未用抗生素。",
    criteria=({"code": "news2", "words": "NEWS2 ≥7", "value": "16 分", "at": ago(0.1).isoformat(), "red": True},),
    sbar={
        "I": "安和市松鹤颐养中心医务室 护士 李娜，13900001234；李桂兰 女 84 岁 2号楼 3层 312-1",
        "S": "咳嗽发热 2 天，13:10 起嗜睡。T 38.9 ℃，P 112，R 26，BP 98/56，SpO₂ 88 %（吸氧 3 L/min），NEWS2 16 分。",
        "B": "高血压 3 级、2 型糖尿病、心房颤动；华法林末次 11-23 18:00，胰岛素末次 11-24 06:55；"
        "青霉素、磺胺类过敏；平时能对答、扶行。痰 MRSA 阳性，接触隔离。",
        "A": "考虑肺炎、Ⅰ型呼吸衰竭；NEWS2 由 3 升到 16（6 小时）。",
        "R": "急诊接诊、胸部 CT、血气；请带回出院小结与带药单。请复述。",
    },
    green=True,
    partner_words="安和市第一人民医院",
    department="急诊科",
    receiver="刘志远",
    doctor_name="陈永康",
    belongings=("老花镜 1 副（黑框）", "上排活动假牙 1 副，装盒", "身份证、医保卡各 1 张"),
    escort={"persons": "护士 李娜、家属", "transport": "120 救护车", "plate": "闽D·12345"},
)  # fmt: skip


def extreme(resident: UUID) -> Filled:
    """Everything as long as it can be: 25 drugs, the longest name, notes without end."""
    full = filled(resident)
    drug = replace(
        full.medicines[0],
        words=f"注射用重组人促红素（CHO 细胞）{LONG}",
        dose="10000 IU×2支（1 ml 含 10000 IU）",
        route="皮下注射（脐周）",
        frequency="每周一、三、五 07:30 餐前 30 分钟",
        last="11-23 18:00 已服（半量），11-24 08:00 拒服：恶心、呕吐，已报告医生",
        after="11-24 12:00 暂停：等凝血结果",
        indication=TEXT,
        unsigned=True,
        unsettled=True,
    )
    fact = Fact("tube", TEXT, red=True)
    return replace(
        full,
        resident=replace(full.resident, name=LONG, address=ADDRESS, bed="医养结合康复病房二十楼东侧 1203-12",
                         insurance=(ADDRESS, LONG), archive_number="330203-008-0041-07-2026-000000012345"),
        sender=replace(
            full.sender, institution=ADDRESS, doctor_name=LONG, by_name=LONG,
            doctor_phone="0592-5550188 转 80123 或 13900001234",
        ),
        contacts=(replace(full.contacts[0], name=LONG, relation="孙子（养子的儿子）"),) * 4,
        vitals=tuple(replace(one, how=TEXT, judged=TEXT[:30]) for one in full.vitals) * 2,
        diagnoses=tuple(replace(one, words=TEXT) for one in full.diagnoses) * 4,
        allergies=Allergies("some", (AllergyLine(SOME, LONG, TEXT, "重度"),) * 8),
        medicines=(*(drug,) * 4, *(replace(drug, flags=()),) * 21),
        doses=full.doses * 8,
        lines=(fact,) * 4, wounds=(fact,) * 4, isolation=(fact,) * 3, diet=(fact,) * 3, risks=(fact,) * 3,
        falls=(fact,) * 4, restraint=(fact,) * 2, wishes=(fact,) * 3, recent=(fact,) * 12,
        baseline=Baseline(TEXT, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT),
        last_meal=TEXT, last_seen_well=TEXT,
    )  # fmt: skip


def longest() -> ReferralForm:
    """Texts of 800 characters, everything else as long."""
    text = (TEXT * 20)[:800]
    return replace(
        FORM, impression=text[:300], history=text, past=text, course=text, partner_words=ADDRESS,
        department="神经内科卒中绿色通道急诊", receiver=LONG, doctor_name=LONG, sbar=dict.fromkeys("ISBAR", text),
        belongings=(TEXT,) * 12, escort={"persons": LONG * 2, "transport": TEXT, "plate": "闽D·12345"},
        criteria=FORM.criteria * 8,
    )  # fmt: skip
