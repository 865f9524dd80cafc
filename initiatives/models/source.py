"""Sources of initiatives. The list is data; each names its evidence rule and its own fields."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from config.flow.visibility import VisibleQuerySet


class EvidenceRule(models.TextChoices):
    """What evidence a source owes before an initiative may leave discovery."""

    CUSTOMER = (
        "customer",
        _("One quantitative and one qualitative item from real customers"),
    )
    COMPLIANCE = "compliance", _("Rule text, authority and legal deadline")
    DEBT = "debt", _("Cost of delay, affected services, evidence from production")
    QA = "qa", _("Reproduction, affected users, severity")
    FINANCE = "finance", _("Calculation with inputs, period and owner")


@pghistory.track()
class Source(models.Model):
    """A source. `fields` is `[{"name", "label", "kind": text|long|date|number, "help"}]`."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    icon = models.CharField(max_length=40, default="circle")
    rule = models.CharField(max_length=12, choices=EvidenceRule, default=EvidenceRule.CUSTOMER)
    fields = models.JSONField(default=list, blank=True)
    mandatory_lane = models.BooleanField(default=False)
    ordinal = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(default=True)

    in_line = ""
    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("ordinal", "name")

    def __str__(self) -> str:
        return self.name
