"""Taking an RFC away: Markdown, one HTML file, PDF. Of the newest revision or a named one."""

import hashlib
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views import View

from config.flow.errors import NotAllowed
from config.web.documents import for_pages, standalone
from config.web.pdf import PdfFailed, pdf_of
from rfc.models import Revision
from rfc.queries.reading import revision_of
from rfc.queries.taking import as_document, as_markdown, mentions_told
from rfc.views.base import OneRFC


class _Taken(OneRFC, View):
    """One file. The same state of the RFC answers 304 to whoever has it already."""

    suffix = ""
    content_type = ""

    def get(self, request: HttpRequest, number: int, revision: int = 0) -> HttpResponse:
        found = revision_of(self.rfc, revision)
        if found is None and (revision or self.suffix != "md"):
            raise Http404
        etag = quote_etag(self._stamp(found))
        known = get_conditional_response(request, etag=etag)
        if isinstance(known, HttpResponseNotModified):
            return known
        answer = HttpResponse(self.content(found), content_type=self.content_type)
        name = self.rfc.key + (f"-r{revision}" if revision else "")
        answer["Content-Disposition"] = f'attachment; filename="{name}.{self.suffix}"'
        answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
        answer["Cache-Control"] = "private, no-cache"
        answer["ETag"] = etag
        return answer

    def content(self, revision: Any) -> str | bytes:
        raise NotImplementedError

    def _stamp(self, revision: Revision | None) -> str:
        """Whatever the head of the file says, and the text."""
        rfc = self.rfc
        parts = [
            self.suffix,
            rfc.key,
            rfc.flow_version,
            rfc.row_version,
            rfc.revision_count,
            rfc.superseded_by_id,
            revision.content_hash if revision else rfc.draft_hash,
            revision.renderer_version if revision else "",
            hashlib.sha256(self._shown(revision).encode()).hexdigest(),
        ]
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]

    def _shown(self, revision: Revision | None) -> str:
        return "" if revision is None or self.suffix == "md" else mentions_told(revision)


class MarkdownRFC(_Taken):
    """`/rfcs/RFC-7.md`; an RFC without a revision gives its draft."""

    suffix = "md"
    content_type = "text/markdown; charset=utf-8"

    def content(self, revision: Revision | None) -> str:
        return as_markdown(self.rfc, revision)


class HtmlRFC(_Taken):
    """`/rfcs/RFC-7.html`: style and pictures are inside; it runs nothing."""

    suffix = "html"
    content_type = "text/html; charset=utf-8"

    def content(self, revision: Revision) -> str:
        return standalone(as_document(self.rfc, revision))


class PdfRFC(_Taken):
    """`/rfcs/RFC-7.pdf`: the same HTML on pages with numbers."""

    suffix = "pdf"
    content_type = "application/pdf"

    def content(self, revision: Revision) -> bytes:
        document = as_document(self.rfc, revision)
        try:
            return pdf_of(
                for_pages(document),
                title=f"{self.rfc.key} {revision.title}",
                author=revision.author.name,
                subject=document.running,
                images=document.images,
            )
        except PdfFailed as failed:
            raise NotAllowed(str(failed), link=f"{self.rfc.get_absolute_url()}.html") from failed
