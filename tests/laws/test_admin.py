"""Django's admin has one rule of its own, it is for staff, and no door of its own."""

from django.urls import reverse


def test_admin_is_for_staff(cast, as_):
    for person, status in ((None, 302), (cast.product_manager, 302), (cast.administrator, 200)):
        assert as_(person).get(reverse("admin:index")).status_code == status


def test_the_admin_is_entered_by_the_one_door(cast, as_):
    """A password sent to Django's own form opens nothing: there is no such form."""
    page, given = reverse("admin:login"), {"username": "ada@example.com", "password": "x"}
    for answer in (as_().get(page), as_().post(page, given)):
        assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("sign_in"))
    assert as_(cast.product_manager).get(page).status_code == 403
    assert as_(cast.administrator).get(page).status_code == 302
