"""Loading the shipped sources where they are missing; what an administrator changed stays."""

from django.db import transaction

from initiatives.models import Source
from initiatives.sources import SHIPPED


@transaction.atomic
def ship_sources() -> int:
    """Create the sources that do not exist yet; answers how many."""
    known = set(Source.objects.values_list("slug", flat=True))
    new = [
        Source(ordinal=ordinal, **facts)
        for ordinal, facts in enumerate(SHIPPED, start=1)
        if facts["slug"] not in known
    ]
    for source in new:
        source.save()
    return len(new)
