"""Pictures handed in: decoded and written anew, so that nothing but pixels is kept."""

import hashlib
from dataclasses import dataclass
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from PIL import Image, UnidentifiedImageError

LIMIT_BYTES = 8 * 1024 * 1024
LIMIT_PIXELS = 40_000_000
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
    name = upload.name or "file"
    if (upload.size or 0) > LIMIT_BYTES:
        message = f"“{name}” is larger than 8 MB; export it smaller."
        raise UnfitPicture(message)
    data = upload.read()
    image = _decoded(data, name)
    kind, extension = KINDS[image.format or "PNG"]
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
