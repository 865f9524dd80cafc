// Toolbar and preview around a real textarea. Tab leaves the field; undo and spelling stay the browser's.
import { told } from "./words.js";

const LINES = /^(\s*)(>|[-*+] \[[ xX]\]|[-*+]|\d+[.)])(\s+)/;
const TOOLS = [
  ["heading", "", { lines: "## " }, "M6 4v16M18 4v16M6 12h12"],
  ["bold", "B", { wrap: ["**", "**"] }, "M6 4h8a4 4 0 0 1 0 8H6zM6 12h9a4 4 0 0 1 0 8H6z"],
  ["italic", "I", { wrap: ["_", "_"] }, "M19 4h-9M14 20H5M15 4 9 20"],
  ["link", "K", { wrap: ["[", "](https://)"], at: -1 }, "M10 13a5 5 0 0 0 7.5.5l3-3a5 5 0 0 0-7-7l-1.7 1.7M14 11a5 5 0 0 0-7.5-.5l-3 3a5 5 0 0 0 7 7l1.7-1.7"],
  ["code", "", { code: true }, "m16 18 6-6-6-6M8 6l-6 6 6 6"],
  ["quote", "", { lines: "> " }, "M5 5v14M10 7h10M10 12h10M10 17h6"],
  ["list", "", { lines: "- " }, "M9 6h11M9 12h11M9 18h11M4 6h.01M4 12h.01M4 18h.01"],
  ["tasks", "", { lines: "- [ ] " }, "m3 6 2 2 4-4M3 16l2 2 4-4M13 6h8M13 12h8M13 18h8"],
  ["table", "", { table: true }, "M3 5h18v14H3zM3 10h18M3 15h18M12 5v14"],
  ["footnote", "", { note: true }, "M4 6h9M4 11h7M4 16h9M18 5v6M16 6l2-1"],
  ["suggestion", "", { fence: "suggestion" }, "M12 20h9M16.4 3.6a2.1 2.1 0 0 1 3 3L7 19l-4 1 1-4z"],
];
const WAIT = 600;

class Markdown extends HTMLElement {
  connectedCallback() {
    this.area = this.querySelector("textarea");
    if (!this.area || this.bar) return;
    this.bar = Object.assign(document.createElement("div"), { className: "mdbar" });
    this.bar.setAttribute("role", "toolbar");
    this.bar.setAttribute("aria-label", told("formatting"));
    TOOLS.forEach((tool) => this.bar.append(this.tool(...tool)));
    if (this.dataset.preview) this.modes();
    this.area.before(this.bar);
    this.rove();
    this.area.addEventListener("keydown", (event) => this.key(event));
    this.area.addEventListener("input", () => { if (this.beside) { clearTimeout(this.soon); this.soon = setTimeout(() => this.draw(), WAIT); } });
  }

  tool(key, letter, act, path) {
    const name = told(key);
    const button = Object.assign(document.createElement("button"), { type: "button", title: letter ? `${name} (Ctrl ${letter})` : name });
    button.setAttribute("aria-label", name);
    button.innerHTML = `<svg class="ic" viewBox="0 0 24 24" aria-hidden="true"><path d="${path}"/></svg>`;
    button.addEventListener("click", () => this.act(act));
    return button;
  }

  // Arrow keys walk the toolbar; Tab goes straight on to the text.
  rove() {
    const buttons = [...this.bar.querySelectorAll("button")];
    buttons.forEach((button, i) => { button.tabIndex = i ? -1 : 0; });
    this.bar.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      const at = buttons.indexOf(document.activeElement);
      if (!step || at < 0) return;
      event.preventDefault();
      const next = buttons[(at + step + buttons.length) % buttons.length];
      buttons.forEach((button) => { button.tabIndex = button === next ? 0 : -1; });
      next.focus();
    });
  }

  key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.isComposing && !event.defaultPrevented) return this.enter(event);
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    const found = TOOLS.find(([, letter]) => letter && letter === event.key.toUpperCase());
    if (!found) return;
    // Ctrl K opens the palette everywhere else.
    event.preventDefault();
    event.stopPropagation();
    this.act(found[2]);
  }

  // A list goes on by itself; Enter on an empty item ends it.
  enter(event) {
    const { area } = this;
    const start = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
    const line = area.value.slice(start, area.selectionStart);
    const found = LINES.exec(line);
    if (!found || area.selectionStart !== area.selectionEnd) return;
    event.preventDefault();
    if (line === found[0]) { area.setSelectionRange(start, area.selectionStart); this.put(""); return; }
    const mark = found[2].replace(/\d+/, (n) => Number(n) + 1).replace(/\[[xX]\]/, "[ ]");
    this.put(`\n${found[1]}${mark}${found[3]}`);
  }

  act({ wrap, at, lines, table, code, note, fence }) {
    const { area } = this;
    const chosen = area.value.slice(area.selectionStart, area.selectionEnd);
    if (code) return this.act(chosen.includes("\n") ? { fence: "" } : { wrap: ["`", "`"] });
    if (lines) return this.lines(lines);
    if (fence !== undefined) return this.block(`\`\`\`${fence}\n${chosen || "…"}\n\`\`\`\n`, chosen || "…");
    if (table) return this.block(`| ${told("tableWhat")} | ${told("tableValue")} |\n| --- | --- |\n|  |  |\n`, told("tableWhat"));
    if (note) return this.note();
    const start = area.selectionStart;
    this.put(`${wrap[0]}${chosen}${wrap[1]}`);
    const from = start + wrap[0].length;
    if (at && chosen) area.setSelectionRange(from + chosen.length + 2, from + chosen.length + wrap[1].length + at);
    else area.setSelectionRange(from, from + chosen.length);
  }

  // Text goes in as if typed, so that the browser's undo knows it; setRangeText where that is missing.
  put(text) {
    const { area } = this;
    area.focus();
    const done = text ? document.execCommand("insertText", false, text) : document.execCommand("delete");
    if (done) return;
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  lines(mark) {
    const { area } = this;
    const start = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
    const end = (area.value.indexOf("\n", area.selectionEnd) + 1 || area.value.length + 1) - 1;
    const rows = area.value.slice(start, end).split("\n");
    const all = rows.every((row) => row.startsWith(mark));
    area.setSelectionRange(start, end);
    const changed = rows.map((row) => (all ? row.slice(mark.length) : mark + row.replace(/^(#{1,6} |> |[-*+] (\[[ xX]\] )?)/, ""))).join("\n");
    this.put(changed || mark);
  }

  block(text, pick) {
    const { area } = this;
    const before = area.value.slice(0, area.selectionStart);
    const gap = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
    const start = area.selectionStart + gap.length;
    this.put(gap + text);
    const at = start + text.indexOf(pick);
    area.setSelectionRange(at, at + pick.length);
  }

  note() {
    const { area } = this;
    const taken = [...area.value.matchAll(/\[\^(\d+)\]/g)].map((m) => Number(m[1]));
    const number = Math.max(0, ...taken) + 1;
    area.setSelectionRange(area.selectionEnd, area.selectionEnd);
    this.put(`[^${number}]`);
    area.setSelectionRange(area.value.length, area.value.length);
    this.put(`${area.value.endsWith("\n") ? "\n" : "\n\n"}[^${number}]: `);
  }

  modes() {
    const group = Object.assign(document.createElement("span"), { className: "modes" });
    const wide = this.closest(".writing");
    const names = wide ? ["write", "both", "preview"] : ["write", "preview"];
    this.buttons = names.map((name) => {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "wide", textContent: told(name) });
      button.dataset.mode = name;
      button.addEventListener("click", () => { this.mode(name); this.store(name); });
      group.append(button);
      return button;
    });
    this.bar.append(group);
    this.mode((wide && this.stored()) || "write", true);
  }

  stored() { try { return localStorage.getItem("gl-editor-mode") === "both" && innerWidth > 1100 ? "both" : ""; } catch { return ""; } }

  store(name) { try { localStorage.setItem("gl-editor-mode", name); } catch { /* storage is refused */ } }

  mode(name, quiet) {
    this.buttons.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.mode === name)));
    this.dataset.mode = name;
    this.beside = name === "both";
    this.area.hidden = name === "preview";
    if (name !== "write" && !this.view) {
      this.view = Object.assign(document.createElement("div"), { className: "mdview", tabIndex: 0 });
      this.view.setAttribute("role", "region");
      this.view.setAttribute("aria-label", told("preview"));
      this.area.after(this.view);
    }
    if (this.view) this.view.hidden = name === "write";
    if (name !== "write") this.draw();
    else if (!quiet) this.area.focus();
  }

  // One preview under way at a time; what was typed meanwhile is drawn next.
  async draw() {
    if (this.drawing) { this.again = true; return; }
    this.drawing = true;
    const body = new FormData();
    body.set("text", this.area.value);
    const token = this.area.form?.elements.csrfmiddlewaretoken?.value;
    try {
      const answer = await fetch(this.dataset.preview, { method: "POST", body, headers: token ? { "X-CSRFToken": token } : {} });
      if (!answer.ok) throw new Error(answer.statusText);
      this.view.innerHTML = await answer.text();
    } catch {
      this.view.textContent = told("previewAway");
    }
    this.drawing = false;
    if (this.again) { this.again = false; this.draw(); }
  }
}
customElements.define("gl-markdown", Markdown);
