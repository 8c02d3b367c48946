"""Every file keeps the rules of the house, and every rule sees what breaks it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from tests.house import calls, sizes, words
from tests.house.tree import CODE, Source, sources

Check = Callable[[Source], Iterator[str]]


@dataclass(frozen=True)
class Rule:
    """A check, the files it looks at, and a file (path, text) that must break it."""

    check: Check
    bad_path: str
    bad_text: str
    where: tuple[str, ...] = CODE


LONG = '"""A sentence about it."""\n' + "x = 1\n" * 300
TALL = "def tall() -> None:\n" + "    x = 1\n" * 40
HOST = "https://" + "py" + "pi.org/simple"
RULES = (
    Rule(sizes.file_is_short, "app/vitals/rules.py", LONG, ("",)),
    Rule(sizes.function_is_short, "app/vitals/rules.py", TALL),
    Rule(sizes.function_asks_little, "app/vitals/rules.py", "def f(a, b, c, *, d, e, g): ..."),
    Rule(words.name_says_something, "app/vitals/date_utils.py", "", ("",)),
    Rule(words.name_says_something, "ui/common/__init__.py", "", ("",)),
    Rule(words.class_says_something, "ui/vitals/round_view.py", "class RoundManager: ..."),
    Rule(words.first_line_says_what_for, "app/vitals/rules.py", "import math\n", ("",)),
    Rule(words.first_line_says_what_for, "app/vitals/rules.py", '"""Rules."""\n', ("",)),
    Rule(words.first_line_says_what_for, "app/vitals/__init__.py", "", ("",)),
    Rule(words.first_line_says_what_for, "resources/instruments/x.toml", 'code = "x"\n', ("",)),
    Rule(words.excuse_has_a_reason, "app/vitals/rules.py", "x = y  # noqa: S603\n"),
    Rule(words.excuse_has_a_reason, "app/vitals/rules.py", "x = y  # type: ignore[no-any-return]\n"),
    Rule(words.speaks_of_itself_alone, "README.md", HOST, ("",)),
    Rule(words.speaks_of_itself_alone, "app/core/home.py", "# see is" + "sue 7\n", ("",)),
    Rule(calls.dialog_is_opened, "ui/vitals/round_view.py", "def f(d): d.exec()"),
    Rule(calls.dialog_is_opened, "ui/vitals/round_view.py", "QMessageBox.question(None, 'a', 'b')"),
    Rule(calls.time_comes_from_the_clock, "app/vitals/service.py", "datetime.datetime.now(UTC)"),
    Rule(calls.time_comes_from_the_clock, "ui/vitals/round_view.py", "QDate.currentDate()"),
    Rule(calls.nobody_prints, "app/vitals/service.py", "print('done')"),
    Rule(calls.errors_are_known, "app/vitals/service.py", "try: f()\nexcept (ValueError, Exception): ..."),
    Rule(calls.errors_are_known, "app/vitals/service.py", "try: f()\nexcept: ..."),
    Rule(calls.rules_are_pure, "app/vitals/rules.py", "from app.core.clock import Clock"),
    Rule(calls.rules_are_pure, "app/vitals/rules.py", "from . import service"),
    Rule(calls.migration_stands_alone, "db/migrations/versions/0002_x.py", "from db.models import Base"),
    Rule(calls.fakes_are_written, "tests/app/test_x.py", "from unittest.mock import Mock"),
    Rule(calls.fakes_are_written, "tests/app/test_x.py", "import time\ntime.sleep(1)"),
    Rule(calls.every_test_can_fail, "tests/app/test_x.py", "def test_it(): f()"),
)


def _names(rules: tuple[Rule, ...]) -> list[str]:
    return [rule.check.__name__ for rule in rules]


ONCE = tuple({rule.check: rule for rule in RULES}.values())


@pytest.mark.parametrize("rule", ONCE, ids=_names(ONCE))
def test_the_house_keeps(rule: Rule) -> None:
    """No file of the house has anything to complain about."""
    looked_at = [source for source in sources() if source.path.startswith(rule.where)]
    assert looked_at
    complaints = [f"{source.path}: {said}" for source in looked_at for said in rule.check(source)]
    assert not complaints, "\n".join(["", rule.check.__doc__ or "", *complaints])


@pytest.mark.parametrize("rule", RULES, ids=_names(RULES))
def test_is_seen(rule: Rule) -> None:
    """The bad sample is complained about."""
    assert list(rule.check(Source(rule.bad_path, rule.bad_text)))
