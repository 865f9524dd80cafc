// The palette: a combobox over /palette.json, opened by Ctrl or Cmd K. Without scripts the link goes to search.
import { told } from "./words.js";

const address = document.body?.dataset.palette;

class Palette extends HTMLElement {
  connectedCallback() {
    this.innerHTML = `<dialog class="dialog palette" >
      <div class="top"><input type="text" role="combobox" aria-expanded="true"
        aria-controls="palette-list" aria-autocomplete="list" autocomplete="off" spellcheck="false"></div>
      <div role="listbox" id="palette-list"></div><p class="none" hidden></p></dialog>`;
    this.dialog = this.querySelector("dialog");
    this.field = this.querySelector("input");
    this.list = this.querySelector("[role=listbox]");
    this.none = this.querySelector(".none");
    this.dialog.setAttribute("aria-label", told("find"));
    this.field.setAttribute("aria-label", told("find"));
    this.field.placeholder = told("findWhat");
    this.list.setAttribute("aria-label", told("results"));
    this.field.addEventListener("input", () => { clearTimeout(this.soon); this.soon = setTimeout(() => this.ask(), 120); });
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("click", (event) => this.take(event.target.closest("[role=option]"), event));
    this.dialog.addEventListener("click", (event) => { if (event.target === this.dialog) this.dialog.close(); });
  }

  open() {
    if (this.dialog.open) return;
    this.field.value = "";
    this.dialog.showModal();
    this.field.focus();
    this.ask();
  }

  async ask() {
    const words = this.field.value.trim();
    this.turn = (this.turn ?? 0) + 1;
    const turn = this.turn;
    const slow = setTimeout(() => this.tell(told("searching")), 150);
    try {
      const answer = await fetch(`${address}?q=${encodeURIComponent(words)}`, { headers: { Accept: "application/json" } });
      const { entries } = await answer.json();
      if (turn === this.turn) this.show(entries, words);
    } catch {
      if (turn === this.turn) this.tell(told("searchAway"));
    } finally {
      clearTimeout(slow);
    }
  }

  show(entries, words) {
    this.list.replaceChildren(...entries.map((entry, index) => this.option(entry, index)));
    this.tell(entries.length ? "" : told("notFound", { words }));
    this.point(0);
  }

  option(entry, index) {
    const node = document.createElement("div");
    node.id = `palette-${index}`;
    node.setAttribute("role", "option");
    node.dataset.href = entry.href;
    node.innerHTML = entry.icon;
    const label = document.createElement("span");
    label.textContent = entry.label;
    const hint = document.createElement("small");
    hint.textContent = entry.hint;
    node.append(label, hint);
    return node;
  }

  tell(text) { this.none.hidden = !text; this.none.textContent = text; }

  point(index) {
    const options = this.list.children;
    this.at = options.length ? (index + options.length) % options.length : -1;
    [...options].forEach((option, i) => option.setAttribute("aria-selected", String(i === this.at)));
    const now = options[this.at];
    if (now) { this.field.setAttribute("aria-activedescendant", now.id); now.scrollIntoView({ block: "nearest" }); }
    else this.field.removeAttribute("aria-activedescendant");
  }

  key(event) {
    if (event.key === "ArrowDown") this.point(this.at + 1);
    else if (event.key === "ArrowUp") this.point(this.at - 1);
    else if (event.key === "Enter") this.take(this.list.children[this.at], event);
    else return;
    event.preventDefault();
  }

  take(option, event) {
    if (!option) return;
    this.dialog.close();
    if (event.ctrlKey || event.metaKey) window.open(option.dataset.href, "_blank", "noopener");
    else location.assign(option.dataset.href);
  }
}
customElements.define("gl-palette", Palette);

if (address) {
  const palette = document.createElement("gl-palette");
  document.body.append(palette);
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") { event.preventDefault(); palette.open(); }
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-palette-open]");
    if (link && !event.ctrlKey && !event.metaKey) { event.preventDefault(); palette.open(); }
  });
}
