// Keeps what is typed into long fields in this browser until it is sent. Offers it back, never puts it in unasked.
import { told } from "./words.js";

const OLD = 14 * 24 * 3600 * 1000;

class Draft extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.key = `gl-draft:${this.getAttribute("key") || location.pathname}`;
    if (!this.form) return;
    this.offer();
    this.form.addEventListener("input", () => { clearTimeout(this.soon); this.soon = setTimeout(() => this.keep(), 2000); this.late ??= setTimeout(() => this.keep(), 10000); });
    this.form.addEventListener("submit", () => { this.keep(); sessionStorage.setItem("gl-draft-sent", this.key); });
    window.addEventListener("pagehide", () => { if (this.late) this.keep(); });
  }

  fields() {
    return [...this.form.querySelectorAll("textarea[name], input[type=text][name], input:not([type])[name]")];
  }

  keep() {
    clearTimeout(this.soon);
    clearTimeout(this.late);
    this.late = undefined;
    const texts = Object.fromEntries(this.fields().map((field) => [field.name, field.value]));
    try { localStorage.setItem(this.key, JSON.stringify({ at: Date.now(), texts })); } catch { /* storage is full or refused */ }
  }

  offer() {
    let kept;
    try { kept = JSON.parse(localStorage.getItem(this.key)); } catch { kept = null; }
    if (!kept || Date.now() - kept.at > OLD) { localStorage.removeItem(this.key); return; }
    const differs = this.fields().some((field) => field.name in kept.texts && kept.texts[field.name] !== field.value);
    if (!differs) { localStorage.removeItem(this.key); return; }
    const line = document.createElement("p");
    line.className = "kept";
    line.append(told("kept", { when: new Date(kept.at).toLocaleString([], { dateStyle: "medium", timeStyle: "short", hourCycle: "h23" }) }));
    line.append(this.button(told("putBack"), () => { this.put(kept.texts); line.remove(); }));
    line.append(this.button(told("throwAway"), () => { localStorage.removeItem(this.key); line.remove(); }));
    this.prepend(line);
  }

  put(texts) {
    this.fields().forEach((field) => { if (field.name in texts) field.value = texts[field.name]; });
    this.fields()[0]?.focus();
    document.dispatchEvent(new CustomEvent("gl:say", { detail: { text: told("isBack") } }));
  }

  button(text, act) {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "link", textContent: text });
    made.addEventListener("click", act);
    return made;
  }
}

// The page after a send without this form means that the text was saved; the copy may go.
const sent = sessionStorage.getItem("gl-draft-sent");
sessionStorage.removeItem("gl-draft-sent");
if (sent && ![...document.querySelectorAll("gl-draft")].some((d) => `gl-draft:${d.getAttribute("key") || location.pathname}` === sent)) {
  localStorage.removeItem(sent);
}
customElements.define("gl-draft", Draft);
