"""Ages in full years, and which birth dates a living person can have."""

from __future__ import annotations

from datetime import date

from app.residents.rules.wrong import Wrong

MAX_AGE = 120
"""Years. The oldest age ever documented is 122; over 120 is taken for a slip of the pen."""
_DOUBTFUL_OVER = 110
_DOUBTFUL_UNDER = 40


def age_on(birth: date, day: date) -> int:
    """Full years (周岁) on a day; someone born on 29 February is a year older on 1 March of common years."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def age_words(birth: date | None, day: date) -> str:
    """`91岁`, or 年龄不详 where the birth date is unknown."""
    return "年龄不详" if birth is None else f"{age_on(birth, day)}岁"


def check_birth(birth: date, today: date) -> None:
    """Refuse a birth date in the future or an age over 120."""
    if birth > today:
        raise Wrong(f"出生日期{birth.isoformat()}在今天之后，请核对")
    age = age_on(birth, today)
    if age > MAX_AGE:
        raise Wrong(f"按出生日期{birth.isoformat()}计算已{age}岁，超过{MAX_AGE}岁，请核对")


def doubt_birth(birth: date, today: date) -> str | None:
    """A sentence where the age is possible but worth a second look in an elder-care institution."""
    age = age_on(birth, today)
    if age > _DOUBTFUL_OVER or age < _DOUBTFUL_UNDER:
        return f"按出生日期计算为{age}岁，请再核对一遍"
    return None
