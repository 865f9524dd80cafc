"""Counts of requests, in a table that is not logged."""

import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("rest", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Allowance",
            fields=[
                ("caller", models.CharField(max_length=64, primary_key=True, serialize=False)),
                (
                    "since",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("asked", models.PositiveIntegerField()),
            ],
            options={"indexes": [models.Index(fields=["since"], name="allowance_by_age")]},
        ),
        migrations.RunSQL(
            "ALTER TABLE rest_allowance SET UNLOGGED",
            "ALTER TABLE rest_allowance SET LOGGED",
        ),
    ]
