// Words selected in a note and the key E: the form beside it holds them, and waits for the initiative.
class Quoting extends HTMLElement {
  connectedCallback() {
    this.form = document.getElementById("quote");
    document.addEventListener("selectionchange", () => this.remember());
    document.addEventListener("keydown", (event) => this.press(event), true);
  }

  remember() {
    const chosen = document.getSelection();
    if (!chosen?.rangeCount || chosen.isCollapsed) return;
    const range = chosen.getRangeAt(0);
    if (!this.contains(range.startContainer) || !this.contains(range.endContainer)) return;
    const before = document.createRange();
    before.setStart(this, 0);
    before.setEnd(range.startContainer, range.startOffset);
    this.words = range.toString();
    // The text begins where the element does: what is before the range is the place in it.
    this.start = before.toString().length;
  }

  press(event) {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    const off = document.body.dataset.letters === "off";
    if (event.key.toLowerCase() !== "e" || typing || off || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    // The browser tells of a selection a moment later than it is made: a quick key looks for itself.
    this.remember();
    const field = (name) => this.form.elements.namedItem(name);
    if (!this.words?.trim()) { field("quote").focus(); return; }
    field("quote").value = this.words.trim();
    field("start").value = this.start + (this.words.length - this.words.trimStart().length);
    const next = field("initiative");
    next.focus();
    next.select();
  }
}
customElements.define("gl-quoting", Quoting);
