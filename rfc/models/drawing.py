"""A text as stored HTML: its links to other documents and its pictures found, never on a request.

A document that was imported names its neighbours and pictures by path; they are found among what
its corpus brought here. Pictures uploaded here are named by their address.
"""

import posixpath
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote, urlsplit

from accounts.mentions import named_in
from config.web import references
from rfc.importing.links import LinkIndex
from rfc.models.imported import ImportedDocument
from rfc.models.picture import Picture
from rfc.models.rfc import RFC
from rfc.text import rendering
from rfc.text.languages import detect

Resolver = Callable[[str], str | None]
MOST_NOTICE = 300


def drawn(
    rfc: RFC, body: str, index: LinkIndex | None = None, pictures: Resolver | None = None
) -> dict[str, Any]:
    """The columns of a revision that hold its HTML. Takes as long as the text is large.

    `index` is the corpus of an imported document where the caller has it already; `pictures`
    finds (and may attach) the pictures of a document that is just being imported.
    """
    known = ImportedDocument.objects.filter(rfc=rfc).first()
    done = rendering.render(
        body,
        link_resolver=_links(known, index) if known else None,
        image_resolver=pictures or own_pictures(rfc, known),
        # Handles and numbers of a corpus from elsewhere mean somebody and something there.
        name_resolver=None if known else _names(body),
    )
    return {
        "html": done.html,
        "toc": done.toc_data(),
        "notice": done.notice[:MOST_NOTICE],
        "renderer_version": done.version,
    }


def language_of(rfc: RFC, text: str) -> str:
    """What the authors said, else what the text looks like."""
    return rfc.language or detect(text)


def corpus_index(corpus: str) -> LinkIndex:
    """Where every document of a corpus is found here. One query."""
    index = LinkIndex()
    rows = ImportedDocument.objects.filter(corpus=corpus).select_related("rfc")
    for row in rows.only("path", "external_number", "rfc__number"):
        index.place(row.path, row.external_number, row.rfc.key)
    return index


def _links(known: ImportedDocument, index: LinkIndex | None) -> Resolver:
    found = index or corpus_index(known.corpus)
    return found.resolver(known.path, lambda key: f"/rfcs/{key}")


def _names(body: str) -> Resolver:
    """Where the keys and people named in a text lead. At most three queries."""
    people = {f"@{each.written}": each.href for each in named_in(body) if not each.why}
    return lambda name: people.get(name) or references.address(name)


def own_pictures(rfc: RFC, known: ImportedDocument | None) -> Resolver:
    """Addresses of the RFC's own pictures, by address and by the path they were imported from."""
    own = {picture.get_absolute_url() for picture in Picture.objects.filter(rfc=rfc)}
    folder = posixpath.dirname(known.path) if known else ""

    def address(source: str) -> str | None:
        path = urlsplit(source).path
        if path in own:
            return path
        inside = posixpath.normpath(posixpath.join(folder, unquote(path)))
        return known.pictures.get(inside) if known else None

    return address
