"""What gates lack is stored; the database says what is in doubt, at first everything (ADR 0112)."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from initiatives.doubts import doubt_all, install, remove


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0010_zones'),
        ('initiatives', '0009_stays_by_phase'),
        ('kpis', '0002_words_of_any_text'),
        ('rfc', '0003_words_of_any_text'),
    ]

    operations = [
        migrations.CreateModel(
            name='GateDoubt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('initiative', models.BigIntegerField()),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.CreateModel(
            name='GateSummary',
            fields=[
                ('initiative', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='gate_summary', serialize=False, to='initiatives.initiative')),
                ('phase', models.CharField(max_length=20)),
                ('step', models.CharField(max_length=40)),
                ('lacking', models.PositiveSmallIntegerField()),
                ('gate', models.CharField(blank=True, max_length=60)),
                ('sentence', models.TextField(blank=True)),
                ('link', models.CharField(blank=True, max_length=400)),
                ('role', models.CharField(blank=True, max_length=40)),
                ('judged_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('lacking', 1)), fields=['initiative', 'phase'], name='gate_summary_lacks_one'), models.Index(fields=['judged_at'], name='gate_summary_by_age')],
                'constraints': [models.CheckConstraint(condition=models.Q(('lacking', 1), ('sentence', ''), _connector='XOR'), name='gate_summary_names_the_one')],
            },
        ),
        migrations.RunPython(install, remove),
        migrations.RunPython(doubt_all, migrations.RunPython.noop),
    ]
