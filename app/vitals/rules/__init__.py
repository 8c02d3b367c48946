"""What is true of vital signs, whoever measures: how a value is read, what it means, how NEWS2 is made. Pure."""

from app.vitals.rules.judging import Judgement, Own, judge, soft_doubt
from app.vitals.rules.measured import Measured, value_words
from app.vitals.rules.news2 import Band, Baseline, Incomplete, News2, Response, Table, news2
from app.vitals.rules.reading import check_hard, read_value
from app.vitals.rules.sign import Ask, Letter, Limits, Range, Sign
from app.vitals.rules.wrong import Wrong

__all__ = [
    "Ask",
    "Band",
    "Baseline",
    "Incomplete",
    "Judgement",
    "Letter",
    "Limits",
    "Measured",
    "News2",
    "Own",
    "Range",
    "Response",
    "Sign",
    "Table",
    "Wrong",
    "check_hard",
    "judge",
    "news2",
    "read_value",
    "soft_doubt",
    "value_words",
]
