"""The checker of losses finds what is lost, and nothing where all is there."""

import pytest
from django.core.management import call_command

from rfc.importing import loss as measured
from rfc.importing.loss import loss_of
from rfc.text.rendering import Rendered, render

WHOLE = """# A title

Words *and* `code`, a [link](other.md "title"), ![alt words](a.png), a note[^1].<!-- unseen -->

> 1. quoted
> 2. twice

- [x] done
- [ ] open

| a | b |
|---|--:|
| 1 | `x|y` 2 |

```rust
fn main() {}
```

    indented code

[^1]: The note says so.
[used]: https://example.org "t"
"""


def nowhere(_target):
    return None


def check(text):
    return loss_of(text, nowhere, nowhere)


def test_a_text_with_everything_is_whole():
    found = check(WHOLE)
    assert found.lost == {}
    assert (found.tables, found.tables_drawn) == (1, 1)
    assert (found.footnotes, found.footnotes_drawn) == (1, 1)
    assert found.unresolved == ["other.md"]
    assert found.missing_pictures == ["a.png"]
    assert found.whole


@pytest.mark.parametrize("gone", ["quoted", "indented", "alt", "note says", "main"])
def test_a_word_that_is_gone_is_counted(monkeypatch, gone):
    def losing(markdown, **more):
        done = render(markdown, **more)
        return Rendered(done.html.replace(gone, ""), done.toc)

    monkeypatch.setattr(measured, "render", losing)
    assert set(check(WHOLE).lost) == set(gone.split())


def test_a_table_that_stays_text_is_counted(monkeypatch):
    monkeypatch.setattr(
        measured, "render", lambda text, **more: Rendered(f"<p>{text}</p>".replace("<!--", ""))
    )
    assert check(WHOLE).tables_drawn == 0
    assert not check(WHOLE).whole


def test_cells_beyond_the_head_keep_their_words():
    html = render("| a | b |\n|---|---|\n| 1 | 2 | 3 | 4 |\n").html
    assert html.count("<td>") == 2
    assert "2 | 3 | 4" in html


@pytest.mark.parametrize(
    "table", ["||x|\n|-|-|\n|a|b|", "|only|\n|---|\n|one|", "text before\n|a|b|\n|-|-|\n|1|2|"]
)
def test_tables_as_documents_write_them(table):
    assert "<table" in render(table).html


def test_the_command_names_what_it_counted(tmp_path, capsys):
    (tmp_path / "a.md").write_text("# A\n\nSee [b](b.md) and ![p](p.png).\n")
    call_command("check_rfcs", str(tmp_path), "--details")
    said = capsys.readouterr().out
    assert "documents 1" in said
    assert "links_unresolved 1" in said
    assert "a.md: picture p.png" in said
