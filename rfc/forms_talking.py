"""Forms of threads, suggestions and decisions: shape only."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import BusinessLine, Person
from config.flow.keys import number_of
from rfc.actions.comments import QUOTE_MOST, TEXT_MOST
from rfc.models import RFC, Kind

KINDS = [
    (Kind.REMARK, _("Remark: for the record")),
    (Kind.QUESTION, _("Question: wants an answer")),
    (Kind.MUST_FIX, _("Must-fix: cannot stay as it is")),
    (Kind.TASTE, _("Taste: the author may do otherwise")),
]
NAMES = _("Name people with @, such as @petra.manager; they are told at once.")


class CommentForm(forms.Form):
    """A new thread, perhaps with other words for its quote."""

    quote = forms.CharField(
        label=_("Quote"),
        required=False,
        max_length=QUOTE_MOST,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Copy the words you mean from the text; the thread stays with them."),
    )
    section = forms.ChoiceField(label=_("Section"), required=False)
    kind = forms.ChoiceField(
        label=_("What it is"), choices=KINDS, initial=Kind.REMARK, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("Comment"),
        max_length=TEXT_MOST,
        widget=forms.Textarea({"rows": 4}),
        help_text=NAMES,
    )
    suggest = forms.BooleanField(
        label=_("Suggest other words for the quote"),
        required=False,
        help_text=_(
            "Accepted, they stand in the text, and you count as one of its editors: you cannot "
            "approve it until somebody else has."
        ),
    )
    replacement = forms.CharField(
        label=_("Other words"),
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("In Markdown. Nothing means: take the quote out."),
    )
    before = forms.CharField(required=False, widget=forms.HiddenInput)
    after = forms.CharField(required=False, widget=forms.HiddenInput)
    revision = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, sections: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["section"].choices = [("", _("The whole RFC")), *sections]  # type: ignore[attr-defined]
        self.fields["kind"].required = False

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or str(Kind.REMARK)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("suggest") and not found.get("quote"):
            self.add_error("quote", _("Say which words the suggestion replaces."))
        return found


class AnswerForm(forms.Form):
    """An answer to a thread, or one's own words anew."""

    text = forms.CharField(
        label=_("Answer"),
        max_length=TEXT_MOST,
        widget=forms.Textarea({"rows": 4}),
        help_text=NAMES,
    )


class SuggestionsForm(forms.Form):
    """Several suggestions at once."""

    threads = forms.TypedMultipleChoiceField(
        label=_("Suggestions"), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, offered: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["threads"].choices = [(pk, str(pk)) for pk in offered]  # type: ignore[attr-defined]
        self.fields["threads"].error_messages["required"] = _("Tick at least one suggestion.")


class KeysField(forms.CharField):
    """Keys of one kind, separated by commas or spaces; gives the rows."""

    def __init__(self, *, prefix: str, rows: Any, **kwargs: Any) -> None:
        self.prefix, self.rows = prefix, rows
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        found = []
        for word in re.split(r"[\s,;]+", text):
            if word:
                number = number_of(self.prefix, word)
                row = self.rows().filter(number=number or 0).first()
                if row is None:
                    said = _("There is no %(word)s; a key looks like %(prefix)s-12.")
                    raise forms.ValidationError(said % {"word": word, "prefix": self.prefix})
                found.append(row)
        return found


class DecisionForm(forms.Form):
    """A decision as it will stand for good."""

    question = forms.CharField(
        label=_("Question"), max_length=300, help_text=_("What had to be decided, in a sentence.")
    )
    options = forms.CharField(
        label=_("Options considered"),
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("One a line; also those that lost."),
    )
    decision = forms.CharField(label=_("Decision"), widget=forms.Textarea({"rows": 3}))
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea({"rows": 4}))
    decided_by = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Who decided"),
        empty_label=None,
        help_text=_("Somebody else is asked to confirm it."),
    )
    decided_date = forms.DateField(
        label=_("When"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    review_date = forms.DateField(
        label=_("Review on"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The day comes up on the Home of whoever decided."),
    )
    line = forms.ModelChoiceField(
        BusinessLine.objects.all(),
        label=_("Business line"),
        required=False,
        empty_label=_("From what it is about, or the company"),
    )

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Person.objects.active().order_by("name")
        self.fields["decided_by"].queryset = people  # type: ignore[attr-defined]
        initiatives: Any = RFC._meta.get_field("initiative").related_model
        self.fields["rfcs"] = KeysField(
            prefix="RFC",
            rows=lambda: RFC.objects.visible_to(person),
            label=_("RFCs"),
            help_text=_("Keys, such as RFC-7."),
        )
        self.fields["initiatives"] = KeysField(
            prefix="INI",
            rows=lambda: initiatives.objects.visible_to(person),
            label=_("Initiatives"),
            help_text=_("Keys, such as INI-12."),
        )


class ReviewForm(forms.Form):
    """A decision still holds."""

    note = forms.CharField(
        label=_("Why it still holds"), max_length=2000, widget=forms.Textarea({"rows": 3})
    )
    next_date = forms.DateField(
        label=_("Look again on"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )


class LinkForm(forms.Form):
    """One more thing a decision is about."""

    key = forms.CharField(label=_("RFC or initiative"), max_length=20, help_text=_("Its key."))

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        self.person = person
        super().__init__(*args, **kwargs)

    def clean_key(self) -> Any:
        typed = self.cleaned_data["key"]
        initiatives: Any = RFC._meta.get_field("initiative").related_model
        kinds: Any = (("RFC", RFC.objects), ("INI", initiatives.objects))
        for prefix, rows in kinds:
            number = number_of(prefix, typed)
            found = rows.visible_to(self.person).filter(number=number).first() if number else None
            if found is not None:
                return found
        raise forms.ValidationError(
            _("There is no such RFC or initiative; a key looks like RFC-7.")
        )
