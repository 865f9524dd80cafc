"""Files handed in with a request or a piece of evidence: measured, named, kept."""

import hashlib
import re
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from config.flow.errors import NotAllowed
from config.web.scanning import Verdict, scan
from initiatives.models import Attachment, Initiative

LIMIT = 10 * 1024 * 1024
HEAD = 16
# What runs on somebody's computer has no place beside a request.
PROGRAMS = frozenset(
    [
        ".app",
        ".bat",
        ".cmd",
        ".com",
        ".cpl",
        ".dll",
        ".exe",
        ".hta",
        ".jar",
        ".js",
        ".jse",
        ".lnk",
        ".msi",
        ".ps1",
        ".scr",
        ".sh",
        ".vbe",
        ".vbs",
        ".wsf",
    ]
)
RUNS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"#!")
# Endings whose files begin in a known way; another beginning is another kind of file.
BEGINS: dict[str, tuple[bytes, ...]] = {
    ".png": (b"\x89PNG",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".gif": (b"GIF8",),
    ".webp": (b"RIFF",),
    ".pdf": (b"%PDF",),
    ".zip": (b"PK",),
    ".docx": (b"PK",),
    ".xlsx": (b"PK",),
    ".pptx": (b"PK",),
}
STRANGE = re.compile(r"[^\w.() -]+")


@transaction.atomic
def attach(
    *, initiative: Initiative, actor: Any, upload: UploadedFile, evidence: Any = None
) -> Attachment:
    """Keep a file with its SHA-256.

    Raises NotAllowed above 10 MB, when it is empty, a program, not what its name says, or not
    clean to the virus scanner of the installation.
    """
    size = upload.size or 0
    name = safe_name(upload.name or "file")
    if size == 0:
        raise NotAllowed(f"“{name}” is empty; choose the file again.")
    if size > LIMIT:
        raise NotAllowed(f"“{name}” is larger than 10 MB; hand in a link instead.")
    _must_be_what_it_says(name, upload)
    verdict = _scanned(name, upload)
    return Attachment.objects.create(
        initiative=initiative,
        evidence=evidence,
        file=upload,
        original_name=name,
        checksum=checksum(upload),
        size=size,
        verdict=verdict,
        uploaded_by=actor,
    )


def _must_be_what_it_says(name: str, upload: UploadedFile) -> None:
    ending = PurePath(name).suffix.lower()
    upload.seek(0)
    head = upload.read(HEAD)
    upload.seek(0)
    if ending in PROGRAMS or head.startswith(RUNS):
        raise NotAllowed(f"“{name}” is a program; hand in a text, a picture or a table.")
    begins = BEGINS.get(ending)
    if begins and not head.startswith(begins):
        raise NotAllowed(f"“{name}” is no {ending[1:].upper()} file; save it again and choose it.")


def _scanned(name: str, upload: UploadedFile) -> Verdict:
    verdict = scan(upload)
    if verdict is Verdict.INFECTED:
        raise NotAllowed(f"The virus scanner found something in “{name}”; it was not kept.")
    if verdict is Verdict.FAILED:
        raise NotAllowed(
            f"“{name}” could not be scanned for viruses and was not kept. Try again in a minute, "
            "or hand in a link."
        )
    return verdict


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
