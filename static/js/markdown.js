// Toolbar and preview around a real textarea. Tab leaves the field, undo and spelling stay the browser's.
const TOOLS = [
  ["Bold", "B", "**", "**", "M6 4h8a4 4 0 0 1 0 8H6zM6 12h9a4 4 0 0 1 0 8H6z"],
  ["Italic", "I", "_", "_", "M19 4h-9M14 20H5M15 4 9 20"],
  ["Heading", "", "\n## ", "", "M6 4v16M18 4v16M6 12h12"],
  ["List", "", "\n- ", "", "M9 6h11M9 12h11M9 18h11M4 6h.01M4 12h.01M4 18h.01"],
  ["Quote", "", "\n> ", "", "M5 5v14M10 7h10M10 12h10M10 17h6"],
  ["Link", "", "[", "](https://)", "M10 13a5 5 0 0 0 7.5.5l3-3a5 5 0 0 0-7-7l-1.7 1.700M14 11a5 5 0 0 0-7.500-.5l-3 3a5 5 0 0 0 7 7l1.700-1.700"],
  ["Code", "", "`", "`", "m16 18 6-6-6-6M8 6l-6 6 6 6"],
];

class Markdown extends HTMLElement {
  connectedCallback() {
    this.area = this.querySelector("textarea");
    if (!this.area || this.bar) return;
    this.bar = Object.assign(document.createElement("div"), { className: "mdbar" });
    this.bar.setAttribute("role", "toolbar");
    this.bar.setAttribute("aria-label", "Formatting");
    TOOLS.forEach((tool) => this.bar.append(this.tool(...tool)));
    if (this.dataset.preview) this.bar.append(this.switch());
    this.area.before(this.bar);
    this.rove();
    this.area.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const found = TOOLS.find(([, letter]) => letter && letter === event.key.toUpperCase());
      if (found) { event.preventDefault(); this.wrap(found[2], found[3]); }
    });
  }

  tool(name, letter, before, after, path) {
    const button = Object.assign(document.createElement("button"), { type: "button", title: letter ? `${name} (Ctrl ${letter})` : name });
    button.setAttribute("aria-label", name);
    button.innerHTML = `<svg class="ic" viewBox="0 0 24 24" aria-hidden="true"><path d="${path}"/></svg>`;
    button.addEventListener("click", () => this.wrap(before, after));
    return button;
  }

  // Arrow keys walk the toolbar; Tab goes straight on to the text.
  rove() {
    const buttons = [...this.bar.children];
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

  wrap(before, after) {
    const { area } = this;
    const { selectionStart: start, selectionEnd: end, value } = area;
    let open = before;
    if (open.startsWith("\n") && (start === 0 || value[start - 1] === "\n")) open = open.slice(1);
    const chosen = value.slice(start, end);
    area.focus();
    // insertText keeps the browser's own undo; setRangeText is the fallback where it is missing.
    if (!document.execCommand("insertText", false, `${open}${chosen}${after}`)) area.setRangeText(`${open}${chosen}${after}`, start, end, "end");
    const from = start + open.length;
    area.setSelectionRange(from, from + chosen.length);
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  switch() {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "wide", textContent: "Preview" });
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", () => this.preview(button));
    return button;
  }

  async preview(button) {
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(on));
    this.area.hidden = on;
    this.view ??= this.area.parentElement.appendChild(Object.assign(document.createElement("div"), { className: "mdview prose" }));
    this.view.hidden = !on;
    if (!on) { this.area.focus(); return; }
    this.view.textContent = "…";
    const body = new FormData();
    body.set("text", this.area.value);
    const token = this.area.form?.elements.csrfmiddlewaretoken?.value;
    try {
      const answer = await fetch(this.dataset.preview, { method: "POST", body, headers: token ? { "X-CSRFToken": token } : {} });
      if (!answer.ok) throw new Error(answer.statusText);
      this.view.innerHTML = await answer.text();
    } catch {
      this.view.textContent = "The preview did not answer. Your text is safe; try again in a moment.";
    }
  }
}
customElements.define("gl-markdown", Markdown);
