"""Pages and API of KPIs."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from kpis.actions.kpi import introduce_kpi, link_metrics
from kpis.actions.observation import record_observation
from kpis.actions.target import propose_target
from tests.laws.permissions import Row

KEEPERS = {"product_manager": 200, "business_leader": 200, "cpo": 200, "administrator": 200}
READ = {"anonymous": 302, "*": 200, "product_manager": 200}
FORM = {
    "anonymous": 302,
    "reader": 403,
    "requester": 403,
    "outsider": 403,
    "designer": 403,
    **KEEPERS,
}
ASK = {"anonymous": 401, "*": 200}
TODAY = timezone.localdate


def world(cast):
    kpi = introduce_kpi(
        actor=cast.product_manager, name="Active agents", definition="d", line=cast.payments
    )
    driver = introduce_kpi(
        actor=cast.product_manager, name="Terminals", definition="d", line=cast.payments
    )
    link = link_metrics(driver=driver, driven=kpi, actor=cast.product_manager)
    row = record_observation(
        kpi=kpi, actor=cast.product_manager, period_end=TODAY(), value=Decimal(52), provenance="r"
    )
    target = propose_target(
        kpi=kpi,
        actor=cast.product_manager,
        value=Decimal(60),
        start_date=TODAY(),
        due_date=TODAY() + timedelta(days=90),
        baseline_from=[row],
    )
    return {"kpi": kpi, "target": target, "link": link, "row": row}


def one(made):
    return {"number": made["kpi"].number}


def target(made):
    return {"number": made["kpi"].number, "pk": made["target"].pk}


def step(made):
    return {**target(made), "step": "commit"}


def link(made):
    return {"number": made["kpi"].number, "pk": made["link"].pk}


ROWS = [
    Row("kpi_list", READ),
    Row("kpi_detail", READ, kwargs=one),
    Row("kpi_csv", READ, kwargs=one),
    Row("kpi_new", {**FORM, "outsider": 200}),
    Row("kpi_edit", FORM, kwargs=one),
    Row("observation_new", FORM, kwargs=one),
    Row("observation_paste", FORM, kwargs=one),
    Row("target_new", FORM, kwargs=one),
    Row("target_detail", READ, kwargs=target),
    Row("target_baseline", FORM, kwargs=target),
    Row("target_step", {"anonymous": 302, "*": 302}, kwargs=step),
    Row(
        "target_step",
        {
            "anonymous": 302,
            "*": 403,
            "product_manager": 302,
            "business_leader": 302,
            "cpo": 302,
            "designer": 403,
            "cards_leader": 403,
        },
        kwargs=step,
        method="post",
    ),
    Row("metric_link_new", FORM, kwargs=one),
    Row(
        "metric_link_remove",
        {"anonymous": 302, "*": 403, "product_manager": 302, "business_leader": 302},
        kwargs=link,
        method="post",
    ),
    Row("api_kpis", ASK),
    Row(
        "api_kpis",
        {"anonymous": 401, "reader": 403, "requester": 403, "outsider": 201, "cpo": 201},
        method="post",
        data={"name": "Float", "definition": "d", "scope": "company"},
    ),
    Row("api_kpi", ASK, kwargs=one),
    Row(
        "api_kpi",
        {"anonymous": 401, "*": 403, "product_manager": 200, "cards_leader": 403},
        kwargs=one,
        method="patch",
        data={"name": "Renamed"},
        headers={"If-Match": '"1"'},
    ),
    Row("api_observations", ASK, kwargs=one),
    Row(
        "api_observations",
        {"anonymous": 401, "*": 403, "product_manager": 201, "business_leader": 201},
        kwargs=one,
        method="post",
        data={"period_end": "2026-01-04", "value": "52", "provenance": "r"},
    ),
    Row("api_targets", ASK, kwargs=one),
    Row(
        "api_targets",
        {"anonymous": 401, "*": 403, "product_manager": 201},
        kwargs=one,
        method="post",
        data={"value": "61", "start_date": "2026-01-04", "due_date": "2027-01-04"},
    ),
    Row("api_target", ASK, kwargs=target),
    Row(
        "api_target",
        {"anonymous": 401, "*": 403, "product_manager": 200},
        kwargs=target,
        method="patch",
        data=lambda made: {"baseline_from": [made["row"].pk]},
        headers={"If-Match": '"1"'},
    ),
    Row("api_target_steps", ASK, kwargs=target),
    Row(
        "api_target_step",
        {"anonymous": 401, "*": 403, "product_manager": 200, "cards_leader": 403},
        kwargs=step,
        method="post",
    ),
    Row("api_metric_links", ASK, kwargs=one),
    Row(
        "api_metric_link",
        {"anonymous": 401, "*": 403, "product_manager": 204},
        kwargs=link,
        method="delete",
    ),
]
