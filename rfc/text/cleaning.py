"""What may stay in rendered HTML: tags, attributes, classes, addresses. The last gate, always.

Nothing here trusts the Markdown reader. Imports no Django.
"""

import re
from dataclasses import dataclass, field
from html import escape as escaped

import nh3
from pygments.token import STANDARD_TYPES

from rfc.text.names import NAMED

__all__ = ["INLINE_TAG", "Links", "cleaned", "escaped", "named_anchors", "settled"]

TAGS = frozenset(
    [
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "center",
        "code",
        "dd",
        "del",
        "details",
        "dfn",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "input",
        "ins",
        "kbd",
        "li",
        "mark",
        "ol",
        "p",
        "pre",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "u",
        "ul",
        "var",
    ]
)
READ_TAGS = TAGS - {"input"} | {"h1", "tt", "strike", "font", "picture", "source"}
CLASSES = {
    "pre": {"code"},
    "span": {name for name in STANDARD_TYPES.values() if name},
    "div": {"footnote"},
    "a": {"footnote-ref", "footnote-backref"},
    "li": {"task-list-item"},
    "ul": {"task-list"},
}
ATTRIBUTES = {
    "a": {"href", "title", "id"},
    "img": {"src", "alt", "title"},
    "input": {"type", "checked"},
    "ol": {"start"},
    "pre": {"title", "tabindex"},
    "details": {"open"},
    "td": {"colspan", "rowspan", "align"},
    "th": {"colspan", "rowspan", "align", "scope"},
    "abbr": {"title"},
    **{name: {"id"} for name in ("h2", "h3", "h4", "h5", "h6", "li", "sup")},
}
VALUES = {
    "type": re.compile("checkbox"),
    "align": re.compile("left|right|center"),
    "tabindex": re.compile("0"),
    "colspan": re.compile(r"\d{1,3}"),
    "rowspan": re.compile(r"\d{1,3}"),
    "start": re.compile(r"\d{1,9}"),
}
SCHEMES = {"http", "https", "mailto"}

_NAMES = "|".join(sorted(READ_TAGS, key=len, reverse=True))
INLINE_TAG = re.compile(
    rf"(<!--(?:(?!-->)[\s\S]){{0,20000}}-->|</?(?:{_NAMES})(?=[\s/>])"
    r"(?:\s+[A-Za-z_:][\w:.-]*(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+))?)*\s*/?>)",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]*):")
_CONTROL = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\ufeff]+")
_NAMED = re.compile(r"(<a\s[^>]{0,200}?)\bname\s*=", re.IGNORECASE)
_ALIGNED = re.compile(r' style="text-align: (left|right|center);?"')
# The tag of a name that leads nowhere: none, its words stay as they are.
_WORDS = "words"
_TAG = re.compile(r"<(a|img|input)((?:\s+[\w-]+(?:=\"[^\"]*\")?)*)\s*/?>|</a>")
_ATTRIBUTE = re.compile(r"([\w-]+)=\"([^\"]*)\"")


@dataclass(slots=True)
class Links:
    """Addresses that somebody else must settle, in order of appearance.

    In the HTML they read `gl-<nonce>-<index>`; settled() puts the decisions in.
    """

    prefix: str
    nonce: str
    targets: list[str] = field(default_factory=list)
    images: list[str] = field(default_factory=list)

    def link(self, address: str) -> str | None:
        address = _spelled(address)
        if not address:
            return None
        if address.startswith("#"):
            return f"#{self.prefix}{address[1:]}" if len(address) > 1 else "#"
        if address.startswith("//"):
            return f"https:{address}"
        if scheme := _SCHEME.match(address):
            return address if scheme[1].lower() in SCHEMES else None
        return self._held(address, self.targets, "l")

    def image(self, address: str) -> str | None:
        address = _spelled(address)
        scheme = _SCHEME.match(address)
        if not address or (scheme and scheme[1].lower() not in {"http", "https"}):
            return self._held("", self.images, "i")
        return self._held(address, self.images, "i")

    def _held(self, address: str, addresses: list[str], kind: str) -> str:
        addresses.append(address)
        return f"gl-{self.nonce}-{kind}{len(addresses) - 1}"


def _spelled(address: str) -> str:
    """An address as browsers read it: control characters go, blanks inside are written out."""
    return _CONTROL.sub("", address.strip().replace(" ", "%20")).replace("\\", "%5C")


def named_anchors(html: str) -> str:
    """Old anchors say name; ids are what a page has, and what is given our prefix."""
    return _NAMED.sub(r"\1id=", html)


def cleaned(html: str, links: Links) -> str:
    """The HTML with nothing but what is allowed above."""

    def attribute(tag: str, name: str, value: str) -> str | None:
        if name in {"href", "src"}:
            return links.link(value) if name == "href" else links.image(value)
        allowed = VALUES.get(name)
        return value if allowed is None or allowed.fullmatch(value) else None

    return nh3.clean(
        _ALIGNED.sub(r' align="\1"', re.sub(r"<(/?)h1\b", r"<\1h2", html)),
        tags=set(TAGS),
        clean_content_tags={"script", "style", "template"},
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        allowed_classes=CLASSES,
        attribute_filter=attribute,
        generic_attribute_prefixes=set(),
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer",
        id_prefix=links.prefix,
    )


# What the address of an attached drawing ends in; see config.web.pictures.
DRAWING = ".svg"


@dataclass(slots=True)
class _Settling:
    """Puts decided addresses into cleaned HTML, tag by tag."""

    nonce: str
    links: list[str | None]
    targets: list[str]
    images: list[str | None]
    sources: list[str]
    open_link: str = ""

    def tag(self, match: re.Match[str]) -> str:
        if match[0] == "</a>":
            closing, self.open_link = f"</{self.open_link or 'a'}>", ""
            return "" if closing == f"</{_WORDS}>" else closing
        attributes = dict(_ATTRIBUTE.findall(match[2]))
        if match[1] == "a":
            return self.link(match[0], attributes)
        if match[1] == "img":
            return self.image(attributes)
        done = "checked" in match[2]
        state, glyph = ("done", "\u2611") if done else ("open", "\u2610")
        return f'<span role="img" aria-label="{state}">{glyph}</span>'

    def link(self, source: str, attributes: dict[str, str]) -> str:
        self.open_link = "a"
        at = self.index(attributes.get("href", ""), "l")
        if at is None:
            return source
        address = self.links[at]
        if self.targets[at].startswith(NAMED):
            self.open_link = "a" if address else _WORDS
            return f'<a class="ref" href="{escaped(address)}">' if address else ""
        if address is None:
            self.open_link = "span"
            return f'<span class="unresolved" title="{escaped(self.targets[at])}">'
        return source.replace(f'"gl-{self.nonce}-l{at}"', f'"{escaped(address)}"')

    def image(self, attributes: dict[str, str]) -> str:
        at = self.index(attributes.get("src", ""), "i")
        alt = attributes.get("alt", "")
        source = self.sources[at] if at is not None else ""
        address = self.images[at] if at is not None else None
        if address is not None and address.endswith(DRAWING):
            return self.drawing(address, alt or escaped(source.rsplit("/", 1)[-1]))
        if address is not None:
            title = f' title="{attributes["title"]}"' if attributes.get("title") else ""
            return f'<img src="{escaped(address)}" alt="{alt}"{title} loading="lazy">'
        text = alt or escaped(source.rsplit("/", 1)[-1]) or "image"
        external = source.startswith(("http://", "https://"))
        if self.open_link or not external:
            return f'<span class="picture" title="{escaped(source)}">{text}</span>'
        rel = 'rel="noopener noreferrer"'
        return f'<a class="picture" href="{escaped(source)}" {rel}>{text}</a>'

    def drawing(self, address: str, text: str) -> str:
        """A drawing may hold scripts: it is taken away, never shown. The sheet adds the title, so
        that a drawing has no letters the text has not.
        """
        if self.open_link:
            return f'<span class="picture linked" title="{escaped(address)}">{text}</span>'
        label = 'title="SVG drawing, download"'
        return f'<a class="picture drawing" href="{escaped(address)}" {label} download>{text}</a>'

    def index(self, address: str, kind: str) -> int | None:
        start = f"gl-{self.nonce}-{kind}"
        return int(address[len(start) :]) if address.startswith(start) else None


def settled(
    html: str,
    nonce: str,
    *,
    links: list[str | None],
    targets: list[str],
    images: list[str | None],
    sources: list[str],
) -> str:
    """The HTML with each placeholder replaced: an address, or None for what leads nowhere.

    A picture that is not ours becomes a link with its alternative text, never a request.
    """
    return _TAG.sub(_Settling(nonce, links, targets, images, sources).tag, html)
