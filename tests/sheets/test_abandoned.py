"""Imports nobody ran: they go with their files after two weeks, and nothing else does."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from config.due.jobs import run_here
from config.due.periodic import periodic_work
from config.sheets.actions import ask_to_run
from config.sheets.models import Sheet, SheetRow
from tests.factories.sheets import as_csv, checked, handed_in, line


@pytest.fixture
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def aged(sheet, days):
    Sheet.objects.filter(pk=sheet.pk).update(created_at=timezone.now() - timedelta(days=days))
    return sheet


def forget(capture):
    with capture(execute=True):
        periodic_work("sheets.forget")()


def test_what_was_never_run_goes_with_its_file(cast, files, django_capture_on_commit_callbacks):
    left = aged(checked(cast.product_manager, [line(1)]), 15)
    unmapped = aged(handed_in(cast.product_manager, as_csv([line(2)])), 15)
    fresh = aged(handed_in(cast.product_manager, as_csv([line(3)])), 13)
    forget(django_capture_on_commit_callbacks)
    assert set(Sheet.objects.all()) == {fresh}
    assert not SheetRow.objects.filter(sheet=left.pk).exists()
    there = {s.file.name: default_storage.exists(s.file.name) for s in (left, unmapped, fresh)}
    assert list(there.values()) == [False, False, True]
    forget(django_capture_on_commit_callbacks)
    assert Sheet.objects.count() == 1


def test_what_ran_stays_so_that_it_can_be_taken_back(
    cast, files, django_capture_on_commit_callbacks
):
    sheet = checked(cast.product_manager, [line(1)])
    sheet = ask_to_run(sheet=sheet, actor=cast.product_manager)
    if sheet.run_job.finished_at is None:
        run_here(sheet.run_job)
    aged(sheet, 400)
    forget(django_capture_on_commit_callbacks)
    assert Sheet.objects.get() == sheet
    assert default_storage.exists(sheet.file.name)
