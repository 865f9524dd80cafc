"""Pictures in the text of an RFC: dropped, written anew, kept once, never replaced."""

from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from config.flow.errors import NotAllowed
from config.web.pictures import UnfitPicture, freeze, keep_drawing
from rfc.actions.writing import lock_for_writing
from rfc.models import RFC, Picture
from rfc.models.picture import DRAWN

MOST_PICTURES = 200


@transaction.atomic
def add_picture(*, rfc: RFC, actor: Any, upload: UploadedFile) -> Picture:
    """Keep a picture for the text. The same pixels again give the picture there is.

    A drawing (SVG) is kept for readers to save; the text links to it.

    Raises NotAllowed with a sentence when the file is no picture or too large; NotYours for
    people who do not write this RFC.
    """
    drawing = PurePath(upload.name or "").suffix.lower() == DRAWN
    locked = lock_for_writing(rfc, actor)
    return keep_picture(locked=locked, by=actor, upload=upload, drawing=drawing)


def keep_picture(*, locked: RFC, by: Any, upload: UploadedFile, drawing: bool = False) -> Picture:
    """The same for a locked RFC and somebody who was asked elsewhere whether they may.

    A `drawing` (SVG) is kept as it is, for readers to save.
    """
    try:
        frozen = keep_drawing(upload) if drawing else freeze(upload)
    except UnfitPicture as unfit:
        raise NotAllowed(str(unfit)) from unfit
    known = Picture.objects.filter(rfc=locked, checksum=frozen.checksum).first()
    if known is not None:
        return known
    if locked.pictures.count() >= MOST_PICTURES:
        raise NotAllowed(
            f"{locked.key} holds {MOST_PICTURES} pictures already; link further ones instead."
        )
    picture = Picture(
        rfc=locked,
        original_name=(upload.name or "picture")[:255],
        checksum=frozen.checksum,
        width=frozen.width,
        height=frozen.height,
        size=frozen.size,
        uploaded_by=by,
    )
    # The row is written last: a file without a row is swept, a row without a file never exists.
    picture.file.save(f"{picture.public_id}.{frozen.extension}", frozen.content, save=False)
    picture.save()
    return picture
