// A cell is a link that becomes its control: Enter, change or leaving saves, Escape restores, Tab goes on.
import { say, token, told as words } from "./portfolio.js";

const HEAD = { "X-Cell": "1" };
let undo = null;

const send = (address, body) => fetch(address, { method: "POST", body, headers: { ...HEAD, "X-CSRFToken": token() } });

class Cell {
  constructor(link) {
    this.link = link;
    this.place = link.parentElement;
    this.before = [...this.place.childNodes];
    this.field = link.dataset.cell;
    this.address = link.getAttribute("href");
    this.busy = false;
    this.done = false;
  }

  async open() {
    const answer = await fetch(this.address, { headers: HEAD }).catch(() => null);
    if (!answer?.ok) { location.assign(this.address); return; }
    this.show((await answer.json()).control);
    this.start = this.control.value;
  }

  get control() { return this.place.querySelector("[name=value]"); }

  show(html) {
    // Only the link gives way; what stands beside it, such as a title and its key, stays.
    this.place.querySelector(".cellform")?.remove();
    const held = document.createElement("div");
    held.innerHTML = html;
    const form = held.firstElementChild;
    this.link.hidden = true;
    this.link.after(form);
    form.addEventListener("submit", (event) => { event.preventDefault(); event.stopPropagation(); this.save(event.submitter); });
    form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); this.restore(); }
      else if (event.key === "Enter" && event.target === this.control) { event.preventDefault(); this.save(); }
      else if (event.key === "Tab" && event.target === this.control && !form.querySelector(".clash")) { event.preventDefault(); this.next = event.shiftKey ? -1 : 1; this.save(); }
    });
    form.querySelector("[data-restore]")?.addEventListener("click", () => this.restore());
    if (this.control.tagName === "SELECT") this.control.addEventListener("change", () => this.save());
    form.addEventListener("focusout", (event) => {
      if (this.busy || this.done || form.contains(event.relatedTarget) || form.querySelector(".clash, .field-error")) return;
      this.save(null, { stay: true });
    });
    this.control.focus();
    this.control.select?.();
  }

  async save(submitter = null, { stay = false } = {}) {
    if (this.busy || this.done) return;
    const form = this.place.querySelector(".cellform");
    if (this.control.value === this.start && !submitter) { this.restore({ stay }); this.go(); return; }
    this.busy = true;
    const body = new FormData(form, submitter);
    try {
      const answer = await send(this.address, body);
      const told = await answer.json();
      if (answer.ok) { this.saved(told, stay); return; }
      this.show(told.control);
      this.busy = false;
      say({ text: told.error || words("notSaved") });
    } catch {
      this.busy = false;
      say({ text: words("awayText"), toast: true, tone: "error" });
    }
  }

  saved(told, stay) {
    this.done = true;
    this.place.querySelector(".cellform")?.remove();
    this.link.hidden = false;
    this.draw(told);
    if (!stay) this.go(this.place.querySelector("a.cell") ?? this.link);
    if (!told.undo) { say({ text: told.said }); return; }
    undo = { row: this.address.split("/cell/")[0], event: told.undo, field: this.field, draw: (next) => this.draw(next) };
    say({ text: told.said, toast: true, undo: { label: words("undo"), act: () => takeBack() } });
  }

  draw(told) {
    if (told.html) this.place.innerHTML = told.html;
    else if (told.text) { const title = this.place.querySelector("a.strong"); if (title) title.textContent = told.text; }
  }

  restore({ stay = false } = {}) {
    this.done = true;
    this.place.querySelector(".cellform")?.remove();
    this.link.hidden = false;
    if (!stay && !this.next) this.link.focus();
  }

  go(fallback = null) {
    if (!this.next) { fallback?.focus(); return; }
    const cells = [...document.querySelectorAll("a.cell")].filter((cell) => !cell.hidden);
    const here = this.place.querySelector("a.cell") ?? this.link;
    (cells[cells.indexOf(here) + this.next] ?? here).focus();
  }
}

const takeBack = async () => {
  if (!undo) return;
  const { row, event, field, draw } = undo;
  undo = null;
  const body = new FormData();
  body.set("event", event);
  body.set("field", field);
  try {
    const answer = await send(`${row}/revert`, body);
    const told = await answer.json();
    if (answer.ok) draw(told);
    say({ text: answer.ok ? told.said : told.error, toast: true, tone: answer.ok ? "" : "error" });
  } catch {
    say({ text: words("awayUndo"), toast: true, tone: "error" });
  }
};

document.addEventListener("click", (event) => {
  const link = event.target.closest("a.cell");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  new Cell(link).open();
});

document.addEventListener("keydown", (event) => {
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
  if (event.key.toLowerCase() !== "z" || typing || event.ctrlKey || event.metaKey || event.altKey || !undo) return;
  if (document.body.dataset.letters === "off") return;
  event.preventDefault();
  takeBack();
});
