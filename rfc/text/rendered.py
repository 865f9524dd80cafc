"""What changed between two rendered sections: the new page with marks around words in and out.

Every tag of the answer comes from the new HTML, so it nests as that does; words that went are
put back as text in `<del>`, where text may stand.
"""

import re
from collections.abc import Iterator

from rfc.text.differences import Budget, token_edits
from rfc.text.known import Known

_TOKEN = re.compile(r"<[^>]*>|&[#\w]+;|\d+(?:[.,]\d+)*|\w+|\s+|[^\w\s<&]|[<&]")
_NAME = re.compile(r"</?\s*([a-zA-Z0-9]+)")
# Inside these only other elements may stand, never words.
_LISTS = frozenset({"ul", "ol"})
_TABLES = frozenset({"table", "thead", "tbody", "tfoot", "tr", "colgroup"})
_VOID = frozenset({"br", "hr", "img", "input", "col", "wbr"})
MOST_TOKENS = 60_000
_known: Known[str] = Known(2_000_000)


def marked(old: str, new: str) -> str:
    """The new HTML with `<ins>` and `<del>` around changed words.

    Both are our own cleaned HTML. A section too long to compare by words comes back unmarked.
    """
    known = _known.get(old, new)
    if known is None:
        budget = Budget()
        known = _marked(old, new, budget)
        if budget.ample:
            _known.keep(known, old, new)
    return known


def _marked(old: str, new: str, budget: Budget) -> str:
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(before) + len(after) > MOST_TOKENS:
        return new
    page = _Page()
    for op, tokens in _together(list(token_edits(before, after, budget))):
        if op < 0:
            page.went(tokens)
        else:
            page.stays(tokens, came=op > 0)
    return page.html()


Edits = list[tuple[int, list[str]]]


def _together(edits: Edits) -> Edits:
    """Words changed side by side, with only space between them, read as one change."""
    found: Edits = []
    went: list[str] = []
    came: list[str] = []
    for at, (op, tokens) in enumerate(edits):
        between = 0 < at < len(edits) - 1 and not "".join(tokens).strip()
        if op == 0 and not between:
            found += [(-1, went)] * bool(went) + [(1, came)] * bool(came)
            found.append((0, tokens))
            went, came = [], []
        else:
            went = [*went, *tokens] if op <= 0 else went
            came = [*came, *tokens] if op >= 0 else came
    return found + [(-1, went)] * bool(went) + [(1, came)] * bool(came)


def gone(html: str) -> str:
    """A whole section that went: its text, struck through."""
    return "".join(_struck(_TOKEN.findall(html)))


def _struck(tokens: list[str]) -> Iterator[str]:
    run: list[str] = []
    for token in tokens:
        if _is_tag(token) or not token.strip():
            yield from _wrapped("del", run)
            run = []
            yield token
        else:
            run.append(token)
    yield from _wrapped("del", run)


def _wrapped(tag: str, words: list[str]) -> list[str]:
    text = "".join(words)
    return [f"<{tag}>{text}</{tag}>"] if text.strip() else [text]


def _is_tag(token: str) -> bool:
    return token.startswith("<") and len(token) > 1


class _Page:
    """The answer as it grows: what is open, and words that went and wait for a place."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._open: list[str] = []
        self._waiting: list[str] = []
        self._run: list[str] = []

    def went(self, tokens: list[str]) -> None:
        """Words of the old text; its tags are left out."""
        self._end_run()
        words = [" " if _is_tag(token) else token for token in tokens]
        text = "".join(words)
        if text.strip():
            self._waiting.append(" ".join(text.split()))
        self._place()

    def stays(self, tokens: list[str], *, came: bool) -> None:
        """Tags and words of the new text."""
        for token in tokens:
            if _is_tag(token):
                self._end_run()
                self._tag(token)
            elif came:
                self._place()
                self._run.append(token)
            else:
                self._end_run()
                if token.strip():
                    self._place()
                self._out.append(token)
        self._end_run()

    def html(self) -> str:
        """The whole answer."""
        self._end_run()
        if self._waiting:
            self._out += ["<p>", *self._struck(), "</p>"]
        return "".join(self._out)

    def _tag(self, token: str) -> None:
        found = _NAME.match(token)
        name = found[1].lower() if found else ""
        if token.startswith("</"):
            self._place()
            if self._open and self._open[-1] == name:
                self._open.pop()
            self._out.append(token)
            return
        self._out.append(token)
        if name and name not in _VOID and not token.endswith("/>"):
            self._open.append(name)

    def _place(self) -> None:
        """Put waiting words here, when words may stand here."""
        inside = self._open[-1] if self._open else ""
        if not self._waiting or inside in _TABLES:
            return
        if inside in _LISTS:
            self._out += ["<li>", *self._struck(), "</li>"]
        elif not inside:
            self._out += ["<p>", *self._struck(), "</p>"]
        else:
            self._out += [*self._struck(), " "]

    def _struck(self) -> list[str]:
        words, self._waiting = self._waiting, []
        return _wrapped("del", [" ".join(words)])

    def _end_run(self) -> None:
        if self._run:
            lead = self._run[0] if not self._run[0].strip() else ""
            self._out += [lead, *_wrapped("ins", self._run[1:] if lead else self._run)]
            self._run = []
