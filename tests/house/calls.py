"""What may not be called or imported, and the few places where it may."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator

from tests.house.sizes import Function, functions
from tests.house.tree import Source

CLOCK = "app/core/clock.py"
WALL_CLOCKS = {
    "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time",
    "QDateTime.currentDateTime", "QDateTime.currentDateTimeUtc", "QDate.currentDate", "QTime.currentTime",
}  # fmt: skip
MODAL = {
    "QMessageBox": {"about", "aboutQt", "critical", "information", "question", "warning"},
    "QFileDialog": {"getExistingDirectory", "getOpenFileName", "getOpenFileNames", "getSaveFileName"},
    "QInputDialog": {"getDouble", "getInt", "getItem", "getMultiLineText", "getText"},
    "QColorDialog": {"getColor"},
    "QFontDialog": {"getFont"},
}
CATCHERS = ("app/core/desk", "app/sync/engine", "ui/application")
PRINTERS = ("app/cli", "packaging/", "tests/bench/", "tests/screenshots")
EXPECTATIONS = {"raises", "warns", "fail", "waitSignal", "waitSignals", "waitUntil", "assertNotEmitted"}
EXPECTING = ("assert_", "expect_", "must_", "check_")


def dialog_is_opened(source: Source) -> Iterator[str]:
    """No modal `exec()`, and none of the static dialogs that hide one: under qasync it kills other tasks."""
    for call, name in _calls(source):
        owner, _, method = name.rpartition(".")
        if (owner and method in {"exec", "exec_"}) or method in MODAL.get(owner.rpartition(".")[2], ()):
            yield f"line {call.lineno} calls {name}: use open() and a signal, popup() for a menu"


def time_comes_from_the_clock(source: Source) -> Iterator[str]:
    """One module knows what time it is; everybody else is told."""
    if source.path != CLOCK:
        for call, name in _calls(source):
            if ".".join(name.split(".")[-2:]) in WALL_CLOCKS:
                yield f"line {call.lineno} calls {name}: time comes from app.core.clock"


def nobody_prints(source: Source) -> Iterator[str]:
    """Only the command line answers by printing; everybody else has a logger."""
    if not source.path.startswith(PRINTERS):
        for call, name in _calls(source):
            if name in {"print", "pprint", "pprint.pprint"}:
                yield f"line {call.lineno} prints: use a logger"


def errors_are_known(source: Source) -> Iterator[str]:
    """Only desk, sync engine and application catch `Exception`; others may tidy up and raise it again."""
    if not source.is_python or source.path.startswith(CATCHERS):
        return
    for node in source.nodes:
        if isinstance(node, ast.ExceptHandler) and not _raises_again(node):
            caught = [_dotted(kind) for kind in _kinds(node.type)]
            if not caught or {"Exception", "BaseException"} & set(caught):
                yield f"line {node.lineno} catches everything: a bug must stay visible"


def rules_are_pure(source: Source) -> Iterator[str]:
    """`rules.py` knows the standard library, its own subject's plain values and the two known errors."""
    parts = source.path.split("/")
    if parts[0] != "app" or parts[-1] != "rules.py":
        return
    own = ".".join(parts[:-1])
    for line, module in _imports(source):
        is_known = module == "app.core.errors" or module.startswith(own + ".")
        if not is_known and module.partition(".")[0] not in sys.stdlib_module_names:
            yield f"line {line} imports {module}: rules are pure"


def migration_stands_alone(source: Source) -> Iterator[str]:
    """A migration imports no project code: models move on, a released migration may not move with them."""
    if source.is_migration and source.is_python:
        for line, module in _imports(source):
            if module.partition(".")[0] in {"", "app", "db", "tests", "ui"}:
                yield f"line {line} imports {module or 'its neighbour'}: a migration stands alone"


def fakes_are_written(source: Source) -> Iterator[str]:
    """A test uses real things or a fake somebody wrote and can read; never a mock, never a sleep."""
    if not source.is_test or not source.is_python:
        return
    for line, module in _imports(source):
        if module in {"mock", "unittest.mock", "pytest_mock"}:
            yield f"line {line} imports {module}: write a fake"
    for call, name in _calls(source):
        if name == "time.sleep" or (name.endswith("qtbot.wait")):
            yield f"line {call.lineno} calls {name}: wait for what should happen, not for time"


def every_test_can_fail(source: Source) -> Iterator[str]:
    """Every test can fail: it asserts, waits for something, or calls a function here that does."""
    if not source.is_test or not source.is_python:
        return
    known = {function.name: function for function in functions(source)}
    for name, function in known.items():
        if name.startswith("test_") and not _is_scenario(function) and not _expects(function, known, set()):
            yield f"{name} (line {function.lineno}) cannot fail"


def _expects(function: Function, known: dict[str, Function], seen: set[str]) -> bool:
    seen.add(function.name)
    for node in ast.walk(function):
        if isinstance(node, ast.Assert):
            return True
        if isinstance(node, ast.Call):
            name = _dotted(node.func).rpartition(".")[2]
            if name in EXPECTATIONS or name.startswith(EXPECTING):
                return True
            if name in known and name not in seen and _expects(known[name], known, seen):
                return True
    return False


def _raises_again(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def _is_scenario(function: Function) -> bool:
    return any(
        _dotted(d.func if isinstance(d, ast.Call) else d) == "scenario" for d in function.decorator_list
    )


def _calls(source: Source) -> Iterator[tuple[ast.Call, str]]:
    if source.is_python:
        for node in source.nodes:
            if isinstance(node, ast.Call):
                yield node, _dotted(node.func)


def _imports(source: Source) -> Iterator[tuple[int, str]]:
    for node in source.nodes:
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, "" if node.level else node.module or ""


def _kinds(node: ast.expr | None) -> list[ast.expr]:
    if isinstance(node, ast.Tuple):
        return node.elts
    return [node] if node else []


def _dotted(node: ast.expr) -> str:
    """`a.b.c` as written; a call or subscript on the way becomes `()`."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    return "()"
