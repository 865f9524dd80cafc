from django.db import connection
from django.test.utils import CaptureQueriesContext

from kpis.actions.target import take_target_step
from kpis.models import KPI

A = "/api/v1/kpis/"


def test_a_kpi_without_values_is_unknown_and_not_zero(kpi, api_as, cast):
    (row,) = api_as(cast.reader).get(A).json()["results"]
    assert (row["key"], row["current"], row["target"], row["progress"], row["status"]) == (
        "KPI-1",
        None,
        None,
        None,
        "unknown",
    )


def test_a_kpi_with_a_committed_target(kpi, record, propose, api_as, cast):
    rows = record(kpi, [52, 56])
    take_target_step(target=propose(kpi, baseline_from=rows[:1]), step="commit", actor=kpi.owner)
    body = api_as(cast.reader).get(f"{A}KPI-1/").json()
    assert (body["current"]["value"], body["progress"], body["status"]) == (
        "56.000000",
        "0.5000",
        "on_track",
    )


def test_page_and_api_filter_alike(make_kpi, api_as, as_, cast):
    make_kpi("One"), make_kpi("Two", line=cast.cards)
    for query in ("?line=cards", "?q=one", "?sort=-name", "?status=unknown"):
        found = [
            r["definition"]["name"] for r in api_as(cast.reader).get(A + query).json()["results"]
        ]
        page = as_(cast.reader).get("/kpis" + query)
        assert found == [row["name"] for row in page.context["rows"]]


def test_introduce_and_change_with_if_match(api_as, cast):
    caller = api_as(cast.product_manager)
    told = {"name": "Float", "definition": "Cash", "scope": "line", "line": "payments"}
    made = caller.post(A, told, format="json")
    assert made.status_code == 201
    assert made["Location"].endswith("/kpis/KPI-1/")
    assert caller.patch(f"{A}KPI-1/", {"name": "x"}, format="json").status_code == 428
    changed = caller.patch(
        f"{A}KPI-1/", {"name": "Cash"}, format="json", headers={"If-Match": '"1"'}
    )
    assert (changed.status_code, changed["ETag"]) == (200, '"2"')
    stale = caller.patch(f"{A}KPI-1/", {"name": "y"}, format="json", headers={"If-Match": '"1"'})
    assert stale.status_code == 412
    assert stale.json()["current"] == {"name": "Cash", "row_version": 2}
    assert KPI.objects.get().name == "Cash"


def test_bad_input_names_the_field(api_as, cast):
    answer = api_as(cast.product_manager).post(
        A, {"name": "x", "definition": "d", "scope": "team"}, format="json"
    )
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/team"


def test_others_are_refused_with_the_same_sentence(kpi, api_as, cast):
    answer = api_as(cast.reader).post(
        A, {"name": "x", "definition": "d", "scope": "company"}, format="json"
    )
    assert answer.status_code == 403
    assert answer.json()["sentences"] == [
        "KPIs are introduced by product managers, business leaders and the chief product officer."
    ]


def test_values_supersede_and_are_listed(kpi, api_as, cast):
    caller = api_as(cast.product_manager)
    for value in ("52", "53"):
        made = caller.post(
            f"{A}KPI-1/observations/",
            {"period_end": "2026-01-04", "value": value, "provenance": "r"},
            format="json",
        )
        assert made.status_code == 201
    now = caller.get(f"{A}KPI-1/observations/").json()["results"]
    every = caller.get(f"{A}KPI-1/observations/?all=true").json()["results"]
    assert [r["value"] for r in now] == ["53.000000"]
    assert len(every) == 2
    assert now[0]["supersedes"] == every[1]["id"]


def test_a_future_value_is_refused(kpi, api_as, cast):
    answer = api_as(cast.product_manager).post(
        f"{A}KPI-1/observations/",
        {"period_end": "2999-01-04", "value": 1, "provenance": "r"},
        format="json",
    )
    assert answer.status_code == 400


def test_targets_and_their_steps(kpi, record, api_as, cast):
    (row,) = record(kpi, [52])
    caller = api_as(cast.product_manager)
    made = caller.post(
        f"{A}KPI-1/targets/",
        {"value": "60", "start_date": "2026-01-01", "due_date": "2027-01-01"},
        format="json",
    )
    target = f"{A}KPI-1/targets/{made.json()['id']}/"
    refused = caller.post(f"{target}steps/commit/")
    assert refused.status_code == 409
    assert {m["gate"] for m in refused.json()["missing"]} == {"baseline_known", "target_improves"}
    listed = caller.get(f"{target}steps/").json()
    assert [s["step"] for s in listed] == ["commit", "retire"]
    set_ = caller.patch(
        target, {"baseline_from": [row.pk]}, format="json", headers={"If-Match": '"1"'}
    )
    assert set_.json()["baseline_value"] == "52.000000"
    assert caller.post(f"{target}steps/commit/").json()["state"] == "committed"


def test_links(make_kpi, api_as, cast):
    make_kpi("One"), make_kpi("Two")
    caller = api_as(cast.product_manager)
    made = caller.post(f"{A}KPI-2/links/", {"driver": "KPI-1", "kind": "component"}, format="json")
    assert (made.status_code, made.json()["driver"], made.json()["driven"]) == (
        201,
        "KPI-1",
        "KPI-2",
    )
    loop = caller.post(f"{A}KPI-1/links/", {"driver": "KPI-2"}, format="json")
    assert loop.status_code == 409
    assert caller.delete(f"{A}KPI-2/links/{made.json()['id']}/").status_code == 204


def test_the_list_asks_the_same_for_one_and_three(make_kpi, api_as, cast):
    counts = []
    caller = api_as(cast.reader)
    for name in ("One", "Two", "Three"):
        make_kpi(name)
        with CaptureQueriesContext(connection) as asked:
            caller.get(A)
        counts.append(len(asked))
    assert counts[0] == counts[2]
