import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kpis.actions.target import take_target_step
from kpis.models import KPI, Target


def told(response):
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", text)


def asked(browser, address):
    browser.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(address).status_code == 200
    return len(queries)


def test_the_list_says_value_target_status_and_what_is_not_understood(kpi, record, as_, cast):
    record(kpi, [52, 53])
    page = told(as_(cast.reader).get("/kpis?colour=red"))
    for words in ("Active agents per week", "53 %", "No target", "Petra Manager", "colour"):
        assert words in page


def test_an_empty_list_says_what_to_do(as_, cast):
    assert "No KPI yet" in told(as_(cast.product_manager).get("/kpis"))
    assert "New KPI" in told(as_(cast.product_manager).get("/kpis"))


def test_a_filter_that_finds_nothing_says_so(kpi, as_, cast):
    assert "No KPI matches" in told(as_(cast.reader).get("/kpis?q=zebra"))


def test_list_and_detail_ask_the_same_for_one_and_three(make_kpi, record, propose, as_, cast):
    browser = as_(cast.reader)
    first = make_kpi("One")
    propose(first, baseline_from=record(first, [52]))
    one = asked(browser, "/kpis"), asked(browser, "/kpis/KPI-1")
    for name in ("Two", "Three"):
        propose(make_kpi(name), baseline_from=())
        propose(first, 70)
    record(first, [52, 53, 54])
    assert (asked(browser, "/kpis"), asked(browser, "/kpis/KPI-1")) == one


def test_the_page_of_a_kpi_has_chart_table_and_sentences_of_the_gate(
    kpi, record, propose, as_, cast
):
    record(kpi, [52, 53])
    propose(kpi)
    answer = as_(cast.product_manager).get("/kpis/KPI-1")
    page = told(answer)
    assert "Share of agents with five payouts." in page
    assert "Record one observation and take it as the baseline." in page
    assert "Show table" in page
    assert "<svg xmlns" in answer.content.decode()


def test_a_kpi_is_introduced_by_form(as_, cast):
    told_ = {
        "name": "Float",
        "definition": "Cash",
        "direction": "band",
        "band_low": "180",
        "band_high": "240,5",
        "scope": "line",
        "line": cast.payments.pk,
        "cadence": "weekly",
        "owner": cast.product_manager.pk,
    }
    answer = as_(cast.product_manager).post("/kpis/new", told_)
    assert (answer.status_code, answer.url) == (302, "/kpis/KPI-1")
    assert KPI.objects.get().band_high == Decimal("240.5")


def test_bad_input_comes_back_with_422_and_sentences(as_, cast):
    answer = as_(cast.product_manager).post(
        "/kpis/new", {"name": "x", "direction": "band", "scope": "team"}
    )
    assert answer.status_code == 422
    assert "A band needs both ends." in told(answer)
    assert "Say which one, or choose another scope." in told(answer)


def test_a_stale_form_shows_both_texts(kpi, as_, cast):
    fields = {
        "definition": "d",
        "direction": "up",
        "scope": "line",
        "line": cast.payments.pk,
        "cadence": "weekly",
        "owner": cast.product_manager.pk,
        "row_version": kpi.row_version,
    }
    first = as_(cast.product_manager).post("/kpis/KPI-1/edit", fields | {"name": "Their name"})
    second = as_(cast.business_leader).post("/kpis/KPI-1/edit", fields | {"name": "My own name"})
    assert (first.status_code, second.status_code) == (302, 409)
    assert "Their name" in told(second)
    assert "My own name" in told(second)


def test_pasted_rows_are_recorded_or_refused_as_a_whole(kpi, as_, cast):
    browser = as_(cast.product_manager)
    bad = browser.post(
        "/kpis/KPI-1/observations/paste", {"rows": "2026-01-05;54\n2026-01-12;", "provenance": "r"}
    )
    assert bad.status_code == 422
    assert "Line 2: no value; leave the line out, a missing value is not zero." in told(bad)
    assert kpi.observations.count() == 0
    good = browser.post(
        "/kpis/KPI-1/observations/paste",
        {"rows": "2026-01-05;54\n2026-01-12;54,5", "provenance": "r"},
        follow=True,
    )
    assert "2 values added." in told(good)
    assert kpi.observations.count() == 2


def test_a_target_goes_from_proposed_to_committed_on_pages(kpi, record, as_, cast, today):
    rows = record(kpi, [52, 53])
    browser = as_(cast.product_manager)
    made = browser.post(
        "/kpis/KPI-1/targets/new",
        {
            "value": "60",
            "start_date": "2026-01-01",
            "due_date": "2027-01-01",
            "owner": cast.product_manager.pk,
        },
    )
    target = Target.objects.get()
    assert made.url == target.get_absolute_url()
    refused = browser.post(f"{made.url}/steps/commit")
    assert refused.status_code == 409
    assert "Record one observation and take it as the baseline." in told(refused)
    browser.post(f"{made.url}/baseline", {"baseline_from": [rows[0].pk], "row_version": 1})
    assert browser.post(f"{made.url}/steps/commit").status_code == 302
    target.refresh_from_db()
    assert (target.state, target.baseline_value) == ("committed", 52)


def test_committing_is_the_same_through_page_api_admin_and_doorman(kpi, propose, as_, api_as, cast):
    target = propose(kpi)
    address = target.get_absolute_url()
    page = as_(cast.product_manager).post(f"{address}/steps/commit")
    api = api_as(cast.product_manager).post(f"/api/v1{address}/steps/commit/")
    admin = as_(cast.administrator).post(
        f"/admin/kpis/target/{target.pk}/steps/retire", {"note": "x"}, follow=True
    )
    sentences = api.json()["sentences"]
    assert (page.status_code, api.status_code) == (409, 409)
    assert all(sentence in told(page) for sentence in sentences)
    assert "belongs to the KPI" in told(admin)
    target.refresh_from_db()
    assert target.state == "proposed"


def test_csv_holds_every_value_and_runs_nothing(kpi, record, as_, cast, today):
    from kpis.actions.observation import record_observation

    record(kpi, [52])
    record_observation(
        kpi=kpi,
        actor=cast.product_manager,
        period_end=today,
        value=Decimal(53),
        provenance="=cmd|' /C calc'!A0",
        note="@sum",
    )
    answer = as_(cast.reader).get("/kpis/KPI-1.csv")
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert answer["Content-Type"].startswith("text/csv")
    assert len(lines) == 3
    assert "'=cmd|' /C calc'!A0" in lines[2]
    assert lines[2].endswith("'@sum")


def test_wrong_keys_are_not_found(kpi, as_, cast):
    browser = as_(cast.reader)
    assert [
        browser.get(a).status_code for a in ("/kpis/KPI-99", "/kpis/KPI-1-a-tail", "/kpis/kpi-1")
    ] == [404, 200, 200]


@pytest.mark.parametrize("address", ["/search?q=KPI-1", "/search?q=kpi-1"])
def test_a_key_jumps(kpi, as_, cast, address):
    assert as_(cast.reader).get(address).url == "/kpis/KPI-1"


def test_search_marks_the_match_and_escapes_the_rest(make_kpi, as_, cast):
    make_kpi("Agents <b>", definition="All agents with a terminal")
    page = as_(cast.reader).get("/search?q=agents").content.decode()
    assert "<mark>Agents</mark> &lt;b&gt;" in page
    assert "All <mark>agents</mark> with" in page


def test_search_for_nothing_known(as_, cast):
    assert "Nothing was found" in told(as_(cast.reader).get("/search?q=zebra"))


def test_the_palette_finds_kpis_and_people(kpi, as_, cast):
    found = as_(cast.reader).get("/palette.json?q=pe").json()["entries"]
    assert {"KPI-1 Active agents per week", "Petra Manager"} <= {e["label"] for e in found}
    assert take_target_step
