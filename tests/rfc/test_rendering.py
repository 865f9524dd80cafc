"""Rendering: what authors meant is shown, nothing a text holds can act, no text can stall us."""

import re
import time
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rfc.text.cleaning import CLASSES, TAGS
from rfc.text.rendering import RENDERER_VERSION, is_large, render
from rfc.text.sections import sections

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
ATTRIBUTES = {
    "href", "rel", "title", "id", "class", "src", "alt", "loading", "align", "start", "colspan",
    "rowspan", "open", "scope", "tabindex", "role", "aria-label",
}  # fmt: skip
OUR_CLASSES = set().union(*CLASSES.values()) | {"unresolved", "picture", "plain"}


class Inspector(HTMLParser):
    """Collects all that a browser could act on."""

    def __init__(self):
        super().__init__()
        self.wrong = []
        self.tags = []
        self.text = []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag not in TAGS - {"input"}:
            self.wrong.append(tag)
        for name, value in ((name, value or "") for name, value in attrs):
            if name not in ATTRIBUTES:
                self.wrong.append(f"{tag} {name}={value}")
            elif name == "class" and not set(value.split()) <= OUR_CLASSES:
                self.wrong.append(f"class {value}")
            elif name == "href":
                scheme = re.match(r"\s*([a-zA-Z][a-zA-Z0-9+.-]*):|//|/\\", value)
                if scheme and scheme[1] not in {"http", "https", "mailto"}:
                    self.wrong.append(value)
                if re.match(r"gl-[0-9a-f]{16}-", value):
                    self.wrong.append(value)
            elif name == "src" or (name == "id" and not value.startswith("doc-")):
                self.wrong.append(f"{name}={value}")

    def handle_data(self, data):
        self.text.append(data)


def inspect(html):
    inspector = Inspector()
    inspector.feed(html)
    return inspector


def shown(markdown):
    return " ".join("".join(inspect(render(markdown).html).text).split())


HOSTILE = [
    "<script>alert(1)</script>", "<ScRiPt src=//x>", "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><a xlink:href='javascript:alert(1)'>x</a></svg>",
    "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))", "<a href='jav&#x0A;ascript:alert(1)'>x</a>",
    "[x](data:text/html;base64,PHNjcmlwdD4=)", "[x](vbscript:x)", "![x](javascript:alert(1))",
    "<div data-hx-get='/x' hx-trigger=load hx-get=/x>x</div>", "<p style='position:fixed'>x</p>",
    "<b style=color:red class='btn danger' id=login>x</b>", "<iframe src=//x></iframe>",
    "<form action=/out><input name=a type=text><button>x</button></form>", "<style>*{}</style>",
    "<object data=x><embed src=x>", "<link rel=stylesheet href=//x>", "<base href=//evil>",
    "<meta http-equiv=refresh content='0;url=//x'>", "<math><mtext></mtext><mglyph><style></math>",
    "<a href='//evil.example'>x</a>", "[x](/\\evil.example)", "<video src=x autoplay>",
    "[x]: javascript:alert(1)\n\n[x]", "<details ontoggle=alert(1) open>x</details>",
    '```"><script>alert(1)</script>\nx\n```', "```<img src=x onerror=1>\nx\n```",
    "<!--><img src=x onerror=alert(1)>-->", '<a name=x onclick=y href="javascript:1">z</a>',
    "<table background=//x><td background=//x>y</table>", "\x02wzxhzdk:0\x03", "\x02klzzwxh:0001\x03",
    '<noscript><p title="</noscript><img src=x onerror=1>">', "<template><b onclick=1></template>",
    "[^1]\n\n[^1]: <script>x</script>", "| <script> | b |\n|---|---|\n| <img src=x onerror=1> | c |",
    "# <img src=x onerror=1> [t](javascript:x)", "\ue0007\ue001 # a\ue0000\ue001",
    "> <script>x</script>", "- <script>x</script>\n  <iframe>", '<http://x" onclick=1>',
    '[a](http://x" onmouseover="alert(1))', '![a" onerror="x](http://y)', "<x-y onclick=1>z</x-y>",
    "<gl-copy data-x=1>z</gl-copy>", "<select><option>x</select>", "<a ping=//x href=/y target=_top>x</a>",
    "<picture><source srcset=//x></picture>", "gl-0-l0 [x](gl-0-l0)", "<plaintext>", "<xmp><script>x</xmp>",
]  # fmt: skip


@pytest.mark.parametrize("markdown", HOSTILE)
def test_hostile_text_is_inert(markdown):
    assert inspect(render(markdown).html).wrong == []


@given(st.lists(st.sampled_from(HOSTILE) | st.text(max_size=12), min_size=1, max_size=6), st.sampled_from(["", " ", "\n", "\n\n", "\n> ", "\n- ", "`"]))  # fmt: skip
@settings(max_examples=120, deadline=None)
def test_hostile_mixtures_are_inert(pieces, glue):
    assert inspect(render(glue.join(pieces)).html).wrong == []


def test_nothing_readable_is_dropped_with_the_danger():
    assert shown("Use <T> and Vec<T>, see <script>this</script>") == (
        "Use <T> and Vec<T>, see <script>this</script>"
    )


@pytest.mark.parametrize(
    "bomb", ["[a](", "> ", "* - ", "**a _b ", "<b>", "a|b\n-|-\n"]
)  # fmt: skip
def test_bombs_are_bounded(bomb):
    start = time.process_time()
    rendered = render(bomb * (200_000 // len(bomb)))
    assert time.process_time() - start < 3
    assert inspect(rendered.html).wrong == []
    assert rendered.html.startswith("<pre") == bool(rendered.notice)


def test_a_text_beyond_the_limits_is_shown_as_written(settings):
    settings.RFC_RENDER_CPU_SECONDS = 1
    rendered = render("[" * 100_000)
    assert rendered.notice
    assert rendered.html == f'<pre class="plain">{"[" * 100_000}</pre>'
    settings.RFC_RENDER_MOST_CHARS = 10
    assert render("<b>0123456789").html == '<pre class="plain">&lt;b&gt;0123456789</pre>'


def test_child_and_request_render_the_same(settings):
    text = "# T\n\n- a\n  - [x](../y.md) ![z](http://z/z.png)\n\n```rust\nfn x() {}\n```\n"
    here = render(text, link_resolver=lambda target: f"/rfcs/{target[3:]}")
    settings.RFC_RENDER_INLINE_CHARS = 1
    assert is_large(text)
    assert render(text, link_resolver=lambda target: f"/rfcs/{target[3:]}") == here
    assert here.version == RENDERER_VERSION


def test_headings_make_room_for_the_page_title():
    rendered = render("# One\n## Two\n### Three\n###### Six\n")
    assert [(entry.level, entry.id) for entry in rendered.toc] == [
        (2, "doc-one"), (3, "doc-two"), (4, "doc-three"), (6, "doc-six"),
    ]  # fmt: skip
    assert "<h1" not in rendered.html
    assert '<h2 id="doc-one">One</h2>' in rendered.html
    assert [e.level for e in render("### a\n#### b").toc] == [2, 3]


def test_anchors_are_the_slugs_of_the_sections():
    text = "# T\n## Risks `and` rules\n### Same\n## Same\n"
    ids = {entry.id for entry in render(text).toc}
    assert {f"doc-{part.slug}" for part in sections(text)} <= ids
    assert 'href="#doc-same"' in render(f"{text}[go](#same)").html


def test_another_prefix_keeps_two_texts_apart():
    assert 'id="old-a"' in render("## A\n[x](#a)", prefix="old-").html
    assert 'href="#old-a"' in render("## A\n[x](#a)", prefix="old-").html


def test_links_are_settled_by_the_resolver():
    known = {"../a.md": "/rfcs/RFC-1"}
    html = render("[a](../a.md) [b](b.md) [c](https://c.example)", link_resolver=known.get).html
    assert '<a href="/rfcs/RFC-1" rel="noopener noreferrer">a</a>' in html
    assert '<span class="unresolved" title="b.md">b</span>' in html
    assert '<a href="https://c.example" rel="noopener noreferrer">c</a>' in html


def test_a_resolver_cannot_break_out_of_the_attribute():
    html = render("[a](b)", link_resolver=lambda _: '"><script>').html
    assert inspect(html).wrong == []


def test_pictures_that_are_not_ours_are_links():
    html = render("![chart](https://x.example/a.png) [![badge](https://b/c.svg)](https://d)").html
    assert "<img" not in html
    assert (
        '<a class="picture" href="https://x.example/a.png" rel="noopener noreferrer">chart</a>'
        in html
    )
    assert '<span class="picture" title="https://b/c.svg">badge</span></a>' in html
    ours = render("![chart](a.png)", image_resolver=lambda _: "/files/7").html
    assert '<img src="/files/7" alt="chart" loading="lazy">' in ours


MEANT = {
    "nested two spaces": ("- a\n  - b\n    - c\n- d", "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ul>"),
    "list after text": ("text\n- a\n- b", "<p>text</p><ul><li>a</li><li>b</li></ul>"),
    "year is no list": ("born in\n1968. Then", "<p>born in1968. Then</p>"),
    "numbers start where they say": ("3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
    "table after text": ("t\n| a | b |\n|:-:|---|\n| 1 | 2 |", '<p>t</p><table><thead><tr><th align="center">a</th><th>b</th></tr></thead><tbody><tr><td align="center">1</td><td>2</td></tr></tbody></table>'),
    "fence in a list": ("- a\n  ```\n  x\n   y\n  ```\n- b", '<ul><li><p>a</p><pre class="code" tabindex="0"><code>x y</code></pre></li><li><p>b</p></li></ul>'),
    "task list": ("- [ ] a\n- [x] b", '<ul class="task-list"><li class="task-list-item"><span role="img" aria-label="open">\u2610</span> a</li><li class="task-list-item"><span role="img" aria-label="done">\u2611</span> b</li></ul>'),
    "struck": ("~~a~~ ~b~", "<p><del>a</del> ~b~</p>"),
    "bare address": ("see https://a.example/b_c_d.", '<p>see <a href="https://a.example/b_c_d" rel="noopener noreferrer">https://a.example/b_c_d</a>.</p>'),
    "words with_under_scores": ("a_b_c and __init__x", "<p>a_b_c and __init__x</p>"),
    "code as reference": ("[`x`]\n\n[`x`]: https://x.example", '<p><a href="https://x.example" rel="noopener noreferrer"><code>x</code></a></p>'),
    "two references": ("[a] [b]\n\n[a]: https://a.example\n[b]: https://b.example", '<p><a href="https://a.example" rel="noopener noreferrer">a</a> <a href="https://b.example" rel="noopener noreferrer">b</a></p>'),
    "note": ("> [!NOTE]\n> careful", "<blockquote><p><strong>Note</strong></p><p>careful</p></blockquote>"),
    "details": ("<details>\n<summary>More</summary>\n\n*x*\n\n</details>", "<details><summary>More</summary><p><em>x</em></p></details>"),
    "two quotes": ("> a\n\n> b", "<blockquote><p>a</p></blockquote><blockquote><p>b</p></blockquote>"),
    "comment hidden": ("a\n\n<!-- b\n\n## c\n-->\nd", "<p>a</p><p>d</p>"),
    "line break": ("a\\\nb", "<p>a<br>b</p>"),
    "mermaid as code": ("```mermaid\ngraph TD\n```", '<pre class="code" tabindex="0" title="mermaid"><code>graph TD</code></pre>'),
    "front matter": ("---\ntitle: x\n---\ntext", '<pre class="code" tabindex="0" title="yaml"><code><span class="nt">title</span><span class="p">:</span><span class="w"> </span><span class="l">x</span></code></pre><p>text</p>'),
    "heading under a list": ("- a\n## B", '<ul><li>a</li></ul><h2 id="doc-b">B</h2>'),
    "heading over a line": ("Title\n=====\ntext", '<h2 id="doc-title">Title</h2><p>text</p>'),
}  # fmt: skip


@pytest.mark.parametrize("name", MEANT)
def test_read_the_way_authors_meant(name):
    markdown, expected = MEANT[name]
    got = render(markdown).html.replace("\n", "").replace("x   y", "x y").replace("x y", "x y")
    assert got.replace("  ", " ") == expected


def test_footnotes_link_both_ways():
    html = render("a[^n]\n\n[^n]: the note\n    goes on").html
    assert 'href="#doc-fn:n"' in html
    assert 'id="doc-fn:n"' in html
    assert 'href="#doc-fnref:n"' in html
    assert "goes on" in html


def test_code_is_coloured_by_class_and_loses_nothing():
    session = "$ systemctl restart kubelet\nok\n$ kubectl get pod"
    assert '<span class="k">fn</span>' in render("```rust\nfn x() {}\n```").html
    assert "style=" not in render("```rust\nfn x() {}\n```").html
    for language in ("console", "shell", "sh", "yaml", "go", "nonsense", ""):
        assert shown(f"```{language}\n{session}\n```") == " ".join(session.split())


def test_every_sample_renders_whole_and_inert():
    files = sorted(SAMPLES.rglob("*.md"))
    if not files:
        pytest.skip(f"{SAMPLES} is not there")
    for path in files:
        rendered = render(path.read_text())
        assert not rendered.notice, path
        assert inspect(rendered.html).wrong == [], path
        ids = [entry.id for entry in rendered.toc]
        assert len(set(ids)) == len(ids), path
        assert all(f'id="{name}"' in rendered.html for name in ids), path
