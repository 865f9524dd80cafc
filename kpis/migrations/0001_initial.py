"""Generated; not edited by hand."""

import config.flow.fsm
import config.flow.triggers
import django.contrib.postgres.search
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


from config.flow.migrating import GroupedMigration


class Migration(GroupedMigration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='KPI',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row_version', models.PositiveIntegerField(default=1, editable=False)),
                ('number', models.PositiveIntegerField(editable=False, unique=True)),
                ('name', models.CharField(max_length=160)),
                ('definition', models.TextField()),
                ('formula', models.TextField(blank=True)),
                ('unit', models.CharField(blank=True, max_length=20)),
                ('direction', models.CharField(choices=[('up', 'Higher is better'), ('down', 'Lower is better'), ('band', 'Inside a band is better')], default='up', max_length=4)),
                ('band_low', models.DecimalField(blank=True, decimal_places=6, max_digits=20, null=True)),
                ('band_high', models.DecimalField(blank=True, decimal_places=6, max_digits=20, null=True)),
                ('scope', models.CharField(choices=[('company', 'Company'), ('line', 'Business line'), ('team', 'Team'), ('sub_team', 'Sub-team')], default='line', max_length=8)),
                ('source', models.CharField(blank=True, max_length=200)),
                ('cadence', models.CharField(choices=[('daily', 'Daily'), ('weekly', 'Weekly'), ('monthly', 'Monthly'), ('quarterly', 'Quarterly')], default='weekly', max_length=10)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('search', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.SearchVector('name', 'definition', config='english'), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('guardrails', models.ManyToManyField(blank=True, related_name='+', to='kpis.kpi')),
                ('line', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='kpis', to='accounts.businessline')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='kpis_owned', to=settings.AUTH_USER_MODEL)),
                ('sub_team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='kpis', to='accounts.subteam')),
                ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='kpis', to='accounts.team')),
            ],
            options={
                'verbose_name': 'KPI',
                'ordering': ('name',),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('direction', 'band'), _negated=True), models.Q(('band_high__gt', models.F('band_low')), ('band_low__isnull', False)), _connector='OR'), name='kpi_band_has_limits'), models.CheckConstraint(condition=models.Q(models.Q(('line', None), ('scope', 'company'), ('team', None)), models.Q(('line__isnull', False), ('scope', 'line')), models.Q(('line__isnull', False), ('scope', 'team'), ('team__isnull', False)), models.Q(('line__isnull', False), ('scope', 'sub_team'), ('sub_team__isnull', False)), _connector='OR'), name='kpi_scope_names_its_owner')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "kpis_kpievent" ("band_high", "band_low", "cadence", "created_at", "definition", "direction", "formula", "id", "line_id", "name", "number", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "row_version", "scope", "source", "sub_team_id", "team_id", "unit") VALUES (NEW."band_high", NEW."band_low", NEW."cadence", NEW."created_at", NEW."definition", NEW."direction", NEW."formula", NEW."id", NEW."line_id", NEW."name", NEW."number", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."row_version", NEW."scope", NEW."source", NEW."sub_team_id", NEW."team_id", NEW."unit"); RETURN NULL;', hash='edb8b0128d28c3b90577781bc801b853eeadeecd', operation='INSERT', pgid='pgtrigger_insert_insert_0ca8d', table='kpis_kpi', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."band_high" IS DISTINCT FROM (NEW."band_high") OR OLD."band_low" IS DISTINCT FROM (NEW."band_low") OR OLD."cadence" IS DISTINCT FROM (NEW."cadence") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."definition" IS DISTINCT FROM (NEW."definition") OR OLD."direction" IS DISTINCT FROM (NEW."direction") OR OLD."formula" IS DISTINCT FROM (NEW."formula") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."line_id" IS DISTINCT FROM (NEW."line_id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."row_version" IS DISTINCT FROM (NEW."row_version") OR OLD."scope" IS DISTINCT FROM (NEW."scope") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."sub_team_id" IS DISTINCT FROM (NEW."sub_team_id") OR OLD."team_id" IS DISTINCT FROM (NEW."team_id") OR OLD."unit" IS DISTINCT FROM (NEW."unit"))', func='INSERT INTO "kpis_kpievent" ("band_high", "band_low", "cadence", "created_at", "definition", "direction", "formula", "id", "line_id", "name", "number", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "row_version", "scope", "source", "sub_team_id", "team_id", "unit") VALUES (NEW."band_high", NEW."band_low", NEW."cadence", NEW."created_at", NEW."definition", NEW."direction", NEW."formula", NEW."id", NEW."line_id", NEW."name", NEW."number", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."row_version", NEW."scope", NEW."source", NEW."sub_team_id", NEW."team_id", NEW."unit"); RETURN NULL;', hash='2bde57cf13937caf0bf3115729dba38ab6c57c94', operation='UPDATE', pgid='pgtrigger_update_update_ea24e', table='kpis_kpi', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='KPIEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('row_version', models.PositiveIntegerField(default=1, editable=False)),
                ('number', models.PositiveIntegerField(editable=False)),
                ('name', models.CharField(max_length=160)),
                ('definition', models.TextField()),
                ('formula', models.TextField(blank=True)),
                ('unit', models.CharField(blank=True, max_length=20)),
                ('direction', models.CharField(choices=[('up', 'Higher is better'), ('down', 'Lower is better'), ('band', 'Inside a band is better')], default='up', max_length=4)),
                ('band_low', models.DecimalField(blank=True, decimal_places=6, max_digits=20, null=True)),
                ('band_high', models.DecimalField(blank=True, decimal_places=6, max_digits=20, null=True)),
                ('scope', models.CharField(choices=[('company', 'Company'), ('line', 'Business line'), ('team', 'Team'), ('sub_team', 'Sub-team')], default='line', max_length=8)),
                ('source', models.CharField(blank=True, max_length=200)),
                ('cadence', models.CharField(choices=[('daily', 'Daily'), ('weekly', 'Weekly'), ('monthly', 'Monthly'), ('quarterly', 'Quarterly')], default='weekly', max_length=10)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('line', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.businessline')),
                ('owner', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='kpis.kpi')),
                ('sub_team', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.subteam')),
                ('team', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.team')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1336af617f58acd6901f1c296ed60a7d8d53989e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ba134', table='kpis_kpievent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='MetricLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('component', 'Component'), ('segment', 'Segment'), ('influence', 'Influence'), ('guardrail', 'Guardrail')], default='influence', max_length=10)),
                ('positive', models.BooleanField(default=True)),
                ('lag_days', models.PositiveIntegerField(default=0)),
                ('evidence', models.TextField(blank=True)),
                ('driven', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='driven_by', to='kpis.kpi')),
                ('driver', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drives', to='kpis.kpi')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('driver', 'driven'), name='metric_link_once'), models.CheckConstraint(condition=models.Q(('driver', models.F('driven')), _negated=True), name='metric_link_not_itself')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "kpis_metriclinkevent" ("driven_id", "driver_id", "evidence", "id", "kind", "lag_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "positive") VALUES (NEW."driven_id", NEW."driver_id", NEW."evidence", NEW."id", NEW."kind", NEW."lag_days", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."positive"); RETURN NULL;', hash='b8b142f2b121bedd2819d8996956110e1994d692', operation='INSERT', pgid='pgtrigger_insert_insert_ae757', table='kpis_metriclink', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "kpis_metriclinkevent" ("driven_id", "driver_id", "evidence", "id", "kind", "lag_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "positive") VALUES (NEW."driven_id", NEW."driver_id", NEW."evidence", NEW."id", NEW."kind", NEW."lag_days", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."positive"); RETURN NULL;', hash='b3c8c6424e774988489bebb4bbdfd5a297420bba', operation='UPDATE', pgid='pgtrigger_update_update_43ec0', table='kpis_metriclink', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='Observation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period_start', models.DateField()),
                ('period_end', models.DateField()),
                ('value', models.DecimalField(decimal_places=6, max_digits=20)),
                ('arrived_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('provenance', models.CharField(max_length=200)),
                ('note', models.TextField(blank=True)),
                ('superseded_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('kpi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='observations', to='kpis.kpi')),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('supersedes', models.OneToOneField(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='superseded_by', to='kpis.observation')),
            ],
            options={
                'ordering': ('period_start', 'id'),
                'indexes': [models.Index(condition=models.Q(('superseded_at', None)), fields=['kpi', '-period_end'], name='observation_current_by_end')],
                'constraints': [models.CheckConstraint(condition=models.Q(('period_end__gte', models.F('period_start'))), name='observation_period_in_order'), models.UniqueConstraint(condition=models.Q(('superseded_at', None)), fields=('kpi', 'period_start', 'period_end'), name='observation_one_current_per_period')],
                'triggers': [pgtrigger.compiler.Trigger(name='value_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kpi_id" IS DISTINCT FROM (NEW."kpi_id") OR OLD."period_start" IS DISTINCT FROM (NEW."period_start") OR OLD."period_end" IS DISTINCT FROM (NEW."period_end") OR OLD."value" IS DISTINCT FROM (NEW."value") OR OLD."arrived_at" IS DISTINCT FROM (NEW."arrived_at") OR OLD."provenance" IS DISTINCT FROM (NEW."provenance") OR OLD."recorded_by_id" IS DISTINCT FROM (NEW."recorded_by_id") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."supersedes_id" IS DISTINCT FROM (NEW."supersedes_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='6b5895eb24f3205b4e8e52be07dcf8616ad2d4c3', operation='UPDATE', pgid='pgtrigger_value_stays_3e107', table='kpis_observation', when='BEFORE')), pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='47e23b664a9356063e996cf9ecc56c03fa43c22b', operation='DELETE', pgid='pgtrigger_never_deleted_f8422', table='kpis_observation', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='Target',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('flow_version', models.PositiveIntegerField(default=0, editable=False)),
                ('state_entered_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('process_version', models.PositiveIntegerField(default=1, editable=False)),
                ('row_version', models.PositiveIntegerField(default=1, editable=False)),
                ('phase', config.flow.fsm.StateField(default='proposed', max_length=20, protected=True)),
                ('baseline_value', models.DecimalField(blank=True, decimal_places=6, max_digits=20, null=True)),
                ('baseline_period_start', models.DateField(blank=True, null=True)),
                ('baseline_period_end', models.DateField(blank=True, null=True)),
                ('baseline_observations', models.PositiveIntegerField(blank=True, null=True)),
                ('value', models.DecimalField(decimal_places=6, max_digits=20)),
                ('start_date', models.DateField()),
                ('due_date', models.DateField()),
                ('confidence', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('kpi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='targets', to='kpis.kpi')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-due_date', '-id'),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('phase', 'committed'), _negated=True), models.Q(('baseline_observations__gte', 1), ('baseline_value__isnull', False)), _connector='OR'), name='target_committed_has_baseline'), models.CheckConstraint(condition=models.Q(('due_date__gt', models.F('start_date'))), name='target_dates_in_order'), models.CheckConstraint(condition=models.Q(('phase__in', ['proposed', 'committed', 'retired'])), name='target_known_state'), models.CheckConstraint(condition=models.Q(('confidence', None), ('confidence__lte', 100), _connector='OR'), name='target_confidence_percent'), models.UniqueConstraint(condition=models.Q(('phase', 'committed')), fields=('kpi',), name='target_one_committed_per_kpi')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "kpis_targetevent" ("baseline_observations", "baseline_period_end", "baseline_period_start", "baseline_value", "confidence", "created_at", "due_date", "flow_version", "id", "kpi_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phase", "process_version", "row_version", "start_date", "state_entered_at", "value") VALUES (NEW."baseline_observations", NEW."baseline_period_end", NEW."baseline_period_start", NEW."baseline_value", NEW."confidence", NEW."created_at", NEW."due_date", NEW."flow_version", NEW."id", NEW."kpi_id", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phase", NEW."process_version", NEW."row_version", NEW."start_date", NEW."state_entered_at", NEW."value"); RETURN NULL;', hash='a76258457ed433e31e2de58964edefefdcb1f94e', operation='INSERT', pgid='pgtrigger_insert_insert_6d555', table='kpis_target', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "kpis_targetevent" ("baseline_observations", "baseline_period_end", "baseline_period_start", "baseline_value", "confidence", "created_at", "due_date", "flow_version", "id", "kpi_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phase", "process_version", "row_version", "start_date", "state_entered_at", "value") VALUES (NEW."baseline_observations", NEW."baseline_period_end", NEW."baseline_period_start", NEW."baseline_value", NEW."confidence", NEW."created_at", NEW."due_date", NEW."flow_version", NEW."id", NEW."kpi_id", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phase", NEW."process_version", NEW."row_version", NEW."start_date", NEW."state_entered_at", NEW."value"); RETURN NULL;', hash='ccd22515a9c64ae09d10802fc071abb0d572040c', operation='UPDATE', pgid='pgtrigger_update_update_55bc5', table='kpis_target', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='MetricLinkEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('component', 'Component'), ('segment', 'Segment'), ('influence', 'Influence'), ('guardrail', 'Guardrail')], default='influence', max_length=10)),
                ('positive', models.BooleanField(default=True)),
                ('lag_days', models.PositiveIntegerField(default=0)),
                ('evidence', models.TextField(blank=True)),
                ('driven', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='kpis.kpi')),
                ('driver', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='kpis.kpi')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='kpis.metriclink')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c8707daa70ba088d4247c2fe42e9777ba6dfa6cc', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f0cb4', table='kpis_metriclinkevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='TargetEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('flow_version', models.PositiveIntegerField(default=0, editable=False)),
                ('state_entered_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('process_version', models.PositiveIntegerField(default=1, editable=False)),
                ('row_version', models.PositiveIntegerField(default=1, editable=False)),
                ('phase', config.flow.fsm.StateField(default='proposed', max_length=20, protected=True)),
                ('baseline_value', models.DecimalField(blank=True, decimal_places=6, max_digits=20, null=True)),
                ('baseline_period_start', models.DateField(blank=True, null=True)),
                ('baseline_period_end', models.DateField(blank=True, null=True)),
                ('baseline_observations', models.PositiveIntegerField(blank=True, null=True)),
                ('value', models.DecimalField(decimal_places=6, max_digits=20)),
                ('start_date', models.DateField()),
                ('due_date', models.DateField()),
                ('confidence', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('kpi', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='kpis.kpi')),
                ('owner', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='kpis.target')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4915e89fe996ce47979535e7b8e242aa8baf9f34', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f783d', table='kpis_targetevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='TargetStep',
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
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps_taken', to='kpis.target')),
            ],
            options={
                'ordering': ('-at', '-id'),
                'abstract': False,
                'constraints': [models.UniqueConstraint(condition=models.Q(('taken', True)), fields=('subject', 'from_version'), name='targetstep_one_winner')],
            },
        ),
        config.flow.triggers.InstallTriggers(
        ),
    ]
