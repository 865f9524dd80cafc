"""Small marks as markup: icons, badges, chips, avatars, moments, numbers, verdicts, seals."""

from datetime import date, datetime
from typing import Any

from django.template import Context, Library
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.web import icons, words

register = Library()

TONES: dict[str, tuple[str, str | Promise]] = {
    "not_started": ("neutral", gettext_lazy("Not started")),
    "in_progress": ("progress", gettext_lazy("In progress")),
    "on_track": ("ok", gettext_lazy("On track")),
    "done": ("ok", gettext_lazy("Done")),
    "at_risk": ("risk", gettext_lazy("At risk")),
    "off_track": ("off", gettext_lazy("Off track")),
    "blocked": ("off", gettext_lazy("Blocked")),
    "waiting": ("wait", gettext_lazy("Waiting")),
    "unknown": ("neutral", gettext_lazy("Unknown")),
}
SHAPES = {
    "neutral": "M6 0a6 6 0 1 0 0 12A6 6 0 0 0 6 0zm0 1.6a4.400 4.400 0 1 1 0 8.800 4.400 4.400 0 0 1 0-8.800z",
    "progress": "M6 0a6 6 0 1 0 0 12A6 6 0 0 0 6 0zm0 1.500v9a4.500 4.500 0 0 1 0-9z",
    "ok": "M6 0a6 6 0 1 0 0 12A6 6 0 0 0 6 0zm2.800 4.600L5.400 8.400 3.300 6.500l.9-1 1.100 1 2.500-2.800z",
    "risk": "M6 .6 12 11.400H0zM5.300 4.600v3h1.400v-3zm0 3.800v1.300h1.400V8.400z",
    "off": "M3.500 0h5L12 3.500v5L8.500 12h-5L0 8.500v-5zM3 5.200v1.600h6V5.200z",
    "wait": "M2 0h8v1.400H9.300v1.500c0 1.200-.8 2.200-2 3.100 1.200.9 2 1.900 2 3.100v1.500h.7V12H2v-1.400h.7V9.100"
    "c0-1.200.8-2.200 2-3.100-1.200-.9-2-1.900-2-3.100V1.400H2z",
}
SEALS = {
    "ok": ("circle-check", gettext_lazy("approved")),
    "stale": ("triangle-alert", gettext_lazy("changed since")),
    "open": ("clock", gettext_lazy("not answered")),
    "question": ("message-square", gettext_lazy("open question")),
    "off": ("octagon-x", gettext_lazy("blocked")),
}
VERDICTS = {
    "met": (
        gettext_lazy("Met"),
        '<circle class="done" cx="8" cy="8" r="7"/><path class="tick" d="M4.800 8.300 7 10.500l4.300-4.800"/>',
    ),
    "waived": (
        gettext_lazy("Waived"),
        '<circle class="waive" cx="8" cy="8" r="6.500"/><path class="waive" d="M4 11.500 11.500 4"/>',
    ),
    "missing": (gettext_lazy("Missing"), '<circle class="todo" cx="8" cy="8" r="6.500"/>'),
}


@register.simple_tag
def icon(name: str, label: str = "", extra: str = "") -> SafeString:
    """A Lucide icon."""
    return icons.icon(name, str(label), extra)


@register.simple_tag
def badge(kind: str, text: Any = "") -> SafeString:
    """A status: shape, colour and word together."""
    tone, word = TONES.get(str(kind), (str(kind), ""))
    tone = tone if tone in SHAPES else "neutral"
    return format_html(
        '<span class="badge {}"><svg viewBox="0 0 12 12" aria-hidden="true">'
        '<path fill-rule="evenodd" d="{}"/></svg><span>{}</span></span>',
        tone,
        SHAPES[tone],
        text or word or kind,
    )


@register.simple_tag
def chip(text: Any, icon: str = "", href: str = "", current: bool = False) -> SafeString:
    """A quiet label; with an address it is a link, for example one layout of several."""
    drawn = icons.icon(icon) if icon else ""
    if not href:
        return format_html('<span class="chip">{}<span>{}</span></span>', drawn, text)
    now = mark_safe(' aria-current="true"') if current else ""
    return format_html('<a class="chip" href="{}"{}>{}<span>{}</span></a>', href, now, drawn, text)


@register.simple_tag
def seal(kind: str) -> SafeString:
    """The seal of a section or a function's position."""
    name, label = SEALS.get(kind, SEALS["open"])
    return icons.icon(name, str(label), f"seal {kind}")


@register.simple_tag
def verdict(kind: str) -> SafeString:
    """The mark before a requirement."""
    label, shape = VERDICTS.get(kind, VERDICTS["missing"])
    return format_html(
        '<svg class="verdict" viewBox="0 0 16 16" role="img" aria-label="{}">{}</svg>',
        label,
        mark_safe(shape),  # noqa: S308 - constant above
    )


def initials(person: Any) -> str:
    """Two letters of a person, a name or a handle."""
    own = getattr(person, "initials", None)
    if isinstance(own, str):
        return own
    parts = str(person or "?").replace("@", "").split()
    if len(parts) == 1:
        return parts[0][:2].upper()
    return "".join(p[0] for p in parts[:1] + parts[-1:]).upper()


def _is_me(context: Context, person: Any) -> bool:
    user = getattr(context.get("request"), "user", None) or context.get("user")
    key = getattr(person, "pk", None)
    return key is not None and getattr(user, "pk", None) == key


@register.simple_tag(takes_context=True)
def avatar(context: Context, person: Any, size: str = "") -> SafeString:
    """Picture or initials; blue when it is the person looking. Silent: the name stands beside it."""
    me = "me" if _is_me(context, person) else ""
    classes = " ".join(c for c in ("av", size, me) if c)
    shown = getattr(person, "picture_url", "")
    if shown:
        return format_html('<img class="{}" src="{}" alt="" loading="lazy">', classes, shown)
    return format_html('<span class="{}" aria-hidden="true">{}</span>', classes, initials(person))


@register.simple_tag(takes_context=True)
def person(context: Context, person: Any, nobody: str = "") -> SafeString:
    """Avatar and name, or a word for nobody."""
    if not person:
        return format_html('<span class="muted">{}</span>', nobody or _("nobody yet"))
    return format_html(
        '<span class="person">{}<span>{}</span></span>', avatar(context, person), person
    )


@register.simple_tag
def moment(when: datetime | None, style: str = "short") -> SafeString:
    """A moment in the person's zone; the exact one stands in the tooltip."""
    if not when:
        return format_html('<span class="faint">{}</span>', words.UNKNOWN)
    exact = words.long_moment(when)
    text = exact if style == "long" else words.short_moment(when)
    stamp = timezone.localtime(when).isoformat(timespec="seconds")
    return format_html('<time datetime="{}" title="{}">{}</time>', stamp, exact, text)


@register.simple_tag
def day(when: date | None, style: str = "short") -> SafeString:
    """A calendar day, the same everywhere on earth."""
    if not when:
        return format_html('<span class="faint">{}</span>', words.UNKNOWN)
    when = timezone.localtime(when).date() if isinstance(when, datetime) else when
    text = when.strftime("%-d %b %Y") if style == "long" else words.short_day(when)
    return format_html('<time datetime="{}">{}</time>', when.isoformat(), text)


@register.filter
def count(value: Any) -> str:
    """A whole number with thin thousands."""
    return words.figure(value)


@register.filter
def figure(value: Any, decimals: int = 0) -> str:
    """A measured number; unknown is a dash."""
    return words.figure(value, int(decimals))


@register.filter
def age(days: Any) -> str:
    """An age in days."""
    return words.age(days)


@register.filter
def percent(share: Any, decimals: int = 0) -> str:
    """A share between 0 and 1."""
    return words.percent(share, int(decimals))
