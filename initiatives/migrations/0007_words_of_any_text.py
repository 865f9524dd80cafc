"""The words of an initiative and of a note are read in bounded time, whatever the text."""

import config.flow.searching
import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('flow', '0002_searched_text'),
        ('initiatives', '0006_steps_by_time'),
    ]

    operations = [
        # A generated column is never altered: it is made anew, and its index with it.
        migrations.RemoveIndex(model_name='initiative', name='initiative_search'),
        migrations.RemoveField(model_name='initiative', name='search'),
        migrations.AddField(
            model_name='initiative',
            name='search',
            field=models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector('title', config='english', weight='A'), '||', django.contrib.postgres.search.SearchVector(config.flow.searching.SearchedText('problem'), config='english', weight='B'), django.contrib.postgres.search.SearchConfig('english')), output_field=django.contrib.postgres.search.SearchVectorField()),
        ),
        migrations.AddIndex(
            model_name='initiative',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='initiative_search'),
        ),
        migrations.RemoveIndex(model_name='researchnote', name='note_search'),
        migrations.RemoveField(model_name='researchnote', name='search'),
        migrations.AddField(
            model_name='researchnote',
            name='search',
            field=models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector('title', config='english', weight='A'), '||', django.contrib.postgres.search.SearchVector(config.flow.searching.SearchedText('text'), config='english', weight='B'), django.contrib.postgres.search.SearchConfig('english')), output_field=django.contrib.postgres.search.SearchVectorField()),
        ),
        migrations.AddIndex(
            model_name='researchnote',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='note_search'),
        ),
    ]
