"""Research notes: list, write, read with quotes marked, tie words to an initiative."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View

from accounts.permissions import is_admin
from config.flow.errors import Conflict, NotYours, Refusal
from initiatives.actions.notes import edit_note, mark_note_link, quote_note, write_note
from initiatives.forms.notes import NoteForm, QuoteForm
from initiatives.models import ResearchNote
from initiatives.queries.notes import notes, offered, pieces, quotes_of

PAGE = 50
UNPROCESSABLE = 422


class NotesView(LoginRequiredMixin, View):
    """`/notes?q=…`."""

    def get(self, request: HttpRequest) -> HttpResponse:
        words = request.GET.get("q", "")
        page = Paginator(notes(request.user, words), PAGE).get_page(request.GET.get("page"))
        context = {"page": page, "words": words, "initiative": request.GET.get("initiative", "")}
        return render(request, "notes/list.html", context)


class NewNoteView(LoginRequiredMixin, View):
    """`/notes/new`."""

    def get(self, request: HttpRequest) -> HttpResponse:
        form = NoteForm(initial={"collected_date": timezone.localdate()})
        return render(request, "notes/form.html", {"form": form})

    def post(self, request: HttpRequest) -> HttpResponse:
        form = NoteForm(request.POST)
        if not form.is_valid():
            return render(request, "notes/form.html", {"form": form}, status=UNPROCESSABLE)
        made = write_note(actor=request.user, **form.wanted())
        messages.success(request, _("The note is kept. Select words and press E to quote them."))
        return redirect(made)


class NoteMixin(LoginRequiredMixin):
    """Finds the note."""

    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def note(self) -> ResearchNote:
        found = ResearchNote.objects.visible_to(self.request.user).select_related("collector")
        note: ResearchNote = get_object_or_404(found, pk=self.kwargs["pk"])
        return note


class NoteView(NoteMixin, View):
    """`/notes/7`: the text with its quotes; posting ties words to an initiative."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        chosen = request.GET.get("initiative", "")
        return self.show(QuoteForm(person=request.user, initial={"initiative": chosen}))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = QuoteForm(request.POST, person=request.user)
        if not form.is_valid():
            return self.show(form, UNPROCESSABLE)
        try:
            made = quote_note(note=self.note, actor=request.user, **form.cleaned_data)
        except Refusal as refusal:
            told = {"title": refusal.title, "sentences": refusal.sentences}
            return self.show(form, refusal.status, refusal=told)
        messages.success(request, _("The words now speak for %s.") % made.initiative.key)
        return redirect(f"{self.note.get_absolute_url()}#q-{made.pk}")

    def show(self, form: QuoteForm, status: int = 200, **more: Any) -> HttpResponse:
        person, note = self.request.user, self.note
        quotes = quotes_of(note, person)
        context = {
            "note": note,
            "quotes": quotes,
            "pieces": pieces(note.text, quotes),
            "form": form,
            "offered": offered(person),
            "may_edit": note.collector_id == person.pk or is_admin(person),
            **more,
        }
        return render(self.request, "notes/note.html", context, status=status)


class EditNoteView(NoteMixin, View):
    """`/notes/7/edit`; the text stays once it is quoted."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        if self.note.collector_id != request.user.pk and not is_admin(request.user):
            raise NotYours(f"“{self.note.title}” is edited by {self.note.collector}.")
        return self.show(NoteForm(instance=self.note))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = NoteForm(request.POST, instance=self.note)
        if not form.is_valid():
            return self.show(form, UNPROCESSABLE)
        seen = form.cleaned_data["row_version"]
        try:
            edit_note(note=self.note, actor=request.user, seen_version=seen, **form.wanted())
        except Conflict as conflict:
            again = request.POST.copy()
            again["row_version"] = str(conflict.theirs.row_version)
            form = NoteForm(again, instance=self.note)
            told = {"title": conflict.title, "sentences": conflict.sentences}
            return self.show(form, conflict.status, refusal=told, theirs=conflict.theirs)
        except Refusal as refusal:
            told = {"title": refusal.title, "sentences": refusal.sentences}
            return self.show(form, refusal.status, refusal=told)
        messages.success(request, _("Saved."))
        return redirect(self.note)

    def show(self, form: NoteForm, status: int = 200, **more: Any) -> HttpResponse:
        context = {"form": form, "note": self.note, **more}
        return render(self.request, "notes/form.html", context, status=status)


class NoteLinkView(NoteMixin, View):
    """`POST /notes/7/link`: the link is broken, or works again."""

    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        note = mark_note_link(note=self.note, actor=request.user)
        said = _("The link is marked as broken.") if note.link_broken_at else _("The link works.")
        messages.success(request, said)
        return redirect(note)
