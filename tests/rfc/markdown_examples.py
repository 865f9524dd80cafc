"""Examples of a Markdown specification against our HTML, compared by what a reader sees.

Our pages move headings down, put ids and classes on elements, show what is not ours as words and
write out task boxes; none of that is a difference. Text, structure and where links lead are.
"""

import re
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from urllib.parse import unquote

from rfc.text.rendering import render

_EXAMPLE = re.compile(
    r"^`{32} example[^\n]*\n(.*?)^\.\n(.*?)^`{32}$|^#{1,6} *([^\n]*)$", re.DOTALL | re.MULTILINE
)
_END = re.compile(r"^<!-- END TESTS -->.*", re.DOTALL | re.MULTILINE)
INLINE = {"a", "em", "strong", "code", "del", "img", "br", "span", "sup", "sub", "b", "i", "u"}
VOID = {"br", "img", "hr", "input"}


@dataclass(frozen=True)
class Example:
    """One example: its number in the specification, its section, what goes in, what comes out."""

    number: int
    section: str
    markdown: str
    html: str


def examples(specification):
    """The examples of a specification's text, numbered as its pages number them."""
    found, section = [], ""
    for match in _EXAMPLE.finditer(_END.sub("", specification.replace("\r\n", "\n"))):
        if match[3] is not None:
            section = match[3]
            continue
        markdown, html = (part.replace("→", "\t") for part in (match[1], match[2]))
        found.append(Example(len(found) + 1, section, markdown, html))
    return found


def agrees(example):
    """Whether our page shows what the specification shows."""
    ours = render(example.markdown, link_resolver=str, image_resolver=str, prefix="").html
    return seen(ours) == seen(example.html)


class _Reader(HTMLParser):
    """HTML as a list of what is seen: tags without our additions, words, where links lead."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts = []
        self.code = 0
        self.lowest = 7

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "pre":
            self.code += 1
        if re.fullmatch("h[1-6]", tag):
            self.lowest = min(self.lowest, int(tag[1]))
        if tag == "a":
            tag = f"a {_address(given.get('href'))} {given.get('title') or ''}".rstrip()
        elif tag == "img":
            source = _address(given.get("src"))
            tag = f"img {source} {given.get('alt') or ''} {given.get('title') or ''}".rstrip()
        elif tag == "ol" and given.get("start", "1") != "1":
            tag = f"ol {given['start']}"
        elif tag in ("td", "th") and given.get("align"):
            tag = f"{tag} {given['align']}"
        elif tag == "input":
            self.parts.append("☑" if "checked" in given else "☐")
            return
        elif tag in ("span", "div", "tbody"):
            return
        self.parts.append(f"<{tag}>")

    def handle_endtag(self, tag):
        if tag == "pre":
            self.code -= 1
        if tag not in VOID and tag not in ("span", "div", "tbody"):
            self.parts.append(f"</{tag}>")

    def handle_data(self, data):
        self.parts.append(data if self.code else re.sub(r"\s+", " ", data))


def _address(text):
    return unquote((text or "").replace(" ", "%20")).replace("\\", "%5C")


def seen(html):
    """What a page shows, in a form that compares."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    shift = reader.lowest - 1 if reader.lowest < 7 else 0
    text = "".join(
        re.sub(r"^<(/?)h([1-6])>$", lambda m: f"<{m[1]}h{int(m[2]) - shift}>", part)
        for part in reader.parts
    )
    blocks = r"(?:p|ul|ol(?: \d+)?|li|blockquote|pre|h\d|hr|table|thead|tr|t[hd](?: \w+)?|br)"
    text = re.sub(rf"\s*(</?{blocks}>)\s*(?![^<]*</pre>)", r"\1", unescape(text))
    text = re.sub(r"\s+</code></pre>", "</code></pre>", text)
    # A list with or without air between its items holds the same; so does an empty paragraph.
    text = re.sub(r"<p></p>", "", text)
    text = re.sub(r"<li><p>((?:(?!</?(?:li|p)>).)*)</p>", r"<li>\1", text, flags=re.DOTALL)
    text = re.sub(r"<code>\s*(.*?)\s*</code>", r"<code>\1</code>", text, flags=re.DOTALL)
    return text.replace("<ol 0", "<ol ").strip()


def listed(known):
    """The tables of docs/markdown.md."""
    parts = []
    for name, part in known.items():
        different = sum(len(group["examples"]) for group in part["different"].values())
        total = part["examples"]
        rows = "".join(
            f"| {section} | {', '.join(map(str, group['examples']))} | {group['reason']} |\n"
            for section, group in part["different"].items()
        )
        parts.append(
            f"## {name}\n\n{total - different} of {total} examples show what the specification"
            f" shows; {different} differ knowingly.\n\n"
            f"| section | examples | what is different, and why |\n| --- | --- | --- |\n{rows}"
        )
    return "\n".join(parts)
