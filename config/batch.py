"""Several queries in one statement. Home and search ask a dozen small things; each of them as a
statement of its own costs more in sending and waiting than in reading.

An asker is a generator: it yields a queryset or a prepared query, a tuple of them, or a function that
gives these, and is sent the rows of each. Askers that are driven together have each round of their
questions read by one statement. Whatever else an asker yields is its answer. A row is what the
queryset alone would have given: a model with its relations, or values.
"""

import json
from collections.abc import Callable, Generator, Hashable, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from itertools import chain
from types import FunctionType
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connections, models
from django.db.models import QuerySet

from config.prepared import Ready, made_by

Asker = Generator[Any, Any, Any]
Question = QuerySet[Any] | Ready
# What JSON does not keep. Other types arrive as they are.
BACK: dict[str, Callable[[Any], Any]] = {
    "DateTimeField": datetime.fromisoformat,
    "DateField": date.fromisoformat,
    "TimeField": time.fromisoformat,
    "DecimalField": Decimal,
    "FloatField": float,
    "UUIDField": UUID,
}
# First rounds that a process keeps.
MOST_KEPT = 256
UNFIT = ("BinaryField", "DurationField")


def together(askers: Iterable[Asker], kept_for: Hashable = None) -> list[list[Any]]:
    """What each asker answers, in their order; one statement for each round of questions.

    `kept_for` names all that the first questions depend on beside the rows: who asks, roles, the
    hour. Under the same name the first questions are put together only once per process; those
    given as functions are not even called again.
    """
    running = list(askers)
    answers: list[list[Any]] = [[] for _ in running]
    sent: dict[int, Any] = dict.fromkeys(range(len(running)))
    while sent:
        asked = {}
        for at, rows in sent.items():
            question = _until_asked(running[at], rows, answers[at])
            if question is not None:
                asked[at] = question
        these = _round(asked, kept_for)
        found = iter(read_by(these.statement, these.questions))
        sent, kept_for = {}, None
        for at, asks in these.asked.items():
            rows = tuple(next(found) for _ in _several(asks))
            sent[at] = rows if isinstance(asks, tuple) else rows[0]
    return answers


def _is_question(said: Any) -> bool:
    """A query, a tuple of nothing else, or a function that puts one of these together; every other
    thing is an answer.
    """
    if isinstance(said, FunctionType):
        return True
    if isinstance(said, tuple):
        return bool(said) and all(isinstance(one, QuerySet | Ready) for one in said)
    return isinstance(said, QuerySet | Ready)


def _several(question: Any) -> tuple[Question, ...]:
    return question if isinstance(question, tuple) else (question,)


def alone(asker: Asker) -> list[Any]:
    """What one asker answers."""
    return together([asker])[0]


def _until_asked(asker: Asker, rows: Any, answer: list[Any]) -> Any:
    """Run it until its next question; answers on the way are kept."""
    try:
        said = asker.send(rows)
        while not _is_question(said):
            answer.append(said)
            said = next(asker)
    except StopIteration:
        return None
    return said


@dataclass(frozen=True)
class Statement:
    """One statement for several questions; None stands for one that can have no rows."""

    sql: str
    given: tuple[Any, ...]
    compilers: tuple[Any, ...]


@dataclass(frozen=True)
class Round:
    """What each asker asks, all of it in their order, and the statement that reads it."""

    asked: dict[int, Any]
    questions: list[Question]
    statement: Statement


_kept: dict[Hashable, Round] = {}


def _round(asked: dict[int, Any], kept_for: Hashable) -> Round:
    """The questions put together, or as they were kept."""
    known = _kept.get(kept_for) if kept_for is not None else None
    if known is not None and known.asked.keys() == asked.keys():
        return known
    built = {at: one() if isinstance(one, FunctionType) else one for at, one in asked.items()}
    questions = [one for question in built.values() for one in _several(question)]
    made = Round(built, questions, statement_of(questions))
    if kept_for is not None:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[kept_for] = made
    return made


def read(questions: list[Question]) -> list[list[Any]]:
    """The rows of each question; one statement for all."""
    return read_by(statement_of(questions), questions)


def read_by(asked: Statement, questions: Sequence[Question]) -> list[list[Any]]:
    """The same by a statement that was put together for them."""
    texts: Iterator[Any] = iter(())
    if asked.sql:
        with connections[_rows_of(questions[0]).db].cursor() as cursor:
            cursor.execute(asked.sql, asked.given)
            texts = iter(cursor.fetchone() or ())
    return [
        _as_rows(_rows_of(question), compiler, next(texts)) if compiler else []
        for question, compiler in zip(questions, asked.compilers, strict=True)
    ]


def _rows_of(question: Question) -> QuerySet[Any]:
    """The queryset that makes rows of what is read."""
    return question.template if isinstance(question, Ready) else question


def _compiled(question: Question) -> tuple[Any, str, Iterable[Any]]:
    """Its compiler, SQL and values. Raises EmptyResultSet."""
    if isinstance(question, Ready):
        return question.compiler, question.sql, question.given
    compiler = question.query.get_compiler(question.db)
    return compiler, *compiler.as_sql()


def statement_of(questions: Sequence[Question]) -> Statement:
    """One statement for all of them."""
    compilers: list[Any] = []
    sql: list[str] = []
    given: list[Any] = []
    for question in questions:
        try:
            compiler, statement, params = _compiled(question)
        except EmptyResultSet:
            compilers.append(None)
            continue
        compilers.append(compiler)
        sql.append(_as_json(statement, compiler))
        given.extend(params)
    return Statement(f"SELECT {', '.join(sql)}" if sql else "", tuple(given), tuple(compilers))


def _columns(compiler: Any) -> list[Any]:
    """The fields of what a statement selects; None where nothing is known of it."""
    return [getattr(one[0], "output_field", None) for one in compiler.select]


def _as_json(statement: str, compiler: Any) -> str:
    """The statement as one text of JSON. Values of JSON columns stay text, as Django reads them."""
    fields = _columns(compiler)
    names = [f"c{n}" for n in range(len(fields))]
    shown = [
        f"t.{name}::text AS {name}" if isinstance(field, models.JSONField) else f"t.{name}"
        for name, field in zip(names, fields, strict=True)
    ]
    return (
        f"(SELECT json_agg(row_to_json(r))::text FROM (SELECT {', '.join(shown)}"  # noqa: S608 - compiled by Django
        f" FROM ({statement}) t({', '.join(names)})) r)"
    )


def _as_rows(rows: QuerySet[Any], compiler: Any, text: str | None) -> list[Any]:
    """What the queryset itself would have made of these values."""
    if not text:
        return []
    back = [_back(field) for field in _columns(compiler)]
    values = [
        tuple(
            value if turn is None or value is None else turn(value)
            for turn, value in zip(back, row.values(), strict=True)
        )
        for row in json.loads(text, parse_float=Decimal)
    ]
    # The rows are here already: a compiler gives them where it would ask the database.
    compiler = copy(compiler)
    compiler.execute_sql = lambda *_args, **_more: iter([values])
    compiler.has_results = lambda: bool(values)
    return made_by(rows, compiler)


def _back(field: Any) -> Callable[[Any], Any] | None:
    kind = field.get_internal_type() if field is not None else ""
    if kind in UNFIT:
        raise TypeError(f"{kind} cannot be read together with others.")
    return BACK.get(kind)


def flat(answers: Iterable[list[Any]]) -> Iterator[Any]:
    """All answers in a row."""
    return chain.from_iterable(answers)


def rows_of(rows: QuerySet[Any]) -> Asker:
    """An asker that answers the rows as they are."""
    yield from (yield rows)


def ask_count(rows: QuerySet[Any]) -> Asker:
    """An asker that answers how many rows there are."""
    counted = rows.order_by().values(all=models.Value(1)).annotate(n=models.Count("pk"))
    yield from (yield counted.values_list("n", flat=True)) or [0]


def nothing() -> Asker:
    """An asker without a question."""
    yield from ()
