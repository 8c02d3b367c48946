"""The two verbs: an order is done in one transaction, a question is answered with frozen rows.

Each order and question is a frozen dataclass; the function that performs or answers it is bound to the class
where it is written, so whoever can name an order can have it done, and the type checker knows what comes back.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

if TYPE_CHECKING:
    from app.core.unit import Reader, Unit

R = TypeVar("R")


class Order(Generic[R]):
    """One act. Subclass as a frozen dataclass and bind its function with `@performs`."""

    perform: ClassVar[Callable[..., Any]]


class Question(Generic[R]):
    """One question. Subclass as a frozen dataclass and bind its function with `@answers`."""

    answer: ClassVar[Callable[..., Any]]


OrderT = TypeVar("OrderT", bound=Order[Any])
QuestionT = TypeVar("QuestionT", bound=Question[Any])


def performs(kind: type[OrderT]) -> Callable[[Callable[[Unit, OrderT], R]], Callable[[Unit, OrderT], R]]:
    """Bind a service function to the order it performs."""

    def bind(function: Callable[[Unit, OrderT], R]) -> Callable[[Unit, OrderT], R]:
        kind.perform = staticmethod(function)
        return function

    return bind


def answers(
    kind: type[QuestionT],
) -> Callable[[Callable[[Reader, QuestionT], R]], Callable[[Reader, QuestionT], R]]:
    """Bind a query function to the question it answers."""

    def bind(function: Callable[[Reader, QuestionT], R]) -> Callable[[Reader, QuestionT], R]:
        kind.answer = staticmethod(function)
        return function

    return bind
