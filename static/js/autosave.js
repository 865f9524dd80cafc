// Keeps what is typed: on the server for its author alone, in this browser while the server does not answer.
import { told } from "./words.js";

const SOON = 2000;
const LATE = 10000;
const OLD = 30 * 24 * 3600 * 1000;
const clock = (at) => new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

class Autosave extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    if (!this.form || this.dataset.off) return;
    this.line = document.querySelector("[data-saved]");
    this.window = this.form.elements.window.value;
    this.key = `gl-unsaved:${this.dataset.key}:`;
    this.sent = this.texts();
    this.offer();
    this.form.addEventListener("input", () => this.typed());
    this.form.addEventListener("submit", (event) => this.leave(event));
    window.addEventListener("online", () => { if (this.dirty()) this.keep(); });
    window.addEventListener("pagehide", () => { if (!this.leaving && this.dirty()) this.copy(); });
    document.addEventListener("visibilitychange", () => { if (document.hidden && this.dirty()) this.keep(); });
  }

  fields() { return ["title", "summary_problem", "decision_asked", "body"].map((name) => this.form.elements[name]); }

  texts() { return Object.fromEntries(this.fields().map((field) => [field.name, field.value])); }

  dirty() { const now = this.texts(); return Object.keys(now).some((name) => now[name] !== this.sent[name]); }

  typed() {
    // While the server is away every letter is kept at once: the tab may close without a word.
    if (this.line?.dataset.kind === "away") this.copy();
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.keep(), SOON);
    this.late ??= setTimeout(() => this.keep(), LATE);
  }

  // One autosave under way at a time; what was typed meanwhile goes with the next.
  async keep() {
    clearTimeout(this.soon);
    clearTimeout(this.late);
    this.late = undefined;
    if (this.leaving || !this.dirty()) return;
    if (this.busy) { this.again = true; return; }
    this.busy = true;
    const texts = this.texts();
    this.copy();
    try {
      const answer = await fetch(this.dataset.keep, { method: "POST", body: new FormData(this.form) });
      const answered = await answer.json();
      if (!answer.ok) this.refused(answered.said);
      else this.kept(texts, answered);
    } catch {
      this.alone();
    }
    this.busy = false;
    if (this.again) { this.again = false; this.keep(); }
  }

  kept(texts, { at, behind }) {
    this.sent = texts;
    if (!this.leaving) this.forget(this.window);
    if (this.form.elements.taken) this.form.elements.taken.value = "";
    this.say(behind || (at ? told("keptAt", { at }) : told("sameAsDraft")), behind ? "behind" : "");
  }

  refused(said) { this.say(told("keptHere", { said }), "away"); }

  alone() {
    this.say(told("keptAlone", { at: clock(Date.now()) }), "away");
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.keep(), LATE);
  }

  say(text, kind) {
    if (!this.line || this.line.textContent === text) return;
    this.line.textContent = text;
    this.line.dataset.kind = kind;
  }

  leave(event) {
    this.leaving = true;
    [this.soon, this.late, this.retry].forEach(clearTimeout);
    if (this.dirty()) this.copy();
    setTimeout(() => { if (event.defaultPrevented) this.leaving = false; });
  }

  copy() {
    const base = Number(this.form.elements.row_version.value);
    try { localStorage.setItem(this.key + this.window, JSON.stringify({ at: Date.now(), base, texts: this.texts() })); } catch { this.say(told("noCopy"), "away"); }
  }

  forget(name) { try { localStorage.removeItem(this.key + name); } catch { /* storage is refused */ } }

  copies() {
    try { return Object.keys(localStorage).filter((name) => name.startsWith(this.key)); } catch { return []; }
  }

  offer() {
    const kept = new Map((this.dataset.kept ?? "").split(" ").filter(Boolean).map((each) => each.split(":")));
    for (const name of this.copies()) {
      let copy;
      try { copy = JSON.parse(localStorage.getItem(name)); } catch { copy = null; }
      const same = copy && Object.entries(copy.texts).every(([field, text]) => this.form.elements[field]?.value === text);
      // The server has what this window held then, and the page offers it already.
      const there = copy && Number(kept.get(name.slice(this.key.length)) ?? 0) + 2000 > copy.at;
      if (!copy || same || there || Date.now() - copy.at > OLD) { localStorage.removeItem(name); continue; }
      this.before(this.notice(name, copy));
    }
  }

  notice(name, copy) {
    const box = Object.assign(document.createElement("section"), { className: "kept-text" });
    box.setAttribute("aria-label", told("unsaved"));
    const words = document.createElement("p");
    const when = new Date(copy.at).toLocaleString([], { dateStyle: "medium", timeStyle: "short", hourCycle: "h23" });
    words.append(Object.assign(document.createElement("b"), { textContent: told("keptFrom", { when }) }), ` ${told("notSent")}`);
    const done = () => { localStorage.removeItem(name); box.remove(); };
    const put = this.button(told("putBack"), () => { this.put(copy); done(); this.keep(); });
    const row = Object.assign(document.createElement("div"), { className: "row wrap" });
    row.append(put, this.button(told("throwAway"), done));
    box.append(words, row);
    return box;
  }

  // The copy was made from an older draft, perhaps: saving then merges with what came since.
  put({ base, texts }) {
    this.fields().forEach((field) => { if (field.name in texts) field.value = texts[field.name]; });
    this.form.elements.row_version.value = base;
    this.form.elements.body.dispatchEvent(new Event("input", { bubbles: true }));
    this.form.elements.body.focus();
    document.dispatchEvent(new CustomEvent("gl:say", { detail: { text: told("isBack") } }));
  }

  button(text, act) {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "btn small", textContent: text });
    made.addEventListener("click", act);
    return made;
  }
}
customElements.define("gl-autosave", Autosave);
