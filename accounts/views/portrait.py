"""Pictures of people: one's own is changed in the settings, everybody signed in sees them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.actions import change_picture, remove_picture
from accounts.identity import signed_in
from accounts.models import Person
from config.web.pictures import UnfitPicture, picture_response


@require_safe
@login_required
def portrait(request: HttpRequest, pk: int) -> FileResponse:
    """`/people/7/picture`: the pixels; 404 for a person without a picture."""
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    if not person.picture:
        raise Http404
    return picture_response(person.picture)


@require_POST
@login_required
def portrait_change(request: HttpRequest) -> HttpResponse:
    """Keep the picture handed in, or remove the one there is."""
    person = signed_in(request)
    if "remove" in request.POST:
        remove_picture(person=person)
        messages.success(request, _("Your initials stand for you again."))
        return redirect("settings")
    upload = request.FILES.get("picture")
    if upload is None:
        messages.error(request, _("Choose a picture: PNG, JPEG, WebP or GIF, at most 8 MB."))
        return redirect("settings")
    try:
        change_picture(person=person, upload=upload)
    except UnfitPicture as unfit:
        messages.error(request, str(unfit))
    else:
        messages.success(request, _("Saved."))
    return redirect("settings")
