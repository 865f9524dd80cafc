"""The page a problem's `type` opens: what happened, what is safe, what to send instead."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

PROBLEMS = {
    "bad-input": (
        _("Something in the request cannot be used"),
        _("The list “errors” names each field by a JSON pointer, with a code and a sentence."),
        _("Nothing was changed. Correct the fields and send the request again."),
    ),
    "sign-in": (
        _("Sign in first"),
        _("The request carried no token, or one that is no longer valid."),
        _("Send “Authorization: Bearer …” with a token you made in your settings."),
    ),
    "not-yours": (
        _("This is not yours to do"),
        _(
            "The act belongs to somebody else, or the token reaches less far; the detail says which."
        ),
        _("Nothing was changed. The refused attempt stays on record."),
    ),
    "not-found": (
        _("There is no such thing"),
        _("The address names nothing you may see."),
        _("Check the key; keys look like INI-12, RFC-7 and KPI-3."),
    ),
    "wrong-state": (
        _("This moved on"),
        _("The step does not start from the state the object is in now."),
        _("Ask for the object’s steps again; they say what can be done from here."),
    ),
    "gates-unmet": (
        _("Something is still missing"),
        _("“missing” lists each gate with its sentences and the link that mends it."),
        _("Nothing was changed. Mend what is missing, then take the step again."),
    ),
    "key-in-use": (
        _("A request with this Idempotency-Key is still running"),
        _("Two requests with one key came at once; one of them is being worked on."),
        _("Send the same request again shortly; you get the first one’s answer."),
    ),
    "key-reused": (
        _("This Idempotency-Key belongs to another request"),
        _("A key stands for one request: the same method, address and body."),
        _("Nothing was changed. Take a new key for a new request."),
    ),
    "not-allowed": (
        _("This cannot be done"),
        _("A rule forbids it, whoever asks; the detail says which."),
        _("Nothing was changed."),
    ),
    "refused": (_("This was refused"), _("The detail says why."), _("Nothing was changed.")),
    "conflict": (
        _("Somebody changed this meanwhile"),
        _("The version in If-Match is no longer the newest; “current” holds what it is now."),
        _("Your text was not saved and nothing was overwritten. Merge, and send it again."),
    ),
    "version-needed": (
        _("Say which version you change"),
        _("Text is only written with If-Match, so that nobody’s words are overwritten."),
        _("Read the object, take its ETag, and send it as If-Match."),
    ),
    "changed": (
        _("Somebody changed this meanwhile"),
        _("The object is not the version you named."),
        _("Read it again and repeat your change."),
    ),
    "method": (
        _("This address does not answer that method"),
        _("The header Allow says which it answers."),
        _("Nothing was changed."),
    ),
    "format": (
        _("This address does not speak that format"),
        _("Bodies and answers are JSON."),
        _("Send “Content-Type: application/json”."),
    ),
    "too-many": (
        _("Too many requests"),
        _("The header Retry-After says how long to wait."),
        _("Nothing was changed."),
    ),
    "error": (_("This did not work"), _("The detail says why."), _("Nothing was changed.")),
}


def problem_page(request: HttpRequest, slug: str) -> HttpResponse:
    """`/api/problems/<slug>`, open to everybody."""
    if slug not in PROBLEMS:
        raise Http404
    title, happened, next_step = PROBLEMS[slug]
    context = {"title": title, "slug": slug, "happened": happened, "next_step": next_step}
    return render(request, "errors/problem.html", context)
