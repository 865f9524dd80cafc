"""Summaries of gates know whose they are, so that Home finds the few that are a person's."""

from django.db import migrations, models

from initiatives.doubts import doubt_all, install


class Migration(migrations.Migration):

    dependencies = [
        ('initiatives', '0010_gate_summary'),
    ]

    operations = [
        migrations.AddField(
            model_name='gatesummary',
            name='designer',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='gatesummary',
            name='entered_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='gatesummary',
            name='line',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='gatesummary',
            name='owner',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='gatesummary',
            name='requester',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='gatesummary',
            name='tpm',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddIndex(
            model_name='gatesummary',
            index=models.Index(condition=models.Q(('lacking', 1)), fields=['line', 'entered_at'], name='gate_summary_of_line'),
        ),
        migrations.AddIndex(
            model_name='gatesummary',
            index=models.Index(condition=models.Q(('lacking', 1)), fields=['owner'], name='gate_summary_of_owner'),
        ),
        migrations.AddIndex(
            model_name='gatesummary',
            index=models.Index(condition=models.Q(('lacking', 1)), fields=['designer'], name='gate_summary_of_designer'),
        ),
        migrations.AddIndex(
            model_name='gatesummary',
            index=models.Index(condition=models.Q(('lacking', 1)), fields=['tpm'], name='gate_summary_of_tpm'),
        ),
        migrations.RunPython(install, migrations.RunPython.noop),
        migrations.RunPython(doubt_all, migrations.RunPython.noop),
    ]
