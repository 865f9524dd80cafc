"""Django's admin has one rule of its own: it is for staff."""

from django.urls import reverse


def test_admin_is_for_staff(cast, as_):
    for person, status in ((None, 302), (cast.product_manager, 302), (cast.administrator, 200)):
        assert as_(person).get(reverse("admin:index")).status_code == status
