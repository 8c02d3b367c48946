"""What the demo's nurses write: notes, contacts, wishes, diets, measures against risks, usual results."""

from __future__ import annotations

from app.core.form import Value

PACKAGES = ("全护理", "半护理", "自理", "全护理＋康复")
DIETS: tuple[dict[str, Value], ...] = (
    {"kind": ("regular",), "texture": "7", "help": "self"},
    {"kind": ("diabetic", "low_salt"), "texture": "6", "help": "watch"},
    {"kind": ("soft", "low_salt"), "texture": "5", "help": "help"},
    {"kind": ("regular", "low_fat"), "texture": "7", "help": "self"},
)
WISHES = (
    {"wish": "no_cpr", "source": "self", "detail": "年纪大了，走的时候安安静静"},
    {"wish": "full", "source": "guardian"},
    {"wish": "comfort", "source": "written"},
    {"wish": "hospital", "source": "self"},
)
RISK_MEASURES = {
    "choking": "坐起进食，小口慢喂，餐后坐 30 分钟",
    "ingestion": "药品代管，看服到口",
    "pressure": "2 小时翻身，气垫床，每班查皮肤",
    "scald": "洗澡水先试温，热饮凉后给",
    "bed_fall": "床栏拉起，床放低位",
    "fall": "下床须人扶，防滑鞋，夜灯",
    "wandering": "佩戴定位，外出有人陪",
    "harm": "利器收起，情绪激动时一对一",
    "activity": "活动专人看护，量力而行",
}
PLAIN_NOTES = (
    {"kind": "general", "text": "晨间护理完成，神志清，精神可，夜间睡眠约 6 小时，早餐进食一碗粥一个蛋。"},
    {"kind": "general", "text": "午餐进食约三分之二，无呛咳，餐后坐位 30 分钟。"},
    {"kind": "general", "text": "协助洗澡，皮肤完好，更换衣物，心情愉快。"},
    {"kind": "general", "text": "参加手指操 20 分钟，配合好，能说出今天的日期。"},
    {"kind": "visit", "text": "夜间巡视，入睡，呼吸平稳，床栏已拉起，呼叫器在手边。"},
    {"kind": "handover", "text": "本班平稳，饮水偏少，请下一班督促饮水 800 ml。"},
    {"kind": "general", "text": "家属来访，陪同散步 15 分钟，回房后血压平稳。"},
    {"kind": "general", "text": "今日未解大便，已第二天，腹软，嘱多饮水，继续观察。"},
)
NOTES = (
    {
        "kind": "special",
        "text": "诉头晕，测血压 168/92 mmHg，未服晨间降压药。",
        "measures": "卧床休息，按医嘱补服氨氯地平 5 mg，30 分钟后复测。",
        "effect": "复测 146/84 mmHg，头晕缓解。",
    },
    {
        "kind": "special",
        "text": "进餐时呛咳两次，面色无改变，可自行咳出。",
        "measures": "停止进食，坐直拍背，改为细泥状食物，报告医生。",
        "effect": "呼吸平稳，血氧 96 %。",
    },
    {
        "kind": "special",
        "text": "情绪低落，诉想家，午餐进食三分之一。",
        "measures": "倾听陪伴，联系女儿视频。",
        "effect": "视频后情绪好转，下午加餐一份。",
    },
    {
        "kind": "special",
        "text": "起夜时站立不稳，及时搀扶，未跌倒。",
        "measures": "床边放助行器，夜间加强巡视，请医生评估夜间用药。",
    },
)
CONTACTS = (
    {"way": "phone", "about": "告知夜间发热经过与处理", "answer": "知道了，周末来看"},
    {"way": "visit", "about": "来访，送来换季衣物，了解近期饮食", "answer": "对照护满意"},
    {"way": "video", "about": "视频通话 10 分钟", "answer": "希望每周一次"},
)
LABS = (
    ("k", 3.6, 5.2, 1),
    ("na", 136, 146, 0),
    ("crea", 60, 130, 0),
    ("egfr", 45, 88, 0),
    ("hb", 98, 142, 0),
    ("wbc", 4.0, 9.8, 1),
    ("glu", 4.6, 8.4, 1),
    ("alb", 33, 44, 1),
)
"""Item, lowest and highest usual value, decimals."""
