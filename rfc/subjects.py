"""RFCs and decisions as what people are told of."""

from accounts.subjects import Subject
from rfc.models import RFC, Decision


def subject_of(rfc: RFC) -> Subject:
    """An RFC as a notice names it."""
    return Subject("rfc", rfc.pk, rfc.key, rfc.title, rfc.get_absolute_url())


def decided(decision: Decision) -> Subject:
    """A decision as a notice names it."""
    url = decision.get_absolute_url()
    return Subject("decision", decision.pk, decision.key, decision.question, url)
