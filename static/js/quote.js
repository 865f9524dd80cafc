// Words selected in an RFC become the quote of a new comment. Without scripts the link opens a page.
const AROUND = 80;

// The words of a range as they stand in the revision: without numbers of threads, cards and seals.
const words = (range) => {
  const copy = range.cloneContents();
  copy.querySelectorAll("sup, .diff, .sum, .badge").forEach((node) => node.remove());
  return copy.textContent;
};

class Quote extends HTMLElement {
  connectedCallback() {
    this.link = this.querySelector("a");
    this.form = this.querySelector("form");
    this.text = document.querySelector(".rfc-text");
    if (!this.link || !this.form || !this.text) return;
    this.words = this.link.querySelector("span");
    this.near = this.button();
    document.addEventListener("selectionchange", () => { clearTimeout(this.soon); this.soon = setTimeout(() => this.follow(), 60); });
    this.link.addEventListener("click", (event) => { if (!event.ctrlKey && !event.metaKey) { event.preventDefault(); this.open(); } });
    // Pressing the button must not lose the selection it is about.
    this.near.addEventListener("pointerdown", (event) => event.preventDefault());
    this.near.addEventListener("click", () => this.open());
    this.form.querySelector(".cancel").addEventListener("click", () => this.close());
    this.form.addEventListener("keydown", (event) => { if (event.key === "Escape") this.close(); });
  }

  button() {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn small primary at-selection";
    made.hidden = true;
    made.append(this.link.querySelector("svg").cloneNode(true), this.dataset.plain);
    document.body.append(made);
    return made;
  }

  follow() {
    const chosen = document.getSelection();
    const range = chosen && chosen.rangeCount ? chosen.getRangeAt(0) : null;
    const inside = range && !range.collapsed && this.text.contains(range.commonAncestorContainer)
      && !range.commonAncestorContainer.parentElement.closest(".diff, .sum");
    const text = inside ? words(range).replace(/\s+/g, " ").trim() : "";
    this.chosen = text && text.length <= 2000 ? this.about(range, text) : null;
    this.words.textContent = this.chosen ? this.dataset.quote : this.dataset.plain;
    this.near.hidden = !this.chosen || !this.form.hidden;
    if (this.chosen) {
      const box = range.getBoundingClientRect();
      const left = Math.min(Math.max(8, box.right - 60), document.documentElement.clientWidth - 140);
      this.near.style.insetInlineStart = `${left + scrollX}px`;
      this.near.style.insetBlockStart = `${box.bottom + scrollY + 8}px`;
      this.top = box.top - this.closest(".threads").getBoundingClientRect().top;
    }
  }

  about(range, quote) {
    const before = document.createRange();
    before.setStart(this.text, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const after = document.createRange();
    after.setStart(range.endContainer, range.endOffset);
    after.setEnd(this.text, this.text.childNodes.length);
    return { quote, section: this.section(range), before: words(before).slice(-AROUND), after: words(after).slice(0, AROUND) };
  }

  section(range) {
    const heads = [...this.text.querySelectorAll(":is(h1, h2, h3, h4, h5, h6)[id^='doc-']")];
    const slugs = new Set((this.dataset.sections || "").split(" "));
    const passed = (head) => head.contains(range.startContainer) || range.comparePoint(head, 0) < 0;
    const before = heads.filter((head) => slugs.has(head.id.slice(4)) && passed(head));
    return before.length ? before[before.length - 1].id.slice(4) : "";
  }

  open() {
    const about = this.chosen || { quote: "", section: "", before: "", after: "" };
    Object.entries(about).forEach(([name, value]) => { this.form.elements[name].value = value; });
    const shown = this.form.querySelector("q");
    shown.textContent = about.quote;
    shown.hidden = !about.quote;
    this.form.querySelector(".instead").hidden = !about.quote;
    this.form.classList.toggle("floating", Boolean(about.quote));
    this.form.style.insetBlockStart = about.quote && matchMedia("(min-width: 1181px)").matches ? `${Math.max(0, this.top)}px` : "";
    this.form.hidden = false;
    this.near.hidden = true;
    this.dispatchEvent(new CustomEvent("gl:moved", { bubbles: true }));
    this.form.scrollIntoView({ block: "nearest" });
    this.form.elements.text.focus();
  }

  close() {
    this.form.hidden = true;
    this.dispatchEvent(new CustomEvent("gl:moved", { bubbles: true }));
    this.link.focus();
  }
}
customElements.define("gl-quote", Quote);
