"""How much may be asked of the API, by whom, and what every answer says about it."""

import re
from datetime import timedelta
from threading import Thread

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.actions import revoke_token
from accounts.models import ApiToken
from config.rest.allowance import count, forget_counts
from config.rest.models import Allowance
from config.settings import base
from config.settings.api import rates

ME = "/api/v1/me/"
NAMES = ["RateLimit-Policy", "RateLimit", "X-RateLimit-Limit", "X-RateLimit-Remaining"]


@pytest.fixture
def few(settings):
    """Three requests a minute for tokens, two for people and addresses."""
    settings.API_RATES = {"token": 3, "person": 2, "anonymous": 2}


def left(answer):
    return int(re.fullmatch(r'"\w+";r=(\d+);t=\d+', answer["RateLimit"])[1])


def test_every_answer_says_what_is_left(cast, as_, few):
    browser = as_(cast.reader)
    first = browser.get(ME)
    assert first["RateLimit-Policy"] == '"person";q=2;w=60'
    assert re.fullmatch(r'"person";r=1;t=(60|59)', first["RateLimit"])
    assert [first[f"X-RateLimit-{name}"] for name in ("Limit", "Remaining")] == ["2", "1"]
    ends = int(first["X-RateLimit-Reset"]) - timezone.now().timestamp()
    assert 50 < ends <= 61


@pytest.mark.parametrize(
    ("address", "status"),
    [(ME, 401), ("/api/v1/schema/", 200), ("/api/v1/nothing-here/", 404), ("/api/v1/me", 401)],
)
def test_refusals_and_open_addresses_say_it_too(db, client, address, status):
    answer = client.get(address)
    assert answer.status_code == status
    assert [name for name in NAMES if name not in answer] == []


def test_a_page_is_not_counted(cast, as_, few):
    browser = as_(cast.reader)
    assert {browser.get("/").status_code for _ in range(4)} == {200}
    assert "RateLimit" not in browser.get("/")
    assert not Allowance.objects.exists()


def test_too_much_is_a_problem_that_says_when_to_ask_again(cast, as_, few):
    browser = as_(cast.reader)
    assert [browser.get(ME).status_code for _ in range(3)] == [200, 200, 429]
    refused = browser.get(ME)
    told = refused.json()
    assert refused["Content-Type"] == "application/problem+json"
    assert (told["type"], told["status"]) == ("/api/problems/too-many", 429)
    assert 0 < int(refused["Retry-After"]) <= 60
    assert f"in {refused['Retry-After']} seconds" in told["detail"]
    assert left(refused) == 0


def test_nothing_is_done_by_a_refused_request(cast, as_, few):
    browser = as_(cast.requester)
    for _ in range(2):
        browser.get(ME)
    data = {"name": "One more", "scope": "read", "days": 3}
    refused = browser.post("/api/v1/tokens/", data, content_type="application/json")
    assert refused.status_code == 429
    assert not ApiToken.objects.exists()


def test_a_new_window_starts_afresh(cast, as_, few):
    browser = as_(cast.reader)
    for _ in range(3):
        browser.get(ME)
    Allowance.objects.update(since=timezone.now() - timedelta(seconds=61))
    again = browser.get(ME)
    assert (again.status_code, left(again)) == (200, 1)


def test_a_person_counts_over_all_browsers(cast, as_, few):
    assert [as_(cast.reader).get(ME).status_code for _ in range(3)] == [200, 200, 429]
    assert as_(cast.requester).get(ME).status_code == 200


def test_each_token_has_its_own_allowance(cast, api_with, few):
    one, other = api_with(cast.reader), api_with(cast.reader)
    assert [one.get(ME).status_code for _ in range(4)] == [200, 200, 200, 429]
    answer = other.get(ME)
    assert (answer.status_code, answer["RateLimit-Policy"]) == (200, '"token";q=3;w=60')


def test_guessed_tokens_share_the_allowance_of_their_address(db, few):
    def guess(secret, place):
        headers = {"Authorization": f"Bearer {secret}"}
        return Client(REMOTE_ADDR=place).get(ME, headers=headers).status_code

    assert [guess(f"gtlp_{n}", "192.0.2.7") for n in range(3)] == [401, 401, 429]
    assert guess("gtlp_9", "192.0.2.8") == 401


def test_a_revoked_token_counts_for_its_address(cast, api_with, few):
    caller = api_with(cast.reader)
    revoke_token(actor=cast.reader, token=ApiToken.objects.get())
    assert caller.get(ME)["RateLimit-Policy"].startswith('"anonymous"')


def test_one_network_of_ipv6_is_one_place(db, few):
    def ask(place):
        return Client(REMOTE_ADDR=place).get(ME).status_code

    assert [ask(f"2001:db8::{n}") for n in range(3)] == [401, 401, 429]
    assert ask("2001:db8:0:1::1") == 401


def test_no_address_is_kept(db, client):
    client.get(ME)
    assert "127.0.0.1" not in Allowance.objects.get().caller


def test_a_rolled_back_write_still_counts(cast, as_, few):
    browser = as_(cast.reader)
    more = {"content_type": "application/json", "headers": {"Idempotency-Key": "one"}}
    bad = browser.post("/api/v1/tokens/", {}, **more)
    assert (bad.status_code, left(bad)) == (400, 1)
    assert Allowance.objects.get(caller=f"person:{cast.reader.pk}").asked == 1


def test_ended_windows_are_thrown_away(db):
    count("anonymous", "old")
    Allowance.objects.update(since=timezone.now() - timedelta(seconds=90))
    count("anonymous", "new")
    assert forget_counts() == 1
    assert Allowance.objects.get().caller == "new"


def test_the_table_writes_no_log(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'rest_allowance'")
        assert cursor.fetchone() == ("u",)


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_requests_at_one_moment_are_all_counted():
    def ask():
        for _ in range(25):
            count("anonymous", "busy")
        connection.close()

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Allowance.objects.get().asked == 100


KINDS = ("token", "person", "anonymous", "heavy", "preview")


def test_the_suite_is_never_refused_and_the_product_is():
    assert set(settings.API_RATES) == set(base.API_RATES) == set(KINDS)
    assert min(settings.API_RATES.values()) >= 1_000_000
    assert max(base.API_RATES.values()) < 10_000


def test_an_operator_sets_other_rates():
    assert rates(["token=900", "heavy=5"]) == {**rates([]), "token": 900, "heavy": 5}
    assert set(rates([])) == set(KINDS)


@pytest.mark.parametrize("told", ["robots=5", "token=many", "token", "token=0", "token=-1"])
def test_rates_that_mean_nothing_are_refused_at_the_start(told):
    with pytest.raises(ImproperlyConfigured, match="GATELINE_API_RATES"):
        rates([told])
