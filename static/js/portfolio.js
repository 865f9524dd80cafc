// The list's keys (X, Space, E, Z), the side panel, choosing many, the board's moves, the look that was taken.
import { words } from "./words.js";

const told = words(document.getElementById("words"));
const say = (detail) => document.dispatchEvent(new CustomEvent("gl:say", { detail }));
const off = () => document.body.dataset.letters === "off";
const typing = (node) => node.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(node.tagName);
const rowOf = (node) => node?.closest?.("[data-row]");
const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";

// Side panel: the list stays, the address says what is open, closing gives the focus back to the row.
const panel = document.getElementById("peek");
let from = null;
const mark = (key) => {
  document.querySelectorAll("tr.looked").forEach((row) => row.classList.remove("looked"));
  if (key) document.querySelector(`tr[data-row="${key}"]`)?.classList.add("looked");
};
const address = (key) => {
  const url = new URL(location.href);
  if (key) url.searchParams.set("peek", key); else url.searchParams.delete("peek");
  history.replaceState(history.state, "", url);
};

const peek = async (row) => {
  const key = row.dataset.row;
  from = row.querySelector("a.strong");
  const answer = await fetch(`/initiatives/${key}/peek`, { headers: { "X-Cell": "1" } });
  if (!answer.ok) { say({ text: told("cannotShow", { key }), toast: true, tone: "error" }); return; }
  panel.innerHTML = await answer.text();
  panel.hidden = false;
  mark(key);
  address(key);
  panel.querySelector("[data-peek-title]")?.focus();
};

const close = () => {
  if (!panel || panel.hidden) return false;
  const key = new URL(location.href).searchParams.get("peek");
  panel.hidden = true;
  address("");
  mark("");
  (from ?? document.querySelector(`[data-row="${key}"] a.strong`))?.focus();
  return true;
};

panel?.addEventListener("click", (event) => {
  if (event.target.closest("[data-peek-close]")) { event.preventDefault(); close(); }
});
if (panel && !panel.hidden) mark(new URL(location.href).searchParams.get("peek"));

// Choosing many: X, Shift with a press, the box in the head.
const form = document.querySelector("[data-portfolio]");
const boxes = () => [...(form?.querySelectorAll("input[name=number]") ?? [])];
let last = null;
const count = () => {
  const n = boxes().filter((box) => box.checked).length;
  const shown = form.querySelector("[data-count]");
  if (shown) { shown.hidden = n === 0; shown.textContent = n ? told("selectedMany", { n }) : ""; }
  const all = form.querySelector("[data-all]");
  if (all) { all.checked = n > 0 && n === boxes().length; all.indeterminate = n > 0 && n < boxes().length; }
};
if (form) {
  const all = form.querySelector("[data-all]");
  if (all) { all.hidden = false; all.addEventListener("change", () => { boxes().forEach((box) => { box.checked = all.checked; }); count(); }); }
  form.addEventListener("click", (event) => {
    const box = event.target.closest("input[name=number]");
    if (!box) return;
    const many = boxes();
    if (event.shiftKey && last) {
      const [a, b] = [many.indexOf(last), many.indexOf(box)].sort((x, y) => x - y);
      many.slice(a, b + 1).forEach((each) => { each.checked = box.checked; });
    }
    last = box;
    count();
  });
  // What a person ticks stays ticked when the browser brings the page back.
  window.addEventListener("pageshow", count);
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !document.querySelector("dialog[open], :popover-open") && !typing(event.target) && close()) { event.preventDefault(); return; }
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  const row = rowOf(event.target);
  const key = event.key.toLowerCase();
  if (key === " " && panel && row && event.target.matches("a.strong")) { event.preventDefault(); peek(row); return; }
  if (off()) return;
  if (key === "x" && row) {
    const box = row.querySelector("input[name=number]");
    if (box) { box.checked = !box.checked; last = box; count(); say({ text: told(box.checked ? "selected" : "unselected", { key: row.dataset.row }) }); event.preventDefault(); }
  } else if (key === "e" && row) {
    const cell = row.querySelector("a.cell:not(.pen)") ?? row.querySelector("a.cell");
    if (cell) { cell.click(); event.preventDefault(); }
  } else if (key === "a" && row) {
    const owner = row.querySelector("a.cell[data-cell=owner]");
    if (owner) { owner.click(); event.preventDefault(); }
  } else if ((key === "p" || key === "s") && row) {
    location.assign(`/initiatives/${row.dataset.row}/${key === "p" ? "move" : "evidence#score"}`);
    event.preventDefault();
  } else if (key === ".") {
    const act = document.getElementById("bulk-act");
    if (act) { act.focus(); event.preventDefault(); }
  }
});

// In the panel, J and K and the arrows go through the list; the shell's own J would leave the panel.
document.addEventListener("keydown", (event) => {
  if (!panel || panel.hidden || !panel.contains(event.target) || typing(event.target)) return;
  const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
  if (!step || event.ctrlKey || event.metaKey || event.altKey || (off() && event.key.length === 1)) return;
  const rows = [...document.querySelectorAll("tr[data-row]")];
  const next = rows[rows.findIndex((row) => row.classList.contains("looked")) + step];
  event.preventDefault();
  event.stopPropagation();
  if (next) peek(next);
}, true);

// The board: a card dragged, or Alt with an arrow, tries the step that leads to the other phase.
class Board extends HTMLElement {
  connectedCallback() {
    if (!("moves" in this.dataset)) return;
    this.addEventListener("keydown", (event) => this.key(event));
    this.addEventListener("pointerdown", (event) => this.grab(event));
  }

  get columns() { return [...this.querySelectorAll(".column")]; }

  key(event) {
    const tile = event.target.closest(".tile");
    if (!tile || !event.altKey || !["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    event.preventDefault();
    const at = this.columns.indexOf(tile.closest(".column"));
    const goal = this.columns[at + (event.key === "ArrowRight" ? 1 : -1)];
    if (goal) this.move(tile, goal);
  }

  async move(tile, goal) {
    const from = tile.closest(".column");
    if (goal === from || this.busy) return;
    this.busy = true;
    goal.classList.add("busy");
    const body = new FormData();
    body.set("to", goal.dataset.phase);
    body.set("flow_version", tile.dataset.version);
    try {
      const answer = await fetch(`/initiatives/${tile.dataset.row}/move`, { method: "POST", body, headers: { "X-Cell": "1", "X-CSRFToken": this.dataset.token } });
      const said = await answer.json();
      if (answer.ok) {
        goal.querySelector("ul").prepend(tile);
        tile.dataset.version = said.version;
        this.count(from, -1);
        this.count(goal, 1);
        say({ text: said.said, toast: true });
      } else if (said.ask) {
        location.assign(said.href);
      } else {
        say({ text: said.error, toast: true, tone: "error", undo: { label: told("why"), act: () => location.assign(said.href) } });
      }
    } catch {
      say({ text: told("awayCard"), toast: true, tone: "error" });
    } finally {
      this.busy = false;
      goal.classList.remove("busy");
      tile.querySelector("a.strong").focus();
    }
  }

  count(column, by) {
    const shown = column.querySelector(".sub");
    if (/^\d+$/.test(shown.textContent)) shown.textContent = Number(shown.textContent) + by;
  }

  grab(event) {
    const tile = event.target.closest(".tile");
    if (!tile || event.button || event.pointerType === "touch" || event.target.closest("a.push")) return;
    const start = { x: event.clientX, y: event.clientY };
    let held = false;
    let goal = null;
    const shift = (next) => {
      const [x, y] = [next.clientX - start.x, next.clientY - start.y];
      if (!held && Math.hypot(x, y) < 6) return;
      if (!held) { held = true; tile.classList.add("held"); tile.setPointerCapture(event.pointerId); }
      tile.style.setProperty("translate", `${x}px ${y}px`);
      const under = document.elementsFromPoint(next.clientX, next.clientY).filter((node) => !tile.contains(node)).map((node) => node.closest(".column")).find(Boolean);
      if (under !== goal) { goal?.classList.remove("goal"); goal = under ?? null; goal?.classList.add("goal"); }
      next.preventDefault();
    };
    const drop = () => {
      tile.removeEventListener("pointermove", shift);
      tile.classList.remove("held");
      tile.style.removeProperty("translate");
      goal?.classList.remove("goal");
      if (!held) return;
      // The press that ends a drag is no press on the link.
      tile.addEventListener("click", (click) => click.preventDefault(), { once: true, capture: true });
      if (goal) this.move(tile, goal);
    };
    tile.addEventListener("dragstart", (drag) => drag.preventDefault(), { once: true });
    tile.addEventListener("pointermove", shift);
    tile.addEventListener("pointerup", drop, { once: true });
    tile.addEventListener("pointercancel", drop, { once: true });
  }
}
customElements.define("gl-board", Board);

// Columns travel as one parameter: cols=owner,age.
class Columns extends HTMLElement {
  connectedCallback() {
    const form = this.closest("form");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const query = new URLSearchParams();
      const chosen = [];
      for (const [name, value] of new FormData(form)) if (name === "cols") chosen.push(value); else query.append(name, value);
      query.set("cols", chosen.join(","));
      location.assign(`${form.getAttribute("action")}?${query}`);
    });
  }
}
customElements.define("gl-columns", Columns);

class Looked extends HTMLElement {
  connectedCallback() {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", this.dataset.token);
    fetch(this.dataset.url, { method: "POST", body, keepalive: true }).catch(() => {});
  }
}
customElements.define("gl-looked", Looked);

export { say, token, told };
