"""The pages for people: a board at `/`, an issue at `/browse/KEY`, a button to change a status.

Plain HTML and one style sheet, no scripts. The buttons act as another person than Gateline.
"""

from collections.abc import Iterable
from html import escape
from pathlib import Path
from urllib.parse import parse_qs

from initiatives.jira.sandbox import issues, scheme
from initiatives.jira.sandbox.app import Sandbox
from initiatives.jira.sandbox.control import status_named
from initiatives.jira.sandbox.exchange import Answer, Refusal, Request, routes
from initiatives.jira.sandbox.rendered import html
from initiatives.jira.sandbox.world import Issue, Project, World

STYLE = Path(__file__).with_name("style.css").read_bytes()
HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
}
COLUMNS = ("10000", "3", "10005", "10001")


def _page(title: str, body: str, *, status: int = 200) -> Answer:
    page = (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)} · Jira sandbox</title>"
        '<link rel="stylesheet" href="/style.css">'
        '<header><a href="/">Jira sandbox</a><p>A stand-in for Jira Cloud. '
        "Nothing here leaves this machine.</p></header>"
        f"<main>{body}</main></html>"
    )
    return Answer(status, page.encode(), dict(HEADERS))


@routes.add("GET", "/style.css")
def style(_box: Sandbox, _request: Request) -> Answer:
    return Answer(200, STYLE, {"Content-Type": "text/css; charset=utf-8"})


@routes.add("GET", "/icon.png")
def icon(_box: Sandbox, _request: Request) -> Answer:
    return Answer(404, b"", {"Content-Type": "text/plain"})


@routes.add("GET", "/")
def board(box: Sandbox, request: Request) -> Answer:
    shown = [each for each in box.world.projects.values() if not each.hidden]
    asked = request.query.get("project", "")
    chosen = next((each for each in shown if each.key == asked), None) or _busiest(box.world, shown)
    if chosen is None:
        return _page("Board", "<h1>No project yet</h1>")
    tabs = "".join(_tab(each, chosen) for each in shown)
    own = [each for each in box.world.issues.values() if each.project == chosen.id]
    body = f'<nav aria-label="Projects">{tabs}</nav><h1>{escape(chosen.name)}</h1>'
    return _page(chosen.name, body + _epics(box.world, own) + _columns(box.world, own))


def _busiest(world: World, shown: list[Project]) -> Project | None:
    counts = [each.project for each in world.issues.values()]
    return max(shown, key=lambda each: counts.count(each.id), default=None)


def _tab(project: Project, chosen: Project) -> str:
    current = ' aria-current="page"' if project is chosen else ""
    return f'<a href="/?project={escape(project.key)}"{current}>{escape(project.name)}</a>'


def _epics(world: World, own: list[Issue]) -> str:
    epics = [each for each in own if each.type == scheme.EPIC]
    if not epics:
        return ""
    cards = "".join(_epic(world, each) for each in epics)
    return f'<section aria-label="Epics" class="epics">{cards}</section>'


def _epic(world: World, epic: Issue) -> str:
    below = world.children(epic)
    done = sum(1 for each in below if scheme.STATUSES[each.status][1] == "done")
    meter = f'<progress max="{len(below) or 1}" value="{done}"></progress>'
    said = f"{done} of {len(below)} done"
    return f'<a class="epic" href="/browse/{epic.key}"><b>{_title(epic)}</b>{meter}<small>{said}</small></a>'


def _columns(world: World, own: list[Issue]) -> str:
    cards = [each for each in own if each.type not in {scheme.EPIC, scheme.SUBTASK}]
    if not cards:
        return '<p class="empty">No issues yet. What Gateline pushes appears here.</p>'
    columns = []
    for number in COLUMNS:
        # Closed unfinished has no column of its own on a board.
        fits = {number, "10006"} if number == COLUMNS[-1] else {number}
        inside = [each for each in cards if each.status in fits]
        items = "".join(f"<li>{_card(world, each)}</li>" for each in inside)
        name = f"{escape(scheme.STATUSES[number][0])} <span>{len(inside)}</span>"
        columns.append(f"<section><h2>{name}</h2><ul>{items}</ul></section>")
    return f'<div class="board">{"".join(columns)}</div>'


def _card(world: World, issue: Issue) -> str:
    below = world.children(issue)
    done = sum(1 for each in below if scheme.STATUSES[each.status][1] == "done")
    tasks = f"<span>{done}/{len(below)} sub-tasks</span>" if below else ""
    return (
        f'<article><a href="/browse/{issue.key}">{_title(issue)}</a>'
        f"<footer><span>{escape(scheme.TYPES[issue.type]['name'])}</span>"
        f"<span>{issue.key}</span>{tasks}{_points(issue)}</footer></article>"
    )


def _points(issue: Issue) -> str:
    points = issue.fields.get(scheme.POINTS, issue.fields.get(scheme.TEAM_POINTS))
    return f'<b title="Story points">{points:g}</b>' if points is not None else ""


def _title(issue: Issue) -> str:
    return escape(str(issue.fields.get("summary", "")))


@routes.add("GET", "/browse/{issue}")
def browse(box: Sandbox, request: Request) -> Answer:
    issue = box.world.issue(request.names["issue"])
    if issue is None:
        missing = "<h1>There is no such issue</h1><p><a href='/'>Back to the board</a></p>"
        return _page("Not found", missing, status=404)
    home = box.world.projects[issue.project]
    crumbs = _crumbs(box.world, issue, home)
    kind = f"{escape(scheme.TYPES[issue.type]['name'])} {issue.key}"
    text = html(issue.fields.get("description")) or '<p class="empty">No description.</p>'
    criteria = html(issue.fields.get(scheme.CRITERIA))
    body = (
        f'{crumbs}<div class="issue"><div><p class="kind">{kind}</p><h1>{_title(issue)}</h1>'
        f'<div class="text">{text}{criteria}</div>{_children(box.world, issue)}{_history(issue)}</div>'
        f"{_side(box.world, issue)}</div>"
    )
    return _page(f"{issue.key} {issue.fields.get('summary')}", body)


def _crumbs(world: World, issue: Issue, home: Project) -> str:
    parts = [f'<a href="/?project={escape(home.key)}">{escape(home.name)}</a>']
    above = world.issues.get(issue.fields.get("parent", {}).get("id", ""))
    if above:
        parts.append(f'<a href="/browse/{above.key}">{_title(above)}</a>')
    return f'<nav aria-label="Where this is">{"".join(parts)}</nav>'


def _children(world: World, issue: Issue) -> str:
    below = world.children(issue)
    rows = "".join(
        f'<li><a href="/browse/{each.key}">{_title(each)}</a> {_chip(each)}</li>' for each in below
    )
    return f'<h2>Below this</h2><ul class="rows">{rows}</ul>' if below else ""


def _chip(issue: Issue) -> str:
    name, category = scheme.STATUSES[issue.status]
    return f'<span class="chip {category}">{escape(name)}</span>'


def _history(issue: Issue) -> str:
    rows = "".join(
        f"<li>{escape(scheme.PEOPLE[change['author']]['name'])} changed "
        f"{escape(_changed(change))} <time>{change['created'][:16].replace('T', ' ')}</time></li>"
        for change in reversed(issue.changes[-8:])
    )
    return f'<h2>History</h2><ul class="rows">{rows}</ul>' if rows else ""


def _changed(change: dict[str, list[dict[str, str]]]) -> str:
    first = change["items"][0]
    names = ", ".join(each["field"] for each in change["items"])
    return f"status to {first['toString']}" if first["field"] == "status" else names


def _side(world: World, issue: Issue) -> str:
    facts = [
        (
            "Labels",
            " ".join(f"<code>{escape(each)}</code>" for each in issue.fields.get("labels") or []),
        ),
        ("Story points", _points(issue)),
        ("Sprint", escape(str(world.sprints.get(issue.sprint, {}).get("name", "")))),
        ("Links", "".join(_remote(each["object"]) for each in issue.remote_links)),
        ("Created by", escape(scheme.PEOPLE[issue.creator]["name"])),
    ]
    rows = "".join(f"<dt>{name}</dt><dd>{said}</dd>" for name, said in facts if said)
    return f"<aside>{_chip(issue)}{_buttons(issue)}<dl>{rows}</dl></aside>"


def _remote(shown: dict[str, str]) -> str:
    safe = str(shown["url"]).startswith(("http://", "https://"))
    label = escape(str(shown["title"]))
    return f'<a href="{escape(shown["url"])}">{label}</a> ' if safe else label


def _buttons(issue: Issue) -> str:
    made: Iterable[str] = (
        f'<button name="status" value="{target}">{escape(name)}</button>'
        for name, target in scheme.TRANSITIONS.values()
        if target != issue.status
    )
    return f'<form method="post" action="/browse/{issue.key}/status">{"".join(made)}</form>'


@routes.add("POST", "/browse/{issue}/status", writes=True)
def change_status(box: Sandbox, request: Request) -> Answer:
    issue = box.world.issue(request.names["issue"])
    said = parse_qs(request.raw.decode("utf-8", "replace")).get("status", [""])[0]
    if issue is None:
        raise Refusal(404, "There is no such issue.")
    target = status_named(said)
    if target != issue.status:
        issues.set_status(box, issue, target, person=scheme.SOMEBODY)
    return Answer(303, b"", {"Location": f"/browse/{issue.key}"})
