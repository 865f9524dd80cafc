"""Full-text search in the newest revisions, each read in its own language.

Matching uses the stored vector. Ranking looks at a bounded number of the newest matches, and
excerpts are cut around the first match before PostgreSQL marks them: both cost what a page
shows, not what the installation holds.
"""

import re
from typing import Any

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank
from django.db.models import (
    Case,
    CharField,
    F,
    FloatField,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest, Left, Lower, NullIf, StrIndex, Substr
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from config.batch import Asker, alone
from config.flow.searching import MOST_ASKED, SearchedText
from rfc.models import RFC, Revision
from rfc.models.revision import SEARCHED_LETTERS
from rfc.text.languages import LANGUAGES, OTHER

RANKED = 300
WINDOW, BEFORE = 1_200, 300
START, STOP = "\x02", "\x03"
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)|\]\([^()\s]*\)?|^\S*\)(?=\s)")
_COMMENT = re.compile(r"<!--.*?(?:-->|$)", re.DOTALL)
_MARKS = re.compile(r"[#`|*]+|^\s*[-+>]\s|\s[-+>]\s", re.MULTILINE)
_PLAIN = re.compile(r"[\w\s]+")
_WORDS = re.compile(r"\w+")


def query_in(code: str, words: str) -> Any:
    """The words as a query in one language. Of plain words the last may be half typed."""
    config, words = LANGUAGES[code][1], words[:MOST_ASKED]
    query: Any = SearchQuery(words, search_type="websearch", config=config)
    *whole, last = words.split() or [""]
    if len(last) < 3 or not _PLAIN.fullmatch(words):
        return query
    begun: Any = SearchQuery(f"'{last.lower()}':*", search_type="raw", config="simple")
    if whole:
        begun = SearchQuery(" ".join(whole), search_type="websearch", config=config) & begun
    return query | begun


def speaks(words: str) -> Q:
    """Revisions that hold the words, each asked in its own language."""
    said = Q(pk__in=[])
    for code in LANGUAGES:
        said |= Q(language=code, words=query_in(code, words))
    return said


def holding(words: str) -> Q:
    """RFCs whose newest revision holds the words, or whose title does while none is published."""
    newest = Revision.objects.filter(speaks(words), number=F("rfc__revision_count"))
    unpublished = Q(revision_count=0, title__icontains=words)
    return Q(pk__in=newest.order_by().values("rfc")) | unpublished


def best_first(found: QuerySet[RFC], words: str) -> QuerySet[RFC]:
    """The newest matches by how well they match. `found` holds matches only."""
    return _ranked(found, list(_newest(found)), words)


def _newest(found: QuerySet[RFC]) -> QuerySet[Any]:
    return found.order_by("-changed_at", "-id").values_list("pk", flat=True)[:RANKED]


def _ranked(found: QuerySet[RFC], newest: list[int], words: str) -> QuerySet[RFC]:
    mine = Revision.objects.filter(rfc=OuterRef("pk"), number=OuterRef("revision_count"))
    rank = Subquery(mine.annotate(rank=_rank(words)).values("rank")[:1], FloatField())
    best: QuerySet[RFC] = (
        RFC.objects.filter(pk__in=newest)
        .select_related(*_relations(found))
        .annotate(rank=Coalesce(rank, 0.0))
        .order_by("-rank", "-changed_at", "-id")
    )
    return best


def _relations(found: QuerySet[RFC]) -> list[str]:
    """What the rows already bring along."""
    named = found.query.select_related
    return list(named) if isinstance(named, dict) else []


def search(person: Any, words: str, limit: int = 9) -> list[tuple[RFC, SafeString]]:
    """RFCs a person may see that hold the words, best first, each with an excerpt. Two queries."""
    return alone(_search(person, words, limit))


def _search(person: Any, words: str, limit: int) -> Asker:
    yield from (yield from ask_search(person, words, limit))


def ask_search(person: Any, words: str, limit: int = 9) -> Asker:
    """The same, asked together with others; returned, not answered."""
    seen = (
        RFC.objects.visible_to(person)
        .filter(holding(words))
        .select_related("author", "superseded_by")
    )
    newest = yield _newest(seen)
    if not newest:
        return []
    found = yield _ranked(seen, newest, words)[:limit]
    marked_in = excerpts(found, words)
    return [(rfc, marked_in.get(rfc.pk, _safe(""))) for rfc in found]


def excerpts(rfcs: list[RFC], words: str) -> dict[int, SafeString]:
    """Where the words stand in the newest revision, by RFC, escaped and marked.

    One query; a second one for texts where a stem stands in another form than was typed.
    """
    newest = Revision.objects.filter(
        speaks(words), rfc__in=[rfc.pk for rfc in rfcs], number=F("rfc__revision_count")
    )
    found = _headlines(newest, words, _window(words))
    lost = [pk for pk, text in found.items() if START not in text]
    if lost:
        found |= _headlines(newest.filter(rfc__in=lost), words, _whole())
    return {pk: marked(text) for pk, text in found.items() if START in text}


def marked(text: str) -> SafeString:
    """Text with found words between START and STOP, as safe HTML with `<mark>`."""
    safe = str(escape(in_plain(text)))
    return _safe(safe.replace(START, "<mark>").replace(STOP, "</mark>"))


def in_plain(text: str) -> str:
    """Markdown without the marks that only a renderer understands, for an excerpt."""
    words = _LINK.sub(r"\1", _COMMENT.sub(" ", text))
    return " ".join(_MARKS.sub(" ", words).split())


def _rank(words: str) -> Case:
    by_language = (
        When(language=code, then=SearchRank(F("words"), query_in(code, words)))
        for code in LANGUAGES
    )
    return Case(*by_language, default=Value(0.0), output_field=FloatField())


def _headlines(found: QuerySet[Revision], words: str, text: Any) -> dict[int, str]:
    by_language = (When(language=code, then=_headline(text, words, code)) for code in LANGUAGES)
    shown = Case(*by_language, default=Value(""), output_field=CharField())
    return dict(found.annotate(shown=shown).values_list("rfc_id", "shown"))


def _headline(text: Any, words: str, code: str) -> SearchHeadline:
    return SearchHeadline(
        text,
        query_in(code, words),
        config=LANGUAGES.get(code, LANGUAGES[OTHER])[1],
        start_sel=START,
        stop_sel=STOP,
        max_words=30,
        min_words=12,
        max_fragments=1,
    )


def _window(words: str) -> Substr:
    """The text around the first place where the phrase stands, or one of the words begins."""
    phrase = " ".join(words[:MOST_ASKED].lower().replace('"', " ").split())
    begun = sorted({_stem(word) for word in _WORDS.findall(phrase)}, key=len, reverse=True)
    places = [NullIf(StrIndex(Lower("body"), Value(each)), 0) for each in [phrase, *begun[:3]]]
    place = Coalesce(*places, Value(1), output_field=IntegerField())
    return Substr("body", Greatest(place - BEFORE, Value(1)), WINDOW)


def _whole() -> SearchedText:
    """All that was indexed of a text."""
    return SearchedText(Left("body", SEARCHED_LETTERS))


def _stem(word: str) -> str:
    """What most forms of a word share: it without its ending."""
    return word[: max(4, len(word) - 3)]


def _safe(html: str) -> SafeString:
    return mark_safe(html)  # noqa: S308 - escaped before the marks went in
