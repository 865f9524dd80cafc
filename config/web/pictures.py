"""Pictures handed in: decoded and written anew, so that nothing but pixels is kept."""

import hashlib
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse
from PIL import Image, ImageOps, UnidentifiedImageError

LIMIT_BYTES = 8 * 1024 * 1024
# Pixels along each side of a person's picture; shown at 28 at most, on screens of any density.
PORTRAIT = 192
LIMIT_PIXELS = 40_000_000
DRAWING = "svg"
LOOKED_AT = 4_096
_STARTS = (b"<svg", b"<?xml", b"<!--", b"<!DOCTYPE svg")
KINDS = {
    "PNG": ("PNG", "png"),
    "JPEG": ("JPEG", "jpg"),
    "WEBP": ("PNG", "png"),
    "GIF": ("PNG", "png"),
}


class UnfitPicture(ValueError):
    """The file is no picture that can be kept; the text says why and what to do."""


@dataclass(frozen=True)
class Picture:
    """A re-encoded picture: its bytes, SHA-256 (hex), size in pixels and bytes."""

    content: ContentFile[bytes]
    checksum: str
    width: int
    height: int
    size: int
    extension: str


def freeze(upload: UploadedFile) -> Picture:
    """Decode and re-encode an upload (PNG, JPEG, WebP, GIF's first frame). Raises UnfitPicture."""
    return _written(*_opened(upload))


def square(upload: UploadedFile) -> Picture:
    """The middle of a picture as a small square. Raises UnfitPicture."""
    image, kind, extension = _opened(upload)
    return _written(ImageOps.fit(image, (PORTRAIT, PORTRAIT)), kind, extension)


def _opened(upload: UploadedFile) -> tuple[Image.Image, str, str]:
    name = upload.name or "file"
    if (upload.size or 0) > LIMIT_BYTES:
        message = f"“{name}” is larger than 8 MB; export it smaller."
        raise UnfitPicture(message)
    data = upload.read()
    image = _decoded(data, name)
    kind, extension = KINDS[image.format or "PNG"]
    # A phone says in the metadata which way is up; those are not kept.
    return ImageOps.exif_transpose(image) or image, kind, extension


def _written(image: Image.Image, kind: str, extension: str) -> Picture:
    out = BytesIO()
    mode = "RGB" if kind == "JPEG" else ("RGBA" if "A" in image.getbands() else "RGB")
    image.convert(mode).save(out, kind, quality=90)
    content = out.getvalue()
    return Picture(
        ContentFile(content),
        hashlib.sha256(content).hexdigest(),
        image.width,
        image.height,
        len(content),
        extension,
    )


def keep_drawing(upload: UploadedFile) -> Picture:
    """A drawing (SVG) as it is: it is only ever handed out to be saved. Raises UnfitPicture.

    It has no size in pixels.
    """
    name = upload.name or "file"
    if (upload.size or 0) > LIMIT_BYTES:
        message = f"“{name}” is larger than 8 MB; export it smaller."
        raise UnfitPicture(message)
    data = upload.read()
    head = data[:LOOKED_AT].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head.startswith(_STARTS) or b"<svg" not in head:
        message = f"“{name}” is not an SVG drawing."
        raise UnfitPicture(message)
    checksum = hashlib.sha256(data).hexdigest()
    return Picture(ContentFile(data), checksum, 0, 0, len(data), DRAWING)


def _decoded(data: bytes, name: str) -> Image.Image:
    try:
        image = Image.open(BytesIO(data), formats=list(KINDS))
        if image.width * image.height > LIMIT_PIXELS:
            message = f"“{name}” has more than 40 million pixels; export it smaller."
            raise UnfitPicture(message)
        image.load()
    except (
        UnidentifiedImageError,
        OSError,
        Image.DecompressionBombError,
        SyntaxError,
    ) as error:
        message = f"“{name}” is not a picture; drop a PNG, JPEG, WebP or GIF."
        raise UnfitPicture(message) from error
    return image


def picture_response(file: Any, save_as: str = "") -> FileResponse:
    """A stored picture: shown, never run as a document, kept by the reader's own browser only.

    A drawing is saved, never shown: it may hold scripts.
    """
    drawing = str(file.name).endswith(f".{DRAWING}")
    kind = "image/jpeg" if str(file.name).endswith(".jpg") else "image/png"
    answer = FileResponse(
        file.open("rb"),
        content_type="image/svg+xml" if drawing else kind,
        as_attachment=drawing,
        filename=save_as,
    )
    answer["Cache-Control"] = "private, max-age=31536000, immutable"
    answer["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
