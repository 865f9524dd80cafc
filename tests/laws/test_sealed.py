"""Every sealed secret is in the register of sealed places, or rotation would leave it behind."""

import ast

from django.apps import apps

from config.sealed import all_places
from tests.laws.sources import CODE, module_of, tree

# Modules that seal, and what they seal. A new one declares its place with `sealed_at`.
SEALS = {
    "accounts.entry.totp": "seeds of authenticator apps",
    "config.rest.idempotency": "kept answers with a secret in them",
    "config.sealed": "the rotation itself",
    "initiatives.jira.reach": "tokens of Jira connections",
    "webhooks.delivery": "secrets of webhooks",
}


def sealing():
    """Modules that import the function that seals."""
    for path in CODE:
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.ImportFrom) or node.module != "config.seal":
                continue
            if "seal" in {alias.name for alias in node.names}:
                yield module_of(path)


def test_only_modules_that_declare_their_place_seal():
    assert set(sealing()) == set(SEALS)


def test_every_field_that_says_it_is_sealed_is_registered():
    known = {(place.model, place.column) for place in all_places()}
    named = {
        (model._meta.label, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        # A history never keeps a sealed text: it would outlive every rotation.
        if field.name.endswith("_sealed")
    }
    assert named <= known
    assert {"initiatives.JiraConnection", "webhooks.Endpoint"} <= {model for model, _ in named}


def test_every_registered_place_is_a_column():
    for place in all_places():
        model = apps.get_model(place.model)
        assert model._meta.get_field(place.column).concrete
        list(place.rows()[:0])
