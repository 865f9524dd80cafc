"""The function that makes any text cheap to read for the search."""

from django.db import migrations

# A comment nobody closes stands behind the last end of a comment: its opening says nothing, and is
# taken out. A run of punctuation without a blank is cut behind its 30th mark, after the third "@":
# longer than any address somebody searches for. Hyphens and brackets do not count and are never
# where the cut is, so that compounds, tags and comments stay whole.
CREATE = r"""
CREATE FUNCTION searched_text(written text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    from_end integer := position('>--' in reverse(written));
    closed integer := CASE from_end WHEN 0 THEN 0 ELSE length(written) - from_end + 1 END;
BEGIN
    RETURN regexp_replace(
        regexp_replace(
            left(written, closed) || replace(substr(written, closed + 1), '<!--', ' '),
            '(?:[^[:space:]@]*@){3}', '\& ', 'g'
        ),
        '(?:[[:alnum:]<>!-]*[^[:alnum:][:space:]<>!-]){30}', '\& ', 'g'
    );
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("flow", "0001_initial")]
    operations = [migrations.RunSQL(CREATE, "DROP FUNCTION searched_text(text)")]
