"""Pictures of a document that is being imported: found in its folder, written anew, attached."""

import posixpath
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile

from config.flow.errors import NotAllowed
from config.web.pictures import LIMIT_BYTES
from rfc.actions.people_named import unknown_author
from rfc.actions.pictures import keep_picture
from rfc.models import RFC, ImportedDocument
from rfc.models.drawing import own_pictures

RASTER = {".png", ".jpg", ".jpeg", ".gif", ".webp"}
DRAWN, PAPER = {".svg"}, {".pdf", ".eps"}


def inside_of(root: Path, folder: str, path: str) -> str:
    """The path below the folder that was imported. One that starts at the top of a repository
    may name that folder first.
    """
    if not path.startswith("/"):
        return posixpath.normpath(posixpath.join(folder, path))
    inside = posixpath.normpath(path.lstrip("/"))
    top, _, rest = inside.partition("/")
    return rest if rest and top == root.name else inside


class Attached:
    """Answers where a picture of the document is shown here; attaches it when it is met.

    `said` holds a sentence for each one that could not be taken.
    """

    def __init__(self, root: Path, rfc: RFC, known: ImportedDocument, by: Any) -> None:
        self._root = root.resolve()
        self._rfc = rfc
        self._known = known
        self._by = by
        self._folder = posixpath.dirname(known.path)
        self._own = own_pictures(rfc, None)
        self._changed = False
        self.said: list[str] = []

    def __call__(self, source: str) -> str | None:
        parts = urlsplit(source)
        if parts.scheme or parts.netloc:
            return None
        if own := self._own(source):
            return own
        inside = inside_of(self._root, self._folder, unquote(parts.path))
        kept: str | None = self._known.pictures.get(inside)
        return kept or self._attach(inside, source)

    def done(self) -> None:
        """Keep what was attached on the document's record."""
        if self._changed:
            self._known.save(update_fields=["pictures"])

    def _attach(self, inside: str, source: str) -> str | None:
        file = (self._root / inside).resolve()
        suffix = file.suffix.lower()
        if not file.is_relative_to(self._root) or not file.is_file():
            return self._say(f"The picture {source} is not in the folder.")
        drawing = suffix in DRAWN
        if suffix in PAPER:
            return self._say(f"{source} is a drawing ({suffix[1:].upper()}); only pixels are kept.")
        if (not drawing and suffix not in RASTER) or file.stat().st_size > LIMIT_BYTES:
            return self._say(f"{source} is no PNG, JPEG, WebP, GIF or SVG of at most 8 MB.")
        upload = SimpleUploadedFile(file.name, file.read_bytes())
        by = self._by or unknown_author()
        try:
            picture = keep_picture(locked=self._rfc, by=by, upload=upload, drawing=drawing)
        except NotAllowed as refusal:
            return self._say(" ".join(refusal.sentences))
        address = picture.get_absolute_url()
        self._known.pictures[inside] = address
        self._changed = True
        if drawing:
            self._say(f"{source} is a drawing (SVG): readers save it, it is not shown.")
        return address

    def _say(self, sentence: str) -> str | None:
        """Keep the sentence; there is no address to answer."""
        if sentence not in self.said:
            self.said.append(sentence)
        return None
