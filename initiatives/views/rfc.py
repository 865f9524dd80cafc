"""The RFC tab: the RFCs about an initiative and the way to write one."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from initiatives.queries.overview import rfcs
from initiatives.views.tab import InitiativeTabView
from rfc.queries import stale_reasons, unaccepted_reasons


class RfcTabView(InitiativeTabView):
    """`/initiatives/INI-12/rfc`."""

    tab = "rfc"
    tab_label = _("RFC")
    template_name = "initiatives/rfc.html"

    def context(self) -> dict[str, Any]:
        return {
            "rfcs": list(rfcs(self.initiative)),
            "lacking": unaccepted_reasons(self.initiative.pk),
            "stale": stale_reasons(self.initiative.pk),
            "write_href": f"/rfcs/new?initiative={self.initiative.key}",
        }
