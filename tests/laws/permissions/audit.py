"""Who gets what of the audit trail."""

from config.audit.models import Entry
from config.audit.sealing import seal
from tests.factories.initiatives import proposed
from tests.laws.permissions import Row

READERS = {"anonymous": 302, "*": 403, "cpo": 403, "product_manager": 403, "administrator": 200}
API = {"anonymous": 401, "*": 403, "cpo": 403, "product_manager": 403, "administrator": 200}


def world(cast):
    proposed(cast)
    seal()
    return Entry.objects.first()


ROWS = [
    Row("audit", READERS),
    Row("audit_export", READERS),
    Row("audit_entry", READERS, kwargs=lambda entry: {"position": entry.position}),
    Row("audit_entry", {**READERS, "administrator": 404}, kwargs={"position": 10**9}),
    Row("api_audit", API),
]
