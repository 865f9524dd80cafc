"""The frame around every page as markup: rail, scope switch, account menu, tabs of the phone.

Every page pays for it, so it is put together here; what looks the same on all pages is kept.
"""

from functools import lru_cache
from urllib.parse import quote

from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from config.web import icons, nav
from config.web.context import Shell


def fixed(template: str) -> SafeString:
    """A template that depends on nothing but the language, rendered once per process."""
    # Another storage of static files, as in production, names a file otherwise.
    return _fixed(template, get_language(), static("css/base.css"))


@lru_cache(maxsize=64)
def _fixed(template: str, *_known_by: object) -> SafeString:
    return mark_safe(render_to_string(template))  # noqa: S308 - rendered by the template engine


def rail(shell: Shell) -> SafeString:
    """The rail: brand, scope switch, places with their numbers, stars, foot."""
    places = "".join(f"<li>{_place(p)}</li>" for p in shell.rail)
    stars, foot = "", ""
    if shell.starred:
        starred = "".join(f"<li>{_star(one)}</li>" for one in shell.starred)
        stars = f'<ul class="starred" aria-label="{_("Starred views")}">{starred}</ul>'
    if shell.foot:
        below = "".join(f"<li>{_place(p)}</li>" for p in shell.foot)
        foot = f'<ul class="end">{below}</ul>'
    return mark_safe(  # noqa: S308 - every text is escaped here
        f'<nav class="rail" aria-label="{_("Main")}"><a class="brand" href="/">'
        f'{fixed("_ui/_mark.html")}<span class="label">Gateline</span></a>'
        f"{_scopes(shell)}<ul>{places}</ul>{stars}{foot}</nav>"
    )


def tabbar(shell: Shell) -> SafeString:
    """The tabs at the foot of a phone."""
    tabs = "".join(
        f'<a href="{p.href}"{_current(p.current)}>{icons.icon(p.icon)}{escape(str(p.label))}</a>'
        for p in shell.phone
    )
    opening = f'<nav class="tabbar" aria-label="{_("Main, phone")}">'
    return mark_safe(f"{opening}{tabs}</nav>")  # noqa: S308 - every text is escaped here


def _current(now: bool, kind: str = "page") -> str:
    return f' aria-current="{kind}"' if now else ""


def _place(place: nav.Shown) -> str:
    label = escape(str(place.label))
    key = f' data-go="{place.key}"' if place.key else ""
    number = f'<span class="c">{place.count}</span>' if place.count else ""
    return (
        f'<a class="nav" href="{place.href}"{_current(place.current)}{key} title="{label}">'
        f'{icons.icon(place.icon)}<span class="label">{label}</span>{number}</a>'
    )


def _star(one: nav.Starred) -> str:
    label = escape(one.label)
    return (
        f'<a class="nav" href="{escape(one.href)}"{_current(one.current)} title="{label}">'
        f'{icons.icon("star")}<span class="label">{label}</span></a>'
    )


def _scopes(shell: Shell) -> str:
    """The switch of business lines; the address keeps its other parameters."""
    if not shell.scopes:
        return ""
    kept = "".join(f"{quote(key)}={quote(value)}&amp;" for key, value in shell.kept)
    here = shell.scope
    now = escape(here.name) if here else _("All lines")
    links = "".join(
        f'<a href="?{kept}line={quote(one.slug)}"{_current(one == here, "true")}>'
        f"{escape(one.name)}</a>"
        for one in shell.scopes
    )
    return (
        '<div class="scope-box"><button class="scope" type="button" popovertarget="scope-menu">'
        f'<span class="vh">{_("Business line:")} </span>{now}{icons.icon("chevrons-up-down")}'
        '</button><div class="menu" id="scope-menu" popover>'
        f'<a href="?{kept}line="{_current(not here, "true")}>{_("All lines")}</a>{links}</div></div>'
    )


THEMES = (("system", "", "monitor"), ("light", "light", "sun"), ("dark", "dark", "moon"))


def account(shell: Shell, token: str) -> SafeString:
    """The button of the person and its menu: who, theme, places, keys, sign out."""
    person = shell.person
    parts = [_account_button(shell), '<div class="menu" id="account-menu" popover>']
    if person:
        parts.append(
            f'<div class="who"><b>{escape(str(person))}</b>'
            f'<div class="muted small">{escape(str(person.email))}</div></div>'
        )
    if shell.set_theme:
        parts.append(_themes(shell, token))
    if person:
        parts += [
            f'<a href="{p.href}">{icons.icon(p.icon)}{escape(str(p.label))}</a>' for p in shell.foot
        ]
        parts.append(
            f'<button type="button" data-keys-open hidden>{icons.icon("keyboard")}{_("Keys")}'
            '<kbd class="end">?</kbd></button>'
        )
        if shell.sign_out:
            parts.append(
                f'<hr><form method="post" action="{shell.sign_out}">{_hidden(token)}'
                f"<button>{icons.icon('log-out')}{_('Sign out')}</button></form>"
            )
    return mark_safe("".join([*parts, "</div>"]))  # noqa: S308 - every text is escaped here


def _account_button(shell: Shell) -> str:
    opening = '<button class="account" type="button" popovertarget="account-menu" aria-label="'
    if not shell.person:
        return f'{opening}{_("Theme and sign-in")}">{icons.icon("user")}</button>'
    said = escape(_("Account of %(name)s") % {"name": shell.person})
    drawn = f'<span class="av big me" aria-hidden="true">{escape(shell.person.initials)}</span>'
    return f'{opening}{said}">{drawn}</button>'


def _themes(shell: Shell, token: str) -> str:
    words = {"system": _("System"), "light": _("Light"), "dark": _("Dark")}
    buttons = "".join(
        f'<button name="theme" value="{name}" aria-pressed="{str(shell.theme == told).lower()}">'
        f"{icons.icon(icon)}{words[name]}</button>"
        for name, told, icon in THEMES
    )
    here = escape(shell.request.get_full_path())
    return (
        f'<gl-theme><form class="segments" method="post" action="{shell.set_theme}"'
        f' aria-label="{_("Theme")}">{_hidden(token)}'
        f'<input type="hidden" name="next" value="{here}">{buttons}</form></gl-theme><hr>'
    )


def _hidden(token: str) -> str:
    return f'<input type="hidden" name="csrfmiddlewaretoken" value="{escape(token)}">'
