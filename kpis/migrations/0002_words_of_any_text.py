"""The words of a KPI are read in bounded time, whatever its definition."""

import config.flow.searching
import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('flow', '0002_searched_text'),
        ('kpis', '0001_initial'),
    ]

    operations = [
        # A generated column is never altered: it is made anew, and its index with it.
        migrations.RemoveField(model_name='kpi', name='search'),
        migrations.AddField(
            model_name='kpi',
            name='search',
            field=models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.SearchVector('name', config.flow.searching.SearchedText('definition'), config='english'), output_field=django.contrib.postgres.search.SearchVectorField()),
        ),
    ]
