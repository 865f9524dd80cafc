"""Forms of the design tab: screens, versions, pictures, studies, comments. Shape only."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.actions.study import TaskResult
from initiatives.forms.belief import DAY, not_ahead
from initiatives.forms.request import choose
from initiatives.models import (
    DesignComment,
    Initiative,
    MockupVersion,
    Screen,
    ScreenExemption,
    ScreenState,
    Study,
)

TASKS = 5


def versions_of(initiative: Initiative) -> QuerySet[MockupVersion]:
    """The versions of its mockups, each with the set it belongs to."""
    of_it = MockupVersion.objects.filter(mockup_set__initiative=initiative)
    return of_it.select_related("mockup_set__initiative")


class ScreenForm(forms.Form):
    """A row of the grid."""

    name = forms.CharField(label=_("Screen"), max_length=120)


class ExemptionForm(forms.Form):
    """Why a screen cannot be in some states."""

    screen = forms.ModelChoiceField(label=_("Screen"), queryset=Screen.objects.none())
    states = forms.MultipleChoiceField(
        label=_("Cannot be in"),
        choices=ScreenState.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    reason = forms.CharField(label=_("Because"), max_length=300)

    def __init__(self, *args: Any, initiative: Initiative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "screen", Screen.objects.filter(mockup_set__initiative=initiative))


class LiftForm(forms.Form):
    """Names an exemption to lift."""

    exemption = forms.ModelChoiceField(
        queryset=ScreenExemption.objects.none(), widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, initiative: Initiative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(
            self,
            "exemption",
            ScreenExemption.objects.filter(
                screen__mockup_set__initiative=initiative
            ).select_related("screen__mockup_set__initiative"),
        )


class VersionForm(forms.Form):
    """A new version; it may start from the pictures of the last one."""

    fidelity = forms.ChoiceField(label=_("Fidelity"), choices=MockupVersion.Fidelity.choices)
    note = forms.CharField(
        label=_("What is new"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    live_link = forms.URLField(
        label=_("Live link"),
        required=False,
        assume_scheme="https",
        help_text=_("An extra; only frozen pictures count."),
    )
    carry_over = forms.BooleanField(
        label=_("Start from the pictures of the last version"), required=False
    )


class PictureForm(forms.Form):
    """A picture of one screen in one state."""

    version = forms.ModelChoiceField(
        label=_("Version"), queryset=MockupVersion.objects.none(), empty_label=None
    )
    screen = forms.ModelChoiceField(label=_("Screen"), queryset=Screen.objects.none())
    state = forms.ChoiceField(label=_("State"), choices=ScreenState.choices)
    picture = forms.FileField(
        label=_("Picture"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
        help_text=_("PNG, JPEG or WebP, up to 8 MB. It is kept as it is."),
    )

    def __init__(self, *args: Any, initiative: Initiative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of = {"mockup_set__initiative": initiative}
        choose(self, "version", MockupVersion.objects.filter(**of))
        choose(self, "screen", Screen.objects.filter(**of))


class PinForm(forms.Form):
    """Names a version."""

    version = forms.ModelChoiceField(
        queryset=MockupVersion.objects.none(), widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, initiative: Initiative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "version", versions_of(initiative))


class StudyForm(forms.Form):
    """A study with up to five tasks."""

    version = forms.ModelChoiceField(
        label=_("Version tested"), queryset=MockupVersion.objects.none(), empty_label=None
    )
    goal = forms.CharField(label=_("Goal"), widget=forms.Textarea(attrs={"rows": 2}))
    segment = forms.CharField(label=_("Customers"), max_length=200)
    participants = forms.IntegerField(
        label=_("How many took part"), min_value=1, max_value=1_000_000_000
    )
    held_date = forms.DateField(label=_("Held on"), widget=DAY, validators=[not_ahead])
    findings = forms.CharField(
        label=_("Findings"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, initiative: Initiative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "version", versions_of(initiative))
        self.initial.setdefault("held_date", timezone.localdate())
        for n in range(1, TASKS + 1):
            self.fields[f"task_{n}"] = forms.CharField(
                label=_("Task %(n)s") % {"n": n}, required=n == 1, max_length=300
            )
            self.fields[f"tried_{n}"] = forms.IntegerField(
                label=_("Tried task %(n)s") % {"n": n},
                required=n == 1,
                min_value=0,
                max_value=1_000_000_000,
            )
            self.fields[f"succeeded_{n}"] = forms.IntegerField(
                label=_("Succeeded in task %(n)s") % {"n": n},
                required=n == 1,
                min_value=0,
                max_value=1_000_000_000,
            )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        for n in range(2, TASKS + 1):
            named = bool(told.get(f"task_{n}"))
            counted = told.get(f"tried_{n}") is not None or told.get(f"succeeded_{n}") is not None
            if named and (told.get(f"tried_{n}") is None or told.get(f"succeeded_{n}") is None):
                self.add_error(f"tried_{n}", _("Say how many tried and how many succeeded."))
            if counted and not named:
                self.add_error(f"task_{n}", _("Name the task these numbers belong to."))
        return told

    def tasks(self) -> list[TaskResult]:
        """The tasks that were named."""
        told = self.cleaned_data
        return [
            TaskResult(told[f"task_{n}"], told[f"tried_{n}"], told[f"succeeded_{n}"])
            for n in range(1, TASKS + 1)
            if told.get(f"task_{n}")
        ]

    def task_rows(self) -> list[list[Any]]:
        """The bound fields of each task, as rows of three."""
        return [
            [self[f"task_{n}"], self[f"tried_{n}"], self[f"succeeded_{n}"]]
            for n in range(1, TASKS + 1)
        ]


class JudgeForm(forms.Form):
    """The verdict on a study."""

    study = forms.ModelChoiceField(queryset=Study.objects.none(), widget=forms.HiddenInput)
    verdict = forms.ChoiceField(label=_("Verdict"), choices=Study.Verdict.choices)
    reason = forms.CharField(label=_("Because"), widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, initiative: Initiative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(
            self,
            "study",
            Study.objects.filter(version__mockup_set__initiative=initiative).select_related(
                "version__mockup_set__initiative"
            ),
        )


class DesignCommentForm(forms.Form):
    """A must-fix, a question or a matter of taste."""

    version = forms.ModelChoiceField(
        label=_("Version"), queryset=MockupVersion.objects.none(), empty_label=None
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=DesignComment.Kind.choices)
    text = forms.CharField(label=_("Comment"), widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, initiative: Initiative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "version", versions_of(initiative))


class ResolveForm(forms.Form):
    """How a comment was resolved."""

    comment = forms.ModelChoiceField(
        queryset=DesignComment.objects.none(), widget=forms.HiddenInput
    )
    resolution = forms.CharField(label=_("How it was resolved"), max_length=300)

    def __init__(self, *args: Any, initiative: Initiative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(
            self,
            "comment",
            DesignComment.objects.filter(
                version__mockup_set__initiative=initiative, resolved_at=None
            ).select_related("version__mockup_set__initiative", "author"),
        )


class SkipForm(forms.Form):
    """Why users see no change."""

    reason = forms.CharField(
        label=_("Why users will see no change"), widget=forms.Textarea(attrs={"rows": 2})
    )
