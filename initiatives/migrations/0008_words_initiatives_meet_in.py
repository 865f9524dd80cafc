"""What tells which initiatives meet is found by an index, whatever their number."""

import django.contrib.postgres.indexes
import initiatives.meeting
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('initiatives', '0007_words_of_any_text'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='hypothesis',
            index=django.contrib.postgres.indexes.HashIndex(initiatives.meeting.SameWords('audience'), name='hypothesis_audience_words'),
        ),
        migrations.AddIndex(
            model_name='initiative',
            index=django.contrib.postgres.indexes.HashIndex(initiatives.meeting.SameWords('affected'), name='initiative_affected_words'),
        ),
        migrations.AddIndex(
            model_name='initiative',
            index=django.contrib.postgres.indexes.GinIndex(initiatives.meeting.Services('source_fields'), name='initiative_services'),
        ),
        migrations.AddIndex(
            model_name='study',
            index=django.contrib.postgres.indexes.HashIndex(initiatives.meeting.SameWords('segment'), name='study_segment_words'),
        ),
    ]
