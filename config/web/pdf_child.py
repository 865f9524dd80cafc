"""The limited process that writes a PDF: no network, no files, little time, little memory.

Reads one JSON object from standard input (html, images by address), writes the PDF to standard
output. Started by `config.web.pdf`; nothing else runs it. Imports no Django.
"""

import base64
import io
import json
import sys

import plutoprint

from config.web.child import limited

MOST_PAGES = 2_000
# Relative addresses are resolved against this before they are asked for; no such host exists.
NOWHERE = "https://gateline.invalid"


class OnlyGiven(plutoprint.ResourceFetcher):
    """Hands out the pictures that came with the order and refuses every other address."""

    def __init__(self, images: dict[str, list[str]]) -> None:
        super().__init__()
        self._images = images

    def fetch_url(self, url: str) -> plutoprint.ResourceData:
        """A picture of the order. Anything else raises, which leaves its place empty."""
        kind, content = self._images[url.removeprefix(NOWHERE)]
        return plutoprint.ResourceData(base64.b64decode(content), kind)


def main() -> None:
    limited()
    order = json.load(sys.stdin)
    book = plutoprint.Book(plutoprint.PAGE_SIZE_A4, plutoprint.PAGE_MARGINS_NORMAL)
    book.custom_resource_fetcher = OnlyGiven(order["images"])
    book.load_html(order["html"], "", "", f"{NOWHERE}/")
    for name in ("title", "author", "subject"):
        if order.get(name):
            kind = getattr(plutoprint, f"PDF_METADATA_{name.upper()}")
            book.set_metadata(kind, order[name])
    out = io.BytesIO()
    book.write_to_pdf_stream(out, plutoprint.MIN_PAGE_COUNT, MOST_PAGES, 1)
    sys.stdout.buffer.write(out.getvalue())


if __name__ == "__main__":
    main()
