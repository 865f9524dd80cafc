"""Trigram search is used by likely duplicates; it must exist before any table that indexes with it."""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    run_before = [
        ("accounts", "0001_initial"),
        ("kpis", "0001_initial"),
        ("rfc", "0001_initial"),
        ("initiatives", "0001_initial"),
    ]
    operations = [TrigramExtension()]
