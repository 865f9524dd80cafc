"""Generated; not edited by hand."""

import config.flow.triggers
import django.core.serializers.json
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import uuid
from django.conf import settings
from django.db import migrations, models


from config.flow.migrating import GroupedMigration


class Migration(GroupedMigration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('due', 'due'), ('done', 'done'), ('dead', 'dead')], default='due', editable=False, max_length=4)),
                ('due_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('lease_until', models.DateTimeField(blank=True, editable=False, null=True)),
                ('lease_token', models.UUIDField(blank=True, editable=False, null=True)),
                ('attempts', models.PositiveIntegerField(default=0, editable=False)),
                ('last_error', models.TextField(blank=True, default='', editable=False)),
                ('wanted', models.PositiveBigIntegerField(default=1, editable=False)),
                ('done', models.PositiveBigIntegerField(default=0, editable=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('finished_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(max_length=60)),
                ('title', models.CharField(max_length=200)),
                ('payload', models.JSONField(blank=True, default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('total', models.PositiveIntegerField(default=0)),
                ('processed', models.PositiveIntegerField(default=0)),
                ('counts', models.JSONField(blank=True, default=dict)),
                ('result', models.JSONField(blank=True, default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('started_at', models.DateTimeField(blank=True, null=True)),
                ('cancel_asked_at', models.DateTimeField(blank=True, null=True)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-id',),
                'abstract': False,
                'indexes': [models.Index(condition=models.Q(('state', 'due')), fields=['due_at'], name='job_due'), models.Index(condition=models.Q(('state', 'dead')), fields=['created_at'], name='job_dead'), models.Index(fields=['owner', '-id'], name='job_by_owner')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['due', 'done', 'dead'])), name='job_known_due_state'), models.CheckConstraint(condition=models.Q(models.Q(('lease_token__isnull', True), ('lease_until__isnull', True)), models.Q(('lease_token__isnull', False), ('lease_until__isnull', False)), _connector='OR'), name='job_lease_has_token'), models.CheckConstraint(condition=models.Q(('done__lte', models.F('wanted'))), name='job_done_not_above_wanted')],
                'triggers': [pgtrigger.compiler.Trigger(name='ring_on_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (SELECT 1 FROM arrived WHERE state = 'due' AND lease_until IS NULL) THEN\n        PERFORM pg_notify('gateline_due', TG_TABLE_NAME);\n    END IF;\n    RETURN NULL;\n", hash='0603b77fed6c8cf7beec47bba38eba0b68656a90', level='STATEMENT', operation='INSERT', pgid='pgtrigger_ring_on_insert_0313d', referencing='REFERENCING NEW TABLE AS arrived ', table='due_job', when='AFTER')), pgtrigger.compiler.Trigger(name='ring_on_update', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (SELECT 1 FROM arrived WHERE state = 'due' AND lease_until IS NULL) THEN\n        PERFORM pg_notify('gateline_due', TG_TABLE_NAME);\n    END IF;\n    RETURN NULL;\n", hash='3af29083a9c99d6d0dc0dd45895f74c08a1728f5', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_ring_on_update_af7b6', referencing='REFERENCING NEW TABLE AS arrived ', table='due_job', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='ScheduledSlot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('due', 'due'), ('done', 'done'), ('dead', 'dead')], default='due', editable=False, max_length=4)),
                ('due_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('lease_until', models.DateTimeField(blank=True, editable=False, null=True)),
                ('lease_token', models.UUIDField(blank=True, editable=False, null=True)),
                ('attempts', models.PositiveIntegerField(default=0, editable=False)),
                ('last_error', models.TextField(blank=True, default='', editable=False)),
                ('wanted', models.PositiveBigIntegerField(default=1, editable=False)),
                ('done', models.PositiveBigIntegerField(default=0, editable=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('finished_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('name', models.CharField(max_length=60)),
                ('slot', models.DateTimeField()),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(condition=models.Q(('state', 'due')), fields=['due_at'], name='scheduledslot_due'), models.Index(condition=models.Q(('state', 'dead')), fields=['created_at'], name='scheduledslot_dead')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['due', 'done', 'dead'])), name='scheduledslot_known_due_state'), models.CheckConstraint(condition=models.Q(models.Q(('lease_token__isnull', True), ('lease_until__isnull', True)), models.Q(('lease_token__isnull', False), ('lease_until__isnull', False)), _connector='OR'), name='scheduledslot_lease_has_token'), models.CheckConstraint(condition=models.Q(('done__lte', models.F('wanted'))), name='scheduledslot_done_not_above_wanted'), models.UniqueConstraint(fields=('name', 'slot'), name='one_row_per_slot')],
                'triggers': [pgtrigger.compiler.Trigger(name='ring_on_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (SELECT 1 FROM arrived WHERE state = 'due' AND lease_until IS NULL) THEN\n        PERFORM pg_notify('gateline_due', TG_TABLE_NAME);\n    END IF;\n    RETURN NULL;\n", hash='5b0075ac8670f31b005f6b03d6afdd2e3d391373', level='STATEMENT', operation='INSERT', pgid='pgtrigger_ring_on_insert_f0860', referencing='REFERENCING NEW TABLE AS arrived ', table='due_scheduledslot', when='AFTER')), pgtrigger.compiler.Trigger(name='ring_on_update', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (SELECT 1 FROM arrived WHERE state = 'due' AND lease_until IS NULL) THEN\n        PERFORM pg_notify('gateline_due', TG_TABLE_NAME);\n    END IF;\n    RETURN NULL;\n", hash='3cd796bb44da3348fdc0f8c88660904b550b5379', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_ring_on_update_75201', referencing='REFERENCING NEW TABLE AS arrived ', table='due_scheduledslot', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='JobLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.CharField(choices=[('info', 'info'), ('warning', 'warning'), ('error', 'error')], default='info', max_length=7)),
                ('text', models.TextField()),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('job', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='due.job')),
            ],
            options={
                'ordering': ('id',),
            },
        ),
        config.flow.triggers.InstallTriggers(
        ),
    ]
