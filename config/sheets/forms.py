"""Forms of an import: the file, how it reads, what its columns mean. Shape only."""

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.sheets.guessing import OURS
from config.sheets.kinds import KEY, Field, kind_of
from config.sheets.models import Sheet
from config.sheets.reading import ASKED, ENCODINGS, SEPARATORS
from config.sheets.shown import SEPARATOR_WORDS


class UploadForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label=gettext_lazy("CSV or XLSX file"),
        help_text=gettext_lazy("Up to 10 MB and 20 000 rows; the first row names the columns."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
        error_messages={"empty": gettext_lazy("The file is empty; choose it again.")},
    )


class ReadingForm(forms.Form):
    """How the file is to be read, where it does not say so itself."""

    def __init__(self, *args: Any, sheet: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked, now = sheet.read_as.get("ask"), sheet.read_as
        if asked == "tab" or now.get("kind") == "xlsx":
            tabs = [(t, t) for t in now.get("tabs", [now.get("tab", "")])]
            self.fields["tab"] = forms.ChoiceField(
                label=_("Tab"), choices=tabs, widget=forms.RadioSelect, initial=tabs[0][0]
            )
            return
        samples = now.get("samples") if asked else None
        offered = ASKED if asked else tuple(ENCODINGS)
        words = {n: f"{ENCODINGS[n]}: {samples[n]}" if samples else ENCODINGS[n] for n in offered}
        self.fields["encoding"] = forms.ChoiceField(
            label=_("Which of these lines reads right?") if asked else _("Encoding"),
            choices=list(words.items()),
            widget=forms.RadioSelect if asked else forms.Select,
            initial=now.get("encoding", offered[0]),
        )
        if not asked:
            self.fields["separator"] = forms.ChoiceField(
                label=_("Columns are separated by"),
                choices=[(mark, SEPARATOR_WORDS[mark]) for mark in SEPARATORS],
                initial=now.get("separator", ","),
            )


class MappingForm(forms.Form):
    """Where each column goes; values for fields that no column fills."""

    key_space = forms.CharField(
        label=gettext_lazy("Name of your list"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("Keys are looked up within it: the same list gets the same name."),
    )
    day_first = forms.ChoiceField(
        label=gettext_lazy("A day such as 03/04/2027 is"),
        choices=[("yes", gettext_lazy("3 April 2027")), ("no", gettext_lazy("4 March 2027"))],
    )

    def __init__(self, *args: Any, sheet: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheet = sheet
        self.places: list[Field] = kind_of(sheet.kind).fields(sheet.owner)
        choices = self._choices()
        for n, header in enumerate(sheet.headers):
            self.fields[f"col_{n}"] = forms.ChoiceField(
                label=header,
                required=False,
                choices=choices,
                initial=sheet.mapping.get(header, ""),
            )
        for place in self.places:
            if place.switch:
                self.fields[f"fixed_{place.name}"] = forms.BooleanField(
                    label=place.label,
                    help_text=place.help,
                    required=False,
                    initial=bool(sheet.fixed.get(place.name)),
                )
            elif place.choices:
                self.fields[f"fixed_{place.name}"] = forms.ChoiceField(
                    label=place.label,
                    required=False,
                    choices=[("", _("no value")), *place.choices],
                    initial=sheet.fixed.get(place.name, ""),
                )
        self.initial.setdefault("key_space", sheet.key_space)
        self.initial.setdefault("day_first", "yes" if sheet.day_first else "no")

    def _choices(self) -> list[Any]:
        groups: dict[str, list[tuple[str, str]]] = {}
        for place in self.places:
            if place.switch:
                continue
            words = f"{place.label} *" if place.required else str(place.label)
            groups.setdefault(str(place.group), []).append((place.name, words))
        plain = [("", _("leave out")), *groups.pop("", []), (KEY, _("Key in your own list"))]
        return [*plain, *((name, rows) for name, rows in groups.items())]

    @cached_property
    def columns(self) -> list[dict[str, Any]]:
        """Each column with its field, how full it is and some of its cells."""
        told, rows = self.sheet.read_as, max(self.sheet.row_count, 1)
        filled, samples = told.get("filled", []), told.get("samples", [])
        return [
            {
                "field": self[f"col_{n}"],
                "header": header,
                "filled": filled[n],
                "share": 100 * filled[n] / rows,
                "samples": samples[n],
                "ours": header.startswith(OURS),
            }
            for n, header in enumerate(self.sheet.headers)
        ]

    @property
    def fixed_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("fixed_")]

    def wanted(self) -> dict[str, Any]:
        """Arguments of `map_columns`."""
        told = self.cleaned_data
        headers = self.sheet.headers
        fixed = {n.removeprefix("fixed_"): v for n, v in told.items() if n.startswith("fixed_")}
        return {
            "mapping": {h: told[f"col_{n}"] for n, h in enumerate(headers) if told[f"col_{n}"]},
            "fixed": {n: "yes" if v is True else v for n, v in fixed.items() if v},
            "key_space": told["key_space"],
            "day_first": told["day_first"] == "yes",
        }
