"""Files handed in with a request or a piece of evidence: measured, named, kept."""

import hashlib
import re
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from config.flow.errors import NotAllowed
from initiatives.models import Attachment, Initiative

LIMIT = 10 * 1024 * 1024
STRANGE = re.compile(r"[^\w.() -]+")


@transaction.atomic
def attach(
    *, initiative: Initiative, actor: Any, upload: UploadedFile, evidence: Any = None
) -> Attachment:
    """Keep a file with its SHA-256. Raises NotAllowed above 10 MB or when it is empty."""
    size = upload.size or 0
    name = safe_name(upload.name or "file")
    if size == 0:
        raise NotAllowed(f"“{name}” is empty; choose the file again.")
    if size > LIMIT:
        raise NotAllowed(f"“{name}” is larger than 10 MB; hand in a link instead.")
    return Attachment.objects.create(
        initiative=initiative,
        evidence=evidence,
        file=upload,
        original_name=name,
        checksum=checksum(upload),
        size=size,
        uploaded_by=actor,
    )


def checksum(upload: UploadedFile) -> str:
    """SHA-256 of a file, hexadecimal; leaves it at its beginning."""
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()


def safe_name(name: str) -> str:
    """The file's own name without folders and control characters."""
    plain = PurePath(name.replace("\\", "/")).name
    return STRANGE.sub("_", plain).strip(". ")[:200] or "file"
