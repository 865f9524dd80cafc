"""The page of two texts: what was changed apart is merged, each clash is asked about."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rfc.actions.merging import FieldPiece, Merging
from rfc.models import RFC
from rfc.text.differences import diff
from rfc.text.merging import CHOICES, Piece

LABELS = {
    "title": gettext_lazy("Title"),
    "summary_problem": gettext_lazy("Problem"),
    "decision_asked": gettext_lazy("Decision asked"),
}


@dataclass(frozen=True)
class Clash:
    """One spot both sides changed: both texts, the difference, and what may be chosen."""

    name: str
    title: str
    mine: str
    theirs: str
    lines: list[Any]
    chosen: str
    gone: str


def clash_page(request: HttpRequest, rfc: RFC, form: Any, merging: Merging) -> HttpResponse:
    """409 with everything typed; sending again settles the clashes knowingly."""
    post = request.POST
    short = [_of_field(each, post) for each in merging.fields if each.kind == "clash"]
    long = [_of_section(each, post) for each in merging.body.clashes]
    context = {
        "rfc": rfc,
        "form": form,
        "theirs": merging.theirs,
        "base_version": merging.base_version,
        "clashes": [*short, *long],
        "taken": merging.taken,
        "kept": [p.heading or _("the beginning") for p in merging.body.pieces if p.kind == "mine"],
        "mine": merging.mine,
        "again": "seen" in post,
    }
    return render(request, "rfc/conflict.html", context, status=409)


def _of_field(piece: FieldPiece, post: Any) -> Clash:
    lines = [line for block in diff(piece.theirs, piece.mine) for line in block.lines]
    title = str(LABELS[piece.name])
    return Clash(piece.name, title, piece.mine, piece.theirs, lines, _chosen(piece.name, post), "")


def _of_section(piece: Piece, post: Any) -> Clash:
    mine = piece.mine.body.strip("\n") if piece.mine else ""
    theirs = piece.theirs.body.strip("\n") if piece.theirs else ""
    gone = "mine" if piece.mine is None else "theirs" if piece.theirs is None else ""
    lines = [line for block in diff(theirs, mine) for line in block.lines]
    title = piece.heading or _("Before the first section")
    return Clash(piece.slug, title, mine, theirs, lines, _chosen(piece.slug, post), gone)


def _chosen(name: str, post: Any) -> str:
    wanted = str(post.get(f"choice-{name}", ""))
    return wanted if wanted in CHOICES else ""
