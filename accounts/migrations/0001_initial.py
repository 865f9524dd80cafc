"""Generated; not edited by hand."""

import config.flow.triggers
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


from config.flow.migrating import GroupedMigration


class Migration(GroupedMigration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReportingLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('function', models.CharField(max_length=80)),
                ('level', models.CharField(choices=[('line', 'Business line'), ('team', 'Team'), ('sub_team', 'Engineering sub-team')], max_length=10)),
                ('responsible', models.CharField(blank=True, max_length=120)),
                ('divisional', models.CharField(blank=True, max_length=120)),
                ('functional', models.CharField(blank=True, max_length=120)),
                ('ordinal', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'ordering': ('ordinal', 'level'),
                'constraints': [models.UniqueConstraint(fields=('function', 'level'), name='reporting_once_per_function_level')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_reportinglineevent" ("divisional", "function", "functional", "id", "level", "ordinal", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "responsible") VALUES (NEW."divisional", NEW."function", NEW."functional", NEW."id", NEW."level", NEW."ordinal", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."responsible"); RETURN NULL;', hash='1fc48c1585dd69a2e88b87429689eb45a6cf6c62', operation='INSERT', pgid='pgtrigger_insert_insert_a1922', table='accounts_reportingline', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "accounts_reportinglineevent" ("divisional", "function", "functional", "id", "level", "ordinal", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "responsible") VALUES (NEW."divisional", NEW."function", NEW."functional", NEW."id", NEW."level", NEW."ordinal", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."responsible"); RETURN NULL;', hash='0d7506f772ed64033b675671a9a19a88368403b8', operation='UPDATE', pgid='pgtrigger_update_update_eca23', table='accounts_reportingline', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='SignInAttempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('who', models.CharField(max_length=64)),
                ('address', models.GenericIPAddressField(null=True)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'indexes': [models.Index(fields=['at'], name='sign_in_attempt_at')],
            },
        ),
        migrations.CreateModel(
            name='BusinessLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True)),
                ('name', models.CharField(max_length=120, unique=True)),
                ('purpose', models.TextField(blank=True)),
                ('start_up', models.BooleanField(default=False)),
                ('backfill_order', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('product_manager', 'Product manager'), ('business_leader', 'Business leader'), ('cpo', 'Chief product officer'), ('designer', 'UX designer'), ('tpm', 'Technical product manager'), ('architect', 'Engineering architect'), ('engineer', 'Engineer'), ('qa', 'Quality assurance'), ('security', 'Security analyst'), ('vp_engineering', 'VP of engineering'), ('compliance', 'Compliance'), ('risk', 'Risk'), ('finance', 'Finance'), ('growth', 'Growth'), ('operations', 'Operations'), ('product_operations_lead', 'Product operations lead'), ('support', 'Technical support'), ('requester', 'Requester'), ('reader', 'Reader')], max_length=30), blank=True, default=list, size=None)),
                ('time_zone', models.CharField(default='UTC', max_length=64)),
            ],
            options={
                'ordering': ('name',),
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_businesslineevent" ("backfill_order", "created_by_id", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "slug", "start_up", "time_zone") VALUES (NEW."backfill_order", NEW."created_by_id", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."purpose", NEW."slug", NEW."start_up", NEW."time_zone"); RETURN NULL;', hash='eda2efa6bc061a902d3715fa4bf823a970c77a86', operation='INSERT', pgid='pgtrigger_insert_insert_88a66', table='accounts_businessline', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "accounts_businesslineevent" ("backfill_order", "created_by_id", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "slug", "start_up", "time_zone") VALUES (NEW."backfill_order", NEW."created_by_id", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."purpose", NEW."slug", NEW."start_up", NEW."time_zone"); RETURN NULL;', hash='9e73f60ce19f3d1a96221526167ceec46f4a3050', operation='UPDATE', pgid='pgtrigger_update_update_5c434', table='accounts_businessline', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='ReportingLineEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('function', models.CharField(max_length=80)),
                ('level', models.CharField(choices=[('line', 'Business line'), ('team', 'Team'), ('sub_team', 'Engineering sub-team')], max_length=10)),
                ('responsible', models.CharField(blank=True, max_length=120)),
                ('divisional', models.CharField(blank=True, max_length=120)),
                ('functional', models.CharField(blank=True, max_length=120)),
                ('ordinal', models.PositiveSmallIntegerField(default=0)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='accounts.reportingline')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9dd33a4d8219c14f0f1924e787b94145ddb3f367', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6c73b', table='accounts_reportinglineevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='Team',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='teams', to='accounts.businessline')),
            ],
            options={
                'ordering': ('name',),
                'constraints': [models.UniqueConstraint(fields=('line', 'name'), name='team_name_once_per_line')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_teamevent" ("id", "line_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") VALUES (NEW."id", NEW."line_id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."slug"); RETURN NULL;', hash='e8821918b81a0bdaa798b4eac5824b21f6e15cd2', operation='INSERT', pgid='pgtrigger_insert_insert_71b40', table='accounts_team', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "accounts_teamevent" ("id", "line_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") VALUES (NEW."id", NEW."line_id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."slug"); RETURN NULL;', hash='04bf85c2557c544a0109cdb201dcfc1280acf69a', operation='UPDATE', pgid='pgtrigger_update_update_529da', table='accounts_team', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('email', models.EmailField(blank=True, max_length=254, null=True, unique=True, verbose_name='e-mail address')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('handle', models.CharField(blank=True, max_length=120, null=True, unique=True)),
                ('is_active', models.BooleanField(default=True)),
                ('is_staff', models.BooleanField(default=False, verbose_name='administrator')),
                ('time_zone', models.CharField(default='UTC', max_length=64)),
                ('theme', models.CharField(choices=[('system', 'Like my device'), ('light', 'Light'), ('dark', 'Dark')], default='system', max_length=6)),
                ('letter_keys', models.BooleanField(default=True, verbose_name='letter shortcuts')),
                ('joined_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                ('home_line', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='accounts.businessline')),
            ],
            options={
                'verbose_name_plural': 'people',
                'ordering': ('name', 'id'),
                'constraints': [models.CheckConstraint(condition=models.Q(('is_active', False), ('email__isnull', False), _connector='OR'), name='person_active_has_email'), models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='person_email_any_case')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_personevent" ("email", "handle", "home_line_id", "id", "is_active", "is_staff", "is_superuser", "joined_at", "letter_keys", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "theme", "time_zone") VALUES (NEW."email", NEW."handle", NEW."home_line_id", NEW."id", NEW."is_active", NEW."is_staff", NEW."is_superuser", NEW."joined_at", NEW."letter_keys", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."theme", NEW."time_zone"); RETURN NULL;', hash='f71e83d8a77218e4dca20962ebe7a6c13e86dd52', operation='INSERT', pgid='pgtrigger_insert_insert_6b541', table='accounts_person', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."handle" IS DISTINCT FROM (NEW."handle") OR OLD."home_line_id" IS DISTINCT FROM (NEW."home_line_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."is_staff" IS DISTINCT FROM (NEW."is_staff") OR OLD."is_superuser" IS DISTINCT FROM (NEW."is_superuser") OR OLD."joined_at" IS DISTINCT FROM (NEW."joined_at") OR OLD."letter_keys" IS DISTINCT FROM (NEW."letter_keys") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."theme" IS DISTINCT FROM (NEW."theme") OR OLD."time_zone" IS DISTINCT FROM (NEW."time_zone"))', func='INSERT INTO "accounts_personevent" ("email", "handle", "home_line_id", "id", "is_active", "is_staff", "is_superuser", "joined_at", "letter_keys", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "theme", "time_zone") VALUES (NEW."email", NEW."handle", NEW."home_line_id", NEW."id", NEW."is_active", NEW."is_staff", NEW."is_superuser", NEW."joined_at", NEW."letter_keys", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."theme", NEW."time_zone"); RETURN NULL;', hash='e0317dc90b2e1e5e0cb7edf75c3352cf50f82d8e', operation='UPDATE', pgid='pgtrigger_update_update_70819', table='accounts_person', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='SubTeam',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('function', models.CharField(choices=[('product_manager', 'Product manager'), ('business_leader', 'Business leader'), ('cpo', 'Chief product officer'), ('designer', 'UX designer'), ('tpm', 'Technical product manager'), ('architect', 'Engineering architect'), ('engineer', 'Engineer'), ('qa', 'Quality assurance'), ('security', 'Security analyst'), ('vp_engineering', 'VP of engineering'), ('compliance', 'Compliance'), ('risk', 'Risk'), ('finance', 'Finance'), ('growth', 'Growth'), ('operations', 'Operations'), ('product_operations_lead', 'Product operations lead'), ('support', 'Technical support'), ('requester', 'Requester'), ('reader', 'Reader')], max_length=30)),
                ('name', models.CharField(max_length=120)),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sub_teams', to='accounts.team')),
            ],
            options={
                'ordering': ('name',),
                'constraints': [models.UniqueConstraint(fields=('team', 'name'), name='sub_team_name_once_per_team')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_subteamevent" ("function", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "team_id") VALUES (NEW."function", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."team_id"); RETURN NULL;', hash='7dc42a5dd23b06d829006db8ea5ea9acb92c9a9e', operation='INSERT', pgid='pgtrigger_insert_insert_d4149', table='accounts_subteam', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "accounts_subteamevent" ("function", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "team_id") VALUES (NEW."function", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."team_id"); RETURN NULL;', hash='b6b890f047e0b4c91dd578190c00757f7b6acb83', operation='UPDATE', pgid='pgtrigger_update_update_a465e', table='accounts_subteam', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='TeamEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('slug', models.SlugField(db_index=False, max_length=80)),
                ('name', models.CharField(max_length=120)),
                ('line', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.businessline')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='accounts.team')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='86fe6d88b31fca89c72d6d66e9cd1db158f91495', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f422b', table='accounts_teamevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='BusinessLineEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('slug', models.SlugField(db_index=False)),
                ('name', models.CharField(max_length=120)),
                ('purpose', models.TextField(blank=True)),
                ('start_up', models.BooleanField(default=False)),
                ('backfill_order', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('product_manager', 'Product manager'), ('business_leader', 'Business leader'), ('cpo', 'Chief product officer'), ('designer', 'UX designer'), ('tpm', 'Technical product manager'), ('architect', 'Engineering architect'), ('engineer', 'Engineer'), ('qa', 'Quality assurance'), ('security', 'Security analyst'), ('vp_engineering', 'VP of engineering'), ('compliance', 'Compliance'), ('risk', 'Risk'), ('finance', 'Finance'), ('growth', 'Growth'), ('operations', 'Operations'), ('product_operations_lead', 'Product operations lead'), ('support', 'Technical support'), ('requester', 'Requester'), ('reader', 'Reader')], max_length=30), blank=True, default=list, size=None)),
                ('time_zone', models.CharField(default='UTC', max_length=64)),
                ('created_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='accounts.businessline')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a1da384731c67b0402ec94a081d9fb1a3992c6a6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9cafc', table='accounts_businesslineevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='PasswordResetMail',
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
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(condition=models.Q(('state', 'due')), fields=['due_at'], name='passwordresetmail_due'), models.Index(condition=models.Q(('state', 'dead')), fields=['created_at'], name='passwordresetmail_dead')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['due', 'done', 'dead'])), name='passwordresetmail_known_due_state'), models.CheckConstraint(condition=models.Q(models.Q(('lease_token__isnull', True), ('lease_until__isnull', True)), models.Q(('lease_token__isnull', False), ('lease_until__isnull', False)), _connector='OR'), name='passwordresetmail_lease_has_token'), models.CheckConstraint(condition=models.Q(('done__lte', models.F('wanted'))), name='passwordresetmail_done_not_above_wanted'), models.UniqueConstraint(condition=models.Q(('state', 'due')), fields=('person',), name='password_reset_one_at_a_time')],
                'triggers': [pgtrigger.compiler.Trigger(name='ring_on_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (SELECT 1 FROM arrived WHERE state = 'due' AND lease_until IS NULL) THEN\n        PERFORM pg_notify('gateline_due', TG_TABLE_NAME);\n    END IF;\n    RETURN NULL;\n", hash='df63c1257d67cc51b265cea46f6e86b26671e36d', level='STATEMENT', operation='INSERT', pgid='pgtrigger_ring_on_insert_707a6', referencing='REFERENCING NEW TABLE AS arrived ', table='accounts_passwordresetmail', when='AFTER')), pgtrigger.compiler.Trigger(name='ring_on_update', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (SELECT 1 FROM arrived WHERE state = 'due' AND lease_until IS NULL) THEN\n        PERFORM pg_notify('gateline_due', TG_TABLE_NAME);\n    END IF;\n    RETURN NULL;\n", hash='36b0e81c095f6580e46f31edc7bcaf8abe816d4d', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_ring_on_update_7cac3', referencing='REFERENCING NEW TABLE AS arrived ', table='accounts_passwordresetmail', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='PersonEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('email', models.EmailField(blank=True, max_length=254, null=True, verbose_name='e-mail address')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('handle', models.CharField(blank=True, max_length=120, null=True)),
                ('is_active', models.BooleanField(default=True)),
                ('is_staff', models.BooleanField(default=False, verbose_name='administrator')),
                ('time_zone', models.CharField(default='UTC', max_length=64)),
                ('theme', models.CharField(choices=[('system', 'Like my device'), ('light', 'Light'), ('dark', 'Dark')], default='system', max_length=6)),
                ('letter_keys', models.BooleanField(default=True, verbose_name='letter shortcuts')),
                ('joined_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('home_line', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.businessline')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ab12179ca78ae034abb9ebf88853b5337e7aa9ef', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ba890', table='accounts_personevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='SubTeamEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('function', models.CharField(choices=[('product_manager', 'Product manager'), ('business_leader', 'Business leader'), ('cpo', 'Chief product officer'), ('designer', 'UX designer'), ('tpm', 'Technical product manager'), ('architect', 'Engineering architect'), ('engineer', 'Engineer'), ('qa', 'Quality assurance'), ('security', 'Security analyst'), ('vp_engineering', 'VP of engineering'), ('compliance', 'Compliance'), ('risk', 'Risk'), ('finance', 'Finance'), ('growth', 'Growth'), ('operations', 'Operations'), ('product_operations_lead', 'Product operations lead'), ('support', 'Technical support'), ('requester', 'Requester'), ('reader', 'Reader')], max_length=30)),
                ('name', models.CharField(max_length=120)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='accounts.subteam')),
                ('team', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.team')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f62bd58a028e662986f6246d496b139b75c49ac0', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e5b73', table='accounts_subteamevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('product_manager', 'Product manager'), ('business_leader', 'Business leader'), ('cpo', 'Chief product officer'), ('designer', 'UX designer'), ('tpm', 'Technical product manager'), ('architect', 'Engineering architect'), ('engineer', 'Engineer'), ('qa', 'Quality assurance'), ('security', 'Security analyst'), ('vp_engineering', 'VP of engineering'), ('compliance', 'Compliance'), ('risk', 'Risk'), ('finance', 'Finance'), ('growth', 'Growth'), ('operations', 'Operations'), ('product_operations_lead', 'Product operations lead'), ('support', 'Technical support'), ('requester', 'Requester'), ('reader', 'Reader')], max_length=30)),
                ('acting', models.BooleanField(default=False)),
                ('started_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('line', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='accounts.businessline')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('sub_team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='accounts.subteam')),
                ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='accounts.team')),
            ],
            options={
                'ordering': ('role', 'person__name'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None), ('role__in', ['product_manager', 'tpm', 'architect', 'product_operations_lead']), ('team__isnull', False)), fields=('person', 'role'), name='membership_exclusive_roles_one_team'), models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('person', 'role', 'line', 'team', 'sub_team'), name='membership_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('sub_team', None), ('team__isnull', False), _connector='OR'), name='membership_sub_team_has_team')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_membershipevent" ("acting", "ended_at", "id", "line_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "started_at", "sub_team_id", "team_id") VALUES (NEW."acting", NEW."ended_at", NEW."id", NEW."line_id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."role", NEW."started_at", NEW."sub_team_id", NEW."team_id"); RETURN NULL;', hash='635ea975323de5619a69750e1583bdce493b509b', operation='INSERT', pgid='pgtrigger_insert_insert_fc05a', table='accounts_membership', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "accounts_membershipevent" ("acting", "ended_at", "id", "line_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "started_at", "sub_team_id", "team_id") VALUES (NEW."acting", NEW."ended_at", NEW."id", NEW."line_id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."role", NEW."started_at", NEW."sub_team_id", NEW."team_id"); RETURN NULL;', hash='a8fa9c024dfb621e7acd641c1cc12b2ad457a8ad', operation='UPDATE', pgid='pgtrigger_update_update_20ab5', table='accounts_membership', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='MembershipEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('role', models.CharField(choices=[('product_manager', 'Product manager'), ('business_leader', 'Business leader'), ('cpo', 'Chief product officer'), ('designer', 'UX designer'), ('tpm', 'Technical product manager'), ('architect', 'Engineering architect'), ('engineer', 'Engineer'), ('qa', 'Quality assurance'), ('security', 'Security analyst'), ('vp_engineering', 'VP of engineering'), ('compliance', 'Compliance'), ('risk', 'Risk'), ('finance', 'Finance'), ('growth', 'Growth'), ('operations', 'Operations'), ('product_operations_lead', 'Product operations lead'), ('support', 'Technical support'), ('requester', 'Requester'), ('reader', 'Reader')], max_length=30)),
                ('acting', models.BooleanField(default=False)),
                ('started_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('line', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.businessline')),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='accounts.membership')),
                ('sub_team', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.subteam')),
                ('team', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.team')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e1f05704110766345bef638c18be4307af995a77', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9ee6c', table='accounts_membershipevent', when='BEFORE'))],
            },
        ),
        migrations.AddField(
            model_name='BusinessLine',
            name='created_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        config.flow.triggers.InstallTriggers(
        ),
    ]
