"""The picture of oneself: pixels written anew, square, shown instead of the initials."""

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.models import Person
from config.web.pictures import square


@transaction.atomic
def change_picture(*, person: Person, upload: UploadedFile) -> Person:
    """Show this picture of oneself. Raises UnfitPicture; the earlier one stays then.

    The file of the earlier picture is removed by the sweeper, once no row names it.
    """
    made = square(upload)
    person.picture.save(f"portrait.{made.extension}", made.content, save=False)
    person.save(update_fields=["picture"])
    return person


@transaction.atomic
def remove_picture(*, person: Person) -> Person:
    """Back to the initials."""
    person.picture = ""
    person.save(update_fields=["picture"])
    return person
