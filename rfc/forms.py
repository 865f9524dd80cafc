"""Forms of RFCs: shape only. What may be done is the actions' business."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import REVIEW_FUNCTIONS, BusinessLine, Person, Role
from config.flow.keys import number_of
from rfc.importing.text import MOST_BYTES
from rfc.models import RFC, RFCTemplate, Stance
from rfc.required import FLAGS
from rfc.text.languages import CHOICES as LANGUAGES

MOST_LETTERS = 1_000_000
FUNCTIONS = [(str(role), role.label) for role in REVIEW_FUNCTIONS]


def initiative_named(text: str, person: Any) -> Any:
    """The initiative of a key, as far as the person may see it, or a ValidationError."""
    if not text.strip():
        return None
    model: Any = RFC._meta.get_field("initiative").related_model
    number = number_of("INI", text)
    found = model.objects.visible_to(person).filter(number=number or 0).first()
    if found is None:
        raise forms.ValidationError(_("There is no initiative of that key; it looks like INI-12."))
    return found


class PersonForm(forms.Form):
    """A form that knows who fills it in."""

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        self.person = person
        super().__init__(*args, **kwargs)


def people() -> Any:
    """Everybody who can sign in."""
    return Person.objects.active().order_by("name")


class NewForm(PersonForm):
    """What an RFC starts with."""

    title = forms.CharField(
        label=_("Title"), max_length=255, help_text=_("What will be different, in a few words.")
    )
    initiative = forms.CharField(
        label=_("Initiative"), required=False, help_text=_("Its key, such as INI-12.")
    )
    stands_alone_reason = forms.CharField(
        label=_("Why it stands alone"),
        required=False,
        max_length=400,
        help_text=_("Only where no initiative stands behind it."),
    )
    line = forms.ModelChoiceField(
        BusinessLine.objects.all(),
        label=_("Business line"),
        required=False,
        empty_label=_("From the initiative, or none"),
        help_text=_("Follows from the initiative when there is one."),
    )
    summary_problem = forms.CharField(
        label=_("Problem"), max_length=400, required=False, widget=forms.Textarea({"rows": 2})
    )
    decision_asked = forms.CharField(
        label=_("Decision asked"),
        max_length=400,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("One sentence a reviewer can say yes or no to."),
    )
    flags = forms.MultipleChoiceField(
        label=_("What it touches"),
        choices=list(FLAGS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What you tick decides which functions review it."),
    )

    template = forms.ModelChoiceField(
        RFCTemplate.objects.filter(current=True).select_related("line"),
        label=_("Template"),
        required=False,
        empty_label=_("The best match for line and source"),
    )

    def clean_initiative(self) -> Any:
        return initiative_named(self.cleaned_data["initiative"], self.person)


class UploadForm(forms.Form):
    """One Markdown file."""

    file = forms.FileField(
        label=_("Markdown file"),
        max_length=255,
        widget=forms.ClearableFileInput({"accept": ".md,.markdown,text/markdown,text/plain"}),
        help_text=_("UTF-8, at most 2 MB. A head with title and facts is read, not lost."),
        error_messages={"empty": _("This file is empty; choose the one with the text.")},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                _("This file is larger than 2 MB, the most one may have; split it.")
            )
        return file


class NewFromFileForm(UploadForm, PersonForm):
    """A new RFC from a file."""

    field_order = ("file", "initiative", "line", "stands_alone_reason")
    initiative = forms.CharField(
        label=_("Initiative"), required=False, help_text=_("Its key, such as INI-12.")
    )
    line = forms.ModelChoiceField(
        BusinessLine.objects.all(),
        label=_("Business line"),
        required=False,
        empty_label=_("From the initiative, or none"),
    )
    stands_alone_reason = forms.CharField(
        label=_("Why it stands alone"),
        required=False,
        max_length=400,
        help_text=_("Only where no initiative stands behind it."),
    )

    def clean_initiative(self) -> Any:
        return initiative_named(self.cleaned_data["initiative"], self.person)


class DraftForm(forms.Form):
    """The draft's four texts and the version they were made from."""

    title = forms.CharField(label=_("Title"), max_length=255)
    summary_problem = forms.CharField(
        label=_("Problem"),
        max_length=400,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Who has it, and what it costs them."),
    )
    decision_asked = forms.CharField(
        label=_("Decision asked"),
        max_length=400,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Everybody who approves, approves this sentence."),
    )
    body = forms.CharField(
        label=_("Text"),
        required=False,
        strip=False,
        max_length=MOST_LETTERS,
        widget=forms.Textarea({"rows": 28, "spellcheck": "true"}),
    )
    row_version = forms.IntegerField(min_value=1, max_value=2_000_000_000, widget=forms.HiddenInput)
    window = forms.UUIDField(required=False, widget=forms.HiddenInput)
    taken = forms.UUIDField(required=False, widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("What changed"),
        max_length=400,
        required=False,
        help_text=_("Kept with the revision; reviewers see it first."),
    )
    editorial = forms.BooleanField(
        label=_("It is editorial: nothing that an approval depends on changes"),
        required=False,
        help_text=_("The text itself decides; where it says otherwise, the page says so."),
    )
    editorial_reason = forms.CharField(
        label=_("Why it is editorial"), max_length=300, required=False
    )

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        reason = found.get("editorial_reason", "").strip()
        if found.get("editorial") and not reason:
            self.add_error("editorial_reason", _("Say in a few words what kind of edit it is."))
        found["editorial"] = reason if found.get("editorial") else ""
        return found


class DetailsForm(PersonForm):
    """What stands beside the text."""

    initiative = forms.CharField(
        label=_("Initiative"), required=False, help_text=_("Its key, such as INI-12.")
    )
    stands_alone_reason = forms.CharField(
        label=_("Why it stands alone"), required=False, max_length=400
    )
    decider = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Decider"),
        required=False,
        help_text=_("Decides when reviewers do not agree; may decline."),
    )
    co_authors = forms.ModelMultipleChoiceField(
        Person.objects.none(),
        label=_("Co-authors"),
        required=False,
        widget=forms.SelectMultiple({"size": 7}),
    )
    flags = forms.MultipleChoiceField(
        label=_("What it touches"),
        choices=list(FLAGS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Once a review began, flags can be added but not taken away."),
    )
    language = forms.ChoiceField(
        label=_("Language of the text"),
        choices=[("", _("Detected from the text")), *LANGUAGES],
        required=False,
        help_text=_("It is searched by the words of this language."),
    )
    row_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("decider", "co_authors"):
            self.fields[name].queryset = people()  # type: ignore[attr-defined]

    def name_detected(self, language: str) -> None:
        """Say in the list which language was detected."""
        detected = _("Detected from the text: %(language)s") % {"language": language}
        self.fields["language"].choices = [("", detected), *LANGUAGES]  # type: ignore[attr-defined]

    def clean_initiative(self) -> Any:
        return initiative_named(self.cleaned_data["initiative"], self.person)


class FunctionForm(forms.Form):
    """One more function."""

    function = forms.ChoiceField(label=_("Function"), choices=FUNCTIONS)
    reason = forms.CharField(label=_("Why it has to look"), max_length=300)


class PositionForm(forms.Form):
    """A position on the revision that was read."""

    function = forms.ChoiceField(label=_("You answer for"))
    stance = forms.ChoiceField(label=_("Position"), choices=Stance, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("In words"),
        required=False,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("Needed for everything except a plain approval."),
    )
    resolution_owner = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Who has to resolve a block"),
        required=False,
        help_text=_("Only for a block."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, functions: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = [(each, Role(each).label) for each in functions]
        self.fields["function"].choices = own  # type: ignore[attr-defined]
        self.fields["resolution_owner"].queryset = people()  # type: ignore[attr-defined]

    def expect(self, stance: str) -> None:
        """Do not call optional what this stance cannot do without."""
        self.fields["text"].required = stance in set(Stance.values) - {Stance.APPROVE}
        self.fields["resolution_owner"].required = stance == Stance.BLOCK

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        stance = found.get("stance")
        if stance and stance != Stance.APPROVE and not found.get("text", "").strip():
            self.add_error("text", _("Write one or two sentences; they stay with the position."))
        if stance == Stance.BLOCK and not found.get("resolution_owner"):
            self.add_error("resolution_owner", _("Name who has to resolve the block."))
        return found


class CommentForm(forms.Form):
    """A comment or an answer."""

    section = forms.ChoiceField(label=_("Section"), required=False)
    quote = forms.CharField(
        label=_("Quote"),
        required=False,
        max_length=400,
        help_text=_("Copy the words you mean; the thread stays with them."),
    )
    text = forms.CharField(label=_("Comment"), widget=forms.Textarea({"rows": 4}))

    def __init__(self, *args: Any, sections: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["section"].choices = [("", _("The whole RFC")), *sections]  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """An answer to a thread."""

    text = forms.CharField(label=_("Answer"), widget=forms.Textarea({"rows": 4}))


class ReasonForm(forms.Form):
    """One sentence of reason."""

    reason = forms.CharField(label=_("In a sentence"), widget=forms.Textarea({"rows": 3}))


class LookForm(PersonForm):
    """Whom to ask for a look."""

    people = forms.ModelMultipleChoiceField(
        Person.objects.none(),
        label=_("People"),
        widget=forms.SelectMultiple({"size": 10}),
        help_text=_("They are asked to read, not to decide."),
    )
    note = forms.CharField(label=_("What they should look at"), max_length=400, required=False)
    publish = forms.BooleanField(
        label=_("Publish the draft first, so that they read what you wrote last"),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, holds_more: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not holds_more:
            del self.fields["publish"]
        self.fields["people"].queryset = people().exclude(pk=self.person.pk)  # type: ignore[attr-defined]
