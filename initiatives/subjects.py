"""Initiatives and saved views as what people are told of."""

from accounts.subjects import Subject
from initiatives.models import Initiative, SavedView


def subject_of(initiative: Initiative) -> Subject:
    """An initiative as a notice names it."""
    key, url = initiative.key, initiative.get_absolute_url()
    return Subject("initiative", initiative.pk, key, initiative.title, url)


def view_as_subject(view: SavedView) -> Subject:
    """A saved view as a notice names it."""
    return Subject("view", view.pk, "", view.name, view.get_absolute_url())
