"""`./manage.py step MODEL KEY STEP --as EMAIL [--note TEXT]`, by the doorman."""

from argparse import ArgumentParser
from typing import Any

import pghistory
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from config.flow.errors import Refusal
from config.flow.models import StatefulModel
from config.flow.telling import take_told


class Command(BaseCommand):
    """Take one step as a person; a refusal prints every sentence and ends with status 1."""

    help = "Take a step of an initiative, an RFC or a target as a person."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("model", help="initiative, rfc or target")
        parser.add_argument("key", help="a key such as INI-12, or an id")
        parser.add_argument("step", help="the step's name, such as start-design")
        parser.add_argument("--as", dest="email", required=True, help="who takes it")
        parser.add_argument("--note", default="")
        parser.add_argument("--tell", action="append", default=[], metavar="NAME=VALUE")

    def handle(self, *args: Any, **options: Any) -> None:
        actor = get_user_model().objects.filter(email__iexact=options["email"]).first()
        if actor is None:
            raise CommandError(f"Nobody signs in as {options['email']}.")
        subject = _find(options["model"], options["key"])
        given = dict(told.split("=", 1) for told in options["tell"] if "=" in told)
        try:
            with pghistory.context(user=actor.pk, command="step"):
                moved = take_told(
                    subject,
                    options["step"],
                    actor=actor,
                    given={**given, "note": options["note"]},
                )
        except Refusal as refusal:
            raise CommandError("\n".join(refusal.sentences)) from refusal
        self.stdout.write(f"{moved} is now in “{moved.state.replace('_', ' ')}”.")


def _find(name: str, key: str) -> StatefulModel:
    models = {
        model._meta.model_name: model
        for model in apps.get_models()
        if issubclass(model, StatefulModel)
    }
    model = models.get(name.lower())
    if model is None:
        known = ", ".join(sorted(str(each) for each in models))
        raise CommandError(f"“{name}” does not move by steps; these do: {known}.")
    number = key.rsplit("-", 1)[-1]
    field = "number" if any(f.name == "number" for f in model._meta.fields) else "pk"
    found = model._default_manager.filter(**{field: number}).first() if number.isdecimal() else None
    if found is None:
        raise CommandError(f"There is no {model._meta.verbose_name} {key}.")
    return found
