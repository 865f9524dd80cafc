"""RFCs by their keys."""

from collections.abc import Iterable

from config.flow.keys import number_of
from rfc.models import RFC


def rfcs_by_key(keys: Iterable[str]) -> dict[str, RFC]:
    """The RFCs of these keys; unknown keys are left out. One query."""
    numbers = {number for key in keys if (number := number_of("RFC", key))}
    return {rfc.key: rfc for rfc in RFC.objects.filter(number__in=numbers)}
