"""A waiver of one gate of one initiative."""

import pghistory
from django.db import models

from config.flow.record import Waiver
from initiatives.models.initiative import Initiative


@pghistory.track()
class InitiativeWaiver(Waiver):
    """Granted by a business leader or the CPO, never by the requester."""

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="waivers")

    def __str__(self) -> str:
        return f"{self.gate} waived until {self.expires_date}"
