"""Key counters, and trigram search, which must exist before any table that indexes with it."""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    run_before = [
        ("accounts", "0001_initial"),
        ("kpis", "0001_initial"),
        ("rfc", "0001_initial"),
        ("initiatives", "0001_initial"),
    ]
    operations = [
        TrigramExtension(),
        migrations.CreateModel(
            name="KeyCounter",
            fields=[
                ("prefix", models.CharField(max_length=5, primary_key=True, serialize=False)),
                ("last", models.PositiveIntegerField()),
            ],
        ),
    ]
