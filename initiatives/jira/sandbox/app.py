"""The sandbox as one object: takes a request, gives an answer. No sockets here.

One lock around each request keeps the world whole; waiting and slow sending happen outside it.
"""

import base64
import threading
import time
from collections import Counter, deque
from pathlib import Path
from typing import Any

from initiatives.jira.sandbox import faults, scheme
from initiatives.jira.sandbox.exchange import Answer, Refusal, Request, Route, routes
from initiatives.jira.sandbox.hooks import Hooks
from initiatives.jira.sandbox.index import Index
from initiatives.jira.sandbox.world import Issue, Store, World

ANONYMOUS_OK = (
    "/rest/api/3/search/jql",
    "/rest/api/3/serverInfo",
    "/rest/api/3/search/approximate-count",
)

# Headers the request log shows; credentials only as a yes or no.
LOGGED = {"Content-Type", "X-Atlassian-Token", "Accept", "User-Agent"}
# Characters of a body that the request log keeps; longer ones are cut there.
KEPT = 200_000


class Sandbox:
    """`email` and `token` are the credentials it takes; `projects` are (key, name) pairs."""

    def __init__(
        self,
        *,
        email: str,
        token: str,
        projects: list[tuple[str, str]],
        folder: Path | None = None,
    ) -> None:
        self.email, self.token = email, token
        self.first_projects = projects
        self.store = Store(folder)
        self.lock = threading.RLock()
        self.hooks = Hooks()
        self.rules: list[faults.Rule] = []
        self.log: deque[dict[str, Any]] = deque(maxlen=2000)
        self.counters: Counter[str] = Counter()
        self.index = Index()
        self.world = self.store.load() or World()
        self._settle()

    def reset(self) -> None:
        """Back to empty projects; faults, log, counters and webhooks are cleared as well."""
        self.world, self.rules = World(), []
        self.log.clear()
        self.counters.clear()
        self.hooks.settings = type(self.hooks.settings)()
        self._settle()
        self.store.save(self.world)

    def _settle(self) -> None:
        self.index = Index()
        for key, name in self.first_projects:
            self.world.add_project(key, name)
        for issue in self.world.issues.values():
            self.index.put(issue)

    def answer(self, request: Request) -> Answer:
        """Route, authenticate, misbehave as ordered, execute, remember."""
        if not request.path.startswith("/rest/"):
            return self._execute(request)
        with self.lock:
            fired = [rule for rule in self.rules if rule.matches(request)]
            entry = self._note(request, fired)
        kinds = {rule.kind: rule for rule in fired}
        if "delay" in kinds:
            time.sleep(float(kinds["delay"].more.get("seconds", 1)))
        request.person = "" if "anonymous" in kinds else self.who(request)
        answer = self._bent(request, fired)
        entry["status"] = 0 if "drop" in answer.manners else answer.status
        entry["answer"] = answer.encoded()[:KEPT].decode("utf-8", "replace")
        entry["answer_type"] = answer.headers.get("Content-Type", "application/json")
        return answer

    def _bent(self, request: Request, fired: list[faults.Rule]) -> Answer:
        before = next((rule for rule in fired if rule.kind in faults.BEFORE), None)
        if before:
            return faults.instead(before)
        chosen = next((rule for rule in fired if rule.kind == "refuse_elements"), None)
        if chosen:
            numbers = chosen.more.get("numbers", ())
            request.names["refuse"] = ",".join(map(str, numbers))
            request.names["refuse_text"] = str(chosen.more.get("message", "Refused on order."))
        answer = self._execute(request)
        for rule in fired:
            if rule.kind in faults.AFTER:
                answer = faults.bend(rule, answer)
        return answer

    def _note(self, request: Request, fired: list[faults.Rule]) -> dict[str, Any]:
        entry = {
            "at": time.time(),
            "method": request.method,
            "path": request.path,
            "query": request.query,
            "headers": {name: value for name, value in request.headers.items() if name in LOGGED},
            "body": request.raw.decode("utf-8", "replace")[:KEPT],
            "authorized": "Authorization" in request.headers,
            "faults": [rule.kind for rule in fired],
            "status": None,
        }
        self.log.append(entry)
        self.counters[f"{request.method} {request.path}"] += 1
        return entry

    def who(self, request: Request) -> str:
        """The account id behind the credentials; empty without, "?" with wrong ones."""
        sent = request.headers.get("Authorization", "")
        if not sent:
            return ""
        pair = base64.b64encode(f"{self.email}:{self.token}".encode()).decode()
        return scheme.OURS if sent in {f"Basic {pair}", f"Bearer {self.token}"} else "?"

    def _execute(self, request: Request) -> Answer:
        found = routes.find(request.method, request.path)
        if not found:
            return self._no_route(request)
        route, names = found
        request.names |= names
        if request.path.startswith("/rest/") and (said := self._stranger(request)):
            return said
        with self.lock:
            return self._run(route, request)

    def _run(self, route: Route, request: Request) -> Answer:
        try:
            answer = route.handler(self, request)
        except Refusal as refusal:
            answer = refusal.answer()
        if route.writes and answer.status < 400:
            self.store.save(self.world)
        return answer

    def _stranger(self, request: Request) -> Answer | None:
        if request.person == "?" or (not request.person and request.path not in ANONYMOUS_OK):
            said = "Client must be authenticated to access this resource."
            return Answer(401, {"errorMessages": [said], "errors": {}})
        return None

    def _no_route(self, request: Request) -> Answer:
        known = routes.methods(request.path)
        if known:
            return Answer(
                405, {"errorMessages": ["Method not allowed"]}, {"Allow": ", ".join(known)}
            )
        return Answer(404, {"errorMessages": ["No such address in the sandbox."], "errors": {}})

    # What the handlers share

    def need_issue(self, name: str) -> Issue:
        issue = self.world.issue(name)
        if issue is None:
            said = "Issue does not exist or you do not have permission to see it."
            raise Refusal(404, said)
        return issue

    def writable(self, name: str) -> Issue:
        issue = self.need_issue(name)
        if issue.archived or self.world.projects[issue.project].archived:
            raise Refusal(400, "Issue is archived and cannot be changed.")
        return issue

    def wrote(self, issue: Issue, event: str, *, person: str, items: list[dict[str, Any]]) -> None:
        """After a change: the index hears of it, and the webhook."""
        from_handlers = issue.id in self.world.issues
        if from_handlers:
            self.index.put(issue)
        else:
            self.index.drop(issue.id)
        self.hooks.announce(_event(self.world, issue, event, person, items))


def _event(
    world: World, issue: Issue, event: str, person: str, items: list[dict[str, Any]]
) -> dict[str, Any]:
    said: dict[str, Any] = {
        "webhookEvent": f"jira:issue_{'updated' if event == 'generic' else event}",
        "issue_event_type_name": f"issue_{event}",
        "user": {"accountId": person, "displayName": scheme.PEOPLE[person]["name"]},
        "issue": {
            "id": issue.id,
            "key": issue.key,
            "fields": {
                "summary": issue.fields.get("summary"),
                "project": {
                    "id": issue.project,
                    "key": world.projects[issue.project].key,
                },
                "updated": issue.updated,
            },
        },
    }
    if items:
        said["changelog"] = {
            "id": issue.changes[-1]["id"] if issue.changes else "0",
            "items": items,
        }
    return said
