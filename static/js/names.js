// Names and keys completed by keyboard while somebody types them into a text.
import { told } from "./words.js";

const TRIGGER = /(?:^|[\s(])((?:@[\w./-]*)|(?:(?:INI|RFC|KPI|DEC)-(?:\d*|[^\s\d@][^\s@]*(?: [^\s@]+){0,3})))$/;
export const say = (text, tone) => document.dispatchEvent(new CustomEvent("gl:say", { detail: { text, tone, toast: Boolean(tone) } }));
const styles = ["fontFamily", "fontSize", "fontWeight", "lineHeight", "letterSpacing", "paddingTop", "paddingRight", "paddingBottom", "paddingLeft", "borderTopWidth", "borderLeftWidth", "borderRightWidth", "boxSizing", "tabSize"];
let count = 0;

// Where the caret is: a hidden copy of the field's text up to it, measured.
export const caret = (area) => {
  const copy = document.createElement("div");
  const looks = getComputedStyle(area);
  styles.forEach((name) => { copy.style[name] = looks[name]; });
  Object.assign(copy.style, { position: "absolute", visibility: "hidden", whiteSpace: "pre-wrap", overflowWrap: "break-word", inlineSize: `${area.clientWidth}px`, insetBlockStart: "0", insetInlineStart: "0" });
  copy.textContent = area.value.slice(0, area.selectionStart);
  const mark = copy.appendChild(Object.assign(document.createElement("span"), { textContent: "\u200b" }));
  area.parentElement.append(copy);
  const at = { left: mark.offsetLeft, top: mark.offsetTop - area.scrollTop + mark.offsetHeight };
  copy.remove();
  return at;
};

export class Suggest {
  constructor(area, address) {
    this.area = area;
    this.address = address;
    this.list = Object.assign(document.createElement("div"), { className: "suggest", id: `suggest-${++count}`, hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", told("suggestions"));
    area.parentElement.classList.add("suggests");
    area.after(this.list);
    area.setAttribute("aria-autocomplete", "list");
    area.setAttribute("aria-haspopup", "listbox");
    area.addEventListener("input", () => this.look());
    area.addEventListener("keydown", (event) => this.key(event), true);
    area.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    this.list.addEventListener("mousedown", (event) => { event.preventDefault(); const row = event.target.closest("[role=option]"); if (row) this.take(row); });
  }

  typed() {
    const { area } = this;
    if (area.selectionStart !== area.selectionEnd) return "";
    const line = area.value.slice(area.value.lastIndexOf("\n", area.selectionStart - 1) + 1, area.selectionStart);
    return TRIGGER.exec(line)?.[1] ?? "";
  }

  look() {
    clearTimeout(this.soon);
    const typed = this.typed();
    if (!typed || typed === this.refused) { this.close(); return; }
    this.soon = setTimeout(() => this.ask(typed), 120);
  }

  async ask(typed) {
    this.turn = (this.turn ?? 0) + 1;
    const turn = this.turn;
    try {
      const answer = await fetch(`${this.address}?q=${encodeURIComponent(typed)}`, { headers: { Accept: "application/json" } });
      const { found } = await answer.json();
      if (turn === this.turn && typed === this.typed()) this.show(found, typed);
    } catch {
      this.close();
    }
  }

  show(found, typed) {
    if (!found.length) { this.close(); return; }
    this.length = typed.length;
    this.list.replaceChildren(...found.map((each, at) => this.row(each, at)));
    this.list.hidden = false;
    const { left, top } = caret(this.area);
    const box = this.area;
    this.list.style.insetInlineStart = `${Math.max(0, Math.min(left, box.offsetWidth - this.list.offsetWidth))}px`;
    const below = box.offsetTop + Math.min(top, box.clientHeight);
    this.list.style.insetBlockStart = `${below}px`;
    // Above the line where the window, or the bar at its foot, leaves no room below.
    const foot = document.querySelector(".write-bar")?.getBoundingClientRect().top ?? innerHeight;
    if (this.list.getBoundingClientRect().bottom > foot) this.list.style.insetBlockStart = `${below - this.list.offsetHeight - 26}px`;
    this.area.setAttribute("aria-controls", this.list.id);
    this.move(0);
    say(told("suggested", { n: found.length }));
  }

  row({ insert, label, hint, icon }, at) {
    const row = document.createElement("div");
    row.id = `${this.list.id}-${at}`;
    row.setAttribute("role", "option");
    row.dataset.insert = insert;
    row.innerHTML = icon;
    row.append(Object.assign(document.createElement("b"), { textContent: label }), Object.assign(document.createElement("small"), { textContent: hint }));
    return row;
  }

  get rows() { return [...this.list.children]; }

  move(to) {
    const { rows } = this;
    this.at = (to + rows.length) % rows.length;
    rows.forEach((row, at) => row.setAttribute("aria-selected", String(at === this.at)));
    rows[this.at].scrollIntoView({ block: "nearest" });
    this.area.setAttribute("aria-activedescendant", rows[this.at].id);
  }

  key(event) {
    if (this.list.hidden || event.isComposing) return;
    const act = {
      ArrowDown: () => this.move(this.at + 1),
      ArrowUp: () => this.move(this.at - 1),
      Enter: () => this.take(this.rows[this.at]),
      Escape: () => { this.refused = this.typed(); this.close(); },
    }[event.key];
    if (!act || event.ctrlKey || event.metaKey) { if (event.key === "Tab") this.close(); return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    act();
  }

  take(row) {
    const { area } = this;
    area.setSelectionRange(area.selectionStart - this.length, area.selectionStart);
    this.close();
    const field = area.closest("gl-markdown");
    if (field) field.put(`${row.dataset.insert} `);
    else area.setRangeText(`${row.dataset.insert} `, area.selectionStart, area.selectionEnd, "end");
    this.close();
  }

  close() {
    clearTimeout(this.soon);
    this.turn = (this.turn ?? 0) + 1;
    this.list.hidden = true;
    ["aria-controls", "aria-activedescendant"].forEach((name) => this.area.removeAttribute(name));
  }
}

document.querySelectorAll("[data-names] textarea[name$=text]").forEach((area) => {
  new Suggest(area, area.closest("[data-names]").dataset.names);
});
