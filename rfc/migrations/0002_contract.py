"""Generated; not edited by hand."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from config.flow.migrating import GroupedMigration
from django.db import migrations, models


class Migration(GroupedMigration):

    dependencies = [
        ('accounts', '0002_people'),
        ('due', '0001_initial'),
        ('initiatives', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('rfc', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Anchor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('found', models.CharField(choices=[('exact', 'The same words'), ('near', 'Nearly the same words'), ('section', 'Only its section'), ('lost', 'The text has changed')], max_length=8)),
                ('section_slug', models.CharField(blank=True, max_length=200)),
                ('start', models.PositiveIntegerField(blank=True, null=True)),
                ('end', models.PositiveIntegerField(blank=True, null=True)),
                ('source', models.TextField(blank=True)),
                ('prefix', models.CharField(blank=True, max_length=200)),
                ('suffix', models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name='Anchoring',
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
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(editable=False, unique=True)),
                ('question', models.CharField(max_length=300)),
                ('options', models.TextField(blank=True)),
                ('decision', models.TextField()),
                ('reason', models.TextField()),
                ('decided_by_name', models.CharField(max_length=200)),
                ('decided_by_roles', models.CharField(blank=True, max_length=400)),
                ('decided_date', models.DateField()),
                ('review_date', models.DateField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('search', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector('question', config='english', weight='A'), '||', django.contrib.postgres.search.SearchVector('decision', config='english', weight='B'), django.contrib.postgres.search.SearchConfig('english')), '||', django.contrib.postgres.search.SearchVector('reason', 'options', config='english', weight='C'), django.contrib.postgres.search.SearchConfig('english')), output_field=django.contrib.postgres.search.SearchVectorField())),
            ],
            options={
                'ordering': ('-decided_date', '-number'),
            },
        ),
        migrations.CreateModel(
            name='DecisionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('number', models.PositiveIntegerField(editable=False)),
                ('question', models.CharField(max_length=300)),
                ('options', models.TextField(blank=True)),
                ('decision', models.TextField()),
                ('reason', models.TextField()),
                ('decided_by_name', models.CharField(max_length=200)),
                ('decided_by_roles', models.CharField(blank=True, max_length=400)),
                ('decided_date', models.DateField()),
                ('review_date', models.DateField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DecisionReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reviewed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('note', models.TextField()),
                ('next_date', models.DateField(blank=True, null=True)),
            ],
            options={
                'ordering': ('-reviewed_at', '-id'),
            },
        ),
        migrations.CreateModel(
            name='DecisionSubject',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ('id',),
            },
        ),
        migrations.CreateModel(
            name='Delegation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('function', models.CharField(choices=[('product_manager', 'Product manager'), ('business_leader', 'Business leader'), ('cpo', 'Chief product officer'), ('designer', 'UX designer'), ('tpm', 'Technical product manager'), ('architect', 'Engineering architect'), ('engineer', 'Engineer'), ('qa', 'Quality assurance'), ('security', 'Security analyst'), ('vp_engineering', 'VP of engineering'), ('compliance', 'Compliance'), ('risk', 'Risk'), ('finance', 'Finance'), ('growth', 'Growth'), ('operations', 'Operations'), ('product_operations_lead', 'Product operations lead'), ('support', 'Technical support'), ('requester', 'Requester'), ('reader', 'Reader')], max_length=30)),
                ('starts_on', models.DateField(default=django.utils.timezone.localdate)),
                ('ends_on', models.DateField()),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ('-ends_on', '-id'),
            },
        ),
        migrations.CreateModel(
            name='DelegationEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('function', models.CharField(choices=[('product_manager', 'Product manager'), ('business_leader', 'Business leader'), ('cpo', 'Chief product officer'), ('designer', 'UX designer'), ('tpm', 'Technical product manager'), ('architect', 'Engineering architect'), ('engineer', 'Engineer'), ('qa', 'Quality assurance'), ('security', 'Security analyst'), ('vp_engineering', 'VP of engineering'), ('compliance', 'Compliance'), ('risk', 'Risk'), ('finance', 'Finance'), ('growth', 'Growth'), ('operations', 'Operations'), ('product_operations_lead', 'Product operations lead'), ('support', 'Technical support'), ('requester', 'Requester'), ('reader', 'Reader')], max_length=30)),
                ('starts_on', models.DateField(default=django.utils.timezone.localdate)),
                ('ends_on', models.DateField()),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Mention',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('seen_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Picture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('file', models.FileField(max_length=255, upload_to='rfcs/%Y/%m/')),
                ('original_name', models.CharField(max_length=255)),
                ('checksum', models.CharField(max_length=64)),
                ('width', models.PositiveIntegerField()),
                ('height', models.PositiveIntegerField()),
                ('size', models.PositiveIntegerField()),
                ('uploaded_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ('-uploaded_at', '-id'),
            },
        ),
        migrations.CreateModel(
            name='PictureEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('file', models.FileField(max_length=255, upload_to='rfcs/%Y/%m/')),
                ('original_name', models.CharField(max_length=255)),
                ('checksum', models.CharField(max_length=64)),
                ('width', models.PositiveIntegerField()),
                ('height', models.PositiveIntegerField()),
                ('size', models.PositiveIntegerField()),
                ('uploaded_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Presence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('window', models.UUIDField()),
                ('section', models.CharField(blank=True, max_length=200)),
                ('writing', models.BooleanField(default=False)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField()),
            ],
            options={
                'ordering': ('since', 'id'),
            },
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('opened_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('last_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('compared', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveIntegerField(), blank=True, default=list, size=None)),
            ],
            options={
                'ordering': ('-last_at', '-id'),
            },
        ),
        migrations.CreateModel(
            name='Suggestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('original', models.TextField()),
                ('replacement', models.TextField(blank=True)),
                ('state', models.CharField(choices=[('open', 'Open'), ('accepted', 'Accepted'), ('refused', 'Refused'), ('overtaken', 'Overtaken')], default='open', max_length=9)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, max_length=400)),
            ],
        ),
        migrations.CreateModel(
            name='ThreadAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(choices=[('resolved', 'resolved it'), ('reopened', 'reopened it'), ('accepted', 'accepted the suggestion'), ('refused', 'refused the suggestion'), ('overtaken', 'accepted other words for the same passage'), ('returned', 'discarded the draft that held the suggestion')], max_length=9)),
                ('note', models.CharField(blank=True, max_length=400)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ('at', 'id'),
            },
        ),
        migrations.CreateModel(
            name='UnsavedText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('window', models.UUIDField()),
                ('title', models.CharField(blank=True, max_length=255)),
                ('summary_problem', models.TextField(blank=True)),
                ('decision_asked', models.TextField(blank=True)),
                ('body', models.TextField(blank=True)),
                ('base_version', models.PositiveIntegerField()),
                ('kept_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'ordering': ('-kept_at', '-id'),
            },
        ),
        migrations.CreateModel(
            name='WatchedFolder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, unique=True)),
                ('path', models.CharField(max_length=500, unique=True)),
                ('every_minutes', models.PositiveIntegerField(choices=[(15, 'every 15 minutes'), (60, 'every hour'), (360, 'every 6 hours'), (1440, 'every day')], default=60)),
                ('active', models.BooleanField(default=True)),
                ('added_at', models.DateTimeField(auto_now_add=True)),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('mark', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'ordering': ('name',),
            },
        ),
        migrations.AlterModelOptions(
            name='templatesection',
            options={'ordering': ('ordinal', 'id')},
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='comment',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='comment',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='position',
            name='stance_stays',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='position',
            name='no_self_approval',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='revision',
            name='text_is_immutable',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='rfc',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='rfc',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='rfctemplate',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='rfctemplate',
            name='update_update',
        ),
        migrations.RemoveIndex(
            model_name='revision',
            name='revision_search',
        ),
        migrations.RemoveField(
            model_name='revision',
            name='search',
        ),
        migrations.RemoveField(
            model_name='rfctemplate',
            name='active',
        ),
        migrations.RemoveField(
            model_name='rfctemplateevent',
            name='active',
        ),
        migrations.AddField(
            model_name='comment',
            name='edited_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='comment',
            name='kind',
            field=models.CharField(choices=[('remark', 'Remark'), ('question', 'Question'), ('must_fix', 'Must-fix'), ('taste', 'Taste')], default='remark', max_length=10),
        ),
        migrations.AddField(
            model_name='commentevent',
            name='edited_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='commentevent',
            name='kind',
            field=models.CharField(choices=[('remark', 'Remark'), ('question', 'Question'), ('must_fix', 'Must-fix'), ('taste', 'Taste')], default='remark', max_length=10),
        ),
        migrations.AddField(
            model_name='importeddocument',
            name='pictures',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name='importeddocument',
            name='revision_number',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='importeddocument',
            name='theirs',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='importeddocument',
            name='theirs_hash',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='importeddocument',
            name='theirs_title',
            field=models.CharField(blank=True, max_length=255),
        ),
        migrations.AddField(
            model_name='position',
            name='on_behalf_name',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='position',
            name='on_behalf_of',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='revision',
            name='changed_sections',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name='revision',
            name='editorial',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='revision',
            name='editorial_reason',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='revision',
            name='language',
            field=models.CharField(choices=[('en', 'English'), ('de', 'German'), ('fr', 'French'), ('es', 'Spanish'), ('it', 'Italian'), ('pt', 'Portuguese'), ('nl', 'Dutch'), ('sv', 'Swedish'), ('da', 'Danish'), ('no', 'Norwegian'), ('other', 'Another language')], default='en', max_length=12),
        ),
        migrations.AddField(
            model_name='revision',
            name='name',
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name='revision',
            name='notice',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='revision',
            name='words',
            field=django.contrib.postgres.search.SearchVectorField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='rfc',
            name='expiry_warned_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='rfc',
            name='kept_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='rfc',
            name='language',
            field=models.CharField(blank=True, choices=[('en', 'English'), ('de', 'German'), ('fr', 'French'), ('es', 'Spanish'), ('it', 'Italian'), ('pt', 'Portuguese'), ('nl', 'Dutch'), ('sv', 'Swedish'), ('da', 'Danish'), ('no', 'Norwegian'), ('other', 'Another language')], max_length=12),
        ),
        migrations.AddField(
            model_name='rfc',
            name='template_reason',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='rfcevent',
            name='expiry_warned_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='rfcevent',
            name='kept_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='rfcevent',
            name='language',
            field=models.CharField(blank=True, choices=[('en', 'English'), ('de', 'German'), ('fr', 'French'), ('es', 'Spanish'), ('it', 'Italian'), ('pt', 'Portuguese'), ('nl', 'Dutch'), ('sv', 'Swedish'), ('da', 'Danish'), ('no', 'Norwegian'), ('other', 'Another language')], max_length=12),
        ),
        migrations.AddField(
            model_name='rfcevent',
            name='template_reason',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='rfctemplate',
            name='current',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='rfctemplate',
            name='line',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.businessline'),
        ),
        migrations.AddField(
            model_name='rfctemplate',
            name='made_at',
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.AddField(
            model_name='rfctemplate',
            name='made_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='rfctemplate',
            name='note',
            field=models.CharField(blank=True, max_length=400),
        ),
        migrations.AddField(
            model_name='rfctemplate',
            name='source',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name='rfctemplateevent',
            name='current',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='rfctemplateevent',
            name='line',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.businessline'),
        ),
        migrations.AddField(
            model_name='rfctemplateevent',
            name='made_at',
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.AddField(
            model_name='rfctemplateevent',
            name='made_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='rfctemplateevent',
            name='note',
            field=models.CharField(blank=True, max_length=400),
        ),
        migrations.AddField(
            model_name='rfctemplateevent',
            name='source',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AlterField(
            model_name='rfc',
            name='template',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='begun_rfcs', to='rfc.rfctemplate'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(condition=models.Q(('parent', None), ('resolved_at', None)), fields=['rfc'], name='comment_open_threads'),
        ),
        migrations.AddIndex(
            model_name='revision',
            index=django.contrib.postgres.indexes.GinIndex(fields=['words'], name='revision_words'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['remark', 'question', 'must_fix', 'taste'])), name='comment_known_kind'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('resolution', ''), ('resolved_at', None), ('resolved_by', None)), models.Q(('parent', None), ('resolved_at__isnull', False), ('resolved_by__isnull', False), models.Q(('resolution', ''), _negated=True)), _connector='OR'), name='comment_resolved_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='position',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('on_behalf_name', ''), ('on_behalf_of', None)), models.Q(models.Q(('on_behalf_of', models.F('person')), _negated=True), models.Q(('on_behalf_name', ''), _negated=True)), _connector='OR'), name='position_behalf_of_another'),
        ),
        migrations.AddConstraint(
            model_name='revision',
            constraint=models.CheckConstraint(condition=models.Q(('editorial', False), models.Q(('editorial_reason', ''), _negated=True), _connector='OR'), name='revision_editorial_says_why'),
        ),
        migrations.AddConstraint(
            model_name='rfctemplate',
            constraint=models.UniqueConstraint(condition=models.Q(('current', True)), fields=('name',), name='rfc_template_one_current_version'),
        ),
        migrations.AddConstraint(
            model_name='rfctemplate',
            constraint=models.UniqueConstraint(condition=models.Q(('current', True)), fields=('line', 'source'), name='rfc_template_one_per_line_and_source', nulls_distinct=False),
        ),
        migrations.AddField(
            model_name='anchor',
            name='comment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='anchors', to='rfc.comment'),
        ),
        migrations.AddField(
            model_name='anchor',
            name='revision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='anchors', to='rfc.revision'),
        ),
        migrations.AddField(
            model_name='anchoring',
            name='revision',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='anchoring', to='rfc.revision'),
        ),
        migrations.AddField(
            model_name='decision',
            name='comment',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='rfc.comment'),
        ),
        migrations.AddField(
            model_name='decision',
            name='decided_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions_made', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='decision',
            name='line',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='accounts.businessline'),
        ),
        migrations.AddField(
            model_name='decision',
            name='recorded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='decision',
            name='supersedes',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='superseded_by', to='rfc.decision'),
        ),
        migrations.AddField(
            model_name='decisionevent',
            name='comment',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='rfc.comment'),
        ),
        migrations.AddField(
            model_name='decisionevent',
            name='decided_by',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='decisionevent',
            name='line',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.businessline'),
        ),
        migrations.AddField(
            model_name='decisionevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='decisionevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='rfc.decision'),
        ),
        migrations.AddField(
            model_name='decisionevent',
            name='recorded_by',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='decisionevent',
            name='supersedes',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='rfc.decision'),
        ),
        migrations.AddField(
            model_name='decisionreview',
            name='decision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='rfc.decision'),
        ),
        migrations.AddField(
            model_name='decisionreview',
            name='reviewed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='decisionsubject',
            name='added_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='decisionsubject',
            name='decision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='subjects', to='rfc.decision'),
        ),
        migrations.AddField(
            model_name='decisionsubject',
            name='initiative',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decision_links', to='initiatives.initiative'),
        ),
        migrations.AddField(
            model_name='decisionsubject',
            name='rfc',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decision_links', to='rfc.rfc'),
        ),
        migrations.AddField(
            model_name='delegation',
            name='delegate',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews_for', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='delegation',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='review_delegations', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='delegationevent',
            name='delegate',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='delegationevent',
            name='person',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='delegationevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='delegationevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='rfc.delegation'),
        ),
        migrations.AddField(
            model_name='mention',
            name='comment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mentions', to='rfc.comment'),
        ),
        migrations.AddField(
            model_name='mention',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rfc_mentions', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='picture',
            name='rfc',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pictures', to='rfc.rfc'),
        ),
        migrations.AddField(
            model_name='picture',
            name='uploaded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='pictureevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='pictureevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='rfc.picture'),
        ),
        migrations.AddField(
            model_name='pictureevent',
            name='rfc',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='rfc.rfc'),
        ),
        migrations.AddField(
            model_name='pictureevent',
            name='uploaded_by',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='presence',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='presence',
            name='rfc',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='present', to='rfc.rfc'),
        ),
        migrations.AddField(
            model_name='reading',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reading',
            name='revision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readings', to='rfc.revision'),
        ),
        migrations.AddField(
            model_name='reading',
            name='rfc',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readings', to='rfc.rfc'),
        ),
        migrations.AddField(
            model_name='suggestion',
            name='comment',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='suggestion', to='rfc.comment'),
        ),
        migrations.AddField(
            model_name='suggestion',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='suggestion',
            name='published_in',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='rfc.revision'),
        ),
        migrations.AddField(
            model_name='threadact',
            name='actor',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='threadact',
            name='comment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='acts', to='rfc.comment'),
        ),
        migrations.AddField(
            model_name='unsavedtext',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='unsavedtext',
            name='rfc',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='unsaved', to='rfc.rfc'),
        ),
        migrations.AddField(
            model_name='watchedfolder',
            name='added_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='watchedfolder',
            name='last_job',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='due.job'),
        ),
        migrations.AddConstraint(
            model_name='anchor',
            constraint=models.UniqueConstraint(fields=('comment', 'revision'), name='anchor_once'),
        ),
        migrations.AddConstraint(
            model_name='anchor',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('found__in', ['exact', 'near']), ('start__lt', models.F('end'))), models.Q(('end', None), ('found__in', ['section', 'lost']), ('start', None)), _connector='OR'), name='anchor_has_a_passage_or_none'),
        ),
        migrations.AddIndex(
            model_name='anchoring',
            index=models.Index(condition=models.Q(('state', 'due')), fields=['due_at'], name='anchoring_due'),
        ),
        migrations.AddIndex(
            model_name='anchoring',
            index=models.Index(condition=models.Q(('state', 'dead')), fields=['created_at'], name='anchoring_dead'),
        ),
        migrations.AddConstraint(
            model_name='anchoring',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['due', 'done', 'dead'])), name='anchoring_known_due_state'),
        ),
        migrations.AddConstraint(
            model_name='anchoring',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('lease_token__isnull', True), ('lease_until__isnull', True)), models.Q(('lease_token__isnull', False), ('lease_until__isnull', False)), _connector='OR'), name='anchoring_lease_has_token'),
        ),
        migrations.AddConstraint(
            model_name='anchoring',
            constraint=models.CheckConstraint(condition=models.Q(('done__lte', models.F('wanted'))), name='anchoring_done_not_above_wanted'),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='decision_search'),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(fields=['-decided_date', '-number'], name='decision_by_day'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('question', ''), _negated=True), models.Q(('decision', ''), _negated=True), models.Q(('reason', ''), _negated=True)), name='decision_says_what_and_why'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('supersedes', None), models.Q(('supersedes', models.F('id')), _negated=True), _connector='OR'), name='decision_not_its_own_successor'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('review_date', None), ('review_date__gt', models.F('decided_date')), _connector='OR'), name='decision_reviewed_afterwards'),
        ),
        migrations.AddConstraint(
            model_name='decisionsubject',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('initiative__isnull', False), ('rfc', None)), models.Q(('initiative', None), ('rfc__isnull', False)), _connector='OR'), name='decision_subject_is_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='decisionsubject',
            constraint=models.UniqueConstraint(fields=('decision', 'rfc', 'initiative'), name='decision_subject_once', nulls_distinct=False),
        ),
        migrations.AddIndex(
            model_name='delegation',
            index=models.Index(fields=['delegate', 'ends_on'], name='delegation_of_delegate'),
        ),
        migrations.AddConstraint(
            model_name='delegation',
            constraint=models.CheckConstraint(condition=models.Q(('person', models.F('delegate')), _negated=True), name='delegation_to_another'),
        ),
        migrations.AddConstraint(
            model_name='delegation',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='delegation_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='delegation',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('person', 'function', 'starts_on'), name='delegation_once'),
        ),
        migrations.AddIndex(
            model_name='mention',
            index=models.Index(condition=models.Q(('seen_at', None)), fields=['person'], name='rfc_mention_unseen'),
        ),
        migrations.AddConstraint(
            model_name='mention',
            constraint=models.UniqueConstraint(fields=('comment', 'person'), name='rfc_mention_once'),
        ),
        migrations.AddConstraint(
            model_name='picture',
            constraint=models.UniqueConstraint(fields=('rfc', 'checksum'), name='rfc_picture_once'),
        ),
        migrations.AddIndex(
            model_name='presence',
            index=models.Index(fields=['rfc', 'until'], name='presence_by_end'),
        ),
        migrations.AddConstraint(
            model_name='presence',
            constraint=models.UniqueConstraint(fields=('rfc', 'person', 'window'), name='presence_once_per_window'),
        ),
        migrations.AddIndex(
            model_name='reading',
            index=models.Index(fields=['rfc', 'person'], name='reading_of_rfc'),
        ),
        migrations.AddConstraint(
            model_name='reading',
            constraint=models.UniqueConstraint(fields=('person', 'revision'), name='reading_once'),
        ),
        migrations.AddConstraint(
            model_name='reading',
            constraint=models.CheckConstraint(condition=models.Q(('last_at__gte', models.F('opened_at'))), name='reading_not_before_opening'),
        ),
        migrations.AddConstraint(
            model_name='suggestion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('state', 'open')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('state__in', ['accepted', 'refused', 'overtaken'])), _connector='OR'), name='suggestion_decided_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='suggestion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='suggestion_refused_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='suggestion',
            constraint=models.CheckConstraint(condition=models.Q(('published_in', None), ('state', 'accepted'), _connector='OR'), name='suggestion_published_was_accepted'),
        ),
        migrations.AddConstraint(
            model_name='suggestion',
            constraint=models.CheckConstraint(condition=models.Q(('original', models.F('replacement')), _negated=True), name='suggestion_changes_something'),
        ),
        migrations.AddIndex(
            model_name='unsavedtext',
            index=models.Index(fields=['kept_at'], name='unsaved_text_by_age'),
        ),
        migrations.AddConstraint(
            model_name='unsavedtext',
            constraint=models.UniqueConstraint(fields=('rfc', 'person', 'window'), name='unsaved_text_once_per_window'),
        ),
        migrations.AddConstraint(
            model_name='watchedfolder',
            constraint=models.CheckConstraint(condition=models.Q(('every_minutes__gte', 1)), name='watched_folder_has_interval'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='comment',
            trigger=pgtrigger.compiler.Trigger(name='comment_stays_where_it_is', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."rfc_id" IS DISTINCT FROM (NEW."rfc_id") OR OLD."revision_id" IS DISTINCT FROM (NEW."revision_id") OR OLD."parent_id" IS DISTINCT FROM (NEW."parent_id") OR OLD."section_slug" IS DISTINCT FROM (NEW."section_slug") OR OLD."quote" IS DISTINCT FROM (NEW."quote") OR OLD."author_id" IS DISTINCT FROM (NEW."author_id") OR OLD."at" IS DISTINCT FROM (NEW."at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='88e590d47df317e5a363b5bb8d020f0c18d94272', operation='UPDATE', pgid='pgtrigger_comment_stays_where_it_is_e73c8', table='rfc_comment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='comment',
            trigger=pgtrigger.compiler.Trigger(name='comment_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='c19fd78cd81b767e3c15b474ff4728e06b7455cc', operation='DELETE', pgid='pgtrigger_comment_never_deleted_b18df', table='rfc_comment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='comment',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "rfc_commentevent" ("at", "author_id", "edited_at", "id", "kind", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quote", "resolution", "resolved_at", "resolved_by_id", "revision_id", "rfc_id", "section_slug", "text") VALUES (NEW."at", NEW."author_id", NEW."edited_at", NEW."id", NEW."kind", NEW."parent_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."quote", NEW."resolution", NEW."resolved_at", NEW."resolved_by_id", NEW."revision_id", NEW."rfc_id", NEW."section_slug", NEW."text"); RETURN NULL;', hash='b771adf25f385578bd3a8cf66d4d05bc3edabe81', operation='INSERT', pgid='pgtrigger_insert_insert_c3288', table='rfc_comment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='comment',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "rfc_commentevent" ("at", "author_id", "edited_at", "id", "kind", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quote", "resolution", "resolved_at", "resolved_by_id", "revision_id", "rfc_id", "section_slug", "text") VALUES (NEW."at", NEW."author_id", NEW."edited_at", NEW."id", NEW."kind", NEW."parent_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."quote", NEW."resolution", NEW."resolved_at", NEW."resolved_by_id", NEW."revision_id", NEW."rfc_id", NEW."section_slug", NEW."text"); RETURN NULL;', hash='99c15e50be1a196e7b7207db8a4354cf4f10cd28', operation='UPDATE', pgid='pgtrigger_update_update_3240d', table='rfc_comment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='position',
            trigger=pgtrigger.compiler.Trigger(name='stance_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."rfc_id" IS DISTINCT FROM (NEW."rfc_id") OR OLD."revision_id" IS DISTINCT FROM (NEW."revision_id") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."person_name" IS DISTINCT FROM (NEW."person_name") OR OLD."person_roles" IS DISTINCT FROM (NEW."person_roles") OR OLD."on_behalf_of_id" IS DISTINCT FROM (NEW."on_behalf_of_id") OR OLD."on_behalf_name" IS DISTINCT FROM (NEW."on_behalf_name") OR OLD."function" IS DISTINCT FROM (NEW."function") OR OLD."stance" IS DISTINCT FROM (NEW."stance") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."fingerprints" IS DISTINCT FROM (NEW."fingerprints") OR OLD."at" IS DISTINCT FROM (NEW."at") OR OLD."expires_at" IS DISTINCT FROM (NEW."expires_at") OR OLD."resolution_owner_id" IS DISTINCT FROM (NEW."resolution_owner_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='59231b953de7d8b9291f4790b9aa273453a981d2', operation='UPDATE', pgid='pgtrigger_stance_stays_d1efe', table='rfc_position', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='position',
            trigger=pgtrigger.compiler.Trigger(name='no_self_approval', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF (SELECT rfc_id FROM rfc_revision WHERE id = NEW.revision_id) <> NEW.rfc_id THEN\n        RAISE EXCEPTION 'The revision belongs to another RFC.' USING ERRCODE = 'check_violation';\n    END IF;\n    IF NEW.stance IN ('approve', 'approve_with_notes') AND EXISTS (\n        SELECT 1 FROM rfc_revision_editors edited\n        JOIN rfc_revision written ON written.id = edited.revision_id\n        WHERE edited.person_id IN (NEW.person_id, NEW.on_behalf_of_id) AND written.rfc_id = NEW.rfc_id\n        AND written.number > COALESCE((\n            SELECT max(seen.number) FROM rfc_position earlier\n            JOIN rfc_revision seen ON seen.id = earlier.revision_id\n            WHERE earlier.rfc_id = NEW.rfc_id AND earlier.function = NEW.function\n            AND earlier.stance IN ('approve', 'approve_with_notes')\n            AND NOT EXISTS (\n                SELECT 1 FROM rfc_position later\n                WHERE later.rfc_id = earlier.rfc_id AND later.function = earlier.function\n                AND later.person_id = earlier.person_id AND later.id > earlier.id\n                AND later.stance NOT IN ('approve', 'approve_with_notes')\n            )\n        ), 0)\n    ) THEN\n        RAISE EXCEPTION 'Whoever edited since the last valid approval cannot approve.'\n            USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n", hash='cd5efae32588756d2da5fe809f3d7a7255f08490', operation='INSERT', pgid='pgtrigger_no_self_approval_4b08e', table='rfc_position', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='revision',
            trigger=pgtrigger.compiler.Trigger(name='words_follow', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE config regconfig;', func="\n    config := CASE NEW.language WHEN 'en' THEN 'english' WHEN 'de' THEN 'german' WHEN 'fr' THEN 'french' WHEN 'es' THEN 'spanish' WHEN 'it' THEN 'italian' WHEN 'pt' THEN 'portuguese' WHEN 'nl' THEN 'dutch' WHEN 'sv' THEN 'swedish' WHEN 'da' THEN 'danish' WHEN 'no' THEN 'norwegian' WHEN 'other' THEN 'simple' ELSE 'simple' END;\n    NEW.words :=\n        setweight(to_tsvector(config, NEW.title), 'A')\n        || setweight(to_tsvector(config, NEW.summary_problem || ' ' || NEW.decision_asked), 'B')\n        || setweight(to_tsvector(config, left(NEW.body, 300000)), 'C');\n    RETURN NEW;\n", hash='c87fdfcc1f5faef7326d9c7cce7ad73db81480e1', operation='INSERT OR UPDATE OF "language", "words"', pgid='pgtrigger_words_follow_8dcd1', table='rfc_revision', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='revision',
            trigger=pgtrigger.compiler.Trigger(name='text_is_immutable', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."rfc_id" IS DISTINCT FROM (NEW."rfc_id") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."summary_problem" IS DISTINCT FROM (NEW."summary_problem") OR OLD."decision_asked" IS DISTINCT FROM (NEW."decision_asked") OR OLD."body" IS DISTINCT FROM (NEW."body") OR OLD."author_id" IS DISTINCT FROM (NEW."author_id") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."editorial" IS DISTINCT FROM (NEW."editorial") OR OLD."editorial_reason" IS DISTINCT FROM (NEW."editorial_reason") OR OLD."changed_sections" IS DISTINCT FROM (NEW."changed_sections") OR OLD."content_hash" IS DISTINCT FROM (NEW."content_hash") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='beaa01be66df263c9dcf2680eba002ec0bda6ff0', operation='UPDATE', pgid='pgtrigger_text_is_immutable_19e4b', table='rfc_revision', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rfc',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "rfc_rfcevent" ("author_id", "changed_at", "content", "created_date", "decider_id", "decision_asked", "draft_hash", "expiry_warned_at", "flags", "flow_version", "id", "initiative_id", "kept_at", "language", "line_id", "number", "owning_team_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phase", "process_version", "published_hash", "review_opened_at", "revision_count", "row_version", "source", "stands_alone_reason", "state_entered_at", "summary_problem", "superseded_by_id", "template_id", "template_reason", "title", "unfilled", "window_ends_at") VALUES (NEW."author_id", NEW."changed_at", NEW."content", NEW."created_date", NEW."decider_id", NEW."decision_asked", NEW."draft_hash", NEW."expiry_warned_at", NEW."flags", NEW."flow_version", NEW."id", NEW."initiative_id", NEW."kept_at", NEW."language", NEW."line_id", NEW."number", NEW."owning_team_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phase", NEW."process_version", NEW."published_hash", NEW."review_opened_at", NEW."revision_count", NEW."row_version", NEW."source", NEW."stands_alone_reason", NEW."state_entered_at", NEW."summary_problem", NEW."superseded_by_id", NEW."template_id", NEW."template_reason", NEW."title", NEW."unfilled", NEW."window_ends_at"); RETURN NULL;', hash='96f583a88add39034e3f00f85ac0fbcdf3e25198', operation='INSERT', pgid='pgtrigger_insert_insert_b7cf9', table='rfc_rfc', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rfc',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "rfc_rfcevent" ("author_id", "changed_at", "content", "created_date", "decider_id", "decision_asked", "draft_hash", "expiry_warned_at", "flags", "flow_version", "id", "initiative_id", "kept_at", "language", "line_id", "number", "owning_team_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phase", "process_version", "published_hash", "review_opened_at", "revision_count", "row_version", "source", "stands_alone_reason", "state_entered_at", "summary_problem", "superseded_by_id", "template_id", "template_reason", "title", "unfilled", "window_ends_at") VALUES (NEW."author_id", NEW."changed_at", NEW."content", NEW."created_date", NEW."decider_id", NEW."decision_asked", NEW."draft_hash", NEW."expiry_warned_at", NEW."flags", NEW."flow_version", NEW."id", NEW."initiative_id", NEW."kept_at", NEW."language", NEW."line_id", NEW."number", NEW."owning_team_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phase", NEW."process_version", NEW."published_hash", NEW."review_opened_at", NEW."revision_count", NEW."row_version", NEW."source", NEW."stands_alone_reason", NEW."state_entered_at", NEW."summary_problem", NEW."superseded_by_id", NEW."template_id", NEW."template_reason", NEW."title", NEW."unfilled", NEW."window_ends_at"); RETURN NULL;', hash='48cadd9fbdaad29d28ad9bec8cd6aa83db151e39', operation='UPDATE', pgid='pgtrigger_update_update_c8000', table='rfc_rfc', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rfctemplate',
            trigger=pgtrigger.compiler.Trigger(name='template_version_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."line_id" IS DISTINCT FROM (NEW."line_id") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."made_by_id" IS DISTINCT FROM (NEW."made_by_id") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='9eb9113d4842df48b87d07a647023bb3abd4e1ae', operation='UPDATE', pgid='pgtrigger_template_version_is_kept_3f20b', table='rfc_rfctemplate', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rfctemplate',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "rfc_rfctemplateevent" ("current", "id", "line_id", "made_at", "made_by_id", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "version") VALUES (NEW."current", NEW."id", NEW."line_id", NEW."made_at", NEW."made_by_id", NEW."name", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."source", NEW."version"); RETURN NULL;', hash='fa1ef8e1a4ec67c3e62706f46d8f2d1404d7ff55', operation='INSERT', pgid='pgtrigger_insert_insert_7aae6', table='rfc_rfctemplate', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rfctemplate',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "rfc_rfctemplateevent" ("current", "id", "line_id", "made_at", "made_by_id", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "version") VALUES (NEW."current", NEW."id", NEW."line_id", NEW."made_at", NEW."made_by_id", NEW."name", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."source", NEW."version"); RETURN NULL;', hash='497a71f046f0e632e9d4bb0a130c6639fcdd00e7', operation='UPDATE', pgid='pgtrigger_update_update_aaf8b', table='rfc_rfctemplate', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='templatesection',
            trigger=pgtrigger.compiler.Trigger(name='template_section_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='51d732ffc9ed8ea3613cc33ce1f60e22bdb1769e', operation='UPDATE', pgid='pgtrigger_template_section_is_kept_a21c8', table='rfc_templatesection', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='anchoring',
            trigger=pgtrigger.compiler.Trigger(name='ring_on_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (SELECT 1 FROM arrived WHERE state = 'due' AND lease_until IS NULL) THEN\n        PERFORM pg_notify('gateline_due', TG_TABLE_NAME);\n    END IF;\n    RETURN NULL;\n", hash='a58da82c11a9cbd39f17720fd33199ab590a57f9', level='STATEMENT', operation='INSERT', pgid='pgtrigger_ring_on_insert_979bc', referencing='REFERENCING NEW TABLE AS arrived ', table='rfc_anchoring', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='anchoring',
            trigger=pgtrigger.compiler.Trigger(name='ring_on_update', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (SELECT 1 FROM arrived WHERE state = 'due' AND lease_until IS NULL) THEN\n        PERFORM pg_notify('gateline_due', TG_TABLE_NAME);\n    END IF;\n    RETURN NULL;\n", hash='89570fa3c14b95f9bfd29acba20b2bb1ebef9cfd', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_ring_on_update_2806e', referencing='REFERENCING NEW TABLE AS arrived ', table='rfc_anchoring', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decision',
            trigger=pgtrigger.compiler.Trigger(name='decision_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."question" IS DISTINCT FROM (NEW."question") OR OLD."options" IS DISTINCT FROM (NEW."options") OR OLD."decision" IS DISTINCT FROM (NEW."decision") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."decided_by_id" IS DISTINCT FROM (NEW."decided_by_id") OR OLD."decided_by_name" IS DISTINCT FROM (NEW."decided_by_name") OR OLD."decided_by_roles" IS DISTINCT FROM (NEW."decided_by_roles") OR OLD."decided_date" IS DISTINCT FROM (NEW."decided_date") OR OLD."review_date" IS DISTINCT FROM (NEW."review_date") OR OLD."line_id" IS DISTINCT FROM (NEW."line_id") OR OLD."comment_id" IS DISTINCT FROM (NEW."comment_id") OR OLD."supersedes_id" IS DISTINCT FROM (NEW."supersedes_id") OR OLD."recorded_by_id" IS DISTINCT FROM (NEW."recorded_by_id") OR OLD."recorded_at" IS DISTINCT FROM (NEW."recorded_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='7ec960a7f1ae0c571db906cca2cb64d9314fd8d6', operation='UPDATE', pgid='pgtrigger_decision_stays_34e7a', table='rfc_decision', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decision',
            trigger=pgtrigger.compiler.Trigger(name='decision_confirmation_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."confirmed_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='21260152674f2b62ac2e1495f29898869cf6031f', operation='UPDATE', pgid='pgtrigger_decision_confirmation_stays_87b22', table='rfc_decision', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decision',
            trigger=pgtrigger.compiler.Trigger(name='decision_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='b1c749b56d7e364bc86f62dc03cb845a8255e082', operation='DELETE', pgid='pgtrigger_decision_never_deleted_2d4d9', table='rfc_decision', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decision',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "rfc_decisionevent" ("comment_id", "confirmed_at", "decided_by_id", "decided_by_name", "decided_by_roles", "decided_date", "decision", "id", "line_id", "number", "options", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question", "reason", "recorded_at", "recorded_by_id", "review_date", "supersedes_id") VALUES (NEW."comment_id", NEW."confirmed_at", NEW."decided_by_id", NEW."decided_by_name", NEW."decided_by_roles", NEW."decided_date", NEW."decision", NEW."id", NEW."line_id", NEW."number", NEW."options", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."question", NEW."reason", NEW."recorded_at", NEW."recorded_by_id", NEW."review_date", NEW."supersedes_id"); RETURN NULL;', hash='131135cc958626f81a10ffd0e01af2d02cdf067d', operation='INSERT', pgid='pgtrigger_insert_insert_6d249', table='rfc_decision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decision',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."comment_id" IS DISTINCT FROM (NEW."comment_id") OR OLD."confirmed_at" IS DISTINCT FROM (NEW."confirmed_at") OR OLD."decided_by_id" IS DISTINCT FROM (NEW."decided_by_id") OR OLD."decided_by_name" IS DISTINCT FROM (NEW."decided_by_name") OR OLD."decided_by_roles" IS DISTINCT FROM (NEW."decided_by_roles") OR OLD."decided_date" IS DISTINCT FROM (NEW."decided_date") OR OLD."decision" IS DISTINCT FROM (NEW."decision") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."line_id" IS DISTINCT FROM (NEW."line_id") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."options" IS DISTINCT FROM (NEW."options") OR OLD."question" IS DISTINCT FROM (NEW."question") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."recorded_at" IS DISTINCT FROM (NEW."recorded_at") OR OLD."recorded_by_id" IS DISTINCT FROM (NEW."recorded_by_id") OR OLD."review_date" IS DISTINCT FROM (NEW."review_date") OR OLD."supersedes_id" IS DISTINCT FROM (NEW."supersedes_id"))', func='INSERT INTO "rfc_decisionevent" ("comment_id", "confirmed_at", "decided_by_id", "decided_by_name", "decided_by_roles", "decided_date", "decision", "id", "line_id", "number", "options", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question", "reason", "recorded_at", "recorded_by_id", "review_date", "supersedes_id") VALUES (NEW."comment_id", NEW."confirmed_at", NEW."decided_by_id", NEW."decided_by_name", NEW."decided_by_roles", NEW."decided_date", NEW."decision", NEW."id", NEW."line_id", NEW."number", NEW."options", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."question", NEW."reason", NEW."recorded_at", NEW."recorded_by_id", NEW."review_date", NEW."supersedes_id"); RETURN NULL;', hash='8f0c02cd69dea1304830219a364c9cd030c7f568', operation='UPDATE', pgid='pgtrigger_update_update_b0b25', table='rfc_decision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decisionevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='32e406e29a5894c94b42ab7eb742765396421e01', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_dbfba', table='rfc_decisionevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decisionreview',
            trigger=pgtrigger.compiler.Trigger(name='decision_reviews_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f5d1468f3189140a39739d410d47782473f6fc8d', operation='UPDATE OR DELETE', pgid='pgtrigger_decision_reviews_stay_2fee2', table='rfc_decisionreview', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decisionsubject',
            trigger=pgtrigger.compiler.Trigger(name='decision_subjects_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='93e6114309bce39b56c14d6836b19883ea219139', operation='UPDATE OR DELETE', pgid='pgtrigger_decision_subjects_stay_1d912', table='rfc_decisionsubject', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='delegation',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "rfc_delegationevent" ("created_at", "delegate_id", "ended_at", "ends_on", "function", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "starts_on") VALUES (NEW."created_at", NEW."delegate_id", NEW."ended_at", NEW."ends_on", NEW."function", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."starts_on"); RETURN NULL;', hash='2bbed6a62560e5469c6d4b5ff239ec612c7bdde5', operation='INSERT', pgid='pgtrigger_insert_insert_c423d', table='rfc_delegation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='delegation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "rfc_delegationevent" ("created_at", "delegate_id", "ended_at", "ends_on", "function", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "starts_on") VALUES (NEW."created_at", NEW."delegate_id", NEW."ended_at", NEW."ends_on", NEW."function", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."starts_on"); RETURN NULL;', hash='a7f4db5c91645908cfec4c1804e59a3a22d6842b', operation='UPDATE', pgid='pgtrigger_update_update_72b09', table='rfc_delegation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='delegationevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='acc6174b9bb518d87fa6a220f7a3387111fadad9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7e157', table='rfc_delegationevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='picture',
            trigger=pgtrigger.compiler.Trigger(name='rfc_picture_is_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='df031a5ea0b79c8a73f25d67a4c0a2c9aeef875b', operation='UPDATE', pgid='pgtrigger_rfc_picture_is_frozen_ee547', table='rfc_picture', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='picture',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "rfc_pictureevent" ("checksum", "file", "height", "id", "original_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "rfc_id", "size", "uploaded_at", "uploaded_by_id", "width") VALUES (NEW."checksum", NEW."file", NEW."height", NEW."id", NEW."original_name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."rfc_id", NEW."size", NEW."uploaded_at", NEW."uploaded_by_id", NEW."width"); RETURN NULL;', hash='503c34df82c37018e2af80a67816153d10d8b050', operation='INSERT', pgid='pgtrigger_insert_insert_413eb', table='rfc_picture', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='picture',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "rfc_pictureevent" ("checksum", "file", "height", "id", "original_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "rfc_id", "size", "uploaded_at", "uploaded_by_id", "width") VALUES (NEW."checksum", NEW."file", NEW."height", NEW."id", NEW."original_name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."rfc_id", NEW."size", NEW."uploaded_at", NEW."uploaded_by_id", NEW."width"); RETURN NULL;', hash='2b4cc9fa61512dd9339987e9a2d007677166c95c', operation='UPDATE', pgid='pgtrigger_update_update_d4d1f', table='rfc_picture', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pictureevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6e8ae6bc5e7958ec6a90796b8e60a99c1e8715d4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c2836', table='rfc_pictureevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='suggestion',
            trigger=pgtrigger.compiler.Trigger(name='suggestion_words_stay', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."comment_id" IS DISTINCT FROM (NEW."comment_id") OR OLD."original" IS DISTINCT FROM (NEW."original") OR OLD."replacement" IS DISTINCT FROM (NEW."replacement"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='b61daf70e2b92e54fd60cb945d0992c6979e4d6a', operation='UPDATE', pgid='pgtrigger_suggestion_words_stay_50198', table='rfc_suggestion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='threadact',
            trigger=pgtrigger.compiler.Trigger(name='thread_acts_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='417e36ce50faaf5497eadea264e0af019c808ce5', operation='UPDATE OR DELETE', pgid='pgtrigger_thread_acts_stay_8d932', table='rfc_threadact', when='BEFORE')),
        ),
    ]
