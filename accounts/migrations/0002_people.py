"""Generated; not edited by hand."""

import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from config.flow.migrating import GroupedMigration
from django.db import migrations, models


class Migration(GroupedMigration):

    dependencies = [
        ('accounts', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Letter',
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
                ('key', models.CharField(max_length=200, unique=True)),
                ('subject', models.CharField(max_length=200)),
                ('text', models.TextField()),
                ('path', models.CharField(blank=True, max_length=300)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(condition=models.Q(('state', 'due')), fields=['due_at'], name='letter_due'), models.Index(condition=models.Q(('state', 'dead')), fields=['created_at'], name='letter_dead')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['due', 'done', 'dead'])), name='letter_known_due_state'), models.CheckConstraint(condition=models.Q(models.Q(('lease_token__isnull', True), ('lease_until__isnull', True)), models.Q(('lease_token__isnull', False), ('lease_until__isnull', False)), _connector='OR'), name='letter_lease_has_token'), models.CheckConstraint(condition=models.Q(('done__lte', models.F('wanted'))), name='letter_done_not_above_wanted')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='letter',
            trigger=pgtrigger.compiler.Trigger(name='ring_on_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (SELECT 1 FROM arrived WHERE state = 'due' AND lease_until IS NULL) THEN\n        PERFORM pg_notify('gateline_due', TG_TABLE_NAME);\n    END IF;\n    RETURN NULL;\n", hash='cef1a9a8a8e7f61e44aaa877f8851b52e9f4e13b', level='STATEMENT', operation='INSERT', pgid='pgtrigger_ring_on_insert_03854', referencing='REFERENCING NEW TABLE AS arrived ', table='accounts_letter', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='letter',
            trigger=pgtrigger.compiler.Trigger(name='ring_on_update', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (SELECT 1 FROM arrived WHERE state = 'due' AND lease_until IS NULL) THEN\n        PERFORM pg_notify('gateline_due', TG_TABLE_NAME);\n    END IF;\n    RETURN NULL;\n", hash='b5d37676a4ebd85f6a732b3f6f2f5237a773dbd7', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_ring_on_update_67ba9', referencing='REFERENCING NEW TABLE AS arrived ', table='accounts_letter', when='AFTER')),
        ),
    ]
