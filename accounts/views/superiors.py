"""To whom somebody reports, by name: the page where it is said."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.actions import set_superiors
from accounts.actions.superiors import must_place
from accounts.forms.superiors import SuperiorsForm
from accounts.identity import signed_in
from accounts.models import Person
from accounts.queries_superiors import changes_of
from config.flow.errors import NotAllowed

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def superiors(request: HttpRequest, pk: int) -> HttpResponse:
    """`/people/<id>/superiors`: both superiors, and what was said before."""
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    must_place(request.user, person)
    form = SuperiorsForm(request.POST if request.method == "POST" else None, person=person)
    if form.is_bound and form.is_valid():
        try:
            set_superiors(actor=signed_in(request), person=person, **form.told())
        except NotAllowed as refusal:
            for sentence in refusal.sentences:
                form.add_error(None, sentence)
        else:
            messages.success(request, _("Saved."))
            return redirect(person)
    status = UNPROCESSABLE if form.is_bound else 200
    context = {"whom": person, "form": form, "changes": changes_of(person)}
    return render(request, "accounts/superiors.html", context, status=status)
