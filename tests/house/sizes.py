"""How long a file and a function may be, and how many things a function may ask for."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.house.tree import Source

FILE_LINES = 300
TEST_FILE_LINES = 400
FUNCTION_LINES = 40
PARAMETERS = 5

Function = ast.FunctionDef | ast.AsyncFunctionDef


def file_is_short(source: Source) -> Iterator[str]:
    """A file can be read in one sitting. Migrations are exempt: they are written once, by machine."""
    if source.is_migration or not source.path.endswith((".py", ".sh", ".qss", "Makefile")):
        return
    limit = TEST_FILE_LINES if source.is_test else FILE_LINES
    if len(source.lines) > limit:
        yield f"has {len(source.lines)} lines, {limit} are allowed: cut it by step"


def function_is_short(source: Source) -> Iterator[str]:
    """A function fits on a screen. Its docstring is not counted: explaining must cost nothing."""
    if source.is_migration or not source.is_python:
        return
    for function in functions(source):
        length = (function.end_lineno or function.lineno) - function.lineno + 1 - _docstring_lines(function)
        if length > FUNCTION_LINES:
            yield f"{function.name} (line {function.lineno}) has {length} lines, {FUNCTION_LINES} are allowed"


def function_asks_little(source: Source) -> Iterator[str]:
    """At most five parameters, `self` and `cls` not counted; more of them want to be one frozen value."""
    if source.is_migration or not source.is_python:
        return
    for function in functions(source):
        arguments = function.args
        asked = [a.arg for a in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
        count = len([name for name in asked if name not in {"self", "cls"}])
        if count > PARAMETERS:
            yield f"{function.name} (line {function.lineno}) has {count} parameters, {PARAMETERS} are allowed"


def functions(source: Source) -> Iterator[Function]:
    """Every function and method, nested ones too."""
    for node in source.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _docstring_lines(function: Function) -> int:
    first = function.body[0]
    is_text = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return (first.end_lineno or first.lineno) - first.lineno + 1 if is_text else 0
