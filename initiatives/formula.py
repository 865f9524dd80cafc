"""Formulas of scoring frameworks: a small language of its own, read and computed here. Pure.

A formula is numbers, input names, `+ - * /`, brackets, `min(…)` and `max(…)`. It is read into a tree
by hand; nothing is ever handed to an interpreter. What cannot be read is refused with a sentence that
names the position; what cannot be computed (a division by zero) is incomplete, with its reason.
"""

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, DecimalException, localcontext
from functools import lru_cache

LONGEST, DEEPEST, MOST_DIGITS = 500, 30, 15
LARGEST = Decimal(10) ** 11
FUNCTIONS = ("min", "max")
NAME = re.compile(r"[a-z][a-z0-9_]*")
_TOKEN = re.compile(r"\s*(?:(\d+(?:\.\d+)?|\.\d+)|([A-Za-z_][A-Za-z0-9_]*)|([-+*/(),]))", re.ASCII)
_SIGNS = {"×": "*", "·": "*", "÷": "/", "−": "-", "–": "-"}


class FormulaError(ValueError):
    """A formula that cannot be read. `position` counts characters from 1."""

    def __init__(self, sentence: str, position: int) -> None:
        super().__init__(f"Position {position}: {sentence}")
        self.sentence = sentence
        self.position = position


class Uncomputable(ArithmeticError):
    """The formula has no result for these numbers; the text says why."""


@dataclass(frozen=True)
class Number:
    value: Decimal


@dataclass(frozen=True)
class Name:
    name: str
    at: int


@dataclass(frozen=True)
class Minus:
    of: "Node"


@dataclass(frozen=True)
class Operation:
    sign: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True)
class Call:
    function: str
    of: tuple["Node", ...]


Node = Number | Name | Minus | Operation | Call


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    at: int


def _tokens(text: str) -> Iterator[_Token]:
    at, end = 0, len(text.rstrip())
    while at < end:
        found = _TOKEN.match(text, at)
        if found is None:
            place = at + len(text[at:]) - len(text[at:].lstrip())
            raise FormulaError(
                f"“{text[place]}” does not belong into a formula; use numbers, input names, "
                "+ - * / ( ) min and max.",
                place + 1,
            )
        kind = ("number", "name", "sign")[(found.lastindex or 1) - 1]
        yield _Token(kind, found[found.lastindex or 1], found.start(found.lastindex or 1) + 1)
        at = found.end()
    yield _Token("end", "", end + 1)


class _Reader:
    """Reads a formula from left to right; one method per level of precedence."""

    def __init__(self, text: str) -> None:
        self.tokens = list(_tokens(text))
        self.next = 0
        self.depth = 0

    @property
    def here(self) -> _Token:
        return self.tokens[self.next]

    def take(self) -> _Token:
        token = self.here
        self.next += 1
        return token

    def whole(self) -> Node:
        if self.here.kind == "end":
            raise FormulaError("the formula is empty; write one such as reach * impact.", 1)
        tree = self.sum()
        if self.here.kind != "end":
            raise FormulaError(
                f"“{self.here.text}” follows without a sign such as * between.", self.here.at
            )
        return tree

    def sum(self) -> Node:
        left = self.product()
        while self.here.text in ("+", "-"):
            left = Operation(self.take().text, left, self.product())
        return left

    def product(self) -> Node:
        left = self.factor()
        while self.here.text in ("*", "/"):
            left = Operation(self.take().text, left, self.factor())
        return left

    def factor(self) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise FormulaError("the formula is nested too deeply; split it.", self.here.at)
        tree = self._factor()
        self.depth -= 1
        return tree

    def _factor(self) -> Node:
        token = self.take()
        if token.text == "-":
            return Minus(self.factor())
        if token.text == "(":
            tree = self.sum()
            self.expect(")", "an opening bracket is not closed; write ) here.")
            return tree
        if token.kind == "number":
            if len(token.text) > MOST_DIGITS:
                raise FormulaError("this number has too many digits.", token.at)
            return Number(Decimal(token.text))
        if token.kind == "name":
            return self.named(token)
        if token.kind == "end":
            raise FormulaError("the formula ends too early; a number or an input is missing.",
                               token.at)  # fmt: skip
        raise FormulaError(
            f"“{token.text}” stands where a number, an input or ( should be.", token.at
        )

    def named(self, token: _Token) -> Node:
        if self.here.text != "(":
            return Name(token.text, token.at)
        if token.text not in FUNCTIONS:
            raise FormulaError(f"“{token.text}” is no function; there are min and max.", token.at)
        self.take()
        parts = [self.sum()]
        while self.here.text == ",":
            self.take()
            parts.append(self.sum())
        self.expect(")", f"the bracket of {token.text} is not closed; write ) here.")
        if len(parts) < 2:
            raise FormulaError(f"{token.text} compares two values or more.", token.at)
        return Call(token.text, tuple(parts))

    def expect(self, text: str, sentence: str) -> None:
        if self.here.text != text:
            raise FormulaError(sentence, self.here.at)
        self.take()


@lru_cache(maxsize=256)
def read(text: str) -> Node:
    """The tree of a formula. Raises FormulaError with the position of the first fault."""
    if len(text) > LONGEST:
        raise FormulaError(f"the formula is longer than {LONGEST} characters.", LONGEST + 1)
    return _Reader("".join(_SIGNS.get(sign, sign) for sign in text)).whole()


def names(tree: Node) -> Iterator[Name]:
    """Every input a formula names, from left to right, with its position."""
    match tree:
        case Name():
            yield tree
        case Minus(of):
            yield from names(of)
        case Operation(_, left, right):
            yield from names(left)
            yield from names(right)
        case Call(_, parts):
            for part in parts:
                yield from names(part)
        case Number():
            return


def check(text: str, known: list[str]) -> Node:
    """The tree of a formula that uses exactly the known inputs. Raises FormulaError."""
    tree = read(text)
    used = set()
    for found in names(tree):
        if found.name not in known:
            raise FormulaError(_unknown(found.name, known), found.at)
        used.add(found.name)
    idle = [name for name in known if name not in used]
    if idle:
        raise FormulaError(
            f"“{idle[0]}” is asked for but the formula never uses it; use it or take it out.",
            len(text) + 1,
        )
    return tree


def _unknown(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name.lower(), known, n=1)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(known) or 'none yet'}."
    return f"“{name}” is no input of this framework; {hint}"


def compute(tree: Node, values: Mapping[str, Decimal]) -> Decimal:
    """The result for these numbers. Raises Uncomputable with the reason."""
    with localcontext(prec=28, Emax=999, Emin=-999):
        try:
            found = _value(tree, values)
        except DecimalException:
            raise Uncomputable("a number in between grows beyond all bounds") from None
    if abs(found) > LARGEST:
        raise Uncomputable("the result is larger than 100 billion")
    return found


def _value(tree: Node, values: Mapping[str, Decimal]) -> Decimal:
    match tree:
        case Number(value):
            return value
        case Name(name, _):
            return values[name]
        case Minus(of):
            return -_value(of, values)
        case Call(function, parts):
            every = [_value(part, values) for part in parts]
            return min(every) if function == "min" else max(every)
        case Operation(sign, left, right):
            return _operate(sign, _value(left, values), _value(right, values))


def _operate(sign: str, left: Decimal, right: Decimal) -> Decimal:
    match sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
    if not right:
        raise Uncomputable("it divides by zero")
    return left / right
