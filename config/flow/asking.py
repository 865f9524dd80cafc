"""One page asks the same question many times; while it is read, the first answer stands.

Only what writes nothing opens a reading: a page, a panel, the judging of one step's gates. Outside
one every question is asked anew, so that actions never judge by an answer from before they wrote.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

Given = ParamSpec("Given")
Answer = TypeVar("Answer")

_answers: ContextVar[dict[Any, Any] | None] = ContextVar("answers", default=None)


@contextmanager
def one_reading(*, afresh: bool = False) -> Iterator[None]:
    """Inside, `asked_once` questions keep their answers; a reading inside another joins it.

    One begun afresh, under a lock, knows nothing of what was read before.
    """
    if _answers.get() is not None and not afresh:
        yield
        return
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def asked_once(question: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """Keep the answer for the reading under way. Its arguments are ids, or objects by identity."""

    @wraps(question)
    def ask(*args: Given.args, **kwargs: Given.kwargs) -> Answer:
        answers = _answers.get()
        if answers is None:
            return question(*args, **kwargs)
        key = (question, tuple(map(_named, args)), tuple((n, _named(v)) for n, v in kwargs.items()))
        if key not in answers:
            # The arguments are kept beside the answer, so that their identity stays theirs.
            answers[key] = (question(*args, **kwargs), args, kwargs)
        answer: Answer = answers[key][0]
        return answer

    return ask


def answered(question: Callable[..., Answer], *args: Any, answer: Answer) -> None:
    """Give the reading under way an answer that was read together with others.

    `question` is an `asked_once` one. Outside a reading nothing is kept.
    """
    answers = _answers.get()
    asked = getattr(question, "__wrapped__", None)
    if asked is None:
        raise TypeError(f"{question} is not asked once, so it has no answer to give")
    if answers is not None:
        answers[(asked, tuple(map(_named, args)), ())] = (answer, args, {})


def _named(value: Any) -> Any:
    return value if isinstance(value, str | int | tuple | None) else id(value)
