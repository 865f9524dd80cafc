"""Text as PostgreSQL's reader of words may have it: texts exist that keep it busy for minutes.

It looks ahead at every word to see whether a comment, an address or a file name begins there. Where
none ever ends, the time grows with the square of the text: 200,000 characters of `<!--` took 45
seconds, of `Z@1` half an hour. Everything that is indexed or excerpted goes through this function,
which leaves ordinary texts as they are. The migration holds its words; `docs/rfc-text.md` the why.
"""

from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import Func, TextField

NAME = "searched_text"
# What is asked is read word by word as well, and nobody asks for more.
MOST_ASKED = 200


class SearchedText(Func):
    """The text without what has no end: `SearchedText("body")`."""

    function = NAME
    arity = 1
    output_field = TextField()


def asked(words: str) -> Any:
    """What was typed, its first 200 characters, as a query in English: words, "phrases", -not, or."""
    return SearchQuery(words[:MOST_ASKED], search_type="websearch", config="english")
