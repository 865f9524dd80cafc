"""Owners and requesters of what exists follow it, as the trigger does for what comes."""

from django.db import migrations

FOLLOW = """
INSERT INTO initiatives_follow (initiative_id, person_id, why, since)
SELECT i.id, who.person_id, who.why, NOW()
FROM initiatives_initiative i,
    LATERAL (VALUES (i.owner_id, 'owner'), (i.requester_id, 'requester')) AS who (person_id, why)
WHERE who.person_id IS NOT NULL
ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0002_discovery")]
    operations = [migrations.RunSQL(FOLLOW, migrations.RunSQL.noop)]
