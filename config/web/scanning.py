"""A virus scanner of the installation, asked before a file is kept.

GATELINE_VIRUS_SCAN names a command that reads the file from standard input and ends with 0 for
clean and 1 for infected, as `clamdscan --no-summary -` does. Any other ending keeps nothing.
"""

import shlex
import subprocess

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.utils.translation import gettext_lazy as _

SECONDS = 30


class Verdict(models.TextChoices):
    """What is known of a file."""

    NOT_SCANNED = "not_scanned", _("Not scanned for viruses")
    CLEAN = "clean", _("Clean")
    INFECTED = "infected", _("Infected")
    FAILED = "failed", _("Could not be scanned")


def scan(upload: UploadedFile) -> Verdict:
    """Ask the scanner; without one nothing is known."""
    if not settings.VIRUS_SCAN:
        return Verdict.NOT_SCANNED
    upload.seek(0)
    try:
        ended = subprocess.run(  # noqa: S603 - the installation's own command
            shlex.split(settings.VIRUS_SCAN),
            input=upload.read(),
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return Verdict.FAILED
    finally:
        upload.seek(0)
    return {0: Verdict.CLEAN, 1: Verdict.INFECTED}.get(ended.returncode, Verdict.FAILED)
