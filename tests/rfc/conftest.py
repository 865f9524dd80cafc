"""What tests of RFCs share."""

import pytest
from django.utils import translation
from django.utils.translation import trans_real


@pytest.fixture
def languages(monkeypatch):
    """Catalogues are looked into, as where an installation has more than one language."""
    monkeypatch.setattr(translation, "_trans", trans_real)
