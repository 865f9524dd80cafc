"""A KPI: what is measured, in which direction it should move, and who answers for it."""

from decimal import Decimal

import pghistory
from django.conf import settings
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from config.flow.searching import SearchedText
from config.flow.versions import VersionedModel
from config.flow.visibility import VisibleQuerySet
from kpis.progress import Aim
from kpis.words import measure, span


class Direction(models.TextChoices):
    """Where better lies."""

    UP = "up", _("Higher is better")
    DOWN = "down", _("Lower is better")
    BAND = "band", _("Inside a band is better")


class Scope(models.TextChoices):
    """Whose KPI it is."""

    COMPANY = "company", _("Company")
    LINE = "line", _("Business line")
    TEAM = "team", _("Team")
    SUB_TEAM = "sub_team", _("Sub-team")


class Cadence(models.TextChoices):
    """How often a new observation is due."""

    DAILY = "daily", _("Daily")
    WEEKLY = "weekly", _("Weekly")
    MONTHLY = "monthly", _("Monthly")
    QUARTERLY = "quarterly", _("Quarterly")


@pghistory.track(exclude=["search"])
class KPI(VersionedModel):
    """A KPI. `unit` is text such as "%", "h" or "€"; values are decimals in that unit."""

    number = models.PositiveIntegerField(unique=True, editable=False)
    name = models.CharField(max_length=160)
    definition = models.TextField()
    formula = models.TextField(blank=True)
    unit = models.CharField(max_length=20, blank=True)
    direction = models.CharField(max_length=4, choices=Direction, default=Direction.UP)
    band_low = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    band_high = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    scope = models.CharField(max_length=8, choices=Scope, default=Scope.LINE)
    line = models.ForeignKey(
        "accounts.BusinessLine",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="kpis",
    )
    team = models.ForeignKey(
        "accounts.Team",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="kpis",
    )
    sub_team = models.ForeignKey(
        "accounts.SubTeam",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="kpis",
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="kpis_owned"
    )
    source = models.CharField(max_length=200, blank=True)
    cadence = models.CharField(max_length=10, choices=Cadence, default=Cadence.WEEKLY)
    guardrails = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    search = models.GeneratedField(
        expression=SearchVector("name", SearchedText("definition"), config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    in_line = "line"
    in_team = "team"
    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "KPI"
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(direction="band")
                | models.Q(band_low__isnull=False, band_high__gt=models.F("band_low")),
                name="kpi_band_has_limits",
            ),
            models.CheckConstraint(
                condition=models.Q(scope="company", line=None, team=None)
                | models.Q(scope="line", line__isnull=False)
                | models.Q(scope="team", line__isnull=False, team__isnull=False)
                | models.Q(scope="sub_team", line__isnull=False, sub_team__isnull=False),
                name="kpi_scope_names_its_owner",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        return f"KPI-{self.number}"

    def get_absolute_url(self) -> str:
        return f"/kpis/{self.key}"

    @property
    def aim(self) -> Aim:
        """Where better lies, for the calculations."""
        return Aim(self.direction, self.band_low, self.band_high)

    @property
    def better_in_words(self) -> str:
        """The direction as the end of a sentence: "higher is better"."""
        label = str(self.get_direction_display())
        if self.direction == Direction.BAND:
            low, high = self.in_words(self.band_low), self.in_words(self.band_high)
            return _("between %(low)s and %(high)s is better") % {"low": low, "high": high}
        return label[:1].lower() + label[1:]

    def in_words(self, value: Decimal | None) -> str:
        """A value with the KPI's unit; unknown is a dash."""
        return measure(value, self.unit)

    def range_in_words(self, low: Decimal, high: Decimal) -> str:
        """A range with the KPI's unit once."""
        return span(low, high, self.unit)
