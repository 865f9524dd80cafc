"""What a browser did while hostile texts were shown: ran, asked outside, complained, opened."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

_VIOLATIONS = """
addEventListener('securitypolicyviolation', (e) => violatedHere(`${e.violatedDirective} ${e.blockedURI}`));
"""

# Every element of every text, as Chromium reads it, and as it reads what it wrote itself.
ACTING = """([texts, tags, attributes]) => {
  const wrong = [];
  const look = (root, at) => {
    for (const each of root.querySelectorAll("*")) {
      if (each.namespaceURI !== "http://www.w3.org/1999/xhtml" || !tags.includes(each.localName))
        wrong.push([at, each.nodeName]);
      for (const { name, value } of each.attributes)
        if (!attributes.includes(name) || name === "src") wrong.push([at, `${name}=${value}`]);
      if (each.localName === "a" && each.hasAttribute("href")) {
        const link = new URL(each.getAttribute("href"), "https://ours.example/rfcs");
        if (!["http:", "https:", "mailto:"].includes(link.protocol)) wrong.push([at, link.href]);
      }
      if (each.content) wrong.push([at, "template"]);
    }
  };
  texts.forEach((text, at) => {
    const first = document.createElement("template"), again = document.createElement("template");
    first.innerHTML = text;
    again.innerHTML = first.innerHTML;
    look(first.content, at);
    look(again.content, at);
  });
  return wrong;
}"""

# Everything in the text is touched in every way a handler could wait for.
TOUCH = """(where) => {
  const kinds = ["click", "load", "error", "focus", "mouseover", "pointerenter", "toggle", "submit", "input",
    "animationstart", "transitionend", "scroll", "wheel", "copy", "begin", "revealed", "every"];
  const wrong = [], all = document.querySelectorAll(`${where} *`);
  for (const each of all) {
    for (const { name, value } of each.attributes)
      if (/^(on|hx-|data-hx-|style$|srcset$|formaction$|action$|srcdoc$|ping$)/i.test(name)) wrong.push(`${name}=${value}`);
    if (each.href && !["http:", "https:", "mailto:"].includes(each.protocol)) wrong.push(each.href);
    if (each.localName === "summary") each.click();
    for (const kind of kinds) each.dispatchEvent(new Event(kind));
  }
  return [all.length, wrong];
}"""


@dataclass
class Watched:
    """All that happened in one browser context."""

    address: str
    ran: list[Any] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    violated: list[str] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)

    @property
    def anything(self) -> list[Any]:
        return [*self.ran, *self.asked, *self.violated, *self.opened]

    def request(self, request: Any) -> None:
        parts, ours = urlsplit(request.url), urlsplit(self.address)
        outside = parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != ours.netloc
        if outside or "hostile" in request.url:
            self.asked.append(request.url)


def watch(page: Any, address: str) -> Watched:
    """Watch everything the page's context does from now on."""
    seen = Watched(address)
    context = page.context
    context.expose_binding("ranHere", lambda _source, *told: seen.ran.append(told))
    context.expose_binding("violatedHere", lambda _source, told: seen.violated.append(told))
    context.add_init_script(_VIOLATIONS)
    context.on("request", seen.request)
    context.on("dialog", lambda dialog: (seen.opened.append(dialog.message), dialog.dismiss()))
    context.on("page", lambda opened: seen.opened.append(opened.url))
    return seen
