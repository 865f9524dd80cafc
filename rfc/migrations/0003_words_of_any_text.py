"""The words of an RFC and of a decision are read in bounded time, whatever the text."""

import config.flow.searching
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('flow', '0002_searched_text'),
        ('rfc', '0002_contract'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='revision',
            name='words_follow',
        ),
        # A generated column is never altered: it is made anew, and its index with it.
        migrations.RemoveIndex(model_name='decision', name='decision_search'),
        migrations.RemoveField(model_name='decision', name='search'),
        migrations.AddField(
            model_name='decision',
            name='search',
            field=models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector('question', config='english', weight='A'), '||', django.contrib.postgres.search.SearchVector(config.flow.searching.SearchedText('decision'), config='english', weight='B'), django.contrib.postgres.search.SearchConfig('english')), '||', django.contrib.postgres.search.SearchVector(config.flow.searching.SearchedText('reason'), config.flow.searching.SearchedText('options'), config='english', weight='C'), django.contrib.postgres.search.SearchConfig('english')), output_field=django.contrib.postgres.search.SearchVectorField()),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='decision_search'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='revision',
            trigger=pgtrigger.compiler.Trigger(name='words_follow', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE config regconfig;', func="\n    config := CASE NEW.language WHEN 'en' THEN 'english' WHEN 'de' THEN 'german' WHEN 'fr' THEN 'french' WHEN 'es' THEN 'spanish' WHEN 'it' THEN 'italian' WHEN 'pt' THEN 'portuguese' WHEN 'nl' THEN 'dutch' WHEN 'sv' THEN 'swedish' WHEN 'da' THEN 'danish' WHEN 'no' THEN 'norwegian' WHEN 'other' THEN 'simple' ELSE 'simple' END;\n    NEW.words :=\n        setweight(to_tsvector(config, searched_text(NEW.title)), 'A')\n        || setweight(to_tsvector(config, searched_text(\n            NEW.summary_problem || ' ' || NEW.decision_asked)), 'B');\n    BEGIN\n        NEW.words := NEW.words || setweight(\n            to_tsvector(config, searched_text(left(NEW.body, 300000))), 'C');\n    EXCEPTION WHEN program_limit_exceeded THEN\n        NEW.words := NEW.words || setweight(\n            to_tsvector(config, searched_text(left(NEW.body, 100000))), 'C');\n    END;\n    RETURN NEW;\n", hash='b004a8f7b1432aaf24500ef64031fc115b3bdf9b', operation='INSERT OR UPDATE OF "language", "words"', pgid='pgtrigger_words_follow_8dcd1', table='rfc_revision', when='BEFORE')),
        ),
    ]
