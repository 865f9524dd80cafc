"""Generated; not edited by hand."""

import config.flow.fsm
import datetime
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from decimal import Decimal
from django.conf import settings
from config.flow.migrating import GroupedMigration
from django.db import migrations, models


class Migration(GroupedMigration):

    dependencies = [
        ('accounts', '0002_people'),
        ('initiatives', '0001_initial'),
        ('kpis', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BulkEdit',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('field', models.CharField(max_length=20)),
                ('value', models.CharField(blank=True, max_length=200)),
                ('words', models.CharField(max_length=300)),
                ('items', models.JSONField(blank=True, default=list)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ('-at',),
            },
        ),
        migrations.CreateModel(
            name='BulkEditEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('field', models.CharField(max_length=20)),
                ('value', models.CharField(blank=True, max_length=200)),
                ('words', models.CharField(max_length=300)),
                ('items', models.JSONField(blank=True, default=list)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CollisionNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('dismissed', 'Dismissed'), ('asked', 'Asked')], max_length=9)),
                ('reason', models.TextField()),
                ('facts', models.JSONField(default=list)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('until_date', models.DateField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('answer', models.TextField(blank=True)),
            ],
            options={
                'ordering': ('-at', '-id'),
            },
        ),
        migrations.CreateModel(
            name='CollisionNoteEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('dismissed', 'Dismissed'), ('asked', 'Asked')], max_length=9)),
                ('reason', models.TextField()),
                ('facts', models.JSONField(default=list)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('until_date', models.DateField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('answer', models.TextField(blank=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Contribution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('low_percent', models.PositiveSmallIntegerField()),
                ('high_percent', models.PositiveSmallIntegerField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ('promise_id', 'id'),
            },
        ),
        migrations.CreateModel(
            name='ContributionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('low_percent', models.PositiveSmallIntegerField()),
                ('high_percent', models.PositiveSmallIntegerField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Follow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('why', models.CharField(choices=[('own', 'You follow it'), ('owner', 'You own it'), ('requester', 'You asked for it'), ('mentioned', 'You were mentioned')], default='own', max_length=9)),
                ('since', models.DateTimeField(default=django.utils.timezone.now)),
                ('left_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ('since', 'id'),
            },
        ),
        migrations.CreateModel(
            name='FrameworkVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('formula', models.CharField(max_length=500)),
                ('inputs', models.JSONField(default=list)),
                ('across', models.CharField(blank=True, max_length=40)),
                ('up', models.CharField(blank=True, max_length=40)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('published_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                'ordering': ('framework', '-number'),
            },
        ),
        migrations.CreateModel(
            name='HomeLook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seen_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('before_at', models.DateTimeField(blank=True, null=True)),
                ('checklist_hidden_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='LastLook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seen_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('before_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='LineCondition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=500)),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('closing_note', models.CharField(blank=True, max_length=500)),
            ],
            options={
                'ordering': ('added_at', 'id'),
            },
        ),
        migrations.CreateModel(
            name='LineConditionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('text', models.CharField(max_length=500)),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('closing_note', models.CharField(blank=True, max_length=500)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='LineDisclaimer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField()),
                ('facts', models.JSONField(default=list)),
                ('author_roles', models.CharField(blank=True, max_length=400)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ('at', 'id'),
            },
        ),
        migrations.CreateModel(
            name='LineDisclaimerEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('reason', models.TextField()),
                ('facts', models.JSONField(default=list)),
                ('author_roles', models.CharField(blank=True, max_length=400)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='LineScoring',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('set_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name='LineScoringEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('set_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Mention',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(max_length=120)),
                ('read_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ('id',),
            },
        ),
        migrations.CreateModel(
            name='RankingChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('text', models.CharField(max_length=400)),
                ('cleared', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='ResearchNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row_version', models.PositiveIntegerField(default=1, editable=False)),
                ('title', models.CharField(max_length=200)),
                ('text', models.TextField()),
                ('method', models.CharField(choices=[('interview', 'Interview'), ('survey', 'Survey'), ('data', 'Data analysis'), ('market', 'Market or competitor study'), ('experiment', 'Experiment'), ('prototype', 'Prototype test'), ('regulation', 'Regulation'), ('incident', 'Incident')], max_length=12)),
                ('kind', models.CharField(choices=[('qualitative', 'Qualitative'), ('quantitative', 'Quantitative')], max_length=12)),
                ('collected_date', models.DateField()),
                ('sample', models.PositiveIntegerField(blank=True, null=True)),
                ('from_customers', models.BooleanField(default=False)),
                ('origin', models.CharField(max_length=200, verbose_name='where it came from')),
                ('link', models.URLField(blank=True, max_length=500)),
                ('link_broken_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('search', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector('title', config='english', weight='A'), '||', django.contrib.postgres.search.SearchVector('text', config='english', weight='B'), django.contrib.postgres.search.SearchConfig('english')), output_field=django.contrib.postgres.search.SearchVectorField())),
            ],
            options={
                'ordering': ('-collected_date', '-id'),
            },
        ),
        migrations.CreateModel(
            name='ResearchNoteEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('row_version', models.PositiveIntegerField(default=1, editable=False)),
                ('title', models.CharField(max_length=200)),
                ('text', models.TextField()),
                ('method', models.CharField(choices=[('interview', 'Interview'), ('survey', 'Survey'), ('data', 'Data analysis'), ('market', 'Market or competitor study'), ('experiment', 'Experiment'), ('prototype', 'Prototype test'), ('regulation', 'Regulation'), ('incident', 'Incident')], max_length=12)),
                ('kind', models.CharField(choices=[('qualitative', 'Qualitative'), ('quantitative', 'Quantitative')], max_length=12)),
                ('collected_date', models.DateField()),
                ('sample', models.PositiveIntegerField(blank=True, null=True)),
                ('from_customers', models.BooleanField(default=False)),
                ('origin', models.CharField(max_length=200, verbose_name='where it came from')),
                ('link', models.URLField(blank=True, max_length=500)),
                ('link_broken_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row_version', models.PositiveIntegerField(default=1, editable=False)),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('description', models.CharField(blank=True, max_length=300, verbose_name='description')),
                ('scope', models.CharField(choices=[('private', 'Only I'), ('team', 'A team'), ('company', 'Everybody')], default='private', max_length=7, verbose_name='who sees it')),
                ('query', models.CharField(blank=True, max_length=2000)),
                ('team_default', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                'ordering': ('name', 'id'),
            },
        ),
        migrations.CreateModel(
            name='SavedViewEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('row_version', models.PositiveIntegerField(default=1, editable=False)),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('description', models.CharField(blank=True, max_length=300, verbose_name='description')),
                ('scope', models.CharField(choices=[('private', 'Only I'), ('team', 'A team'), ('company', 'Everybody')], default='private', max_length=7, verbose_name='who sees it')),
                ('query', models.CharField(blank=True, max_length=2000)),
                ('team_default', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ScoringFramework',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=40, unique=True)),
                ('name', models.CharField(max_length=60, unique=True)),
                ('description', models.TextField(blank=True)),
                ('shipped', models.BooleanField(default=False)),
                ('active', models.BooleanField(default=True)),
                ('ordinal', models.PositiveSmallIntegerField(default=100)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                'ordering': ('ordinal', 'name'),
            },
        ),
        migrations.CreateModel(
            name='ScoringFrameworkEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('slug', models.SlugField(db_index=False, max_length=40)),
                ('name', models.CharField(max_length=60)),
                ('description', models.TextField(blank=True)),
                ('shipped', models.BooleanField(default=False)),
                ('active', models.BooleanField(default=True)),
                ('ordinal', models.PositiveSmallIntegerField(default=100)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ScoringSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('flow_version', models.PositiveIntegerField(default=0, editable=False)),
                ('state_entered_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('process_version', models.PositiveIntegerField(default=1, editable=False)),
                ('row_version', models.PositiveIntegerField(default=1, editable=False)),
                ('phase', config.flow.fsm.StateField(default='scoring', max_length=20, protected=True)),
                ('period', models.CharField(max_length=20)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                'ordering': ('-created_at', '-id'),
            },
        ),
        migrations.CreateModel(
            name='ScoringSessionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('flow_version', models.PositiveIntegerField(default=0, editable=False)),
                ('state_entered_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('process_version', models.PositiveIntegerField(default=1, editable=False)),
                ('row_version', models.PositiveIntegerField(default=1, editable=False)),
                ('phase', config.flow.fsm.StateField(default='scoring', max_length=20, protected=True)),
                ('period', models.CharField(max_length=20)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SessionItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ordinal', models.PositiveSmallIntegerField()),
                ('note', models.TextField(blank=True)),
                ('agreed_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ('ordinal',),
            },
        ),
        migrations.CreateModel(
            name='SessionItemEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('ordinal', models.PositiveSmallIntegerField()),
                ('note', models.TextField(blank=True)),
                ('agreed_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SessionScore',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('factor', models.CharField(max_length=40)),
                ('value', models.DecimalField(decimal_places=2, max_digits=14)),
                ('low', models.DecimalField(decimal_places=2, max_digits=14)),
                ('high', models.DecimalField(decimal_places=2, max_digits=14)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='SessionSeat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seated_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('left_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ('person__name', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='SessionSeatEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('seated_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('left_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SessionStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(max_length=40)),
                ('from_state', models.CharField(max_length=20)),
                ('to_state', models.CharField(blank=True, max_length=20)),
                ('actor_name', models.CharField(blank=True, max_length=200)),
                ('actor_roles', models.CharField(blank=True, max_length=400)),
                ('note', models.TextField(blank=True)),
                ('told', models.JSONField(blank=True, default=dict)),
                ('attempt', models.PositiveIntegerField()),
                ('process_version', models.PositiveIntegerField()),
                ('from_version', models.PositiveIntegerField()),
                ('requirements', models.JSONField(default=list)),
                ('taken', models.BooleanField()),
                ('refusal', models.CharField(blank=True, max_length=20)),
                ('sentences', models.JSONField(blank=True, default=list)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ('-at', '-id'),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ViewMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starred', models.BooleanField(default=False)),
                ('followed', models.BooleanField(default=False)),
                ('told_ids', models.JSONField(blank=True, default=list)),
                ('told_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ('id',),
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='evidence',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='evidence',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='initiative',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='initiative',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='initiativecomment',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='initiativecomment',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='rankingentry',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='rankingentry',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='referral',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='referral',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='scoreinput',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='scoreinput',
            name='update_update',
        ),
        migrations.RemoveConstraint(
            model_name='scoreinput',
            name='score_input_positive',
        ),
        migrations.RemoveField(
            model_name='scoreinput',
            name='formula_version',
        ),
        migrations.RemoveField(
            model_name='scoreinputevent',
            name='formula_version',
        ),
        migrations.AddField(
            model_name='evidence',
            name='carried_from',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='carried_to', to='initiatives.evidence'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='link_broken_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='evidence',
            name='note_start',
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='evidenceevent',
            name='carried_from',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='initiatives.evidence'),
        ),
        migrations.AddField(
            model_name='evidenceevent',
            name='link_broken_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='evidenceevent',
            name='note_start',
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='initiative',
            name='changed_at',
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False),
        ),
        migrations.AddField(
            model_name='initiative',
            name='score_high',
            field=models.DecimalField(decimal_places=2, editable=False, max_digits=14, null=True),
        ),
        migrations.AddField(
            model_name='initiative',
            name='score_low',
            field=models.DecimalField(decimal_places=2, editable=False, max_digits=14, null=True),
        ),
        migrations.AddField(
            model_name='initiative',
            name='split_from',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='initiatives.initiative'),
        ),
        migrations.AddField(
            model_name='initiativecomment',
            name='edited_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='initiativecomment',
            name='line',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.businessline'),
        ),
        migrations.AddField(
            model_name='initiativecomment',
            name='parent',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='initiatives.initiativecomment'),
        ),
        migrations.AddField(
            model_name='initiativecomment',
            name='resolved_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='initiativecomment',
            name='resolved_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='initiativecommentevent',
            name='edited_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='initiativecommentevent',
            name='line',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.businessline'),
        ),
        migrations.AddField(
            model_name='initiativecommentevent',
            name='parent',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='initiatives.initiativecomment'),
        ),
        migrations.AddField(
            model_name='initiativecommentevent',
            name='resolved_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='initiativecommentevent',
            name='resolved_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='initiativeevent',
            name='score_high',
            field=models.DecimalField(decimal_places=2, editable=False, max_digits=14, null=True),
        ),
        migrations.AddField(
            model_name='initiativeevent',
            name='score_low',
            field=models.DecimalField(decimal_places=2, editable=False, max_digits=14, null=True),
        ),
        migrations.AddField(
            model_name='initiativeevent',
            name='split_from',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='initiatives.initiative'),
        ),
        migrations.AddField(
            model_name='rankingentry',
            name='basis',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name='rankingentry',
            name='score_high',
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True),
        ),
        migrations.AddField(
            model_name='rankingentry',
            name='score_low',
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True),
        ),
        migrations.AddField(
            model_name='rankingentryevent',
            name='basis',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name='rankingentryevent',
            name='score_high',
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True),
        ),
        migrations.AddField(
            model_name='rankingentryevent',
            name='score_low',
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True),
        ),
        migrations.AddField(
            model_name='referral',
            name='delegate_until',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='referralevent',
            name='delegate_until',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='scoreinput',
            name='more_evidence',
            field=models.ManyToManyField(blank=True, related_name='+', to='initiatives.evidence'),
        ),
        migrations.AddField(
            model_name='scoreinput',
            name='sureness',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='scoreinputevent',
            name='sureness',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='scoreinput',
            name='factor',
            field=models.CharField(max_length=40),
        ),
        migrations.AlterField(
            model_name='scoreinputevent',
            name='factor',
            field=models.CharField(max_length=40),
        ),
        migrations.AddConstraint(
            model_name='initiativecomment',
            constraint=models.CheckConstraint(condition=models.Q(('parent', models.F('id')), _negated=True), name='comment_not_its_own_answer'),
        ),
        migrations.AddConstraint(
            model_name='initiativecomment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('resolved_at', None), ('resolved_by', None)), models.Q(('parent', None), ('resolved_at__isnull', False), ('resolved_by__isnull', False)), _connector='OR'), name='comment_thread_resolved_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(('delegate_until', None), ('delegate__isnull', False), _connector='OR'), name='referral_end_date_of_a_delegate'),
        ),
        migrations.AddField(
            model_name='bulkedit',
            name='actor',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bulk_edits', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='bulkeditevent',
            name='actor',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='bulkeditevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='bulkeditevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='initiatives.bulkedit'),
        ),
        migrations.AddField(
            model_name='collisionnote',
            name='author',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='collisionnote',
            name='ended_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='collisionnote',
            name='first',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='initiatives.initiative'),
        ),
        migrations.AddField(
            model_name='collisionnote',
            name='second',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='initiatives.initiative'),
        ),
        migrations.AddField(
            model_name='collisionnoteevent',
            name='author',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='collisionnoteevent',
            name='ended_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='collisionnoteevent',
            name='first',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='initiatives.initiative'),
        ),
        migrations.AddField(
            model_name='collisionnoteevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='collisionnoteevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='initiatives.collisionnote'),
        ),
        migrations.AddField(
            model_name='collisionnoteevent',
            name='second',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='initiatives.initiative'),
        ),
        migrations.AddField(
            model_name='contribution',
            name='author',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='contribution',
            name='promise',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contributions', to='initiatives.kpipromise'),
        ),
        migrations.AddField(
            model_name='contribution',
            name='share',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contributions', to='initiatives.initiativeline'),
        ),
        migrations.AddField(
            model_name='contributionevent',
            name='author',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='contributionevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='contributionevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='initiatives.contribution'),
        ),
        migrations.AddField(
            model_name='contributionevent',
            name='promise',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='initiatives.kpipromise'),
        ),
        migrations.AddField(
            model_name='contributionevent',
            name='share',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='initiatives.initiativeline'),
        ),
        migrations.AddField(
            model_name='follow',
            name='initiative',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follows', to='initiatives.initiative'),
        ),
        migrations.AddField(
            model_name='follow',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follows', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='frameworkversion',
            name='published_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='initiative',
            name='score_version',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='initiatives.frameworkversion'),
        ),
        migrations.AddField(
            model_name='rankingentry',
            name='version',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='initiatives.frameworkversion'),
        ),
        migrations.AddField(
            model_name='rankingentryevent',
            name='version',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='initiatives.frameworkversion'),
        ),
        migrations.AddField(
            model_name='scoreinput',
            name='version',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='initiatives.frameworkversion'),
        ),
        migrations.AddField(
            model_name='scoreinputevent',
            name='version',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='initiatives.frameworkversion'),
        ),
        migrations.AddIndex(
            model_name='initiative',
            index=models.Index(fields=['-changed_at', '-id'], name='initiative_changed'),
        ),
        migrations.AddIndex(
            model_name='initiative',
            index=models.Index(fields=['state_entered_at', '-id'], name='initiative_longest'),
        ),
        migrations.AddIndex(
            model_name='initiative',
            index=models.Index(fields=['line', 'phase', 'state_entered_at'], name='initiative_heat'),
        ),
        migrations.AddIndex(
            model_name='initiative',
            index=models.Index(django.db.models.functions.text.Lower('title'), models.OrderBy(models.F('id'), descending=True), name='initiative_by_title'),
        ),
        migrations.AddIndex(
            model_name='initiative',
            index=models.Index(models.OrderBy(django.db.models.functions.comparison.Coalesce('score', models.Value(Decimal('-1E+11'))), descending=True), models.OrderBy(models.F('id'), descending=True), name='initiative_by_score'),
        ),
        migrations.AddIndex(
            model_name='initiative',
            index=models.Index(django.db.models.functions.comparison.Coalesce('deadline_date', models.Value(datetime.date(9999, 12, 31))), models.OrderBy(models.F('id'), descending=True), name='initiative_by_deadline'),
        ),
        migrations.AddField(
            model_name='homelook',
            name='person',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='home_look', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='lastlook',
            name='person',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='last_look', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='linecondition',
            name='closed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='linecondition',
            name='share',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conditions', to='initiatives.initiativeline'),
        ),
        migrations.AddField(
            model_name='lineconditionevent',
            name='closed_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='lineconditionevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='lineconditionevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='initiatives.linecondition'),
        ),
        migrations.AddField(
            model_name='lineconditionevent',
            name='share',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='initiatives.initiativeline'),
        ),
        migrations.AddField(
            model_name='linedisclaimer',
            name='author',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='linedisclaimer',
            name='initiative',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disclaimers', to='initiatives.initiative'),
        ),
        migrations.AddField(
            model_name='linedisclaimer',
            name='line',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.businessline'),
        ),
        migrations.AddField(
            model_name='linedisclaimerevent',
            name='author',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='linedisclaimerevent',
            name='initiative',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='initiatives.initiative'),
        ),
        migrations.AddField(
            model_name='linedisclaimerevent',
            name='line',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.businessline'),
        ),
        migrations.AddField(
            model_name='linedisclaimerevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='linedisclaimerevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='initiatives.linedisclaimer'),
        ),
        migrations.AddField(
            model_name='linescoring',
            name='line',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='scoring', to='accounts.businessline'),
        ),
        migrations.AddField(
            model_name='linescoring',
            name='set_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='linescoringevent',
            name='line',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.businessline'),
        ),
        migrations.AddField(
            model_name='linescoringevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='linescoringevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='initiatives.linescoring'),
        ),
        migrations.AddField(
            model_name='linescoringevent',
            name='set_by',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='mention',
            name='comment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mentions', to='initiatives.initiativecomment'),
        ),
        migrations.AddField(
            model_name='mention',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mentions', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='rankingchange',
            name='actor',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='rankingchange',
            name='ranking',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='initiatives.ranking'),
        ),
        migrations.AddField(
            model_name='researchnote',
            name='collector',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='evidence',
            name='note',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='quotes', to='initiatives.researchnote'),
        ),
        migrations.AddField(
            model_name='evidenceevent',
            name='note',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='initiatives.researchnote'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(('note__isnull', True), models.Q(('note_start__isnull', False), models.Q(('quote', ''), _negated=True)), _connector='OR'), name='evidence_of_a_note_is_a_quote'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.UniqueConstraint(condition=models.Q(('archived_at__isnull', True), ('note__isnull', False)), fields=('initiative', 'note', 'note_start', 'quote'), name='evidence_quote_once'),
        ),
        migrations.AddField(
            model_name='researchnoteevent',
            name='collector',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='researchnoteevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='researchnoteevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='initiatives.researchnote'),
        ),
        migrations.AddField(
            model_name='savedview',
            name='owner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='saved_views', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='savedview',
            name='team',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='saved_views', to='accounts.team', verbose_name='team'),
        ),
        migrations.AddField(
            model_name='savedviewevent',
            name='owner',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='savedviewevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='savedviewevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='initiatives.savedview'),
        ),
        migrations.AddField(
            model_name='savedviewevent',
            name='team',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.team', verbose_name='team'),
        ),
        migrations.AddField(
            model_name='scoringframework',
            name='created_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='linescoringevent',
            name='framework',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='initiatives.scoringframework'),
        ),
        migrations.AddField(
            model_name='linescoring',
            name='framework',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='initiatives.scoringframework'),
        ),
        migrations.AddField(
            model_name='frameworkversion',
            name='framework',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='initiatives.scoringframework'),
        ),
        migrations.AddField(
            model_name='scoringframeworkevent',
            name='created_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='scoringframeworkevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='scoringframeworkevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='initiatives.scoringframework'),
        ),
        migrations.AddField(
            model_name='scoringsession',
            name='facilitator',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='scoringsession',
            name='line',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scoring_sessions', to='accounts.businessline'),
        ),
        migrations.AddField(
            model_name='scoringsession',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='initiatives.frameworkversion'),
        ),
        migrations.AddField(
            model_name='scoringsessionevent',
            name='facilitator',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='scoringsessionevent',
            name='line',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.businessline'),
        ),
        migrations.AddField(
            model_name='scoringsessionevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='scoringsessionevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='initiatives.scoringsession'),
        ),
        migrations.AddField(
            model_name='scoringsessionevent',
            name='version',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='initiatives.frameworkversion'),
        ),
        migrations.AddField(
            model_name='sessionitem',
            name='agreed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='sessionitem',
            name='initiative',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='session_items', to='initiatives.initiative'),
        ),
        migrations.AddField(
            model_name='sessionitem',
            name='session',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='initiatives.scoringsession'),
        ),
        migrations.AddField(
            model_name='scoreinput',
            name='session_item',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='agreed_inputs', to='initiatives.sessionitem'),
        ),
        migrations.AddField(
            model_name='scoreinputevent',
            name='session_item',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='initiatives.sessionitem'),
        ),
        migrations.AddConstraint(
            model_name='scoreinput',
            constraint=models.CheckConstraint(condition=models.Q(('sureness', None), ('sureness__lte', 100), _connector='OR'), name='score_input_sureness_percent'),
        ),
        migrations.AddField(
            model_name='sessionitemevent',
            name='agreed_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='sessionitemevent',
            name='initiative',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='initiatives.initiative'),
        ),
        migrations.AddField(
            model_name='sessionitemevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='sessionitemevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='initiatives.sessionitem'),
        ),
        migrations.AddField(
            model_name='sessionitemevent',
            name='session',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='initiatives.scoringsession'),
        ),
        migrations.AddField(
            model_name='sessionscore',
            name='item',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scores', to='initiatives.sessionitem'),
        ),
        migrations.AddField(
            model_name='sessionseat',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scoring_seats', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='sessionseat',
            name='session',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seats', to='initiatives.scoringsession'),
        ),
        migrations.AddField(
            model_name='sessionscore',
            name='seat',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scores', to='initiatives.sessionseat'),
        ),
        migrations.AddField(
            model_name='sessionseatevent',
            name='person',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='sessionseatevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='sessionseatevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='initiatives.sessionseat'),
        ),
        migrations.AddField(
            model_name='sessionseatevent',
            name='session',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='initiatives.scoringsession'),
        ),
        migrations.AddField(
            model_name='sessionstep',
            name='actor',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='sessionstep',
            name='subject',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps_taken', to='initiatives.scoringsession'),
        ),
        migrations.AddField(
            model_name='viewmark',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='view_marks', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='viewmark',
            name='view',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='marks', to='initiatives.savedview'),
        ),
        migrations.AddConstraint(
            model_name='collisionnote',
            constraint=models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='collision_in_order'),
        ),
        migrations.AddConstraint(
            model_name='collisionnote',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='collision_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='collisionnote',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'dismissed'), _negated=True), ('until_date__isnull', False), _connector='OR'), name='collision_dismissal_expires'),
        ),
        migrations.AddConstraint(
            model_name='collisionnote',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('first', 'second', 'kind'), name='collision_note_once'),
        ),
        migrations.AddConstraint(
            model_name='contribution',
            constraint=models.UniqueConstraint(fields=('promise', 'share'), name='contribution_once'),
        ),
        migrations.AddConstraint(
            model_name='contribution',
            constraint=models.CheckConstraint(condition=models.Q(('high_percent__lte', 100), ('low_percent__lte', models.F('high_percent'))), name='contribution_range_in_whole'),
        ),
        migrations.AddConstraint(
            model_name='follow',
            constraint=models.UniqueConstraint(fields=('initiative', 'person'), name='follow_once'),
        ),
        migrations.AddConstraint(
            model_name='homelook',
            constraint=models.CheckConstraint(condition=models.Q(('before_at', None), ('before_at__lte', models.F('seen_at')), _connector='OR'), name='home_look_in_order'),
        ),
        migrations.AddConstraint(
            model_name='lastlook',
            constraint=models.CheckConstraint(condition=models.Q(('before_at', None), ('before_at__lte', models.F('seen_at')), _connector='OR'), name='last_look_in_order'),
        ),
        migrations.AddConstraint(
            model_name='linecondition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('closed_by', None)), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False), models.Q(('closing_note', ''), _negated=True)), _connector='OR'), name='line_condition_closed_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='linedisclaimer',
            constraint=models.UniqueConstraint(fields=('initiative', 'line'), name='line_disclaimer_once'),
        ),
        migrations.AddConstraint(
            model_name='linedisclaimer',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='line_disclaimer_has_reason'),
        ),
        migrations.AddIndex(
            model_name='mention',
            index=models.Index(condition=models.Q(('read_at', None)), fields=['person', '-id'], name='mention_unread'),
        ),
        migrations.AddConstraint(
            model_name='mention',
            constraint=models.UniqueConstraint(fields=('comment', 'person'), name='mention_once'),
        ),
        migrations.AddIndex(
            model_name='researchnote',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='note_search'),
        ),
        migrations.AddIndex(
            model_name='researchnote',
            index=models.Index(fields=['-collected_date', '-id'], name='note_newest'),
        ),
        migrations.AddConstraint(
            model_name='savedview',
            constraint=models.CheckConstraint(condition=models.Q(('scope__in', ['private', 'team', 'company'])), name='saved_view_scope'),
        ),
        migrations.AddConstraint(
            model_name='savedview',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('scope', 'team'), ('team__isnull', False)), models.Q(models.Q(('scope', 'team'), _negated=True), ('team', None)), _connector='OR'), name='saved_view_team_named'),
        ),
        migrations.AddConstraint(
            model_name='savedview',
            constraint=models.CheckConstraint(condition=models.Q(('team_default', False), ('scope', 'team'), _connector='OR'), name='saved_view_default_of_a_team'),
        ),
        migrations.AddConstraint(
            model_name='savedview',
            constraint=models.UniqueConstraint(condition=models.Q(('archived_at', None), ('team_default', True)), fields=('team',), name='saved_view_one_default_per_team'),
        ),
        migrations.AddConstraint(
            model_name='savedview',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='saved_view_has_name'),
        ),
        migrations.AddConstraint(
            model_name='frameworkversion',
            constraint=models.UniqueConstraint(fields=('framework', 'number'), name='framework_version_number_once'),
        ),
        migrations.AddConstraint(
            model_name='scoringsession',
            constraint=models.CheckConstraint(condition=models.Q(('phase__in', ['scoring', 'revealed', 'closed', 'cancelled'])), name='session_known_state'),
        ),
        migrations.AddConstraint(
            model_name='sessionitem',
            constraint=models.UniqueConstraint(fields=('session', 'initiative'), name='session_initiative_once'),
        ),
        migrations.AddConstraint(
            model_name='sessionseat',
            constraint=models.UniqueConstraint(fields=('session', 'person'), name='session_seat_once'),
        ),
        migrations.AddConstraint(
            model_name='sessionscore',
            constraint=models.UniqueConstraint(fields=('item', 'seat', 'factor'), name='session_score_once'),
        ),
        migrations.AddConstraint(
            model_name='sessionscore',
            constraint=models.CheckConstraint(condition=models.Q(('high__gte', models.F('value')), ('low__lte', models.F('value'))), name='session_score_inside_its_range'),
        ),
        migrations.AddConstraint(
            model_name='sessionstep',
            constraint=models.UniqueConstraint(condition=models.Q(('taken', True)), fields=('subject', 'from_version'), name='sessionstep_one_winner'),
        ),
        migrations.AddConstraint(
            model_name='viewmark',
            constraint=models.UniqueConstraint(fields=('view', 'person'), name='view_mark_once'),
        ),
        migrations.AddConstraint(
            model_name='viewmark',
            constraint=models.CheckConstraint(condition=models.Q(('starred', True), ('followed', True), _connector='OR'), name='view_mark_says_something'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evidence',
            trigger=pgtrigger.compiler.Trigger(name='first_result_freezes', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                    UPDATE initiatives_hypothesis SET frozen_at = now()\n                    WHERE initiative_id = NEW.initiative_id AND frozen_at IS NULL;\n                    RETURN NULL;\n                ', hash='c1fd936b0f890c9a304df808dd0ab8a84328a45c', operation='INSERT', pgid='pgtrigger_first_result_freezes_0e8d7', table='initiatives_evidence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evidence',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "initiatives_evidenceevent" ("archived_at", "carried_from_id", "collected_date", "collector_id", "finding", "from_customers", "id", "initiative_id", "kind", "link", "link_broken_at", "method", "note_id", "note_start", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "points", "quote", "recorded_at", "row_version", "sample") VALUES (NEW."archived_at", NEW."carried_from_id", NEW."collected_date", NEW."collector_id", NEW."finding", NEW."from_customers", NEW."id", NEW."initiative_id", NEW."kind", NEW."link", NEW."link_broken_at", NEW."method", NEW."note_id", NEW."note_start", NEW."origin", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."points", NEW."quote", NEW."recorded_at", NEW."row_version", NEW."sample"); RETURN NULL;', hash='06059d0c8b6a4ef2c533a47000cc3c0665e2a9ea', operation='INSERT', pgid='pgtrigger_insert_insert_a4ac4', table='initiatives_evidence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evidence',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "initiatives_evidenceevent" ("archived_at", "carried_from_id", "collected_date", "collector_id", "finding", "from_customers", "id", "initiative_id", "kind", "link", "link_broken_at", "method", "note_id", "note_start", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "points", "quote", "recorded_at", "row_version", "sample") VALUES (NEW."archived_at", NEW."carried_from_id", NEW."collected_date", NEW."collector_id", NEW."finding", NEW."from_customers", NEW."id", NEW."initiative_id", NEW."kind", NEW."link", NEW."link_broken_at", NEW."method", NEW."note_id", NEW."note_start", NEW."origin", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."points", NEW."quote", NEW."recorded_at", NEW."row_version", NEW."sample"); RETURN NULL;', hash='cbb0aa1d05f664c8faacf2b43c2386610de63a09', operation='UPDATE', pgid='pgtrigger_update_update_12f09', table='initiatives_evidence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hypothesis',
            trigger=pgtrigger.compiler.Trigger(name='frozen_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."frozen_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='355239ec70b8109d9d8ea1345066f244b6fe3be8', operation='UPDATE OR DELETE', pgid='pgtrigger_frozen_stays_cb279', table='initiatives_hypothesis', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='initiative',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "initiatives_initiativeevent" ("affected", "created_at", "deadline_date", "designer_id", "duplicate_of_id", "duplicates_checked_at", "duplicates_checked_by_id", "flow_version", "hoped_kpi_id", "id", "line_id", "no_design_agreed_by_id", "no_design_reason", "number", "owner_id", "parked_from", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phase", "problem", "process_version", "requester_id", "row_version", "score", "score_high", "score_low", "score_missing", "snoozed_until", "source_fields", "source_id", "split_from_id", "state_entered_at", "team_id", "title", "tpm_id") VALUES (NEW."affected", NEW."created_at", NEW."deadline_date", NEW."designer_id", NEW."duplicate_of_id", NEW."duplicates_checked_at", NEW."duplicates_checked_by_id", NEW."flow_version", NEW."hoped_kpi_id", NEW."id", NEW."line_id", NEW."no_design_agreed_by_id", NEW."no_design_reason", NEW."number", NEW."owner_id", NEW."parked_from", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phase", NEW."problem", NEW."process_version", NEW."requester_id", NEW."row_version", NEW."score", NEW."score_high", NEW."score_low", NEW."score_missing", NEW."snoozed_until", NEW."source_fields", NEW."source_id", NEW."split_from_id", NEW."state_entered_at", NEW."team_id", NEW."title", NEW."tpm_id"); RETURN NULL;', hash='617d90c28d786417dca5ac84c8ef2e613ffce292', operation='INSERT', pgid='pgtrigger_insert_insert_649fe', table='initiatives_initiative', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='initiative',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."affected" IS DISTINCT FROM (NEW."affected") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."deadline_date" IS DISTINCT FROM (NEW."deadline_date") OR OLD."designer_id" IS DISTINCT FROM (NEW."designer_id") OR OLD."duplicate_of_id" IS DISTINCT FROM (NEW."duplicate_of_id") OR OLD."duplicates_checked_at" IS DISTINCT FROM (NEW."duplicates_checked_at") OR OLD."duplicates_checked_by_id" IS DISTINCT FROM (NEW."duplicates_checked_by_id") OR OLD."flow_version" IS DISTINCT FROM (NEW."flow_version") OR OLD."hoped_kpi_id" IS DISTINCT FROM (NEW."hoped_kpi_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."line_id" IS DISTINCT FROM (NEW."line_id") OR OLD."no_design_agreed_by_id" IS DISTINCT FROM (NEW."no_design_agreed_by_id") OR OLD."no_design_reason" IS DISTINCT FROM (NEW."no_design_reason") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."parked_from" IS DISTINCT FROM (NEW."parked_from") OR OLD."phase" IS DISTINCT FROM (NEW."phase") OR OLD."problem" IS DISTINCT FROM (NEW."problem") OR OLD."process_version" IS DISTINCT FROM (NEW."process_version") OR OLD."requester_id" IS DISTINCT FROM (NEW."requester_id") OR OLD."row_version" IS DISTINCT FROM (NEW."row_version") OR OLD."score" IS DISTINCT FROM (NEW."score") OR OLD."score_high" IS DISTINCT FROM (NEW."score_high") OR OLD."score_low" IS DISTINCT FROM (NEW."score_low") OR OLD."score_missing" IS DISTINCT FROM (NEW."score_missing") OR OLD."snoozed_until" IS DISTINCT FROM (NEW."snoozed_until") OR OLD."source_id" IS DISTINCT FROM (NEW."source_id") OR OLD."source_fields" IS DISTINCT FROM (NEW."source_fields") OR OLD."split_from_id" IS DISTINCT FROM (NEW."split_from_id") OR OLD."state_entered_at" IS DISTINCT FROM (NEW."state_entered_at") OR OLD."team_id" IS DISTINCT FROM (NEW."team_id") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."tpm_id" IS DISTINCT FROM (NEW."tpm_id"))', func='INSERT INTO "initiatives_initiativeevent" ("affected", "created_at", "deadline_date", "designer_id", "duplicate_of_id", "duplicates_checked_at", "duplicates_checked_by_id", "flow_version", "hoped_kpi_id", "id", "line_id", "no_design_agreed_by_id", "no_design_reason", "number", "owner_id", "parked_from", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phase", "problem", "process_version", "requester_id", "row_version", "score", "score_high", "score_low", "score_missing", "snoozed_until", "source_fields", "source_id", "split_from_id", "state_entered_at", "team_id", "title", "tpm_id") VALUES (NEW."affected", NEW."created_at", NEW."deadline_date", NEW."designer_id", NEW."duplicate_of_id", NEW."duplicates_checked_at", NEW."duplicates_checked_by_id", NEW."flow_version", NEW."hoped_kpi_id", NEW."id", NEW."line_id", NEW."no_design_agreed_by_id", NEW."no_design_reason", NEW."number", NEW."owner_id", NEW."parked_from", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phase", NEW."problem", NEW."process_version", NEW."requester_id", NEW."row_version", NEW."score", NEW."score_high", NEW."score_low", NEW."score_missing", NEW."snoozed_until", NEW."source_fields", NEW."source_id", NEW."split_from_id", NEW."state_entered_at", NEW."team_id", NEW."title", NEW."tpm_id"); RETURN NULL;', hash='fbe63eb025a8f003e62796e6cc2f2b8e02f3cd6b', operation='UPDATE', pgid='pgtrigger_update_update_b6c3b', table='initiatives_initiative', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='initiative',
            trigger=pgtrigger.compiler.Trigger(name='says_when_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.changed_at = NOW(); RETURN NEW;', hash='cc828dffad0197ca9de037cc803367a6f92d7d65', operation='UPDATE', pgid='pgtrigger_says_when_changed_b2979', table='initiatives_initiative', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='initiative',
            trigger=pgtrigger.compiler.Trigger(name='people_follow', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO initiatives_follow (initiative_id, person_id, why, since)\n            SELECT NEW.id, who.person_id, who.why, NOW()\n            FROM (VALUES (NEW.owner_id, 'owner'), (NEW.requester_id, 'requester'))\n                AS who (person_id, why)\n            WHERE who.person_id IS NOT NULL\n            ON CONFLICT DO NOTHING;\n            RETURN NULL;\n        ", hash='edf6795cccd0852b67aa753cdcd72d82cc881c93', operation='INSERT OR UPDATE OF "owner_id"', pgid='pgtrigger_people_follow_30f08', table='initiatives_initiative', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='initiativecomment',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "initiatives_initiativecommentevent" ("at", "author_id", "edited_at", "id", "initiative_id", "line_id", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resolved_at", "resolved_by_id", "text") VALUES (NEW."at", NEW."author_id", NEW."edited_at", NEW."id", NEW."initiative_id", NEW."line_id", NEW."parent_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."resolved_at", NEW."resolved_by_id", NEW."text"); RETURN NULL;', hash='9d629fb99b2817fcae57dadcf84d14ae2324a167', operation='INSERT', pgid='pgtrigger_insert_insert_d1ed6', table='initiatives_initiativecomment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='initiativecomment',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "initiatives_initiativecommentevent" ("at", "author_id", "edited_at", "id", "initiative_id", "line_id", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resolved_at", "resolved_by_id", "text") VALUES (NEW."at", NEW."author_id", NEW."edited_at", NEW."id", NEW."initiative_id", NEW."line_id", NEW."parent_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."resolved_at", NEW."resolved_by_id", NEW."text"); RETURN NULL;', hash='1193a1118e977123c9f5ee88f608e6ce04b88f09', operation='UPDATE', pgid='pgtrigger_update_update_a0c07', table='initiatives_initiativecomment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lane',
            trigger=pgtrigger.compiler.Trigger(name='frozen_when_committed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF EXISTS (\n            SELECT 1 FROM initiatives_ranking r\n            WHERE r.id = COALESCE(NEW.ranking_id, OLD.ranking_id) AND r.phase <> 'draft'\n        ) THEN\n            RAISE EXCEPTION 'a committed ranking is frozen';\n        END IF;\n        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n        RETURN NEW;\n    ", hash='bfaa143bb510ea17301fee7f709a864484bbb1a1', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_frozen_when_committed_a633b', table='initiatives_lane', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rankingentry',
            trigger=pgtrigger.compiler.Trigger(name='frozen_when_committed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF EXISTS (\n            SELECT 1 FROM initiatives_ranking r\n            WHERE r.id = COALESCE(NEW.ranking_id, OLD.ranking_id) AND r.phase <> 'draft'\n        ) THEN\n            RAISE EXCEPTION 'a committed ranking is frozen';\n        END IF;\n        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n        RETURN NEW;\n    ", hash='3dc0bbfabda700b5eec88b57c7d4703189fa38ef', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_frozen_when_committed_ba7fb', table='initiatives_rankingentry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rankingentry',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "initiatives_rankingentryevent" ("basis", "departure_reason", "id", "initiative_id", "lane_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "points", "position", "ranking_id", "score", "score_high", "score_low", "version_id") VALUES (NEW."basis", NEW."departure_reason", NEW."id", NEW."initiative_id", NEW."lane_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."points", NEW."position", NEW."ranking_id", NEW."score", NEW."score_high", NEW."score_low", NEW."version_id"); RETURN NULL;', hash='f0167ac7a1148c8c7e310344169fc62cf63c03f1', operation='INSERT', pgid='pgtrigger_insert_insert_0c456', table='initiatives_rankingentry', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rankingentry',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "initiatives_rankingentryevent" ("basis", "departure_reason", "id", "initiative_id", "lane_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "points", "position", "ranking_id", "score", "score_high", "score_low", "version_id") VALUES (NEW."basis", NEW."departure_reason", NEW."id", NEW."initiative_id", NEW."lane_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."points", NEW."position", NEW."ranking_id", NEW."score", NEW."score_high", NEW."score_low", NEW."version_id"); RETURN NULL;', hash='b0ec11501fbe3af3f5b3252a8611eb246d99d8e5', operation='UPDATE', pgid='pgtrigger_update_update_b980f', table='initiatives_rankingentry', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referral',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "initiatives_referralevent" ("asked_at", "asked_by_id", "coordinator_id", "delegate_id", "delegate_until", "due_date", "flow_version", "id", "initiative_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phase", "process_version", "returned_to_id", "state_entered_at") VALUES (NEW."asked_at", NEW."asked_by_id", NEW."coordinator_id", NEW."delegate_id", NEW."delegate_until", NEW."due_date", NEW."flow_version", NEW."id", NEW."initiative_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phase", NEW."process_version", NEW."returned_to_id", NEW."state_entered_at"); RETURN NULL;', hash='624a22737fbf08e91d532450f38d1349383e1893', operation='INSERT', pgid='pgtrigger_insert_insert_73918', table='initiatives_referral', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referral',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "initiatives_referralevent" ("asked_at", "asked_by_id", "coordinator_id", "delegate_id", "delegate_until", "due_date", "flow_version", "id", "initiative_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phase", "process_version", "returned_to_id", "state_entered_at") VALUES (NEW."asked_at", NEW."asked_by_id", NEW."coordinator_id", NEW."delegate_id", NEW."delegate_until", NEW."due_date", NEW."flow_version", NEW."id", NEW."initiative_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phase", NEW."process_version", NEW."returned_to_id", NEW."state_entered_at"); RETURN NULL;', hash='4541c203aa761c404911102788de5421cf82872f', operation='UPDATE', pgid='pgtrigger_update_update_00cdb', table='initiatives_referral', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scoreinput',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "initiatives_scoreinputevent" ("at", "author_id", "evidence_id", "factor", "high", "id", "initiative_id", "low", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "session_item_id", "sureness", "value", "version_id") VALUES (NEW."at", NEW."author_id", NEW."evidence_id", NEW."factor", NEW."high", NEW."id", NEW."initiative_id", NEW."low", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."session_item_id", NEW."sureness", NEW."value", NEW."version_id"); RETURN NULL;', hash='4e4852f19b44a0170068e491104015ae8d79f2d4', operation='INSERT', pgid='pgtrigger_insert_insert_b50a4', table='initiatives_scoreinput', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scoreinput',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "initiatives_scoreinputevent" ("at", "author_id", "evidence_id", "factor", "high", "id", "initiative_id", "low", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "session_item_id", "sureness", "value", "version_id") VALUES (NEW."at", NEW."author_id", NEW."evidence_id", NEW."factor", NEW."high", NEW."id", NEW."initiative_id", NEW."low", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."session_item_id", NEW."sureness", NEW."value", NEW."version_id"); RETURN NULL;', hash='736e1e6b83b24344be481961613e889a5e379953', operation='UPDATE', pgid='pgtrigger_update_update_a99e0', table='initiatives_scoreinput', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='validationverdict',
            trigger=pgtrigger.compiler.Trigger(name='judged_by_another', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF NOT EXISTS (\n                        SELECT 1 FROM initiatives_evidence\n                        WHERE initiative_id = NEW.initiative_id AND archived_at IS NULL\n                        AND collector_id <> NEW.judge_id\n                    ) THEN\n                        RAISE EXCEPTION\n                            'a verdict needs evidence that somebody else collected'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='a2b2822420d92d6f673ca923025e0f3413376d09', operation='INSERT', pgid='pgtrigger_judged_by_another_59928', table='initiatives_validationverdict', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bulkedit',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "initiatives_bulkeditevent" ("actor_id", "at", "field", "id", "items", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "undone_at", "value", "words") VALUES (NEW."actor_id", NEW."at", NEW."field", NEW."id", NEW."items", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."undone_at", NEW."value", NEW."words"); RETURN NULL;', hash='c0dbc8b595088ba7384e098fbfcfa334c68c9a10', operation='INSERT', pgid='pgtrigger_insert_insert_f6245', table='initiatives_bulkedit', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bulkedit',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "initiatives_bulkeditevent" ("actor_id", "at", "field", "id", "items", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "undone_at", "value", "words") VALUES (NEW."actor_id", NEW."at", NEW."field", NEW."id", NEW."items", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."undone_at", NEW."value", NEW."words"); RETURN NULL;', hash='0d6c163be71989b3388b8ed39c2d028f53e06bc9', operation='UPDATE', pgid='pgtrigger_update_update_0b946', table='initiatives_bulkedit', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bulkeditevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6175a2b991fd2df29efbac108c61f2f7568489c1', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_34bb0', table='initiatives_bulkeditevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='collisionnote',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "initiatives_collisionnoteevent" ("answer", "at", "author_id", "ended_at", "ended_by_id", "facts", "first_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "second_id", "until_date") VALUES (NEW."answer", NEW."at", NEW."author_id", NEW."ended_at", NEW."ended_by_id", NEW."facts", NEW."first_id", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."second_id", NEW."until_date"); RETURN NULL;', hash='1b64ad255bdc68b33fad0fc1259a406e650d1af2', operation='INSERT', pgid='pgtrigger_insert_insert_dc0e9', table='initiatives_collisionnote', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='collisionnote',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "initiatives_collisionnoteevent" ("answer", "at", "author_id", "ended_at", "ended_by_id", "facts", "first_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "second_id", "until_date") VALUES (NEW."answer", NEW."at", NEW."author_id", NEW."ended_at", NEW."ended_by_id", NEW."facts", NEW."first_id", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."second_id", NEW."until_date"); RETURN NULL;', hash='9ed85b6c71b576f4daf9286625ecc758227c94cd', operation='UPDATE', pgid='pgtrigger_update_update_0cf12', table='initiatives_collisionnote', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='collisionnoteevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='010656500c3efcaa3ba6c837e48eb35c59bf83ac', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_35292', table='initiatives_collisionnoteevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contribution',
            trigger=pgtrigger.compiler.Trigger(name='within_the_whole', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    PERFORM 1 FROM initiatives_kpipromise WHERE id = NEW.promise_id FOR NO KEY UPDATE;\n    IF (SELECT COALESCE(SUM(low_percent), 0) FROM initiatives_contribution\n        WHERE promise_id = NEW.promise_id AND id <> NEW.id) + NEW.low_percent > 100 THEN\n        RAISE EXCEPTION 'contributions of the lines exceed the whole'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'contribution_within_whole';\n    END IF;\n    RETURN NEW;\n", hash='8d42900531189dbba121626184ca9106f216aed6', operation='INSERT OR UPDATE', pgid='pgtrigger_within_the_whole_90510', table='initiatives_contribution', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contribution',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "initiatives_contributionevent" ("at", "author_id", "high_percent", "id", "low_percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "promise_id", "share_id") VALUES (NEW."at", NEW."author_id", NEW."high_percent", NEW."id", NEW."low_percent", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."promise_id", NEW."share_id"); RETURN NULL;', hash='d392146d91b8bbf45b66136460691df1cac3695b', operation='INSERT', pgid='pgtrigger_insert_insert_b65f8', table='initiatives_contribution', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contribution',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "initiatives_contributionevent" ("at", "author_id", "high_percent", "id", "low_percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "promise_id", "share_id") VALUES (NEW."at", NEW."author_id", NEW."high_percent", NEW."id", NEW."low_percent", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."promise_id", NEW."share_id"); RETURN NULL;', hash='6e76d3589ffdb41d5bfcea9b8f3643d2d98fda91', operation='UPDATE', pgid='pgtrigger_update_update_b8d33', table='initiatives_contribution', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contributionevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='534f36eef82111f36ede4a45d3781c2019037b5f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_97283', table='initiatives_contributionevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='linecondition',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "initiatives_lineconditionevent" ("added_at", "closed_at", "closed_by_id", "closing_note", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "share_id", "text") VALUES (NEW."added_at", NEW."closed_at", NEW."closed_by_id", NEW."closing_note", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."share_id", NEW."text"); RETURN NULL;', hash='59c60b3a1719e50f07a5357a06bca97ae688e701', operation='INSERT', pgid='pgtrigger_insert_insert_ba58c', table='initiatives_linecondition', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='linecondition',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "initiatives_lineconditionevent" ("added_at", "closed_at", "closed_by_id", "closing_note", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "share_id", "text") VALUES (NEW."added_at", NEW."closed_at", NEW."closed_by_id", NEW."closing_note", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."share_id", NEW."text"); RETURN NULL;', hash='8adb622a69e6e56ba006f78160a9c6ce2e371c8a', operation='UPDATE', pgid='pgtrigger_update_update_8eb86', table='initiatives_linecondition', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lineconditionevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9f07b61a4d089b6b047a6147dd9045a1a6c1ffda', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f28fe', table='initiatives_lineconditionevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='linedisclaimer',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "initiatives_linedisclaimerevent" ("at", "author_id", "author_roles", "facts", "id", "initiative_id", "line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (NEW."at", NEW."author_id", NEW."author_roles", NEW."facts", NEW."id", NEW."initiative_id", NEW."line_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason"); RETURN NULL;', hash='c1e0f54ac3f1c8d9c3fbfc119a1039dacef69bc0', operation='INSERT', pgid='pgtrigger_insert_insert_5a693', table='initiatives_linedisclaimer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='linedisclaimer',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "initiatives_linedisclaimerevent" ("at", "author_id", "author_roles", "facts", "id", "initiative_id", "line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (NEW."at", NEW."author_id", NEW."author_roles", NEW."facts", NEW."id", NEW."initiative_id", NEW."line_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason"); RETURN NULL;', hash='4b721d86d2890777a721c9e135ede9928978ec44', operation='UPDATE', pgid='pgtrigger_update_update_c6681', table='initiatives_linedisclaimer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='linedisclaimerevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='87be708779792a845db3a98623af86d3fb90cfdf', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e88f8', table='initiatives_linedisclaimerevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='researchnote',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "initiatives_researchnoteevent" ("collected_date", "collector_id", "from_customers", "id", "kind", "link", "link_broken_at", "method", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "row_version", "sample", "text", "title") VALUES (NEW."collected_date", NEW."collector_id", NEW."from_customers", NEW."id", NEW."kind", NEW."link", NEW."link_broken_at", NEW."method", NEW."origin", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."row_version", NEW."sample", NEW."text", NEW."title"); RETURN NULL;', hash='245f864938621012e8e721aab0fdafffbb29ca5a', operation='INSERT', pgid='pgtrigger_insert_insert_3ae5c', table='initiatives_researchnote', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='researchnote',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."collected_date" IS DISTINCT FROM (NEW."collected_date") OR OLD."collector_id" IS DISTINCT FROM (NEW."collector_id") OR OLD."from_customers" IS DISTINCT FROM (NEW."from_customers") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."link" IS DISTINCT FROM (NEW."link") OR OLD."link_broken_at" IS DISTINCT FROM (NEW."link_broken_at") OR OLD."method" IS DISTINCT FROM (NEW."method") OR OLD."origin" IS DISTINCT FROM (NEW."origin") OR OLD."recorded_at" IS DISTINCT FROM (NEW."recorded_at") OR OLD."row_version" IS DISTINCT FROM (NEW."row_version") OR OLD."sample" IS DISTINCT FROM (NEW."sample") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."title" IS DISTINCT FROM (NEW."title"))', func='INSERT INTO "initiatives_researchnoteevent" ("collected_date", "collector_id", "from_customers", "id", "kind", "link", "link_broken_at", "method", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "row_version", "sample", "text", "title") VALUES (NEW."collected_date", NEW."collector_id", NEW."from_customers", NEW."id", NEW."kind", NEW."link", NEW."link_broken_at", NEW."method", NEW."origin", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."row_version", NEW."sample", NEW."text", NEW."title"); RETURN NULL;', hash='3b1de11d7a9e8444074d6c1b63f4be62811e8924', operation='UPDATE', pgid='pgtrigger_update_update_23a89', table='initiatives_researchnote', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='researchnoteevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='82345bdbff702902bebeabdf0ddeab82daad62b8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5d5e2', table='initiatives_researchnoteevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='savedview',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "initiatives_savedviewevent" ("archived_at", "created_at", "description", "id", "name", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "query", "row_version", "scope", "team_default", "team_id") VALUES (NEW."archived_at", NEW."created_at", NEW."description", NEW."id", NEW."name", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."query", NEW."row_version", NEW."scope", NEW."team_default", NEW."team_id"); RETURN NULL;', hash='38512bce64fbfd7f61908a7e0946d3557d271ec6', operation='INSERT', pgid='pgtrigger_insert_insert_b1dc7', table='initiatives_savedview', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='savedview',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "initiatives_savedviewevent" ("archived_at", "created_at", "description", "id", "name", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "query", "row_version", "scope", "team_default", "team_id") VALUES (NEW."archived_at", NEW."created_at", NEW."description", NEW."id", NEW."name", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."query", NEW."row_version", NEW."scope", NEW."team_default", NEW."team_id"); RETURN NULL;', hash='726d2cc7857f503e23717ab3ad06341be57c53f7', operation='UPDATE', pgid='pgtrigger_update_update_79812', table='initiatives_savedview', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='savedviewevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='058c4d954a27e1c6f8a76cf0f39bea2be2bd4cfc', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8d4e3', table='initiatives_savedviewevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scoringframework',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "initiatives_scoringframeworkevent" ("active", "created_at", "created_by_id", "description", "id", "name", "ordinal", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shipped", "slug") VALUES (NEW."active", NEW."created_at", NEW."created_by_id", NEW."description", NEW."id", NEW."name", NEW."ordinal", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."shipped", NEW."slug"); RETURN NULL;', hash='02df5e66c95e93e2625bc1b03565d31f7cd76b39', operation='INSERT', pgid='pgtrigger_insert_insert_ba028', table='initiatives_scoringframework', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scoringframework',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "initiatives_scoringframeworkevent" ("active", "created_at", "created_by_id", "description", "id", "name", "ordinal", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shipped", "slug") VALUES (NEW."active", NEW."created_at", NEW."created_by_id", NEW."description", NEW."id", NEW."name", NEW."ordinal", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."shipped", NEW."slug"); RETURN NULL;', hash='b17c69a60519b019f6c4000b1617b9f5c52a3c6f', operation='UPDATE', pgid='pgtrigger_update_update_5c40a', table='initiatives_scoringframework', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='linescoringevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6b9103c91577d140a5efb87f0570fe0b7ad53062', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_541c7', table='initiatives_linescoringevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='linescoring',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "initiatives_linescoringevent" ("framework_id", "id", "line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "set_at", "set_by_id") VALUES (NEW."framework_id", NEW."id", NEW."line_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."set_at", NEW."set_by_id"); RETURN NULL;', hash='3b7d41b8439ce2cc84cb09688ebfde5a3f465b85', operation='INSERT', pgid='pgtrigger_insert_insert_e2758', table='initiatives_linescoring', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='linescoring',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "initiatives_linescoringevent" ("framework_id", "id", "line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "set_at", "set_by_id") VALUES (NEW."framework_id", NEW."id", NEW."line_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."set_at", NEW."set_by_id"); RETURN NULL;', hash='8d6fc7acde8e667637cbc2846036c098f0f9137a', operation='UPDATE', pgid='pgtrigger_update_update_92017', table='initiatives_linescoring', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='frameworkversion',
            trigger=pgtrigger.compiler.Trigger(name='published_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3e74d3d8161b03917b7dc8a2889aece655639e9c', operation='UPDATE OR DELETE', pgid='pgtrigger_published_stays_2dc20', table='initiatives_frameworkversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scoringframeworkevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='46969acf05ca3f287ed9534ae5204f0b69d7efa8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f4431', table='initiatives_scoringframeworkevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scoringsession',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "initiatives_scoringsessionevent" ("created_at", "facilitator_id", "flow_version", "id", "line_id", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phase", "process_version", "row_version", "state_entered_at", "version_id") VALUES (NEW."created_at", NEW."facilitator_id", NEW."flow_version", NEW."id", NEW."line_id", NEW."period", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phase", NEW."process_version", NEW."row_version", NEW."state_entered_at", NEW."version_id"); RETURN NULL;', hash='7a4092bc66d952079066d805432c97a466f5cdd4', operation='INSERT', pgid='pgtrigger_insert_insert_26ad2', table='initiatives_scoringsession', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scoringsession',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "initiatives_scoringsessionevent" ("created_at", "facilitator_id", "flow_version", "id", "line_id", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phase", "process_version", "row_version", "state_entered_at", "version_id") VALUES (NEW."created_at", NEW."facilitator_id", NEW."flow_version", NEW."id", NEW."line_id", NEW."period", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phase", NEW."process_version", NEW."row_version", NEW."state_entered_at", NEW."version_id"); RETURN NULL;', hash='964b164e610805f23aed9ce17ebcaf6b1961272a', operation='UPDATE', pgid='pgtrigger_update_update_feaf7', table='initiatives_scoringsession', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scoringsessionevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='861b8180c2de54c394d85beca6f1d3cc96395c30', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_13d23', table='initiatives_scoringsessionevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sessionitem',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "initiatives_sessionitemevent" ("agreed_at", "agreed_by_id", "id", "initiative_id", "note", "ordinal", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "session_id") VALUES (NEW."agreed_at", NEW."agreed_by_id", NEW."id", NEW."initiative_id", NEW."note", NEW."ordinal", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."session_id"); RETURN NULL;', hash='e7ee4a0999ac3964ef69ab1043df9489a2025da4', operation='INSERT', pgid='pgtrigger_insert_insert_df8ec', table='initiatives_sessionitem', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sessionitem',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "initiatives_sessionitemevent" ("agreed_at", "agreed_by_id", "id", "initiative_id", "note", "ordinal", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "session_id") VALUES (NEW."agreed_at", NEW."agreed_by_id", NEW."id", NEW."initiative_id", NEW."note", NEW."ordinal", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."session_id"); RETURN NULL;', hash='a3ee4ec64c536bed384c4219e41c5967354e9caa', operation='UPDATE', pgid='pgtrigger_update_update_a455f', table='initiatives_sessionitem', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sessionitemevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='451dbd8e436deb37942014b22fd97779287a1e96', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4319a', table='initiatives_sessionitemevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sessionseat',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "initiatives_sessionseatevent" ("done_at", "id", "left_at", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seated_at", "session_id") VALUES (NEW."done_at", NEW."id", NEW."left_at", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."seated_at", NEW."session_id"); RETURN NULL;', hash='890a92b9b914c5427f298ef0a57d4034653e09bc', operation='INSERT', pgid='pgtrigger_insert_insert_71e78', table='initiatives_sessionseat', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sessionseat',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "initiatives_sessionseatevent" ("done_at", "id", "left_at", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seated_at", "session_id") VALUES (NEW."done_at", NEW."id", NEW."left_at", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."seated_at", NEW."session_id"); RETURN NULL;', hash='cab7aae520a1daf548dac87ee077c767f5bc502f', operation='UPDATE', pgid='pgtrigger_update_update_05844', table='initiatives_sessionseat', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sessionscore',
            trigger=pgtrigger.compiler.Trigger(name='shut_after_reveal', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF NOT EXISTS (\n                        SELECT 1 FROM initiatives_sessionitem i\n                        JOIN initiatives_scoringsession s ON s.id = i.session_id\n                        WHERE i.id = COALESCE(NEW.item_id, OLD.item_id) AND s.phase = 'scoring'\n                    ) THEN\n                        RAISE EXCEPTION 'scores of a revealed session cannot be changed';\n                    END IF;\n                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                    RETURN NEW;\n                ", hash='0f4eafea50b86a1d22f952966bc773be7d320aab', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_shut_after_reveal_6c8c2', table='initiatives_sessionscore', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sessionseatevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b02a1114ff8271f84697b11d15cd42e2f204e6a5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_af39f', table='initiatives_sessionseatevent', when='BEFORE')),
        ),
    ]
